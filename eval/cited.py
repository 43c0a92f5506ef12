"""What the reply of another system cites, looked up in the archive: only what is found there is a citation.

``[n]`` is the whole of the n-th passage that the system was given, so that no judgement of ours enters. Three or more
words in quotation marks are the run that holds them, letter for letter or but for diacritics, letter forms and spacing,
looked for in the passages that the system was given before the rest of the archive; of several places the first where
the article tells whose words they are. A sentence that quotes the passage it numbers cites the quoted words alone.
Offsets that an answer states count where the text that it quotes stands at them, or else where it stands in that
article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel

from assistant.types import Citation, Sentence, Support
from assistant.verification.manuscript import QUOTED_WORDS
from assistant.verification.quotations import LONGEST, find_quotation, quotations_in
from assistant.writers.markers import MarkerReader
from assistant.writers.reply import Claim, claims
from index.text import tokens
from index.types import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.verification.quotations import Place
    from index.types import Archive, Article

_STRAIGHT = re.compile(r'"([^"\n]+)"')


class Judge(Protocol):
    """Cites runs with whose words they hold, and says whether they support a sentence; our verifier does."""

    def cite(self, article: Article, start: int, end: int) -> Citation:
        """Return a citation of code points ``[start, end)`` of an article."""
        ...

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Support:
        """Judge whether the cited runs, taken together, say what a sentence says."""
        ...


class GivenSentence(BaseModel):
    """A sentence of an answer in JSON, and the numbers of its citations."""

    text: str
    citations: list[int] = []


class GivenCitation(BaseModel):
    """A citation of an answer in JSON: an article's id or path, and its words, their offsets, or both."""

    n: int
    article: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None


class GivenPassage(BaseModel):
    """A passage that a system says it found: code points ``[start, end)`` of an article, by its id or path."""

    article: str
    start: int
    end: int


class GivenAnswer(BaseModel):
    """What is read of an answer in JSON, as `isnad ask --json` prints it; its other fields are passed over.

    `passages` is the system's ranking, best first; None where it states none.
    """

    sentences: list[GivenSentence]
    citations: list[GivenCitation] = []
    passages: list[GivenPassage] | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A reply as sentences with the citations found, and how many of those that it gives were not found."""

    sentences: tuple[Sentence, ...]
    lost: int


class Lookup:
    """Looks up in one archive what replies cite."""

    def __init__(self, archive: Archive, verifier: Judge) -> None:
        self._archive = archive
        self._verifier = verifier

    def read_text(self, reply: str, passages: Sequence[Passage] = ()) -> Cited:
        """Return the sentences of a text; `passages` are those that it numbers, from 1."""
        reader = MarkerReader()
        # Curly marks, since a straight one does not tell whether it opens or closes, and a quotation must not be cut.
        found = [
            self._claim(claim, passages)
            for claim in claims([*reader.feed(_STRAIGHT.sub(r"“\1”", reply)), *reader.close()])
        ]
        return Cited(tuple(sentence for sentence, _ in found), sum(lost for _, lost in found))

    def read_answer(self, given: GivenAnswer) -> Cited:
        """Return the sentences of an answer in JSON; a number that names no citation is lost, too."""
        numbered = {citation.n: self._given(citation) for citation in given.citations}
        written = [
            self._sentence(sentence.text, [numbered.get(number) for number in dict.fromkeys(sentence.citations)])
            for sentence in given.sentences
        ]
        lost = {n for sentence in given.sentences for n in sentence.citations if numbered.get(n) is None}
        return Cited(tuple(written), len(lost))

    def passages(self, given: Iterable[GivenPassage]) -> list[Passage]:
        """Return the passages of a ranking, in its order; one that no article has is left out."""
        placed = [(self._article(passage.article), passage) for passage in given]
        return [
            Passage(article, passage.start, passage.end)
            for article, passage in placed
            if article and 0 <= passage.start < passage.end <= len(article.text)
        ]

    def _claim(self, claim: Claim, passages: Sequence[Passage]) -> tuple[Sentence, int]:
        numbered = [passages[number - 1] for number in claim.numbers if 1 <= number <= len(passages)]
        quotations = [quoted for quoted in quotations_in(claim.text) if len(tokens(quoted)) >= QUOTED_WORDS]
        quoted = [self._quoted(quotation, [*numbered, *passages]) for quotation in quotations]
        runs = [run for run in quoted if run]
        whole = [
            self._verifier.cite(passage.article, passage.start, passage.end)
            for passage in numbered
            if not any(run.article == passage.article and passage.start <= run.start < passage.end for run in runs)
        ]
        lost = len(claim.numbers) - len(numbered) + quoted.count(None)
        return self._sentence(claim.text, [*runs, *whole], quotes=None not in quoted), lost

    def _sentence(self, text: str, found: Iterable[Citation | None], *, quotes: bool = True) -> Sentence:
        """Return a sentence with the verdict on it; one that quotes words of no article has no support."""
        cited = tuple(dict.fromkeys(citation for citation in found if citation))
        return Sentence(text, cited, self._verifier.judge(text, cited) if cited and quotes else Support.UNSUPPORTED)

    def _quoted(self, quotation: str, near: Sequence[Passage]) -> Citation | None:
        if len(quotation) > LONGEST:
            return None
        for passage in near:
            places = find_quotation(quotation, [passage.article])
            if found := self._best([at for at in places if passage.start <= at.start and at.end <= passage.end]):
                return found
        return self._best(find_quotation(quotation, self._archive.articles()))

    def _best(self, places: Iterable[Place]) -> Citation | None:
        """Cite the first place where the article tells whose words they are, or else the first."""
        cited = [self._verifier.cite(place.article, place.start, place.end) for place in places]
        return next((citation for citation in cited if citation.speaker), cited[0] if cited else None)

    def _given(self, given: GivenCitation) -> Citation | None:
        article = self._article(given.article)
        if article is None:
            return None
        if (run := self._stated(given, article)) is not None:
            return run
        if not given.quote or not tokens(given.quote) or len(given.quote) > LONGEST:
            return None
        places = find_quotation(given.quote, [article])
        return Citation(article, places[0].start, places[0].end) if places else None

    def _article(self, name: str) -> Article | None:
        """Return the article of an id or a path, None where there is none."""
        return self._archive.find_path(name) or (self._archive.article(name) if self._archive.held([name]) else None)

    def _stated(self, given: GivenCitation, article: Article) -> Citation | None:
        """Return the run at the offsets that a citation states, None for no such run or where its quote is not."""
        start, end = given.start, given.end
        if start is None or end is None or not 0 <= start < end <= len(article.text):
            return None
        return self._verifier.cite(article, start, end) if given.quote in (None, article.text[start:end]) else None
