"""Cleaning finds what a page states, its title, day, agency and place; it invents nothing."""

from __future__ import annotations

from datetime import date

import pytest

from index.cleaning.clean import clean
from tests.parts.cleaned import LEAD, MORE, REST, STORY, facts, marked
from tests.parts.places import SEEDS

ARTICLES = sorted(SEEDS.glob("0*.txt"))


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
    text = ARTICLES[number].read_bytes().decode("utf-8")
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
