"""The archive page in a browser: finding, opening, narrowing by plots, adding and removing; and signing in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.ask import open_assistant
from assistant.chat.access.accounts import Accounts, Password
from assistant.holdings.intake import FOLDER, Intake
from tests.conftest import ROOT
from tests.parts.archives import fill
from tests.parts.librarian import Librarian
from tests.parts.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'", "ignore:The copy keyword is deprecated"),
]

ROWS = [
    {
        "title": f"Report {n:03}",
        "text": f"The council of town {n} met. It spoke of water.",
        "date": f"201{n % 4}-0{n % 9 + 1}-11",
        "source": ("Times", "Herald", "سانا")[n % 3],
        "author": f"Amal {n % 7}",
    }
    for n in range(120)
]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rows")
    file = folder / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    fill(folder / "archive", file, ROOT / "seeds")
    return folder / "archive"


@pytest.fixture(scope="module")
def address(rows: Path) -> Iterator[str]:
    with serving(open_assistant(rows)) as address:
        yield address


def watched(page: Page, address: str) -> Callable[[], list[str]]:
    """Collects what a page must not do: errors, warnings, requests elsewhere, violations of its policy."""
    troubles: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            troubles.append(message.text)

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            troubles.append(request.url)

    page.on("console", on_console)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", on_request)
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (v) => console.error(v.violatedDirective, v.blockedURI))"
    )
    return lambda: troubles


def opened(page: Page, address: str, query: str = "") -> Page:
    page.goto(f"{address}/archive{query}")
    page.locator(".listing[aria-busy=false]").wait_for()
    page.locator("form.narrow").wait_for()
    return page


def found(page: Page, caption: str) -> None:
    """Wait until the list says so much was found."""
    page.locator(".articles caption", has_text=re.compile(f"^{re.escape(caption)}$")).wait_for()


def settled(page: Page) -> None:
    """Wait until a page stands and has asked for what it asks for by itself; gradio's own stream never ends."""
    page.locator("#desk > *").first.wait_for()
    page.wait_for_timeout(1000)


def titles(page: Page) -> list[str]:
    return page.locator(".articles .open").all_text_contents()


def test_articles_are_found_narrowed_and_opened(page: Page, address: str) -> None:
    troubles = watched(page, address)
    opened(page, address)
    found(page, "1–50 of 125")
    page.fill("[name=words]", "Report 07")
    found(page, "1–12 of 12")
    page.select_option("[name=source]", "Herald")
    page.select_option("[name=order]", "title")
    page.locator(".articles tr:first-child .open", has_text="Report 007").wait_for()
    found(page, "1–5 of 5")
    assert titles(page) == ["Report 007", "Report 070", "Report 073", "Report 076", "Report 079"]
    assert page.url.endswith("/archive?words=Report+07&source=Herald&order=title")
    page.locator(".articles .open").nth(2).click()
    page.locator("#reader .article-head h2", has_text="Report 073").wait_for()
    assert page.locator("#reader mark").count() == 0
    assert page.locator("#reader .runs").count() == 0
    assert page.locator(".articles .open[aria-current=true]").all_text_contents() == ["Report 073"]
    page.reload()
    found(page, "1–5 of 5")
    assert page.input_value("[name=words]") == "Report 07"
    page.fill("[name=from]", "2019-01-01")
    page.locator(".nothing").wait_for()
    page.fill("[name=to]", "2010-01-01")
    page.locator(".catalogue > .problem", has_text="exchange them").wait_for()
    # The browser itself tells the console of an answer that refuses.
    assert [text for text in troubles() if "422" not in text] == []
    page.locator(".clear").click()
    found(page, "1–50 of 125")
    assert page.locator(".catalogue > .problem").text_content() == ""


def test_the_list_is_paged_by_the_keyboard(page: Page, address: str) -> None:
    troubles = watched(page, address)
    opened(page, address, "?order=title&language=en")
    first = titles(page)
    page.locator(".pages a[rel=next]").focus()
    page.keyboard.press("Enter")
    found(page, "51–100 of 120")
    assert page.evaluate("document.activeElement.textContent") == "2"
    assert not set(first) & set(titles(page))
    page.locator(".pages a", has_text=re.compile("^3$")).click()
    found(page, "101–120 of 120")
    page.locator(".articles .open").first.focus()
    page.keyboard.press("Enter")
    page.locator("#reader .article-text").wait_for()
    assert troubles() == []


@pytest.mark.parametrize(("locale", "direction"), [("en-GB", "ltr"), ("ar", "rtl")])
def test_a_bar_of_a_plot_narrows_the_list(browser: Browser, address: str, locale: str, direction: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=locale)
    page = context.new_page()
    troubles = watched(page, address)
    opened(page, address)
    assert page.evaluate("getComputedStyle(document.querySelector('#desk')).direction") == direction
    page.locator(".figures > summary").click()
    page.locator(".facts dd").first.wait_for()
    page.locator(".plot-rows a", has_text="Herald").click()
    page.locator(".articles caption", has_text="40").wait_for()
    assert page.input_value("[name=source]") == "Herald"
    page.locator("a.plot-slot").first.click()
    page.locator(".articles tbody tr").nth(3).wait_for(state="detached")
    assert page.locator(".articles tbody tr").count() == 3
    assert page.input_value("[name=from]") == "2010-02-01"
    assert page.input_value("[name=to]") == "2010-02-28"
    assert troubles() == []
    context.close()


def test_nothing_can_be_added_or_removed_unless_that_is_allowed(page: Page, address: str) -> None:
    opened(page, address)
    assert page.locator(".add, .removal, [name=article], dialog").count() == 0


def test_files_are_added_and_found_by_the_running_chat_and_removed_again(page: Page, tmp_path: Path) -> None:
    fill(tmp_path / "archive", ROOT / "seeds")
    (tmp_path / "visit.txt").write_text(
        "Minister visits Prague\n\nJan Novak, the minister, arrived in Prague on Monday.\n", encoding="utf-8"
    )
    (tmp_path / "<b>.docx").write_bytes(b"PK")
    (tmp_path / "copy.txt").write_bytes(next((ROOT / "seeds").glob("000_*.txt")).read_bytes())
    assistant = open_assistant(tmp_path / "archive")
    intake = Intake(tmp_path / "archive")
    with serving(assistant, intake=intake) as address:
        troubles = watched(page, address)
        opened(page, address)
        page.locator(".add > summary").click()
        page.locator(".upload [type=submit]").click()
        page.locator(".upload .problem", has_text="Choose a file first.").wait_for()
        page.set_input_files("[name=file]", [tmp_path / "visit.txt", tmp_path / "<b>.docx", tmp_path / "copy.txt"])
        assert page.locator(".chosen").text_content() == "visit.txt · <b>.docx · copy.txt"
        page.fill(".upload [name=source]", "Agency")
        page.locator(".upload [type=submit]").click()
        page.locator(".taking.finished").wait_for(timeout=120_000)
        counts = page.locator(".counts div").all_text_contents()
        assert counts == ["Added1", "Updated0", "Unchanged0", "Copies of the same text1", "Rejected1"]
        told = "cannot read 'upload:/_b_.docx': Word is not supported yet; convert it to text"
        assert page.locator("details.rejected li").all_text_contents() == [told]
        found(page, "1–6 of 6")
        assert list((tmp_path / "archive" / FOLDER).iterdir()) == []

        page.goto(address)
        page.fill("#question textarea", "Who arrived in Prague?")
        page.press("#question textarea", "Enter")
        page.locator(".turn .answer", has_text="Jan Novak").wait_for()

        opened(page, address, "?words=Prague")
        page.locator("[name=article]").check()
        page.locator(".removal .remove").click()
        dialog = page.locator("dialog.confirm")
        assert dialog.locator("li").all_text_contents() == ["Minister visits Prague"]
        page.keyboard.press("Escape")
        assert assistant.archive.count_articles() == 6
        page.locator(".removal .remove").click()
        dialog.locator("[value=remove]").click()
        page.locator(".nothing").wait_for(timeout=60_000)
        assert page.locator("#opened").text_content() == "Articles removed: 1"
        assert assistant.archive.count_articles() == 5
        assert troubles() == []
    intake.close()


ATTACK = (
    '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"><svg onload="window.hacked = 3">'
    "<style>body { display: none !important }</style></p></div></article></main>{{7*7}} ${window.hacked = 4}"
    '<form action="http://elsewhere.example"><input name="password" autofocus></form>'
    '<a href="javascript:window.hacked = 5" style="position: fixed; inset: 0">Sign in again</a>'
    '<iframe srcdoc="<script>parent.hacked = 6</script>"></iframe>\u202eevil\u2067\u2066'
)


def test_a_hostile_article_changes_nothing_outside_its_own_paragraph(page: Page, tmp_path: Path) -> None:
    from assistant.chat.app import pages

    facts = {name: f"{name} {ATTACK}" for name in ("id", "title", "source", "author")}
    row = {
        **facts,
        "text": f"The minister of Ruritania said: “{ATTACK} we will leave.”\n\nRuritania is calm.\n{ATTACK}",
    }
    hostile = tmp_path / "hostile.jsonl"
    hostile.write_text(json.dumps({**row, "url": "javascript:window.hacked = 7"}), encoding="utf-8")
    fill(tmp_path / "archive", hostile, ROOT / "seeds")
    with serving(open_assistant(tmp_path / "archive"), [ATTACK]) as address:
        troubles = watched(page, address)
        outside = {}
        for shown in pages():
            page.goto(f"{address}/{shown.path}?article=x&words=&source=")
            settled(page)
            outside[shown.path] = page.locator("#masthead nav").inner_html()
        # The browser itself tells the console that there is no article x.
        assert {text for text in troubles() if "404" not in text} == set()
        troubles().clear()

        page.goto(address)
        page.fill("#question textarea", "What did the minister of Ruritania say?")
        page.press("#question textarea", "Enter")
        page.locator(".turn :is(.answer, .declined) .chip").first.click()
        page.locator("#reader .article-head h2", has_text="title <script>").wait_for()
        assert page.locator("#masthead nav").inner_html() == outside[""]
        opened(page, address, "?words=Ruritania")
        page.locator(".figures > summary").click()
        page.locator(".facts").wait_for()
        page.locator(".articles .open", has_text="title <script>").click()
        page.locator("#reader .article-head h2", has_text="title <script>").wait_for()
        assert page.locator("#masthead nav").inner_html() == outside["archive"]
        for part in ("#desk", "#reader"):
            assert page.locator(f"{part} :is(script, img, svg, style, iframe, a[href^='javascript'])").count() == 0
        assert page.locator("#reader a").count() == 0
        expect(page.locator("body")).to_be_visible()
        assert page.evaluate("window.hacked ?? null") is None
        # What the title's marks turn round ends with the title.
        for next_to in (".articles .day", ".articles caption"):
            text = page.locator(next_to).first
            assert text.evaluate("e => getComputedStyle(e).unicodeBidi") in ("isolate", "normal", "plaintext")
        isolated = ".articles :is(.open, .meta bdi), #reader .article-text p"
        kinds = page.locator(isolated).evaluate_all("all => all.map((e) => getComputedStyle(e).unicodeBidi)")
        assert set(kinds) <= {"isolate", "plaintext"}
        assert troubles() == []


def test_every_page_runs_under_its_policy(page: Page, address: str) -> None:
    from assistant.chat.app import pages

    troubles = watched(page, address)
    for shown in pages():
        response = page.goto(f"{address}/{shown.path}")
        assert response is not None
        assert "default-src 'self'" in response.headers["content-security-policy"]
        settled(page)
    assert troubles() == []
    assert page.evaluate("fetch('http://elsewhere.example/').then(() => 'sent', () => 'held back')") == "held back"
    assert any("connect-src" in text or "default-src" in text for text in troubles())


@pytest.mark.parametrize(
    ("locale", "enter", "wrong", "out"),
    [
        ("en-GB", "Sign in", "The name or the password is wrong.", "Sign out"),
        ("ar", "تسجيل الدخول", "الاسم أو كلمة المرور غير صحيحة.", "تسجيل الخروج"),
    ],
)
def test_somebody_signs_in_in_their_language_and_out_again(
    browser: Browser, locale: str, enter: str, wrong: str, out: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=locale)
    page = context.new_page()
    with serving(Librarian(()), accounts=Accounts({"أمل": Password.of("night")})) as address:
        troubles = watched(page, address)
        page.goto(f"{address}/archive?words=x")
        assert page.locator("button:visible").inner_text() == enter
        page.fill("[name=username]", "أمل")
        page.fill("[name=password]", "day")
        page.keyboard.press("Enter")
        assert page.locator(".problem").inner_text() == wrong
        assert page.input_value("[name=username]") == "أمل"
        assert [text for text in troubles() if "401" not in text] == []
        page.fill("[name=password]", "night")
        page.keyboard.press("Enter")
        page.locator("#masthead").wait_for()
        assert page.url == f"{address}/archive?words=x"
        page.goto(address)
        page.locator("#question textarea").wait_for()
        assert page.evaluate("document.cookie").count("isnad_session") == 0
        assert page.locator(".sign-out button").inner_text().strip() == out
        page.fill("#question textarea", "Who?")
        page.press("#question textarea", "Enter")
        page.locator(".turn .declined").wait_for()
        page.locator(".sign-out button").click()
        page.locator("[name=password]").wait_for()
        page.goto(address)
        assert page.url.startswith(f"{address}/login")
    context.close()
