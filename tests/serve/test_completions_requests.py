"""Requests that cannot be honoured: one clear line in the shape of OpenAI's errors, and never a fault of the server."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openai import BadRequestError, InternalServerError, OpenAI

from assistant.ask import Assistant
from assistant.questions.checking import LONGEST
from assistant.serve.completions.errors import Refusal
from assistant.serve.completions.request import Asked, read_request
from index.errors import ArchiveDamagedError
from tests.parts.completions import completions_served

ASKED = [{"role": "user", "content": "Who won?"}]
PICTURE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}


@pytest.fixture(scope="module")
def client(seed_assistant: Assistant) -> Iterator[httpx.Client]:
    with (
        completions_served(lambda: seed_assistant) as address,
        httpx.Client(base_url=f"{address}/v1", timeout=60) as client,
    ):
        yield client


def refused(response: httpx.Response) -> dict[str, Any]:
    """The error of a response, which holds nothing else."""
    body = response.json()
    assert list(body) == ["error"]
    assert list(body["error"]) == ["message", "type", "param", "code"]
    assert "\n" not in body["error"]["message"]
    error: dict[str, Any] = body["error"]
    return error


@pytest.mark.parametrize(
    ("body", "param", "code", "message"),
    [
        (b"", None, "invalid_json", "the body is no JSON: EOF while parsing a value at line 1 column 0"),
        (b"{", None, "invalid_json", "the body is no JSON: EOF while parsing an object at line 1 column 1"),
        (b"\xff\xfe", None, "invalid_json", "the body is no JSON: expected value at line 1 column 1"),
        (b"[" * 10_000, None, "invalid_json", "the body is no JSON: recursion limit exceeded at line 1 column 202"),
        (b'"x"', None, "invalid_type", "the body: input should be an object"),
        (b"{}", "model", "missing_required_parameter", "model is missing; send it"),
    ],
)
def test_a_body_that_is_no_request_is_refused(
    client: httpx.Client, body: bytes, param: str | None, code: str, message: str
) -> None:
    response = client.post("/chat/completions", content=body)
    assert response.status_code == 400
    assert refused(response) == {
        "message": message,
        "type": "invalid_request_error",
        "param": param,
        "code": code,
    }


@pytest.mark.parametrize(
    ("fields", "param", "code", "message"),
    [
        ({"model": None}, "model", "invalid_type", "model: input should be a valid string"),
        (
            {"messages": []},
            "messages",
            "invalid_value",
            "messages: list should have at least 1 item after validation, not 0",
        ),
        (
            {"messages": [{"role": "user", "content": 5}]},
            "messages[0].content",
            "invalid_type",
            "messages[0].content: input should be a valid string",
        ),
        (
            {"messages": [{"role": "user", "content": [{"text": "Who?"}]}]},
            "messages[0].content[0].type",
            "missing_required_parameter",
            "messages[0].content[0].type is missing; send it",
        ),
        (
            {"messages": [{"role": "king", "content": "Who?"}]},
            "messages[0].role",
            "invalid_value",
            "messages[0].role: input should be 'system', 'developer', 'user', 'assistant', 'tool' or 'function'",
        ),
        (
            {"messages": [{"role": "system", "content": "Be brief."}]},
            "messages",
            "invalid_value",
            "messages holds none of the role 'user'; send the question as one",
        ),
        (
            {"messages": [{"role": "user", "content": " "}]},
            "messages[0].content",
            "invalid_value",
            "the question is empty; write one in Arabic or English",
        ),
        (
            {"messages": [{"role": "user"}]},
            "messages[0].content",
            "invalid_value",
            "the question is empty; write one in Arabic or English",
        ),
        (
            {"messages": [*ASKED, {"role": "user", "content": "why " * LONGEST}]},
            "messages[1].content",
            "context_length_exceeded",
            "the question has 7,999 characters; the most is 2,000",
        ),
        (
            {"messages": [{"role": "user", "content": [{"type": "text", "text": "Who?"}, PICTURE]}]},
            "messages[0].content[1]",
            "unsupported_value",
            "messages[0].content[1] is of the type 'image_url', which is not supported: ask in text alone",
        ),
        (
            {"n": 10**4000},
            "n",
            "unsupported_value",
            "n is not 1, which is not supported: a question has one answer; leave it out",
        ),
        (
            {"tool_choice": "required"},
            "tool_choice",
            "unsupported_value",
            "tool_choice demands a call, which is not supported: the archive calls no tools; leave it out, or send"
            " 'none'",
        ),
        (
            {"function_call": {"name": "f"}},
            "function_call",
            "unsupported_value",
            "function_call demands a call, which is not supported: the archive calls no tools; leave it out, or send"
            " 'none'",
        ),
        (
            {"response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {}}}},
            "response_format",
            "unsupported_value",
            "response_format is 'json_schema', which is not supported: the content is text; the field 'isnad' of the"
            " reply is JSON",
        ),
        (
            {"modalities": ["text", "audio"]},
            "modalities",
            "unsupported_value",
            "modalities asks for more than text, which is not supported: leave it out",
        ),
        (
            {"logprobs": True},
            "logprobs",
            "unsupported_value",
            "logprobs is true, which is not supported: no sentence is drawn by chance; leave it out",
        ),
    ],
)
def test_a_request_that_cannot_be_honoured_is_refused(
    client: httpx.Client, fields: dict[str, object], param: str, code: str, message: str
) -> None:
    response = client.post("/chat/completions", json={"model": "isnad", "messages": ASKED} | fields)
    assert response.status_code == 400
    assert refused(response) == {
        "message": message,
        "type": "invalid_request_error",
        "param": param,
        "code": code,
    }


def test_another_model_is_not_there(client: httpx.Client) -> None:
    response = client.post("/chat/completions", json={"model": "g" * 60, "messages": ASKED})
    assert response.status_code == 404
    assert refused(response)["code"] == "model_not_found"
    assert refused(response)["message"] == f"the model '{'g' * 50}…' does not exist; ask for 'isnad'"


def test_a_picture_in_an_earlier_message_is_passed_over(client: httpx.Client) -> None:
    earlier = {"role": "user", "content": [PICTURE, {"type": "text", "text": "What did Lavrov say?"}]}
    response = client.post("/chat/completions", json={"model": "isnad", "messages": [earlier, *ASKED]})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/chat/completions"), ("POST", "/embeddings"), ("POST", "/models"), ("DELETE", "/x/y"), ("PUT", "/")],
)
def test_what_is_not_served_is_said_in_the_same_shape(client: httpx.Client, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 404
    error = refused(response)
    assert error["code"] == "unknown_url"
    assert error["message"] == (
        f"nothing is served at {method} /v1{path}; there are POST /v1/chat/completions, GET /v1/models"
    )


def test_the_client_library_raises_its_own_errors(client: httpx.Client) -> None:
    with OpenAI(base_url=str(client.base_url), api_key="none", max_retries=0) as library:
        with pytest.raises(BadRequestError) as refusal:
            library.chat.completions.create(model="isnad", messages=[{"role": "user", "content": "?"}], stream=True)
        assert (refusal.value.param, refusal.value.code) == ("messages[0].content", "invalid_value")


def test_an_archive_that_cannot_be_opened_is_said_in_one_line() -> None:
    def fail() -> Assistant:
        raise ArchiveDamagedError("the archive is damaged; restore it")

    with completions_served(fail) as address, OpenAI(base_url=f"{address}/v1", api_key="x", max_retries=0) as library:
        assert [model.id for model in library.models.list()] == ["isnad"]
        with pytest.raises(InternalServerError) as refusal:
            library.chat.completions.create(model="isnad", messages=[{"role": "user", "content": "Who won?"}])
    assert refusal.value.status_code == 503
    assert refusal.value.body == {
        "message": "the archive is damaged; restore it",
        "type": "server_error",
        "param": None,
        "code": "archive_unavailable",
    }


@pytest.mark.parametrize("host", [b"[::1", b"a b", b"x/y?z", b"", b"\xd8\xa7"])
def test_a_host_that_is_none_is_no_fault_of_the_server(client: httpx.Client, host: bytes) -> None:
    place = urlsplit(str(client.base_url))
    body = json.dumps({"model": "isnad", "messages": ASKED}).encode()
    head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: %b\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
    with socket.create_connection((place.hostname, place.port), timeout=60) as connection:
        connection.sendall(head % (host, len(body)) + body)
        with connection.makefile("rb") as answer:
            status = int(answer.readline().split()[1])
    assert status in (200, 400)


def test_a_request_that_is_cut_off_leaves_nothing_behind(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    place = urlsplit(str(client.base_url))
    with socket.create_connection((place.hostname, place.port), timeout=60) as connection:
        connection.sendall(b'POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"model"')
    assert client.get("/models").status_code == 200
    assert caplog.records == []


words = st.text(max_size=20) | st.sampled_from(["isnad", "user", "text", "stream", "Who won?", "\ud800", "\u2028"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
parts = st.fixed_dictionaries({"type": words | values}, optional={"text": words | values})
messages = st.fixed_dictionaries(
    {"role": st.sampled_from(["user", "system", "assistant"]) | values, "content": words | st.lists(parts) | values},
    optional={"name": values, "tool_calls": values},
)
requests = st.fixed_dictionaries(
    {"model": st.just("isnad") | values, "messages": st.lists(messages, max_size=4) | values},
    optional={
        name: values
        for name in (
            *(
                "stream",
                "stream_options",
                "n",
                "tools",
                "tool_choice",
                "function_call",
                "response_format",
                "modalities",
            ),
            *("audio", "logprobs", "temperature", "max_tokens", "stop", "user", "isnad", "seed"),
        )
    },
)


@given(st.binary(max_size=200) | (values | requests).map(lambda value: json.dumps(value).encode()))
def test_any_body_is_a_question_or_refused_in_one_line(body: bytes) -> None:
    asked = read_request(body)
    if isinstance(asked, Refusal):
        assert asked.status in (400, 404)
        assert "\n" not in asked.message
        assert len(asked.message) < 300
    else:
        assert isinstance(asked, Asked)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values | requests)
def test_no_body_is_a_fault_of_the_server(client: httpx.Client, value: object) -> None:
    response = client.post("/chat/completions", content=json.dumps(value))
    if response.status_code != 200:
        assert response.status_code in (400, 404)
        refused(response)
