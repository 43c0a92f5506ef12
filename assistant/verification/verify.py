"""Do the cited runs support a sentence? The second of the two verdicts on a citation.

A verdict is a judgement with a measured accuracy (`isnad bench support`): a linear model over the signals of agreement
that `signals` measures, fitted on labelled pairs, and held to rules that no likeness outweighs.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, get_args

import numpy as np

from assistant.evidence.shelf import Shelf
from assistant.rendering.wording import name_days
from assistant.speech.circumstances import find_days
from assistant.speech.speakers import SpeakerMatcher
from assistant.speech.statements import find_statements
from assistant.types import Citation, Support
from assistant.verification.alignment import LENIENT
from assistant.verification.content import Content
from assistant.verification.reasons import QUOTED, reasons_of
from assistant.verification.signals import SIGNALS, Comparison, Evidence
from assistant.words.lexicon import STOP_WORDS
from assistant.words.matching import Matcher
from assistant.words.vocabulary import WordEncoder
from index.sentences import sentences
from index.text import tokens
from index.types import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.verification.entailment import Entailment
    from assistant.verification.reasons import Lack, Reason
    from index.types import Article, Passage, Vectors

WEIGHTS = Path(__file__).with_name("support.json")
"""The weights of the signals for each verdict; `isnad bench support --fit` writes them."""

LONGEST_RUN, EACH_SENTENCE = 3, 0.06
"""Sentences of a passage that one sentence may rest on, and the share of it that each one more must add."""

FORBIDDEN = {
    "number_missing": 0.5,
    "number_moved": 0.3,
    "date_differs": 0.5,
    "name_missing": 0.5,
    "swapped": 0.9,
    "exchanged": 0.3,
    "other_speaker": 0.5,
    "unnamed_speaker": 0.5,
    "replaced": 1.0,
    "negators_more": 0.4,
    "negators_fewer": 0.4,
    "negation_asked": 0.5,
    "negation_given": 0.5,
    "opposite": 0.6,
}
"""Signals that from so much on let no sentence be supported: a number, date or name that is not there or belongs to
something else, the words of somebody else, or of nobody whom the evidence names, and what is denied.
"""

_AROUND_NAME = " \n()[]:،,.“”«»\"'"

_FRAME = frozenset({"article", "مقال", "اي"})


class TextEncoder(WordEncoder, Protocol):
    """Gives the vectors of whole texts besides those of words; the bundled model does."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text."""
        ...


class Verifier:
    """Judges whether cited runs say what a sentence says; threads may share it.

    `entailment`, where there is one, decides between what is entailed, what is contradicted and what is neither.
    """

    def __init__(self, encoder: TextEncoder, entailment: Entailment | None = None) -> None:
        self._encoder = encoder
        self._matcher = Matcher(encoder)
        self._speakers = SpeakerMatcher(self._matcher)
        self._entailment = entailment
        self._statements = Shelf(find_statements)

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Support:
        """Judge whether the cited runs, taken together, say what a sentence says."""
        if self._only_quotes(sentence, citations):
            return Support.SUPPORTED
        return self.compare(sentence, evidence_of(sentence, citations))

    def lacks(self, sentence: str, citations: Sequence[Citation]) -> tuple[Lack, ...]:
        """Return the parts of a sentence that the cited runs do not bear out, in the order of the sentence."""
        comparison = self._comparison(sentence, evidence_of(sentence, citations))
        return comparison.lacks() if comparison else ()

    def explain(self, sentence: str, citations: Sequence[Citation]) -> tuple[Reason, ...]:
        """Return in what a sentence agrees with the cited runs, taken together, and in what it differs."""
        if self._only_quotes(sentence, citations):
            return (QUOTED,)
        signals = self.signals(sentence, evidence_of(sentence, citations))
        return reasons_of(Content.of(sentence), dict(zip(SIGNALS, signals.tolist(), strict=True)))

    def _only_quotes(self, sentence: str, citations: Sequence[Citation]) -> bool:
        """Tell whether a sentence says no more than its citations and, by any name of theirs, who says the words."""
        quoted = [citation for citation in citations if citation.quote in sentence]
        if not quoted:
            return False
        rest = _without(sentence, quoted)
        named = rest.strip(_AROUND_NAME)
        return not _telling(rest) or all(
            citation.speaker and self._speakers.is_same(named, (citation.speaker,)) for citation in quoted
        )

    def compare(self, sentence: str, evidence: Evidence) -> Support:
        """Judge whether some evidence says what a sentence says."""
        signals = self.signals(sentence, evidence)
        if not signals.any():
            return Support.UNSUPPORTED
        scores = _scores(signals)
        if self._entailment:
            verdict = self._entailment.judge(evidence.text, sentence)
            if verdict == "contradiction":
                return Support.CONTRADICTED
            scores[Support.CONTRADICTED] = -np.inf
            scores[Support.SUPPORTED] = np.inf if verdict == "entailment" else -np.inf
        if any(signals[SIGNALS.index(name)] >= least for name, least in FORBIDDEN.items()):
            scores[Support.SUPPORTED] = -np.inf
        return max(scores, key=scores.__getitem__)

    def likelihoods(self, sentence: str, evidence: Evidence) -> dict[Support, float]:
        """Return how likely each verdict is by the fitted model alone, without the rules; together they are 1."""
        scores = _scores(self.signals(sentence, evidence))
        shares = np.exp(np.array(list(scores.values())) - max(scores.values()))
        return dict(zip(scores, (shares / shares.sum()).tolist(), strict=True))

    def signals(self, sentence: str, evidence: Evidence) -> NDArray[np.float64]:
        """Return what agrees and differs, in the order of `SIGNALS`, shape (signals,)."""
        comparison = self._comparison(sentence, evidence)
        if comparison is None:
            return np.zeros(len(SIGNALS))
        parts = [evidence.text[start:end] for start, end in sentences(evidence.text)]
        rows = self._encoder.encode_passages([sentence, evidence.text, *parts])
        cosines = (rows[1:] @ rows[0]).tolist()
        return comparison.signals((cosines[0], max(cosines)))

    def _comparison(self, sentence: str, evidence: Evidence) -> Comparison | None:
        """Return the two side by side, None where one of them has no words."""
        asked, given = Content.of(sentence), Content.of(evidence.text)
        if not asked.words or not given.words:
            return None
        return Comparison(asked, given, evidence, self._matcher, self._speakers)

    def locate(self, sentence: str, passage: Passage) -> Citation:
        """Return the run of a passage, one to three whole sentences, that says the most of a sentence."""
        article = passage.article
        found = list(sentences(article.text, passage.start, passage.end)) or [(passage.start, passage.end)]
        said, telling = self._said(sentence, [article.text[start:end] for start, end in found])
        best, run = -1.0, found[0]
        for first in range(len(found)):
            for last in range(first, min(first + LONGEST_RUN, len(found))):
                share = float(said[first : last + 1].max(axis=0) @ telling)
                if share - EACH_SENTENCE * (last - first) > best:
                    best, run = share - EACH_SENTENCE * (last - first), (found[first][0], found[last][1])
        return self.cite(article, *run)

    def cite(self, article: Article, start: int, end: int) -> Citation:
        """Return a citation of a run, with whose words the article says it holds, where they are one speaker's."""
        said = self._statements.take(article)
        speakers = {
            one.speaker for one in said if start <= one.start <= one.end <= end or one.start <= start <= end <= one.end
        }
        return Citation(article, start, end, speakers.pop() if len(speakers) == 1 else None)

    def share(self, sentence: str, citation: Citation) -> float:
        """Return how much of a sentence's telling words a run says, 0 to 1: cheap, and no verdict."""
        said, telling = self._said(sentence, [citation.quote])
        return float(said[0] @ telling)

    def _said(self, sentence: str, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return how well each text says each word, shape (texts, words), and what each word counts, together 1."""
        words = tokens(sentence)
        asked = [word.text for word in words]
        names = frozenset(word.text for word in words if sentence[word.start].isupper())
        given = [[word.text for word in tokens(text)] for text in texts]
        grades = self._matcher.grades(asked, list(chain(*given)), names, cosines=LENIENT)
        borders = np.cumsum([len(held) for held in given])[:-1]
        said = [part.max(axis=1, initial=0.0) for part in np.split(grades, borders, axis=1)]
        telling = self._matcher.weights(asked) * [word not in STOP_WORDS for word in asked]
        return np.stack(said), (telling / max(float(telling.sum()), 1e-9)).astype(np.float32)


def evidence_of(sentence: str, citations: Sequence[Citation]) -> Evidence:
    """Return what cited runs hold of the words, the speaker and the day that a sentence is held against."""
    said = {citation.speaker for citation in citations}
    speakers = tuple(speaker for speaker in said if speaker) if len(said) == 1 else ()
    titles = dict.fromkeys(title for citation in citations if (title := citation.article.title))
    told = [title for title in titles if title in sentence]
    text = "\n".join(dict.fromkeys([*told, *(citation.quote for citation in citations)]))
    return Evidence(text, speakers, citations[0].article.published if citations else None, "\n".join(titles))


@cache
def _weights() -> tuple[tuple[Support, ...], NDArray[np.float64]]:
    """Return the verdicts and their weights, shape (verdicts, signals + 1), the last column added as it is."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    rows = [[stored[verdict][name] for name in (*SIGNALS, "constant")] for verdict in Support]
    return tuple(Support), np.array(rows)


def _scores(signals: NDArray[np.float64]) -> dict[Support, float]:
    verdicts, weights = _weights()
    return dict(zip(verdicts, (weights @ np.append(signals, 1.0)).tolist(), strict=True))


def _without(sentence: str, citations: Sequence[Citation]) -> str:
    """Return what a sentence says besides its quotations, the days that these come to, and whose and where they are."""
    for citation in citations:
        days = [resolved.day for resolved in find_days(citation.article, citation.start, citation.end)]
        named = [name_days([day], language) for day in days for language in get_args(Language)]
        for known in (citation.quote, citation.article.title, citation.speaker, *named):
            sentence = sentence.replace(known, " ") if known else sentence
    return sentence


def _telling(text: str) -> bool:
    return any(token.text not in STOP_WORDS and token.text not in _FRAME for token in tokens(text))
