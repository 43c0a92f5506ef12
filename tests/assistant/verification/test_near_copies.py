"""In a sentence that nearly repeats its evidence each number, negator and word that differs counts."""

from __future__ import annotations

import pytest

from assistant.types import Support
from assistant.verification.signals import SIGNALS, Evidence
from assistant.verification.verify import Verifier
from index.encoders.static import StaticEncoder


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(StaticEncoder())


def _signal(verifier: Verifier, name: str, sentence: str, evidence: str) -> float:
    return float(verifier.signals(sentence, Evidence(evidence))[SIGNALS.index(name)])


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("She was a guest in season 4, episode 6.", "ظهرت ضيفة في الحلقة السادسة من الموسم الرابع."),
        ("ظهرت ضيفة في الحلقة السادسة من الموسم الرابع.", "She was a guest in season 4, episode 6."),
        ("Inflation fell in the 1st quarter of 2021.", "تراجع التضخم في الربع 1 من عام 2021."),
        ("بلغ التضخم ذروته في الربع 4 من عام 2021.", "Inflation peaked in Q4 2021."),
        ("About 1.2 million people voted.", "1,204,000 people voted."),
    ],
)
def test_a_number_in_another_form_is_given(verifier: Verifier, sentence: str, evidence: str) -> None:
    assert _signal(verifier, "number_missing", sentence, evidence) == 0


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The bulletin covers 2029.", "The bulletin covers 2021."),
        ("The law has 2 parts.", "The law has 8 parts."),
        ("فتح خط الأنابيب الخامس.", "The pipeline carries 5 million barrels; it is the third one."),
    ],
)
def test_a_near_number_is_another_one(verifier: Verifier, sentence: str, evidence: str) -> None:
    assert _signal(verifier, "number_missing", sentence, evidence) == 1


def test_a_year_that_nothing_calls_one_differs_from_another(verifier: Verifier) -> None:
    evidence = "21.6 مليون شخص بحاجة للمساعدات في 2024"
    assert _signal(verifier, "date_differs", "21.6 million people need aid in 2094.", evidence) == 1
    assert _signal(verifier, "date_differs", "21.6 million people need aid in 2024.", evidence) == 0


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Reynolds was not a member of the league.", "Reynolds was a member of the league."),
        ("عبرت المعلمة عن أملها في ألا يتأخر القطار.", "عبرت المعلمة عن أملها في أن يتأخر القطار."),
        ("لم تنتقد الوزيرة السياسات التجارية.", "انتقدت الوزيرة السياسات التجارية."),
        ("انتقدت الوزيرة السياسات التجارية.", "لم تنتقد الوزيرة السياسات التجارية."),
    ],
)
def test_a_negator_more_or_fewer_is_not_supported(verifier: Verifier, sentence: str, evidence: str) -> None:
    assert verifier.compare(sentence, Evidence(evidence)) is not Support.SUPPORTED


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The fire spread due to failures of the water system.", "انتشر الحريق بسبب فشل نظام المياه."),
        ("Drones threaten the residents.", "الطائرات بدون طيار تهدد السكان."),
        ("17 million people face food insecurity in Yemen.", "يواجه 17 مليون شخص انعدام الأمن الغذائي في اليمن."),
    ],
)
def test_a_word_that_denies_by_itself_stands_for_a_negator(verifier: Verifier, sentence: str, evidence: str) -> None:
    for first, second in ((sentence, evidence), (evidence, sentence)):
        assert _signal(verifier, "negators_more", first, second) == 0
        assert _signal(verifier, "negators_fewer", first, second) == 0


def test_an_unknown_name_in_the_place_of_another_is_not_supported(verifier: Verifier) -> None:
    evidence = "توفيت ثورن في منزلها الكائن في شارع هارلي في لندن يوم الجمعة بعد مرض طويل."
    assert verifier.compare(evidence, Evidence(evidence)) is Support.SUPPORTED
    changed = evidence.replace("هارلي", "بوميرا")
    assert verifier.compare(changed, Evidence(evidence)) is not Support.SUPPORTED


def test_an_acronym_may_be_written_out_in_the_other_language(verifier: Verifier) -> None:
    evidence = "أرسل برنامج الأغذية العالمي شحنة من القمح."
    assert _signal(verifier, "name_missing", "The WFP sent a shipment of wheat.", evidence) == 0
