"""The page of a report in a browser, opened from its file: filters, order, both languages, hostile text, no script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from eval.baseline import compare, scores_of
from eval.outcome import Outcome
from eval.page.page import to_html
from eval.run import Report
from tests.parts.rows import DECLINED, ENDS, EVERY, GOLD, RIGHT, UNBACKED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ATTACK = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>\"'</p></details></main>"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a question for each outcome, the first one hostile, compared with a baseline."""
    evil = replace(GOLD, text=ATTACK, path=ATTACK, before=ATTACK, after=ATTACK)
    hostile = replace(
        UNBACKED, set=ATTACK, id=ATTACK, question=ATTACK, answer=(ATTACK,), gold=(evil,), evidence=(evil,)
    )
    hostile = replace(hostile, tags=(ATTACK,), notes=(ATTACK,), history=(ATTACK,), answers=(ATTACK,))
    rows = (hostile, replace(DECLINED, id="r", reason=ATTACK), replace(DECLINED, id="e", error=ATTACK), *EVERY.rows)
    report = Report(rows, system=ATTACK, commit=ATTACK, sets={ATTACK: ATTACK})
    known = {one.key: dict.fromkeys(one.scores, 0.5) for one in scores_of(report)}
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(to_html(report, compare(scores_of(report), known)), encoding="utf-8")
    return file


@pytest.fixture
def opened(page: Page, file: Path) -> Iterator[Page]:
    """The page, opened from its file; whatever it complains of fails the test, and so does any request beside it."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url))
    page.goto(file.as_uri())
    yield page
    assert complaints == [file.as_uri()]


def _shown(page: Page) -> list[str]:
    questions = page.locator(".question:visible")
    return [questions.nth(number).get_attribute("data-outcome") or "" for number in range(questions.count())]


def test_what_went_wrong_comes_first_and_another_order_can_be_chosen(opened: Page) -> None:
    first = _shown(opened)
    assert first == sorted(first, key=lambda found: list(Outcome).index(Outcome(found)))
    opened.get_by_label("Order").select_option("as in the set")
    assert _shown(opened)[3:] == [found.value for found in ENDS]
    opened.get_by_label("Order").select_option("slowest first")
    assert _shown(opened)[0] == "answered_unanswerable"


def test_questions_are_filtered_by_outcome_and_by_words_and_counted(opened: Page) -> None:
    opened.get_by_label("Outcome").select_option("chosen but wrong run")
    assert (_shown(opened), opened.locator("#shown").inner_text()) == (["wrong_run"], "1 of 11 shown")
    opened.get_by_label("Find words").fill("no such word")
    expect(opened.locator("#none")).to_be_visible()
    assert _shown(opened) == []
    opened.get_by_label("Outcome").select_option("any")
    opened.get_by_label("Find words").fill("ماذا قال")
    assert set(_shown(opened)) == {"declined_wrongly", "answered_unanswerable", "error"}


def test_the_labels_are_arabic_or_english_and_the_page_follows_their_direction(opened: Page) -> None:
    opened.locator("#in-en").focus()
    opened.keyboard.press("ArrowRight")
    assert opened.locator("h1").inner_text().startswith("تقييم")
    assert opened.locator("html").get_attribute("dir") == "rtl"
    assert opened.locator("#shown").inner_text() == "المعروض 11 من 11"
    assert opened.get_by_label("الترتيب").locator("option:checked").inner_text() == "الأخطاء أولًا"
    for question, direction in (("What did he say?", "ltr"), ("ماذا قال؟", "rtl")):
        asked = opened.locator("summary .asked", has_text=question).first
        assert asked.evaluate("element => getComputedStyle(element).unicodeBidi") == "plaintext"
        assert asked.get_attribute("dir") == "auto"
        assert asked.evaluate("element => element.matches(':dir(rtl)') ? 'rtl' : 'ltr'") == direction
    opened.keyboard.press("ArrowLeft")
    assert opened.locator("h1").inner_text().startswith("Evaluation")


def test_the_keyboard_reaches_the_questions_and_opens_them(opened: Page) -> None:
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")  # past the figures
    summary = opened.locator(".question summary").first
    summary.focus()
    opened.keyboard.press("Enter")
    assert opened.locator(".question").first.get_attribute("open") == ""
    assert opened.evaluate("location.hash") == "#questions"


def test_all_can_be_opened_and_closed(opened: Page) -> None:
    opened.get_by_role("button", name="Open all").click()
    assert opened.locator(".question[open]").count() == 11
    opened.get_by_role("button", name="Close all").click()
    assert opened.locator(".question[open]").count() == 0


def test_hostile_text_is_shown_and_does_nothing(opened: Page) -> None:
    opened.get_by_role("button", name="Open all").click()
    assert opened.evaluate("window.hacked") is None
    assert opened.locator("main img, main script").count() == 0
    hostile = opened.locator(".question[data-outcome=not_supported]").filter(has_text=ATTACK)
    assert hostile.locator(".asked").inner_text() == ATTACK
    assert hostile.locator("mark").all_inner_texts() == [ATTACK, ATTACK]
    assert opened.locator(".question").count() == 11


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_line_is_wider_than_the_window(
    browser: Browser, file: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator("label:has(#in-ar)").click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_without_script_the_page_is_whole_and_still_speaks_both_languages(browser: Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator(".question:visible").count() == 11
    expect(page.locator("#tools")).to_be_hidden()
    page.locator("label:has(#in-ar)").click()
    assert page.locator("h1").inner_text().startswith("تقييم")
    page.locator(".question summary").last.click()
    expect(page.locator(".question").last.locator(".text").first).to_be_visible()
    context.close()


def test_a_report_without_questions_is_a_page_too(page: Page, tmp_path: Path) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    file = tmp_path / "empty.html"
    file.write_text(to_html(Report((), labelled=tuple(scores_of(Report((RIGHT,)))))), encoding="utf-8")
    page.goto(file.as_uri())
    page.locator("label:has(#in-ar)").click()
    assert (page.locator("h1").inner_text(), complaints) == ("تقييم: seeds", [])
