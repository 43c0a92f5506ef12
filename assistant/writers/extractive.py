"""The writer that needs no language model: it picks the sentences that answer, and quotes them whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, groupby, islice
from math import exp
from typing import TYPE_CHECKING, get_args

from assistant.evidence.answer_type import find_asked_for
from assistant.evidence.answering import find_answering
from assistant.evidence.copies import Copies, repeats, wording_of
from assistant.evidence.coverage import SAID, Asked, Coverage, cover
from assistant.evidence.pages import Page
from assistant.evidence.shelf import Shelf
from assistant.questions.question import Kind, Question
from assistant.rendering.wording import decline, quote_sentence, sources_differ
from assistant.speech.circumstances import find_days
from assistant.speech.speakers import SpeakerMatcher
from assistant.types import Citation, Draft, Sentence
from assistant.verification.disagreement import disagree
from assistant.words.matching import Matcher
from index.statement import Stance
from index.text import detect_language
from index.types import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from assistant.rendering.wording import Reason
    from assistant.verification.verify import TextEncoder, Verifier
    from index.followers.copy_index import CopyIndex
    from index.followers.statement_rows import Mentions
    from index.statement import Statement
    from index.types import Article, Hit, Vectors

ENOUGH_SAID = 0.4
"""Share of the topic's weight that a statement of the speaker asked for must say."""

MANY_ACTS = frozenset({Stance.SAID, Stance.ANNOUNCED, Stance.EXPECTED, Stance.BELIEVED, Stance.ASKED})
"""Stances whose verbs tell more acts than one: who expects something need not hope for it."""

TOLD_BY_ANY = MANY_ACTS | {Stance.STRESSED, Stance.WARNED, Stance.DEMANDED, Stance.ACCUSED}
"""Stances that an outlet may leave to the words: who says that others broke their word accuses them."""

AS_GOOD, AS_GOOD_SAID = 0.97, 0.8
"""Shares of the best score from which another sentence, or another statement of the same speaker, answers as well."""

AS_GOOD_BESIDE = 0.98
"""Share of an article's best score from which another of its sentences answers why or what as well."""

MOST_SENTENCES, MOST_REASONS, MOST_STATEMENTS = 3, 5, 12
"""Sentences of an answer, of one to why or what, and statements of one speaker, at most."""

SEVERAL = frozenset({Kind.WHY, Kind.WHAT})
"""Kinds of question that an article may answer by several sentences."""

COPIED = 0.8
"""Share of the best score from which a sentence is known again as a copy of one that answers, or names another holder
of the office that is asked about.
"""


BEHIND = 4.0
"""What a search's score lies behind the best one where it counts for 1/e of it."""

MOST_RIVALS = 6
"""Sentences that are asked whether they disagree with the best one."""


@dataclass(frozen=True, slots=True)
class _Pick:
    """A sentence or statement chosen for the answer."""

    article: Article
    start: int
    end: int
    speaker: str | None
    score: float
    asked_as: str | None = None  # how the question names the speaker, where the article is in the other script
    asked_for: tuple[tuple[int, int], ...] = ()
    also: tuple[Article, ...] = ()

    @property
    def words(self) -> tuple[Article, str]:
        """The words, with their article."""
        return self.article, self.article.text[self.start : self.end]

    def lies_within(self, other: _Pick) -> bool:
        """Tell whether this run is a part of the other one, and not all of it."""
        ours, theirs = (self.start, self.end), (other.start, other.end)
        return self.article is other.article and theirs[0] <= ours[0] and ours[1] <= theirs[1] and ours != theirs


class ExtractiveWriter:
    """Answers from the sentences of the retrieved articles, by the words of the question that they say.

    Threads may share it. It keeps the layout of the articles used last (`Shelf`) and the words met (`Vocabulary`).
    `known` are the near copies that were found before, `statements` the statements of an article, None where they are
    to be found now.
    """

    def __init__(
        self,
        encoder: TextEncoder,
        verifier: Verifier,
        known: CopyIndex | None = None,
        statements: Callable[[Article], Sequence[Statement] | None] = lambda article: None,
    ) -> None:
        self._encoder = encoder
        self._verifier = verifier
        self._matcher = Matcher(encoder)
        self._speakers = SpeakerMatcher(self._matcher)
        self._pages = Shelf(lambda article: Page.of(article, statements(article)))
        self._vectors = Shelf(self._sentence_vectors)
        self._copies = Copies(known)

    def write(self, question: Question, hits: tuple[Hit, ...], language: Language) -> Draft:
        """Return the sentences that answer, article by article, the best article first; or the reason for a decline."""
        leads = _leads(hits)
        pages = [self._pages.take(article) for article in leads]
        mentions: set[Mentions] = set()
        reason: Reason = "nothing" if pages else "empty"
        if pages and question.kind is Kind.SAID and question.speaker:
            question, mentions = self._mentions(question, pages)
            reason = "topic" if mentions else "speaker"
        picks = self._said(question, pages, mentions) if mentions else self._sentences(question, pages, leads)
        worded = replace(question, language=language)
        if not picks:
            return Draft((), decline(reason, worded))
        sentences = tuple(self._sentence(worded, pick) for pick in _in_reading_order(picks))
        pairs = self._disagreeing(question.kind, sentences)
        return Draft(sentences, notes=(sources_differ(pairs, language),) if pairs else ())

    def _disagreeing(self, kind: Kind, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
        """Return the numbers of the citations that disagree, in pairs."""
        cited = [citation for sentence in sentences for citation in sentence.citations]
        return [
            (first, second)
            for (first, one), (second, other) in combinations(enumerate(cited, 1), 2)
            if self._differ(kind, one, other)
        ]

    def _differ(self, kind: Kind, one: Citation, other: Citation) -> bool:
        """Tell whether two citations disagree; what one voice says in one article does not."""
        voices = {(one.article, one.speaker), (other.article, other.speaker)}
        return len(voices) > 1 and disagree(kind, one, other, self._verifier)

    def _said(self, question: Question, pages: list[Page], mentions: set[Mentions]) -> list[_Pick]:
        """Pick the statements on the topic by the speaker whom these mentions name.

        Where none of them is a warning, what else the speaker says may be one; but it is no denial.
        """
        picks = self._spoken(question, pages, mentions)
        if not picks and (asked := question.asked_stance) and asked[1] in TOLD_BY_ANY:
            picks = self._spoken(question.without(asked[0]), pages, mentions)
        return picks

    def _spoken(self, question: Question, pages: list[Page], mentions: set[Mentions]) -> list[_Pick]:
        asked = Asked.of(question, [term.text for term in question.terms], self._matcher)
        stance = question.asked_stance
        picks = []
        for covered in cover(pages, asked, self._matcher):
            page = covered.page
            if not covered.names_all:
                continue
            scores = dict(zip(page.sentences, covered.spoken_scores.tolist(), strict=True))
            verb = dict(zip(page.sentences, covered.grades_of(stance[0]).tolist(), strict=True)) if stance else {}
            for start, end, said in _in_one_breath(page):
                score = scores[said.sentence] if asked.terms else 1.0
                if stance and said.stance is stance[1] not in MANY_ACTS:
                    score += float(asked.weights[asked.terms.index(stance[0])]) * (1 - verb[said.sentence])
                elif stance and stance[1] not in TOLD_BY_ANY and verb[said.sentence] < SAID:
                    continue
                if said.mentions in mentions and score >= ENOUGH_SAID:
                    named = question.speaker or ""
                    asked_as = named if detect_language(named) != detect_language(said.speaker) else None
                    picks.append(_Pick(page.article, start, end, said.speaker, score, asked_as))
        picks = self._without_copies([pick for pick in picks if not any(pick.lies_within(other) for other in picks)])
        # A word is said better in the question's language than across the two: each has a best statement of its own.
        alike = [[pick for pick in picks if pick.article.language == language] for language in get_args(Language)]
        return _best([pick for group in alike for pick in _best(group, AS_GOOD_SAID)])[:MOST_STATEMENTS]

    def _mentions(self, question: Question, pages: list[Page]) -> tuple[Question, set[Mentions]]:
        """Return the question with as much of its speaker's name as someone in the articles has, and their mentions."""
        everyone = {said.mentions for page in pages for said in page.statements}
        for named in question.shorter_speakers():
            chosen = self._speakers.select(named.speaker or "", everyone)
            if chosen:
                return named, chosen
        return question, set()

    def _sentences(self, question: Question, pages: list[Page], leads: Mapping[Article, float]) -> list[_Pick]:
        """Pick the sentences that answer about as well as the best of all, the best one of each article or several."""
        terms = [term.text for term in question.terms]
        terms += [word for word in question.speaker_words if word not in terms]
        if not terms:
            return []
        (vector,) = self._encoder.encode_passages([question.text])
        picks, others = [], []
        for covered in cover(pages, Asked.of(question, terms, self._matcher), self._matcher):
            article = covered.page.article
            likeness = self._vectors.take(article) @ vector
            scored = [(one.score, one.number) for one in find_answering(covered, likeness, leads[article])]
            if not scored:
                continue
            # A title says what the article tells: another sentence tells it.
            scored = [one for one in scored if not covered.page.is_title(covered.page.sentences[one[1]])] or scored
            if question.held_office:
                scored = [one for one in scored if find_asked_for(question.kind, covered, one[1])] or scored
            best = max(score for score, _ in scored)
            share = COPIED if question.held_office else AS_GOOD_BESIDE if question.kind in SEVERAL else 1.0
            least = share * best
            picks += [_pick(covered, number, score) for score, number in scored if score >= least]
            others += [_pick(covered, number, score) for score, number in scored if score >= COPIED * best]
        if not picks:
            return []
        if question.held_office:  # whoever holds an office is told by a sentence that names them
            picks = _each_once([pick for pick in picks if pick.asked_for]) or picks
        least = COPIED * max(pick.score for pick in picks)
        others = [pick for pick in others if pick.score >= least]
        picks = self._without_copies([pick for pick in picks if pick.score >= least])
        picks = _best(picks, COPIED if question.held_office else AS_GOOD)
        chosen = _without_repeats(picks)[: MOST_REASONS if question.kind in SEVERAL else MOST_SENTENCES]
        return chosen + self._rivals(question, chosen[0], [pick for pick in _best(others) if pick not in chosen])

    def _rivals(self, question: Question, best: _Pick, others: list[_Pick]) -> list[_Pick]:
        """Return the first sentence, if any, that disagrees with the best one."""
        cited = _citation(best)
        rivals = (other for other in others[:MOST_RIVALS] if self._differ(question.kind, cited, _citation(other)))
        return list(islice(rivals, 1))

    def _without_copies(self, picks: list[_Pick]) -> list[_Pick]:
        """Join those that say the same in nearly the same words; `picks` are in the order of their articles' hits.

        The one of the first article stands for all, with the best one's score and the articles of the others.
        """
        order = {pick.article: place for place, pick in reversed(list(enumerate(picks)))}
        alike: list[list[_Pick]] = []
        for pick in _best(picks):
            group = next((group for group in alike if self._copies.same_words(group[0].words, pick.words)), None)
            if group is None:
                alike.append([pick])
            else:
                group.append(pick)
        joined = []
        for group in alike:
            first, *others = sorted(group, key=lambda pick: order[pick.article])
            also = dict.fromkeys(pick.article for pick in others if pick.article != first.article)
            joined.append(replace(first, score=group[0].score, also=tuple(also)))
        return joined

    def _sentence(self, question: Question, pick: _Pick) -> Sentence:
        days = find_days(pick.article, pick.start, pick.end) if question.kind is Kind.WHEN else ()
        asked_for = tuple(day for day in days if (day.start, day.end) in pick.asked_for)
        citation = replace(_citation(pick), resolved=asked_for)
        # That the speaker is the one asked for was found by sound and office, and a day by counting from the article's
        # date; the verdict is on the words alone.
        support = self._verifier.judge(quote_sentence(replace(citation, resolved=()), question), (citation,))
        return Sentence(quote_sentence(citation, question, pick.asked_as), (citation,), support)

    def _sentence_vectors(self, article: Article) -> Vectors:
        page = self._pages.take(article)
        return self._encoder.encode_passages([page.text(number) for number in range(len(page.sentences))])


def _leads(hits: Sequence[Hit]) -> dict[Article, float]:
    """Return the articles that were found, with how near the best score of each comes to the best of all, 0 to 1."""
    best: dict[Article, float] = {}
    for hit in hits:
        best[hit.passage.article] = max(best.get(hit.passage.article, hit.score), hit.score)
    first = max(best.values(), default=0.0)
    return {article: exp((score - first) / BEHIND) for article, score in best.items()}


def _citation(pick: _Pick) -> Citation:
    return Citation(pick.article, pick.start, pick.end, pick.speaker, pick.asked_for, also=pick.also)


def _pick(covered: Coverage, number: int, score: float) -> _Pick:
    page, kind = covered.page, covered.asked.question.kind
    start, end = page.sentences[number]
    # A word of cause makes a sentence an answer to why, and is not what is asked for.
    runs = find_asked_for(kind, covered, number) if kind is not Kind.WHY else []
    asked_for = tuple((start + first, start + last) for first, last in runs)
    return _Pick(page.article, start, end, page.speaker(number), score, asked_for=asked_for)


def _in_one_breath(page: Page) -> Iterator[tuple[int, int, Statement]]:
    """Yield the statements of a page, those that one speaker makes next to each other in a sentence as one run."""
    for _, group in groupby(page.statements, key=lambda said: (said.sentence, said.mentions)):
        said = list(group)
        yield said[0].start, max(one.end for one in said), said[0]


def _best(picks: list[_Pick], share: float = 0.0) -> list[_Pick]:
    """Return the picks that have that share of the best one's score, the best first."""
    picks = sorted(picks, key=lambda pick: -pick.score)
    return [pick for pick in picks if pick.score >= share * picks[0].score]


def _each_once(picks: list[_Pick]) -> list[_Pick]:
    """Leave out those that name only people whom a better one names, by as much of a name or by more."""
    named: list[str] = []
    kept: list[_Pick] = []
    for pick in _best(picks):
        people = [pick.article.text[start:end] for start, end in pick.asked_for]
        if not all(any(one.startswith(name) for name in named) for one in people):
            kept.append(pick)
            named += people
    return kept


def _without_repeats(picks: list[_Pick]) -> list[_Pick]:
    """Leave out those that say all that a better one of their article says, or nothing more."""
    kept: list[_Pick] = []
    for pick in picks:
        worded = wording_of(pick.words[1])
        if not any(pick.article is one.article and repeats(worded, wording_of(one.words[1])) for one in kept):
            kept.append(pick)
    return kept


def _in_reading_order(picks: list[_Pick]) -> list[_Pick]:
    """Order the articles by their best sentence, and within an article by place."""
    best: dict[str, float] = {}
    for pick in picks:
        best[pick.article.id] = max(best.get(pick.article.id, 0.0), pick.score)
    return sorted(picks, key=lambda pick: (-best[pick.article.id], pick.article.id, pick.start))
