"""Who says what in Arabic that is no news: columns, stories, sermons, poems, interviews."""

from __future__ import annotations

import pytest

from assistant.speech.interviews import find_answers
from assistant.speech.statements import find_statements
from tests.parts.librarian import article
from tests.parts.reported import Told, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Blessings belong to no name, and may stand for one.
        ("وقال رسول الله -صلى الله عليه وسلم-: «الدين النصيحة».", ("رسول الله", "الدين النصيحة")),
        ("وكتب النبي إليهم، وقال صلى الله عليه وسلم: «الدين النصيحة».", ("النبي", "الدين النصيحة")),
        ("يقول سالم - رحمه الله - كنا نسكن المدينة.", ("سالم", "كنا نسكن المدينة")),
        ("وقال الله تعالى عنه {وإنك لعلى خلق عظيم}.", ("الله", "وإنك لعلى خلق عظيم")),
        ("قال تعالى: ﴿وإنك لعلى خلق عظيم﴾.", ("تعالى", "وإنك لعلى خلق عظيم")),
        # Narrations, and sayings that a noun introduces.
        ("وعن النبي صلى الله عليه وسلم أنه قال: «الدين النصيحة».", ("النبي", "الدين النصيحة")),
        ("وعن سلمان رضي الله عنه قال: كنا نسكن المدينة.", ("سلمان", "كنا نسكن المدينة")),
        ("ومثله ما رواه أبو سالم أن الماء لا ينجس.", ("أبو سالم", "الماء لا ينجس")),
        ("وعملا بقوله تعالى {وتعاونوا على البر والتقوى} نمضي.", ("تعالى", "وتعاونوا على البر والتقوى")),
        ("وصيامنا صحة كما في قول النبي: (صوموا تصحوا) جميعا.", ("النبي", "صوموا تصحوا")),
        ("وصدق الشاعر حين قال: ما كل ما يتمنى المرء يدركه", ("الشاعر", "ما كل ما يتمنى المرء يدركه")),
        ('قال الحديث "الدين النصيحة" رواه مسلم.', ("الحديث", "الدين النصيحة")),
        # Dialogues, where whom one asks is joined to the verb, and a pronoun stands before it.
        ("سألتها والدتها: وماذا بعد؟", ("والدتها", "وماذا بعد؟")),
        ("وأخبرني صديقي أن الطريق مفتوح.", ("صديقي", "الطريق مفتوح")),
        ("نهض الوزير وهو يقول إن الماء نظيف.", ("الوزير", "الماء نظيف")),
        ("ومن بينهم الوزير سالم الحموي، الذي قال عن الملعب: «هدية عظيمة».", ("الوزير سالم الحموي", "هدية عظيمة")),
        ("وتستذكر المصورة سلمى تلك المرحلة: «كانت المدينة منقطعة».", ("المصورة سلمى", "كانت المدينة منقطعة")),
        # Where it was told is no second speaker.
        ("وحسب موقع المنار، قال سالم الحموي إن الطريق مفتوح.", ("سالم الحموي", "الطريق مفتوح")),
        # What an outlet learnt is its source's; what stands before «قائلا» only names who speaks.
        ("وعلمت «المنار» من مصادر مطلعة، أن الطريق مفتوح.", ("مصادر مطلعة", "الطريق مفتوح")),
        (
            "ويكشف الكابتن سالم الحموي في حديث قصير ملابساتها قائلا: هذا ما حدث.",
            ("الكابتن سالم الحموي", "هذا ما حدث"),
        ),
        # A name with the letters of a verb, a newspaper called «Today», and one that hears.
        ("وقال دان الحموي إن الطريق مفتوح.", ("دان الحموي", "الطريق مفتوح")),
        ("سالم الحموي مراسل جريدة اليوم، يقول: الطريق مفتوح.", ("سالم الحموي مراسل جريدة اليوم", "الطريق مفتوح")),
        ('وقال لـ "المنار" الوزير سالم الحموي "الطريق مفتوح منذ أمس".', ("الوزير سالم الحموي", "الطريق مفتوح منذ أمس")),
    ],
)  # fmt: skip
def test_a_speaker_is_found_in_sermons_stories_and_columns(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "وهي قصة ساحرة تكشف أخطار الحرب.",
        "ودعت المدينة زوارها أمس.",
        "لقد لفت الأنظار إلى عظمة المدينة.",
        "ووجد أن نسبة الإصابة ترتفع في الشتاء.",
        "وترى الحادثة أن الخطر قريب.",
        "لقد طالبت منذ أسابيع بتشكيل لجنة.",
        "الخطأ الأول: أننا نضع الشباب في دائرة الاتهام.",
        "فاكس: 6923348",
        "رواه مسلم.",
        "ويصدق المثل الشعبي الذي يقول إن الماء يجري.",
        "وتستذكر المدينة أيامها القديمة.",
        "قبل أن نتوقف اقترحت عليهم أن نجتمع.",
    ],
)
def test_ideas_ordinals_and_the_writer_himself_report_nothing(text: str) -> None:
    assert told(text) == []


def test_how_someone_spoke_is_no_name() -> None:
    assert told("قال الوزير خالد الحموي إن الماء نظيف.", "وتابع مدافعا عن موقفه: «لن نغادر».") == [
        ("الوزير خالد الحموي", "الماء نظيف"),
        ("الوزير خالد الحموي", "لن نغادر"),
    ]


def test_a_perfect_that_may_be_the_writers_own_goes_on_for_no_man() -> None:
    """«وسألت» is «she asked» or «I asked»: after a man it is nobody's that the article names."""
    assert told("قال سالم الحموي إن الماء نظيف.", "وتوقعت أن الطريق مقطوع.") == [("سالم الحموي", "الماء نظيف")]


def test_a_line_that_a_surname_opens_is_its_bearers_where_the_article_names_him() -> None:
    assert told(
        "قالت الوزيرة سلمى الشامي إن الماء نظيف.",
        "الحموي: الطريق مفتوح",
        "ويقول المدرب سالم الحموي: لن نغادر المدينة.",
        "الخلاصة: الطريق طويل",
    ) == [
        ("الوزيرة سلمى الشامي", "الماء نظيف"),
        ("المدرب سالم الحموي", "الطريق مفتوح"),
        ("المدرب سالم الحموي", "لن نغادر المدينة"),
    ]


def test_a_poem_below_a_colon_is_one_statement() -> None:
    poem = "وجهي ليس لي،\nهذا ليس جسدي،\nهذا قناع"
    text = f"ويقول الشاعر سالم الحموي عن حياته:\n{poem}\n\nوينتمي الشاعر إلى جيل كتب في السبعينات ثم صمت سنوات طويلة."
    said = find_statements(article("a.txt", text))
    assert [text[slice(*one.words)] for one in said] == [poem]


INTERVIEW = """أكد العميد سالم الحموي في هذا الحوار أن المدينة آمنة.
هل لا يزال الخطر قائما؟
- لا يوجد خطر.. نحن في أمان.
من يسيطر على المدينة؟
- أهلها وحدهم.
كلمة أخيرة؟
- شكرا لكم."""


def test_the_answers_of_an_interview_are_its_guests() -> None:
    said = find_statements(article("a.txt", INTERVIEW))
    assert [(one.speaker, INTERVIEW[slice(*one.words)]) for one in said] == [
        ("العميد سالم الحموي", "المدينة آمنة"),
        ("العميد سالم الحموي", "لا يوجد خطر.. نحن في أمان"),
        ("العميد سالم الحموي", "أهلها وحدهم"),
        ("العميد سالم الحموي", "شكرا لكم"),
    ]


def test_questions_without_answers_in_dashes_are_no_interview() -> None:
    assert find_answers("ما المطلوب؟\nاستراتيجية.\nكيف؟\nبالعمل.\nومتى؟\nالآن.") == []
    assert find_answers("• لماذا؟\n• كيف؟\n• متى؟\n• أين؟") == []
    assert find_answers("هل؟\n- نعم.\nهل؟\n- لا.") == []


def test_what_a_quotation_within_brackets_ends_is_told_by_what_follows() -> None:
    assert told("وقالت جماعة (المساواة الآن) إن الطريق مقطوع.")[0][1] == "الطريق مقطوع"
    assert told("يقول المعلم (من جد وجد في عمله) فينصرف الناس.")[0][1] == "من جد وجد في عمله"
