"""An article to passages by offset: whole sentences, about 120 words each, overlapping by a sentence. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.sentences import sentences
from index.types import SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Article

TARGET_WORDS = 120
"""Words that a passage holds, about: it ends with the sentence that reaches this number."""

LONGEST_SENTENCE = 240
"""Words after which a sentence without an end is cut, so that a passage stays a passage."""

BRIDGED = 80
"""Code points of marked text (a date line, an agency's name) that one passage may hold between its sentences."""

_WORD = re.compile(r"\S+")


def body_sentences(article: Article) -> list[tuple[int, int]]:
    """Return the offsets of the article's own sentences: all but those in marked spans; the title is one of them."""
    found: list[tuple[int, int]] = []
    position = 0
    for span in sorted(article.spans, key=lambda span: span.start):
        found.extend(sentences(article.text, position, span.start))
        if span.kind is SpanKind.TITLE:
            found.append((span.start, span.end))  # one sentence, whatever stands in it
        position = max(position, span.end)
    found.extend(sentences(article.text, position))
    return [piece for sentence in found for piece in _cut(article.text, *sentence)]


def chunk(article: Article) -> list[tuple[int, int]]:
    """Return passages as offsets ``(start, end)`` into the article's text, in order.

    Each is a run of whole sentences of the article's own words. The last sentence of a passage begins the next one,
    unless it is a passage by itself.
    """
    text = article.text
    passages: list[tuple[int, int]] = []
    run: list[tuple[int, int, int]] = []  # start, end, words
    fresh = False  # whether the run holds a sentence that no passage has yet
    for start, end in body_sentences(article):
        if run and start - run[-1][1] > BRIDGED:
            if fresh:
                passages.append((run[0][0], run[-1][1]))
            run = []
        run.append((start, end, len(text[start:end].split())))
        fresh = True
        if sum(words for _, _, words in run) >= TARGET_WORDS:
            passages.append((run[0][0], run[-1][1]))
            run = [run[-1]] if run[-1][2] < TARGET_WORDS else []
            fresh = False
    if fresh:
        passages.append((run[0][0], run[-1][1]))
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
