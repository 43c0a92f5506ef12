"""A language model that fails, stalls or writes rubbish costs a note, and never the answer or a key."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.types import Answer, Support
from assistant.writers.llm_client import LanguageModel, open_model
from index.errors import SettingsError
from index.settings import load_settings
from tests.archives import fill
from tests.llm_server import LlmServer
from tests.written import ASKED, BRIDGE, COST, make_archive, model_of, opened, told

NOTE = "The language model gave no usable answer ({}); these are quotations."


@pytest.fixture(autouse=True)
def loopback_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may reach another machine, not even for a tokenizer."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: tuple[str, int]) -> None:
        assert address[0] in ("127.0.0.1", "::1"), address
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("written"))


@pytest.fixture(scope="module")
def assistant(archive: Path, served: LlmServer) -> Iterator[Assistant]:
    with opened(archive, model_of(served)) as assistant:
        yield assistant


def quoted(answer: Answer, cause: str, note: str = NOTE) -> None:
    """Assert that an answer is the extractive one, and says why."""
    assert answer.notes == (note.format(cause),)
    assert [cited.quote for cited in answer.citations] == [BRIDGE]
    assert BRIDGE in answer.sentences[0].text


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_an_error_of_the_server_gives_the_quotations_and_says_so(
    assistant: Assistant, server: LlmServer, status: int
) -> None:
    server.status = status
    quoted(assistant.ask(ASKED), f"HTTP {status}")
    assert len(server.requests) == 1  # is not tried again, while somebody waits


def test_the_note_is_in_the_language_of_the_answer(assistant: Assistant, server: LlmServer) -> None:
    server.status = 500
    note = "لم يعطِ النموذج اللغوي جوابًا صالحًا ({})؛ ما يلي اقتباسات من المقالات."
    quoted(assistant.ask(ASKED, language="ar"), "HTTP 500", note)


def test_a_failure_where_the_quotations_decline_too_is_said_beside_the_reason(
    assistant: Assistant, server: LlmServer
) -> None:
    server.status = 500
    answer = assistant.ask("What did Adam Novak say about Japan?")
    assert answer.notes == ("The language model gave no usable answer (HTTP 500).",)
    assert (answer.declined, bool(answer.reason)) == (True, True)


def test_a_server_that_is_not_there(archive: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    model = open_model(load_settings(llm="loopback", llm_url=f"http://127.0.0.1:{port}/v1"))
    with opened(archive, model) as assistant:
        quoted(assistant.ask(ASKED), "no connection to its server")


@pytest.mark.parametrize("chunks", [0, 1])
def test_a_server_that_stalls_is_waited_for_no_longer_than_allowed(
    archive: Path, server: LlmServer, chunks: int
) -> None:
    server.reply("The bridge ", "cost 40 million.")
    server.stall_after = chunks
    with opened(archive, model_of(server, llm_timeout=0.5)) as assistant:
        quoted(assistant.ask(ASKED), "it took too long")


def test_a_model_that_has_begun_may_not_fall_silent(archive: Path, server: LlmServer) -> None:
    server.reply("The bridge ", "cost 40 million.")
    server.stall_after = 1
    model = model_of(server)
    with opened(archive, LanguageModel(model.llm, timeout=20, silence=0.3, close=model.close)) as assistant:
        quoted(assistant.ask(ASKED), "it fell silent")


def test_a_reply_that_drips_in_for_ever_is_ended(archive: Path, server: LlmServer) -> None:
    server.reply("a ")
    server.endless, server.pause = True, 0.05
    with opened(archive, model_of(server, llm_timeout=0.6)) as assistant:
        quoted(assistant.ask(ASKED), "it took too long")


@pytest.mark.parametrize("finish", ["stop", None])
def test_a_stream_that_is_cut_is_no_answer(assistant: Assistant, server: LlmServer, finish: str | None) -> None:
    server.reply("The bridge cost 40 million. ", "It will")
    server.cut_after, server.finish = (1 if finish else None), finish
    quoted(assistant.ask(ASKED), "its reply broke off")


def test_a_reply_that_the_server_ends_for_its_length_is_no_answer(assistant: Assistant, server: LlmServer) -> None:
    server.reply("The bridge cost 40 million. It will")
    server.finish = "length"
    quoted(assistant.ask(ASKED), "its reply broke off")


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (b"<html>Welcome</html>", "its reply was empty"),
        (b"data: {not json}\n\n", "its reply was no use"),
        (b'data: {"error": {"message": "out of memory"}}\n\n', "it failed"),
        (b"data: [DONE]\n\n", "its reply was empty"),
        (b"", "its reply was empty"),
    ],
)
def test_what_is_no_reply_is_not_taken_for_one(assistant: Assistant, server: LlmServer, raw: bytes, cause: str) -> None:
    server.raw = raw
    quoted(assistant.ask(ASKED), cause)


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        ("", "its reply was empty"),
        (" \n… ", "its reply was empty"),
        ("The bridge cost 40 million. " * 30, "its reply was no use"),
        ("سيفتح الجسر الجديد في أيار كما قال الوزير.", "its reply was in another language"),
        ("Le pont sera ouvert au mois de mai, a dit le ministre.", "its reply was in another language"),
        ("<think>I never come to an end", "its reply was empty"),
    ],
)
def test_rubbish_gives_the_quotations(assistant: Assistant, server: LlmServer, reply: str, cause: str) -> None:
    server.reply(reply)
    quoted(assistant.ask(ASKED), cause)


def test_a_reply_without_an_end_is_read_no_further_than_its_bound(assistant: Assistant, server: LlmServer) -> None:
    server.reply("The bridge cost 40 million. ")
    server.endless = True
    quoted(assistant.ask(ASKED), "its reply was no use")


def test_the_model_is_not_asked_what_needs_no_asking(assistant: Assistant, server: LlmServer, tmp_path: Path) -> None:
    assert assistant.ask("Что сказал министр о мосте?").declined
    fill(tmp_path)
    with opened(tmp_path, model_of(server)) as empty:
        assert empty.ask(ASKED).reason == "The archive holds no article that this search may look into."
    assert assistant.quoting().ask(ASKED).notes == ()
    assert server.requests == []


def test_a_draft_that_nobody_reads_on_ends_the_reply(assistant: Assistant, server: LlmServer) -> None:
    server.reply("The bridge ", "cost ", "40 million.")
    server.stall_after = 2
    pieces = assistant.stream(ASKED)
    assert next(pieces) == "The bridge "
    pieces.close()


@pytest.mark.parametrize(("key", "sent"), [(None, "Bearer none"), ("sk-isnad", "Bearer sk-isnad")])
def test_only_the_key_that_is_set_is_sent_and_no_proxy_stands_before_loopback(
    archive: Path, server: LlmServer, monkeypatch: pytest.MonkeyPatch, key: str | None, sent: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.reply("The bridge cost 40 million.")
    with opened(archive, model_of(server, llm_key=key)) as assistant:
        assert assistant.ask(ASKED).notes == ()
    assert server.keys == [sent]


def test_another_integration_of_llama_index_is_named_before_the_model(
    archive: Path, server: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_BASE", server.url)
    server.reply("The bridge cost 40 million.")
    with opened(archive, open_model(load_settings(llm="openai:gpt-4o-mini", llm_key="sk-isnad"))) as assistant:
        assert told(assistant.ask(ASKED)) == [("The bridge cost 40 million.", [COST], Support.SUPPORTED)]
        server.status = 500
        quoted(assistant.ask(ASKED), "HTTP 500")
    assert [request["model"] for request in server.requests] == ["gpt-4o-mini"] * 2
    assert server.keys == ["Bearer sk-isnad"] * 2


@pytest.mark.parametrize(
    ("llm", "complaint"),
    [
        (None, "no language model is set: name one with ISNAD_LLM, and its server with ISNAD_LLM_URL"),
        (
            "qwen3",
            "ISNAD_LLM is 'qwen3': set ISNAD_LLM_URL to the base URL of its server, as http://127.0.0.1:11434/v1, or "
            "name an integration of llama-index before it, as anthropic:NAME",
        ),
        (
            "qwen3:8b",
            "ISNAD_LLM is 'qwen3:8b': ISNAD_LLM_URL is not set, and no integration 'qwen3' is installed; set it to "
            "the base URL of the model's server, or install llama-index-llms-qwen3",
        ),
        (
            "../x:8b",
            "ISNAD_LLM is '../x:8b': ISNAD_LLM_URL is not set, and no integration '../x' is installed; set it to "
            "the base URL of the model's server, or install llama-index-llms-../x",
        ),
    ],
)
def test_a_model_that_cannot_be_found_is_one_clear_line(llm: str | None, complaint: str) -> None:
    with pytest.raises(SettingsError) as caught:
        open_model(load_settings(llm=llm))
    assert str(caught.value) == complaint


def test_without_llama_index_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llama_index.llms.openai_like", None)
    with pytest.raises(SettingsError) as caught:
        open_model(load_settings(llm="qwen3:8b", llm_url="http://127.0.0.1:11434/v1"))
    assert str(caught.value).startswith("ISNAD_LLM is 'qwen3:8b': ")
    assert str(caught.value).endswith(
        "llama_index.llms.openai_like halted; None in sys.modules; run `pip install 'isnad[llm]'`"
    )
