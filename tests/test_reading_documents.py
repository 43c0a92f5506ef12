"""PDF documents: Arabic in the order of reading from whatever order it is drawn in, paragraphs, and what is no text."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.reading import Record, read
from tests.pdf_files import ADVANCE, Glyph, pdf
from tests.reading import reason, text_of, write

pytestmark = pytest.mark.usefixtures("here")

RIGHT = 560


def drawn(units: Sequence[str], *, y: float = 700, start: float = RIGHT, size: int = 12) -> list[Glyph]:
    """A line of glyphs from the right, as an Arabic one is read; spaces are only gaps, as browsers draw them."""
    return [Glyph(unit, start - ADVANCE * place, y, size) for place, unit in enumerate(units, 1) if unit != " "]


def from_left(text: str, *, y: float = 700, size: int = 12) -> list[Glyph]:
    return [Glyph(character, 40 + ADVANCE * place, y, size) for place, character in enumerate(text)]


def shaped(text: str) -> list[str]:
    """The letters in the forms that they take alone, as older programs list them."""
    forms = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFE80, 0xFEFD)}
    return [forms.get(letter, letter) for letter in text]


SENTENCE = "قال لافروف ان تركيا لم تنفذ"


@pytest.mark.parametrize("is_turned", [False, True], ids=["as read", "as seen"])
@pytest.mark.parametrize("units", [list(SENTENCE), shaped(SENTENCE)], ids=["letters", "forms"])
def test_arabic_is_in_the_order_of_reading_and_in_letters_however_it_is_listed(
    units: list[str], is_turned: bool
) -> None:
    glyphs = drawn(units)
    assert text_of(write("a.pdf", pdf(glyphs[::-1] if is_turned else glyphs))) == SENTENCE


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (["\ufefb", " ", "\ufe91", "\ufeaa", "\ufef3", "\ufede"], "لا بديل"),
        (["لا", " ", "ب", "د", "ي", "ل"], "لا بديل"),
        (["ا", "لله", " ", "ا", "ك", "ب", "ر"], "الله اكبر"),
        (["\ufdf2", " ", "ا", "ك", "ب", "ر"], "الله اكبر"),
        (["\ufccc", "ﺎ"], "لما"),
        (["لم", "ا"], "لما"),
    ],
)
def test_a_shape_that_stands_for_several_letters_keeps_their_order(units: list[str], text: str) -> None:
    assert text_of(write("a.pdf", pdf(drawn(units)))) == text
    assert text_of(write("a.pdf", pdf(drawn(units)[::-1]))) == text


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("ماع 17/02/2020 يف", "في 17/02/2020 عام"),
        ("2020-2019 ماع", "عام 2019-2020"),
        ("%5.5 ةبسن", "نسبة 5.5%"),
        ("٣٥٫٧ غلب", "بلغ ٣٥٫٧"),
        ("Sochi 5 يف", "في Sochi 5"),
        ("تلاق The New York Times ،2020 يف", "في 2020، The New York Times قالت"),
        ("(يبنجا) لتاقم", "مقاتل (اجنبي)"),
        (")يبنجا( لتاقم", "مقاتل (اجنبي)"),
        ("«ربكا» لاق", "قال «اكبر»"),
    ],
)
def test_figures_names_and_brackets_stand_where_they_are_read(seen: str, text: str) -> None:
    page = [*from_left(seen), *drawn(SENTENCE, y=400), *drawn(SENTENCE, y=200)]
    assert text_of(write("a.pdf", pdf(page))).split("\n\n") == [text, SENTENCE, SENTENCE]


def test_an_arabic_name_in_an_english_sentence_stands_where_it_is_read() -> None:
    seen = "The minister, Lavrov (فورفال), said on Monday"
    assert text_of(write("a.pdf", pdf(from_left(seen)))) == "The minister, Lavrov (لافروف), said on Monday"


LINES = [
    "The Kremlin said on Wednesday that the coope-",
    "ration would go on. A well-known analyst told",
    "the agency that it was well-",
    "known.",
    "A second paragraph begins after a short line.",
]


def test_lines_are_joined_to_paragraphs_and_divided_words_are_whole_again() -> None:
    page = [*from_left("Kremlin: talks", y=760, size=24)]
    for place, line in enumerate(LINES):
        page += from_left(line, y=700 - 14 * place)
    page += from_left("A third stands further below.", y=600)
    assert text_of(write("a.pdf", pdf(page))).split("\n\n") == [
        "Kremlin: talks",
        "The Kremlin said on Wednesday that the cooperation would go on. A well-known analyst told the agency that it "
        "was well-known.",
        "A second paragraph begins after a short line.",
        "A third stands further below.",
    ]


def test_a_paragraph_goes_on_over_a_page_without_the_heads_between() -> None:
    pages = [
        [
            *from_left("The Daily Example", y=780),
            *from_left(f"Story {name} begins here and it is long and goes", y=700),
            *from_left(f"on over the page which is number {name} as you see", y=686),
            *from_left(str(number), y=20),
        ]
        for number, name in enumerate(("one", "two", "three"), 1)
    ]
    assert text_of(write("a.pdf", pdf(*pages))) == " ".join(
        f"Story {name} begins here and it is long and goes on over the page which is number {name} as you see"
        for name in ("one", "two", "three")
    )


LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<00> <00>]"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"%PDF-1.7\n" + bytes(range(256)), "it is no PDF, or damaged; copy it again"),
        (pdf([]), "it holds no text, only pictures (1 page); make its text with OCR"),
        (pdf([], []), "it holds no text, only pictures (2 pages); make its text with OCR"),
        (pdf(drawn(SENTENCE), trailer=LOCKED), "it is locked with a password; save it without one"),
        (
            pdf(drawn([chr(0xE000 + ord(letter) % 64) if letter != " " else " " for letter in SENTENCE])),
            "its text is garbled: 100% of it are no known letters; make its text with OCR",
        ),
        (
            pdf(drawn(["\ufffd" if place % 2 else letter for place, letter in enumerate("قالوزيرالخارج")])),
            "its text is garbled: 46% of it are no known letters; make its text with OCR",
        ),
    ],
)
def test_a_document_that_is_no_text_is_rejected_with_what_to_do(content: bytes, why: str) -> None:
    assert reason(write("a.pdf", content)) == f"cannot read 'a.pdf': {why}"


PARAGRAPHS = (
    "موسكو – سانا: أكّد وزيرُ الخارجية الروسي سيرغي لافروف أن بلاده لا ترى بديلا عن التعاون مع تركيا في 17/02/2020، "
    "وقال إن 35 ألف مقاتل (من بينهم 1,200 أجنبي) يوجدون في إدلب. وأضاف أن الاتفاق الذي وقعه الجانبان في Sochi يلزم "
    "الطرفين بتنفيذ بنوده كاملة لا سيما الفقرات المتعلقة بفصل المعارضة المعتدلة عن الإرهابيين.",
    "لا إله إلا الله، «الله أكبر»، وقالت صحيفة The New York Times إن الأسعار ارتفعت بنسبة 5.5% خلال عام ٢٠٢٠، بينما "
    "بلغت ٣٥٫٧ مليون دولار. والآن نكمل الفقرة بكلام طويل حتى تلتف الأسطر مرات عدة في الصفحة الواحدة ويُختبر جمعها.",
    "The minister, Sergey Lavrov (لافروف), said on Monday that the co-operation would continue, and that 35,000 people "
    "had returned to their homes since the agreement was signed in Sochi.",
)


@pytest.mark.browser
@pytest.mark.parametrize("font", ["serif", "'Noto Naskh Arabic'", "'Noto Sans Arabic'"])
def test_an_arabic_page_that_a_browser_printed_reads_as_it_was_written(font: str, chromium: str, here: Path) -> None:
    body = "<h1>بوتين يؤكد على ضرورة تحييد التهديد الإرهابي</h1>" + "".join(f"<p dir=auto>{one}" for one in PARAGRAPHS)
    write("a.html", f'<html lang=ar dir=rtl><meta charset=utf-8><body style="font:14pt {font}">{body}')
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    printing = ["--headless", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=a.pdf", "a.html"]
    subprocess.run([chromium, *sandbox, *printing], check=True, capture_output=True)
    text = "\n\n".join(["بوتين يؤكد على ضرورة تحييد التهديد الإرهابي", *PARAGRAPHS])
    assert list(read(here / "a.pdf")) == [Record("a.pdf", text)]
