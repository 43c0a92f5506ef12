"""Who is let in, over real requests: pages of our own, gradio's routes, programs, other sites, other names."""

from __future__ import annotations

import base64
import http.client
import json
import time
import urllib.parse
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from gradio_client import Client

from assistant.chat.access.accounts import MOST_FAILURES, Accounts, Password
from assistant.chat.access.guard import COOKIE, PAUSE
from assistant.chat.app import pages
from tests.librarian import Librarian
from tests.serving import serving

pytestmark = pytest.mark.filterwarnings(
    "ignore:'future.no_silent_downcasting'", "ignore:The copy keyword is deprecated"
)

BASIC = {"authorization": "Basic " + base64.b64encode(b"amal:night").decode()}
HTML = {"accept": "text/html"}


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


def send(address: str, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Reply:
    """One request as it stands, with no redirection followed."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=60)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, found, response.read().decode("utf-8", "replace"))
    finally:
        connection.close()


@pytest.fixture(scope="module")
def open_to_all() -> Iterator[str]:
    with serving(Librarian(())) as address:
        yield address


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    with serving(Librarian(()), accounts=Accounts({"amal": Password.of("night")})) as address:
        yield address


def sign_in(address: str, password: str = "night", after: str = "") -> Reply:
    form = urllib.parse.urlencode({"username": "amal", "password": password, "next": after})
    return send(address, "/login", "POST", form, content_type="application/x-www-form-urlencoded", **HTML)


PATHS = [
    *(f"/{page.path}" for page in pages()),
    "/config",
    "/gradio_api/info",
    "/gradio_api/queue/data?session_hash=x",
    "/gradio_api/heartbeat/x",
    "/theme.css",
    "/assets/index.js",
    "/static/img/logo.svg",
    "/article?id=x",
    "/examples",
    "/list",
    "/list/facts",
    "/uploads",
    "/nothing",
]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_given_to_who_has_not_signed_in(guarded: str, path: str) -> None:
    told = "sign in first: open this address in a browser, or send a name and a password by HTTP Basic"
    reply = send(guarded, path)
    assert (reply.status, reply.body) == (401, told)
    assert reply.headers["www-authenticate"] == 'Basic realm="Isnad"'
    assert "www-authenticate" not in send(guarded, path, sec_fetch_mode="cors").headers
    page = send(guarded, path, **HTML)
    assert (page.status, page.headers["location"]) == (303, f"/login?next={urllib.parse.quote(path, safe='')}")


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/run/ask", "/gradio_api/cancel", "/list/remove",
     "/uploads", "/login/", "/"],
)  # fmt: skip
def test_nothing_is_done_for_who_has_not_signed_in(guarded: str, path: str) -> None:
    assert send(guarded, path, "POST", "{}", content_type="application/json").status == 401


def test_who_signs_in_is_let_in_until_they_sign_out(guarded: str) -> None:
    entered = sign_in(guarded, after="/archive?words=x")
    assert (entered.status, entered.headers["location"]) == (303, "/archive?words=x")
    cookie, *attributes = entered.headers["set-cookie"].split("; ")
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(attributes)
    page = send(guarded, "/", cookie=cookie, **HTML)
    assert page.status == 200
    assert "data-signed-in" in page.body
    assert '--person:"\\61 \\6d \\61 \\6c "' in page.body
    assert send(guarded, "/login", cookie=cookie).headers["location"] == "./"
    gone = send(guarded, "/logout", "POST", cookie=cookie)
    assert (gone.status, gone.headers["location"]) == (303, "./login")
    assert send(guarded, "/config", cookie=cookie).status == 401
    assert send(guarded, "/config", cookie=f"{COOKIE}=amal.1.2.3").status == 401


@pytest.mark.parametrize(
    "after", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/\n/x"]
)
def test_nobody_is_sent_to_another_site(guarded: str, after: str) -> None:
    assert sign_in(guarded, after=after).headers["location"] == "./"


def test_the_page_for_signing_in_says_what_is_wrong_and_takes_nothing_for_markup(
    guarded: str,
) -> None:
    form = urllib.parse.urlencode({"username": '"><script>1</script>', "password": "x", "next": '/"><script>'})
    page = send(guarded, "/login", "POST", form, accept_language="ar")
    assert page.status == 401
    assert '<html lang="ar" dir="rtl"' in page.body
    assert "The name or the password is wrong." in page.body
    assert "الاسم أو كلمة المرور غير صحيحة." in page.body
    assert page.body.count("<script>") == 2  # the document's own, and the one for the dark scheme
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["content-security-policy"].startswith("default-src 'self'")


def test_who_fails_often_waits() -> None:
    with serving(Librarian(()), accounts=Accounts({"amal": Password.of("night")})) as address:
        begun = time.monotonic()
        assert [sign_in(address, "guess").status for _ in range(MOST_FAILURES + 1)] == [401] * MOST_FAILURES + [429]
        assert time.monotonic() - begun > MOST_FAILURES * PAUSE
        assert int(sign_in(address).headers["retry-after"]) > 200
        assert send(address, "/config", **BASIC).status == 429


def test_a_program_sends_its_password_with_every_request(guarded: str) -> None:
    assert send(guarded, "/config", **BASIC).status == 200
    for wrong in ("Basic YW1hbDp4", "Basic ?", "Bearer x"):
        assert send(guarded, "/config", authorization=wrong).status == 401
    client = Client(guarded, headers=BASIC, verbose=False)
    assert json.loads(client.predict("How many?", api_name="/ask"))["declined"]
    client.close()
    client = Client(guarded, auth=("amal", "night"), verbose=False)
    assert json.loads(client.predict("How many?", api_name="/ask"))["declined"]
    client.close()


def test_an_overlong_form_is_refused(guarded: str) -> None:
    assert send(guarded, "/login", "POST", "x" * 20_000).status == 413


FOREIGN = ["http://elsewhere.example", "null", "http://127.0.0.1:1", "http://127.0.0.1.elsewhere.example"]


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("path", ["/uploads", "/list/remove", "/gradio_api/queue/join", "/gradio_api/call/ask"])
def test_what_a_page_of_another_site_sends_is_not_done(open_to_all: str, path: str, origin: str) -> None:
    refused = send(open_to_all, path, "POST", "{}", origin=origin, content_type="application/json")
    assert (refused.status, refused.body) == (403, "this request comes from another site; send it from here")
    assert "access-control-allow-origin" not in refused.headers


@pytest.mark.parametrize("origin", FOREIGN)
def test_what_is_read_is_not_shown_to_a_page_of_another_site(open_to_all: str, origin: str) -> None:
    for path in ("/config", "/gradio_api/info", "/"):
        assert "access-control-allow-origin" not in send(open_to_all, path, origin=origin).headers


def test_what_the_own_page_sends_is_done(open_to_all: str) -> None:
    body = json.dumps({"data": ["How many?", None]})
    sent = send(open_to_all, "/gradio_api/call/ask", "POST", body, origin=open_to_all, content_type="application/json")
    assert sent.status == 200


def test_a_name_that_a_foreign_name_server_leads_here_is_refused(open_to_all: str) -> None:
    reply = send(open_to_all, "/", host="elsewhere.example:80")
    assert (reply.status, reply.body) == (
        421,
        "this page is served as localhost, not as 'elsewhere.example:80'; start it with --auth or another --host",
    )
    for name in ("localhost", "127.0.0.1:7860", "[::1]:7860", "LOCALHOST:1"):
        assert send(open_to_all, "/config", host=name).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=../../../../etc/passwd",
        "/gradio_api/file%3D/etc/passwd",
        "/gradio_api/%66ile=/etc/passwd",
        "/gradio_api/file//etc/passwd",
        "/gradio_api//file=/etc/passwd",
        "/gradio_api/./file=/etc/passwd",
        "/gradio_api/info/../file=/etc/passwd",
        "//gradio_api/file=/etc/passwd",
        "/file=/etc/passwd",
        "/file/etc/passwd",
        "/static/../../../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/svelte/../../../etc/passwd",
        "/custom_component/x/client/component/../../etc/passwd",
        "/gradio_api/proxy=http://127.0.0.1:1/x",
        "/gradio_api/stream/x/0/1/playlist.m3u8",
        "/gradio_api/openapi.json",
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/vibe-code",
        "/gradio_api/upload_progress?upload_id=x",
    ],
)
def test_the_machine_and_gradios_tools_are_out_of_reach(open_to_all: str, path: str) -> None:
    reply = send(open_to_all, path)
    assert reply.status in (403, 404)
    assert "root:" not in reply.body


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/upload", "/gradio_api/component_server", "/gradio_api/vibe-edit", "/gradio_api/process_recording"],
)
def test_gradio_takes_no_files(open_to_all: str, path: str) -> None:
    assert send(open_to_all, f"/gradio_api/{path}", "POST", "x").status == 404


def test_the_archive_is_not_changed_unless_that_is_allowed(open_to_all: str) -> None:
    for path, method, body in (
        ("/list/remove", "POST", '{"ids": ["x"]}'),
        ("/uploads", "POST", "x"),
        ("/uploads", "DELETE", None),
        ("/uploads", "GET", None),
    ):
        reply = send(open_to_all, path, method, body, content_type="application/json", accept_language="en")
        told = "The archive cannot be changed here: the program was started without --allow-edit."
        assert (reply.status, json.loads(reply.body)) == (403, {"detail": told})
