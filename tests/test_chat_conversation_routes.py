"""Kept conversations over HTTP: the cookie that tells browsers apart, who may do what, and files to be saved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.requests import HTTPConnection

from assistant.chat.access.person import COOKIE, person_of
from assistant.chat.conversations.listing import gone_html, list_html
from assistant.chat.conversations.store import Conversations, Listed
from assistant.rendering.answers import answer_json
from tests.librarian import Librarian, answered, cite, declined, seed
from tests.serving import serving

QUESTION = "What did Lavrov say?"
SAID = cite(seed(0), "وقال لافروف في تصريحات", "البعض”.", speaker="لافروف")
SHELF = Librarian((answered(QUESTION, (SAID.quote, (SAID,))), declined("Japan?", "Nothing on Japan.")))
NAME = r"[\w-]{22}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    kept = Conversations(tmp_path_factory.mktemp("kept"))
    with serving(SHELF, [], kept) as address:
        yield address
    kept.close()


@pytest.fixture
def browser_at(address: str) -> Iterator[Any]:
    """Makes browsers, each with cookies of its own, that have opened the page."""
    made: list[httpx.Client] = []

    def browser(*, cookies: bool = True) -> httpx.Client:
        made.append(httpx.Client(base_url=address, trust_env=False, timeout=60))
        if cookies:
            made[-1].get("/")
        return made[-1]

    yield browser
    for one in made:
        one.close()


def ask(browser: httpx.Client, question: str = QUESTION, **where: object) -> tuple[str, dict[str, str]]:
    """Ask, and return the turn and what it was kept as."""
    lines = browser.post("/turn", json={"question": question, **where}).text.splitlines()
    states = list(map(json.loads, lines))
    return states[0]["id"], states[-1]["kept"]


def test_a_browser_is_known_by_a_random_cookie_that_no_script_reads(browser_at: Any) -> None:  # noqa: ANN401
    first, second = browser_at(), browser_at(cookies=False)
    header = second.get("/").headers["set-cookie"]
    assert re.fullmatch(rf"{COOKIE}={NAME}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", header)
    assert first.cookies[COOKIE] != second.cookies[COOKIE]
    before = first.cookies[COOKIE]
    first.get("/")
    assert first.cookies[COOKIE] == before
    first.cookies.set(COOKIE, "made-up", domain="127.0.0.1")
    assert re.search(rf"{COOKIE}={NAME};", first.get("/").headers["set-cookie"])
    assert "set-cookie" not in first.get("/examples").headers


def test_who_asks_is_the_user_where_there_is_one_else_the_browser() -> None:
    cookie = [(b"cookie", f"{COOKIE}={'x' * 22}".encode())]

    def person(headers: list[tuple[bytes, bytes]], **scope: str) -> str | None:
        return person_of(HTTPConnection({"type": "http", "headers": headers, **scope}))

    assert person(cookie) == f"browser:{'x' * 22}"
    assert person(cookie, person="user:layla") == "user:layla"
    assert person([]) is None
    assert person([(b"cookie", f"{COOKIE}=layla".encode())]) is None


def test_a_turn_is_kept_for_the_browser_that_asked_and_for_no_other(browser_at: Any) -> None:  # noqa: ANN401
    mine, yours = browser_at(), browser_at()
    turn, kept = ask(mine)
    assert kept == {"conversation": kept["conversation"], "title": QUESTION}
    name = kept["conversation"]
    loaded = mine.get(f"/conversations/{name}").json()
    assert (loaded["title"], loaded["token"], [one["id"] for one in loaded["turns"]]) == (QUESTION, None, [turn])
    assert f'data-conversation="{name}"' in mine.get("/conversations").text
    assert "data-conversation" not in yours.get("/conversations", params={"words": "Lavrov"}).text
    for method, path in (
        *(("GET", path) for path in ("", "/files/json", f"/quotes/{turn}/1")),
        *(("DELETE", ""), ("PUT", ""), ("PUT", "/link"), ("DELETE", "/link")),
    ):
        assert yours.request(method, f"/conversations/{name}{path}").status_code == 404
    assert yours.patch(f"/conversations/{name}", json={"title": "Mine"}).status_code == 404
    assert mine.get(f"/conversations/{name}").json() == loaded


def test_a_turn_in_the_conversation_of_another_begins_one_of_ones_own(browser_at: Any) -> None:  # noqa: ANN401
    mine, yours = browser_at(), browser_at()
    turn, kept = ask(mine)
    _, other = ask(yours, "Japan?", conversation=kept["conversation"], replaced=[turn])
    assert other["conversation"] != kept["conversation"]
    assert len(mine.get(f"/conversations/{kept['conversation']}").json()["turns"]) == 1


def test_a_browser_without_cookies_is_answered_and_nothing_is_kept(browser_at: Any) -> None:  # noqa: ANN401
    bare = browser_at(cookies=False)
    assert ask(bare)[1] == {}
    assert bare.get("/conversations/x").status_code == 503
    assert "Your browser keeps no cookies" in bare.get("/conversations").text


def test_what_follows_up_leans_on_the_kept_turns_that_the_page_shows(browser_at: Any) -> None:  # noqa: ANN401
    librarian = replace(SHELF, understood={"And Japan?": "What did Lavrov say about Japan?"})
    browser = browser_at()
    with serving(librarian, [], None) as elsewhere:
        # without conversations, by what the browser remembers
        browser.post(f"{elsewhere}/turn", json={"question": QUESTION, "history": ["Before?"]})
    assert librarian.histories[-1] == ["Before?"]
    first, kept = ask(browser)
    second, _ = ask(browser, "Japan?", **kept_in(kept), before=[first])
    ask(browser, "Elsewhere?", **kept_in(kept), before=[first])
    ask(browser, "Last?", **kept_in(kept), before=[first, second], history=["made up"])
    assert SHELF.histories[-1] == [QUESTION, "Japan?"]


def kept_in(kept: dict[str, str]) -> dict[str, object]:
    return {"conversation": kept["conversation"]}


def test_a_link_opens_what_can_be_read_and_nothing_that_can_be_changed(browser_at: Any) -> None:  # noqa: ANN401
    mine, yours = browser_at(), browser_at(cookies=False)
    turn, kept = ask(mine)
    own = f"/conversations/{kept['conversation']}"
    token = mine.put(f"{own}/link").json()["token"]
    assert re.fullmatch(NAME, token)
    assert yours.get(f"/shared/{token}").json() == {**mine.get(own).json(), "token": None}
    assert yours.get(f"/shared/{token}/files/json").json() == mine.get(f"{own}/files/json").json()
    assert yours.get(f"/shared/{kept['conversation']}").status_code == 404
    for method in ("PATCH", "PUT", "DELETE", "POST"):
        assert yours.request(method, f"/shared/{token}").status_code in (404, 405)
        assert yours.request(method, f"/conversations/{token}").status_code >= 400
    assert mine.delete(f"{own}/link").status_code == 204
    assert yours.get(f"/shared/{token}").status_code == 404
    assert yours.get(f"/shared/{token}/files/json").status_code == 404


def test_what_was_deleted_can_be_brought_back(browser_at: Any) -> None:  # noqa: ANN401
    browser = browser_at()
    _, kept = ask(browser)
    own = f"/conversations/{kept['conversation']}"
    assert browser.delete(own).status_code == 204
    assert browser.get(own).status_code == 404
    assert "data-conversation" not in browser.get("/conversations").text
    assert browser.put(own).status_code == 204
    assert len(browser.get(own).json()["turns"]) == 1


@pytest.mark.parametrize("title", ["", " ", "x" * 201])
def test_a_title_that_cannot_be_used_changes_nothing(browser_at: Any, title: str) -> None:  # noqa: ANN401
    browser = browser_at()
    _, kept = ask(browser)
    own = f"/conversations/{kept['conversation']}"
    assert browser.patch(own, json={"title": title}).status_code == 422
    assert browser.get(own).json()["title"] == QUESTION


@pytest.mark.parametrize(
    ("format", "media_type", "ending"),
    [
        ("markdown", "text/markdown", "md"),
        ("html", "text/html", "html"),
        ("json", "application/json", "json"),
        ("ris", "application/x-research-info-systems", "ris"),
        ("bibtex", "application/x-bibtex", "bib"),
    ],
)
def test_a_file_is_saved_as_what_it_is_under_a_safe_name(
    browser_at: Any,  # noqa: ANN401
    format: str,
    media_type: str,
    ending: str,
) -> None:
    browser = browser_at()
    turn, kept = ask(browser)
    ask(browser, 'ماذا؟ "\r\n../x', conversation=kept["conversation"])
    files = f"/conversations/{kept['conversation']}/files"
    saved = browser.get(f"{files}/{format}")
    assert saved.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert saved.headers["content-disposition"] == (
        f"attachment; filename=\"isnad.{ending}\"; filename*=UTF-8''isnad-What-did-Lavrov-say.{ending}"
    )
    assert (saved.headers["x-content-type-options"], "set-cookie" in saved.headers) == ("nosniff", False)
    assert "<script" not in saved.text
    one = browser.get(f"{files}/{format}", params={"turn": turn})
    assert one.headers["content-disposition"] == saved.headers["content-disposition"]
    assert len(one.content) <= len(saved.content)
    assert browser.get(f"{files}/{format}", params={"turn": "x"}).status_code == 404
    assert browser.get(f"{files}/docx").status_code == 404


def test_the_list_says_the_day_of_each_conversation_and_escapes_its_title() -> None:
    from datetime import datetime

    hostile = '<img src=x onerror="alert(1)">'
    noon = datetime(2026, 3, 2, 12).astimezone()
    rows = [Listed("a", hostile, noon.timestamp(), True)]
    rows += [Listed("b", "قديمة", noon.replace(day=1).timestamp(), False)]
    rows += [Listed("c", "Older", noon.replace(month=2, day=17).timestamp(), False)]
    english = list_html(rows, noon.date(), "en", searched=False, cut=True)
    assert re.findall("<h3>(.*?)</h3>", english) == ["Today", "Yesterday", "Tuesday, 17 February 2026"]
    assert "<img" not in english
    assert english.count('class="shared"') == 1
    assert english.endswith('<p class="none">Older conversations are found by their words.</p>')
    arabic = list_html(rows, noon.date(), "ar", searched=False, cut=False)
    assert re.findall("<h3>(.*?)</h3>", arabic) == ["اليوم", "أمس", "الثلاثاء 17 شباط/فبراير 2026"]
    assert "No conversation has these words." in list_html([], noon.date(), "en", searched=True, cut=False)


def test_words_of_an_article_that_is_gone_stay_text() -> None:
    hostile = replace(seed(0), text="<b>x</b>\n\n& more", title="<i>", path="<u>", source='"')
    answer: Any = answer_json(answered("Q?", ("x", (cite(hostile, "<b>x</b>\n\n& more", speaker="<s>"),))))
    for changed in (False, True):
        html = gone_html(answer["citations"][0], "en", changed=changed)
        assert {"<b>", "<i>", "<u>", "<s>"}.isdisjoint(re.findall("<[^/]>", html))
        assert '<p dir="auto">&lt;b&gt;x&lt;/b&gt;</p><p dir="auto">&amp; more</p>' in html
        assert ("has changed since" in html, "no longer in the archive" in html) == (changed, not changed)
