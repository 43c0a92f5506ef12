"""A text against the archive: does every quotation exist, is every sentence supported, and by what?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from assistant.questions.languages import is_foreign
from assistant.types import Citation, Support
from assistant.verification.manuscript import Claim, read_claims
from assistant.verification.quotations import LONGEST, Existence, Place, find_quotation
from index.errors import QuestionError, UnknownArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.ask import Assistant
    from assistant.types import Answer
    from assistant.verification.reasons import Lack
    from index.types import Article

PASSAGES = 12
"""Passages that a sentence is held against."""

JUDGED, AS_NEAR = 6, 0.8
"""Runs that a sentence is judged by at most, and the share of what the nearest one says that the others must say."""

LONGEST_QUERY = 1_000
"""Code points of a sentence that are searched for."""

LONGEST_TEXT = 1_000_000
"""Code points that a text to be checked may have."""

_RANK = (Support.SUPPORTED, Support.CONTRADICTED, Support.PARTIAL, Support.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation within a sentence, and where it stands; None where it is absent."""

    text: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the text, the verdict on it, the best evidence found, and its quotations.

    `lacks` are the parts of a sentence without full support that the evidence does not bear out.
    """

    claim: Claim
    support: Support
    evidence: tuple[Citation, ...]
    quotations: tuple[Quoted, ...]
    lacks: tuple[Lack, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether nothing of the sentence is unsupported, contradicted, or quoted from nowhere."""
        return self.support in (Support.SUPPORTED, Support.PARTIAL) and all(one.place for one in self.quotations)


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found of every sentence of a text, in its order."""

    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Whether every sentence passes."""
        return all(finding.passes for finding in self.findings)

    def count(self, support: Support) -> int:
        """Return how many sentences have a verdict."""
        return sum(finding.support is support for finding in self.findings)


class Auditor:
    """Holds texts against one archive."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._verifier = assistant.verifier

    def audit_text(self, text: str) -> Audit:
        """Check a plain text, a Markdown answer of any assistant, or an answer as `isnad ask --json` prints it.

        Raises QuestionError where there is nothing to check, or it is in a third language.
        """
        _, findings = self.find_each(text)
        return Audit(tuple(findings))

    def find_each(self, text: str) -> tuple[int, Iterator[Finding]]:
        """Return how many sentences of a text are to be checked, and what is found of each once it is asked for."""
        if len(text) > LONGEST_TEXT:
            raise QuestionError(f"the text has {len(text):,} characters; the most is {LONGEST_TEXT:,}")
        given = _answer_in(text)
        if given is not None:
            return len(given.sentences), (self._find_given(sentence, given) for sentence in given.sentences)
        claims = read_claims(text)
        if not claims:
            raise QuestionError("the text holds no sentence to check; give prose in Arabic or English")
        if is_foreign(" ".join(claim.text for claim in claims)):
            raise QuestionError("the text is in neither Arabic nor English; check one in these languages")
        return len(claims), map(self._find, claims)

    def _find(self, claim: Claim) -> Finding:
        """Look for the best evidence of a sentence, and for every quotation in it."""
        hits = self._assistant.search(claim.text[:LONGEST_QUERY], None, PASSAGES)
        located = dict.fromkeys(self._verifier.locate(claim.text, hit.passage) for hit in hits)
        said = {citation: self._verifier.share(claim.text, citation) for citation in located}
        least = AS_NEAR * max(said.values(), default=0.0)
        # What says the most of the sentence comes first, and stays so among equal verdicts.
        nearest = sorted((citation for citation in said if said[citation] >= least), key=lambda one: -said[one])
        judged = [(self._verifier.judge(claim.text, (citation,)), citation) for citation in nearest[:JUDGED]]
        support, evidence = min(judged, key=lambda pair: _RANK.index(pair[0]), default=(Support.UNSUPPORTED, None))
        near = list(dict.fromkeys(hit.passage.article for hit in hits))
        return Finding(
            claim,
            support,
            (evidence,) if evidence else (),
            tuple(Quoted(text, self._place_of(text, near)) for text in claim.quotations),
            self._lacks(claim.text, support, (evidence,) if evidence else ()),
        )

    def _place_of(self, quotation: str, near: Sequence[Article]) -> Place | None:
        """Return where a quotation stands, looked for in the nearest articles before all."""
        if len(quotation) > LONGEST:
            return None
        places = find_quotation(quotation, near) or find_quotation(quotation, self._assistant.archive.articles())
        return places[0] if places else None

    def _find_given(self, sentence: _GivenSentence, given: _GivenAnswer) -> Finding:
        """Check a sentence by the citations that come with it."""
        cited = [citation for citation in given.citations if citation.n in sentence.citations]
        placed = [(citation, self._place_given(citation)) for citation in cited]
        evidence = tuple(
            Citation(place.article, place.start, place.end, citation.speaker) for citation, place in placed if place
        )
        support = self._verifier.judge(sentence.text, evidence) if evidence else Support.UNSUPPORTED
        quotations = tuple(Quoted(citation.quote, place) for citation, place in placed)
        number = given.sentences.index(sentence) + 1
        return Finding(
            Claim(sentence.text, number, tuple(one.text for one in quotations)),
            support,
            evidence,
            quotations,
            self._lacks(sentence.text, support, evidence),
        )

    def _lacks(self, sentence: str, support: Support, evidence: Sequence[Citation]) -> tuple[Lack, ...]:
        return self._verifier.lacks(sentence, evidence) if evidence and support is not Support.SUPPORTED else ()

    def _place_given(self, citation: _GivenCitation) -> Place | None:
        """Return the place that a citation gives if its words stand there, or else where they do."""
        try:
            article = self._assistant.archive.article(citation.article)
        except UnknownArticleError:
            return self._place_of(citation.quote, ())
        if article.text[citation.start : citation.end] == citation.quote:
            return Place(article, citation.start, citation.end, Existence.VERBATIM)
        return self._place_of(citation.quote, (article,))


def audit_answer(answer: Answer) -> Audit:
    """Return what is known of an answer's own sentences: their verdicts, and their citations as evidence."""
    findings = []
    for number, sentence in enumerate(answer.sentences, 1):
        quotations = tuple(
            Quoted(cited.quote, Place(cited.article, cited.start, cited.end, Existence.VERBATIM))
            for cited in sentence.citations
        )
        claim = Claim(sentence.text, number, tuple(quoted.text for quoted in quotations))
        findings.append(Finding(claim, sentence.support, sentence.citations, quotations))
    return Audit(tuple(findings))


class _GivenSentence(BaseModel):
    text: str
    citations: list[int]


class _GivenCitation(BaseModel):
    n: int
    article: str
    start: int
    end: int
    quote: str
    speaker: str | None = None


class _GivenAnswer(BaseModel):
    """What is read of an answer in JSON; its other fields say nothing that is checked."""

    sentences: list[_GivenSentence]
    citations: list[_GivenCitation]


def _answer_in(text: str) -> _GivenAnswer | None:
    """Return the answer that a JSON text holds, None where the text is no JSON object."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        return _GivenAnswer.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return None
        place = ".".join(map(str, first["loc"]))
        message = f"the JSON is no answer of `isnad ask --json` ({place}: {first['msg'].lower()}); give one, or prose"
        raise QuestionError(message) from error
