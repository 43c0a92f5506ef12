from __future__ import annotations

import pytest

from assistant.types import Answer, Citation, Sentence, Support
from assistant.verification.verify import Verifier
from eval.judges import confidence_by_verifier, judge_by_verifier
from index.types import Article
from tests.archives import bundled

TEXT = "The bridge was opened on 3 May 2019. Lavrov said that the talks would go on."
ARTICLE = Article("a", "a.txt", TEXT, "en")
OPENED, SAID = Citation(ARTICLE, 0, 36), Citation(ARTICLE, 37, len(TEXT), speaker="Lavrov")


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(bundled())


def _answer(question: str, *citations: Citation) -> Answer:
    return Answer(question, "en", (Sentence("x", citations, Support.SUPPORTED),), None, (), 0.0)


def test_the_verifier_judges_all_citations_of_a_sentence_together(verifier: Verifier) -> None:
    supports = judge_by_verifier(verifier)
    assert supports("The bridge was opened in May 2019.", [OPENED])
    assert supports("The bridge was opened in May 2019.", [SAID, OPENED])
    assert not supports("The bridge was opened in May 2019.", [SAID])
    assert not supports("The bridge was opened in June 2019.", [OPENED])


def test_an_answer_is_surer_the_more_its_first_citation_has_to_do_with_the_question(verifier: Verifier) -> None:
    confidence = confidence_by_verifier(verifier)
    asked = "When was the bridge opened?"
    assert 0.8 < confidence(_answer(asked, OPENED, SAID)) <= 1
    assert 0 <= confidence(_answer(asked, SAID, OPENED)) < 0.2
    assert confidence(_answer(asked)) == 0
    follow_up = Answer("And when?", "en", (Sentence("x", (OPENED,), Support.SUPPORTED),), None, (), 0.0, asked)
    assert confidence(follow_up) == confidence(_answer(asked, OPENED))
