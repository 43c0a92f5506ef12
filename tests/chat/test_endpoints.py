"""The public endpoints of the application, called as others do: by gradio's client, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.ask import open_assistant
from tests.parts.console import json_of, untimed
from tests.parts.serving import serving

if TYPE_CHECKING:
    from gradio_client import Client

TURKEY = "What did Lavrov say about Turkey?"
QUOTE = "الممثلون العسكريون لكل من روسيا وتركيا"


@pytest.fixture(scope="module")
def client(seed_daily: Path) -> Iterator[Client]:
    from gradio_client import Client

    with serving(open_assistant(seed_daily)) as address:
        yield Client(address, verbose=False)


def printed(seed_daily: Path, *arguments: str) -> str:
    """What a command prints with ``--json``, without the end of its last line."""
    return json_of(seed_daily, *arguments).rstrip("\n")


def test_asking_searching_and_checking_are_the_public_endpoints(client: Client) -> None:
    api = client.view_api(return_format="dict", print_info=False)
    assert isinstance(api, dict)
    named = {
        name: [one["parameter_name"] for one in endpoint["parameters"]]
        for name, endpoint in api["named_endpoints"].items()
    }
    filters = ["published_from", "published_to", "source", "language", "author", "speaker"]
    assert named == {
        "/ask": ["question", "history", "lang", *filters],
        "/search": ["query", "k", *filters],
        "/check": ["text", "quote"],
    }
    assert api["unnamed_endpoints"] == {}


def test_asking_gives_the_text_that_the_command_prints(client: Client, seed_daily: Path) -> None:
    answer = client.predict(TURKEY, api_name="/ask")
    assert untimed(answer) == untimed(printed(seed_daily, "ask", TURKEY))
    follow_up = client.predict("And about Syria?", [TURKEY], "ar", speaker="Lavrov", language="ar", api_name="/ask")
    options = ("--after", TURKEY, "--lang", "ar", "--speaker", "Lavrov", "--in", "ar")
    assert untimed(follow_up) == untimed(printed(seed_daily, "ask", "And about Syria?", *options))
    assert json.loads(follow_up)["understood"] == "What did Lavrov say about Syria?"


def test_searching_gives_the_text_that_the_command_prints(client: Client, seed_daily: Path) -> None:
    hits = client.predict("Turkey", 3, published_from="2017-01-01", source=["seed daily"], api_name="/search")
    options = ("-k", "3", "--from", "2017-01-01", "--source", "seed daily")
    assert hits == printed(seed_daily, "search", "Turkey", *options)
    assert len(json.loads(hits)["hits"]) == 3


def test_checking_gives_the_text_that_the_command_prints(client: Client, seed_daily: Path, tmp_path: Path) -> None:
    assert client.predict(quote=QUOTE, api_name="/check") == printed(seed_daily, "check", "--quote", QUOTE)
    text = tmp_path / "text.txt"
    text.write_text("Lavrov said that Turkey did not carry out its obligations. Japan won the cup.", encoding="utf-8")
    checked = client.predict(text.read_text(encoding="utf-8"), api_name="/check")
    assert checked == printed(seed_daily, "check", str(text))


@pytest.mark.parametrize(
    ("endpoint", "arguments", "message"),
    [
        ("/ask", {"question": " "}, "the question is empty; write one in Arabic or English"),
        ("/ask", {"question": "Who?", "lang": "fr"}, "'fr' is no language of the archive; write ar or en"),
        (
            "/ask",
            {"question": "Who?", "published_from": "2020-02-18", "published_to": "2020-02-17"},
            "2020-02-18 is after 2020-02-17; exchange them",
        ),
        ("/search", {"query": "x", "k": 0}, "k is 0; give a number from 1 to 1000"),
        ("/search", {"query": "x", "source": ["Sead"]}, "the archive holds no outlet “Sead”; perhaps “Seed Daily”"),
        ("/check", {}, "give either a text or a quote"),
    ],
)
def test_bad_input_is_one_clear_line(client: Client, endpoint: str, arguments: dict[str, object], message: str) -> None:
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError) as refused:
        client.predict(**arguments, api_name=endpoint)
    assert str(refused.value) == message
