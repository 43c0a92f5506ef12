"""What filters choose by, of all articles at once: their days, languages, outlets, authors, passages. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from index.text import fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from index.types import Filters

ArticleRow = tuple[int, str, str, str | None, str | None, str | None]
"""An article's ordinal, id, language, source, author, and day as 2020-02-17."""


def name_key(name: str) -> str:
    """Return the words of a name as names are compared: without case, diacritics, punctuation or forms of alef."""
    return " ".join(token.text for token in tokens(name)) or fold_text(name).strip()


def name_keys(wanted: str | frozenset[str]) -> list[str]:
    """Return the keys of one name or of several; what holds no letter names nobody."""
    return [key for name in ({wanted} if isinstance(wanted, str) else sorted(wanted)) if (key := name_key(name))]


class _Names:
    """One name an article, or none: every name once, and which of them each article has; `stated` are all in order."""

    def __init__(self, names: Iterable[str | None]) -> None:
        places: dict[str | None, int] = {}
        self._codes = np.array([places.setdefault(name, len(places)) for name in names], np.int32)
        self.stated = sorted(name for name in places if name)
        self._names = list(places)

    @cached_property
    def _keys(self) -> list[str]:
        return [f" {name_key(name or '')} " for name in self._names]

    def are(self, wanted: str | frozenset[str]) -> NDArray[np.bool_]:
        """Tell of each article whether its name is one of those wanted."""
        asked = {f" {key} " for key in name_keys(wanted)}
        return self._each([key in asked for key in self._keys])

    def hold(self, wanted: str | frozenset[str]) -> NDArray[np.bool_]:
        """Tell of each article whether its name holds the words of one of those wanted, side by side."""
        asked = [f" {key} " for key in name_keys(wanted)]
        holding = {key for one in asked for key in self._keys if one in key}
        return self._each([key in holding for key in self._keys])

    def of(self, place: int) -> str | None:
        """Return the name of the article at a place."""
        return self._names[int(self._codes[place])]

    def counts(self, passing: NDArray[np.bool_]) -> dict[str | None, int]:
        """Count the articles that pass by their names, the most frequent name first."""
        counted = np.bincount(self._codes[passing], minlength=len(self._names)).tolist()
        pairs = [(name, count) for name, count in zip(self._names, counted, strict=True) if count]
        return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0] or "")))

    def _each(self, fitting: list[bool]) -> NDArray[np.bool_]:
        return np.array(fitting, bool)[self._codes]


@dataclass(frozen=True)
class ArticleTable:
    """The articles of an archive in the state of one generation, in the order of their ordinals.

    `days` counts as `date.toordinal`, 0 where an article has no date. `numbers` are the passages', ascending, and
    `places` the place of each one's article in the other arrays.
    """

    generation: int
    ordinals: NDArray[np.int64]
    ids: list[str]
    days: NDArray[np.int32]
    languages: _Names
    sources: _Names
    authors: _Names
    numbers: NDArray[np.int64]
    places: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        generation: int,
        articles: Sequence[ArticleRow],
        numbers: NDArray[np.int64],
        articles_of_numbers: NDArray[np.int64],
    ) -> Self:
        """Make the table from articles and from the numbers of passages with their articles' ordinals, in any order.

        A passage whose article is not among them is left out. Raises ValueError where a day is none.
        """
        articles = sorted(articles)
        ordinals = np.array([row[0] for row in articles], np.int64)
        known = {day: date.fromisoformat(day).toordinal() if day else 0 for day in {row[5] for row in articles}}
        order = np.argsort(numbers)
        order = order[np.isin(articles_of_numbers[order], ordinals)]
        return cls(
            generation,
            ordinals,
            [row[1] for row in articles],
            np.array([known[row[5]] for row in articles], np.int32),
            _Names(row[2] for row in articles),
            _Names(row[3] for row in articles),
            _Names(row[4] for row in articles),
            numbers[order],
            np.searchsorted(ordinals, articles_of_numbers[order]),
        )

    @cached_property
    def _place_of(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.ids)}

    def passing(self, filters: Filters) -> NDArray[np.bool_]:
        """Tell of each article whether it passes the filters."""
        passes = np.ones(len(self.ordinals), bool)
        if filters.published_from:
            passes &= self.days >= filters.published_from.toordinal()
        if filters.published_to:
            passes &= (self.days > 0) & (self.days <= filters.published_to.toordinal())
        if filters.source is not None:
            passes &= self.sources.are(filters.source)
        if filters.author is not None:
            passes &= self.authors.hold(filters.author)
        if filters.language is not None:
            passes &= self.languages.are(filters.language)
        if filters.articles is not None:
            chosen = np.zeros(len(passes), bool)
            chosen[[place for name in filters.articles if (place := self._place_of.get(name)) is not None]] = True
            passes &= chosen
        return passes

    def ids_of(self, filters: Filters) -> frozenset[str]:
        """Return the ids of the articles that pass the filters."""
        return frozenset(self.ids[place] for place in np.flatnonzero(self.passing(filters)).tolist())

    @property
    def newest(self) -> date | None:
        """The day of the newest article; None where none has a day."""
        last = int(self.days.max(initial=0))
        return date.fromordinal(last) if last else None

    def places_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of the articles of some passages; a number that is none of theirs is left out."""
        if not len(self.numbers):
            return self.numbers
        at = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        found: NDArray[np.int64] = self.places[at[self.numbers[at] == numbers]]
        return found

    def published(self, passing: NDArray[np.bool_]) -> Counter[date]:
        """Count the articles that pass by their day; those without one are left out."""
        days, counts = np.unique(self.days[passing & (self.days > 0)], return_counts=True)
        return Counter(dict(zip(map(date.fromordinal, days.tolist()), counts.tolist(), strict=True)))

    def passages(self, passing: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the numbers of the passages of the articles that pass, ascending."""
        return self.numbers[passing[self.places]]
