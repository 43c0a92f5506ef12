"""The writer that has a language model write, and lets nothing through that the passages do not bear out."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.rendering.wording import LEFT_OUT, decline, without_model
from assistant.types import Draft, Sentence, Support
from assistant.verification.quotations import find_quotation, quotations_in
from assistant.writers.llm_client import ModelError
from assistant.writers.llm_rewrite import rewrite
from assistant.writers.markers import Marker, MarkerReader
from assistant.writers.reply import LONGEST_REPLY, Claim, claims, trouble_of
from index.text import fold_text
from prompts import fence_for, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.questions.question import Question
    from assistant.types import Citation, Writer
    from assistant.verification.verify import Verifier
    from assistant.writers.llm_client import LanguageModel
    from index.types import Hit, Language, Passage
    from prompts import Prompt

logger = logging.getLogger(__name__)

MOST_PASSAGES = 8
"""Passages that the model reads: some 7,000 code points, since servers of small models cut longer prompts short."""


class LlmWriter:
    """Has a language model write from the best passages, and verifies every sentence of its reply.

    Each sentence is tied to the run of each cited passage that bears it out best. Without a usable reply, `fallback`
    writes, and a note says so. Threads may share it.
    """

    def __init__(
        self, model: LanguageModel, fallback: Writer, verifier: Verifier, *, show_unsupported: bool = True
    ) -> None:
        self._model = model
        self._fallback = fallback
        self._verifier = verifier
        self._show_unsupported = show_unsupported

    def stream(self, question: Question, hits: tuple[Hit, ...], language: Language) -> Iterator[str | Draft]:
        """Yield the model's words as they come, each marker whole and only if in range; then the verified draft."""
        passages = [hit.passage for hit in hits[:MOST_PASSAGES]]
        if not passages:
            yield self._fallback.write(question, hits, language)
            return
        parts: list[str | Marker] = []
        refusal = load(f"answer.{language}").front.refusal
        waiting = ""
        try:
            for part in self._read(answer_prompt(question, passages, language)):
                parts.append(part)
                waiting += _shown(part, len(passages))
                if not refusal.startswith(waiting.strip()[: len(refusal)]):
                    yield waiting
                    waiting = ""
            reply = "".join(part for part in parts if isinstance(part, str))
            refused = reply.strip().startswith(refusal)
            if not refused and (trouble := trouble_of(reply, language)):
                raise ModelError(trouble)
        except ModelError as error:
            draft = self._fallback.write(question, hits, language)
            note = without_model(error.trouble, error.status, language, quoted=bool(draft.sentences))
            yield replace(draft, notes=(note, *draft.notes))
            return
        worded = replace(question, language=language)
        yield Draft((), decline("refused", worded)) if refused else self._verified(parts, passages, worded)

    def rewrite(self, question: str, history: Sequence[str]) -> str | None:
        """Return a follow-up as a question that stands alone; None where it is to be taken as it is."""
        return rewrite(self._model, question, history)

    def _read(self, prompt: Prompt) -> Iterator[str | Marker]:
        reader = MarkerReader()
        length = 0
        for chunk in self._model.stream(prompt):
            length += len(chunk)
            if length > LONGEST_REPLY:
                raise ModelError("rubbish")
            yield from reader.feed(chunk)
        yield from reader.close()

    def _verified(self, parts: Sequence[str | Marker], passages: Sequence[Passage], question: Question) -> Draft:
        written = [self._sentence(claim, passages) for claim in claims(parts)]
        if all(sentence.struck for sentence in written):
            return Draft((), decline("unsupported", question))
        kept = tuple(sentence for sentence in written if self._show_unsupported or not sentence.struck)
        return Draft(kept, notes=(LEFT_OUT[question.language],) if len(kept) < len(written) else ())

    def _sentence(self, claim: Claim, passages: Sequence[Passage]) -> Sentence:
        cited = [passages[number - 1] for number in claim.numbers if 1 <= number <= len(passages)]
        if len(cited) < len(claim.numbers):
            logger.info("the language model cites passages that it was not given: %s", claim.numbers)
        if not cited:
            return self._uncited(claim, passages)
        citations = tuple(self._verifier.locate(claim.text, passage) for passage in cited)
        return Sentence(claim.text, tuple(dict.fromkeys(citations)), self._judge(claim, citations, cited))

    def _uncited(self, claim: Claim, passages: Sequence[Passage]) -> Sentence:
        """Return a sentence that names no passage with the first that supports it; without one, it has no support."""
        for passage in passages:
            citation = self._verifier.locate(claim.text, passage)
            if self._judge(claim, (citation,), (passage,)) is Support.SUPPORTED:
                return Sentence(claim.text, (citation,), Support.SUPPORTED)
        return Sentence(claim.text, (), Support.UNSUPPORTED)

    def _judge(self, claim: Claim, citations: Sequence[Citation], cited: Sequence[Passage]) -> Support:
        """Judge a sentence by its citations; words in quotation marks must stand in a cited passage besides."""
        if all(_stands_in(quotation, cited) for quotation in quotations_in(claim.text)):
            return self._verifier.judge(claim.text, citations)
        return Support.UNSUPPORTED


def _stands_in(quotation: str, passages: Sequence[Passage]) -> bool:
    """Tell whether words stand in one of the passages, or in the title of its article."""
    return any(fold_text(quotation) in fold_text(passage.article.title or "") for passage in passages) or any(
        passage.start <= place.start and place.end <= passage.end
        for passage in passages
        for place in find_quotation(quotation, [passage.article])
    )


def _shown(part: str | Marker, most: int) -> str:
    if isinstance(part, str):
        return part
    return "".join(f"[{number}]" for number in part.numbers if 1 <= number <= most)


def answer_prompt(question: Question, passages: Sequence[Passage], language: Language) -> Prompt:
    """Return the prompt that asks a question of numbered passages, each fenced off with the facts of its article."""
    texts = [_data(passage) for passage in passages]
    fence = fence_for([*texts, question.text])
    numbered = [f"[{number}]\nBEGIN {fence}\n{text}\nEND {fence}" for number, text in enumerate(texts, 1)]
    named = question.speaker if question.speaker and question.speaker not in question.text else ""
    template = load(f"answer.{language}")
    return template.fill(
        fence=fence,
        passages="\n\n".join(numbered),
        question=" ".join(question.text.split()),
        speaker=f"{template.front.speaker} {' '.join(named.split())}\n" if named else "",
    )


def _data(passage: Passage) -> str:
    article = passage.article
    published = article.published.isoformat() if article.published else None
    facts = (("Title", article.title), ("Source", article.source or article.agency), ("Date", published))
    lines = [f"{name}: {' '.join(fact.split())}" for name, fact in facts if fact]
    return "\n".join([*lines, "", passage.text])
