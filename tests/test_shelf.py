"""What was made of articles is kept within a bound, what was used last the longest."""

from __future__ import annotations

from dataclasses import replace

from assistant.evidence.shelf import Shelf
from index.types import Article, Span, SpanKind

A, B, C = (Article(id=name, path=f"{name}.txt", text=name * 10, language="en") for name in "abc")


class Maker:
    """Makes an article's name, and remembers for which it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, article: Article) -> str:
        self.asked.append(article.id)
        return article.id.upper()


def test_what_was_made_once_is_not_made_again() -> None:
    maker = Maker()
    shelf = Shelf(maker)
    assert [shelf.take(article) for article in (A, B, A, replace(A))] == ["A", "B", "A", "A"]
    assert maker.asked == ["a", "b"]


def test_what_was_used_longest_ago_goes_first() -> None:
    maker = Maker()
    shelf = Shelf(maker, most_characters=20)
    for article in (A, B, A, C, A, B):
        shelf.take(article)
    assert maker.asked == ["a", "b", "c", "b"]


def test_an_article_longer_than_the_bound_is_kept_alone() -> None:
    maker = Maker()
    shelf = Shelf(maker, most_characters=5)
    for article in (A, A, B, A):
        shelf.take(article)
    assert maker.asked == ["a", "b", "a"]


def test_an_article_whose_spans_were_found_anew_is_another_one() -> None:
    maker = Maker()
    shelf = Shelf(maker)
    shelf.take(A)
    shelf.take(replace(A, spans=(Span(0, 3, SpanKind.BOILERPLATE),)))
    assert maker.asked == ["a", "a"]
