"""The gate that every row passes before it is trained on: licences, held-out names, texts of test sets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from index.training.benchmark_texts import BenchmarkTexts
from index.training.corpora import Article, Row
from index.training.folding import fold_words
from index.training.held_out import HeldOut
from index.training.licences import Choice, is_permitted

NEWS = "news"  # what articles are counted under


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets rows pass that the model may be trained on, and counts them, and those that it does not, by reason."""

    licences: Choice
    held_out: HeldOut
    benchmark_texts: BenchmarkTexts
    openings: frozenset[str | tuple[str, str]]  # the first two words of every held-out form, the only one of some
    passed: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    dropped: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    left_out: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_parts(cls, licences: Choice, held_out: HeldOut, benchmark_texts: BenchmarkTexts) -> Gate:
        """Make a gate that has counted nothing yet."""
        openings = {
            (first, form.rest[0]) if form.rest else first for first, forms in held_out.starts.items() for form in forms
        }
        return cls(licences, held_out, benchmark_texts, frozenset(openings))

    def admit(self, source: str, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows of a source that may be used: `passed` counts by dataset, `dropped` by reason."""
        for row in rows:
            if reason := self._objection(row):
                self.dropped[source][reason] += 1
            else:
                self.passed[source][row.dataset] += 1
                yield row

    def admit_articles(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield the articles that are not a test text, nor have one for a title."""
        for article in articles:
            if article.text in self.benchmark_texts or article.title in self.benchmark_texts:
                self.dropped[NEWS]["test text"] += 1
            else:
                self.passed[NEWS][article.dataset] += 1
                yield article

    def permit(self, source: str, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows whose licence allows it."""
        for row in rows:
            if is_permitted(row.dataset, self.licences):
                yield row
            else:
                self.leave_out(source, row.dataset, 1)

    def leave_out(self, source: str, dataset: str, count: int) -> None:
        """Count what a licence keeps out: `left_out` by dataset, `dropped` by source."""
        self.left_out[dataset] += count
        self.dropped[source]["licence"] += count

    def _objection(self, row: Row) -> str | None:
        if not row.left or not row.right:
            return "empty"
        if row.left in self.benchmark_texts or row.right in self.benchmark_texts:
            return "test text"
        if not self._may_hold_name(row.left) and not self._may_hold_name(row.right):
            return None
        return "held-out name" if self.held_out.holds(row.left, row.right) else None

    def _may_hold_name(self, text: str) -> bool:
        """Whether the openings of a held-out form are in a text: a tenth of the time that telling for sure takes."""
        words = fold_words(text)
        return not (self.openings.isdisjoint(words) and self.openings.isdisjoint(pairwise(words)))
