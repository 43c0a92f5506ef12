"""The page for checking in a browser: verdicts and their evidence, quotations, files, reports, stopping, bad input."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from assistant.verification.audit import Auditor
from tests.parts.chat_pages import computed, marked
from tests.parts.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.ask import Assistant
    from index.types import Filters, Hit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'", "ignore:The copy keyword is deprecated"),
]

TRUE = "Lavrov said that Turkey has not fulfilled its obligations on Idlib."
FALSE = "Japan announced a new budget for fisheries in 1950."
QUOTED = 'Peskov told reporters: "تخلي موسكو عن الأسد غير ممكن على الإطلاق".'
TEXT = f"{TRUE} {FALSE}\n\n{QUOTED}"


class Watched:
    """The assistant of the seed articles, whose searches wait until they may go on, and are counted."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.may_search = threading.Event()
        self.may_search.set()
        self.searched: list[str] = []
        self.broken = False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._assistant, name)

    def search(self, query: str, filters: Filters | None = None, top_k: int = 10) -> list[Hit]:
        self.searched.append(query)
        if len(self.searched) > 1:
            self.may_search.wait(20)
        if self.broken:
            raise RuntimeError("broken")
        return self._assistant.search(query, filters, top_k)


@pytest.fixture(scope="module")
def watched(seed_assistant: Assistant) -> Watched:
    return Watched(seed_assistant)


@pytest.fixture(scope="module")
def address(watched: Watched) -> Iterator[str]:
    with serving(watched) as address:
        yield address


@pytest.fixture
def checking(page: Page, address: str, watched: Watched) -> Iterator[Page]:
    """The opened page, which must ask nothing of another machine and report no error."""
    troubles: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "blob:", "data:")) else troubles.append(request.url),
    )
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    watched.searched.clear()
    watched.may_search.set()
    page.set_default_timeout(15_000)
    page.goto(f"{address}/check")
    page.locator("#checked").wait_for()
    yield page
    assert troubles == []


def check(page: Page, text: str, *, quotation: bool = False) -> None:
    """Check a text as a person does, and wait for the end."""
    if quotation:
        page.get_by_role("radio", name="A quotation").check()
    page.fill("#checked", text)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".report[aria-busy=false]").wait_for()


def test_a_text_is_checked_sentence_by_sentence_and_the_evidence_opens_at_its_words(
    checking: Page, seed_assistant: Assistant
) -> None:
    check(checking, TEXT)
    findings = Auditor(seed_assistant).audit_text(TEXT).findings
    assert checking.locator(".finding .claim > p[dir]").all_text_contents() == [one.claim.text for one in findings]
    assert [one.get_attribute("data-verdict") for one in checking.locator(".finding").all()] == [
        one.support.value for one in findings
    ]
    assert checking.locator(".finding .mark").first.text_content() == "✓ supported"
    assert checking.locator(".state").inner_text().startswith("Sentences: 3")
    checking.locator(".finding .evidence .chip").first.click()
    assert marked(checking, 1) == findings[0].evidence[0].quote
    checking.locator(".quotations .chip").click()
    assert "تخلي موسكو عن الأسد غير ممكن على الإطلاق" in marked(checking, 2)
    assert checking.locator(".quotations .mark").text_content() == "✓ verbatim"


def test_verdicts_are_filtered_by_the_keyboard(checking: Page) -> None:
    check(checking, TEXT)
    toggle = checking.locator('.toggle[data-only="supported"]')
    count = int(toggle.locator(".count").inner_text())
    toggle.focus()
    checking.keyboard.press("Enter")
    assert checking.locator(".finding:visible").count() == count == checking.locator(".finding.supported").count()
    assert toggle.get_attribute("aria-pressed") == "true"
    checking.get_by_role("button", name="All").click()
    assert checking.locator(".finding:visible").count() == 3


def test_a_quotation_is_verbatim_or_folded_or_absent(checking: Page) -> None:
    check(checking, "تخلي موسكو عن الأسد غير ممكن على الإطلاق", quotation=True)
    assert checking.locator(".outcome .mark").text_content() == "✓ verbatim"
    check(checking, "تخلي موسكو عن الأسد غير ممكن على الاطلاق", quotation=True)
    assert checking.locator(".outcome .mark").text_content() == "≈ but for spelling"
    assert checking.locator("mark.letter").first.inner_text() == "لإ"
    checking.locator(".places .chip").first.click()
    assert marked(checking, 1) == "تخلي موسكو عن الأسد غير ممكن على الإطلاق"
    check(checking, "we shall fight on the beaches of Idlib", quotation=True)
    assert checking.locator(".outcome").text_content() == "✗ not in the archive No article holds these words."
    checking.locator(".places .chip").first.click()
    assert marked(checking, 1, "passage") == checking.locator(".places blockquote").first.text_content()


def test_a_file_is_opened_and_one_that_is_no_text_is_refused(checking: Page, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# Heading\n\n{TRUE}", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes("نص".encode("cp1256") + b"\xff")
    checking.locator("input[type=file]").set_input_files(tmp_path / "a.md")
    checking.wait_for_function("document.querySelector('#checked').value !== ''")
    assert checking.locator("#checked").input_value() == f"# Heading\n\n{TRUE}"
    checking.locator("input[type=file]").set_input_files(tmp_path / "b.txt")
    checking.locator("#check-fault", has_text="This file is no text in UTF-8").wait_for()


def test_the_report_is_downloaded_as_markdown_and_as_the_json_of_the_command_line(
    checking: Page, seed_assistant: Assistant
) -> None:
    from assistant.rendering.check import audit_json

    check(checking, TEXT)
    with checking.expect_download() as download:
        checking.get_by_role("button", name="Download JSON").click()
    assert download.value.suggested_filename == "isnad-check.json"
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert saved == audit_json(Auditor(seed_assistant).audit_text(TEXT))
    with checking.expect_download() as download:
        checking.get_by_role("button", name="Download Markdown").click()
    report = download.value.path().read_text(encoding="utf-8")
    assert report.startswith(f"# Check against the archive\n\n- ✓ **supported**: {TRUE}\n  > ")


def test_verdicts_come_one_by_one_and_can_be_stopped(checking: Page, watched: Watched) -> None:
    watched.may_search.clear()
    checking.fill("#checked", TEXT)
    checking.get_by_role("button", name="Check", exact=True).click()
    checking.locator(".finding").first.wait_for()
    assert checking.locator(".state").inner_text() == "Checked: 1 of 3"
    checking.get_by_role("button", name="Stop").click()
    checking.locator(".state", has_text="Stopped · Checked: 1 of 3").wait_for()
    watched.may_search.set()
    assert checking.locator(".finding").count() == 1
    expect(checking.get_by_role("button", name="Download JSON")).to_be_visible()
    check(checking, TRUE)
    assert checking.locator(".finding").count() == 1
    assert QUOTED not in watched.searched


@pytest.mark.parametrize(
    ("text", "quotation", "line"),
    [
        ("   ", False, "There is nothing to check; paste a text first."),
        ("x" * 20_001, True, "This has 20,001 characters; the most is 20,000."),
        ("# Heading", False, "the text holds no sentence to check; give prose in Arabic or English"),
        ("...", True, "the quotation holds no word; give the words to look for"),
    ],
)
def test_bad_input_is_one_line_beside_the_box(checking: Page, text: str, quotation: bool, line: str) -> None:
    if quotation:
        checking.get_by_role("radio", name="A quotation").check()
    checking.fill("#checked", text)
    checking.get_by_role("button", name="Check", exact=True).click()
    checking.locator("#check-fault", has_text=line).wait_for()
    assert checking.locator("#checked").get_attribute("aria-invalid") == "true"
    assert checking.locator("#checked").evaluate("box => box === document.activeElement")
    assert checking.locator("#checked").input_value() == text


def test_a_fault_of_the_program_ends_the_wait(page: Page, seed_assistant: Assistant) -> None:
    faulty = Watched(seed_assistant)
    faulty.broken = True
    with serving(faulty) as address:
        page.goto(f"{address}/check")
        check(page, TRUE)
        assert page.locator(".state").inner_text().startswith("This met a fault of the program")
        expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_hostile_text_stays_text(checking: Page) -> None:
    attack = '<script>window.hacked = 1</script><img src="/x" onerror="window.hacked = 2"> is in Idlib {{7*7}} ${7*7}.'
    check(checking, attack)
    check(checking, attack, quotation=True)
    assert checking.evaluate("window.hacked") is None
    assert checking.locator("#desk :is(script, img)").count() == 0


def test_in_arabic_everything_is_mirrored_and_said_in_arabic(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="ar", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/check")
    page.locator("#checked").fill(TRUE)
    page.get_by_role("button", name="تحقّق", exact=True).click()
    page.locator(".report[aria-busy=false]").wait_for()
    assert page.locator(".finding .mark").first.text_content() == "✓ مدعومة"
    assert computed(page.locator(".finding"), "direction") == "rtl"
    assert computed(page.locator(".claim > p[dir]"), "direction") == "ltr"
    for width in (360, 390, 768):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
