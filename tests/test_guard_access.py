"""Who is let in to what: programs by key, browsers by session, everybody where nothing is asked for."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from pathlib import Path

import pytest

from assistant.chat.access.accounts import Accounts, Password
from assistant.chat.access.guard import COOKIE, Guard
from assistant.serve.guard.keys import KeyFile
from assistant.serve.guard.protect import check_exposure
from index.errors import ServerError, SettingsError
from tests.guarded import Reply, Small, guarded

READ, BOTH = ["read"], ["read", "write"]


def permitted(reply: Reply) -> list[str]:
    assert reply.status == 200, reply
    found: list[str] = json.loads(reply.body)["permissions"]
    return found


@pytest.fixture(scope="module")
def accounts() -> Accounts:
    return Accounts({"amal": Password.of("night")})


def test_on_this_machine_all_may_read_until_there_is_a_key(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        assert permitted(server.ask()) == READ
        assert permitted(server.ask(authorization="Bearer none")) == READ  # as clients send that must send something
        key = server.keys.create("first")
        refused = server.ask()
        assert (refused.status, json.loads(refused.body)) == (
            401,
            {
                "error": {
                    "code": "no_key",
                    "message": "send an API key as `Authorization: Bearer KEY`; `isnad keys create NAME` makes one",
                }
            },
        )
        assert refused.headers["www-authenticate"] == 'Bearer realm="Isnad"'
        assert permitted(server.ask(authorization=f"Bearer {key}")) == READ
        assert permitted(server.ask(authorization=f"bearer  {key}")) == READ
        assert permitted(server.ask(x_api_key=key)) == READ
        server.keys.revoke("first")
        assert server.ask(authorization=f"Bearer {key}").error == "wrong_key"
        assert server.ask().error == "no_key"
        assert server.send("GET", "/").status == 200  # the page is still there for who sits before it


def test_a_key_may_write_only_if_it_was_made_so(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        key = server.keys.create("writer", may_write=True)
        assert permitted(server.ask(authorization=f"Bearer {key}")) == BOTH


def test_without_a_key_one_may_write_where_editing_is_allowed(tmp_path: Path) -> None:
    with guarded(tmp_path, may_edit=True) as server:
        assert permitted(server.ask()) == BOTH


def test_beyond_this_machine_nothing_is_served_without_a_key_or_a_password(tmp_path: Path) -> None:
    with guarded(tmp_path, is_local=False) as server:
        assert server.ask().error == "no_key"
        assert server.ask(authorization="Bearer none").error == "no_key"
        assert server.send("GET", "/metrics").error == "no_key"
        page = server.send("GET", "/")
        assert (page.status, page.error) == (401, "no_password")
        key = server.keys.create("far")
        assert permitted(server.ask(authorization=f"Bearer {key}")) == READ
        assert server.send("GET", "/", authorization=f"Bearer {key}").error == "no_password"
        assert server.send("GET", "/healthz").status == 200


def test_a_server_that_is_open_lets_everybody_read(tmp_path: Path) -> None:
    with guarded(tmp_path, is_local=False, is_open=True) as server:
        assert permitted(server.ask(host="isnad.example")) == READ
        assert server.send("GET", "/").status == 200
        server.keys.create("writer", may_write=True)
        assert permitted(server.ask()) == READ
        assert server.ask(x_api_key="isnad_wrong").error == "wrong_key"


def test_who_has_signed_in_on_the_pages_may_read_as_a_program(tmp_path: Path, accounts: Accounts) -> None:
    with guarded(tmp_path, accounts=accounts, may_edit=True) as server:
        assert server.ask().error == "no_key"
        cookie = f"{COOKIE}={accounts.begin('amal')}"
        assert permitted(server.ask(cookie=cookie, host="isnad.example")) == READ
        assert server.ask(cookie=cookie, origin="http://elsewhere.example").error == "other_site"
        assert server.ask(cookie=f"{COOKIE}=amal.1.2.3").error == "no_key"


def test_pages_of_other_sites_and_foreign_names_get_nothing_without_a_key(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        foreign = server.ask(host="elsewhere.example")
        assert (foreign.status, foreign.error) == (421, "other_site")
        for header in ({"origin": "http://elsewhere.example"}, {"sec_fetch_site": "cross-site"}):
            sent = server.ask(**header)
            assert (sent.status, sent.error) == (403, "other_site")
        key = server.keys.create("proxied")
        assert permitted(server.ask(host="isnad.example", x_api_key=key)) == READ


def test_who_comes_through_a_proxy_is_not_on_this_machine(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        assert server.ask(x_forwarded_for="192.0.2.7").error == "no_key"
        assert server.send("GET", "/metrics", x_forwarded_for="192.0.2.7").error == "no_key"
        assert server.send("GET", "/", x_forwarded_for="192.0.2.7").error == "no_password"


def test_refusals_have_the_shape_of_the_protocol_that_was_spoken(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        server.keys.create("any")
        refused = server.send("POST", "/v1/chat/completions", {})
        message = "send an API key as `Authorization: Bearer KEY`; `isnad keys create NAME` makes one"
        assert json.loads(refused.body) == {
            "error": {"message": message, "type": "authentication_error", "param": None, "code": "no_key"}
        }


def test_an_expired_key_is_refused(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        key = server.keys.create("short")
        kept = json.loads(server.keys.path.read_text(encoding="utf-8"))
        kept["keys"][0]["expires"] = "2020-01-01"
        server.keys.path.write_text(json.dumps(kept), encoding="utf-8")
        assert server.ask(x_api_key=key).error == "wrong_key"


def test_nobody_speaks_websocket(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.address).netloc, timeout=20)
        fields = {
            "upgrade": "websocket",
            "connection": "upgrade",
            "sec-websocket-version": "13",
            "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
        connection.request("GET", "/api/ask", headers=fields)
        assert connection.getresponse().status == 403
        connection.close()


def test_the_guard_of_the_pages_asks_for_passwords_there_and_nothing_of_programs(
    tmp_path: Path, accounts: Accounts
) -> None:
    def on_pages(small: Small) -> None:
        small.app.add_middleware(Guard, accounts=accounts, is_local=False)

    with guarded(tmp_path, prepare=on_pages, accounts=accounts) as server:
        key = server.keys.create("program")
        assert permitted(server.ask(x_api_key=key)) == READ
        assert server.ask().error == "no_key"
        page = server.send("GET", "/", x_api_key=key)
        assert (page.status, page.body[:13]) == (401, "sign in first")
        cookie = f"{COOKIE}={accounts.begin('amal')}"
        assert server.send("GET", "/", cookie=cookie).body == "page"
        assert permitted(server.ask(cookie=cookie)) == READ


def test_a_server_beyond_this_machine_starts_only_if_it_asks_for_something(tmp_path: Path, accounts: Accounts) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    keys.path.write_text("damaged", encoding="utf-8")
    with pytest.raises(SettingsError, match="holds no keys; delete it and make them anew"):
        check_exposure(is_local=True, is_open=False, accounts=None, keys=keys)
    keys.path.unlink()
    with pytest.raises(ServerError) as refused:
        check_exposure(is_local=False, is_open=False, accounts=None, keys=keys)
    assert str(refused.value) == (
        "nobody is served beyond this machine without a key or a password; make one with `isnad keys create NAME`"
        " or pass --auth-file, or let in everybody with --open"
    )
    check_exposure(is_local=True, is_open=False, accounts=None, keys=keys)
    check_exposure(is_local=False, is_open=True, accounts=None, keys=keys)
    check_exposure(is_local=False, is_open=False, accounts=accounts, keys=keys)
    keys.create("far")
    check_exposure(is_local=False, is_open=False, accounts=None, keys=keys)
