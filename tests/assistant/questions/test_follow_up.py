"""Follow-up questions made whole: what they take from the conversation, what they leave, and what stands alone."""

from __future__ import annotations

import time

import pytest

from assistant.questions.follow_up import LONGEST_FOLLOW_UP, LOOKED_BACK, rewrite, stand_alone
from index.errors import QuestionError

TURKEY = "What did Lavrov say about Turkey?"
TURKEY_AR = "ماذا قال لافروف عن تركيا؟"
HALL = "Who attacked the concert hall in Krasnogorsk?"
RESIGNED = "When did Liz Truss resign?"
RESIGNED_AR = "متى استقال سعد الحريري؟"
QUAKE_AR = "كم عدد ضحايا زلزال المغرب؟"
CROSSED = "هل أغلقت مصر معبر رفح؟"


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (TURKEY, "And Peskov?", "What did Peskov say about Turkey?"),
        (TURKEY, "What about Erdogan?", "What did Erdogan say about Turkey?"),
        (TURKEY, "and what did the foreign minister say", "What did the foreign minister say about Turkey?"),
        (TURKEY, "And the opposition?", "What did the opposition say about Turkey?"),
        ("What is Russia's position on the grain deal?", "And China's?", "What is China's position on the grain deal?"),
        (RESIGNED, "And Boris Johnson?", "When did Boris Johnson resign?"),
        (TURKEY_AR, "وبيسكوف؟", "ماذا قال بيسكوف عن تركيا؟"),
        (TURKEY_AR, "وماذا عن أردوغان؟", "ماذا قال أردوغان عن تركيا؟"),
        (TURKEY_AR, "ووزارة الدفاع؟", "ماذا قالت وزارة الدفاع عن تركيا؟"),
        (TURKEY_AR, "أما بيسكوف؟", "ماذا قال بيسكوف عن تركيا؟"),
        (TURKEY_AR, "وأردوغان ماذا قال؟", "ماذا قال أردوغان عن تركيا؟"),
        (TURKEY, "and peskov?", "What did peskov say about Turkey?"),
        (TURKEY, "And his deputy?", "What did Lavrov's deputy say about Turkey?"),
        ("ما موقف قطر من وقف إطلاق النار؟", "ومصر؟", "ما موقف مصر من وقف إطلاق النار؟"),
        ("ماذا قالت فرنسا عن النيجر؟", "والكرملين؟", "ماذا قال الكرملين عن النيجر؟"),
    ],
)
def test_another_speaker_takes_the_first_ones_place(before: str, question: str, understood: str) -> None:
    assert rewrite(question, [before]) == understood


IN_JULY, IN_JULY_AR = "What did Lavrov say about Turkey in July 2015?", "ماذا قال لافروف عن تركيا في يوليو 2015؟"


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (IN_JULY, "And in August?", "What did Lavrov say about Turkey in August 2015?"),
        (IN_JULY, "What about August 2014?", "What did Lavrov say about Turkey in August 2014?"),
        (IN_JULY, "And last week?", "What did Lavrov say about Turkey last week?"),
        (IN_JULY, "And between May and June?", "What did Lavrov say about Turkey between May and June 2015?"),
        (TURKEY, "And last week?", "What did Lavrov say about Turkey last week?"),
        (IN_JULY_AR, "وفي أغسطس؟", "ماذا قال لافروف عن تركيا في أغسطس 2015؟"),
        (IN_JULY_AR, "والأسبوع الماضي؟", "ماذا قال لافروف عن تركيا الأسبوع الماضي؟"),
        (IN_JULY_AR, "وماذا عن مايو؟", "ماذا قال لافروف عن تركيا في مايو 2015؟"),
        (TURKEY_AR, "وأمس؟", "ماذا قال لافروف عن تركيا أمس؟"),
    ],
)
def test_another_time_takes_the_place_of_the_first_and_a_month_its_year(
    before: str, question: str, understood: str
) -> None:
    assert rewrite(question, [before]) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (IN_JULY, "And Peskov?", "What did Peskov say about Turkey in July 2015?"),
        (IN_JULY, "And about Syria?", "What did Lavrov say about Syria in July 2015?"),
        (IN_JULY_AR, "وبيسكوف؟", "ماذا قال بيسكوف عن تركيا في يوليو 2015؟"),
        (IN_JULY_AR, "وعن سوريا؟", "ماذا قال لافروف عن سوريا في يوليو 2015؟"),
        (IN_JULY, "When?", "When did Lavrov say that about Turkey?"),
        (IN_JULY, "What did he say about Iran in May 2014?", "What did Lavrov say about Iran in May 2014?"),
    ],
)
def test_the_time_asked_about_goes_on_until_another_is_named(before: str, question: str, understood: str) -> None:
    assert rewrite(question, [before]) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (TURKEY, "And about Syria?", "What did Lavrov say about Syria?"),
        (TURKEY, "What about Iran?", "What did Lavrov say about Iran?"),
        (TURKEY, "And the gas pipeline?", "What did Lavrov say about the gas pipeline?"),
        (TURKEY, "What about its economy?", "What did Lavrov say about Turkey's economy?"),
        ("Who won the 2022 World Cup?", "And in 2018?", "Who won the 2018 World Cup?"),
        ("من فاز في الانتخابات التركية؟", "وفي فرنسا؟", "من فاز في الانتخابات في فرنسا؟"),
        ("Who is the president of France?", "And Germany?", "Who is the president of Germany?"),
        ("How many people died in Gaza in 2023?", "And in 2024?", "How many people died in Gaza in 2024?"),
        ("How many people died in Gaza in 2023?", "And in Lebanon?", "How many people died in Lebanon in 2023?"),
        (TURKEY_AR, "وعن سوريا؟", "ماذا قال لافروف عن سوريا؟"),
        (TURKEY_AR, "والعقوبات؟", "ماذا قال لافروف عن العقوبات؟"),
        ("كيف رد الكرملين على العقوبات؟", "وعلى طرد الدبلوماسيين؟", "كيف رد الكرملين على طرد الدبلوماسيين؟"),
        (QUAKE_AR, "وفي تركيا؟", "كم عدد ضحايا زلزال تركيا؟"),
    ],
)
def test_another_topic_place_or_time_takes_the_first_ones_place(before: str, question: str, understood: str) -> None:
    assert rewrite(question, [before]) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (TURKEY, "What did he say about the pipeline?", "What did Lavrov say about the pipeline?"),
        (TURKEY, "What is his position on Syria?", "What is Lavrov's position on Syria?"),
        (TURKEY, "What else did he say?", "What else did Lavrov say about Turkey?"),
        (TURKEY, "When did he say that?", "When did Lavrov say that about Turkey?"),
        (TURKEY, "What did Macron say about it?", "What did Macron say about Turkey?"),
        (TURKEY, "Did he deny that?", "Did Lavrov deny that about Turkey?"),
        ("What did Biden say about the strikes?", "Did Iran deny them?", "Did Iran deny the strikes?"),
        (RESIGNED, "Who replaced her?", "Who replaced Liz Truss?"),
        ("Did Kim Jong Un meet Putin?", "What did they discuss?", "What did Kim Jong Un and Putin discuss?"),
        ("Where was the BRICS summit held?", "Who attended it?", "Who attended the BRICS summit?"),
        ("Where was the BRICS summit held?", "What did Putin say there?", "What did Putin say at the BRICS summit?"),
        (TURKEY_AR, "ماذا قال عن إدلب؟", "ماذا قال لافروف عن إدلب؟"),
        (TURKEY_AR, "وهل نفى ذلك؟", "هل نفى لافروف ذلك عن تركيا؟"),
        (TURKEY_AR, "وماذا قالت واشنطن بشأنها؟", "ماذا قالت واشنطن بشأن تركيا؟"),
        (TURKEY_AR, "وماذا قال عنه أردوغان؟", "ماذا قال أردوغان عن لافروف؟"),
        (TURKEY_AR, "ما موقفه من الأكراد؟", "ما موقف لافروف من الأكراد؟"),
        (TURKEY_AR, "هل زار دمشق؟", "هل زار لافروف دمشق؟"),
        (TURKEY_AR, "وهل ذكر سوريا؟", "هل ذكر لافروف سوريا؟"),
        (TURKEY_AR, "هل هذا صحيح؟", "هل صحيح ما قاله لافروف عن تركيا؟"),
        (TURKEY, "Is it true?", "Is it true what Lavrov said about Turkey?"),
        ("ماذا قال بايدن عن الضربات؟", "وهل نفتها إيران؟", "هل نفت إيران الضربات؟"),
        (RESIGNED_AR, "ومن خلفه؟", "من خلف سعد الحريري؟"),
        ("أين عقدت قمة البريكس؟", "من شارك فيها؟", "من شارك في قمة البريكس؟"),
    ],
)
def test_a_pronoun_gives_way_to_what_it_stands_for(before: str, question: str, understood: str) -> None:
    assert rewrite(question, [before]) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (RESIGNED, "Why?", "Why did Liz Truss resign?"),
        (HALL, "When did it happen?", "When was the concert hall attacked in Krasnogorsk?"),
        (HALL, "How many were killed?", "How many were killed when the concert hall was attacked in Krasnogorsk?"),
        ("How many people died in the flood?", "And how many children?", "How many children died in the flood?"),
        ("كم شخصا قتل في الفيضان؟", "وكم طفلا؟", "كم طفلا قتل في الفيضان؟"),
        ("How many people died in the flood?", "When did it happen?", "When did the flood happen?"),
        ("What did Guterres say about the flood?", "How many died?", "How many died in the flood?"),
        (TURKEY, "When?", "When did Lavrov say that about Turkey?"),
        ("How did Macron describe the coup?", "When?", "When did Macron describe the coup?"),
        (RESIGNED_AR, "ولماذا؟", "لماذا استقال سعد الحريري؟"),
        ("من قصف مطار صنعاء؟", "متى حدث ذلك؟", "متى قصف مطار صنعاء؟"),
        ("من قصف مطار صنعاء؟", "كم قتل؟", "كم قتل عندما قصف مطار صنعاء؟"),
        (QUAKE_AR, "ومتى وقع؟", "متى وقع زلزال المغرب؟"),
        (TURKEY_AR, "ومتى؟", "متى قال لافروف ذلك عن تركيا؟"),
        ("كيف رد الكرملين على العقوبات؟", "ومتى؟", "متى رد الكرملين على العقوبات؟"),
    ],
)
def test_when_where_why_and_how_many_are_asked_of_the_same_event(before: str, question: str, understood: str) -> None:
    assert rewrite(question, [before]) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (TURKEY, "How did Ankara respond?", "How did Ankara respond to what Lavrov said about Turkey?"),
        (RESIGNED, "And how did the Kremlin react?", "How did the Kremlin react when Liz Truss resigned?"),
        ("How did Iran respond to the raid?", "And how did Iraq respond?", "How did Iraq respond to the raid?"),
        (TURKEY_AR, "كيف رد الكرملين؟", "كيف رد الكرملين على ما قاله لافروف عن تركيا؟"),
        (CROSSED, "وكيف ردت حماس؟", "كيف ردت حماس عندما أغلقت مصر معبر رفح؟"),
        (TURKEY_AR, "وما موقف إيران؟", "ما موقف إيران من تركيا؟"),
    ],
)
def test_a_reaction_is_one_to_what_was_asked_about(before: str, question: str, understood: str) -> None:
    assert rewrite(question, [before]) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        ("Where was the BRICS summit held?", "Who attended that summit?", "Who attended the BRICS summit?"),
        (
            "Why did Sisi visit Doha?",
            "What did Qatar say on that visit?",
            "What did Qatar say on that visit (Sisi visited Doha)?",
        ),
        ("ماذا قال هنية عن صفقة التبادل؟", "هل قبلت إسرائيل هذه الصفقة؟", "هل قبلت إسرائيل صفقة التبادل؟"),
        (
            "لماذا زار السيسي الدوحة؟",
            "ماذا قالت قطر عن تلك الزيارة؟",
            "ماذا قالت قطر عن تلك الزيارة (زار السيسي الدوحة)؟",
        ),
    ],
)
def test_a_demonstrative_says_what_it_points_at(before: str, question: str, understood: str) -> None:
    assert rewrite(question, [before]) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (TURKEY, "وأردوغان؟", "ماذا قال أردوغان عن تركيا؟"),
        (TURKEY, "وعن سوريا؟", "ماذا قال Lavrov عن سوريا؟"),
        (RESIGNED, "لماذا؟", "لماذا (Liz Truss resigned)؟"),
        (TURKEY_AR, "And Peskov?", "What did Peskov say about Turkey?"),
        ("ماذا قال السيسي عن سد النهضة؟", "What did Abiy Ahmed say?", "What did Abiy Ahmed say about سد النهضة?"),
    ],
)
def test_the_language_may_change_between_turns(before: str, question: str, understood: str) -> None:
    assert rewrite(question, [before]) == understood


def test_each_turn_of_a_chain_leans_on_the_one_before_as_it_was_understood() -> None:
    assert stand_alone([TURKEY, "And about Syria?", "وماذا عن أردوغان؟", "Why?"]) == [
        TURKEY,
        "What did Lavrov say about Syria?",
        "ماذا قال أردوغان عن سوريا؟",
        "Why did أردوغان say that about Syria?",
    ]


def test_a_person_is_looked_for_further_back_than_the_last_question() -> None:
    between = "How many soldiers died in Idlib?"
    assert rewrite("What did he say about Iran?", [TURKEY, between]) == "What did Lavrov say about Iran?"
    assert rewrite("What did he say about Iran?", [TURKEY, *[between] * LOOKED_BACK]) is None


@pytest.mark.parametrize(
    "question",
    [
        "What did Putin say about his visit to Ankara?",
        "What did Lavrov say about Japan?",
        "And what did Lavrov say about Iran's missiles?",
        "And who won the election in France?",
        "And why did oil prices fall?",
        "What about the claim that Iran sent drones to Russia?",
        "What did Boeing say about its 737 MAX?",
        "Did Trump say that Mexico would pay for the wall?",
        "What did the UN say about those who fled Aleppo?",
        "Did the Thai prime minister keep her job after the court ruling?",
        "When does Ramadan begin this year?",
        "Lavrov statements on Turkey",
        "What is this archive about?",
        "Who are you?",
        "thanks",
        "ماذا قال بوتين عن زيارته إلى أنقرة؟",
        "ماذا قال لافروف عن اليابان؟",
        "ومن فاز في الانتخابات الفرنسية؟",
        "وكيف رد البيت الأبيض على إطلاق كوريا الشمالية صاروخا؟",
        "وماذا يحدث في هايتي؟",
        "هل أقر أردوغان بأن حزبه خسر بلدية إسطنبول؟",
        "متى يبدأ شهر رمضان هذا العام؟",
        "ما القرار الذي صوت عليه مجلس الأمن؟",
        "تصريحات لافروف عن تركيا",
        "أي دولة لها أكبر جيش؟",
        "هل غير بايدن موقفه؟",
        "شكرا",
        "Qu'a dit Macron ?",
    ],
)
@pytest.mark.parametrize("before", [TURKEY, HALL, TURKEY_AR, QUAKE_AR])
def test_a_question_on_a_new_topic_is_left_alone(before: str, question: str) -> None:
    assert rewrite(question, [before]) is None


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Who is the Russian foreign minister?", "How many people were displaced by the fighting?"),
        ("Who is the Russian foreign minister?", "When was the agreement signed?"),
        ("من هو وزير الدفاع التركي؟", "متى وقع الاتفاق؟"),
    ],
)
def test_nothing_happens_in_whoever_holds_an_office(before: str, question: str) -> None:
    assert rewrite(question, [before]) is None


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("How many people were displaced by the fighting?",
         "How many people were displaced by the fighting in Idlib?"),
        ("And what did Peskov say?", "What did Peskov say about Idlib?"),
    ],
)  # fmt: skip
def test_what_happened_somewhere_is_followed_up_by_the_place(question: str, understood: str) -> None:
    assert rewrite(question, ["What happened in Idlib?"]) == understood


def test_without_a_conversation_every_question_stands_alone() -> None:
    assert [rewrite(question, []) for question in ("And Peskov?", "Why?", "وبيسكوف؟", TURKEY)] == [None] * 4


def test_what_stands_alone_is_left_alone_a_second_time() -> None:
    chain = stand_alone([TURKEY, "And Peskov?", "How did Ankara respond?", "وماذا قال ماكرون عن ذلك؟"])
    assert len(chain) == 4
    assert stand_alone(chain) == chain


def test_a_history_of_a_thousand_turns_costs_no_more_than_a_short_one() -> None:
    history = [f"{TURKEY[:-1]} {number}?" for number in range(1_000)]
    began = time.perf_counter()
    assert rewrite("And Peskov?", history) == "What did Peskov say about Turkey 999?"
    assert rewrite("And Peskov?", stand_alone(history)) == "What did Peskov say about Turkey 999?"
    assert time.perf_counter() - began < 0.5


def test_questions_that_cannot_be_worked_on_are_passed_over() -> None:
    garbage = ["", " \n", "؟!", "x" * 10_000, "Lavrov\x00", "Lavrov \u202e", "Qu'a dit Macron sur la Syrie ?", "و", "?"]
    assert rewrite("And Peskov?", [TURKEY, garbage[0], garbage[3]]) == "What did Peskov say about Turkey?"
    assert stand_alone([TURKEY, *garbage[:6], "And Peskov?"]) == [TURKEY, "What did Peskov say about Turkey?"]
    for word in garbage[6:]:
        assert rewrite("And Peskov?", [TURKEY, word]) == "What did Peskov say about Turkey?"


def test_a_question_that_cannot_be_worked_on_is_an_error() -> None:
    with pytest.raises(QuestionError, match="the question is empty"):
        rewrite(" ", [TURKEY])


def test_a_question_that_would_grow_too_long_stays_as_it_is() -> None:
    assert rewrite("And Peskov?", [f"{TURKEY[:-1]} {'x' * 1_900}?"]) is not None
    assert rewrite("And Dmitry Peskov?", [f"{TURKEY[:-1]} {'x' * 1_965}?"]) is None


def test_a_question_of_many_words_says_all_it_needs() -> None:
    assert rewrite("And " + "Peskov " * LONGEST_FOLLOW_UP, [TURKEY]) is None


def test_what_somebody_says_is_about_what_happened_only_where_it_is_led_to() -> None:
    before = ["When did Putin speak with Merkel and Macron?"]
    assert rewrite("What did the Turkish defence minister say?", before) is None
    assert rewrite("And what did the Turkish defence minister say?", before) == (
        "What did the Turkish defence minister say when Putin spoke with Merkel and Macron?"
    )
