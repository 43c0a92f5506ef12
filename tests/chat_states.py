"""The chat's pages, each in a state in which there is much to see: for tests of all of them, and for pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from index.types import Language

QUESTIONS: dict[Language, str] = {"en": "what did Lavrov say about Turkey", "ar": "ماذا قال لافروف عن تركيا"}
SPEAKERS: dict[Language, str] = {"en": "Lavrov", "ar": "لافروف"}
TEXTS: dict[Language, str] = {
    "en": "Lavrov said that Turkey has not fulfilled its obligations on Idlib. Tillerson arrived in Moscow on Tuesday."
    " Japan announced a new budget for fisheries in 1950.\n\n"
    'Peskov told reporters: "تخلي موسكو عن الأسد غير ممكن على الإطلاق".',
    "ar": "قال لافروف إن تركيا لم تفِ بالتزاماتها في إدلب. وصل تيلرسون إلى موسكو يوم الثلاثاء."
    " أعلنت اليابان ميزانية جديدة لمصائد الأسماك عام 1950.\n\n"
    'وقال بيسكوف للصحفيين: "تخلي موسكو عن الأسد غير ممكن على الإطلاق".',
}


def open_article(page: Page) -> None:
    """Open the first article that the page's column leads to."""
    page.locator("#desk .chip[data-article]").first.click()
    page.locator("#reader .article-text").wait_for()


def answer(page: Page, address: str, language: Language) -> None:
    """An answer, and the article of its first citation."""
    page.goto(address)
    page.locator(".example").first.wait_for()
    page.fill("#question textarea", QUESTIONS[language])
    page.press("#question textarea", "Enter")
    page.locator(".turn .answer").wait_for()
    page.locator("#question .submit-button").wait_for()
    open_article(page)


def ask_page(page: Page, address: str, language: Language) -> None:
    """The same, with the answer's audit and the filters."""
    answer(page, address, language)
    page.locator(".turn .audit summary").click()
    page.locator(".turn .findings table").wait_for()
    page.locator("#question .fold").click()


def conversations(page: Page, address: str, language: Language) -> None:
    """The list of conversations, over the page where it has no room beside it."""
    ask_page(page, address, language)
    if page.locator(".list-opener").is_visible():
        page.locator(".list-opener").click()
    page.locator(".kept-list .days li").first.wait_for()


def check_page(page: Page, address: str, language: Language) -> None:
    """The verdicts on a text, and the article of the first evidence."""
    page.goto(f"{address}/check")
    page.locator("#checked").wait_for()
    page.fill("#checked", TEXTS[language])
    page.click("form.check button.primary")
    page.locator(".report .keep").wait_for()
    open_article(page)


def statements_page(page: Page, address: str, language: Language) -> None:
    """The statements of a speaker, and the article of the first."""
    page.goto(f"{address}/statements?speaker={SPEAKERS[language]}")
    page.locator(".statement").first.wait_for()
    open_article(page)


def archive_list(page: Page, address: str, language: Language) -> None:
    """The list of articles, and the first of them."""
    page.goto(f"{address}/archive")
    open_article(page)


def archive_page(page: Page, address: str, language: Language) -> None:
    """The same, with figures and plots, and with what adds and removes articles where that may be done."""
    archive_list(page, address, language)
    page.locator("details.figures summary").first.click()
    page.locator(".figures .plot").first.wait_for()
    if page.locator("details.add").count():
        page.locator("details.add > summary").click()
        page.locator(".articles .all").check()


def evaluation_figures(page: Page, address: str, language: Language) -> None:
    """The figures of a run of the seed articles' questions."""
    page.goto(f"{address}/evaluation")
    page.locator("select[name=chosen] option[value='packaged/seeds']").wait_for(state="attached")
    page.select_option("select[name=chosen]", "packaged/seeds")
    page.click("form.ask-set button.primary")
    page.locator(".evaluated .card").first.wait_for()


def evaluation_page(page: Page, address: str, language: Language) -> None:
    """The same, with a question that went wrong, and the article of its answer or its gold."""
    evaluation_figures(page, address, language)
    page.locator("details.outcome[open] .question summary").first.click()
    open_article(page)


STATES: dict[str, Callable[[Page, str, Language], None]] = {
    "ask": ask_page,
    "conversations": conversations,
    "check": check_page,
    "statements": statements_page,
    "archive": archive_page,
    "evaluation": evaluation_page,
}
"""By name: what brings a new page of the chat at an address, in a language, into the state."""
