"""The API over real requests: the command line's own objects, events, and what they describe themselves as."""

from __future__ import annotations

import http.client
import json
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from pydantic import BaseModel, TypeAdapter

from assistant.ask import open_assistant
from assistant.serve import answers
from assistant.serve.api import holdings
from assistant.serve.api.descriptions import EXAMPLES
from tests.api_examples import examples
from tests.parts.api import JSON, get, post, request, serving_api
from tests.parts.archives import fill
from tests.parts.console import json_of, untimed

if TYPE_CHECKING:
    from index.types import Filters, Hit
    from tests.parts.llm_server import LlmServer

TURKEY = "What did Lavrov say about Turkey?"
QUOTE = "الممثلون العسكريون لكل من روسيا وتركيا"
TEXT = "Lavrov said that Turkey did not carry out its obligations. “Japan won the cup.” He left in 2031."


@pytest.fixture(scope="module")
def address(seed_daily: Path) -> Iterator[str]:
    with serving_api(open_assistant(seed_daily)) as address:
        yield address


ASKED: list[tuple[dict[str, object], tuple[str, ...]]] = [
    ({"question": TURKEY}, (TURKEY,)),
    ({"question": "ماذا قال لافروف عن تركيا؟", "lang": "en"}, ("ماذا قال لافروف عن تركيا؟", "--lang", "en")),
    ({"question": "What did Lavrov say about Japan?"}, ("What did Lavrov say about Japan?",)),
    (
        {
            "question": "And about Syria?",
            "history": [TURKEY],
            "speaker": "Lavrov",
            "language": "ar",
            "source": ["seed daily"],
        },
        ("And about Syria?", "--after", TURKEY, "--speaker", "Lavrov", "--in", "ar", "--source", "seed daily"),
    ),
    (
        {"question": TURKEY, "from": "2017-04-01", "to": "2017-04-30", "author": None, "writer": "extractive"},
        (TURKEY, "--from", "2017-04-01", "--to", "2017-04-30"),
    ),
]


@pytest.mark.parametrize(("sent", "arguments"), ASKED)
def test_an_answer_is_the_text_that_the_command_prints(
    address: str, seed_daily: Path, sent: dict[str, object], arguments: tuple[str, ...]
) -> None:
    reply = post(address, "/api/ask", sent)
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert untimed(reply.text) == untimed(json_of(seed_daily, "ask", *arguments))
    answers.Answer.model_validate_json(json_of(seed_daily, "ask", *arguments))


CHECKED = TypeAdapter[answers.Places | answers.Audit](answers.Places | answers.Audit)

SAME: list[tuple[str, dict[str, object], tuple[str, ...], type[BaseModel] | TypeAdapter[Any]]] = [
    ("search", {"query": "Turkey"}, ("search", "Turkey"), answers.Hits),
    (
        "search",
        {"query": "إدلب", "k": 3, "from": "2017-01-01", "source": ["seed daily"], "speaker": "Peskov"},
        ("search", "إدلب", "-k", "3", "--from", "2017-01-01", "--source", "seed daily", "--speaker", "Peskov"),
        answers.Hits,
    ),
    ("check", {"quote": QUOTE}, ("check", "--quote", QUOTE), CHECKED),
    ("check", {"quote": "لا بديل عن التعاون مع تركيا"}, ("check", "--quote", "لا بديل عن التعاون مع تركيا"), CHECKED),
    ("check", {"quote": "nobody said it"}, ("check", "--quote", "nobody said it"), CHECKED),
    ("statements", {"limit": 1000}, ("statements",), answers.Told),
    (
        "statements",
        {"speaker": "Peskov", "about": "Idlib", "language": "ar"},
        ("statements", "--speaker", "Peskov", "--about", "Idlib", "--in", "ar"),
        answers.Told,
    ),
]


@pytest.mark.parametrize(("path", "sent", "arguments", "schema"), SAME)
def test_what_is_found_is_the_text_that_the_command_prints(
    address: str,
    seed_daily: Path,
    path: str,
    sent: dict[str, object],
    arguments: tuple[str, ...],
    schema: type[BaseModel] | TypeAdapter[Any],
) -> None:
    reply = post(address, f"/api/{path}", sent)
    assert (reply.status, reply.text) == (200, json_of(seed_daily, *arguments))
    adapter = schema if isinstance(schema, TypeAdapter) else TypeAdapter(schema)
    adapter.validate_json(reply.text)


def test_a_text_is_checked_as_the_command_checks_a_file(address: str, seed_daily: Path, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    reply = post(address, "/api/check", {"text": TEXT})
    assert (reply.status, reply.text) == (200, json_of(seed_daily, "check", str(file)))
    audit = answers.Audit.model_validate_json(reply.text)
    assert [found.passes for found in audit.sentences] == [True, False, False]


def test_statements_come_a_page_at_a_time(address: str) -> None:
    whole = post(address, "/api/statements", {"limit": 1000}).json["statements"]
    pages = [post(address, "/api/statements", {"offset": place, "limit": 7}).json["statements"] for place in (0, 7)]
    assert pages == [whole[:7], whole[7:14]]
    assert post(address, "/api/statements", {"offset": 10**6}).json == {"statements": []}


def test_the_archive_is_shown_as_the_command_shows_it(address: str, seed_daily: Path) -> None:
    listed = get(address, "/api/articles")
    assert listed.text == json_of(seed_daily, "archive", "list")
    whole = holdings.Articles.model_validate_json(listed.text)
    assert whole.total == 5
    for one in whole.articles:
        shown = get(address, f"/api/articles/{one.article}")
        assert shown.text == json_of(seed_daily, "archive", "show", one.article)
        holdings.Article.model_validate_json(shown.text)
    ours, theirs = get(address, "/api/stats"), json.loads(json_of(seed_daily, "archive", "stats"))
    assert ours.json == theirs | {"bytes": ours.json["bytes"]}
    holdings.Stats.model_validate_json(ours.text)


def test_articles_are_listed_a_page_at_a_time_and_narrowed(address: str) -> None:
    whole = get(address, "/api/articles").json["articles"]
    page = get(address, "/api/articles?offset=3&limit=2").json
    assert page == {"total": 5, "articles": whole[3:]}
    dated = get(address, "/api/articles?from=2017-04-12&source=Seed%20Daily&source=SEED%20DAILY").json
    assert dated == {"total": 1, "articles": [one for one in whole if one["published"] == "2017-04-12"]}
    assert get(address, "/api/articles?language=en").json == {"total": 0, "articles": []}


def events(text: str) -> list[tuple[str, Any]]:
    """The server-sent events of a response."""
    found = []
    for part in text.removesuffix("\n\n").split("\n\n"):
        name, data = part.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


@pytest.mark.parametrize("asked", [{"stream": True}, {"accept": "text/event-stream"}])
def test_an_answer_of_whole_quotations_is_one_event(address: str, asked: dict[str, Any]) -> None:
    sent = json.dumps({"question": TURKEY, "stream": "stream" in asked})
    reply = request(address, "POST", "/api/ask", sent, JSON | ({} if "stream" in asked else asked))
    assert (reply.status, reply.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    ((name, answer),) = events(reply.text)
    plain = post(address, "/api/ask", {"question": TURKEY}).json
    assert (name, answer) == ("answer", plain | {"seconds": answer["seconds"]})


BRIDGE = "The bridge of Halim cost 40 million dinars. It was opened on Monday by the mayor.\n"


@pytest.fixture
def written(tmp_path: Path, server: LlmServer) -> Iterator[str]:
    """The API where a language model may write."""
    from assistant.writers.llm_client import open_model
    from index.settings import load_settings

    (tmp_path / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    fill(tmp_path / "archive", tmp_path / "bridge.txt")
    model = open_model(load_settings(llm="loopback", llm_url=server.url))
    with serving_api(open_assistant(tmp_path / "archive", model=model)) as address:
        yield address


COST = {"question": "How much did the bridge cost?", "writer": "llm"}


def test_the_words_of_a_language_model_come_before_the_answer_that_is_verified(written: str, server: LlmServer) -> None:
    server.reply("The bridge ", "cost 40 million ", "dinars [1].")
    *pieces, (name, answer) = events(post(written, "/api/ask", COST | {"stream": True}).text)
    assert [piece for piece, _ in pieces] == ["piece"] * len(pieces)
    assert "".join(value["text"] for _, value in pieces) == "The bridge cost 40 million dinars [1]."
    assert (name, answer["sentences"][0]["text"]) == ("answer", "The bridge cost 40 million dinars.")
    plain = post(written, "/api/ask", COST).json
    assert plain == answer | {"seconds": plain["seconds"]}
    quoted = post(written, "/api/ask", {"question": COST["question"]}).json
    assert "“" in quoted["sentences"][0]["text"]


@pytest.mark.parametrize("stream", [True, False])
def test_who_goes_away_stops_the_work(written: str, server: LlmServer, stream: bool) -> None:
    server.reply("The bridge ")
    server.endless, server.pause = True, 0.05
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(written).netloc, timeout=60)
    connection.request("POST", "/api/ask", json.dumps(COST | {"stream": stream}), JSON)
    while not server.streams:
        time.sleep(0.05)
    if stream:
        connection.getresponse().read(20)
    connection.close()
    deadline = time.monotonic() + 20
    while server.streams and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.streams == 0


def test_who_goes_away_stops_the_check_of_a_text(seed_daily: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = open_assistant(seed_daily)
    searched: list[float] = []
    search = assistant.search

    def counted(query: str, filters: Filters | None, top_k: int) -> list[Hit]:
        searched.append(time.monotonic())
        return search(query, filters, top_k)

    monkeypatch.setattr(assistant, "search", counted)
    text = "\n\n".join(f"Lavrov said that Turkey took {number} villages in Idlib." for number in range(3000))
    with serving_api(assistant) as address:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=60)
        connection.request("POST", "/api/check", json.dumps({"text": text}), JSON)
        while len(searched) < 3:
            time.sleep(0.05)
        connection.close()
        while time.monotonic() - searched[-1] < 2:
            time.sleep(0.1)
        assert len(searched) < 2000
        assert get(address, "/api/stats").status == 200


def test_the_examples_in_the_description_are_what_the_seed_articles_give(tmp_path: Path) -> None:
    def settled(value: Any) -> Any:  # noqa: ANN401  (any JSON)
        """The same without what no two machines give alike."""
        if isinstance(value, dict):
            return {
                name: pytest.approx(one, abs=0.01) if name == "score" else settled(one)
                for name, one in value.items()
                if name not in ("seconds", "bytes")
            }
        return [settled(one) for one in value] if isinstance(value, list) else value

    kept = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    assert settled(kept) == settled(examples(tmp_path / "archive")), "write them anew: python -m tests.api_examples"


def test_every_example_is_as_it_is_described(address: str) -> None:
    description = get(address, "/api/openapi.json").json
    checked = 0
    for operations in description["paths"].values():
        for operation in operations.values():
            parts = [operation.get("requestBody", {}), *operation["responses"].values()]
            for part in parts:
                content = part.get("content", {}).get("application/json", {})
                values = [one["value"] for one in content.get("examples", {}).values()]
                for value in [*values, *([content["example"]] if "example" in content else [])]:
                    schema = content["schema"] | {"components": description["components"]}
                    jsonschema_rs.Draft202012Validator(schema).validate(value)
                    checked += 1
    assert checked > 40


def test_every_field_of_a_request_is_described(address: str) -> None:
    schemas = get(address, "/api/openapi.json").json["components"]["schemas"]
    for name in ("Ask", "Search", "Check", "Statements"):
        assert [field for field, one in schemas[name]["properties"].items() if "description" not in one] == []
