from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.speech.mentions import name_part
from assistant.speech.reporting_ar import SAY_AR, SAYING_AR
from assistant.speech.reporting_en import SAY_EN, SAYING_EN
from assistant.speech.statements import find_statements
from tests.parts.librarian import article, seed


def statements(text: str) -> list[tuple[str, str]]:
    """Who speaks in an article of this text, and the run of each statement."""
    return [(said.speaker, text[said.start : said.end]) for said in find_statements(article("a.txt", text))]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # The verb first, the speaker first, the speaker between «كان» and the verb.
        ("قال لافروف إن تركيا لم تنفذ التزاماتها.", "لافروف"),
        ("لافروف قال إن تركيا لم تنفذ التزاماتها.", "لافروف"),
        ("وكان لافروف قال أمس إن تركيا لم تنفذ التزاماتها.", "لافروف"),
        ("الخارجية الروسية تعلن بدء الانسحاب", "الخارجية الروسية"),
        # What names the speaker again, between commas.
        ("قال وزير الخارجية الروسي، سيرغي لافروف، إن تركيا تأخرت.", "وزير الخارجية الروسي، سيرغي لافروف"),
        ("وقال سيرغي لافروف، وزير الخارجية، إن تركيا تأخرت.", "سيرغي لافروف، وزير الخارجية"),
        # Attributions.
        ("توقف القصف بحسب بيسكوف منذ الصباح.", "بيسكوف"),
        ("ووفقا للمتحدث باسم الكرملين فإن الزعيمين سيلتقيان.", "المتحدث باسم الكرملين"),
        ("توقف القصف وفقا لوزير الدفاع.", "وزير الدفاع"),
        ("نقلت وكالة الأناضول عن أكار قوله إن القوات باقية.", "أكار"),
        # Headings.
        ("الكرملين: بوتين لن يزور أنقرة", "الكرملين"),
        # Names in quotation marks.
        ('ذكرت صحيفة "الشرق" السعودية أن اللقاء تأجل.', 'صحيفة "الشرق" السعودية'),
        ("وأكد «المرصد السوري لحقوق الإنسان» أن الغارات مستمرة.", "المرصد السوري لحقوق الإنسان"),
        # A name does not run on into what is said, and Ali is not the preposition.
        ("تتهم أنقرة باستهداف المدنيين قوات النظام.", "أنقرة"),
        ("أبلغت الدوحة استعدادها للمساعدة.", "الدوحة"),
        ("وقال هارونا كابيل وهو سائق حافلة إن الطريق مقطوع.", "هارونا كابيل"),
        ("قال علي لاريجاني إن بلاده لن تتراجع.", "علي لاريجاني"),
        ("أكد لافروف على أهمية الحوار.", "لافروف"),
    ],
)
def test_an_arabic_sentence_names_its_speaker(text: str, speaker: str) -> None:
    assert statements(text) == [(speaker, text)]


@pytest.mark.parametrize(
    ("before", "run", "speaker"),
    [
        ("وهو ما نفته موسكو ", "مؤكدة أنها تستهدف الإرهابيين.", "موسكو"),
        ("وجاءت الغارات في حملة ", "اعتبرها البيت الأبيض أنها ضرورية.", "البيت الأبيض"),
    ],
)
def test_a_verb_with_its_object_joined_reports_from_there_on(before: str, run: str, speaker: str) -> None:
    assert statements(before + run) == [(speaker, run)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Lavrov said Turkey had not kept its promises.", "Lavrov"),
        ('"Turkey has not kept its promises," said Lavrov in Munich.', "Lavrov"),
        ('"Turkey has not kept its promises," Lavrov said.', "Lavrov"),
        ("The deal is done, said J. Smith, an analyst.", "J. Smith"),
        ("Sergei Lavrov, the Russian foreign minister, said no.", "Sergei Lavrov, the Russian foreign minister"),
        ("Peskov, who travelled with Putin, told reporters that talks go on.", "Peskov"),
        ("In Ankara, the Turkish president warned that troops would stay.", "the Turkish president"),
        ("Lavrov on Tuesday also said that Turkey was late.", "Lavrov"),
        ("According to the Kremlin spokesman, the leaders will meet.", "the Kremlin spokesman"),
        ("The leaders will meet, according to Dmitry Peskov.", "Dmitry Peskov"),
        ("The left-wingers said the results were good.", "The left-wingers"),
        ("Kremlin: no talks are planned", "Kremlin"),
    ],
)
def test_an_english_sentence_names_its_speaker(text: str, speaker: str) -> None:
    assert statements(text) == [(speaker, text)]


@pytest.mark.parametrize(
    "text",
    [
        "شهد الملعب عقبة صعبة في طريق الفوز.",
        "وكانت رؤية المدينة القديمة ممكنة من الجبل.",
        "يعتبر البنك من أكبر المصارف في البلاد.",
        "وفي الساعة 10:30 بدأ اللقاء.",
        "The bank issued notes and bonds worth 200 million.",
        "Many of the reports were wrong.",
        "The meeting began at 10:30 in Munich.",
    ],
)
def test_nothing_is_reported_by_the_letters_of_a_noun_or_a_time(text: str) -> None:
    assert statements(text) == []


def test_who_spoke_last_goes_on_where_none_is_named() -> None:
    assert statements("قال لافروف إن الاتفاق قائم. وأضاف أن تركيا لم تنفذه. كما أكد أن الحوار مستمر.") == [
        ("لافروف", "قال لافروف إن الاتفاق قائم."),
        ("لافروف", "وأضاف أن تركيا لم تنفذه."),
        ("لافروف", "كما أكد أن الحوار مستمر."),
    ]
    assert statements("Lavrov said talks went well and added that Turkey was late. He warned of war.") == [
        ("Lavrov", "Lavrov said talks went well"),
        ("Lavrov", "added that Turkey was late."),
        ("Lavrov", "He warned of war."),
    ]


def test_before_anyone_spoke_nobody_goes_on() -> None:
    assert statements("وأضاف أن الحوار مستمر.") == []
    assert statements("He added that talks would go on.") == []


def test_a_verb_within_quotation_marks_reports_nothing() -> None:
    arabic, english = (
        "قال لافروف: «أكد أردوغان أنه سيفي بوعوده».",
        'Peskov said "Erdogan promised that troops would go".',
    )
    assert statements(arabic) == [("لافروف", arabic)]
    assert statements(english) == [("Peskov", english)]


def test_a_report_below_another_one_is_a_part_of_it() -> None:
    outer = "قال بيسكوف إن أردوغان أكد أن قواته لن تنسحب."
    assert statements(outer) == [("بيسكوف", outer), ("أردوغان", "أردوغان أكد أن قواته لن تنسحب.")]
    outer = "Peskov said that Erdogan promised to withdraw."
    assert statements(outer) == [("Peskov", outer), ("Erdogan", "Erdogan promised to withdraw.")]


def test_the_speaker_of_a_report_below_another_one_does_not_go_on() -> None:
    assert statements("قال بيسكوف إن أردوغان أكد أن قواته باقية. وأضاف أن الحوار مستمر.")[-1] == (
        "بيسكوف",
        "وأضاف أن الحوار مستمر.",
    )


def test_reports_side_by_side_part_the_sentence() -> None:
    assert statements("قال لافروف إن بلاده مستعدة، وأكد بيسكوف أن الحوار مستمر.") == [
        ("لافروف", "قال لافروف إن بلاده مستعدة"),
        ("بيسكوف", "وأكد بيسكوف أن الحوار مستمر."),
    ]


def test_what_is_only_pointed_at_is_no_statement() -> None:
    text = "وتعليقا على ما قاله لافروف، أوضح بيسكوف أن الموقف لم يتغير."
    assert statements(text) == [("بيسكوف", text)]


def test_a_colon_further_down_needs_an_office_or_a_country_before_it() -> None:
    lines = "قال لافروف إن الحوار مستمر.\n\nفقدان الرؤية: سبب شائع للحوادث.\n\nأنقرة: لن ننسحب من المدينة."
    assert [speaker for speaker, _ in statements(lines)] == ["لافروف", "أنقرة"]


def test_an_article_names_its_speaker_in_several_forms() -> None:
    lines = [
        "قال وزير الخارجية الروسي سيرغي لافروف إن الحوار مستمر.",
        "وأضاف لافروف أن تركيا تأخرت.",
        "وأكد الوزير أنه صبور.",
    ]
    text = "\n\n".join(lines)
    (said,) = {(said.speaker, said.mentions) for said in find_statements(article("a.txt", text))}
    assert said == ("وزير الخارجية الروسي سيرغي لافروف", ("وزير الخارجية الروسي سيرغي لافروف", "لافروف", "الوزير"))


def test_a_bank_is_not_its_official_and_a_minister_not_the_deputy() -> None:
    bank = "A bank official said prices rose.\n\nThe bank said prices fell."
    assert [speaker for speaker, _ in statements(bank)] == ["A bank official", "The bank"]
    minister = "قال نائب وزير الخارجية أوليغ سيرومولوتوف إن الحوار مستمر.\n\nوقال الوزير إن الحوار توقف."
    assert [speaker for speaker, _ in statements(minister)] == ["نائب وزير الخارجية أوليغ سيرومولوتوف", "الوزير"]


PESKOV, KALIN = "المتحدث باسم الكرملين ديمتري بيسكوف", "المتحدث باسم الرئاسة التركية ابراهيم كالن"
SYROMOLOTOV = "نائب وزير الخارجية الروسي أوليغ سيرومولوتوف"
BOGDANOV = "المبعوث الخاص للرئيس الروسي نائب وزير الخارجية ميخائيل بوغدانوف"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (
            1,
            [
                ("الكرملين", "الكرملين: قلقون من"),
                ("الرئاسة الروسية", "اعربت الرئاسة الروسية"),
                ("الرئاسة الروسية", "مشيرة الى ان"),
                (PESKOV, "وقال المتحدث باسم"),
                (PESKOV, "واشار بيسكوف الى"),
                (PESKOV, 'مضيفا "نحن لا'),
                (PESKOV, "واردف المتحدث الروسي"),
                (PESKOV, "لافتا الى أن"),
                (KALIN, "وكان المتحدث باسم"),
                (KALIN, "مشيرا الى ان"),
                ("لافروف", "وشدد لافروف، الأربعاء،"),
            ],
        ),
        (
            3,
            [
                (SYROMOLOTOV, "أعلن نائب وزير"),
                (SYROMOLOTOV, "وقال سيرومولوتوف في"),
                (SYROMOLOTOV, "وأكد نائب وزير"),
                (SYROMOLOTOV, "وقال سيرومولوتوف إن"),
                ("وسائل الإعلام الغربية", "وكانت وسائل الإعلام"),
                (SYROMOLOTOV, "كما شدد سيرومولوتوف"),
                (SYROMOLOTOV, "مؤكدا أن الموقف"),
                (SYROMOLOTOV, "ونوه سيرومولوتوف بانتصارات"),
                (SYROMOLOTOV, "وقال “نعتبر من"),
                (SYROMOLOTOV, "وردا على سؤال"),
                (SYROMOLOTOV, "وتابع سيرومولوتوف “فيما"),
                ("وزير الخارجية الروسي سيرغي لافروف", "قاله وزير الخارجية"),
                (BOGDANOV, "وكان المبعوث الخاص"),
                (BOGDANOV, "معربا عن أمل"),
            ],
        ),
    ],
)
def test_the_statements_of_a_seed_article_are_these(number: int, expected: list[tuple[str, str]]) -> None:
    read = seed(number)
    found = find_statements(read)
    assert [(said.speaker, " ".join(read.text[said.start : said.end].split()[:3])) for said in found] == expected


@pytest.mark.parametrize("number", range(5))
def test_a_statement_lies_in_its_sentence_and_its_speaker_in_the_article(number: int) -> None:
    read = seed(number)
    for said in find_statements(read):
        assert said.sentence[0] <= said.start < said.end <= said.sentence[1]
        assert said.speaker in said.mentions
        assert all(mention.removeprefix("ال") in read.text for mention in said.mentions)


WORDS = """
قال وقال وأضاف أكد أن إن لافروف بيسكوف الوزير الروسي، علي على بحسب وفقا لوزير قوله عن ما قاله و صحيفة «الشرق» : . "
said he Lavrov the minister , that and "no" according to on Tuesday Mr. U.S. added who
جاء في بيان مؤكدا حسبما الذي كما إلا أنها د. ما عشر ل adding expects analysts of not statement asked - “ ” ( )
"""


REPORTING = [*WORDS.split(), *sorted(SAY_AR.keys() | SAYING_AR.keys() | SAY_EN.keys() | SAYING_EN.keys())]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(REPORTING), max_size=30))
def test_any_order_of_reporting_words_gives_statements_within_their_sentences(words: list[str]) -> None:
    read = article("a.txt", " ".join(words))
    for said in find_statements(read):
        assert said.sentence[0] <= said.start < said.end <= said.sentence[1]
        assert said.sentence[0] <= said.words[0] < said.words[1] <= said.sentence[1]
        assert said.speaker in said.mentions


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("وزير الخارجية الروسي سيرغي لافروف", ["سيرغي", "لافروف"]),
        ("وزير الخارجية الروسي، سيرغي لافروف", ["سيرغي", "لافروف"]),
        ("اندريه ليسينكو، المتحدث باسم الجيش", ["اندريه", "ليسينكو"]),
        ("الرئيس السوري أحمد الشرع", ["احمد", "الشرع"]),
        ("الرئاسة الروسية", []),
        ("الكرملين", []),
        ("Russian Foreign Minister Sergei Lavrov", ["sergei", "lavrov"]),
        ("the Kremlin spokesman, Dmitry Peskov", ["dmitry", "peskov"]),
        ("Dan Rostenkowski, D-Ill", ["dan", "rostenkowski"]),
        ("the Kremlin spokesman", []),
        ("Portugal's left-wing parties", []),
    ],
)
def test_a_persons_own_name_is_told_from_the_office(mention: str, name: list[str]) -> None:
    assert name_part(mention) == name
