"""What every archive must hold and tell; the test of an implementation inherits the class."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from index.archive.rows import article_id
from index.errors import UnknownArticleError
from index.types import Archive, Filters, Held, Passage, Span, SpanKind
from tests.parts.archive_place import ArchivePlace, refusal
from tests.parts.contracts import ENCODER, add_lines, article_of, numbers


class ArchiveContract(ArchivePlace):
    """An archive and what it is asked."""

    def test_an_article_comes_back_as_it_was_added(self, archive: Archive) -> None:
        article = article_of(
            "عنوان\r\nقال «الكرملين» 🙂\u00a0ﷺ \u202bنص\u202c\n",
            path="folder/مقال.txt",
            language="ar",
            title="عنوان",
            source="سانا",
            url="https://example.org/1",
            author="كاتب",
            published=date(2020, 2, 17),
            agency="سانا",
            dateline="موسكو",
            spans=(Span(0, 5, SpanKind.TITLE), Span(7, 10, SpanKind.BOILERPLATE)),
        )
        add_lines(archive, article)
        assert archive.article(article.id) == article
        assert archive.find_path("folder/مقال.txt") == article
        assert list(archive.articles()) == [article]

    def test_what_an_article_does_not_state_stays_unknown(self, archive: Archive) -> None:
        add_lines(archive, article_of("One line."))
        assert archive.article(article_id("One line.")) == article_of("One line.")

    def test_an_article_may_have_no_passage(self, archive: Archive) -> None:
        article = article_of(" ")
        archive.add(article, [], ENCODER.encode_passages([]))
        assert (list(archive.articles()), numbers(archive), archive.verify()) == ([article], [], [])
        assert archive.remove(article.id) == "a.txt"

    def test_passages_come_in_the_order_asked_and_those_gone_are_left_out(self, archive: Archive) -> None:
        first, second = article_of("one\ntwo\nthree", path="a"), article_of("four", path="b")
        add_lines(archive, first)
        add_lines(archive, second)
        one, two, three, four = numbers(archive)
        archive.remove(second.id)
        found = archive.passages([three, four, one, 10**9])
        assert found == [Passage(first, 8, 13), Passage(first, 0, 4)]
        assert [passage.text for passage in found] == ["three", "one\n"]
        assert archive.passages([two])[0].text == "two\n"

    def test_more_passages_than_one_statement_holds_are_found(self, archive: Archive) -> None:
        article = article_of("".join(f"line {number}\n" for number in range(1234)))
        add_lines(archive, article)
        found = archive.passages(list(reversed(numbers(archive))))
        assert "".join(passage.text for passage in reversed(found)) == article.text

    def test_vectors_come_back_within_half_precision(self, archive: Archive) -> None:
        add_lines(archive, article_of("one two two\nthree"))
        stored = np.stack([passage.vector for passage in archive.added_since(0)])
        assert stored.dtype == np.float32
        np.testing.assert_allclose(stored, ENCODER.encode_passages(["one two two\n", "three"]), atol=2**-11)

    def test_the_same_path_holds_only_the_newer_text(self, archive: Archive) -> None:
        old, new = article_of("old text"), article_of("new text")
        add_lines(archive, old)
        gone = numbers(archive)
        before = archive.generation
        add_lines(archive, new)
        assert list(archive.articles()) == [new]
        assert archive.removed_since(before) == gone
        assert [passage.article_id for passage in archive.added_since(before)] == [new.id]
        with pytest.raises(UnknownArticleError):
            archive.article(old.id)

    def test_the_same_text_under_another_path_moves(self, archive: Archive) -> None:
        add_lines(archive, article_of("text", path="a"))
        add_lines(archive, article_of("text", path="b"))
        assert [article.path for article in archive.articles()] == ["b"]
        assert len(numbers(archive)) == 1

    def test_a_removed_article_is_gone_and_its_numbers_are_not_used_again(self, archive: Archive) -> None:
        add_lines(archive, article_of("one\ntwo", path="a"))
        gone = numbers(archive)
        before = archive.generation
        archive.remove(article_id("one\ntwo"))
        assert (list(archive.articles()), numbers(archive)) == ([], [])
        assert archive.removed_since(before) == gone
        add_lines(archive, article_of("three", path="b"))
        assert min(numbers(archive)) > max(gone)

    def test_an_unknown_article_is_named_and_nothing_changes(self, archive: Archive) -> None:
        before = archive.generation
        for look in (archive.article, archive.remove):
            with pytest.raises(UnknownArticleError, match="no article 'abc'"):
                look("abc")
        assert archive.find_path("abc") is None
        assert archive.generation == before

    def test_of_some_paths_those_are_taken_at_which_an_article_stands(self, archive: Archive) -> None:
        add_lines(archive, article_of("one", path="here"))
        assert archive.taken(["here", "there", "هنا"]) == {"here"}
        assert archive.taken([]) == set()
        archive.remove(article_id("one"))
        assert archive.taken(["here"]) == set()

    def test_every_change_has_a_later_generation_that_tells_what_came_and_went(self, archive: Archive) -> None:
        generations = [archive.generation]
        for text in ("one", "two"):
            add_lines(archive, article_of(text, path=text))
            generations.append(archive.generation)
        archive.remove(article_id("one"))
        generations.append(archive.generation)
        assert all(earlier < later for earlier, later in pairwise(generations))

        def came(generation: int) -> list[str]:
            return [passage.article_id for passage in archive.added_since(generation)]

        assert [came(generation) for generation in generations] == [[article_id("two")], [article_id("two")], [], []]
        assert [len(archive.removed_since(generation)) for generation in generations] == [1, 1, 1, 0]
        assert [archive.count_changes(generation) for generation in generations] == [2, 2, 1, 0]

    def test_a_transaction_takes_effect_whole_or_not_at_all(self, archive: Archive) -> None:
        kept, before = article_of("kept", path="kept"), archive.generation
        with pytest.raises(KeyboardInterrupt), archive.transaction():
            add_lines(archive, article_of("lost", path="lost"))
            raise KeyboardInterrupt
        assert (list(archive.articles()), archive.generation) == ([], before)
        with archive.transaction():
            add_lines(archive, kept)
            archive.remove(kept.id)
            add_lines(archive, kept)
        assert list(archive.articles()) == [kept]

    def test_passages_and_vectors_that_do_not_fit_are_refused_and_nothing_is_added(self, archive: Archive) -> None:
        article = article_of("four")
        vector = ENCODER.encode_passages(["four"])
        for offsets, vectors in [([(0, 5)], vector), ([(2, 2)], vector), ([], vector), ([(0, 4)], vector[:, :8])]:
            with pytest.raises(ValueError, match=r"outside the text|vectors of shape"):
                archive.add(article, offsets, vectors)
        assert list(archive.articles()) == []

    def test_filters_take_both_end_dates_and_pass_nothing_unstated(self, archive: Archive) -> None:
        facts: dict[str, dict[str, object]] = {
            "early": {"published": date(2020, 1, 1), "source": "X"},
            "late": {"published": date(2020, 3, 1), "source": "Y"},
            "undated": {"source": "X", "author": "Ann Lee and Bo Roe"},
            "arabic": {"published": date(2020, 2, 1), "language": "ar", "author": "أَحمد علي"},
        }
        for path, stated in facts.items():
            add_lines(archive, article_of(f"{path}\ntext", path=path, **stated))

        def passing(filters: Filters) -> list[str]:
            paths = [article.path for article in archive.articles(filters)]
            allowed = archive.passage_numbers(filters)
            assert allowed is not None
            assert allowed.dtype == np.int64
            assert sorted({passage.article.path for passage in archive.passages(allowed.tolist())}) == sorted(paths)
            assert len(allowed) == 2 * len(paths)
            return paths

        assert passing(Filters(published_from=date(2020, 2, 1))) == ["late", "arabic"]
        assert passing(Filters(published_to=date(2020, 2, 1))) == ["early", "arabic"]
        assert passing(Filters(published_from=date(2020, 1, 1), published_to=date(2020, 1, 1))) == ["early"]
        assert passing(Filters(source="X")) == ["early", "undated"]
        assert passing(Filters(source="x")) == ["early", "undated"]
        assert passing(Filters(source=frozenset({"X", "Y"}))) == ["early", "late", "undated"]
        assert passing(Filters(language="ar")) == ["arabic"]
        assert passing(Filters(author="احمد علي")) == ["arabic"]
        assert passing(Filters(author=frozenset({"bo roe", "علي"}))) == ["undated", "arabic"]
        assert passing(Filters(author="Lee Bo")) == passing(Filters(source="", author="An")) == []
        late = next(article.id for article in archive.articles() if article.path == "late")
        assert passing(Filters(articles=frozenset({late, "gone"}))) == ["late"]
        assert passing(Filters(articles=frozenset())) == []
        assert passing(Filters(source="X", published_from=date(2020, 2, 1))) == []
        assert archive.passage_numbers(None) is None
        assert archive.passage_numbers(Filters()) is None
        assert len(list(archive.articles(Filters()))) == 4

    def test_what_is_held_of_an_article_is_told_without_its_text(self, archive: Archive) -> None:
        one = article_of("one", path="a", title="T", source="X", published=date(2020, 1, 1))
        two = article_of("two", path="b", url="u", author="A")
        for article in (one, two):
            add_lines(archive, article)
        assert archive.held([two.id, "unknown", one.id]) == {
            one.id: Held("a", "T", "X", None, None, date(2020, 1, 1)),
            two.id: Held("b", None, None, "u", "A", None),
        }
        assert archive.held([]) == {}
        assert archive.paths() == {"a": one.id, "b": two.id}
        assert archive.paths(Filters(source="X")) == {"a": one.id}
        assert archive.count_articles() == 2

    def test_arrivals_are_numbered_on_and_a_number_never_comes_again(self, archive: Archive) -> None:
        texts = ["one", "two", "three"]
        for text in texts:
            add_lines(archive, article_of(text, path=text))
        arrived = archive.arrivals()
        assert [arrived[number] for number in sorted(arrived)] == [article_id(text) for text in texts]
        last = max(arrived)
        archive.remove(article_id("three"))
        add_lines(archive, article_of("three", path="again"))
        ((number, name),) = archive.arrivals(after=last).items()
        assert (name, number > last) == (article_id("three"), True)
        assert archive.arrivals(after=number) == {}

    def test_every_code_point_comes_back(self, archive: Archive) -> None:
        text = "".join(map(chr, (*range(0x300), 0x200F, 0xFEFF, 0xFFFD, 0xFFFF, 0x1F642, 0x10FFFF))) + "\1\2\1\3\0\1"
        article = article_of(text, path=f"a/{text}", title=text, source="\0", author="\1", dateline="\1\2")
        add_lines(archive, article)
        assert archive.article(article.id) == archive.find_path(f"a/{text}") == article
        assert [row.article for row in archive.rows()] == [article]

    def test_a_path_may_be_long(self, archive: Archive) -> None:
        long = [f"{letter * 10_000}.txt" for letter in "ab"]
        for path in long:
            add_lines(archive, article_of(path, path=path))
        assert list(archive.paths()) == long
        assert [archive.find_path(path) is not None for path in (*long, "a" * 10_000)] == [True, True, False]

    def test_several_are_removed_in_one_step_or_none(self, archive: Archive) -> None:
        for text in ("one", "two", "three"):
            add_lines(archive, article_of(text, path=text))
        one, two, three = map(article_id, ("one", "two", "three"))
        assert str(refusal(UnknownArticleError, lambda: archive.remove_all([one, "abc", two, "def"]))).startswith(
            "no article 'abc', 'def' in "
        )
        assert archive.count_articles() == 3
        assert archive.remove_all([two, one, two]) == {two: "two", one: "one"}
        assert archive.titles() == {three: "three"}
