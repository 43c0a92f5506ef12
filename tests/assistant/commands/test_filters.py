from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.parts.console import isnad, make_seed_archive, printed_here

LAVROV = "what did Lavrov say about Turkey"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the seed articles."""
    return make_seed_archive(tmp_path_factory.mktemp("seeds"))


def test_filters_and_the_speaker_narrow_the_answer(seeds: Path) -> None:
    dated = json.loads(
        printed_here("ask", LAVROV, "--json", "--from", "2017-01-01", "--to", "2017-12-31", folder=seeds)
    )
    assert {Path(passage["path"]).name[:3] for passage in dated["passages"]} == {"004"}
    facts = {"source": None, "language": None, "author": None, "speaker": None, "from_question": False}
    assert dated["filters"] == {"from": "2017-01-01", "to": "2017-12-31", **facts}
    english = json.loads(printed_here("ask", LAVROV, "--json", "--in", "en", folder=seeds))
    assert (english["declined"], english["passages"]) == (True, [])
    spoken = json.loads(printed_here("ask", "ما الوضع في إدلب؟", "--json", "--speaker", "لافروف", folder=seeds))
    assert {"لافروف" in citation["speaker"] for citation in spoken["citations"]} == {True}


@pytest.fixture(scope="module")
def outlets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of one article each of three outlets, two with an author."""
    folder = tmp_path_factory.mktemp("outlets")
    facts = {
        "daily": {"source": "The Daily", "author": "Jane Smith and John Reed", "date": "2015-07-03"},
        "hayat": {"source": "الحياة", "author": "أحمد علي", "date": "2015-08-20"},
        "wire": {"source": "Wire", "date": "2015-07-20"},
    }
    texts = {
        "daily": "Adam Novak said that the harvest had failed in the whole province.",
        "hayat": "قال آدم نوفاك إن المطر أنقذ ما تبقى من الحصاد.",
        "wire": "Eve Larsen said that the harvest was good in the whole province.",
    }
    lines = [json.dumps({"id": name, "text": texts[name], **facts[name]}, ensure_ascii=False) for name in facts]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    printed_here("ingest", str(folder / "news.jsonl"), folder=folder)
    return folder


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--source", "the daily"), ["daily"]),
        (("--source", "THE DAILY", "--source", "الحَياة"), ["daily", "hayat"]),
        (("--author", "john reed"), ["daily"]),
        (("--author", "احمد علي", "--author", "Jane Smith"), ["daily", "hayat"]),
        (("--in", "ar"), ["hayat"]),
        (("--speaker", "Novak"), ["daily", "hayat"]),
        (("--speaker", "نوفاك", "--in", "en"), ["daily"]),
        (("--speaker", "Napoleon"), []),
        (("--from", "2015-07-04", "--source", "wire"), ["wire"]),
    ],
)
def test_search_looks_only_into_the_articles_that_pass(
    outlets: Path, options: tuple[str, ...], found: list[str]
) -> None:
    hits = json.loads(printed_here("search", "harvest الحصاد", "--json", *options, folder=outlets))["hits"]
    assert sorted(hit["path"].rpartition("#")[2] for hit in hits) == found


def test_statements_take_the_same_filters(outlets: Path) -> None:
    for options, speakers in [
        (("--source", "wire", "--source", "the daily"), ["Adam Novak", "Eve Larsen"]),
        (("--author", "smith"), ["Adam Novak"]),
        (("--in", "ar"), ["آدم نوفاك"]),
    ]:
        told = json.loads(printed_here("statements", "--json", *options, folder=outlets))
        assert [said["speaker"] for said in told["statements"]] == speakers


@pytest.mark.parametrize("command", [("ask", "What failed?"), ("search", "harvest"), ("statements",)])
def test_a_name_that_no_article_has_is_one_line_with_the_nearest_names(outlets: Path, command: tuple[str, ...]) -> None:
    done = isnad(*command, "--source", "Wires", folder=outlets)
    assert (done.returncode, done.stdout) == (2, "")
    nearest = "perhaps 'Wire', 'The Daily' or 'الحياة'"
    assert done.stderr == f"isnad: the archive holds no outlet 'Wires'; name the one meant, {nearest}\n"
    done = isnad(*command, "--author", "علي أحمد", folder=outlets)
    nearest = "perhaps 'أحمد علي' or 'Jane Smith and John Reed'"
    assert done.stderr == f"isnad: the archive holds no author 'علي أحمد'; name the one meant, {nearest}\n"


def test_a_name_where_no_article_states_any_is_to_be_left_out(seeds: Path) -> None:
    done = isnad("ask", LAVROV, "--source", "Nobody's Daily", folder=seeds)
    message = 'isnad: no article of the archive states its outlet; leave --source "Nobody\'s Daily" out\n'
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


def test_an_answer_states_what_was_searched_for_it(outlets: Path) -> None:
    read = printed_here("ask", "What was said about the harvest in July 2015?", "--source", "wire", folder=outlets)
    assert read.startswith("Articles from 1 to 31 July 2015 · Outlet: wire\n\n")
    answer = json.loads(
        printed_here("ask", "What did Novak say about the harvest in July 2015?", "--json", folder=outlets)
    )
    assert answer["filters"] == {
        "from": "2015-07-01",
        "to": "2015-07-31",
        "source": None,
        "language": None,
        "author": None,
        "speaker": None,
        "from_question": True,
    }
    assert [cited["published"] for cited in answer["citations"]] == ["2015-07-03"]
    arabic = printed_here("ask", "ماذا قال نوفاك عن الحصاد في آب 2015؟", "--in", "ar", folder=outlets)
    assert arabic.startswith("مقالات من 1 إلى 31 آب/أغسطس 2015 · مقالات بالعربية\n\n")
