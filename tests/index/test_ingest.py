"""Ingesting files: what is added, updated, unchanged, a duplicate or rejected, and that nothing is ever half done."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.archive.file import FILE
from index.archive.sqlite import SqliteArchive, article_id
from index.chunk import chunk
from index.errors import ArchiveLockedError
from index.followers.copy_index import CopyIndex
from index.followers.dense import FaissIndex
from index.followers.lexical import TantivyIndex
from index.ingest import ingest, rebuild
from index.types import Vectors
from tests.parts.encoders import DemoEncoder
from tests.parts.ingesting import ENCODER, archive_beside, held, report, write, write_lines
from tests.parts.places import ROOT


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteArchive]:
    with archive_beside(tmp_path, monkeypatch) as archive:
        yield archive


def test_the_seed_articles_are_added_once(archive: SqliteArchive) -> None:
    seeds = ROOT / "seeds"
    assert ingest([seeds], archive, ENCODER) == report(added=5)
    assert {Path(path).name: text for path, text in held(archive).items()} == {
        file.name: file.read_bytes().decode("utf-8") for file in seeds.glob("*.txt")
    }
    before = archive.generation
    assert ingest([seeds], archive, ENCODER) == report(unchanged=5)
    assert archive.generation == before


def test_an_article_is_kept_with_its_passages_and_their_vectors(archive: SqliteArchive) -> None:
    text = "MOSCOW (Reuters) - Lavrov met the ministers. They talked.\n\n" + "Every word of it was noted. " * 60
    ingest([write("a.txt", text)], archive, ENCODER)
    (article,) = archive.articles()
    assert (article.id, article.text, article.language) == (article_id(text), text, "en")
    stored = list(archive.added_since(0))
    assert [(passage.start, passage.end) for passage in stored] == chunk(article)
    for passage in stored:
        (vector,) = ENCODER.encode_passages([text[passage.start : passage.end]])
        assert passage.vector == pytest.approx(vector, abs=2**-10)


def test_what_a_file_states_goes_before_what_the_text_shows(archive: SqliteArchive) -> None:
    text = "A headline of the page\n\nMOSCOW (Reuters) - Lavrov met the ministers on Monday.\n"
    ingest(
        [write_lines("a.jsonl", {"text": text, "title": "Stated", "date": "2020-02-17", "source": "X"})],
        archive,
        ENCODER,
    )
    ingest([write("b.txt", text + "More was said.")], archive, ENCODER)
    stated, found = archive.articles()
    assert (stated.title, stated.published, stated.source) == ("Stated", date(2020, 2, 17), "X")
    assert (found.title, found.published, found.source) == ("A headline of the page", None, None)
    assert stated.agency == found.agency == "Reuters"


def test_a_changed_file_is_updated(archive: SqliteArchive) -> None:
    ingest([write("a.txt", "old text"), write("b.txt", "other text")], archive, ENCODER)
    assert ingest([write("a.txt", "new text"), Path("b.txt")], archive, ENCODER) == report(updated=1, unchanged=1)
    assert held(archive) == {"a.txt": "new text", "b.txt": "other text"}


def test_a_fact_stated_anew_updates_the_article_and_silence_does_not(archive: SqliteArchive) -> None:
    ingest([write_lines("a.jsonl", {"text": "text", "source": "X", "author": "A"})], archive, ENCODER)
    path = write_lines("a.jsonl", {"text": "text", "source": "Y"})
    assert ingest([path], archive, ENCODER) == report(updated=1)
    assert [article.source for article in archive.articles()] == ["Y"]
    assert ingest([write_lines("a.jsonl", {"text": "text"})], archive, ENCODER) == report(unchanged=1)


def test_a_source_that_is_given_holds_for_every_article(archive: SqliteArchive) -> None:
    paths = [write("a.txt", "one"), write_lines("b.jsonl", {"text": "two", "source": "its own"})]
    assert ingest(paths, archive, ENCODER, source="given") == report(added=2)
    assert [article.source for article in archive.articles()] == ["given", "given"]
    assert ingest(paths[:1], archive, ENCODER) == report(unchanged=1)
    assert ingest(paths[:1], archive, ENCODER, source="other") == report(updated=1)


def test_a_text_is_held_once_and_its_copies_are_named(archive: SqliteArchive) -> None:
    paths = [write(name, "same text") for name in ("a.txt", "b.txt")]
    assert ingest(paths, archive, ENCODER) == report(added=1, duplicates=(("b.txt", "a.txt"),))
    assert ingest(paths[1:], archive, ENCODER) == report(duplicates=(("b.txt", "a.txt"),))
    assert ingest([*paths, *paths], archive, ENCODER) == report(unchanged=2, duplicates=(("b.txt", "a.txt"),))
    assert held(archive) == {"a.txt": "same text"}


def test_a_file_named_twice_is_added_once(archive: SqliteArchive) -> None:
    assert ingest([write("a.txt", "text"), Path("a.txt")], archive, ENCODER) == report(added=1, unchanged=1)


def test_what_a_path_held_goes_when_it_becomes_a_copy_of_another(archive: SqliteArchive) -> None:
    ingest([write("a.txt", "first"), write("b.txt", "second")], archive, ENCODER)
    paths = [write("a.txt", "second"), Path("b.txt")]
    assert ingest(paths, archive, ENCODER) == report(unchanged=1, duplicates=(("a.txt", "b.txt"),))
    assert held(archive) == {"b.txt": "second"}


def test_texts_that_change_places_are_all_kept(archive: SqliteArchive) -> None:
    ingest([write("a.txt", "first"), write("b.txt", "second")], archive, ENCODER)
    ingest([write("a.txt", "second"), write("b.txt", "first")], archive, ENCODER)
    assert sorted(held(archive).values()) == ["first", "second"]


def test_a_text_that_moves_while_another_takes_its_place_is_kept(archive: SqliteArchive) -> None:
    ingest([write("a.txt", "first"), write("b.txt", "second")], archive, ENCODER)
    paths = [write("a.txt", "second"), write("b.txt", "third")]
    assert ingest(paths, archive, ENCODER) == report(updated=2)
    assert held(archive) == {"a.txt": "second", "b.txt": "third"}


@pytest.mark.parametrize(
    "now",
    [
        [1, 2, 3, 4],
        [0, 1, 2, 3],
        [9, 0, 1, 2, 3, 4],
        [4, 3, 2, 1, 0],
        [1, 2, 9, 4],
        [1, 1, 2, 0, 9],
        [2, 2, 9, 9, 1, 7],
        [],
    ],
)
def test_lines_without_an_id_may_come_go_and_move_and_every_text_is_held(
    archive: SqliteArchive, now: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines(texts: list[int]) -> Path:
        return write_lines("a.jsonl", *({"text": f"text {number}"} for number in texts))

    for batch in (1, 256):
        monkeypatch.setattr("index.ingest.BATCH", batch)
        ingest([lines([0, 1, 2, 3, 4])], archive, ENCODER)
        ingest([lines(now)], archive, ENCODER)
        assert {f"text {number}" for number in now} <= set(held(archive).values())
        again = ingest([lines(now)], archive, ENCODER)
        assert (again.added, again.updated) == (0, 0)


def test_a_long_file_of_lines_without_an_id_may_move_up_by_one(archive: SqliteArchive) -> None:
    def lines(first: int) -> Path:
        return write_lines("a.jsonl", *({"text": f"text {number}"} for number in range(first, first + 2000)))

    ingest([lines(0)], archive, ENCODER)
    assert ingest([lines(1)], archive, ENCODER).added == 0
    assert set(held(archive).values()) == {f"text {number}" for number in range(1, 2001)}


def test_what_cannot_be_read_is_named_and_the_rest_is_added(archive: SqliteArchive) -> None:
    Path("bad.txt").write_bytes(b"\xff")
    reason = "cannot read 'bad.txt': not UTF-8 at byte 0; convert it to UTF-8, or name its encoding with --encoding"
    assert ingest([Path("bad.txt"), write("good.txt", "text")], archive, ENCODER) == report(
        added=1, rejected=(("bad.txt", reason),)
    )
    assert held(archive) == {"good.txt": "text"}


def test_reading_again_what_is_unchanged_leaves_archive_and_indexes_untouched(archive: SqliteArchive) -> None:
    path = write_lines("a.jsonl", *({"text": f"common text {number}"} for number in range(600)))
    ingest([path], archive, ENCODER)
    FaissIndex(archive.folder).catch_up(archive)
    TantivyIndex(archive.folder).catch_up(archive)
    CopyIndex(archive.folder).catch_up(archive)

    def state() -> dict[Path, int]:
        return {file: file.stat().st_mtime_ns for file in archive.folder.glob("*/**/*") if file.name != "lock"}

    before = state(), archive.generation
    assert ingest([path], archive, ENCODER) == report(unchanged=600)
    FaissIndex(archive.folder).catch_up(archive)
    TantivyIndex(archive.folder).catch_up(archive)
    CopyIndex(archive.folder).catch_up(archive)
    assert (state(), archive.generation) == before


def test_progress_counts_every_article_once(archive: SqliteArchive) -> None:
    Path("bad.txt").write_bytes(b"\xff")
    paths = [Path("bad.txt"), *(write(f"{number}.txt", f"text {number % 7}") for number in range(9))]
    done: list[int] = []
    assert ingest(paths, archive, ENCODER, progress=done.append).added == 7
    assert sum(done) == 10


def test_progress_moves_while_the_passages_of_a_batch_are_encoded(archive: SqliteArchive) -> None:
    class SlowEncoder(DemoEncoder):
        def encode_passages(self, texts: Sequence[str], progress: Callable[[int], object] | None = None) -> Vectors:
            return np.concatenate([super(SlowEncoder, self).encode_passages([text], progress) for text in texts])

    paths = [write(f"{number}.txt", f"text {number}") for number in range(3)]
    done: list[int] = []
    ingest(paths, archive, SlowEncoder(), progress=done.append)
    assert done == [1, 1, 1]
    done.clear()
    rebuild(archive, SlowEncoder(), progress=done.append)
    assert done == [1, 1, 1]


INGEST = """
import sys
from pathlib import Path
import index.ingest
from index.archive.sqlite import SqliteArchive
from index.followers.dense import FaissIndex
from index.errors import ArchiveError
from index.followers.lexical import TantivyIndex
from tests.parts.encoders import DemoEncoder
folder, articles, batch, wait_seconds = sys.argv[1:]
index.ingest.BATCH = int(batch)
encoder = DemoEncoder()
try:
    with SqliteArchive.open(
        Path(folder), encoder_name="demo-16", dimensions=16, create=True, wait_seconds=float(wait_seconds)
    ) as archive:
        print("open", flush=True)
        print(index.ingest.ingest([Path(articles)], archive, encoder).added)
        for follower in (FaissIndex(archive.folder), TantivyIndex(archive.folder)):
            follower.catch_up(archive)
except ArchiveError as error:
    print(f"{type(error).__name__}: {error}")
"""


def start(folder: Path, articles: Path, *, batch: int = 8, wait_seconds: float = 5) -> subprocess.Popen[str]:
    """Start an ingest in a process of its own and wait until it has the archive open."""
    process = subprocess.Popen(
        [sys.executable, "-c", INGEST, folder, articles, str(batch), str(wait_seconds)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def end(process: subprocess.Popen[str]) -> str:
    """Wait for an ingest's end and return what it said."""
    said, _ = process.communicate()
    return said.strip()


def test_an_ingest_that_waits_in_vain_says_so_in_one_line_and_adds_nothing(archive: SqliteArchive) -> None:
    articles = write("a.txt", "text")
    with archive.transaction():
        archive.change_encoder(ENCODER.name, ENCODER.dimensions)  # a change, so that the transaction writes
        said = end(start(archive.folder, articles, wait_seconds=0.1))
    assert said == (
        f"{ArchiveLockedError.__name__}: the archive '{archive.folder}' is locked by another process; "
        "try again when it is done"
    )
    assert held(archive) == {}


@pytest.mark.slow
def test_a_real_archive_of_two_languages_is_taken_in(archive: SqliteArchive, shared: Path) -> None:
    """A thousand articles of each of three archives: all are accounted for, and a second time nothing changes."""
    import lzma
    from itertools import islice

    for name in ("antcorpus", "saudinewsnet", "reuters21578"):
        with lzma.open(shared / "archives" / f"{name}.jsonl.xz") as stream:
            Path(f"{name}.jsonl").write_bytes(b"".join(islice(stream, 1000)))
    first = ingest([Path()], archive, ENCODER)
    assert first.added + len(first.duplicates) + len(first.rejected) == 3000
    assert first.added > 2900
    assert archive.verify() == []
    size = os.stat(archive.folder / FILE).st_size
    second = ingest([Path()], archive, ENCODER)
    assert (second.unchanged, second.duplicates, second.rejected) == (first.added, first.duplicates, first.rejected)
    assert os.stat(archive.folder / FILE).st_size == size
    passages = len(list(archive.added_since(0)))
    dense = FaissIndex(archive.folder)
    dense.catch_up(archive)
    assert len(dense.search(ENCODER.encode_questions(["common"])[0], passages + 1).numbers) == passages
