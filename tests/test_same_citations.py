"""However the archive is asked, an answer has the same citations: shell, page, REST, OpenAI, MCP, and libraries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from click.testing import CliRunner
from openai import OpenAI

from assistant.ask import Assistant
from assistant.cli import cli
from assistant.langchain import IsnadChain
from assistant.llama_index import IsnadQueryEngine
from assistant.serve.app import application
from tests.serving import serving
from tests.tool_client import ToolClient, connected

CHIP = re.compile(r'data-article="(\w+)" data-citation="(\d+)" data-run="(\d+)-(\d+)"')


class Place(NamedTuple):
    """What is cited: the article, code points into its text, and the words that stand there."""

    article: str
    start: int
    end: int
    quote: str


@pytest.fixture(scope="module")
def served(seed_assistant: Assistant) -> Iterator[str]:
    """Pages and programs served by one process."""
    with serving(seed_assistant, make=application) as address:
        yield address


@pytest.fixture(scope="module")
def client(served: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{served}/v1", api_key="none", max_retries=0) as client:
        yield client


@pytest.fixture(scope="module")
def tools(served: str) -> Iterator[ToolClient]:
    with connected(f"{served}/mcp", "legacy") as client:
        yield client


def by_page(question: str, assistant: Assistant, page: str) -> list[Place]:
    lines = httpx.post(f"{page}/turn", json={"question": question}, timeout=60).text.splitlines()
    (html,) = [turn["html"] for turn in map(json.loads, lines) if turn.get("final")]
    chips = {int(number): (name, int(start), int(end)) for name, number, start, end in CHIP.findall(html)}
    runs = [chips[number] for number in sorted(chips)]
    return [Place(*run, assistant.archive.article(run[0]).text[run[1] : run[2]]) for run in runs]


def by_shell(question: str, assistant: Assistant) -> list[Place]:
    printed = CliRunner().invoke(cli, ["ask", question, "--json", "--archive", str(assistant.archive.folder)]).stdout
    return _places(json.loads(printed))


def by_rest(question: str, served: str) -> list[Place]:
    return _places(httpx.post(f"{served}/api/ask", json={"question": question}, timeout=60).json())


def by_mcp(question: str, tools: ToolClient) -> list[Place]:
    return _places(tools.call("ask", {"question": question}).structured_content)


def _places(answer: Any) -> list[Place]:  # noqa: ANN401  (as JSON comes)
    return [Place(*(one[field] for field in Place._fields)) for one in answer["citations"]]


def by_openai(question: str, client: OpenAI) -> list[Place]:
    completion = client.chat.completions.create(model="isnad", messages=[{"role": "user", "content": question}])
    cited = [one.model_dump()["isnad"] for one in completion.choices[0].message.annotations or []]
    return list(dict.fromkeys(Place(*(one[field] for field in Place._fields)) for one in cited))


def by_llama_index(question: str, assistant: Assistant) -> list[Place]:
    nodes = IsnadQueryEngine(assistant).query(question).source_nodes
    facts = [(found.node.metadata, found.node.get_content()) for found in nodes]
    return [Place(one["article"], one["start"], one["end"], text) for one, text in facts]


def by_langchain(question: str, assistant: Assistant) -> list[Place]:
    facts = [(found.metadata, found.page_content) for found in IsnadChain(assistant).invoke(question)["context"]]
    return [Place(one["article"], one["start"], one["end"], text) for one, text in facts]


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("what did Lavrov say about Turkey", True),
        ("ماذا قال لافروف عن تركيا؟", True),
        ("When did Tillerson arrive in Moscow?", True),
        ("متى وصل تيلرسون إلى موسكو؟", True),
        ("Why is the Kremlin worried about Idlib?", True),
        ("ما الذي يقلق الكرملين في إدلب؟", True),
        ("What did Lavrov say about Japan?", False),
        ("ماذا قال لافروف عن اليابان؟", False),
    ],
)
def test_an_answer_has_the_same_citations_however_it_is_asked_for(
    seed_assistant: Assistant, served: str, client: OpenAI, tools: ToolClient, question: str, answered: bool
) -> None:
    shell = by_shell(question, seed_assistant)
    assert bool(shell) is answered
    for place in shell:
        assert seed_assistant.archive.article(place.article).text[place.start : place.end] == place.quote
    assert by_page(question, seed_assistant, served) == shell
    assert by_rest(question, served) == shell
    assert by_mcp(question, tools) == shell
    assert by_openai(question, client) == shell
    assert by_llama_index(question, seed_assistant) == shell
    assert by_langchain(question, seed_assistant) == shell
