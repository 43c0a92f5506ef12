"""Where the things asked for stand in the sentences of an answer, whose quotations name them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.types import Sentence


def find_highlights(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the highlights of a sentence's citations as code points into its text, in order and apart.

    Those of a citation that the sentence does not quote to the letter stand nowhere in it.
    """
    runs: list[tuple[int, int]] = []
    for citation in sentence.citations:
        shift = sentence.text.find(citation.quote) - citation.start
        if shift + citation.start >= 0:
            runs += [(start + shift, end + shift) for start, end in citation.highlights]
    return list(_apart(sorted(runs)))


def split_runs(start: int, end: int, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Cut a run of a text where highlights begin and end, and say of each piece whether it is one."""
    position = start
    for first, last in runs:
        first, last = max(first, position), min(last, end)
        if first >= last:
            continue
        if position < first:
            yield position, first, False
        yield first, last, True
        position = last
    if position < end:
        yield position, end, False


def _apart(runs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    position = 0
    for start, end in runs:
        if start >= position:
            yield start, end
            position = end
