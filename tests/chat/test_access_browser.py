"""Every page of the chat in a browser, for all its readers: axe-core's rules, the keyboard alone, no motion, width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from assistant.chat.access.accounts import Accounts, Password
from assistant.chat.conversations.store import Conversations
from assistant.holdings.intake import Intake
from tests.parts.chat_pages import MARKS, watched
from tests.parts.chat_states import QUESTIONS, SPEAKERS, STATES, TEXTS, archive_page
from tests.parts.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.ask import Assistant
    from index.types import Language

pytestmark = MARKS

LOCALES: dict[Language, str] = {"en": "en-GB", "ar": "ar"}
LANGUAGES = pytest.mark.parametrize("language", list(LOCALES))
MOST_STOPS = 150
"""More stops of the Tab key than any of these pages has; who makes more is caught somewhere."""

FOCUS = """() => {
    const focused = document.activeElement;
    if (focused === document.body) return null;
    const shows = (element) => {
        const style = element && getComputedStyle(element);
        return style && ((style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2)
            || (element !== focused && style.boxShadow !== "none"));
    };
    const box = focused.getBoundingClientRect();
    return {
        markup: focused.outerHTML.slice(0, 120),
        isVisible: [focused, focused.nextElementSibling, focused.closest("#question")].some(shows),
        isSeen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    };
}"""


FROM_THE_START = (
    "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
)
"""After it the Tab key comes to the first stop of the page."""


@pytest.fixture(scope="module")
def address(seed_assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the chat is served over the seed articles, with examples and conversations."""
    kept = Conversations(tmp_path_factory.mktemp("kept"))
    with serving(seed_assistant, list(QUESTIONS.values()), kept) as address:
        yield address
    kept.close()


@pytest.fixture(scope="module")
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens pages for readers of a language, which must ask nothing of another machine and report no error."""
    contexts, watches = [], []

    def open_page(language: Language, **options: Any) -> Page:  # noqa: ANN401
        contexts.append(
            browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}, locale=LOCALES[language])
        )
        page = contexts[-1].new_page()
        watches.append(watched(page, "http://127.0.0.1:"))
        watches[-1].__enter__()
        return page

    yield open_page
    for watch in watches:
        watch.__exit__(None, None, None)
    for context in contexts:
        context.close()


def find_violations(page: Page, axe: str) -> list[str]:
    """Everything that axe-core finds wrong with a page as it is, light and dark, wide and narrow."""
    page.locator("main, [role=main]").first.wait_for()  # gradio, which comes later, brings the landmark
    page.evaluate(axe)
    page.emulate_media(reduced_motion="reduce")  # no colour is measured halfway to another
    found = []
    for width, is_dark in ((1280, False), (1280, True), (390, True), (390, False)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("isDark => document.body.classList.toggle('dark', isDark)", is_dark)
        outcome = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")
        assert len(outcome["passes"]) > 15
        found += [
            f"{width} {'dark' if is_dark else 'light'} {violation['id']} ({violation['impact']}): {node['target']}"
            for violation in outcome["violations"]
            for node in violation["nodes"]
        ]
    return found


@LANGUAGES
@pytest.mark.parametrize("state", list(STATES))
def test_axe_finds_nothing_wrong_with_a_page(
    opened: Callable[..., Page], address: str, axe: str, state: str, language: Language
) -> None:
    page = opened(language)
    STATES[state](page, address, language)
    assert find_violations(page, axe) == []


@LANGUAGES
def test_axe_finds_nothing_wrong_where_articles_are_added_and_removed(
    opened: Callable[..., Page], seed_assistant: Assistant, tmp_path: Path, axe: str, language: Language
) -> None:
    with serving(seed_assistant, intake=Intake(tmp_path)) as address:
        page = opened(language)
        archive_page(page, address, language)
        assert find_violations(page, axe) == []
        page.locator("button.remove").click()
        page.locator("dialog.confirm").wait_for()
        assert find_violations(page, axe) == []


@LANGUAGES
def test_axe_finds_nothing_wrong_where_somebody_signs_in(
    opened: Callable[..., Page], seed_assistant: Assistant, axe: str, language: Language
) -> None:
    with serving(seed_assistant, accounts=Accounts({"a": Password.of("b")})) as address:
        page = opened(language)
        page.goto(f"{address}/login")
        page.locator("[name=password]").wait_for()
        assert find_violations(page, axe) == []


@LANGUAGES
@pytest.mark.parametrize("state", list(STATES))
def test_no_page_is_wider_than_its_window(
    opened: Callable[..., Page], address: str, state: str, language: Language
) -> None:
    page = opened(language)
    STATES[state](page, address, language)
    for width in (1920, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


class Keys(NamedTuple):
    """How a page is used by its keys: where one tabs to, what is typed there, and what appears."""

    path: str
    steps: tuple[tuple[str, str, str], ...]


def keys_of(language: Language) -> dict[str, Keys]:
    """What each page is for, done by keys; the last step opens an article."""
    article = "#reader .article-text"
    return {
        "ask": Keys(
            "",
            (
                ("#question textarea", QUESTIONS[language], "#question textarea"),
                ("#question .submit-button", "Enter", ".turn .answer"),
                ("#question .fold", "Enter", "#filters"),
                (".turn .audit summary", "Enter", ".turn .audit table"),
                (".turn .answer .chip", "Enter", article),
                ("#reader .step.next", "Enter", "#reader .chip[aria-current=true]"),
            ),
        ),
        "check": Keys(
            "check",
            (
                ("#checked", TEXTS[language], "#checked"),
                ("form.check .primary", "Enter", ".report .keep"),
                (".toggle.supported", "Enter", ".toggle.supported[aria-pressed=true]"),
                (".finding.supported .chip", "Enter", article),
            ),
        ),
        "statements": Keys(
            "statements",
            (
                ("#speaker", SPEAKERS[language], "#speaker"),
                ("form.find .primary", "Enter", ".statement"),
                (".statement .chip", "Enter", article),
            ),
        ),
        "archive": Keys(
            "archive",
            (
                ("form.find .primary", "Enter", ".articles tbody tr"),
                (".figures > summary", "Enter", ".figures .plot"),
                (".articles .open", "Enter", article),
            ),
        ),
    }


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus, round the page at most once."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the Tab key never comes to {selector}")


@LANGUAGES
@pytest.mark.parametrize("name", ["ask", "check", "statements", "archive"])
def test_a_page_is_used_by_keyboard_alone_its_focus_in_sight_and_never_caught(
    opened: Callable[..., Page], address: str, name: str, language: Language
) -> None:
    page = opened(language)
    path, steps = keys_of(language)[name]
    page.goto(f"{address}/{path}")
    page.locator(".example" if name == "ask" else "#desk form").first.wait_for()
    for selector, typed, outcome in steps:
        tab_to(page, selector)
        if typed == "Enter":
            page.keyboard.press("Enter")
        else:
            page.keyboard.insert_text(typed)
        page.locator(outcome).first.wait_for()
    page.evaluate(FROM_THE_START)
    stops: list[dict[str, object]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(FOCUS)) is None and stops:
            break
        if stop is not None:
            stops.append(stop)
    else:
        raise AssertionError(f"the Tab key does not leave the page: {stops[-5:]}")
    assert [stop for stop in stops if not (stop["isVisible"] and stop["isSeen"])] == []


@pytest.mark.parametrize("state", list(STATES))
def test_nothing_moves_where_a_reader_wants_no_motion(opened: Callable[..., Page], address: str, state: str) -> None:
    page = opened("en", viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    page.add_init_script(
        """window.smooth = [];
        for (const name of ["scroll", "scrollTo", "scrollBy", "scrollIntoView"]) {
            const own = Element.prototype[name];
            Element.prototype[name] = function (...given) {
                if (given[0]?.behavior === "smooth") window.smooth.push(name);
                return own.apply(this, given);
            };
        }
        document.addEventListener("animationstart", (event) => window.smooth.push(event.animationName), true);
        document.addEventListener("transitionrun", (event) => window.smooth.push(event.propertyName), true);"""
    )
    STATES[state](page, address, "en")
    assert page.evaluate("window.smooth") == []
    assert page.evaluate("document.getAnimations().length") == 0
