"""The verdict on support: what a sentence may say of its citations, and which run of a passage it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.question import read_question
from assistant.rendering.wording import quote_sentence
from assistant.types import Resolved, Support
from assistant.verification.signals import Evidence
from assistant.verification.verify import Verifier
from index.types import Passage
from tests.archives import bundled
from tests.librarian import article, cite, seed

BRIDGE = article("bridge.txt", "The minister said that the bridge will open in May 2024.\n\nIt cost 40 million.")
CITED = cite(BRIDGE, "The minister", "2024.", speaker="The minister")
COST = cite(BRIDGE, "It cost", "million.")


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(bundled())


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("The minister: “The minister said that the bridge will open in May 2024.”", Support.SUPPORTED),
        ("The bridge opens in May.", Support.SUPPORTED),
        ("قال الوزير إن الجسر سيفتح في أيار 2024.", Support.SUPPORTED),
        ("The tunnel was closed by protesters.", Support.UNSUPPORTED),
        ("The bridge will not open in May 2024.", Support.CONTRADICTED),
        ("قال الوزير إن الجسر لن يفتح في أيار 2024.", Support.CONTRADICTED),
        ("The opposition said that the bridge will open in May 2024.", Support.CONTRADICTED),
        ("", Support.UNSUPPORTED),
    ],
)
def test_a_sentence_is_judged_by_what_its_citation_says_in_either_language(
    sentence: str, support: Support, verifier: Verifier
) -> None:
    assert verifier.judge(sentence, [CITED]) is support


@pytest.mark.parametrize(
    "sentence", ["The bridge will open in May 2025.", "It cost 50 million.", "كلف الجسر خمسين مليونا."]
)
def test_no_sentence_is_supported_whose_number_or_date_is_not_there(sentence: str, verifier: Verifier) -> None:
    assert verifier.judge(sentence, [CITED, COST]) is not Support.SUPPORTED


def test_a_quotation_is_supported_under_any_name_of_its_speaker_and_no_other(verifier: Verifier) -> None:
    told = article("told.txt", "قال المتحدث باسم الكرملين دميتري بيسكوف إن روسيا قلقة.")
    citation = cite(told, "قال", "قلقة.", speaker="المتحدث باسم الكرملين دميتري بيسكوف")
    assert verifier.judge(f"Peskov: “{citation.quote}”", [citation]) is Support.SUPPORTED
    assert verifier.judge(f"Peskov ({citation.speaker}): “{citation.quote}”", [citation]) is Support.SUPPORTED
    assert verifier.judge(f"Lavrov: “{citation.quote}”", [citation]) is not Support.SUPPORTED


def test_citations_support_a_sentence_together(verifier: Verifier) -> None:
    sentence = "The minister said the bridge will open in May and cost 40 million."
    assert verifier.judge(sentence, [CITED]) is not Support.SUPPORTED
    assert verifier.judge(sentence, [CITED, COST]) is Support.SUPPORTED


def test_a_sentence_without_citations_is_unsupported(verifier: Verifier) -> None:
    assert verifier.judge("The bridge will open.", []) is Support.UNSUPPORTED


def test_the_words_of_someone_else_support_nothing(verifier: Verifier) -> None:
    """The evidence does not say whose words it holds, but the article does."""
    sentence, words = "Lavrov said that the talks will go on in Sochi.", "The talks will go on in Sochi."
    assert verifier.compare(sentence, Evidence(words, ("Sergei Lavrov",))) is Support.SUPPORTED
    assert verifier.compare(sentence, Evidence(words, ("Dmitry Peskov",))) is not Support.SUPPORTED


def test_a_quotation_with_the_day_that_it_comes_to_is_supported(verifier: Verifier) -> None:
    told = replace(article("day.txt", "The bridge was opened on Monday."), published=date(2020, 2, 19))
    citation = cite(told, "The bridge", "Monday.")
    start = told.text.index("Monday")
    citation = replace(citation, resolved=(Resolved(start, start + 6, date(2020, 2, 17)),))
    for question in ("When was the bridge opened?", "متى افتتح الجسر؟"):
        sentence = quote_sentence(citation, read_question(question))
        assert sentence.endswith(("(that is, Monday, 17 February 2020)", "(أي الاثنين 17 شباط/فبراير 2020)"))
        assert verifier.judge(sentence, [replace(citation, resolved=())]) is Support.SUPPORTED


def test_a_sentence_is_tied_to_the_run_of_a_passage_that_says_the_most_of_it(verifier: Verifier) -> None:
    page = seed(2)
    start = page.text.index("وكان وزير الخارجية الروسي، سيرغي لافروف")
    passage = Passage(page, start, page.text.index("بشأن إدلب.", start) + len("بشأن إدلب."))
    said = verifier.locate("Lavrov said that Turkey had not met a number of its obligations in Idlib", passage)
    assert said.quote.startswith("وكان وزير الخارجية الروسي، سيرغي لافروف، قال إن تركيا لم تنفذ")
    assert (said.quote.count("\n"), said.speaker) == (0, "وزير الخارجية الروسي، سيرغي لافروف")
    claimed = verifier.locate("Ankara insists that it has fulfilled all of its obligations on Idlib", passage)
    assert claimed.quote == "من جانبها، أصرت أنقرة على أنها نفذت كل التزاماتها بشأن إدلب."


LETTERS = [
    *"ab 12٣.,%؟!«»“”\n-()[]/:", "لم ", "قال ", "Lavrov ", "said ", "not ", "12 April ", "يوم الاثنين ", "ثلاثة ",
    "million ", "U.S. ", "\u200f", "ﷺ", "½", "5%", "can't ", "yet to ", "لا تزال ", "كانون الأول ", "عقدين ", "\u00a0",
]  # fmt: skip


@given(*[st.lists(st.sampled_from(LETTERS), max_size=20).map("".join)] * 2)
def test_any_sentence_gets_a_verdict_by_any_evidence(sentence: str, evidence: str) -> None:
    verdict = Verifier(bundled()).compare(sentence, Evidence(evidence))
    assert verdict is Support.UNSUPPORTED or any(character.isalnum() for character in sentence + evidence)
