"""Articles laid out for questions: their own sentences, the words of these, and who says what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from assistant.speech.statements import find_statements
from index.chunk import body_sentences
from index.text import tokens
from index.types import SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from index.statement import Statement
    from index.types import Article


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """An article, its own sentences with their folded words, and who says what in it.

    Boilerplate and teasers of other stories are in none of its sentences; a sentence without a word is none. Words are
    columns of `vocabulary`: `columns`, shape (words,), those of all sentences in order, of which sentence n has those
    from ``borders[n]`` to ``borders[n + 1]``; `speakers`, an array a sentence, those by which the article names whoever
    speaks in that sentence, here or elsewhere; `headline` those of a title that stands outside the text. `names` are
    the Latin words that the article writes as names.
    """

    article: Article
    sentences: tuple[tuple[int, int], ...]
    statements: tuple[Statement, ...]
    vocabulary: tuple[str, ...]
    columns: NDArray[np.intp]
    borders: NDArray[np.intp]
    speakers: tuple[NDArray[np.intp], ...]
    headline: NDArray[np.intp]
    names: frozenset[str]

    @classmethod
    def of(cls, article: Article, statements: Sequence[Statement] | None = None) -> Page:
        """Lay out an article; its statements are found unless they are given."""
        laid = [((start, end), tokens(article.text[start:end])) for start, end in body_sentences(article)]
        laid = [(sentence, words) for sentence, words in laid if words]
        sentences = tuple(sentence for sentence, _ in laid)
        texts = [word.text for _, words in laid for word in words]
        headline = [word.text for word in tokens(_outside_text(article))]
        place = {word: column for column, word in enumerate(dict.fromkeys(texts + headline))}
        statements = find_statements(article) if statements is None else tuple(statements)
        spoken = _speakers(sentences, statements)
        return cls(
            article,
            sentences,
            statements,
            vocabulary=tuple(place),
            columns=_columns(texts, place),
            borders=np.cumsum([0, *(len(words) for _, words in laid)]),
            speakers=tuple(_columns(words, place) for words in spoken),
            headline=_columns(headline, place),
            names=frozenset(
                word.text for (start, _), words in laid for word in words if article.text[start + word.start].isupper()
            ),
        )

    @property
    def voices(self) -> list[set[tuple[str, ...]]]:
        """All forms in which the article names whoever speaks in a sentence, a set of speakers for each."""
        heard: list[set[tuple[str, ...]]] = [set() for _ in self.sentences]
        for said in self.statements:
            for number in self.reached(said):
                heard[number].add(said.mentions)
        return heard

    def reached(self, said: Statement) -> range:
        """Return the numbers of the sentences in which a statement stands; none where it has no word."""
        return _reached(self.sentences, said)

    def text(self, number: int) -> str:
        """Return the text of a sentence."""
        start, end = self.sentences[number]
        return self.article.text[start:end]

    def is_title(self, sentence: tuple[int, int]) -> bool:
        """Tell whether a sentence is the article's title, or a part of it."""
        return any(
            span.kind is SpanKind.TITLE and span.start <= sentence[0] and sentence[1] <= span.end
            for span in self.article.spans
        )

    def words(self, number: int) -> list[str]:
        """Return the folded words of a sentence."""
        first, last = self.borders[number], self.borders[number + 1]
        return [self.vocabulary[column] for column in self.columns[first:last]]

    def says_again(self, word: str) -> bool:
        """Tell whether the article's sentences say a folded word more than once, a particle written onto it or not."""
        forms = {word, *(particle + word for particle in "وفبلك")}
        columns = [column for column, one in enumerate(self.vocabulary) if one in forms]
        return int(np.isin(self.columns, columns).sum()) > 1

    def attributions(self, number: int) -> list[tuple[int, int]]:
        """Return the runs of a sentence that say who speaks, and when and to whom: code points into the sentence."""
        first, last = self.sentences[number]
        runs = []
        for said in self.standing_in(number):
            runs += [(said.start, said.words[0]), (said.words[1], said.end)]
        clipped = ((max(start, first), min(end, last)) for start, end in runs)
        return [(start - first, end - first) for start, end in clipped if start < end]

    def speaker(self, number: int) -> str | None:
        """Return whose words a sentence is as a whole; None where it is nobody's, or of several in turn.

        What one speaker reports of another is the first one's word; what a clause alone reports is not the sentence's.
        """
        start, end = self.sentences[number]
        said = [(max(one.start, start), min(one.end, end), one.speaker) for one in self.standing_in(number)]
        last = max((end for _, end, _ in said), default=0)
        outermost = {speaker for first, end, speaker in said if (first, end) == (start, last)}
        return outermost.pop() if len(outermost) == 1 else None

    def standing_in(self, number: int) -> list[Statement]:
        """Return the statements that stand in a sentence, wholly or in part."""
        start, end = self.sentences[number]
        return [said for said in self.statements if said.start < end and start < said.end]


def _outside_text(article: Article) -> str:
    """Return the title of an article whose text does not hold it, "" where it does or has none."""
    titled = any(span.kind is SpanKind.TITLE for span in article.spans)
    return "" if titled else article.title or ""


def _reached(sentences: Sequence[tuple[int, int]], said: Statement) -> range:
    """Return the places of those among `sentences`, in their order, that hold a part of a statement."""
    first = bisect_right(sentences, said.start, key=lambda sentence: sentence[1])
    return range(first, bisect_left(sentences, said.end, key=lambda sentence: sentence[0]))


def _speakers(sentences: Sequence[tuple[int, int]], statements: Iterable[Statement]) -> list[set[str]]:
    """Return for each sentence the words of every form in which an article names those who speak in it."""
    words: list[set[str]] = [set() for _ in sentences]
    for said in statements:
        for number in _reached(sentences, said):
            words[number].update(word.text for word in chain(*map(tokens, said.mentions)))
    return words


def _columns(words: Iterable[str], place: dict[str, int]) -> NDArray[np.intp]:
    return np.array([place[word] for word in words if word in place], np.intp)
