"""The verdict on sentences about a run of news as it is cited: beside its title, in a paper at home, by short names."""

from __future__ import annotations

import time

import pytest

from assistant.types import Support
from assistant.verification.reasons import LackKind
from assistant.verification.signals import SIGNALS, Evidence
from assistant.verification.verify import Verifier
from index.encoders.static import StaticEncoder

TITLE = "BENGUET CORP <BE> CALENDAR 1986"
NOTE = "NOTE: Company statement said gold operations contributed 74 pct of consolidated earnings."


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(StaticEncoder())


def signal(verifier: Verifier, name: str, sentence: str, evidence: Evidence) -> float:
    return float(verifier.signals(sentence, evidence)[SIGNALS.index(name)])


def test_a_name_that_the_title_tells_is_not_missing_and_another_one_is(verifier: Verifier) -> None:
    sentence = "Gold accounted for 74 percent of {}'s consolidated earnings."
    assert verifier.compare(sentence.format("Benguet"), Evidence(NOTE, title=TITLE)) is Support.SUPPORTED
    assert verifier.compare(sentence.format("Benguet"), Evidence(NOTE)) is not Support.SUPPORTED
    assert verifier.compare(sentence.format("Texaco"), Evidence(NOTE, title=TITLE)) is not Support.SUPPORTED


@pytest.mark.parametrize(
    ("sentence", "evidence", "title"),
    [
        ("The SEC charged the broker.", "The Securities and Exchange Commission charged the broker.", ""),
        ("The Securities and Exchange Commission charged him.", "The SEC charged him.", ""),
        (
            "New Zealand will sell 30 million dollars of bills.",
            "The bank will sell 30 mln dlrs of bills.",
            "N.Z. TENDER",
        ),
        ("It will open an office in Dedham, Massachusetts.", "It will open an office in Dedham, Mass., by April.", ""),
        (
            "Moscow judged the results unsatisfactory.",
            "The Soviet government of Russia judged them unsatisfactory.",
            "",
        ),
        ("Tunisia's National Guard arrested four men.", "أوقفت وحدات الحرس الوطني أربعة رجال.", ""),
        ("Security forces arrested five men in Ben Guerdane.", "أوقفت قوات الأمن خمسة رجال ببن قردان.", ""),
        ("يقع المقر في ولاية نيويورك.", "The headquarters are in New York state.", ""),
        ("RTBF broadcast the match.", "بثت قناة «آر تي بي إف» المباراة.", ""),
        ("Marine Le Pen lost.", "خسرت مارين لوبان.", ""),
        ("The Defence Ministry agreed to it.", "وافقت وزارة الدفاع على ذلك.", ""),
    ],
)
def test_a_name_is_not_missing_that_is_written_otherwise(
    verifier: Verifier, sentence: str, evidence: str, title: str
) -> None:
    assert signal(verifier, "name_missing", sentence, Evidence(evidence, title=title)) == 0.0


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Tunisia's National Guard arrested four men.", "أوقفت وحدات الحرس الوطني الجزائري أربعة رجال."),
        ("The FBI charged the broker.", "The Securities and Exchange Commission charged the broker."),
        ("تأسست الشركة في ولاية نيفادا.", "تأسست الشركة في ولاية ديلاوير."),
        ("It will open an office in Dedham, Maine.", "It will open an office in Dedham, Mass., by April."),
        ("The Greek coastguard saved them.", "أنقذهم خفر السواحل المالطي من قارب يغرق."),
        ("The Interior Ministry agreed to it.", "وافقت وزارة الدفاع على ذلك."),
        ("تخرج في جامعة أكسفورد.", "He graduated from Cambridge."),
    ],
)
def test_another_name_is_missing(verifier: Verifier, sentence: str, evidence: str) -> None:
    assert signal(verifier, "name_missing", sentence, Evidence(evidence)) > 0.5


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The bank raised its rate to 7.75 percent.", "The bank raised its rate to 7-3/4 pct from 7-1/2 pct."),
        ("Money supply rose 0.8% in January.", "M3 rose by 0.6 pct compared with 0.8 in January."),
        ("Power is cut in Sahloul 1.", "تقطع الكهرباء في سهلول1 وسهلول4."),
        ("دعا الاتحاد إلى مساندة آلاف العمال.", "The federation called for support of thousands of workers."),
        ("He would be their fourth foreign player.", "سيكون لاعبهم الأجنبي رابع أجنبي في الفريق."),
        ("The plant costs 200 million riyals.", "The plant costs from 200 to 450 million riyals."),
        ("قتل 295 ألف رأس.", "About 295,000 to 308,000 head were slaughtered."),
        ("عين وست رئيسا للشركة.", "West was named president of the company."),
        ("It has worked for two months.", "يعمل منذ شهرين."),
    ],
)
def test_a_number_is_given_that_is_written_otherwise(verifier: Verifier, sentence: str, evidence: str) -> None:
    assert signal(verifier, "number_missing", sentence, Evidence(evidence)) == 0.0


def test_a_number_of_the_title_is_given(verifier: Verifier) -> None:
    title = "STRONG QUAKE OF 7.6 HITS ECUADOR"
    for number, missing in ((7.6, False), (7.9, True)):
        sentence = f"The quake of magnitude {number} hit Ecuador at night."
        evidence = Evidence("It hit Ecuador at night.", title=title)
        assert bool(signal(verifier, "number_missing", sentence, evidence)) is missing


def test_a_number_of_another_kind_is_not_where_one_was_moved_from(verifier: Verifier) -> None:
    evidence = Evidence("The two companies make plumbing and hardware and had sales of 23.5 mln dlrs last year.")
    assert signal(verifier, "number_moved", "The two companies had sales of 23.5 million dollars.", evidence) < 0.3


def test_a_word_and_what_a_prefix_makes_of_it_are_opposites(verifier: Verifier) -> None:
    evidence = Evidence("The government said that the results were unsatisfactory.")
    assert signal(verifier, "contrary", "The results were satisfactory.", evidence) > 0.3
    assert signal(verifier, "contrary", "The results were unsatisfactory.", evidence) == 0.0


def test_a_prefix_denies_what_a_negator_denies(verifier: Verifier) -> None:
    sentence, evidence = "دعت الكتلة إلى حمايته من التسلل غير القانوني.", "دعت الكتلة إلى حمايته من التسلل {}."
    assert signal(verifier, "negation_asked", sentence, Evidence(evidence.format("اللاقانوني"))) < 0.5
    assert signal(verifier, "negation_asked", sentence, Evidence(evidence.format("القانوني"))) > 0.5


def test_what_nothing_of_the_evidence_denies_is_denied_alone(verifier: Verifier) -> None:
    sentence = "The minister did not sign the agreement."
    for evidence, alone in (
        ("The minister signed the agreement.", 1.0),
        ("وقع الوزير الاتفاق.", 1.0),
        ("The minister refused to sign.", 0.0),
        ("وفشل الوزير في توقيع الاتفاق.", 0.0),
        ("The agreement was left unsigned.", 0.0),
    ):
        assert signal(verifier, "denied_alone", sentence, Evidence(evidence)) == alone, evidence


@pytest.mark.parametrize(
    ("fulfilled", "verdict"), [("has not fulfilled", Support.SUPPORTED), ("has fulfilled", Support.CONTRADICTED)]
)
def test_what_is_denied_first_is_what_is_denied(verifier: Verifier, fulfilled: str, verdict: Support) -> None:
    said = "قال لافروف إن تركيا لم تنفذ عددا من التزاماتها الهامة لتسوية الأزمة في إدلب، ومن بينها فصل المعارضة."
    sentence = f"Lavrov said that Turkey {fulfilled} its obligations on Idlib."
    assert verifier.compare(sentence, Evidence(said, ("لافروف",))) is verdict


def test_a_decline_denies_what_is_done_and_no_number(verifier: Verifier) -> None:
    fell = Evidence("Imports declined to 114,000 tons in December from 150,000 tons in November.")
    assert verifier.compare("Imports fell to 114,000 tons in December.", fell) is Support.SUPPORTED
    denied = Evidence("The minister declined to sign the agreement on fishing.")
    assert verifier.compare("The minister signed the agreement on fishing.", denied) is not Support.SUPPORTED


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("According to Volkswagen, documents were faked.", Evidence("VW said documents were faked.", ("VW",))),
        ("St. Joe said a mine is planned.", Evidence("It said a mine is planned.", ("The company",), title="ST. JOE")),
        ("Viacom said the court denied the motion.",
         Evidence("Viacom Inc said the court denied the motion.", ("the court",))),
        ("Mead was founded in 1846, the company said.",
         Evidence("Mead Corp said it was founded in 1846.", ("Mead Corp",))),
        ("According to the report, prices fell.", Evidence("Mead said prices fell.", ("Mead",))),
        ("قالت وزارة الخارجية إن الاتفاق قريب.",
         Evidence("The Foreign Ministry said an agreement was near.", ("The Foreign Ministry",))),
    ],
)  # fmt: skip
def test_the_speaker_of_a_run_is_the_one_who_is_called_otherwise(
    verifier: Verifier, sentence: str, evidence: Evidence
) -> None:
    assert signal(verifier, "other_speaker", sentence, evidence) == 0.0


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Toyota said documents were faked.", Evidence("VW said documents were faked.", ("VW",))),
        ("Analysts said a mine is planned.", Evidence("It said a mine is planned.", ("The company",), title="ST. JOE")),
        ("The interior ministry said prices fell.",
         Evidence("The finance ministry said prices fell.", ("The finance ministry",))),
        ("The dealers said prices fell.",
         Evidence("Mead said prices fell, while dealers said demand was firm.", ("Mead",))),
    ],
)  # fmt: skip
def test_another_speaker_is_another(verifier: Verifier, sentence: str, evidence: Evidence) -> None:
    assert signal(verifier, "other_speaker", sentence, evidence) == 1.0


def test_what_the_evidence_lacks_names_no_word_of_the_title(verifier: Verifier) -> None:
    sentence = "Benguet and Texaco had 75 percent of it."
    lacks = verifier._comparison(sentence, Evidence(NOTE, title=TITLE))
    assert lacks is not None
    found = [(sentence[lack.start : lack.end], lack.kind) for lack in lacks.lacks()]
    assert found == [("Texaco", LackKind.NAME), ("75 percent", LackKind.NUMBER)]


@pytest.mark.parametrize("sentence", ["A B C D E F " * 2_000, "( said ( said", "[ قال [", "THE (SEC said *"])
def test_no_text_is_too_long_or_too_odd_to_be_held_against_a_run(verifier: Verifier, sentence: str) -> None:
    evidence = Evidence("VW said documents were faked.", ("VW", "(", "THE SEC"), title="A B C D " * 10)
    began = time.process_time()
    assert verifier.compare(sentence, evidence) is not Support.SUPPORTED
    assert time.process_time() - began < 20
