"""Plain sentences beside evidence in both languages: the right one passes, the one with a thing changed never does."""

from __future__ import annotations

import pytest

from assistant.types import Support
from assistant.verification.signals import SIGNALS, Evidence
from assistant.verification.verify import Verifier
from tests.parts.archives import bundled

EVIDENCE = {
    "ferry_en": (
        "The Maltese coastguard rescued 42 migrants from a sinking boat on Sunday and arrested three "
        "smugglers, the interior minister, Paula Vella, said. The boat had left Tripoli two days earlier."
    ),
    "ferry_ar": (
        "أنقذ خفر السواحل المالطي 42 مهاجرا من قارب يغرق يوم الأحد واعتقل ثلاثة مهربين، بحسب وزيرة الداخلية "
        "باولا فيلا. وكان القارب قد غادر طرابلس قبل يومين."
    ),
    "bank_en": (
        "Egypt's central bank raised its key interest rate by 2 percentage points to 21.25 percent on "
        "Thursday, while Jordan's central bank kept its rate unchanged at 7.5 percent."
    ),
    "bank_ar": (
        "رفع البنك المركزي المصري سعر الفائدة الرئيسي نقطتين مئويتين إلى 21.25 في المئة يوم الخميس، فيما أبقى "
        "البنك المركزي الأردني سعر الفائدة دون تغيير عند 7.5 في المئة."
    ),
    "meet_en": (
        "Iranian President Masoud Karimi met Iraqi Prime Minister Hadi Jassim in Baghdad on Monday. Karimi "
        "said that Tehran would not withdraw its troops from the border. Jassim said that Iraq wanted an "
        "agreement before the end of the year."
    ),
    "meet_ar": (
        "التقى الرئيس الإيراني مسعود كريمي رئيس الوزراء العراقي هادي جاسم في بغداد يوم الاثنين. وقال كريمي إن "
        "طهران لن تسحب قواتها من الحدود. وقال جاسم إن العراق يريد اتفاقا قبل نهاية العام."
    ),
    "crash_en": (
        "A bus carrying pilgrims overturned near Sidon on Friday, killing 12 people and injuring 30, the Red "
        "Cross said."
    ),
    "crash_ar": (
        "انقلبت حافلة تقل حجاجا قرب صيدا يوم الجمعة، ما أدى إلى مقتل 12 شخصا وإصابة 30 آخرين، وفق الصليب الأحمر."
    ),
    "cup_en": ("Al-Ahly beat Zamalek 2-0 in Cairo on Tuesday to win the cup for the tenth time."),
    "cup_ar": ("فاز الأهلي على الزمالك 2-0 في القاهرة يوم الثلاثاء ليحرز الكأس للمرة العاشرة."),
}

SAID = [
    ("ferry", "Malta's coastguard saved 42 migrants from a sinking boat."),
    ("ferry", "The coastguard arrested three smugglers."),
    ("ferry", "The boat left Tripoli two days before."),
    ("ferry", "أنقذ خفر السواحل في مالطا 42 مهاجرا."),
    ("ferry", "اعتقل خفر السواحل ثلاثة مهربين."),
    ("ferry", "قالت وزيرة الداخلية باولا فيلا إن خفر السواحل المالطي أنقذ 42 مهاجرا."),
    ("ferry", "Interior minister Paula Vella said 42 migrants were rescued."),
    ("bank", "Egypt's central bank raised its key rate to 21.25 percent."),
    ("bank", "Jordan's central bank left its rate at 7.5 percent."),
    ("bank", "رفع البنك المركزي المصري سعر الفائدة إلى 21.25 في المئة."),
    ("bank", "أبقى البنك المركزي الأردني سعر الفائدة عند 7.5 في المئة."),
    ("meet", "The Iranian president met Iraq's prime minister in Baghdad."),
    ("meet", "Karimi said Tehran would not withdraw its troops from the border."),
    ("meet", "Jassim said Iraq wants an agreement before the end of the year."),
    ("meet", "قال كريمي إن طهران لن تسحب قواتها من الحدود."),
    ("meet", "قال جاسم إن العراق يريد اتفاقا قبل نهاية العام."),
    ("meet", "التقى الرئيس الإيراني مسعود كريمي هادي جاسم في بغداد."),
    ("crash", "A bus overturned near Sidon, killing 12 people."),
    ("crash", "انقلبت حافلة قرب صيدا وقتل 12 شخصا."),
    ("crash", "Twelve people were killed and 30 injured when a bus overturned near Sidon."),
    ("crash", "قتل 12 شخصا وأصيب 30 في انقلاب حافلة قرب صيدا."),
    ("cup", "Al-Ahly beat Zamalek in Cairo."),
    ("cup", "فاز الأهلي على الزمالك في القاهرة."),
]

CHANGED = [
    ("ferry", "The coastguard rescued 52 migrants."),
    ("ferry", "The coastguard arrested four smugglers."),
    ("ferry", "The coastguard did not rescue the migrants."),
    ("ferry", "The coastguard rescued three migrants and arrested 42 smugglers."),
    ("ferry", "The Greek coastguard rescued 42 migrants."),
    ("ferry", "The boat had left Benghazi two days earlier."),
    ("ferry", "The boat had left Tripoli three days earlier."),
    ("ferry", "أنقذ خفر السواحل المالطي 24 مهاجرا."),
    ("ferry", "لم ينقذ خفر السواحل المالطي المهاجرين."),
    ("ferry", "أنقذ خفر السواحل اليوناني 42 مهاجرا."),
    ("ferry", "اعتقل خفر السواحل أربعة مهربين."),
    ("ferry", "The foreign minister, Karl Borg, said that 42 migrants were rescued."),
    ("ferry", "قال وزير الخارجية كارل بورغ إن خفر السواحل أنقذ 42 مهاجرا."),
    ("bank", "Egypt's central bank cut its key rate to 21.25 percent."),
    ("bank", "Egypt's central bank did not raise its key rate."),
    ("bank", "Egypt's central bank raised its key interest rate to 7.5 percent."),
    ("bank", "Egypt's central bank raised its key interest rate to 22.25 percent."),
    ("bank", "خفض البنك المركزي المصري سعر الفائدة إلى 21.25 في المئة."),
    ("bank", "لم يرفع البنك المركزي المصري سعر الفائدة."),
    ("bank", "رفع البنك المركزي المصري سعر الفائدة ثلاث نقاط مئوية."),
    ("meet", "Karimi said Tehran would withdraw its troops from the border."),
    ("meet", "Jassim said Iraq did not want an agreement before the end of the year."),
    ("meet", "Jassim said that Tehran would not withdraw its troops from the border."),
    ("meet", "Karimi said that Iraq wanted an agreement before the end of the year."),
    ("meet", "قال كريمي إن طهران ستسحب قواتها من الحدود."),
    ("meet", "قال جاسم إن العراق لا يريد اتفاقا قبل نهاية العام."),
    ("meet", "قال جاسم إن طهران لن تسحب قواتها من الحدود."),
    ("meet", "قال كريمي إن العراق يريد اتفاقا قبل نهاية العام."),
    ("meet", "The Iranian president met the Iraqi prime minister in Tehran."),
    ("meet", "التقى الرئيس الإيراني رئيس الوزراء العراقي في طهران."),
    ("meet", "The Turkish president met the Iraqi prime minister in Baghdad."),
    ("crash", "A bus overturned near Sidon, killing 30 people and injuring 12."),
    ("crash", "A bus overturned near Sidon, killing 30 people."),
    ("crash", "A bus overturned near Sidon, killing 22 people."),
    ("crash", "No one was killed when a bus overturned near Sidon."),
    ("crash", "انقلبت حافلة قرب صيدا وقتل 30 شخصا."),
    ("crash", "قتل 22 شخصا في انقلاب حافلة قرب صيدا."),
    ("crash", "لم يقتل أحد في انقلاب الحافلة قرب صيدا."),
    ("crash", "A bus overturned near Tyre on Friday, killing 12 people."),
    ("crash", "A bus overturned near Sidon on Saturday, killing 12 people."),
    ("crash", "انقلبت حافلة قرب صيدا يوم السبت وقتل 12 شخصا."),
    ("cup", "فاز الزمالك على الأهلي 2-0 في القاهرة."),
    ("cup", "Al-Ahly lost to Zamalek in Cairo."),
    ("cup", "خسر الأهلي أمام الزمالك في القاهرة."),
    ("cup", "Al-Ahly beat Zamalek 3-0."),
    ("cup", "Al-Ahly won the cup for the ninth time."),
    ("cup", "أحرز الأهلي الكأس للمرة التاسعة."),
    ("cup", "Al-Ahly did not win the cup."),
    ("cup", "لم يحرز الأهلي الكأس."),
]


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(bundled())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("evidence", "sentence"), SAID)
def test_a_sentence_that_its_evidence_says_in_either_language_is_supported(
    evidence: str, sentence: str, language: str, verifier: Verifier
) -> None:
    assert verifier.compare(sentence, Evidence(EVIDENCE[f"{evidence}_{language}"])) is Support.SUPPORTED


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("evidence", "sentence"), CHANGED)
def test_a_number_a_name_a_speaker_or_a_denial_that_is_not_there_supports_nothing(
    evidence: str, sentence: str, language: str, verifier: Verifier
) -> None:
    assert verifier.compare(sentence, Evidence(EVIDENCE[f"{evidence}_{language}"])) is not Support.SUPPORTED


RAID_AR = "قالت وزارة الدفاع إن جنديين قتلا وأصيب خمسة آخرون في غارات جوية على إدلب."


def test_two_numbers_that_have_changed_places_support_nothing(verifier: Verifier) -> None:
    assert verifier.compare("Two soldiers were killed and five wounded in air raids on Idlib.", Evidence(RAID_AR)) is (
        Support.SUPPORTED
    )
    changed = "Five soldiers were killed and two wounded in air raids on Idlib."
    assert verifier.compare(changed, Evidence(RAID_AR)) is Support.CONTRADICTED


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        (
            "Majed al-Kaabi said the airline had not yet chosen the maker.",
            "قال الرئيس التنفيذي لشركة طيران الشرق ماجد الكعبي إن الشركة لم تختر الصانع بعد.",
        ),
        ("The PKK said it would step up its attacks.", "قال حزب العمال الكردستاني إنه سيصعد هجماته."),
        ("The writer says that loyalty is rare.", "تؤكد لي خبرتي بالحياة أن الوفاء نادر."),
    ],
)
def test_a_speaker_told_by_an_office_a_short_form_or_nothing_may_be_the_one_named(
    sentence: str, evidence: str, verifier: Verifier
) -> None:
    signals = dict(zip(SIGNALS, verifier.signals(sentence, Evidence(evidence)).tolist(), strict=True))
    assert (signals["other_speaker"], signals["unnamed_speaker"]) == (0.0, 0.0)
