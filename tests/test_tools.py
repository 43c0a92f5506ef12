"""The tools, called by the official client in both protocols, over standard input and over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mcp import MCPError
from mcp_types import CallToolResult, ResourceLink

from assistant.ask import open_assistant
from assistant.desk import Desk
from tests.console import isnad_here, make_seed_archive
from tests.librarian import seed
from tests.tool_client import ToolClient, connected, program, serving_tools, text_of

LAVROV = {"en": "what did Lavrov say about Turkey", "ar": "ماذا قال لافروف عن تركيا؟"}

CALLS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "ask-en": ({"question": LAVROV["en"]}, ["ask", LAVROV["en"]]),
    "ask-ar": ({"question": LAVROV["ar"]}, ["ask", LAVROV["ar"]]),
    "ask-narrowed": (
        {"question": LAVROV["en"], "from": "2017-04-01", "to": "2017-04-30", "language": "ar", "lang": "ar"},
        ["ask", LAVROV["en"], "--from", "2017-04-01", "--to", "2017-04-30", "--in", "ar", "--lang", "ar"],
    ),
    "ask-declined": ({"question": "What did Lavrov say about Japan?"}, ["ask", "What did Lavrov say about Japan?"]),
    "search-en": ({"query": "Idlib", "limit": 2}, ["search", "Idlib", "-k", "2"]),
    "search-ar": ({"query": "إدلب", "speaker": "Peskov"}, ["search", "إدلب", "--speaker", "Peskov"]),
    "check_quote-ar": ({"quote": "لا بديل عن التعاون مع تركيا"}, ["check", "--quote", "لا بديل عن التعاون مع تركيا"]),
    "check_quote-en": ({"quote": "no such words"}, ["check", "--quote", "no such words"]),
    "who_said-en": ({"speaker": "Lavrov"}, ["statements", "--speaker", "Lavrov"]),
    "who_said-ar": (
        {"speaker": "بيسكوف", "about": "تركيا", "source": None},
        ["statements", "--speaker", "بيسكوف", "--about", "تركيا"],
    ),
}
"""The arguments of a call, and the command that does the same; a tool's name ends where the hyphen begins."""

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("ask", {}, "the arguments cannot be used: question: field required"),
    (
        "ask",
        {"question": "x" * 500_000, "speeker": "Lavrov"},
        "the arguments cannot be used: question: string should have at most 2000 characters; "
        "speeker: extra inputs are not permitted",
    ),
    ("ask", {"question": "?!"}, "the question '?!' holds no word; write one in Arabic or English"),
    ("ask", {"question": "who?", "lang": "fr"}, "the arguments cannot be used: lang: input should be 'ar' or 'en'"),
    ("ask", {"question": "who?", "from": "soon"}, "“soon” is no day; write it as 2020-02-17"),
    ("search", {"query": "Idlib", "source": ["BBC"]}, "no article of the archive states its outlet; leave “BBC” out"),
    (
        "search",
        {"query": "Idlib", "limit": 0},
        "the arguments cannot be used: limit: input should be greater than or equal to 1",
    ),
    ("check_quote", {"quote": "…"}, "the quotation holds no word; give the words to look for"),
    ("who_said", {"speaker": "؟"}, "“؟” is no name; leave the field empty for all"),
]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the seed articles."""
    return make_seed_archive(tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="module")
def printed(seeds: Path) -> dict[str, tuple[dict[str, Any], str]]:
    """What the commands print over that archive, for programs and for reading."""
    return {
        name: (json.loads(_printed([*command, "--json"], seeds)), _printed(command, seeds).rstrip("\n"))
        for name, (_, command) in CALLS.items()
    }


@pytest.fixture(scope="module")
def address(seeds: Path) -> Iterator[str]:
    """Where an application serves the tools over that archive."""
    desk = Desk(lambda: open_assistant(seeds / ".isnad"))
    with serving_tools(desk) as (address, _):
        yield address
    desk.close()


# The protocol of 2025 begins with a handshake, that of 2026 has none.
@pytest.fixture(scope="module", params=["stdio-2025", "stdio-2026", "http-2025", "http-2026"])
def client(request: pytest.FixtureRequest, seeds: Path, address: str) -> Iterator[ToolClient]:
    """A client of the tools over that archive."""
    transport, _, year = request.param.partition("-")
    with connected(program(seeds) if transport == "stdio" else address, "legacy" if year == "2025" else "auto") as one:
        yield one


def _results(client: ToolClient) -> dict[str, CallToolResult]:
    return {name: client.call(name.partition("-")[0], given) for name, (given, _) in CALLS.items()}


def _printed(arguments: list[str], folder: Path) -> str:
    printed = isnad_here(*arguments, folder=folder)
    assert printed.stderr == ""
    return printed.stdout


def _without_time(value: dict[str, Any] | None) -> dict[str, Any]:
    assert value is not None
    return {name: one for name, one in value.items() if name != "seconds"}


def test_each_tool_says_what_it_takes_and_returns_and_that_it_changes_nothing(client: ToolClient) -> None:
    tools = client.tools()
    assert [tool.name for tool in tools] == ["ask", "search", "check_quote", "who_said"]
    for tool in tools:
        assert tool.annotations is not None
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        assert tool.description
        assert tool.output_schema is not None
        for schema in (tool.input_schema, tool.output_schema):
            jsonschema.Draft202012Validator.check_schema(schema)
        taken: dict[str, dict[str, Any]] = tool.input_schema["properties"]
        bounds = {"maxLength", "maxItems", "maximum", "anyOf"}
        assert [name for name, field in taken.items() if "description" not in field or bounds.isdisjoint(field)] == []


def test_a_tool_returns_what_the_command_prints(
    client: ToolClient, printed: dict[str, tuple[dict[str, Any], str]]
) -> None:
    for name, result in _results(client).items():
        found = printed[name][0].get("places", printed[name][0].get("statements"))
        counted = {} if found is None else {"total": len(found)}
        assert _without_time(result.structured_content) == _without_time(printed[name][0]) | counted
        assert not result.is_error


def test_what_is_read_is_what_the_command_shows_and_leads_to_the_articles(
    client: ToolClient, printed: dict[str, tuple[dict[str, Any], str]]
) -> None:
    for name, result in _results(client).items():
        if not name.startswith("search"):  # which shows the passages whole
            assert text_of(result) == printed[name][1]
        found = result.structured_content
        assert found is not None
        rows = next(found[part] for part in ("citations", "hits", "places", "statements") if part in found)
        linked = [link.uri for link in result.content if isinstance(link, ResourceLink)]
        assert linked == list(dict.fromkeys(f"isnad://articles/{row['article']}" for row in rows))


def test_a_search_shows_whole_passages(client: ToolClient) -> None:
    result = client.call("search", {"query": "إدلب", "limit": 1})
    assert result.structured_content is not None
    (hit,) = result.structured_content["hits"]
    assert " ".join(hit["text"].split()) in text_of(result)


@pytest.mark.parametrize("language", LAVROV)
def test_a_citation_stands_in_the_article_that_it_leads_to(client: ToolClient, language: str) -> None:
    texts = {Path(article.path).name: article.text for article in map(seed, range(5))}
    answer = client.call("ask", {"question": LAVROV[language]}).structured_content
    assert answer is not None
    assert len(answer["citations"]) == 4
    for citation in answer["citations"]:
        text = client.read(f"isnad://articles/{citation['article']}")
        assert text == texts[Path(citation["path"]).name]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_long_list_comes_in_parts(client: ToolClient) -> None:
    parts: list[dict[str, Any]] = [{"limit": 200}, {"limit": 3}, {"limit": 3, "offset": 3}, {"offset": 1000}]
    results = [client.call("who_said", part) for part in parts]
    rows = [_without_time(result.structured_content) for result in results]
    every, first, second, beyond = [row["statements"] for row in rows]
    assert (first, second, beyond) == (every[:3], every[3:6], [])
    assert [row["total"] for row in rows] == [len(every)] * 4
    assert text_of(results[1]).startswith(f"statements 1–3 of {len(every)}:\n")
    assert text_of(results[2]).startswith(f"statements 4–6 of {len(every)}:\n")
    assert text_of(results[3]) == f"there are {len(every)} statements; none comes after the first 1,000"


def test_what_cannot_be_worked_on_is_refused_in_one_line(client: ToolClient) -> None:
    results = [client.call(name, given) for name, given, _ in REFUSED]
    assert [(text_of(result), result.is_error, result.structured_content) for result in results] == [
        (line, True, None) for _, _, line in REFUSED
    ]


def test_what_is_not_there_is_an_error_of_the_protocol(client: ToolClient) -> None:
    lines = []
    for request in (
        partial(client.call, "fetch", {}),
        partial(client.read, "isnad://articles/none"),
        partial(client.read, "file:///etc/passwd"),
    ):
        with pytest.raises(MCPError) as error:
            request()
        lines.append((error.value.error.code, error.value.error.message))
    assert lines == [
        (-32602, "there is no tool 'fetch'; see tools/list"),
        (-32602, "there is no resource 'isnad://articles/none'; a tool names the articles that there are"),
        (-32602, "there is no resource 'file:///etc/passwd'; a tool names the articles that there are"),
    ]


def test_twenty_calls_at_once_are_answered_each_with_its_own(client: ToolClient) -> None:
    results = client.at_once([("ask", {"question": question}) for question in [*LAVROV.values()] * 10])
    asked = [_without_time(result.structured_content)["question"] for result in results]
    assert asked == [*LAVROV.values()] * 10
