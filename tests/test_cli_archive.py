from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import cli
from index.errors import UnknownArticleError
from tests.console import make_seed_archive
from tests.librarian import seed
from tests.test_resemblance import STORY


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the seed articles, which no test changes."""
    return make_seed_archive(tmp_path_factory.mktemp("made"))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A folder with an archive of the seed articles that may be changed."""
    shutil.copytree(made / ".isnad", tmp_path / ".isnad")
    return tmp_path


def _run(*arguments: str, folder: Path) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--archive", str(folder / ".isnad")])


def _printed(*arguments: str, folder: Path) -> str:
    done = _run(*arguments, folder=folder)
    assert (done.exit_code, done.stderr, done.exception) == (0, "", None)
    return done.stdout


def _ids(folder: Path) -> list[str]:
    listed = json.loads(_printed("archive", "list", "--json", folder=folder))
    return [article["article"] for article in listed["articles"]]


def test_stats_count_what_is_there(made: Path) -> None:
    statistics = json.loads(_printed("archive", "stats", "--json", folder=made))
    passages, size = statistics.pop("passages"), statistics.pop("bytes")
    assert passages > 5
    assert size > 10_000
    assert statistics == {
        "articles": 5,
        "languages": {"ar": 5},
        "sources": [{"source": None, "articles": 5}],
        "published_from": "2017-04-12",
        "published_to": "2017-04-12",
        "encoder": "isnad-static-ar-en-v2",
        "dimensions": 640,
        "generation": 5,
        "stories_in_copies": 0,
        "copies": 0,
        "vectors": {"lists": 0, "read": 0, "recall": 1.0},
    }
    assert _printed("archive", "stats", folder=made).startswith("articles   5 (5 ar)\n")


def test_list_has_a_line_an_article_in_the_order_of_arrival(made: Path) -> None:
    listed = json.loads(_printed("archive", "list", "--json", folder=made))
    assert [Path(article["path"]).name[:3] for article in listed["articles"]] == ["000", "001", "002", "003", "004"]
    keys = ["article", "path", "title", "source", "url", "author", "published", "agency", "dateline", "language"]
    assert [list(article) for article in listed["articles"]] == [keys] * 5
    lines = _printed("archive", "list", folder=made).splitlines()
    assert [line.split("  ")[0] for line in lines] == _ids(made)


def test_show_gives_the_text_that_offsets_count_into(made: Path) -> None:
    for number, name in enumerate(_ids(made)):
        shown = json.loads(_printed("archive", "show", name, "--json", folder=made))
        assert shown["article"] == name
        assert shown["text"] == seed(number).text
        assert all(0 <= span["start"] < span["end"] <= len(shown["text"]) for span in shown["spans"])
    assert _printed("archive", "show", _ids(made)[1], folder=made).startswith(f"article    {_ids(made)[1]}\n")


def test_what_is_removed_is_found_no_more(folder: Path) -> None:
    quotation = ("check", "--quote", "أسوأ السيناريوهات")
    first, second, third, *rest = _ids(folder)
    assert _run(*quotation, folder=folder).exit_code == 0
    path = json.loads(_printed("archive", "show", third, "--json", folder=folder))["path"]
    assert _printed("archive", "remove", third, folder=folder) == f"removed {third}  {path}\n"
    assert _ids(folder) == [first, second, *rest]
    assert _run(*quotation, folder=folder).exit_code == 1
    found = json.loads(_printed("search", "أسوأ السيناريوهات", "--json", folder=folder))
    assert third not in {hit["article"] for hit in found["hits"]}


def test_several_are_removed_at_once_and_all_or_none(folder: Path) -> None:
    first, second, *rest = _ids(folder)
    done = _run("archive", "remove", first, "nonsense", "unknown", folder=folder)
    assert isinstance(done.exception, UnknownArticleError)
    assert str(done.exception).startswith("no article 'nonsense', 'unknown' in ")
    assert _ids(folder) == [first, second, *rest]
    printed = _printed("archive", "remove", second, first, second, folder=folder)
    assert [line.split()[1] for line in printed.splitlines()] == [second, first]
    assert _ids(folder) == rest


def test_all_articles_of_an_outlet_are_removed(folder: Path) -> None:
    kept = _ids(folder)
    (folder / "daily.txt").write_text("The bridge is open again.", encoding="utf-8")
    _printed("ingest", str(folder / "daily.txt"), "--source", "Daily", folder=folder)
    (added,) = set(_ids(folder)) - set(kept)
    assert _printed("archive", "remove", "--source", "Daily", folder=folder).startswith(f"removed {added}  ")
    assert _ids(folder) == kept
    done = _run("archive", "remove", "--source", "Daily", folder=folder)
    assert str(done.exception) == "no article is from 'Daily'; `isnad archive stats` names the outlets"
    assert _run("archive", "remove", folder=folder).exit_code == 2


def test_near_copies_are_counted_and_shown_from_ingest_on(folder: Path) -> None:
    for name, text in {"one": STORY, "two": "Another headline\n\n" + STORY.replace("On Monday", "Yesterday")}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        report = json.loads(_printed("ingest", str(folder / f"{name}.txt"), "--json", folder=folder))
    assert [(Path(copy["path"]).name, Path(copy["of"]).name) for copy in report["near_duplicates"]] == [
        ("two.txt", "one.txt")
    ]
    *_, one, two = _ids(folder)
    shown = [json.loads(_printed("archive", "show", name, "--json", folder=folder))["copies"] for name in (one, two)]
    assert shown == [[two], [one]]
    assert "copies     2 articles print 1 stories\n" in _printed("archive", "stats", folder=folder)
    _printed("archive", "remove", one, folder=folder)
    assert json.loads(_printed("archive", "show", two, "--json", folder=folder))["copies"] == []


def test_verify_passes_a_whole_archive_and_names_what_is_wrong_in_another(folder: Path) -> None:
    assert _printed("archive", "verify", folder=folder) == "5 articles, nothing wrong\n"
    name = _ids(folder)[0]
    with sqlite3.connect(folder / ".isnad" / "archive.sqlite3") as connection:
        connection.execute("UPDATE articles SET text = text || '!' WHERE id = ?", (name,))
    connection.close()
    done = _run("archive", "verify", folder=folder)
    assert done.exit_code == 1
    path = json.loads(_printed("archive", "list", "--json", folder=folder))["articles"][0]["path"]
    assert done.stdout.splitlines() == [
        f"archive: article {name} ({path!r}): it is not the one that was added, or cannot be read; "
        f"run `isnad archive remove {name}` and ingest its file again",
        "4 articles, not all is right",
    ]


def test_rebuild_makes_passages_and_both_indexes_anew_and_answers_as_before(folder: Path) -> None:
    question = ("search", "Turkey Idlib", "--json")
    before = json.loads(_printed(*question, folder=folder))
    with sqlite3.connect(folder / ".isnad" / "archive.sqlite3") as connection:
        connection.execute("DELETE FROM passages")
    connection.close()
    for index in ("dense", "lexical", "words"):
        shutil.rmtree(folder / ".isnad" / index)
    assert _printed("archive", "rebuild", folder=folder) == "rebuilt 5 articles\n"
    assert json.loads(_printed(*question, folder=folder)) == before
    assert _printed("archive", "verify", folder=folder) == "5 articles, nothing wrong\n"
