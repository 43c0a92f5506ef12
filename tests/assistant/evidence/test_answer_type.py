"""What a question asks for is found in the sentence that answers: a date, a number, a name, a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence.answer_type import find_asked_for
from assistant.questions.question import read_question
from tests.assistant.evidence.test_evidence import covered


def asked_for(question: str, text: str) -> list[str]:
    """What the only sentence of a text holds of the sort that a question asks for."""
    (page,) = covered(question, text)
    assert page.page.text(0) == text
    return [text[start:end] for start, end in find_asked_for(read_question(question).kind, page, 0)]


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("When did Novak reach Prague?", "Novak reached Prague on 12 March 2017.", ["12 March 2017"]),
        ("When did Novak reach Prague?", "Novak reached Prague last week.", ["last week"]),
        ("متى وصل نوفاك إلى براغ؟", "وصل نوفاك إلى براغ أمس الاثنين.", ["أمس الاثنين"]),
        ("متى وصل نوفاك إلى براغ؟", "وصل نوفاك إلى براغ في 25 شوال 1436.", ["25 شوال 1436"]),
        ("At what time did Novak reach Prague?", "Novak reached Prague at 14:30 on Monday.", ["14:30", "Monday"]),
        ("When did Novak reach Prague?", "Novak reached Prague at 14:30 on Monday.", ["Monday"]),
    ],
)
def test_when_is_answered_by_a_date_and_an_hour_only_where_it_is_asked(
    question: str, text: str, found: list[str]
) -> None:
    assert asked_for(question, text) == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (
            "When did Trump and Erdogan talk?",
            "Peskov spoke to the press on Monday, after the talk of Trump and Erdogan on 28 January.",
            ["28 January"],
        ),
        ("When did Trump and Erdogan talk?", "The aide said on Monday that Trump and Erdogan had talked.", []),
        ("When did the aide say that?", "The aide said on Monday that Trump and Erdogan had talked.", ["Monday"]),
        ("متى تحدث ترامب وأردوغان؟", "وبعد أن تحدث ترامب وأردوغان، عقد المتحدث مؤتمرا صحفيا في موسكو يوم الاثنين.", []),
    ],
)
def test_the_date_of_another_event_is_no_answer(question: str, text: str, found: list[str]) -> None:
    assert asked_for(question, text) == found


CLASH = "Four Turkish soldiers were killed and five were wounded in the clash at the border."
CLASH_AR = "قتل أربعة جنود أتراك وأصيب خمسة آخرون بجروح في الاشتباك على الحدود."


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("How many Turkish soldiers were killed?", CLASH, ["Four Turkish soldiers"]),
        ("How many soldiers were wounded?", CLASH, ["five"]),
        ("كم جنديا قتل؟", CLASH_AR, ["أربعة جنود"]),
        ("كم جنديا أصيب؟", CLASH_AR, ["خمسة"]),
        ("كم جنديا تركيا قتل؟", "قتل جنديين تركيين في الغارة.", ["جنديين تركيين"]),
        ("How much did prices rise?", "Prices rose by 18.2 percent.", ["18.2 percent"]),
        ("كم بلغ عدد القتلى؟", "وَثمانية قتلى في الغارة.", ["ثمانية قتلى"]),
        ("كم بلغ عدد القتلى؟", "وثمانية قتلى في الغارة.", ["ثمانية قتلى"]),
    ],
)
def test_how_many_is_answered_by_the_number_of_what_is_counted(question: str, text: str, found: list[str]) -> None:
    assert asked_for(question, text) == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Who reached Prague?", "The minister Adam Novak reached Prague on Monday.", ["Adam Novak"]),
        ("Who is the farm minister?", "The farm minister, Adam Novak, reached Prague.", ["Adam Novak"]),
        ("من هو وزير الدفاع التركي؟", "وقال وزير الدفاع التركي، خلوصي أكار، إن بلاده لن تنسحب.", ["خلوصي أكار"]),
        ("من حذر من موجة نزوح؟", "وحذر المتحدث ابراهيم كالن من أن موجة نزوح ستصل إلى أوروبا.", ["ابراهيم كالن"]),
        ("Whom did Putin meet?", "The aide said that Putin met Rex Tillerson in Moscow.", ["Rex Tillerson"]),
        ("من أدرج التنظيم على اللائحة؟", "أدرج مجلس الأمن الدولي التنظيم على اللائحة.", ["مجلس الأمن الدولي"]),
        ("Who fled?", "Four Turkish soldiers fled.", []),
        ("من التقى بوتين؟", "والتقى بوتين بِوزير الخارجية الأمريكي ريكس تيلرسون.", ["ريكس تيلرسون"]),
        ("Who met Putin and Lavrov?", "Putin and Lavrov met.", []),
        ("Who paid?", "Adam Novak paid in Rome, and Eva Svoboda paid in Paris.", []),
    ],
)
def test_who_is_answered_by_a_name_that_the_question_lacks_or_by_none(
    question: str, text: str, found: list[str]
) -> None:
    assert asked_for(question, text) == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Where did they meet?", "They met in Vienna on Monday.", ["Vienna"]),
        ("Where is the mine?", "The mine lies in the southern state of Arequipa.", ["southern state of Arequipa"]),
        ("أين وقع إطلاق النار؟", "وقع إطلاق النار في بلدة هاناو الألمانية.", ["بلدة هاناو الألمانية"]),
        ("في أي مدينة اجتمع الوفدان؟", "اجتمع الوفدان في سوتشي يوم السبت.", ["سوتشي"]),
        ("أين اجتمع الوفدان؟", "اجتمع الوفدان بريف إدلب الجنوبي.", ["ريف إدلب الجنوبي"]),
        ("أين اجتمع الوفدان؟", "اجتمع الوفدان بِـريف إدلب.", ["ريف إدلب"]),
        ("Where did they meet?", "THEY MEET IN HASTE AT LAST", []),
        ("Where in Russia did they meet?", "التقى الوفدان في موسكو.", ["موسكو"]),
        ("Where in Austria did they meet?", "They met on Monday in Austria.", []),
        ("أين اجتمع الوفدان؟", "اجتمع الوفدان في ختام المؤتمر.", []),
    ],
)
def test_where_is_answered_by_a_place_that_the_question_lacks_or_by_none(
    question: str, text: str, found: list[str]
) -> None:
    assert asked_for(question, text) == found


WORDS = (
    *("Novak", "Prague", "reached", "said", "that", "on", "Monday", "in", "Rome", "five", "soldiers", "18.2 percent"),
    *("and", "the", "minister", "of", ",", "وصل", "الوزير", "نوفاك", "إلى", "براغ", "يوم", "الاثنين", "ـَ", "خمسة"),
    *("جنود", "في", "بلدة", "وقال", "إن", "قبل", "يومين", "🙂", "«", "»", "\u00a0"),
)


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=20),
    st.sampled_from(
        [
            "When did Novak reach Prague?",
            "كم جنديا وصل إلى براغ؟",
            "Who reached Rome?",
            "أين وصل نوفاك؟",
            "Why did he go?",
        ]
    ),
)
def test_what_is_asked_for_lies_within_its_sentence_in_order_and_apart(words: list[str], question: str) -> None:
    (page,) = covered(question, " ".join(words))
    for number in range(len(page.page.sentences)):
        position = 0
        for start, end in find_asked_for(read_question(question).kind, page, number):
            assert position <= start < end <= len(page.page.text(number))
            position = end


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (
            "من هو رئيس الاتحاد السعودي؟",
            "وسيترأس أحمد عيد رئيس الاتحاد السعودي لجنة المسؤولية.",
            ["أحمد عيد"],
        ),
        ("من هو وزير التعليم؟", "وصل أحمد بن محمد العيسى، وزير التعليم، أمس.", ["أحمد بن محمد العيسى"]),
        ("من هو رئيس الوزراء؟", "وصل محمد سعيد نائب رئيس الوزراء أمس.", []),
        ("Who is the chairman of the board?", "Board Vice Chairman Manuel Johnson said so.", []),
        (
            "Who is the vice chairman of the board?",
            "Board Vice Chairman Manuel Johnson said so.",
            ["Manuel Johnson"],
        ),
    ],
)
def test_a_holder_may_stand_before_the_office_and_a_deputy_holds_it_not(
    question: str, text: str, found: list[str]
) -> None:
    assert asked_for(question, text) == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (
            "من هو رئيس الحكومة التونسية؟",
            "استقبل رئيس الحكومة التونسية الحبيب الصيد وفدا من التجار أمس.",
            ["الحبيب الصيد"],
        ),
        (
            "من هو الرئيس التركي؟",
            "وصل الرئيس التركي كريم صالح أكتار صباحا إلى أنقرة وبدا أكتار متعبا.",
            ["كريم صالح أكتار"],
        ),
        ("من هو أمين مدينة تبوك؟", "افتتح أمين مدينة تبوك سالم الحموي حديقة كبيرة أمس.", ["سالم الحموي"]),
        ("من هو الرئيس التونسي؟", "وصل رئيس الاتحاد التونسي سالم الحموي أمس.", []),
        ("من هو الرئيس التونسي؟", "وصل رئيس الجمهورية التونسية سالم الحموي أمس.", ["سالم الحموي"]),
        ("Who is the head of the IMF?", "IMF managing director Adam Novak said so.", ["Adam Novak"]),
        (
            "Who is the president of Texaco?",
            "Texaco Inc President Ivo Lind met Exxon President Adam Novak.",
            ["Ivo Lind"],
        ),
        ("Who is the US president?", "American President Cos Ltd leased ships.", []),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on_and_an_office_is_of_its_own_country(
    question: str, text: str, found: list[str]
) -> None:
    assert asked_for(question, text) == found
