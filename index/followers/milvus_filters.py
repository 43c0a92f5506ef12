"""Filters as a Milvus collection answers them: facts of articles as fields, and expressions over these. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from index.archive.table import name_key, name_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.types import Article, Filters

AT_ONCE = 2_000
"""Ids or numbers in one expression; more are asked for in several searches."""

LONGEST = 16_000
"""Characters of a name that are kept: four bytes each is what a field holds."""

_WILDCARDS = {ord("%"): "\ue000", ord("_"): "\ue001"}  # to LIKE; these two stand in no name


def facts_of(article: Article) -> dict[str, Any]:
    """Return what filters ask of an article; 0 and an empty text are for what it does not state."""
    return {
        "article": article.id,
        "language": article.language,
        "day": article.published.toordinal() if article.published else 0,
        "source": _kept(name_key(article.source or "")),
        "author": f" {_kept(name_key(article.author or ''))} ",
    }


def expressions(filters: Filters | None, allowed: NDArray[np.int64] | None = None) -> list[str]:
    """Return expressions of which a passage must pass one: "" passes all, and an empty list none."""
    common = " and ".join(_conditions(filters)) if filters else ""
    listed: list[list[str]] = [[common] if common else []]
    if filters and filters.articles is not None:
        listed = [[*one, part] for one in listed for part in _among("article", sorted(filters.articles))]
    if allowed is not None:
        listed = [[*one, part] for one in listed for part in _among("number", np.unique(allowed).tolist())]
    return [" and ".join(one) for one in listed]


def between(expression: str, first: int, last: int) -> str:
    """Narrow an expression to the passages of some numbers, both ends included."""
    return " and ".join(filter(None, [expression, f"number >= {first} and number <= {last}"]))


def _conditions(filters: Filters) -> Iterator[str]:
    if filters.published_from or filters.published_to:
        first, last = filters.published_from or date.min, filters.published_to or date.max
        yield f"day >= {first.toordinal()} and day <= {last.toordinal()}"
    if filters.language is not None:
        yield f"language == {json.dumps(filters.language)}"
    if filters.source is not None:
        yield _one_of("source", [_kept(key) for key in name_keys(filters.source)])
    if filters.author is not None:
        likes = [f"author like {_quoted(f'% {_kept(key)} %')}" for key in name_keys(filters.author)]
        yield f"({' or '.join(likes)})" if likes else "number < 0"


def _among(field: str, values: Sequence[str | int]) -> list[str]:
    return [_one_of(field, values[start : start + AT_ONCE]) for start in range(0, len(values), AT_ONCE)]


def _one_of(field: str, values: Sequence[str | int]) -> str:
    return f"{field} in [{', '.join(_quoted(value) for value in values)}]" if values else "number < 0"


def _quoted(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)


def _kept(key: str) -> str:
    return key.translate(_WILDCARDS)[:LONGEST]
