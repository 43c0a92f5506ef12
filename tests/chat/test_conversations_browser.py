"""Kept conversations in a browser: reloads, the list, links, files, articles that are gone, files that fail."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from assistant.ask import Assistant, open_assistant
from assistant.chat.conversations.store import Conversations
from index.archive.file import CONVERSATIONS
from tests.parts.archives import fill
from tests.parts.chat_pages import MARKS, marked, watched
from tests.parts.places import SEEDS
from tests.parts.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = MARKS

TURKEY = "what did Lavrov say about Turkey"
WHEN = "متى وصل تيلرسون إلى موسكو؟"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    fill(folder, SEEDS)
    return folder


@pytest.fixture(scope="module")
def assistant(filled: Path) -> Assistant:
    return open_assistant(filled)


@pytest.fixture(scope="module")
def address(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the chat is served; every test is a browser of its own, with conversations of its own."""
    kept = Conversations(tmp_path_factory.mktemp("kept"))
    with serving(assistant, [TURKEY, WHEN], kept) as address:
        yield address
    kept.close()


def ask(page: Page, question: str) -> Locator:
    """Ask a question, and wait until its answer is kept."""
    before = page.locator(".turn").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    turn = page.locator(".turn").nth(before)
    turn.locator(".export").wait_for(state="attached")
    page.locator("#question .submit-button").wait_for()
    return turn


def questions(page: Page) -> list[str]:
    return page.locator(".turn .question").all_text_contents()


def opened(page: Page) -> str:
    """The id of the conversation in the address, "" where there is none."""
    return parse_qs(urlsplit(page.url).query).get("conversation", [""])[0]


def show_list(page: Page) -> Locator:
    page.locator(".list-opener").click()
    rows = page.locator(".kept-dialog .days li")
    rows.first.wait_for()
    return rows


def titles(rows: Locator) -> list[str]:
    return rows.locator("a").all_text_contents()


def begin(page: Page) -> None:
    page.locator(".kept-bar .begin").click()
    page.locator(".welcome").wait_for()


def test_a_reload_keeps_the_conversation_its_citations_and_what_follows_it_up(chat: Page) -> None:
    ask(chat, TURKEY)
    before = chat.locator(".turn .reply").inner_html()
    chat.reload()
    chat.locator(".turn .answer").wait_for()
    assert chat.locator(".turn .reply").inner_html().replace(' aria-current="true"', "") == before.replace(
        ' aria-current="true"', ""
    )
    chat.locator(".answer .chip[data-citation='2']").first.click()
    assert "لافروف" in marked(chat, 2)
    follow_up = ask(chat, "And about Syria?")
    assert follow_up.locator(".understood").text_content() == "Understood as: What did Lavrov say about Syria?"
    chat.reload()
    chat.locator(".turn .answer").nth(1).wait_for()
    assert questions(chat) == [TURKEY, "And about Syria?"]
    assert chat.locator(".kept-bar .current").text_content() == TURKEY


def test_a_kept_answer_is_audited_also_by_a_program_that_did_not_give_it(
    browser: Browser, assistant: Assistant, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    audits: list[str] = []
    link = ""
    for _ in range(2):
        kept = Conversations(tmp_path)
        with serving(assistant, [], kept) as address:
            if not audits:
                page.goto(address)
                ask(page, TURKEY)
                link = page.url.removeprefix(address)
            else:
                page.goto(address + link)
            page.locator(".turn .audit summary").click()
            page.locator(".findings table").wait_for()
            audits.append(page.locator(".findings").inner_html())
        kept.close()
    assert audits[0] == audits[1]
    context.close()


def test_a_new_conversation_begins_another_and_back_returns_to_the_former(chat: Page) -> None:
    ask(chat, TURKEY)
    first = opened(chat)
    begin(chat)
    assert (questions(chat), opened(chat)) == ([], "")
    assert ask(chat, "And about Syria?").locator(".understood").count() == 0
    assert opened(chat) not in ("", first)
    chat.go_back()
    chat.wait_for_url(f"**/?conversation={first}")
    chat.locator(f".turn:has-text('{TURKEY}') .answer").wait_for()
    assert questions(chat) == [TURKEY]


def test_the_list_is_searched_in_both_scripts_and_opens_a_conversation_in_its_place(chat: Page) -> None:
    ask(chat, TURKEY)
    begin(chat)
    ask(chat, WHEN)
    rows = show_list(chat)
    assert titles(rows) == [WHEN, TURKEY]
    assert rows.nth(0).locator("a").get_attribute("aria-current") == "page"
    for words, found in (("تِيلرسون", [WHEN]), ("lavrov", [TURKEY]), ("nothing like it", []), ("", [WHEN, TURKEY])):
        with chat.expect_response(lambda response: "/conversations?words=" in response.url):
            chat.fill("#kept-words", words)
        chat.wait_for_function("n => document.querySelectorAll('.days li').length === n", arg=len(found))
        assert titles(rows) == found
    rows.nth(1).locator("a").click()
    chat.locator(f".turn:has-text('{TURKEY}') .answer").wait_for()
    assert questions(chat) == [TURKEY]
    expect(chat.locator(".kept-dialog")).to_be_hidden()


def test_a_conversation_is_renamed_and_deleted_and_brought_back_by_keyboard(chat: Page) -> None:
    ask(chat, TURKEY)
    name = opened(chat)
    focused = "[document.activeElement.className, getComputedStyle(document.activeElement).clipPath]"
    chat.locator(".list-opener").focus()
    chat.keyboard.press("Enter")
    row = chat.locator(".kept-dialog .days li")
    row.locator("a").focus()
    chat.keyboard.press("Tab")
    assert chat.evaluate(focused) == ["icon rename", "none"]
    chat.keyboard.press("Enter")
    chat.keyboard.type("لافروف <b>")
    chat.keyboard.press("Escape")
    assert row.locator("a").text_content() == TURKEY
    expect(chat.locator(".kept-dialog")).to_be_visible()
    chat.keyboard.press("Enter")
    chat.keyboard.type("لافروف <b>")
    before = row.element_handle()
    chat.keyboard.press("Enter")
    chat.locator(".days a:has-text('لافروف <b>')").wait_for()
    chat.wait_for_function("former => !former.isConnected", arg=before)  # the list came anew
    assert chat.evaluate(focused) == ["icon rename", "none"]
    assert chat.locator(".kept-bar .current").text_content() == "لافروف <b>"
    chat.keyboard.press("Tab")
    chat.keyboard.press("Enter")
    undo = row.get_by_role("button", name="Undo")
    undo.wait_for()
    chat.wait_for_function("document.activeElement.closest('.deleted') !== null")
    assert (questions(chat), opened(chat)) == ([], "")
    chat.keyboard.press("Enter")
    chat.locator(".turn .answer").wait_for()
    assert (questions(chat), opened(chat)) == ([TURKEY], name)
    assert row.locator("a").text_content() == "لافروف <b>"
    chat.keyboard.press("Escape")
    assert chat.locator(".list-opener").evaluate("button => button === document.activeElement")


def test_a_shared_link_is_read_by_others_until_sharing_stops(chat: Page, browser: Browser, address: str) -> None:
    ask(chat, TURKEY)
    chat.locator(".share summary").click()
    chat.locator(".make-link").click()
    link = chat.locator(".linked input")
    link.wait_for()
    shared = link.input_value()
    assert shared.startswith(f"{address}/?shared=")
    context = browser.new_context()
    other = context.new_page()
    with watched(other, address):
        other.goto(shared)
        other.locator(".turn .answer").wait_for()
    assert questions(other) == [TURKEY]
    expect(other.locator(".shared-note")).to_be_visible()
    expect(other.locator("#question")).to_be_hidden()
    expect(other.locator(".kept-bar .share")).to_be_hidden()
    other.locator(".turn").hover()
    assert other.locator(".turn :is(.tool, .export summary):visible span:visible").all_inner_texts() == [
        "Copy",
        "Export",
    ]
    other.locator(".answer .chip").first.click()
    other.locator("#reader mark.current").first.wait_for()
    assert other.request.get(f"{address}/conversations/{opened(chat)}").status == 404
    other.locator(".kept-bar .begin").click()
    expect(other.locator("#question")).to_be_visible()
    chat.locator(".stop-sharing").click()
    chat.locator(".make-link").wait_for()
    other.goto(shared)
    other.locator(".kept-told:not(:empty)").wait_for()
    assert other.locator(".kept-told").text_content() == "There is no such conversation, or it is no longer shared."
    assert questions(other) == []
    context.close()


def test_the_conversation_and_one_answer_are_saved_as_files(chat: Page) -> None:
    ask(chat, TURKEY)
    second = ask(chat, WHEN)
    whole, one = chat.locator(".kept-bar .export"), second.locator(".export")
    for menu, asked, name in (
        (whole, [TURKEY, WHEN], TURKEY.replace(" ", "-")),
        (one, [WHEN], "متى-وصل-تيلرسون-إلى-موسكو"),
    ):
        for ending in ("json", "md", "html", "ris", "bib"):
            second.hover()
            menu.locator("summary").click()
            with chat.expect_download() as download:
                menu.locator(f"[data-format={ {'md': 'markdown', 'bib': 'bibtex'}.get(ending, ending) }]").click()
            assert download.value.suggested_filename == f"isnad-{name}.{ending}"
            written = Path(download.value.path()).read_text(encoding="utf-8")
            if ending == "json":
                assert [turn["question"] for turn in json.loads(written)["turns"]] == asked
            if ending == "html":
                assert "<script" not in written
                assert all(question in written for question in asked)


def test_two_pages_at_one_conversation_lose_no_turn(chat: Page) -> None:
    ask(chat, TURKEY)
    other = chat.context.new_page()
    other.goto(chat.url)
    other.locator(".turn .answer").wait_for()
    ask(other, WHEN)
    follow_up = ask(chat, "And about Syria?")  # of what this page shows
    assert follow_up.locator(".understood").text_content() == "Understood as: What did Lavrov say about Syria?"
    chat.reload()
    chat.locator(".turn").nth(2).wait_for()
    assert questions(chat) == [TURKEY, WHEN, "And about Syria?"]


def test_a_question_asked_again_takes_the_place_of_its_turn_also_after_a_reload(chat: Page) -> None:
    ask(chat, TURKEY)
    ask(chat, WHEN)
    chat.locator(".turn").first.hover()
    chat.locator(".turn").first.locator("[data-do=retry]").click()
    with chat.expect_response(lambda response: "/conversations?words=" in response.url):
        pass
    chat.reload()
    chat.locator(".turn .answer").nth(1).wait_for()
    assert questions(chat) == [TURKEY, WHEN]


def test_a_citation_whose_article_is_gone_shows_the_words_that_were_kept(
    page: Page, filled: Path, tmp_path: Path
) -> None:
    shutil.copytree(filled, tmp_path / "archive")
    own = open_assistant(tmp_path / "archive")
    kept = Conversations(tmp_path)
    with serving(own, [], kept) as address:
        page.goto(address)
        turn = ask(page, TURKEY)
        page.locator("#reader mark.current").first.wait_for()
        quote = "".join(page.locator("#reader mark.current").all_text_contents())
        (removed,) = {turn.locator(".answer .chip[data-citation='1']").first.get_attribute("data-article")}
        assert removed is not None
        former = own.archive.article(removed)
        own.archive.remove(removed)
        page.reload()
        page.locator("#reader .gone").wait_for()
        assert page.locator("#reader .why").text_content() == (
            "This article is no longer in the archive. These words of it were kept with the answer:"
        )
        assert page.locator("#reader .gone blockquote").text_content() == quote
        assert former.title is not None
        assert former.title in page.locator("#reader .gone").inner_text()
    kept.close()


@pytest.mark.parametrize(
    ("language", "note", "heading"),
    [("en", "Not kept", "Conversations are not kept"), ("ar", "لا تُحفظ", "المحادثات لا تُحفظ")],
)
def test_where_nothing_can_be_kept_the_page_says_so_and_answers(
    browser: Browser, assistant: Assistant, tmp_path: Path, language: str, note: str, heading: str
) -> None:
    (tmp_path / CONVERSATIONS).write_bytes(b"no database" * 1000)
    with serving(assistant, [], Conversations(tmp_path)) as address:
        context = browser.new_context(locale=language)
        page = context.new_page()
        page.goto(address)
        page.locator(".unkept-note:visible").wait_for()
        assert page.locator(".unkept-note").inner_text() == note
        page.fill("#question textarea", TURKEY)
        page.press("#question textarea", "Enter")
        page.locator(".turn .answer").wait_for()
        assert opened(page) == ""
        page.fill("#question textarea", "And about Syria?")
        page.press("#question textarea", "Enter")
        page.locator(".turn .understood").wait_for()
        page.locator(".list-opener").click()
        assert page.locator(".unkept h3").text_content() == heading
        assert "is damaged (file is not a database); move it away" in page.locator(".unkept p").inner_text()
        context.close()


def test_nothing_is_cut_off_at_any_width_and_a_wide_screen_keeps_the_list_open(chat: Page) -> None:
    ask(chat, TURKEY)
    for width in (320, 390, 768, 1280, 1600, 1920):
        chat.set_viewport_size({"width": width, "height": 844})
        assert chat.evaluate("document.documentElement.scrollWidth") == width
        chat.locator(".days a").wait_for(state="visible" if width >= 1600 else "hidden")
        for menu in (".kept-bar .share", ".kept-bar .export"):
            chat.locator(f"{menu} summary").click()
            box = chat.locator(f"{menu} .panel").bounding_box()
            assert box is not None
            assert (box["x"] >= 0, box["x"] + box["width"] <= width) == (True, True)
