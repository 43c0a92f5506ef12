"""The writer that needs no language model: it picks the sentences that answer, and quotes them whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.evidence import Coverage, Page, cover, holds_answer, keeps_together
from assistant.matching import Matcher
from assistant.vocabulary import WordEncoder
from assistant.question import Kind, Question
from assistant.speakers import SpeakerMatcher
from assistant.types import Citation, Draft, Sentence
from assistant.verify import supports
from assistant.wording import decline, quote_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.statements import Statement
    from index.types import Article, Hit, Vectors

ENOUGH_WORDS, ENOUGH_SHARE = 2.5, 0.85
"""How many of a question's telling words a sentence must say, or what share of them where the question has few.

A short question that is said but for one word is most often another question: "When did Peskov visit Ankara?".
"""

CAUSE = 0.5
"""Words that a word of cause counts for where the question asks why."""

ENOUGH_SAID = 0.35
"""Share of the topic's weight that a statement of the speaker asked for must say."""

NAMED, NAMED_SPEAKER = 0.4, 0.65
"""Mean grades from which a name is said on a page, and the speaker asked for in a sentence."""

LIKENESS, TYPED = 0.4, 0.1
"""What the cosine of question and sentence, and the presence of the sort of thing asked for, add to a score."""

AS_GOOD, AS_GOOD_SAID = 0.97, 0.75
"""Shares of the best score from which another sentence, or another statement of the same speaker, answers as well."""

MOST_SENTENCES, MOST_STATEMENTS = 3, 12
"""Sentences of an answer, and statements of one speaker, at most."""


class TextEncoder(WordEncoder, Protocol):
    """Gives the vectors of whole texts besides those of words; the bundled model does."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class _Pick:
    """A sentence or statement chosen for the answer."""

    article: Article
    start: int
    end: int
    speaker: str | None
    score: float


class ExtractiveWriter:
    """Answers from the sentences of the retrieved articles, by the words of the question that they say."""

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder
        self._matcher = Matcher(encoder)
        self._speakers = SpeakerMatcher(self._matcher)

    def write(self, question: Question, hits: tuple[Hit, ...]) -> Draft:
        """Return the sentences that answer, article by article, the best article first; or the reason for a decline."""
        pages = [Page.of(article) for article in dict.fromkeys(hit.passage.article for hit in hits)]
        if not pages:
            return Draft((), decline("empty", question))
        if question.kind is Kind.SAID and question.speaker:
            picks, reason = self._said(question, pages)
        else:
            picks, reason = self._sentences(question, pages), None
        if not picks:
            return Draft((), reason or decline("nothing", question))
        return Draft(tuple(self._sentence(question, pick) for pick in _in_reading_order(picks)))

    def _said(self, question: Question, pages: list[Page]) -> tuple[list[_Pick], str | None]:
        every = [statement for page in pages for statement in page.statements]
        chosen: set[Statement] = set()
        for named in question.shorter_speakers():
            chosen = set(self._speakers.select(named.speaker or "", every))
            if chosen:
                question = named
                break
        if not chosen:
            picks = self._sentences(question, pages)
            return picks, None if picks else decline("speaker", question)
        terms = [term.text for term in question.terms]
        picks = []
        for covered in cover(pages, terms, question, self._matcher):
            for statement in covered.page.statements:
                if statement not in chosen:
                    continue
                number = covered.page.sentences.index(statement.sentence)
                score = float(covered.scores[number]) if terms else 1.0
                if score >= ENOUGH_SAID and _names_said(covered, terms, question):
                    picks.append(_Pick(covered.page.article, statement.start, statement.end, statement.speaker, score))
        return _best(_widest(picks), AS_GOOD_SAID, MOST_STATEMENTS), None if picks else decline("topic", question)

    def _sentences(self, question: Question, pages: list[Page]) -> list[_Pick]:
        terms = [term.text for term in question.terms]
        terms += [word for word in question.speaker_words if word not in terms]
        if not terms:
            return []
        (asked,) = self._encoder.encode_passages([question.text])
        picks = []
        for covered in cover(pages, terms, question, self._matcher):
            page = covered.page
            likeness = (
                self._encoder.encode_passages([page.article.text[slice(*offsets)] for offsets in page.sentences])
                @ asked
            )
            for number, (start, end) in enumerate(page.sentences):
                typed = holds_answer(question.kind, covered, number)
                if not typed and question.kind in (Kind.WHEN, Kind.HOW_MANY):
                    continue
                if not _says_enough(covered, number, CAUSE * typed * (question.kind is Kind.WHY)):
                    continue
                if not keeps_together(question, covered, number):
                    continue
                score = float(covered.scores[number]) + LIKENESS * float(likeness[number]) + TYPED * typed
                if question.kind is Kind.SAID and not _speaker_said(covered, number, terms, question):
                    continue
                if _names_said(covered, terms, question):
                    picks.append(_Pick(page.article, start, end, _speaker_of(page, start, end), score))
        return _best(_one_an_article(picks), AS_GOOD, MOST_SENTENCES)

    def _sentence(self, question: Question, pick: _Pick) -> Sentence:
        citation = Citation(pick.article, pick.start, pick.end, pick.speaker)
        text = quote_sentence(citation, question)
        return Sentence(text, (citation,), supports(text, (citation,)))


def _one_an_article(picks: list[_Pick]) -> list[_Pick]:
    """Keep the best sentence of each article: what asks for one thing is answered by one sentence."""
    best: dict[str, _Pick] = {}
    for pick in picks:
        if pick.article.id not in best or pick.score > best[pick.article.id].score:
            best[pick.article.id] = pick
    return list(best.values())


def _best(picks: list[_Pick], share: float, most: int) -> list[_Pick]:
    """Return the picks that are about as good as the best one, the best first."""
    picks = sorted(picks, key=lambda pick: -pick.score)
    return [pick for pick in picks if pick.score >= share * picks[0].score][:most]


def _says_enough(covered: Coverage, number: int, more: float) -> bool:
    share = float(covered.grades[number] @ covered.weights)
    return share >= ENOUGH_SHARE or share * len(covered.weights) + more >= ENOUGH_WORDS


def _names_said(covered: Coverage, terms: list[str], question: Question) -> bool:
    """Tell whether every name and country of the question is said on the page; one of two words may be, of a name of two."""
    page = dict(zip(terms, covered.grades.max(axis=0), strict=True))
    groups = [[term for term in group if term in page] for group in question.name_groups]
    return all(sum(page[term] for term in group) >= NAMED * len(group) for group in groups)


def _speaker_said(covered: Coverage, number: int, terms: list[str], question: Question) -> bool:
    """Tell whether a sentence itself names the speaker asked for."""
    columns = [column for column, term in enumerate(terms) if term in question.speaker_words]
    return bool(columns) and float(covered.grades[number, columns].mean()) >= NAMED_SPEAKER


def _speaker_of(page: Page, start: int, end: int) -> str | None:
    return next((statement.speaker for statement in page.statements if statement.sentence == (start, end)), None)


def _widest(picks: list[_Pick]) -> list[_Pick]:
    """Leave out a statement that lies within another one."""
    return [
        pick
        for pick in picks
        if not any(
            other is not pick and other.article == pick.article and other.start <= pick.start and pick.end <= other.end
            and (other.start, other.end) != (pick.start, pick.end)
            for other in picks
        )
    ]  # fmt: skip


def _in_reading_order(picks: list[_Pick]) -> list[_Pick]:
    """Order the articles by their best sentence, and within an article by place."""
    best: dict[str, float] = {}
    for pick in picks:
        best[pick.article.id] = max(best.get(pick.article.id, 0.0), pick.score)
    return sorted(picks, key=lambda pick: (-best[pick.article.id], pick.article.id, pick.start))
