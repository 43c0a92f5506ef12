"""The page of statements in a browser: filters in the address, the timeline, days, more rows, files, the index."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from assistant.ask import open_assistant
from index.errors import ArchiveError
from tests.parts.archives import fill, write
from tests.parts.chat_pages import computed, marked
from tests.parts.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'", "ignore:The copy keyword is deprecated"),
]

DAYS = {
    "a": ("12 April 2017", "John Kerry said that talks on Syria had failed."),
    "b": ("2 May 2017", "John Kerry denied that oil prices had fallen."),
    "c": ("9 August 2017", "\n\n".join(f"John Kerry said that {number} towns were free." for number in range(60))),
    "d": ("3 August 2017", "Emmanuel Macron, the president, said that <b>Paris</b> would help Beirut."),
    "e": ("4 آب 2017", "قال وزير الخارجية عادل الجبير إن بلاده ترحب بالقرار الأخير."),
}


class Served:
    """A real assistant whose archive can be made to wait or to fail where statements are found."""

    def __init__(self, folder: Path) -> None:
        self._assistant = open_assistant(folder)
        self.archive = Waiting(self._assistant.archive)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._assistant, name)


class Waiting:
    """The archive, which gives its articles only once it may."""

    def __init__(self, archive: Any) -> None:  # noqa: ANN401
        self._archive = archive
        self.may_read = threading.Event()
        self.may_read.set()
        self.fails = False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._archive, name)

    def article(self, article_id: str) -> Any:  # noqa: ANN401
        if self.fails:
            raise ArchiveError("the archive is out of reach; try again")
        return self._archive.article(article_id)

    def articles_of(self, article_ids: Sequence[str]) -> Any:  # noqa: ANN401
        self.may_read.wait(20)
        return self._archive.articles_of(article_ids)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    folder = tmp_path_factory.mktemp("statements")
    texts = {name: f"{day}\n\n{text}" for name, (day, text) in DAYS.items()}
    fill(folder / "archive", *write(folder, **texts), source="Daily")
    return Served(folder / "archive")


@pytest.fixture(scope="module")
def address(served: Served) -> Iterator[str]:
    with serving(served) as address:
        yield address


@pytest.fixture
def listing(page: Page, address: str) -> Iterator[Page]:
    """The opened page, which must ask nothing of another machine and report no error."""
    troubles: list[str] = []
    page.on(
        "request", lambda request: None if request.url.startswith((address, "data:")) else troubles.append(request.url)
    )
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.set_default_timeout(15_000)
    page.goto(f"{address}/statements")
    page.locator(".offered a").first.wait_for()
    yield page
    assert troubles == []


def find(page: Page, **fields: str) -> None:
    """Fill in filters, press Enter in the last, and wait for the list."""
    for name, value in fields.items():
        page.locator(f"form.find [name={name}]").fill(value)
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator(".state.found").wait_for()


def test_before_anything_is_asked_people_of_the_archive_are_offered(listing: Page) -> None:
    listing.get_by_role("link", name="John Kerry", exact=True).click()
    listing.locator(".statement").first.wait_for()
    assert listing.url.endswith("/statements?speaker=John+Kerry")
    assert listing.locator("#speaker").input_value() == "John Kerry"


def test_a_row_opens_the_article_at_the_very_words(listing: Page) -> None:
    find(listing, speaker="ماكرون")
    assert listing.locator(".day h3").all_inner_texts() == ["Thursday, 3 August 2017"]
    assert listing.locator(".statement .stance").inner_text() == "said"
    assert listing.locator(".statement .fact").all_inner_texts() == ["Daily", "2017-08-03"]
    listing.locator(".statement .chip").click()
    assert marked(listing, 1) == "<b>Paris</b> would help Beirut"


def test_the_address_holds_the_filters_and_the_back_button_works(listing: Page, address: str) -> None:
    find(listing, speaker="Kerry")
    assert listing.locator(".state").inner_text() == "Statements: 62"
    find(listing, about="oil prices")
    assert listing.url == f"{address}/statements?speaker=Kerry&about=oil+prices"
    assert listing.locator(".statement").count() == 1
    listing.go_back()
    listing.locator(".state", has_text="Statements: 62").wait_for()
    assert listing.locator("#about").input_value() == ""
    listing.reload()
    listing.locator(".state", has_text="Statements: 62").wait_for()
    assert listing.locator("#speaker").input_value() == "Kerry"
    listing.get_by_role("button", name="Clear").click()
    listing.locator(".offered a").first.wait_for()
    assert listing.url == f"{address}/statements"


def test_a_bar_of_the_timeline_narrows_the_list_to_its_days(listing: Page, address: str) -> None:
    find(listing, speaker="Kerry")
    bars = listing.locator("a.plot-slot")
    assert [bar.get_attribute("aria-label") for bar in bars.all()] == [
        "April 2017: 1",
        "May 2017: 1",
        "August 2017: 60",
    ]
    bars.nth(1).focus()
    listing.keyboard.press("Enter")
    listing.locator(".state", has_text="Statements: 1").wait_for()
    assert listing.url == f"{address}/statements?speaker=Kerry&from=2017-05-01&to=2017-05-31"
    assert listing.locator("#from").input_value() == "2017-05-01"
    assert listing.locator(".stance").inner_text() == "denied"


def test_more_rows_follow_the_first_by_keyboard_under_the_same_day(listing: Page) -> None:
    find(listing, speaker="Kerry")
    assert listing.locator(".more-rows").inner_text().split("\n")[0].startswith("Shown: 50 of 62")
    listing.get_by_role("button", name="Show 12 more").focus()
    listing.keyboard.press("Enter")
    listing.locator(".statement").nth(61).wait_for()
    assert listing.locator(".day h3").all_inner_texts() == [
        "Wednesday, 9 August 2017", "Tuesday, 2 May 2017", "Wednesday, 12 April 2017"
    ]  # fmt: skip
    assert listing.evaluate("document.activeElement.dataset.citation") == "51"
    listing.get_by_role("radio", name="Oldest first").check()
    listing.locator(".day h3", has_text="12 April 2017").first.wait_for()
    assert "order=oldest" in listing.url
    assert listing.locator(".day h3").first.inner_text() == "Wednesday, 12 April 2017"


def test_speakers_are_suggested_while_one_types_and_outlets_are_listed(listing: Page) -> None:
    listing.locator("#speaker").press_sequentially("mac")
    listing.wait_for_function("document.querySelectorAll('#speakers option').length > 0")
    assert listing.locator("#speakers option").first.get_attribute("value") == "Emmanuel Macron, the president"
    assert listing.locator("#source option").all_text_contents() == ["All outlets", "Daily"]


def test_the_list_is_downloaded(listing: Page) -> None:
    find(listing, speaker="Kerry")
    for kind in ("JSON", "CSV"):
        with listing.expect_download() as download:
            listing.get_by_role("link", name=kind).click()
        assert download.value.suggested_filename == f"isnad-statements.{kind.lower()}"
        text = download.value.path().read_text(encoding="utf-8-sig")
        assert (len(json.loads(text)["statements"]) if kind == "JSON" else len(text.splitlines()) - 1) == 62


def test_what_is_not_found_and_what_cannot_be_asked_is_one_line(listing: Page) -> None:
    find(listing, speaker="Zuma")
    assert listing.locator(".none p").first.inner_text() == "No statement passes these filters."
    expect(listing.locator(".order")).to_be_hidden()
    listing.get_by_role("button", name="Clear").click()
    listing.get_by_role("button", name="Show", exact=True).click()
    assert listing.locator("form .fault").inner_text() == "Fill in at least one field."
    listing.locator("#from").fill("2017-05-02")
    listing.locator("#to").fill("2017-05-01")
    listing.get_by_role("button", name="Show", exact=True).click()
    assert listing.locator("form .fault").inner_text() == "The last day comes before the first."
    listing.goto(listing.url.split("?")[0] + "?source=Dayly")
    listing.locator("form .fault", has_text="the archive holds no outlet 'Dayly'").wait_for()


def test_while_statements_are_found_the_page_says_how_far_that_is(page: Page, tmp_path: Path) -> None:
    texts = {name: f"{day}\n\n{text}" for name, (day, text) in DAYS.items()}
    fill(tmp_path / "archive", *write(tmp_path, **texts))
    served = Served(tmp_path / "archive")
    served.archive.may_read.clear()
    with serving(served) as address:
        page.goto(f"{address}/statements?speaker=Kerry")
        page.locator(".state", has_text="being read from the articles, once: 0 of 5").wait_for()
        served.archive.may_read.set()
        page.locator(".state", has_text="Statements: 62").wait_for()
        served.archive.fails = True
        page.goto(f"{address}/statements?speaker=Macron")
        page.locator("form .fault", has_text="the archive is out of reach; try again").wait_for()


def test_in_arabic_everything_is_mirrored_and_said_in_arabic(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="ar", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/statements?speaker=Kerry&to=2017-06-01")
    page.locator(".state", has_text="التصريحات: 2").wait_for()
    assert page.locator(".stance").all_inner_texts() == ["نفي", "قول"]
    assert page.locator(".day h3").first.inner_text() == "الثلاثاء 2 أيار/مايو 2017"
    assert computed(page.locator(".statement").first, "direction") == "rtl"
    assert computed(page.locator(".statement .words").first, "direction") == "ltr"
    first, last = (page.locator("a.plot-slot").nth(place).bounding_box() for place in (0, 1))
    assert first and last and first["x"] > last["x"]
    for width in (360, 390, 768):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
