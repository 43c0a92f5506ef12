"""The folded words of millions of texts, in a tenth of the time that folding each text takes."""

from __future__ import annotations

from index.training.held_out import split_folded


class _Words(dict[str, tuple[str, ...]]):
    """The folded words of each run of letters between blanks that was met: news repeats most of them."""

    def __missing__(self, run: str) -> tuple[str, ...]:
        self[run] = words = split_folded(run)
        return words


_WORDS = _Words()


def fold_words(text: str) -> list[str]:
    """Return what `split_folded` returns, as a list; what was folded once is kept for good."""
    words = _WORDS
    return [word for run in text.split() for word in words[run]]
