"""HTML pages: the story, what the head states of it, and pages that hold none."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from index.reading import Decoded, Record, read
from tests.reading import read_as, reason, write

pytestmark = pytest.mark.usefixtures("here")

PARAGRAPHS = (
    "موسكو – سانا: أكد وزير الخارجية الروسي سيرغي لافروف أن بلاده لا ترى بديلا عن التعاون مع تركيا في تسوية الأزمة.",
    "وقال لافروف في مؤتمر صحفي: «إن الاتفاق الذي وقعه الجانبان في سوتشي يلزم الطرفين بتنفيذ بنوده كاملة، ولا سيما "
    "الفقرات المتعلقة بفصل المعارضة عن الإرهابيين».",
    "وأضاف أن الوضع في إدلب لا يزال متوترا، وأن بلاده ستواصل دعم الجيش السوري حتى استعادة كامل الأراضي.",
)
HEAD = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}">
<title>لافروف: لا بديل عن التعاون مع تركيا | صحيفة المثال</title>
<link rel="canonical" href="https://example.org/news/2020/02/lavrov">
<meta property="og:title" content="لافروف: لا بديل عن التعاون مع تركيا">
<meta property="og:site_name" content="صحيفة المثال"><meta name="author" content="رنيم حنوش">
<meta property="article:published_time" content="2020-02-17T10:30:00+03:00"></head>"""
AROUND = """<body><header><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/sport">رياضة</a></li></ul></nav>
</header><main>{article}<aside><h3>اقرأ أيضا</h3><ul><li><a href="/1">أسعار النفط ترتفع</a></li></ul></aside></main>
<footer><p>جميع الحقوق محفوظة © صحيفة المثال 2020</p></footer></body></html>"""
ARTICLE = "<article><h1>لافروف: لا بديل عن التعاون مع تركيا</h1>" + "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
NO_ARTICLE = "the page holds no article, only headings or links; pass the page of one article"


def page(charset: str = "utf-8", article: str = ARTICLE + "</article>") -> str:
    return HEAD.format(charset=charset) + AROUND.format(article=article)


def record(path: str) -> Record:
    return Record(
        path=path,
        text="\n\n".join(["لافروف: لا بديل عن التعاون مع تركيا", *PARAGRAPHS]),
        title="لافروف: لا بديل عن التعاون مع تركيا",
        source="صحيفة المثال",
        url="https://example.org/news/2020/02/lavrov",
        author="رنيم حنوش",
        published=date(2020, 2, 17),
    )


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.html"])
def test_a_page_is_its_story_with_what_its_head_states(name: str) -> None:
    assert list(read(write(name, page()))) == [record(name)]


@pytest.mark.parametrize(
    ("encoding", "charset", "said"),
    [
        ("windows-1256", "windows-1256", "Windows-1256"),
        ("windows-1256", "utf-8", "Windows-1256"),
        ("windows-1256", "no-such-charset", "Windows-1256"),
        ("utf-16", "utf-16", "UTF-16"),
    ],
)
def test_a_page_is_read_in_its_own_encoding_also_where_it_states_a_wrong_one(
    encoding: str, charset: str, said: str
) -> None:
    assert read_as(write("a.html", page(charset).encode(encoding))) == [Decoded("a.html", said), record("a.html")]


def test_a_page_that_is_utf_8_is_read_as_such_whatever_it_states() -> None:
    assert read_as(write("a.html", page("windows-1256"))) == [record("a.html")]
    declared = f'<?xml version="1.0" encoding="utf-8"?>\n{page()}'
    assert read_as(write("a.html", declared)) == [record("a.html")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"<html><body></body></html>", NO_ARTICLE),
        (b"no page at all", NO_ARTICLE),
        (b"<p>We use cookies.</p><button>Accept</button>", NO_ARTICLE),
        (b"<ul>" + b"".join(b"<li><a href=/%d>Story number %d</a></li>" % (n, n) for n in range(99)), NO_ARTICLE),
        (b"<p>" + bytes(range(256)), "it is binary, not text"),
        (b"<p>text</p>" * 10**6, "a page of more than 5 MB; take the article out of it"),
    ],
)
def test_a_page_without_an_article_is_rejected_in_one_line(content: bytes, why: str) -> None:
    assert reason(write("a.html", content)) == f"cannot read 'a.html': {why}"
    assert reason(write("a.html", page(article="").encode())) == f"cannot read 'a.html': {NO_ARTICLE}"


def test_elements_within_elements_without_end_take_no_time() -> None:
    begun = time.monotonic()
    count = 450_000
    nested = write("a.html", "<html><body>" + "<div>" * count + "</div>" * count)
    assert reason(nested) == f"cannot read 'a.html': {NO_ARTICLE}"
    Path("b.html").write_bytes(b"<div>" * 4_000_000)
    assert reason(Path("b.html")) == "cannot read 'b.html': a page of more than 5 MB; take the article out of it"
    assert time.monotonic() - begun < 20
