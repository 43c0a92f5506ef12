"""Who says what in Arabic news prose, one construction of the language at a time."""

from __future__ import annotations

import pytest

from assistant.speech.statements import find_statements
from tests.librarian import article

Told = tuple[str, str]


def told(*sentences: str) -> list[Told]:
    """Speaker and words of each statement of a text, a line a sentence."""
    text = "\n\n".join(sentences)
    return [(said.speaker, text[slice(*said.words)]) for said in find_statements(article("a.txt", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # «كان», «قد», «لكن» and «أما» before it.
        ("وكانت موسكو قد أعلنت أن الحوار مستمر.", ("موسكو", "الحوار مستمر")),
        ("لكن لافروف صرح أثناء زيارة لأنقرة أن الحوار مستمر.", ("لافروف", "الحوار مستمر")),
        ("أما الوزير التركي، مولود أوغلو، فقال إن الحوار توقف.", ("الوزير التركي، مولود أوغلو", "الحوار توقف")),
        ("وكان مسؤول في الوزارة أكد أن الحوار مستمر.", ("مسؤول", "الحوار مستمر")),
        # A relative clause, in the singular and with people at a distance.
        ("وجاء ذلك بعد لقاء مع لافروف الذي أكد أن الحوار مستمر.", ("لافروف", "الحوار مستمر")),
        ("تحدثنا مع عدد من العاملين في المصنع والذين أكدوا أن الأجور ارتفعت.", ("العاملين", "الأجور ارتفعت")),
        # An addressee or an adverb between verb and speaker.
        ("أبلغت «المنار» مصادر مطلعة أن الحوار مستمر.", ("مصادر مطلعة", "الحوار مستمر")),
        ('كشف لـ"المنار" مسؤول روسي، أن الحوار مستمر.', ("مسؤول روسي", "الحوار مستمر")),
        ("ويقول فيه لافروف إن الحوار مستمر.", ("لافروف", "الحوار مستمر")),
        # Titles, offices at places, and names that other words begin like.
        ("وأشار د. الحموي إلى أن العلاج متوفر.", ("د. الحموي", "العلاج متوفر")),
        ("رفع صاحب السمو الأمير سعود التهاني للقيادة.", ("صاحب السمو الأمير سعود", "التهاني للقيادة")),
        ("وقال والي حلب سمير الأسود إن الطريق مفتوح.", ("والي حلب سمير الأسود", "الطريق مفتوح")),
        ("وألمح محمد علي الشامي إلى أن الطريق مفتوح.", ("محمد علي الشامي", "الطريق مفتوح")),
        ("وأوضح مدير حفظ صحة البيئة سمير حمد أن الماء نظيف.", ("مدير حفظ صحة البيئة سمير حمد", "الماء نظيف")),
        # Attributions to what a document or another one told.
        ("توقف القصف فجرا، بحسب ما ذكرته وكالة الأنباء (سانا).", ("وكالة الأنباء", "توقف القصف فجرا")),
        ('ووفقا لـ"رويترز"، فإن القصف توقف.', ("رويترز", "القصف توقف")),
        ("وجاء في الحكم أن الدعوى مرفوضة.", ("الحكم", "الدعوى مرفوضة")),
    ],
)  # fmt: skip
def test_a_speaker_is_found_where_arabic_puts_one(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ووصف المقداد قرار الحكومة بأنه خطأ.", ("المقداد", "قرار الحكومة بأنه خطأ")),
        ("اقترح بعض النواب تسليط عقوبة أشد على المهربين.", ("بعض النواب", "تسليط عقوبة أشد على المهربين")),
        ("دان المجلس العملية التي وقعت أمس.", ("المجلس", "العملية التي وقعت أمس")),
        ("ودعا النقيب الحموي المتنزهين إلى الحذر.", ("النقيب الحموي", "المتنزهين إلى الحذر")),
        ("اتهمت سوريا تركيا بالمماطلة.", ("سوريا", "تركيا بالمماطلة")),
        ("وتوقع الحموي زيادة نسبة المشاركة.", ("الحموي", "زيادة نسبة المشاركة")),
        ("وأردف الحموي تفصيلاً أن الماء نظيف.", ("الحموي", "الماء نظيف")),
    ],
)
def test_a_speaker_ends_where_the_object_begins(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "goes_on",
    [
        "وطالب الحكومة بالرد.",  # a feminine noun is no subject of a masculine verb
        "ودعا المواطنين إلى الحذر.",  # nor an accusative
        "ودعا جميع الأطراف إلى الحوار.",
        "وسأل الله أن يحفظ البلاد.",  # God is asked
        "وأضاف معاليه أن الماء نظيف.",  # a title stands for «he»
        "لكنه أقر بأن الماء ملوث.",
        "وفي تصريح للصحافة أكد أن الماء نظيف.",
    ],
)
def test_who_spoke_last_goes_on_where_what_follows_the_verb_is_no_subject(goes_on: str) -> None:
    speakers = [speaker for speaker, _ in told("قال الوزير خالد الحموي إن الماء نظيف.", goes_on)]
    assert speakers == ["الوزير خالد الحموي", "الوزير خالد الحموي"]


def test_a_participle_tells_what_the_subject_of_its_clause_says() -> None:
    assert told("زار وزير الصحة خالد الحموي الميناء، مؤكدا أن العلاج متوفر ومشيدا بالأطباء.") == [
        ("وزير الصحة خالد الحموي", "العلاج متوفر"),
        ("وزير الصحة خالد الحموي", "بالأطباء"),
    ]
    assert told("أثار الخبر غضب السكان، مطالبين بمحاسبة المسؤول.") == [("السكان", "بمحاسبة المسؤول")]


def test_a_verb_looks_for_a_speaker_of_its_own_gender_and_number() -> None:
    assert [speaker for speaker, _ in told(
        "قالت وزارة الصحة إن العلاج متوفر.",
        "وقال الخبير سمير الأسود إن العلاج نفد.",
        "وأضافت أن الأطباء جاهزون.",
    )] == ["وزارة الصحة", "الخبير سمير الأسود", "وزارة الصحة"]  # fmt: skip


def test_the_first_to_speak_may_be_whom_the_article_is_about() -> None:
    assert told("افتتح وزير الصحة خالد الحموي الميناء.", "وأكد أن العلاج متوفر.") == [
        ("وزير الصحة خالد الحموي", "العلاج متوفر")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # A name in quotation marks is no speech.
        ("قال لافروف في تصريح لـ«المنار» إن الحوار مستمر.", "الحوار مستمر"),
        ('وأوضح لافروف، في تصريح لـ"المنار"، خلال ندوة "أمن الخليج"، أن الحوار مستمر.', "الحوار مستمر"),
        ('أعلن لافروف عن مقتل جنديين في منطقة "الزيتون" شمالا.', 'مقتل جنديين في منطقة "الزيتون" شمالا'),
        ("وقال لافروف ” الحوار مستمر “.", "الحوار مستمر"),
        # What stands by the verb is none of it.
        ("أعلن لافروف، أمس (الأحد)، عزمه زيارة أنقرة.", "عزمه زيارة أنقرة"),
        ("وحذر لافروف من جهته بأن الحوار سيتوقف.", "الحوار سيتوقف"),
        ("كشف تقرير صادر عن الأمم المتحدة أن الفقر يزداد.", "الفقر يزداد"),
        ("أعرب لافروف عن أمله في إمكانية الحوار.", "إمكانية الحوار"),
        # The outlet goes on.
        ("توقعت الأرصاد استمرار المطر، حيث لا تزال السماء ملبدة بالغيوم.", "استمرار المطر"),
        ("أعلن لافروف استقالته بعدما رفض البرلمان خطته.", "استقالته"),
        ("أكد لافروف أن الحوار مستمر، فيما تتواصل الغارات على المدينة.", "الحوار مستمر"),
    ],
)  # fmt: skip
def test_the_words_said_end_and_begin_in_the_right_place(text: str, words: str) -> None:
    assert [said for _, said in told(text)] == [words]


def test_a_document_within_what_is_said_does_not_end_it() -> None:
    assert told("ونوهت الهيئة إلى أن الصانع يقدم شهادة تفيد باستيفاء الشروط.")[0] == (
        "الهيئة",
        "الصانع يقدم شهادة تفيد باستيفاء الشروط",
    )


def test_what_is_said_after_a_colon_is_one_statement_with_all_its_verbs() -> None:
    assert told("أوضح المتحدث قائلا: ورد بلاغ يفيد عن حريق في السوق.")[0] == (
        "المتحدث",
        "ورد بلاغ يفيد عن حريق في السوق",
    )


@pytest.mark.parametrize(
    "text",
    [
        "ولم تعلن أي جهة مسؤوليتها عن الهجوم.",
        "وافق المجلس على خطة بين الوزارة والشركة لأن العقد انتهى.",
        "تقدم الطلب لكل طالب أجنبي في الجامعات.",
        "نفذت الأعمال وفق المعايير الدولية الجديدة.",
        "نفذت الأعمال وفق ما تقتضيه الظروف في البلاد.",
        "وكان الأكثر تداولا في السوق.",
        "رابط الخبر: فوز الفريق في المباراة.",
    ],
)
def test_homonyms_denials_and_labels_report_nothing(text: str) -> None:
    assert told(text) == []
