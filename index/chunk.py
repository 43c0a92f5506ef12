"""An article to passages by offset: whole sentences, about 120 words each, overlapping by a sentence. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.sentences import sentences
from index.types import SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.types import Article, Span

TARGET_WORDS = 120
"""Words that a passage holds, about: it ends with the sentence that reaches this number."""

LONGEST_SENTENCE = 240
"""Words after which a sentence without an end is cut, so that a passage stays a passage."""

BRIDGED = 80
"""Code points of marked text (a date line, an agency's name) that one passage may hold between its sentences."""

_WORD = re.compile(r"\S+")


def body_sentences(article: Article) -> list[tuple[int, int]]:
    """Return the offsets of the article's own sentences: all but those in marked spans; the title is one of them."""
    return _own_sentences(article.text, article.spans)


def _own_sentences(text: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    position = 0
    for span in sorted(spans, key=lambda span: span.start):
        if position < span.start:
            found.extend(sentences(text, position, span.start))
        if span.kind is SpanKind.TITLE:
            found.append((span.start, span.end))  # one sentence, whatever stands in it
        position = max(position, span.end)
    found.extend(sentences(text, position))
    return [piece for sentence in found for piece in _cut(text, *sentence)]


def chunk(article: Article) -> list[tuple[int, int]]:
    """Return an article's passages as offsets into its text, as `chunk_text` does."""
    return chunk_text(article.text, article.spans)


def chunk_text(text: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Return passages as offsets ``(start, end)`` into a text, in order.

    Each is a run of whole sentences of the article's own words: those outside its marked spans, and its title. The last
    sentence of a passage begins the next one, unless it is a passage by itself.
    """
    passages: list[tuple[int, int]] = []
    begin = last = ending = 0  # of the run: where it begins, and where its last sentence begins and ends
    words = 0  # of the run; none where there is no run
    fresh = False  # whether the run holds a sentence that no passage has yet
    for start, end in _own_sentences(text, spans):
        if words and start - ending > BRIDGED:
            if fresh:
                passages.append((begin, ending))
            words = 0
        of_sentence = len(text[start:end].split())
        if not words:
            begin = start
        words, last, ending, fresh = words + of_sentence, start, end, True
        if words >= TARGET_WORDS:
            passages.append((begin, ending))
            begin, words = last, of_sentence if of_sentence < TARGET_WORDS else 0
            fresh = False
    if fresh:
        passages.append((begin, ending))
    return passages


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    # Nearly no sentence has so many characters as that many words take at least.
    if end - start < 2 * LONGEST_SENTENCE or len(text[start:end].split()) <= LONGEST_SENTENCE:
        yield start, end
        return
    words = list(_WORD.finditer(text, start, end))
    for first in range(0, len(words), LONGEST_SENTENCE):
        piece = words[first : first + LONGEST_SENTENCE]
        yield piece[0].start(), piece[-1].end()
