"""The article beside a page, in a browser: from place to place, what is copied, folded, said elsewhere, and glossed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from index.types import Span, SpanKind
from tests.parts.chat_pages import ENGLISH, FIRST, SHELF, STATEMENTS, ask, computed, is_in_view, marked
from tests.parts.librarian import Librarian, answered, article, cite
from tests.parts.serving import serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'", "ignore:The copy keyword is deprecated"),
]

LONG = "How long is it?"
FOLDED = "What is folded?"
IN_ENGLISH = "What is in English?"

_LONG = article("long.txt", "".join(f"Paragraph {number} says that much is left to say.\n" for number in range(5_000)))
_PAGE = article(
    "page.txt", "SHARE\nclose\nThe minister spoke about the government of Turkey.\nmenu\nTAG:\nmore\n", "Daily"
)
_TAIL = _PAGE.text.index("menu")
_FURNISHED = replace(
    _PAGE,
    spans=(Span(0, 12, SpanKind.BOILERPLATE), Span(_TAIL, len(_PAGE.text), SpanKind.BOILERPLATE)),
)
SHELVES = Librarian(
    (
        *SHELF.shelf,
        answered(LONG, ("Long.", (cite(_LONG, "Paragraph 4900", "say."),))),
        answered(FOLDED, ("Folded.", (cite(_FURNISHED, "TAG:"),))),
        answered(IN_ENGLISH, ("English.", (cite(_FURNISHED, "The minister", "Turkey."),))),
    )
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(SHELVES) as address:
        yield address


@pytest.fixture
def chat(page: Page, address: str) -> Iterator[Page]:
    """The opened page, which must report no trouble."""
    troubles: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            troubles.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(address)
    page.locator("#question textarea").wait_for()
    yield page
    assert troubles == []


def allow_clipboard(context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def stands_at(page: Page, number: int) -> None:
    """The reader shows this one of the four statements, and says so."""
    expect(page.locator("#reader .position")).to_have_text(f"{number} of 4", timeout=20_000)
    assert marked(page, number) == STATEMENTS[number - 1].quote
    assert page.locator("#reader .path").text_content() == STATEMENTS[number - 1].article.path
    assert is_in_view(page.locator("#reader mark.current").first)
    assert page.locator(f".answer .chip[data-citation='{number}']").get_attribute("aria-current") == "true"


def test_buttons_lead_from_citation_to_citation_across_articles(chat: Page) -> None:
    ask(chat, ENGLISH)
    stands_at(chat, 1)
    back, on = chat.locator("#reader .previous"), chat.locator("#reader .next")
    assert (back.get_attribute("aria-disabled"), on.get_attribute("aria-disabled")) == ("true", "false")
    for number in (2, 3, 4):
        on.click()
        stands_at(chat, number)
        assert on.evaluate("button => button === document.activeElement")
    chat.keyboard.press("Enter")
    stands_at(chat, 4)
    assert on.get_attribute("aria-disabled") == "true"
    back.click()
    stands_at(chat, 3)


def test_keys_lead_from_citation_to_citation_where_the_reader_has_the_focus(chat: Page) -> None:
    ask(chat, ENGLISH)
    stands_at(chat, 1)
    chat.locator("#reader").focus()
    for key, number in (("n", 2), ("n", 3), ("p", 2), ("ArrowRight", 3), ("ArrowLeft", 2)):
        chat.keyboard.press(key)
        stands_at(chat, number)
    chat.locator("#question textarea").focus()
    chat.keyboard.press("n")
    stands_at(chat, 2)
    assert chat.locator("#question textarea").input_value() == "n"


def test_an_arabic_interface_is_worked_from_the_right(chat: Page) -> None:
    chat.locator(".to-arabic").click()
    ask(chat, ENGLISH)
    expect(chat.locator("#reader .position")).to_have_text("1 من 4")
    back, on = (chat.locator(f"#reader .{name}").bounding_box() for name in ("previous", "next"))
    assert back is not None
    assert on is not None
    assert on["x"] < back["x"]
    chat.locator("#reader").focus()
    chat.keyboard.press("ArrowLeft")
    expect(chat.locator("#reader .position")).to_have_text("2 من 4")
    assert computed(chat.locator("#reader .tools"), "direction") == "rtl"


def test_a_citation_is_copied_with_its_quotation_its_source_and_its_place(chat: Page) -> None:
    allow_clipboard(chat.context)
    ask(chat, ENGLISH)
    stands_at(chat, 1)
    chat.locator("#reader .copy-citation").click()
    expect(chat.locator("#reader .copy-citation")).to_have_text("Copied")
    cited = STATEMENTS[0]
    assert copied(chat) == (
        f"“{cited.quote}”\n{FIRST.title} · {FIRST.agency} · {FIRST.path} · characters {cited.start}–{cited.end}"
    )
    assert chat.locator("#opened").text_content() == "Copied"
    expect(chat.locator("#reader .copy-citation")).to_have_text("Copy citation")


def test_a_copied_link_opens_the_article_at_the_same_words(chat: Page) -> None:
    allow_clipboard(chat.context)
    ask(chat, ENGLISH)
    chat.locator("#reader .next").click()
    stands_at(chat, 2)
    chat.locator("#reader .copy-link").click()
    expect(chat.locator("#reader .copy-link")).to_have_text("Copied")
    chat.goto(copied(chat))
    assert marked(chat, 1) == STATEMENTS[1].quote
    assert is_in_view(chat.locator("#reader mark.current").first)
    expect(chat.locator("#reader .steps")).to_be_hidden()


def test_a_link_to_a_place_that_is_not_there_opens_the_article_and_says_so(chat: Page, address: str) -> None:
    chat.goto(f"{address}/?article={FIRST.id}&start=5&end=99999999")
    expect(chat.locator("#reader .note")).to_have_text("The link names a place that this article does not have.")
    assert chat.locator("#reader .article-text").text_content() == FIRST.text
    assert chat.locator("#reader mark").count() == 0
    expect(chat.locator("#reader .copy-citation")).to_be_hidden()


def test_an_article_that_is_gone_is_said_to_be(page: Page, address: str) -> None:
    page.goto(f"{address}/?article=gone&start=1&end=2")
    expect(page.get_by_role("alert")).to_have_text("This article is no longer in the archive.")


def test_a_program_that_was_stopped_is_said_to_be(page: Page) -> None:
    with serving(SHELVES) as address:
        page.goto(address)
        ask(page, ENGLISH)
        stands_at(page, 1)
    page.locator(".answer .chip[data-citation='4']").click()
    expect(page.get_by_role("alert")).to_have_text("The program cannot be reached. Was it stopped?")


def test_furniture_is_folded_until_it_is_asked_for_or_cited(chat: Page) -> None:
    ask(chat, FOLDED)
    assert marked(chat, 1) == "TAG:"
    assert is_in_view(chat.locator("#reader mark.current"))
    first, last = chat.locator("#reader .furniture").nth(0), chat.locator("#reader .furniture").nth(1)
    summary = first.locator("summary")
    assert summary.get_attribute("aria-label") == "Page furniture, 2 lines"
    assert "Page furniture, 2 lines" in computed_before(chat, "summary")
    expect(first.locator("p").first).to_be_hidden()
    expect(last.locator("p").first).to_be_visible()
    summary.focus()
    chat.keyboard.press("Enter")
    expect(first.locator("p").first).to_be_visible()
    last.locator("summary").click()
    expect(last.locator("p").first).to_be_hidden()
    chat.locator(".answer .chip").click()
    assert is_in_view(chat.locator("#reader mark.current"))
    assert chat.locator("#reader .article-text").text_content() == _FURNISHED.text


def computed_before(page: Page, selector: str) -> str:
    return str(page.locator(f"#reader {selector}").first.evaluate("e => getComputedStyle(e, '::before').content"))


def test_what_the_speaker_says_elsewhere_follows_the_article_and_opens_it(chat: Page) -> None:
    ask(chat, ENGLISH)
    stands_at(chat, 1)
    items = chat.locator("#reader .said li")
    items.first.wait_for()
    assert "سيرغي لافروف" in (chat.locator("#reader .said h3").text_content() or "")
    count = items.count()
    assert count > 1
    words = items.last.locator(".words").text_content() or ""
    items.last.locator(".chip").click()
    expect(chat.locator("#reader .position")).to_have_text(f"{count} of {count}")
    assert words[:20] in " ".join(marked(chat, count).split())
    chat.locator(".answer .chip[data-citation='2']").click()
    stands_at(chat, 2)


def glossed(page: Page, text: str) -> None:
    """The tip says this, and belongs to the word that it is shown for."""
    expect(page.locator("#gloss strong")).to_have_text(text)
    expect(page.locator("#gloss")).to_be_visible()
    assert page.locator("[aria-describedby='gloss']").count() == 1


def test_a_word_of_evidence_is_glossed_on_hover_until_the_pointer_or_escape_says_otherwise(chat: Page) -> None:
    ask(chat, ENGLISH)
    word = chat.locator("#reader mark.current .glossed", has_text="وزير").first
    word.hover()
    glossed(chat, "minister")
    assert chat.locator("#gloss span").text_content() == "machine gloss"
    chat.locator("#gloss").hover()
    chat.wait_for_timeout(400)
    glossed(chat, "minister")
    chat.keyboard.press("Escape")
    expect(chat.locator("#gloss")).to_be_hidden()
    word.hover()
    glossed(chat, "minister")
    chat.locator("#masthead h1").hover()
    expect(chat.locator("#gloss")).to_be_hidden()
    assert marked(chat, 1) == STATEMENTS[0].quote


def test_words_are_glossed_by_keyboard(chat: Page) -> None:
    ask(chat, ENGLISH)
    words = chat.locator("#reader .glossed")
    words.first.wait_for()
    assert words.evaluate_all("words => words.filter((word) => word.tabIndex === 0).length") == 1
    words.first.focus()
    first = words.first.get_attribute("data-gloss") or ""
    glossed(chat, first)
    chat.keyboard.press("ArrowLeft")
    glossed(chat, words.nth(1).get_attribute("data-gloss") or "")
    chat.keyboard.press("ArrowRight")
    glossed(chat, first)


def test_glosses_switched_off_stay_off(chat: Page) -> None:
    ask(chat, ENGLISH)
    words, button = chat.locator("#reader .glossed"), chat.locator("#reader button.glosses")
    words.first.wait_for()
    button.click()
    expect(words).to_have_count(0)
    assert marked(chat, 1) == STATEMENTS[0].quote
    chat.reload()
    ask(chat, ENGLISH)
    stands_at(chat, 1)
    assert button.get_attribute("aria-pressed") == "false"
    chat.wait_for_timeout(300)
    assert words.count() == 0
    button.click()
    words.first.wait_for()


def test_a_reader_of_arabic_has_english_glossed_and_arabic_left_alone(chat: Page) -> None:
    chat.locator(".to-arabic").click()
    ask(chat, IN_ENGLISH)
    chat.locator("#reader .glossed", has_text="Turkey").hover()
    glossed(chat, "تركيا")
    assert chat.locator("#gloss span").text_content() == "معنى آلي للاستئناس"
    ask(chat, ENGLISH)
    expect(chat.locator("#reader .path")).to_have_text(FIRST.path)
    expect(chat.locator("#reader button.glosses")).to_be_hidden()


def test_an_article_of_five_thousand_paragraphs_opens_at_once(chat: Page) -> None:
    ask(chat, LONG)
    assert marked(chat, 1).startswith("Paragraph 4900")
    seconds = chat.evaluate(
        """async () => {
            const chip = document.querySelector(".answer .chip");
            document.dispatchEvent(new CustomEvent("isnad:read", { detail: {} }));
            const started = performance.now();
            chip.click();
            while (!document.querySelector("#reader mark.current")) await new Promise(requestAnimationFrame);
            document.getElementById("reader").getBoundingClientRect();
            return (performance.now() - started) / 1000;
        }"""
    )
    assert is_in_view(chat.locator("#reader mark.current"))
    assert seconds < 2  # some tenths of a second on an idle machine


def test_on_a_small_screen_the_way_on_stays_in_sight(chat: Page) -> None:
    chat.set_viewport_size({"width": 390, "height": 844})
    chat.emulate_media(reduced_motion="reduce")
    ask(chat, ENGLISH).locator(".answer .chip[data-citation='1']").click()
    stands_at(chat, 1)
    chat.locator("#reader .next").click()
    stands_at(chat, 2)
    assert is_in_view(chat.locator("#reader .next"))
    chat.locator(".back").click()
    assert is_in_view(chat.locator(".answer .chip[data-citation='1']"))
    for width in (320, 360, 768):
        chat.set_viewport_size({"width": width, "height": 844})
        assert chat.evaluate("document.documentElement.scrollWidth") == width
