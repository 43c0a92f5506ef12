"""Cleaning finds what a page states and marks what is not its story; it invents nothing and removes nothing."""

from __future__ import annotations

import json
import lzma
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.cleaning.clean import Cleaned, clean
from index.types import SpanKind

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("0*.txt"))
NOTHING = Cleaned(None, None, None, None, ())


def marked(text: str, found: Cleaned | None = None) -> list[tuple[str, str]]:
    return [(span.kind.value, text[span.start : span.end]) for span in (found or clean(text)).spans]


def facts(text: str) -> tuple[str | None, date | None, str | None, str | None]:
    found = clean(text)
    return found.title, found.published, found.agency, found.dateline


LEAD = "أعلن وزير الخارجية الروسي سيرغي لافروف اليوم أن بلاده تتمسك بموقفها من الأزمة في سورية."
MORE = "وأضاف لافروف في مؤتمر صحفي أن المشاورات مستمرة مع الشركاء الدوليين والإقليميين لحل هذه المسائل."
STORY = "The foreign minister said his country would keep to its position in the talks this week."
REST = "He added that consultations with partners in the region would go on until they had a result."


@pytest.mark.parametrize(
    ("number", "expected", "spans"),
    [
        (
            0,
            ("الكرملين يرد على طلب ترامب بتأكيد مواصلة دعمه للجيش السوري في مكافحة الإرهاب", None, "وكالات", "موسكو"),
            [
                ("title", "الكرملين يرد على طلب ترامب بتأكيد مواصلة دعمه للجيش السوري في مكافحة الإرهاب"),
                ("dateline", "موسكو-وكالات:"),
            ],
        ),
        (
            1,
            (
                "الكرملين: قلقون من تواجد الارهابيين في ادلب.. ولا بديل من التعاون مع تركيا في هذا الاتجاه",
                None,
                "سيريانيوز",
                None,
            ),
            [
                ("title", "الكرملين: قلقون من تواجد الارهابيين في ادلب.. ولا بديل من التعاون مع تركيا في هذا الاتجاه"),
                (
                    "repeat",
                    'اعربت الرئاسة الروسية (الكرملين) يوم الاحد عن قلقها بسبب تواجد "الإرهابيين" في محافظة إدلب، مشيرة'
                    " الى ان هؤلاء يشكلون تهديدا للجيش السوري والعسكريين الروس.",
                ),
                ("agency", "سيريانيوز"),
                ("boilerplate", "المواضيع الأكثر قراءة"),
                ("boilerplate", "SHARE"),
                ("boilerplate", "close"),
            ],
        ),
        (
            2,
            ("خلال اتصال مع ماكرون وميركل… بوتين يؤكد على ضرورة تحييد التهديد الإرهابي في سوريا", None, None, None),
            [
                ("title", "خلال اتصال مع ماكرون وميركل… بوتين يؤكد على ضرورة تحييد التهديد الإرهابي في سوريا"),
                ("boilerplate", "مقالات ذات صلة"),
                ("boilerplate", "زر الذهاب إلى الأعلى"),
            ],
        ),
        (
            3,
            (None, None, "سانا", "موسكو"),
            [
                ("dateline", "موسكو – سانا"),
                (
                    "boilerplate",
                    "تابعوا آخر الأخبار السياسية والميدانيـة عبر تطبيق تيلغرام على الهواتف الذكية عبر الرابط :",
                ),
                ("boilerplate", "https://telegram.me/SyrianArabNewsAgency"),
                ("boilerplate", "تابعونا عبر تطبيق واتس أب :"),
                ("boilerplate", "عبر إرسال كلمة اشتراك على الرقم / 0940777186/ بعد تخزينه باسم سانا أو (SANA)."),
                ("boilerplate", "تابعوا صفحتنا على موقع (VK) للتواصل الاجتماعي على الرابط:"),
            ],
        ),
        (
            4,
            ("الكرملين: تخلي موسكو عن الأسد غير ممكن على الإطلاق", date(2017, 4, 12), "سيريانيوز", None),
            [
                ("section", "الاخبار السياسية"),
                ("title", "الكرملين: تخلي موسكو عن الأسد غير ممكن على الإطلاق"),
                ("date", "12.04.2017 | 14:59"),
                ("agency", "سيريانيوز"),
                ("boilerplate", "TAG:"),
                ("teaser", "تعليقا على استهداف المنطقة الجنوبية.. سوريا تطالب المجتمع الدولي بمحاسبة اسرائيل"),
                (
                    "teaser",
                    "أدانت وزارة الخارجية والمغتربين، يوم الجمعة، الهجوم الي شنته الطائرات الاسرائيلية على مواقع"
                    " بالمنطقة الجنوبية، مطالبة المجتمع الدولي باتخاذ اجراءات لوقف هذه الاعتداءات على الأراضي السورية.",
                ),
                (
                    "teaser",
                    "مملوك يلتقي ممثلي البحرين وسلطنة عمان والعراق على هامش الاجتماع الدولي لمسؤولي القضايا الأمنية",
                ),
                (
                    "teaser",
                    "التقى مستشار شؤون الأمن الوطني في الأمانة العامة لرئاسة الجمهورية علي مملوك، يوم الاربعاء، ممثلي"
                    " البحرين وسلطنة عمان والعراق كلا على حدا، وذلك على هامش الاجتماع الدولي لمسؤولي القضايا الأمنية،"
                    " المنعقد في مدينة سان بطرسبورغ بروسيا.",
                ),
            ],
        ),
    ],
)
def test_a_seed_article_is_read_as_a_person_reads_it(
    number: int, expected: tuple[str | None, date | None, str | None, str | None], spans: list[tuple[str, str]]
) -> None:
    text = SEEDS[number].read_bytes().decode("utf-8")
    assert facts(text) == expected
    assert marked(text) == spans


@pytest.mark.parametrize(
    ("line", "dateline", "agency", "published"),
    [
        ("BEIRUT (Reuters) -", "BEIRUT", "Reuters", None),
        ("MOSCOW, March 3 (AP) —", "MOSCOW", "AP", None),
        ("BEIRUT, Lebanon, April 12, 2017 (Xinhua) --", "BEIRUT", "Xinhua", date(2017, 4, 12)),
        ("ANKARA - AA:", "ANKARA", "AA", None),
        ("موسكو – سانا:", "موسكو", "سانا", None),
        ("واشنطن- «رويترز»:", "واشنطن", "رويترز", None),
        ("موسكو - أ.ف.ب:", "موسكو", "أ ف ب", None),
        ("دمشق (شينخوا) -", "دمشق", "شينخوا", None),
        ("القاهرة 12 ابريل نيسان (رويترز) -", "القاهرة", "رويترز", None),
        ("الدوحة في 12 أبريل 2017 /قنا/", "الدوحة", "قنا", date(2017, 4, 12)),
        ("سبق- وكالات:", None, "وكالات", None),
    ],
)
def test_a_dateline_before_the_first_sentence_is_marked_and_the_sentence_stays(
    line: str, dateline: str | None, agency: str, published: date | None
) -> None:
    story = LEAD if "ا" in line else STORY
    text = f"{line} {story}\n\n{MORE}"
    assert facts(text) == (None, published, agency, dateline)
    assert [(kind, run.strip()) for kind, run in marked(text)] == [("dateline", line)]


def test_the_saudi_agency_states_place_day_and_itself_on_one_line() -> None:
    line = "الرياض 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس"
    text = f"{line}\n {LEAD}\n{MORE}"
    assert facts(text) == (None, date(2015, 8, 10), "واس", "الرياض")
    assert marked(text) == [("dateline", line)]


@pytest.mark.parametrize(
    "line",
    [
        "Published: 12 April 2017",
        "Published on April 12, 2017 at 10:30 am GMT",
        "Wednesday, 12 April 2017",
        "2017-04-12 14:59",
        "12/04/2017 14:59 | 12.04.2017",
        "تاريخ النشر: ١٢ نيسان ٢٠١٧",
        "نشر في: الأربعاء 12 أبريل 2017 الساعة 14:59",
        "Published: 12 April 2017 | Updated: 13 April 2017",
    ],
)
def test_the_day_of_publication_is_read_from_a_line_of_its_own(line: str) -> None:
    text = f"Ministers agree to keep on talking\n{line}\n\n{STORY} It said so.\n\n{REST}"
    if line.startswith("12/04/2017"):
        assert clean(text).published == date(2017, 4, 12)
        return
    assert facts(text) == ("Ministers agree to keep on talking", date(2017, 4, 12), None, None)
    assert ("date", line) in marked(text)


@pytest.mark.parametrize(
    "line",
    [
        "Published: 03/04/2017",
        "Published: 31 February 2017",
        "Last updated: 12 April 2017",
        "The talks of 12 April 2017 in Geneva",
        "برنامج الأربعاء 12 أبريل 2017:",
        "12 April 2017\nA walk in the park\n13 April 2017\nA talk in the hall",
        "25 شوال 1436",
    ],
)
def test_a_day_that_the_page_does_not_state_for_sure_as_its_own_is_none(line: str) -> None:
    assert clean(f"{STORY}\n\n{line}\n\n{REST}").published is None


def test_buttons_invitations_credits_and_links_to_other_stories_are_marked_between_paragraphs() -> None:
    lines = [
        "Ministers agree to keep on talking",
        "Share Tweet Email",
        STORY + " It was a long day.",
        "Advertisement",
        "Read also: Storm closes the northern ports",
        REST,
        "Follow us on Telegram and never miss a story",
        "See also:",
        "Fishermen ask for help",
        "Then the meeting ended.",
        "(Reporting by Ann Other; Editing by Some One)",
        "© 2017 The Daily. All rights reserved.",
    ]
    text = "\n\n".join(lines)
    assert marked(text) == [
        ("title", lines[0]),
        ("boilerplate", lines[1]),
        ("boilerplate", lines[3]),
        ("teaser", lines[4]),
        ("boilerplate", lines[6]),
        ("teaser", lines[7]),
        ("teaser", lines[8]),
        ("boilerplate", lines[10]),
        ("boilerplate", lines[11]),
    ]


@pytest.mark.parametrize(
    "heading", ["Related articles", "RELATED ARTICLES:", "مقالات ذات صلة", "Tags:", "قد يعجبك أيضاً"]
)
def test_what_follows_a_closing_heading_is_not_the_story(heading: str) -> None:
    other = "Storm closes the northern ports until the weekend"
    text = f"{STORY}\n\n{REST}\n\n{heading}\n\n{other}\n\nShare"
    assert marked(text) == [("boilerplate", heading), ("teaser", other), ("boilerplate", "Share")]


def test_a_closing_heading_in_the_first_half_of_a_page_closes_nothing() -> None:
    text = f"Comments\n\n{STORY}\n\n{REST}"
    assert marked(text) == [("boilerplate", "Comments")]


@pytest.mark.parametrize(
    "paragraph",
    [
        "انضمت ثلاث جامعات تونسية إلى قائمة أفضل الجامعات في القارة الافريقية.",
        "انضم اللاعب إلى النادي في الصيف.",
        "تابعنا حادثة وفاة الرضيع بالمستشفى منذ انطلاقها.",
        "اشترك في البطولة عشرون فريقا.",
        "لمتابعة الأوضاع عقد مجلس الوزراء جلسة طارئة.",
        "Copyright law was reformed last year.",
        "Read more books, the minister told pupils.",
        "Join us or leave, he told them.",
        "Sign up a client, they said.",
        "Related companies rose as well.",
    ],
)
def test_a_paragraph_that_only_begins_like_an_invitation_is_the_story_s(paragraph: str) -> None:
    assert marked(f"{STORY}\n\n{paragraph}\n\n{REST}") == []


def test_a_paragraph_printed_twice_is_marked_once_and_rows_of_a_table_never() -> None:
    assert marked(f"{STORY}\n\n{STORY}\n\n{REST}") == [("repeat", STORY)]
    assert marked(f"{STORY}\n\n{REST}\n\n{MORE}\n\n{STORY} ") == [("repeat", STORY)]
    assert marked("Wheat  nil  nil  nil  nil\nWheat  nil  nil  nil  nil") == []


def test_the_first_printing_is_the_one_that_stays() -> None:
    text = f"{STORY}\n\n{STORY}"
    (span,) = clean(text).spans
    assert (span.start, span.end, span.kind) == (len(STORY) + 2, len(text), SpanKind.REPEAT)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Ministers agree to keep on talking", "Ministers agree to keep on talking"),
        ("Politics\n\nMinisters agree to keep talking", "Ministers agree to keep talking"),
        ("Politics\n\nPutin meets Erdogan", "Putin meets Erdogan"),
        ("وزراء الخارجية يتفقون على مواصلة المحادثات", "وزراء الخارجية يتفقون على مواصلة المحادثات"),
        ("هل تغادر روسيا سوريا؟", "هل تغادر روسيا سوريا؟"),
        ("عين اليوم – جدة", None),
        ("By Ann Other", None),
        ("Politics", None),
        ("The ministers agreed to keep on talking.", None),
        ('The ministers agreed to keep on "talking."\u200e', None),
        ("قرر المجلس تعيين كل من السادة:", None),
        ("فاز الترجي الرياضي اليوم الأربعاء على النادي الافريقي بنتيجة كبيرة جدا في الجولة الأخيرة", None),
    ],
)
def test_a_title_is_a_line_that_reads_like_one_or_none(head: str, title: str | None) -> None:
    assert clean(f"{head}\n\n{STORY} It was the third such meeting of the year in that city.\n\n{REST}").title == title


WIRE = """French cereal exports through the port of
Rouen fell 6.4 pct to 725,023 tonnes during the period of
April 12, 1987. The share of wheat in exports rose to a record
share.
    Main destinations were Saudi Arabia with 158,109 tonnes of
barley and the Soviet Union with 147,214 of wheat.
 Reuter"""


def test_the_wrapped_lines_of_a_wire_are_neither_headline_nor_date_nor_button() -> None:
    assert facts(WIRE) == (None, None, "Reuters", None)
    assert marked(WIRE) == [("agency", "Reuter")]


@pytest.mark.parametrize("text", ["", " \n\u00a0\n", STORY, f"{STORY}\n\n{REST}", f"{LEAD}\r\n\r\n{MORE}", "🙂 word"])
def test_what_a_page_does_not_state_is_none(text: str) -> None:
    assert clean(text) == NOTHING


LINES = st.lists(
    st.sampled_from(
        [
            LEAD,
            MORE,
            STORY,
            REST,
            WIRE,
            "TAG:",
            "Share",
            "SHARE close",
            "سانا",
            "موسكو – سانا",
            "12.04.2017 | 14:59",
            "",
        ]
        + [
            "Read also:",
            "***",
            "Politics",
            "Ministers agree to talk",
            "مقالات ذات صلة",
            "BEIRUT (Reuters) - It rained.",
            "\r",
        ]
    ),
    max_size=12,
)


@given(LINES.map("\n".join) | LINES.map("\r\n".join) | st.text(max_size=120))
@example("موسكو – سانا\r\n" + "French cereal exports through the port of Rouen fell and fell\nand the " * 4 + "rest.")
def test_spans_are_in_order_apart_trimmed_and_within_the_text(text: str) -> None:
    position = 0
    for span in clean(text).spans:
        assert position <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        position = span.end


@pytest.mark.parametrize(("archive", "most"), [("reuters21578", 0.002), ("saudinewsnet", 0.002), ("antcorpus", 0.001)])
def test_hardly_a_character_of_a_bare_story_is_marked(shared: Path, archive: str, most: float) -> None:
    """These archives hold stories without page dirt; bylines, titles and the agency's signature apart."""
    dirt = {SpanKind.BOILERPLATE, SpanKind.TEASER, SpanKind.REPEAT, SpanKind.SECTION, SpanKind.DATE}
    characters = lost = 0
    with lzma.open(shared / "archives" / f"{archive}.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, 4000, 8):
            text = json.loads(line)["text"]
            characters += len(text)
            lost += sum(span.end - span.start for span in clean(text).spans if span.kind in dirt)
    assert lost / characters < most
