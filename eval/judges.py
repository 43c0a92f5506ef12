"""Who tells whether citations, taken together, support a sentence, and how sure an answer is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.types import Citation, Support
from assistant.verification.signals import Evidence
from eval.alce import Judge

if TYPE_CHECKING:
    from assistant.types import Answer
    from assistant.verification.entailment import Entailment
    from assistant.verification.verify import Verifier


def judge_by_verifier(verifier: Verifier) -> Judge[Citation]:
    """Our verdict on support; a sentence that is supported in part is not supported, as in ALCE."""

    def supports(sentence: str, citations: Sequence[Citation]) -> bool:
        return verifier.judge(sentence, citations) is Support.SUPPORTED

    return supports


def judge_by_entailment(entailment: Entailment) -> Judge[Citation]:
    """A model for natural language inference: do the cited words, one run a line, entail the sentence?"""

    def supports(sentence: str, citations: Sequence[Citation]) -> bool:
        return entailment.judge("\n".join(citation.quote for citation in citations), sentence) == "entailment"

    return supports


def confidence_by_verifier(verifier: Verifier) -> Callable[[Answer], float]:
    """How likely the first run that an answer cites has to do with the question, in [0, 1].

    Retrieval's scores mean nothing beside another search's, and what is quoted is always supported. So the verifier's
    fitted model is asked how likely it is that the run says what the question says, at least in part; where nothing is
    cited, it is 0.
    """

    def confidence(answer: Answer) -> float:
        if not answer.citations:
            return 0.0
        asked = answer.understood or answer.question
        return 1 - verifier.likelihoods(asked, Evidence(answer.citations[0].quote))[Support.UNSUPPORTED]

    return confidence
