"""What the API refuses: one status, one code, one line, whatever is sent."""

from __future__ import annotations

import json
import socket
import urllib.parse
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.ask import Assistant
from assistant.serve.api.refusals import CODES
from index.errors import NotAnArchiveError
from tests.api import JSON, Reply, api_alone, get, post, request, serving_api
from tests.serving import serving_once_open

NESTED = "[" * 200_000


@pytest.fixture(scope="module")
def address(seed_assistant: Assistant) -> Iterator[str]:
    with serving_api(seed_assistant) as address:
        yield address


def refused(reply: Reply) -> tuple[int, str]:
    """The status and the message of a refusal, which is nothing else."""
    ((_, error),) = reply.json.items()
    assert error == {"code": CODES[reply.status][0], "message": error["message"]}
    assert reply.headers["content-type"] == "application/json"
    assert "\n" not in error["message"]
    return reply.status, error["message"]


@pytest.mark.parametrize(
    ("path", "sent", "message"),
    [
        ("ask", {}, "question is missing; send it"),
        ("ask", {"question": 7}, "question: input should be a valid string"),
        ("ask", {"question": ""}, "question: string should have at least 1 character"),
        ("ask", {"question": " "}, "the question is empty; write one in Arabic or English"),
        ("ask", {"question": "?!"}, "the question '?!' holds no word; write one in Arabic or English"),
        ("ask", {"question": "Who\0?"}, "the question holds the control character U+0000; remove it"),
        ("ask", {"question": "x" * 2001}, "question: string should have at most 2000 characters"),
        ("ask", {"question": "Who?", "history": ["?"]},
         "the question '?' holds no word; write one in Arabic or English"),
        ("ask", {"question": "Who?", "history": ["Who?"] * 21},
         "history: list should have at most 20 items after validation, not 21"),
        ("ask", {"question": "Who?", "lang": "fr"}, "lang: input should be 'ar' or 'en'"),
        ("ask", {"question": "Who?", "writer": "llm"},
         "writer: this server has no language model; leave the field out"),
        ("ask", {"question": "Who?", "frm": "2020-02-17"}, "there is no field 'frm'; leave it out"),
        ("ask", {"question": "Who?", "published_from": "2020-02-17"},
         "there is no field 'published_from'; leave it out"),
        ("ask", {"question": "Who?", "from": "17.2.2020"}, "from: '17.2.2020' is no day; write it as 2020-02-17"),
        ("ask", {"question": "Who?", "from": "2020-02-18", "to": "2020-02-17"},
         "2020-02-18 is after 2020-02-17; exchange them"),
        ("ask", {"question": "Who?", "source": "BBC"}, "source: input should be a valid list"),
        ("ask", {"question": "Who?", "source": ["BBC"]},
         "no article of the archive states its outlet; leave “BBC” out"),
        ("ask", {"question": "Who?", "speaker": "\0"}, "speaker: '\\x00' is no name; leave the field out for all"),
        ("ask", {"question": "Who?", "stream": "yes"}, "stream: input should be a valid boolean"),
        ("ask", [], "the body: input should be a valid dictionary or object to extract fields from"),
        ("search", {"query": "x", "k": 0}, "k: input should be greater than or equal to 1"),
        ("search", {"query": "x", "k": 1e400}, "k: input should be a valid integer"),
        ("check", {}, "the body: give either a quote or a text"),
        ("check", {"quote": "x", "text": "y"}, "the body: give either a quote or a text"),
        ("check", {"quote": "“”"}, "the quotation holds no word; give the words to look for"),
        ("check", {"text": "?"}, "the text holds no sentence to check; give prose in Arabic or English"),
        ("statements", {"limit": 1001}, "limit: input should be less than or equal to 1000"),
        ("statements", {"about": "?"}, "the question '?' holds no word; write one in Arabic or English"),
    ],
)  # fmt: skip
def test_a_field_of_no_use_is_named(address: str, path: str, sent: object, message: str) -> None:
    assert refused(post(address, f"/api/{path}", sent)) == (422, message)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("{", "Expecting property name enclosed in double quotes at character 1"),
        ('{"question": }', "Expecting value at character 13"),
        ('{"question": "Who?"} x', "Extra data at character 21"),
    ],
)
def test_where_a_body_is_no_json_is_told(address: str, body: str, place: str) -> None:
    assert refused(request(address, "POST", "/api/ask", body, JSON)) == (
        400,
        f"the body is not JSON ({place}); correct it there",
    )


@pytest.mark.parametrize("body", [NESTED, b'{"question": "\xff"}', '{"k": ' + "9" * 5000 + "}"])
def test_a_body_that_no_parser_takes_is_refused(address: str, body: str | bytes) -> None:
    assert refused(request(address, "POST", "/api/search", body, JSON)) == (
        400,
        "the body cannot be read as JSON; correct it",
    )


@pytest.mark.parametrize("field", ["question", "speaker", "from", "lang", "writer"])
def test_half_a_surrogate_pair_is_no_text(address: str, field: str) -> None:
    sent = {"question": "Who?"} | {field: "\ud800"}
    status, message = refused(post(address, "/api/ask", sent))
    assert (status, message.partition(":")[0]) == (422, field)
    assert refused(post(address, "/api/ask", {"question": "Who?", "\ud800": 1}))[0] == 422


@pytest.mark.parametrize("kind", [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_that_is_not_called_json_is_refused(address: str, kind: str | None) -> None:
    headers = {} if kind is None else {"content-type": kind}
    message = "send JSON, and say so in the header field `content-type: application/json`"
    for body in ('{"question": "Who?"}', ""):
        assert refused(request(address, "POST", "/api/ask", body, headers)) == (415, message)


@pytest.mark.parametrize(
    "path",
    ["/api/", "/api/nothing", "/api/ask/", "/api//ask", "/api/articles/x/y", "/api/a%0Ab", "/api/..", "/api/docs/x"],
)
def test_a_path_that_is_not_there_is_refused(address: str, path: str) -> None:
    assert refused(get(address, path)) == (404, "there is no such path; /api/openapi.json lists them")


@pytest.mark.parametrize("name", ["nobody", "%00", "%FF", "..%2F..", "a%0A", "%D8%A3", "x" * 100])
def test_an_article_that_is_not_there_is_refused(address: str, name: str) -> None:
    status, message = refused(get(address, f"/api/articles/{name}"))
    assert status == 404
    assert message.startswith(("there is no article '", "there is no such path"))


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [("GET", "ask", "POST"), ("DELETE", "search", "POST"), ("PUT", "articles", "GET, POST"), ("HEAD", "stats", "GET"),
     ("OPTIONS", "articles/x", "DELETE, GET")],
)  # fmt: skip
def test_other_methods_than_those_of_a_path_are_refused(address: str, method: str, path: str, allow: str) -> None:
    reply = request(address, method, f"/api/{path}")
    assert (reply.status, reply.headers["allow"]) == (405, allow)


def test_what_an_address_asks_for_is_held_to_its_description(address: str) -> None:
    assert refused(get(address, "/api/articles?limit=0"))[1] == "limit: input should be greater than or equal to 1"
    assert refused(get(address, "/api/articles?limit=x"))[1].startswith("limit: input should be a valid integer")
    assert refused(get(address, "/api/articles?page=2"))[1] == "there is no field 'page'; leave it out"
    assert refused(get(address, "/api/articles?from=x"))[1] == "from: 'x' is no day; write it as 2020-02-17"


def test_a_request_that_is_cut_off_leaves_the_server_as_it_was(address: str) -> None:
    place = urllib.parse.urlsplit(address)
    for head in (JSON["content-type"], "multipart/form-data; boundary=x"):
        for path in ("ask", "articles"):
            with closing(socket.create_connection((str(place.hostname), int(place.port or 0)))) as connection:
                lines = f"POST /api/{path} HTTP/1.1", "Host: x", f"Content-Type: {head}", "Content-Length: 900", ""
                connection.sendall("\r\n".join([*lines, '{"question": "Who']).encode())
    assert post(address, "/api/search", {"query": "Turkey", "k": 1}).status == 200


def test_an_archive_that_does_not_open_is_told_in_one_line() -> None:
    def fail() -> object:
        raise NotAnArchiveError("there is no archive here; name another folder")

    with serving_once_open(fail, make=api_alone) as address:
        for reply in (post(address, "/api/ask", {"question": "Who?"}), get(address, "/api/stats")):
            assert refused(reply) == (503, "there is no archive here; name another folder")
            assert reply.headers["retry-after"] == "5"


texts = st.text(max_size=30) | st.sampled_from(["\0", "\ud800", "\u202e", "؟", "2020-02-17", "9" * 400])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
FIELDS = ("question", "query", "quote", "text", "about", "speaker", "from", "to", "source", "author", "language", "k")


@given(
    path=st.sampled_from(["ask", "search", "check", "statements", "articles"]),
    sent=values | st.dictionaries(st.sampled_from(FIELDS) | texts, values, max_size=6),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_answered_or_refused_in_one_way(address: str, path: str, sent: object) -> None:
    reply = request(address, "POST", f"/api/{path}", json.dumps(sent), JSON)
    assert reply.status == 200 or refused(reply)[0] in (400, 403, 422)
