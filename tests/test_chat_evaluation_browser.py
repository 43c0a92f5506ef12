"""The page for evaluating in a browser: a set asked, its failed questions opened, two runs compared, bad input."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.ask import open_assistant
from assistant.holdings.intake import Intake
from eval.chat.stored import Stored
from eval.outcome import Outcome, outcome
from eval.report_file import read_report
from tests.archives import fill
from tests.chat_pages import MARKS, computed, marked, watched
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.ask import Assistant

pytestmark = MARKS

SEEDS = Path(__file__).parent.parent / "seeds"
NONE = '{"id": "1", "question": "Who won the cup in Brazil?", "language": "en", "unanswerable": true}\n'


class Held:
    """The assistant of the seed articles, whose answers wait while `may_answer` is not set."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.may_answer = threading.Event()
        self.may_answer.set()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._assistant, name)

    def ask(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        assert self.may_answer.wait(20)
        return self._assistant.ask(*given, **named)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    folder = tmp_path_factory.mktemp("evaluated")
    fill(folder, SEEDS)
    return Held(open_assistant(folder))


@pytest.fixture(scope="module")
def address(held: Held) -> Iterator[str]:
    with serving(held, intake=Intake(held.archive.folder)) as address:
        yield address


@pytest.fixture(scope="module")
def name(held: Held, address: str, browser: Browser) -> str:
    """A run of the seed set, made on the page."""
    page = browser.new_page()
    page.goto(f"{address}/evaluation")
    page.locator("select[name=chosen] option[value='packaged/seeds']").wait_for(state="attached")
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator(".evaluated").wait_for(timeout=60_000)
    name = page.locator(".evaluated").get_attribute("data-name")
    page.close()
    assert name is not None
    return name


@pytest.fixture
def evaluating(page: Page, address: str, held: Held) -> Iterator[Page]:
    """The opened page, which must ask nothing of another machine and report no error."""
    held.may_answer.set()
    page.set_default_timeout(15_000)
    with watched(page, address):
        page.goto(f"{address}/evaluation")
        page.locator("select[name=chosen] option").first.wait_for(state="attached")
        yield page


def paste(page: Page, text: str) -> None:
    page.select_option("select[name=chosen]", "")
    page.fill("#own-set", text)
    page.get_by_role("button", name="Run", exact=True).click()


def test_the_seed_set_is_run_and_its_figures_are_those_of_the_report(evaluating: Page, held: Held, name: str) -> None:
    report = read_report(held.archive.folder / "evaluations" / f"{name}.json")
    assert len(report.rows) == 124
    evaluating.get_by_role("button", name=name, exact=True).click()
    evaluating.locator(".evaluated .card").first.wait_for()
    whole = report.groups()["all"][0]
    assert evaluating.locator(".card b").first.inner_text() == f"{whole.means['recall@10']:.3f}"
    wrong = [row for row in report.rows if outcome(row) is not Outcome.RIGHT]
    assert evaluating.locator("details.outcome[open] .question").count() == len(wrong) > 0
    assert evaluating.locator(".evaluated svg[role=img]").count() == 4
    assert evaluating.locator(".evaluated .matrix").count() == 4
    assert evaluating.get_by_role("button", name=name, exact=True).get_attribute("aria-current") == "true"
    assert evaluating.url.endswith(f"/evaluation?run={name}")


def test_a_failed_question_opens_at_its_answer_and_its_gold(evaluating: Page, held: Held, name: str) -> None:
    report = read_report(held.archive.folder / "evaluations" / f"{name}.json")
    order, row = next((order, row) for order, row in enumerate(report.rows) if outcome(row) is Outcome.WRONG_RUN)
    evaluating.goto(f"{evaluating.url}?run={name}")
    evaluating.get_by_role("button", name="Questions that went wrong").click()
    question = evaluating.locator(f".question[data-order='{order}']")
    question.locator("summary").focus()
    evaluating.keyboard.press("Enter")
    question.locator(".run .chip[data-citation='1']").click()
    assert marked(evaluating, 1) == row.evidence[0].text
    question.locator(".run .chip[data-passage='1']").click()
    assert marked(evaluating, 1, "passage") == row.gold[0].text


def test_two_runs_are_compared_and_a_question_that_changed_is_opened(evaluating: Page, held: Held, name: str) -> None:
    folder = held.archive.folder / "evaluations"
    content = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    order = next(place for place, row in enumerate(content["rows"]) if row["scores"].get("hit@1") == 1)
    content["rows"][order]["scores"]["hit@1"] = 0.0
    (folder / "seeds-77.json").write_text(json.dumps(content), encoding="utf-8")
    evaluating.goto(f"{evaluating.url}?run={name}")
    evaluating.get_by_label("Compare with").select_option("seeds-77")
    comparison = evaluating.locator(".comparison")
    comparison.wait_for()
    assert comparison.locator("td.noise").inner_text() == "noise"
    comparison.locator("details.changes summary").click()
    comparison.locator(".to-question").click()
    assert evaluating.locator(f".question[data-order='{order}']").get_attribute("open") is not None
    evaluating.reload()
    comparison.wait_for()
    assert evaluating.get_by_label("Compare with").input_value() == "seeds-77"


def test_a_run_shows_its_progress_and_is_stopped_also_after_the_page_was_left(evaluating: Page, held: Held) -> None:
    before = Stored(held.archive.folder / "evaluations").count()
    held.may_answer.clear()
    evaluating.get_by_role("button", name="Run", exact=True).click()
    evaluating.locator(".state", has_text="seeds: 0 of 124 asked").wait_for()
    evaluating.reload()
    evaluating.locator(".state", has_text="seeds: 0 of 124 asked").wait_for()
    assert evaluating.get_by_role("progressbar").get_attribute("max") == "124"
    assert evaluating.get_by_role("button", name="Run", exact=True).is_disabled()
    evaluating.get_by_role("button", name="Stop").click()
    held.may_answer.set()
    evaluating.locator(".state", has_text="Stopped; nothing was stored.").wait_for()
    assert Stored(held.archive.folder / "evaluations").count() == before


def test_a_set_is_pasted_or_opened_run_and_its_run_deleted(evaluating: Page, held: Held, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(NONE, encoding="utf-8")
    evaluating.select_option("select[name=chosen]", "")
    evaluating.locator("input[type=file]").set_input_files(tmp_path / "mine.jsonl")
    evaluating.wait_for_function("document.querySelector('#own-set').value !== ''")
    evaluating.get_by_role("button", name="Run", exact=True).click()
    evaluating.locator(".evaluated[data-name='mine-1']").wait_for()
    evaluating.get_by_text("Every question is right.").wait_for()
    evaluating.get_by_role("button", name="Delete…").click()
    evaluating.get_by_role("button", name="Keep").click()
    assert evaluating.locator(".evaluated").count() == 1
    evaluating.get_by_role("button", name="Delete…").click()
    evaluating.get_by_role("dialog").get_by_role("button", name="Delete").click()
    evaluating.locator(".evaluated").wait_for(state="detached")
    assert not (held.archive.folder / "evaluations" / "mine-1.json").exists()


def test_a_bad_line_is_told_beside_the_box_and_hostile_text_stays_text(evaluating: Page) -> None:
    page = evaluating
    attack = '<script>window.hacked = 1</script><img src="/x" onerror="window.hacked = 2"> {{7*7}} ${7*7}'
    paste(page, "   ")
    page.locator("#set-fault", has_text="There is no set; paste one, or open a file.").wait_for()
    paste(page, f"{NONE}{attack}")
    page.locator("#set-fault", has_text="line 2 of 'pasted.jsonl' is not a question").wait_for()
    assert page.locator("#own-set").get_attribute("aria-invalid") == "true"
    assert page.locator("#own-set").evaluate("box => box === document.activeElement")
    paste(page, json.dumps(json.loads(NONE) | {"question": f"Who is {attack}?", "id": attack, "tags": [attack]}))
    page.locator(".evaluated").wait_for()
    assert page.evaluate("window.hacked") is None
    assert page.locator("#desk :is(script, img)").count() == 0


def test_the_report_is_downloaded_as_a_page_and_as_json(evaluating: Page, held: Held, name: str) -> None:
    evaluating.goto(f"{evaluating.url}?run={name}")
    with evaluating.expect_download() as download:
        evaluating.get_by_role("link", name="Download JSON").click()
    assert download.value.path().read_bytes() == (held.archive.folder / "evaluations" / f"{name}.json").read_bytes()
    with evaluating.expect_download() as download:
        evaluating.get_by_role("link", name="Download page").click()
    assert download.value.suggested_filename == f"{name}.html"
    assert download.value.path().read_text(encoding="utf-8").startswith("<!doctype html>")


def test_in_arabic_everything_is_mirrored_and_said_in_arabic(browser: Browser, address: str, name: str) -> None:
    context = browser.new_context(locale="ar", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/evaluation?run={name}")
    page.locator(".evaluated .card").first.wait_for()
    assert computed(page.locator(".evaluated"), "direction") == "rtl"
    assert page.locator(".wrong-name").inner_text() == "الأسئلة التي أخفق فيها"
    assert page.locator(".evaluated svg[role=img]").first.get_attribute("aria-label") == (
        "الأدلة الواردة في أول k من المقاطع · الاستدعاء"
    )
    assert page.locator("text.en.axis:visible").count() == 0
    for width in (360, 390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.locator("#desk").evaluate("desk => desk.scrollWidth - desk.clientWidth") == 0
    context.close()
