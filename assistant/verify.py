"""Do the cited runs support a sentence? The second of the two verdicts on a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lexicon import STOP_WORDS
from assistant.types import Citation, Support
from index.sentences import sentences
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.vocabulary import WordEncoder
    from index.types import Passage

SUPPORTED, PARTIAL = 0.9, 0.5
"""Shares of a sentence's telling words that its citations must hold."""

LONGEST_RUN = 3
"""Sentences of a passage that one sentence may rest on."""


class Verifier:
    """Judges whether cited runs say what a sentence says; threads may share it."""

    def __init__(self, encoder: WordEncoder) -> None:
        self._encoder = encoder

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Support:
        """Judge whether the cited runs, taken together, say what a sentence says."""
        return supports(sentence, citations)

    def locate(self, sentence: str, passage: Passage) -> Citation:
        """Return the run of a passage, one to three whole sentences, that a sentence rests on best."""
        article = passage.article
        found = list(sentences(article.text, passage.start, passage.end)) or [(passage.start, passage.end)]
        runs = [
            Citation(article, found[first][0], found[last][1])
            for first in range(len(found))
            for last in range(first, min(first + LONGEST_RUN, len(found)))
        ]
        said = {token.stem for token in tokens(sentence) if token.text not in STOP_WORDS}
        return max(
            runs,
            key=lambda run: (len(said & {token.stem for token in tokens(run.quote)}), run.start - run.end),
        )


def supports(sentence: str, citations: Sequence[Citation]) -> Support:
    """Judge by words whether the cited runs, taken together, say what a sentence says.

    Every number of the sentence must stand in them; then the share of its telling words that do decides. Words are
    compared by stem, so a sentence in the other language than its citation is at best partial unless it quotes it.
    """
    given = {token.stem for citation in citations for token in tokens(citation.quote)}
    given |= {
        token.stem
        for citation in citations
        for token in tokens(f"{citation.speaker or ''} {citation.article.title or ''}")
    }
    said = [token for token in tokens(sentence) if token.text not in STOP_WORDS and token.text not in _FRAME]
    if not said or any(token.text[0].isdigit() and token.stem not in given for token in said):
        return Support.UNSUPPORTED
    share = sum(token.stem in given for token in said) / len(said)
    if share >= SUPPORTED:
        return Support.SUPPORTED
    return Support.PARTIAL if share >= PARTIAL else Support.UNSUPPORTED


_FRAME = frozenset({"article", "مقال"})
