"""What a question is narrowed to, in a browser: fields folded away, what is set beside the box, one line for faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.ask import open_assistant
from tests.parts.chat_pages import ENGLISH, MARKS, ask, watched
from tests.parts.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS


@pytest.fixture(scope="module")
def archive_address(seed_daily: Path) -> Iterator[str]:
    with serving(open_assistant(seed_daily), [ENGLISH]) as address:
        yield address


@pytest.fixture
def narrowing(page: Page, archive_address: str) -> Iterator[Page]:
    """The chat over an archive of one outlet, its filters unfolded by keyboard."""
    with watched(page, archive_address):
        page.goto(archive_address)
        page.locator(".example").first.wait_for()
        fold = page.get_by_role("button", name="Filters")
        expect(fold).to_have_attribute("aria-expanded", "false")
        expect(page.locator("#filters")).to_be_hidden()
        fold.focus()
        page.keyboard.press("Enter")
        expect(fold).to_have_attribute("aria-expanded", "true")
        expect(page.locator("#filters")).to_be_visible()
        yield page


def test_a_question_is_narrowed_as_on_the_command_line_and_what_is_set_can_be_taken_off(narrowing: Page) -> None:
    page = narrowing
    page.get_by_label("From").fill("2017-01-01")
    page.get_by_label("Outlet").fill("seed daily")
    page.keyboard.press("Enter")
    page.get_by_label("Language of articles").select_option("Arabic")
    page.get_by_label("Only statements by").fill("Peskov")
    page.keyboard.press("Tab")
    chips = page.locator(".narrowed button")
    assert chips.all_text_contents() == [
        "From 2017-01-01×",
        "Outlet: seed daily×",
        "In Arabic×",
        "Statements by Peskov×",
    ]
    turn = ask(page, "What about Turkey?")
    assert turn.locator(".note").first.inner_text() == (
        "Articles from 1 January 2017 on · Articles in Arabic · Outlet: seed daily · Statements by Peskov"
    )
    expect(page.locator("#filters")).to_be_hidden()
    assert chips.count() == 4
    for name in ("From 2017-01-01", "Outlet: seed daily", "In Arabic", "Statements by Peskov"):
        page.get_by_role("button", name=f"Remove: {name}").click()
    assert chips.count() == 0
    assert ask(page, ENGLISH).locator(".note").count() == 0
    page.locator(".turn").first.get_by_role("button", name="Edit").click()
    assert chips.count() == 4


def test_a_filter_of_no_use_is_one_line_beside_its_field_and_nothing_is_asked(narrowing: Page) -> None:
    page = narrowing
    page.get_by_label("Outlet").fill("Sead Daily")
    page.keyboard.press("Enter")
    page.fill("#question textarea", ENGLISH)
    page.press("#question textarea", "Enter")
    expect(page.locator("#refused-source")).to_have_text(
        "the archive holds no outlet “Sead Daily”; perhaps “Seed Daily”"
    )
    expect(page.get_by_role("combobox", name="Outlet")).to_be_focused()
    assert page.get_by_role("combobox", name="Outlet").get_attribute("aria-invalid") == "true"
    assert page.locator("#question textarea").input_value() == ENGLISH
    assert page.locator(".turn").count() == 0
    page.get_by_role("button", name="Remove: Outlet: Sead Daily").click()
    assert page.locator("#refused-source").inner_text() == ""
    page.fill("#filter-published_from", "2020-02-18")
    page.fill("#filter-published_to", "2020-02-17")
    page.press("#question textarea", "Enter")
    expect(page.locator("#refused-published_to")).to_have_text("2020-02-18 is after 2020-02-17; exchange them")


def test_the_outlets_of_the_archive_are_offered(narrowing: Page) -> None:
    assert narrowing.locator("#outlets option").evaluate_all("all => all.map((one) => one.value)") == ["Seed Daily"]
