"""Who tells whether citations, taken together, support a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.types import Citation, Support
from eval.alce import Judge

if TYPE_CHECKING:
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
