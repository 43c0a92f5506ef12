"""Checking an archive: what is wrong with the truth or an index is said, with what to do, and is mended or saved."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from assistant.cli import cli
from assistant.holdings.following import followers
from assistant.speech.statements import StatementFinder
from index.archive.file import FILE
from index.archive.sqlite import SqliteArchive, article_id
from index.followers.array_file import read_arrays, write_arrays
from index.followers.dense import FaissIndex
from index.followers.index_folder import Findings, Mark, State, compare, unsealed
from index.followers.statement_index import StatementIndex
from index.followers.verify import Problem, Verdict, mend, verify
from tests.archives import fill, write
from tests.faults import check, open_archive, story, take_in, write_stories


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of four stories with its indexes."""
    take_in(tmp_path / "archive", write_stories(tmp_path / "news.jsonl", range(4)))
    return tmp_path / "archive"


def change(folder: Path, *statements: str, file: str = FILE) -> None:
    with closing(sqlite3.connect(folder / file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def all_in(state: State) -> dict[str, State]:
    return dict.fromkeys(("dense", "lexical", "words", "statements", "copies"), state)


def test_a_whole_archive_with_its_indexes_has_no_problem(folder: Path) -> None:
    assert check(folder) == Verdict(4, all_in(State.CURRENT), ())


def test_an_index_that_is_missing_or_behind_is_no_problem_and_is_told(folder: Path, tmp_path: Path) -> None:
    with open_archive(folder) as archive:
        archive.remove(article_id(story(0)))
        assert verify(archive, followers(archive)) == Verdict(3, all_in(State.BEHIND), ())
        for index in followers(archive).values():
            index.discard()
        assert verify(archive, followers(archive)) == Verdict(3, all_in(State.MISSING), ())


def test_an_index_of_another_archive_is_as_good_as_missing(folder: Path, tmp_path: Path) -> None:
    change(folder, "UPDATE meta SET value = 'another' WHERE key = 'identity'")
    assert check(folder) == Verdict(4, all_in(State.MISSING), ())


def test_indexes_of_an_earlier_version_of_the_program_are_no_damage(folder: Path) -> None:
    dense, lexical = folder / "dense" / "index.faiss", folder / "lexical" / "state.json"
    body, _, tail = dense.read_bytes().rpartition(b"\n")
    dense.write_bytes(json.dumps(unsealed(tail) | {"format": 1}).encode() + b"\n" + body)
    lexical.write_bytes(json.dumps(unsealed(lexical.read_bytes()) | {"format": 1}).encode())
    words = folder / "words" / "words.arrays"
    saved = read_arrays(words)
    assert saved
    write_arrays(words, saved[0] | {"format": 0}, saved[1])
    change(folder / "statements", "DELETE FROM meta WHERE key = 'maker'", file="statements.sqlite3")
    change(folder / "copies", "UPDATE meta SET value = 0 WHERE key = 'version'", file="copies.sqlite3")
    for name in ("statements", "copies"):
        (folder / name / "seal.json").unlink()
    assert check(folder) == Verdict(4, all_in(State.MISSING), ())


def test_vectors_that_are_no_unit_vectors_are_named(folder: Path) -> None:
    with open_archive(folder) as archive:
        numbers = archive.standing().tolist()
        bad = {1: np.full(16, np.nan), 2: np.full(16, 0.5), 3: np.full(16, np.inf), 4: np.zeros(16)}
        for number, vector in bad.items():
            change(
                folder,
                f"UPDATE passages SET vector = x'{vector.astype('<f2').tobytes().hex()}' WHERE number = {number}",
            )
        assert set(bad) <= set(numbers)
        assert archive.verify() == [
            f"passage {number}: its vector is not of length 1; run `isnad archive rebuild`" for number in (1, 2, 3)
        ]


def test_each_lost_article_of_a_damaged_file_is_named_by_its_path(folder: Path) -> None:
    with open_archive(folder) as archive:
        # The root page of the table: where its rows begin is no more to be found; its two indexes are elsewhere.
        assert isinstance(archive, SqliteArchive)
        page, size = (
            archive._rows(f"SELECT {what}")[0][0]
            for what in ("rootpage FROM sqlite_master WHERE name = 'articles'", "page_size FROM pragma_page_size")
        )
    with (folder / FILE).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * 100)
    verdict = check(folder)
    assert verdict.articles == 0
    assert [problem.what for problem in verdict.problems if problem.what.startswith("article ")] == [
        f"article {article_id(story(number))} ('{folder.parent}/news.jsonl#{number}'): it is not the one that was "
        f"added, or cannot be read; run `isnad archive remove {article_id(story(number))}` and ingest its file again"
        for number in range(4)
    ]


@pytest.mark.parametrize(
    ("statement", "parts", "what"),
    [
        (
            "DELETE FROM passages WHERE number IN (2, 3)",
            ["dense", "lexical", "words"],
            ["it holds passages that are not the archive's: 2, the first number 2"],
        ),
        (
            "UPDATE passages SET number = 99 WHERE number = 2",
            ["dense", "lexical", "words"],
            [
                "it lacks passages of the archive: 1, the first number 99",
                "it holds passages that are not the archive's: 1, the first number 2",
            ],
        ),
        (
            "UPDATE passages SET vector = (SELECT vector FROM passages WHERE number = 1) WHERE number > 10",
            ["dense"],
            ["it holds vectors that are not the archive's: 2, the first number 11"],
        ),
    ],
)
def test_an_index_of_other_passages_or_vectors_than_the_archives_is_told_and_mended(
    folder: Path, statement: str, parts: list[str], what: list[str]
) -> None:
    change(folder, statement)  # at the same generation: what an index holds is held against it all the same
    with open_archive(folder) as archive:
        indexes = followers(archive)
        verdict = verify(archive, indexes)
        problems = tuple(Problem(part, line) for part in parts for line in what)
        assert verdict == Verdict(4, all_in(State.CURRENT) | dict.fromkeys(parts, State.DAMAGED), problems)
        mended = tuple(problem._replace(mended=True) for problem in problems)
        assert mend(archive, indexes, verdict) == Verdict(4, all_in(State.CURRENT), mended)
    assert check(folder) == Verdict(4, all_in(State.CURRENT), ())


def test_an_index_that_holds_a_passage_twice_is_damaged(folder: Path) -> None:
    with open_archive(folder) as archive:
        numbers = archive.standing()
        assert compare(Mark.of(archive), numbers, archive) == Findings(State.CURRENT)
        twice = np.append(numbers, numbers[:1])
        assert compare(Mark.of(archive), twice, archive) == Findings(State.DAMAGED, ("it holds a passage twice",))


def test_statements_that_are_not_those_of_the_articles_are_told(folder: Path) -> None:
    index = StatementIndex(folder, StatementFinder())
    for statement, what in [
        (
            "DELETE FROM statements WHERE place = 1",
            f"the statements of article {min(article_id(story(number)) for number in range(4))} are not those that are "
            "found in it",
        ),
        ("DELETE FROM articles WHERE id = (SELECT min(id) FROM articles)", "its articles are not the archive's"),
    ]:
        change(folder / "statements", statement, file="statements.sqlite3")
        (folder / "statements" / "seal.json").unlink()
        with open_archive(folder) as archive:
            assert index.verify(archive) == Findings(State.DAMAGED, (what,))
            index.discard()
            index.catch_up(archive)
            assert index.verify(archive) == Findings(State.CURRENT)


def test_a_damaged_archive_is_no_truth_to_mend_an_index_from(folder: Path) -> None:
    change(folder, "UPDATE articles SET text = 'another' WHERE ordinal = 1")
    (folder / "dense" / "index.faiss").write_bytes(b"")
    with open_archive(folder) as archive:
        indexes = followers(archive)
        verdict = verify(archive, indexes)
        assert {"archive", "dense"} <= {problem.part for problem in verdict.problems}
        assert mend(archive, indexes, verdict) == verdict
    assert (folder / "dense" / "index.faiss").read_bytes() == b""


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """An archive of three articles with the bundled model, as the command line makes it."""
    texts = {
        name: f"Title {name}\n\n{name.title()} said on Monday that it would rain. " * 40 for name in ("a", "b", "c")
    }
    fill(tmp_path / "archive", *write(tmp_path, **texts))
    with SqliteArchive.open(tmp_path / "archive") as archive:
        for index in followers(archive).values():
            index.catch_up(archive)
    return tmp_path / "archive"


def _run(*arguments: object, folder: Path) -> Result:
    return CliRunner().invoke(cli, ["archive", *map(str, arguments), "--archive", str(folder)])


def test_the_command_tells_mends_and_exits_with_1_while_something_is_wrong(real: Path) -> None:
    assert (done := _run("verify", folder=real)).exit_code == 0
    assert done.stdout == "3 articles, nothing wrong\n"
    file = real / "dense" / "index.faiss"
    file.write_bytes(file.read_bytes()[:-1])
    what = "the file 'index.faiss' is not as it was written"
    assert (done := _run("verify", folder=real)).exit_code == 1
    assert done.stdout == (f"dense: {what}; mend it with `isnad archive verify --mend`\n3 articles, not all is right\n")
    assert (done := _run("verify", "--mend", "--json", folder=real)).exit_code == 0
    assert json.loads(done.stdout) == {
        "articles": 3,
        "indexes": dict.fromkeys(("dense", "lexical", "words", "statements", "copies"), "current"),
        "problems": [{"part": "dense", "what": what, "mended": True}],
    }
    assert _run("verify", folder=real).stdout == "3 articles, nothing wrong\n"


def test_the_command_tells_what_the_next_question_makes_or_brings_up_to_date(real: Path) -> None:
    with SqliteArchive.open(real) as archive:
        archive.remove(next(archive.articles()).id)
        FaissIndex(real).discard()
    assert (done := _run("verify", folder=real)).exit_code == 0
    assert done.stdout.splitlines() == [
        "dense: not made yet; the next question makes it",
        "lexical: behind the archive; the next question brings it up to date",
        "words: behind the archive; the next question brings it up to date",
        "copies: behind the archive; the next question brings it up to date",
        "statements: behind the archive; the next question brings it up to date",
        "2 articles, nothing wrong",
    ]


def test_an_article_that_is_not_the_one_that_was_added_is_removed_and_ingested_again(real: Path) -> None:
    file = real.parent / "b.txt"
    name = article_id(file.read_text(encoding="utf-8"))
    change(real, f"UPDATE articles SET spans = 'nonsense' WHERE id = '{name}'")
    assert _run("verify", folder=real).exit_code == 1
    assert _run("remove", name, folder=real).stdout == f"removed {name}  {file}\n"
    fill(real, file)
    assert _run("verify", folder=real).exit_code == 0


def test_a_rebuild_removes_passages_that_belong_to_nothing_and_mends_vectors(real: Path) -> None:
    change(
        real,
        "INSERT INTO passages SELECT 99, 99, 0, 1, 1, vector FROM passages WHERE number = 1",
        "UPDATE passages SET vector = x'00' WHERE number = 2",
    )
    assert _run("verify", folder=real).exit_code == 1
    assert _run("rebuild", folder=real).exit_code == 0
    assert _run("verify", folder=real).stdout.endswith("3 articles, nothing wrong\n")


@pytest.mark.parametrize("damage", ["cut short", "overwritten"])
def test_what_can_be_read_of_a_damaged_archive_is_saved_and_what_is_lost_is_named(tmp_path: Path, damage: str) -> None:
    folder, new = tmp_path / "archive", tmp_path / "new"
    texts = {f"n{number}": f"Title {number}\n\nIt rained on day {number}. " * 300 for number in range(30)}
    fill(folder, *write(tmp_path, **texts))
    content = (folder / FILE).read_bytes()
    middle = len(content) // 2
    bent = (
        content[:middle] if damage == "cut short" else content[:middle] + b"\xa5" * 20_000 + content[middle + 20_000 :]
    )
    (folder / FILE).write_bytes(bent)
    done = _run("salvage", new, folder=folder)
    assert (done.exit_code, done.exception) == (0, None)
    *lost, summary = done.stdout.splitlines()
    assert summary == f"saved {30 - len(lost)} articles, lost {len(lost)}"
    assert 0 < len(lost) < 30
    named = {Path(line.split("  ")[1]).stem for line in lost}
    with SqliteArchive.open(new) as archive:
        assert {Path(article.path).stem: article.text for article in archive.articles()} == {
            name: text for name, text in texts.items() if name not in named
        }
    assert _run("verify", folder=new).exit_code == 0
    assert (folder / FILE).read_bytes() == bent
    again = _run("salvage", new, folder=folder)
    assert (again.exit_code, "holds articles" in again.stderr) == (2, True)


def test_what_was_found_by_an_older_finder_is_not_kept_when_a_killed_process_left_it(folder: Path) -> None:
    class NewFinder(StatementFinder):
        version = StatementFinder().version + 1

        def __call__(self, article: object) -> tuple[()]:
            raise KeyboardInterrupt

    old = StatementIndex(folder, StatementFinder())
    with open_archive(folder) as archive:
        with pytest.raises(KeyboardInterrupt):
            StatementIndex(folder, NewFinder()).catch_up(archive)
        assert old.verify(archive) == Findings(State.MISSING)
        read: list[int] = []
        old.catch_up(archive, read.append)
        assert (len(read), old.verify(archive)) == (4, Findings(State.CURRENT))
