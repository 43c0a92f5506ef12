"""What every archive must do as it is opened, shared and damaged; the test of an implementation inherits the class."""

from __future__ import annotations

import threading
from datetime import date

import numpy as np

from index.archive.address import Address
from index.archive.opening import open_at
from index.archive.reader import Statistics
from index.archive.rows import article_id
from index.errors import (
    ArchiveDamagedError,
    ArchiveLockedError,
    EncoderMismatchError,
    NotAnArchiveError,
)
from tests.archive_place import ArchivePlace, create, refusal
from tests.contracts import ENCODER, add_lines, article_of


class ArchiveStatesContract(ArchivePlace):
    """An archive that is opened several times, by several, and not always whole."""

    def test_what_was_added_is_there_after_closing(self, address: Address) -> None:
        article = article_of("text")
        with create(address) as archive:
            add_lines(archive, article)
            was = (archive.identity, archive.generation)
        with open_at(address, encoder_name=ENCODER.name) as archive:
            assert list(archive.articles()) == [article]
            assert (archive.identity, archive.generation) == was
            assert (archive.encoder_name, archive.dimensions) == ("demo-16", 16)
        with create(address) as archive:
            assert archive.count_articles() == 1

    def test_two_archives_have_two_identities(self, address: Address, elsewhere: Address) -> None:
        with create(address) as one, create(elsewhere) as other:
            assert one.identity != other.identity
            add_lines(one, article_of("text"))
            assert list(other.articles()) == []
            assert one.folder != other.folder

    def test_statistics_count_what_is_held(self, address: Address) -> None:
        with create(address) as archive:
            empty = archive.statistics()
            assert (empty.articles, empty.published_from, empty.languages) == (0, None, {})
            add_lines(archive, article_of("a\nb", path="1", source="X", published=date(2020, 1, 2)))
            add_lines(archive, article_of("c", path="2", language="ar", published=date(2021, 1, 2)))
            add_lines(archive, article_of("d", path="3"))
            filled = archive.statistics()
            assert filled.size > 10_000
            assert filled == Statistics(
                articles=3,
                passages=4,
                languages={"en": 2, "ar": 1},
                sources={None: 2, "X": 1},
                published_from=date(2020, 1, 2),
                published_to=date(2021, 1, 2),
                encoder_name="demo-16",
                dimensions=16,
                generation=archive.generation,
                size=filled.size,
            )

    def test_vectors_of_another_encoder_are_not_mixed_in(self, address: Address) -> None:
        create(address).close()
        assert refusal(EncoderMismatchError, lambda: open_at(address, encoder_name="other")) == (
            f"the archive '{address}' was made with the encoder 'demo-16', not 'other'; "
            "run `isnad archive rebuild` to encode its articles anew, or set ISNAD_ENCODER to the one that made it"
        )

    def test_a_second_writer_waits_and_then_gives_up_with_the_archive_unchanged(self, address: Address) -> None:
        writing, leave = threading.Event(), threading.Event()
        with create(address) as first, create(address, wait_seconds=0.2) as second:

            def write() -> None:
                with first.transaction():
                    add_lines(first, article_of("first", path="1"))
                    writing.set()
                    leave.wait()

            thread = threading.Thread(target=write)
            thread.start()
            writing.wait()
            assert list(second.articles()) == []  # a reader is not kept waiting
            assert refusal(ArchiveLockedError, lambda: add_lines(second, article_of("second", path="2"))) == (
                f"the archive '{address}' is locked by another process; try again when it is done"
            )
            leave.set()
            thread.join()
            add_lines(second, article_of("second", path="2"))
            assert [article.path for article in first.articles()] == ["1", "2"]

    def test_a_second_writer_that_waits_long_enough_gets_its_turn(self, address: Address) -> None:
        writing = threading.Event()
        with create(address) as first, create(address, wait_seconds=30) as second:

            def write() -> None:
                with first.transaction():
                    add_lines(first, article_of("first", path="1"))
                    writing.set()
                    threading.Event().wait(0.3)

            thread = threading.Thread(target=write)
            thread.start()
            writing.wait()
            add_lines(second, article_of("second", path="2"))
            thread.join()
            assert [article.path for article in second.articles()] == ["1", "2"]

    def test_many_threads_read_and_write_one_archive(self, address: Address) -> None:
        with create(address) as archive:
            failures: list[BaseException] = []

            def work(part: int) -> None:
                try:
                    for turn in range(20):
                        add_lines(archive, article_of(f"{part}\n{turn}", path=f"{part}/{turn}"))
                        for passage in archive.passages([stored.number for stored in archive.added_since(0)]):
                            assert passage.text.strip()
                except BaseException as failure:  # noqa: BLE001  (a thread's failure is told below)
                    failures.append(failure)

            threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert failures == []
            assert archive.count_articles() == 80
            assert archive.verify() == []

    def test_reading_every_article_while_they_are_replaced_ends(self, address: Address) -> None:
        with create(address) as archive:
            for path in "abc":
                add_lines(archive, article_of(path, path=path))
            seen = []
            for article in archive.articles():
                seen.append(article.text)
                if len(seen) < 10:
                    archive.remove(article.id)
            assert seen == ["a", "b", "c"]

    def test_a_whole_archive_verifies(self, address: Address) -> None:
        with create(address) as archive:
            add_lines(archive, article_of("عنوان\nنص 🙂 طويل", path="1"))
            add_lines(archive, article_of("gone", path="2"))
            archive.remove(article_id("gone"))
            assert archive.verify() == []

    def test_verify_names_each_thing_that_is_wrong(self, address: Address) -> None:
        with create(address) as archive:
            for path in ("text", "span", "passage", "vector"):
                add_lines(archive, article_of(path, path=path))
        self.change(
            address,
            "UPDATE articles SET text = 'test' WHERE path = 'text'",
            """UPDATE articles SET spans = '[[2,5,"title"]]' WHERE path = 'span'""",
            "UPDATE passages SET \"end\" = 8 WHERE article = (SELECT ordinal FROM articles WHERE path = 'passage')",
            "UPDATE passages SET vector = substr(vector, 1, 2) WHERE number = 4",
        )
        with open_at(address) as archive:
            assert archive.verify() == [
                f"article {article_id('text')} ('text'): it is not the one that was added, or cannot be read; "
                f"run `isnad archive remove {article_id('text')}` and ingest its file again",
                f"article {article_id('span')} ('span'): a marked span lies outside the text; "
                "run `isnad archive rebuild`",
                f"passage 3 of article {article_id('passage')}: lies outside the text; run `isnad archive rebuild`",
                "passage 4: its vector has 2 bytes, not 32; run `isnad archive rebuild`",
            ]

    def test_an_unreadable_row_is_damage_and_not_a_traceback(self, address: Address) -> None:
        with create(address) as archive:
            add_lines(archive, article_of("text"))
        self.change(address, "UPDATE articles SET spans = 'nonsense'")
        with open_at(address) as archive:
            message = refusal(ArchiveDamagedError, lambda: archive.article(article_id("text")))
            assert message.startswith(f"the archive '{address}' is damaged at article {article_id('text')}: ")
            assert archive.verify() == [
                f"article {article_id('text')} ('a.txt'): it is not the one that was added, or cannot be read; "
                f"run `isnad archive remove {article_id('text')}` and ingest its file again"
            ]

    def test_an_archive_that_has_lost_its_generation_is_damaged_and_not_written(self, address: Address) -> None:
        with create(address) as archive:
            add_lines(archive, article_of("text"))
            self.change(address, "DELETE FROM meta WHERE key = 'generation'")
            line = f"the archive '{address}' is damaged: it has lost its generation"
            assert refusal(ArchiveDamagedError, lambda: archive.generation) == line
            assert refusal(ArchiveDamagedError, lambda: add_lines(archive, article_of("new", path="b"))) == line
            assert refusal(ArchiveDamagedError, lambda: archive.remove(article_id("text"))) == line
            assert archive.paths() == {"a.txt": article_id("text")}
            (problem,) = archive.verify()
            assert problem.startswith("the archive has lost its generation; restore it from a copy")

    def test_a_missing_archive_says_how_to_make_one(self, address: Address) -> None:
        assert refusal(NotAnArchiveError, lambda: open_at(address)) == (
            f"there is no archive in '{address}'; make one with `isnad ingest PATH`, or name another with --archive"
        )

    def test_nothing_of_a_step_is_seen_by_others_before_its_end(self, address: Address) -> None:
        with create(address) as one, create(address) as other:
            add_lines(one, article_of("kept", path="kept"))
            seen = other.generation
            with one.transaction():
                add_lines(one, article_of("new", path="new"))
                one.remove(article_id("kept"))
                assert [article.path for article in one.articles()] == ["new"]
                assert [article.path for article in other.articles()] == ["kept"]
                assert (other.generation, list(other.added_since(seen))) == (seen, [])
                assert (other.removed_since(seen), other.table().ids) == ([], [article_id("kept")])
            assert [passage.article_id for passage in other.added_since(seen)] == [article_id("new")]
            assert len(other.removed_since(seen)) == 1
            assert other.table().ids == [article_id("new")]

    def test_the_encoder_changes_with_all_vectors_in_one_step(self, address: Address) -> None:
        article = article_of("text")
        with create(address) as archive:
            add_lines(archive, article)
            before = archive.generation
            with archive.transaction():
                archive.change_encoder("demo-4", 4)
                archive.add(article, [(0, 4)], np.eye(1, 4, dtype=np.float32))
            assert (archive.encoder_name, archive.dimensions, archive.generation > before) == ("demo-4", 4, True)
            assert [passage.vector.tolist() for passage in archive.added_since(0)] == [[1.0, 0.0, 0.0, 0.0]]
        refusal(EncoderMismatchError, lambda: open_at(address, encoder_name=ENCODER.name))
        with open_at(address, encoder_name="demo-4") as archive:
            assert archive.verify() == []
