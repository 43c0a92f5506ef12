"""The writer that needs no language model: it picks the sentences that answer, and quotes them whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, groupby, islice
from typing import TYPE_CHECKING, get_args

from assistant.evidence.answering import Answering, find_answering
from assistant.evidence.candidates import TOO_MUCH_NOWHERE
from assistant.evidence.copies import Copies
from assistant.evidence.coverage import SAID, Asked, cover
from assistant.evidence.grading import Grader
from assistant.evidence.picks import Pick, best_of, each_holder, in_reading_order, within, without_repeats
from assistant.questions.question import Kind, Question
from assistant.rendering.wording import decline, quote_sentence, sources_differ
from assistant.speech.circumstances import find_days
from assistant.speech.speakers import SpeakerMatcher, ends_as_named, may_be_named
from assistant.types import Citation, Draft, Sentence
from assistant.verification.disagreement import disagree
from index.statement import Stance
from index.text import detect_language
from index.types import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.evidence.pages import Page
    from assistant.rendering.wording import Reason
    from assistant.verification.verify import TextEncoder, Verifier
    from index.followers.copy_index import CopyIndex
    from index.followers.statement_rows import Mentions
    from index.statement import Statement
    from index.types import Article, Hit

ENOUGH_SAID = 0.45
"""Share of the topic's weight that a statement of the speaker asked for must say."""

MANY_ACTS = frozenset({Stance.SAID, Stance.ANNOUNCED, Stance.EXPECTED, Stance.BELIEVED, Stance.ASKED})
"""Stances whose verbs tell more acts than one: who expects something need not hope for it."""

TOLD_BY_ANY = MANY_ACTS | {Stance.STRESSED, Stance.WARNED, Stance.DEMANDED, Stance.ACCUSED}
"""Stances that an outlet may leave to the words: who says that others broke their word accuses them."""

AS_GOOD_SAID = 0.8
"""Share of the best score from which another statement of the same speaker answers as well."""

AS_GOOD, AS_GOOD_BESIDE = 0.5, 0.2
"""Logarithms of odds below the best sentence, and below the best of an article where several may answer, down to which
another one answers as well.
"""

MOST_SENTENCES, MOST_REASONS, MOST_STATEMENTS = 3, 5, 12
"""Sentences of an answer, of one to why or what, and statements of one speaker, at most."""

SEVERAL = frozenset({Kind.WHY, Kind.WHAT})
"""Kinds of question that an article may answer by several sentences."""

COPIED = 2.0
"""The same, down to which a sentence is known again as a copy of one that answers."""

MOST_RIVALS = 6
"""Sentences that are asked whether they disagree with the best one."""


class ExtractiveWriter:
    """Answers from the sentences of the retrieved articles, by the words of the question that they say.

    Threads may share it. `known` are the near copies that were found before, `statements` the statements of an article,
    None where they are to be found now. `size` tells how many articles the archive has, of which more need a better
    sentence to answer.
    """

    def __init__(
        self,
        encoder: TextEncoder,
        verifier: Verifier,
        known: CopyIndex | None = None,
        statements: Callable[[Article], Sequence[Statement] | None] = lambda article: None,
        size: Callable[[], int] = lambda: 0,
    ) -> None:
        self._verifier = verifier
        self._grader = Grader(encoder, statements)
        self._matcher = self._grader.matcher
        self._speakers = SpeakerMatcher(self._matcher)
        self._copies = Copies(known)
        self._size = size

    def write(self, question: Question, hits: tuple[Hit, ...], language: Language) -> Draft:
        """Return the sentences that answer, article by article, the best article first; or the reason for a decline."""
        pages = self._grader.lay_out(hits)
        reason: Reason = "nothing" if pages else "empty"
        if pages and question.kind is Kind.SAID and question.speaker:
            question, known, picks = self._by_speaker(question, pages)
            reason = "topic" if known else "speaker"
            picks = picks or self._sentences(question, hits, lambda one: not known or self._speaks(one, known))
        else:
            picks = self._sentences(question, hits)
        worded = replace(question, language=language)
        if not picks:
            return Draft((), decline(reason, worded))
        sentences = tuple(self._sentence(worded, pick) for pick in in_reading_order(picks))
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

    def _said(self, question: Question, pages: list[Page], mentions: set[Mentions]) -> list[Pick]:
        """Pick the statements on the topic by the speaker whom these mentions name.

        Where none of them is a warning, what else the speaker says may be one; but it is no denial.
        """
        picks = self._spoken(question, pages, mentions)
        if not picks and (asked := question.asked_stance) and asked[1] in TOLD_BY_ANY:
            picks = self._spoken(question.without(asked[0]), pages, mentions)
        return picks

    def _spoken(self, question: Question, pages: list[Page], mentions: set[Mentions]) -> list[Pick]:
        asked = Asked.of(question, [term.text for term in question.terms], self._matcher)
        stance = question.asked_stance
        picks = []
        for covered in cover(pages, asked, self._matcher):
            page = covered.page
            if not covered.names_all or covered.nowhere > TOO_MUCH_NOWHERE:
                continue
            scores = covered.spoken_scores.tolist() if asked.terms else [1.0] * len(page.sentences)
            verb = covered.grades_of(stance[0]).tolist() if stance else []
            for start, end, said, number in _in_one_breath(page, scores):
                score = scores[number]
                if stance and said.stance is stance[1] not in MANY_ACTS:
                    score += float(asked.weights[asked.terms.index(stance[0])]) * (1 - verb[number])
                elif stance and stance[1] not in TOLD_BY_ANY and verb[number] < SAID:
                    continue
                if said.mentions in mentions and score >= ENOUGH_SAID:
                    named = question.speaker or ""
                    asked_as = named if detect_language(named) != detect_language(said.speaker) else None
                    picks.append(Pick(page.article, start, end, said.speaker, score, asked_as))
        picks = self._without_copies([pick for pick in picks if not any(pick.lies_within(other) for other in picks)])
        # A word is said better in the question's language than across the two: each has a best statement of its own.
        alike = [[pick for pick in picks if pick.article.language == language] for language in get_args(Language)]
        return best_of([pick for group in alike for pick in best_of(group, AS_GOOD_SAID)])[:MOST_STATEMENTS]

    def _by_speaker(self, question: Question, pages: list[Page]) -> tuple[Question, frozenset[Mentions], list[Pick]]:
        """Pick the statements on the topic by whom the question names.

        Returns the question with as much of the speaker's name as someone has who speaks on the topic, or else who
        speaks at all, and the mentions of all who do.
        """
        everyone = {said.mentions for page in pages for said in page.statements}
        first: Question | None = None
        known: set[Mentions] = set()
        for named in question.shorter_speakers():
            speaker = named.speaker or ""
            mentions = self._speakers.select(speaker, everyone)
            if named is not question:  # what is left of a name is the name of somebody, not a first name or an office
                mentions = {one for one in mentions if ends_as_named(speaker, one)}
            if mentions and (picks := self._said(named, pages, mentions)):
                return named, frozenset(mentions), picks
            first = first or (named if mentions else None)
            known |= mentions
        return first or question, frozenset(known), []

    def _sentences(
        self, question: Question, hits: Sequence[Hit], may: Callable[[Answering], bool] = lambda one: True
    ) -> list[Pick]:
        """Pick the sentences that answer about as well as the best of all, the best one of each article or several.

        They are of those that `may` answer.
        """
        found = self._grader.grade(question, hits)
        if found is None:
            return []
        best_first = list(filter(may, find_answering(found, self._size())))
        if question.held_office:  # whoever holds an office is told by a sentence that names them
            return each_holder([Pick.of(one) for one in best_first])[:MOST_SENTENCES]
        by_page: dict[Article, list[Answering]] = {}
        for one in best_first:
            by_page.setdefault(one.covered.page.article, []).append(one)
        picks, others = [], []
        for answering in by_page.values():
            # A title says what the article tells: another sentence tells it.
            scored = [one for one in answering if not one.is_title] or answering
            best = max(one.score for one in scored)
            margin = AS_GOOD_BESIDE if question.kind in SEVERAL else 0.0
            picks += [Pick.of(one) for one in scored if one.score >= best - margin]
            others += [Pick.of(one) for one in scored if one.score >= best - COPIED]
        if not picks:
            return []
        least = max(pick.score for pick in picks) - COPIED
        others = [pick for pick in others if pick.score >= least]
        picks = within(self._without_copies([pick for pick in picks if pick.score >= least]), AS_GOOD)
        chosen = without_repeats(picks)[: MOST_REASONS if question.kind in SEVERAL else MOST_SENTENCES]
        return chosen + self._rivals(question, chosen[0], [pick for pick in best_of(others) if pick not in chosen])

    def _speaks(self, answering: Answering, known: frozenset[Mentions]) -> bool:
        """Tell whether one of some speaks in a sentence, or somebody without a name in one that names the speaker."""
        covered, number = answering.covered, answering.number
        spoken = {said.mentions for said in covered.page.standing_in(number)}
        if not spoken.isdisjoint(known):
            return True
        speaker = covered.asked.question.speaker or ""
        may_be = all(self._speakers.is_same(speaker, one) or may_be_named(speaker, one) for one in spoken)
        return bool(spoken) and may_be and covered.names_speaker(number, whole=True)

    def _rivals(self, question: Question, best: Pick, others: list[Pick]) -> list[Pick]:
        """Return the first sentence, if any, that disagrees with the best one."""
        cited = best.citation
        rivals = (other for other in others[:MOST_RIVALS] if self._differ(question.kind, cited, other.citation))
        return list(islice(rivals, 1))

    def _without_copies(self, picks: list[Pick]) -> list[Pick]:
        """Join those that say the same in nearly the same words; `picks` are in the order of their articles' hits.

        The one of the first article stands for all, with the best one's score and the articles of the others.
        """
        order = {pick.article: place for place, pick in reversed(list(enumerate(picks)))}
        alike: list[list[Pick]] = []
        for pick in best_of(picks):
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

    def _sentence(self, question: Question, pick: Pick) -> Sentence:
        days = find_days(pick.article, pick.start, pick.end) if question.kind is Kind.WHEN else ()
        asked_for = tuple(day for day in days if (day.start, day.end) in pick.asked_for)
        citation = replace(pick.citation, resolved=asked_for)
        # That the speaker is the one asked for was found by sound and office, and a day by counting from the article's
        # date; the verdict is on the words alone.
        support = self._verifier.judge(quote_sentence(replace(citation, resolved=()), question), (citation,))
        return Sentence(quote_sentence(citation, question, pick.asked_as), (citation,), support)


def _in_one_breath(page: Page, scores: Sequence[float]) -> Iterator[tuple[int, int, Statement, int]]:
    """Yield the statements of a page, those that one speaker makes next to each other in a sentence as one run.

    With each comes the number of its sentence. Of one that goes on for several it is the best by `scores`, and the run
    is what is said in that one.
    """
    for _, group in groupby(page.statements, key=lambda said: (said.sentence, said.mentions)):
        said = list(group)
        numbers = page.reached(said[0])
        if numbers:
            number = max(numbers, key=scores.__getitem__)
            first, last = page.sentences[number]
            yield max(said[0].start, first), min(max(one.end for one in said), last), said[0], number
