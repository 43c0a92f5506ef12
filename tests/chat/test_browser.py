"""The chat in a browser: opening citations, both directions, hostile text, contrast, small screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from tests.parts.chat_pages import (
    ARABIC,
    ATTACK,
    ATTACKS,
    ENGLISH,
    FIRST,
    HOSTILE,
    JAPAN,
    MARKS,
    PAGE,
    STATEMENTS,
    WHEN,
    WHEN_AR,
    ask,
    computed,
    is_in_view,
    marked,
)
from tests.parts.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.ask import Assistant

pytestmark = MARKS


def test_a_clicked_citation_shows_its_very_words_in_the_article(chat: Page) -> None:
    turn = ask(chat, ENGLISH)
    for number, citation in enumerate(STATEMENTS, 1):
        turn.locator(f".answer .chip[data-citation='{number}']").click()
        assert marked(chat, number) == citation.quote
        mark = chat.locator(f"#reader mark[data-citation='{number}']").first
        assert "current" in (mark.get_attribute("class") or "")
        assert is_in_view(mark)
        assert chat.locator("#reader .article-text").text_content() == citation.article.text
        assert chat.locator("#reader .path").text_content() == citation.article.path
        assert chat.locator("#opened").text_content() == turn.locator(
            f".answer .chip[data-citation='{number}']"
        ).get_attribute("aria-label")


def test_the_lavrov_question_asked_of_the_seed_articles_leads_to_the_very_words(
    page: Page, seed_assistant: Assistant
) -> None:
    with serving(seed_assistant) as address:
        for question in (ENGLISH, ARABIC):
            answer = seed_assistant.ask(question)
            page.goto(address)
            turn = ask(page, question)
            assert turn.locator(".answer .sentence").count() == len(answer.sentences)
            for number, citation in enumerate(answer.citations, 1):
                turn.locator(f".answer .chip[data-citation='{number}']").first.click()
                assert marked(page, number) == citation.quote
                assert page.locator("#reader .article-text").text_content() == citation.article.text
                assert page.locator("#reader .path").text_content() == citation.article.path


def test_every_run_that_an_answer_cites_in_an_article_is_highlighted_the_clicked_one_stands_out(chat: Page) -> None:
    ask(chat, ENGLISH).locator(".answer .chip[data-citation='2']").click()
    assert (marked(chat, 1), marked(chat, 2)) == (STATEMENTS[0].quote, STATEMENTS[1].quote)
    first, second = (chat.locator(f"#reader mark[data-citation='{number}']").first for number in (1, 2))
    assert computed(first, "backgroundColor") != computed(second, "backgroundColor")
    chat.locator("#reader .runs .chip[data-citation='1']").click()
    assert chat.locator("mark.current").all_text_contents() == [STATEMENTS[0].quote]


def test_a_citation_opens_by_keyboard_with_its_focus_visible(chat: Page) -> None:
    turn = ask(chat, ENGLISH)
    chip = turn.locator(".answer .chip[data-citation='4']")
    turn.locator(".answer .chip[data-citation='3']").focus()
    chat.keyboard.press("Tab")
    assert chip.evaluate("chip => chip === document.activeElement")
    assert computed(chip, "outlineStyle") == "solid"
    chat.keyboard.press("Enter")
    assert marked(chat, 4) == STATEMENTS[3].quote
    assert chip.get_attribute("aria-current") == "true"


def test_an_answer_opens_its_first_citation_and_a_decline_closes_it(chat: Page) -> None:
    ask(chat, ENGLISH)
    assert marked(chat, 1) == STATEMENTS[0].quote
    ask(chat, JAPAN)
    assert chat.locator("#reader mark").count() == 0


def test_both_languages_keep_their_direction_in_one_conversation(chat: Page) -> None:
    english, arabic = ask(chat, ENGLISH), ask(chat, ARABIC)
    assert computed(english.locator(".question"), "direction") == "ltr"
    assert computed(english.locator(".sentence p").first, "direction") == "ltr"
    assert computed(english.locator(".sentence blockquote").first, "direction") == "rtl"
    assert computed(arabic.locator(".question"), "direction") == "rtl"
    assert computed(arabic.locator(".sentence p").first, "direction") == "rtl"
    assert computed(arabic.locator(".verdict"), "direction") == "rtl"
    assert computed(chat.locator("#reader .article-text p").first, "direction") == "rtl"
    assert chat.locator(".chip").count() == chat.locator("bdi > .chip").count()
    for paragraph in (english.locator("blockquote").first, arabic.locator(".sentence p").first):
        edges = paragraph.evaluate(
            """paragraph => {
                const letters = document.createRange();
                letters.setStart(paragraph.firstChild, 0);
                letters.setEnd(paragraph.firstChild, 10);
                const line = letters.getBoundingClientRect(), box = paragraph.getBoundingClientRect();
                return [box.right - line.right, line.left - box.left];
            }"""
        )
        assert edges[0] < 2 < edges[1]


def test_the_question_box_follows_what_is_typed(chat: Page) -> None:
    box = chat.locator("#question textarea")
    box.focus()
    for question, direction in ((ARABIC, "rtl"), (ENGLISH, "ltr")):
        box.fill(question)
        assert computed(box, "direction") == direction


def test_hostile_text_stays_text(chat: Page) -> None:
    turn = ask(chat, HOSTILE)
    for number, citation in enumerate(ATTACKS, 1):
        turn.locator(f".answer .chip[data-citation='{number}']").click()
        assert marked(chat, number) == citation.quote
    assert chat.locator("#reader .article-text").text_content() == PAGE.text
    assert turn.locator(".sentence p").evaluate("p => p.firstChild.textContent") == f"It says {ATTACK}"
    assert chat.locator("#workspace :is(script, img)").count() == 0
    assert chat.evaluate("window.hacked") is None


def test_a_small_screen_stacks_the_article_and_leads_there_and_back(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    turn = ask(page, ARABIC)
    chip = turn.locator(".answer .chip[data-citation='2']")
    chip.click()
    mark = page.locator("#reader mark.current[data-citation='2']").first
    mark.wait_for()
    assert is_in_view(mark)
    page.locator(".back").click()
    assert is_in_view(chip)
    assert chip.evaluate("chip => chip === document.activeElement")
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> None:
    """Contrast of at least 4.5 to 1 (WCAG 2.2, success criterion 1.4.3)."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    ask(page, JAPAN)
    ask(page, ENGLISH)
    page.locator("mark.current").first.wait_for()
    low = page.evaluate(
        """() => {
            const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            const channels = (color) => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = color;
                canvas.fillRect(0, 0, 1, 1);
                return canvas.getImageData(0, 0, 1, 1).data;
            };
            const luminance = (color) => {
                const [r, g, b] = [...channels(color)].map((value) => value / 255)
                    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ground = (element) => {
                for (; element; element = element.parentElement) {
                    const color = getComputedStyle(element).backgroundColor;
                    if (channels(color)[3] === 255) return color;
                }
                return "white";
            };
            const low = [];
            for (const selector of [
                "#masthead h1", "#masthead nav a", "#masthead nav a[aria-current]", ".to-arabic",
                ".question", ".sentence p", ".answer .chip", ".chip[aria-current]",
                ".sources h3", ".source .name", ".source .fact", ".verdict", ".declined h3", ".declined > p",
                ".declined h4", ".excerpt", ".article-head h2", ".article-head .meta", ".article-text p",
                "mark.current",
            ]) {
                const element = document.querySelector(selector);
                const both = [luminance(getComputedStyle(element).color), luminance(ground(element))].sort();
                const contrast = (both[1] + 0.05) / (both[0] + 0.05);
                if (contrast < 4.5) low.push([selector, contrast]);
            }
            return low;
        }"""
    )
    assert low == []
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == scheme
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("question", [WHEN, WHEN_AR])
def test_what_was_asked_for_stands_out_in_the_answer_and_in_the_article(
    chat: Page, question: str, scheme: Literal["light", "dark"]
) -> None:
    chat.emulate_media(color_scheme=scheme)
    turn = ask(chat, question)
    for asked, around in (
        (turn.locator(".answer mark.asked"), turn.locator(".answer .sentence > :last-child")),
        (chat.locator("#reader .asked"), chat.locator("#reader mark.current").first),
    ):
        assert asked.all_text_contents() == ["يوم الثلاثاء"]
        weight, plain = (
            int(place.evaluate("element => getComputedStyle(element).fontWeight")) for place in (asked, around)
        )
        assert weight > plain
        expect(asked).to_be_visible()
    assert turn.locator(".source.also .name").all_text_contents() == [FIRST.title]
