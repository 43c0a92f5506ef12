"""The command line with a language model: what it needs, what it prints, and what it says when the model fails."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archives import fill, write
from tests.console import ISNAD, isnad, isnad_here
from tests.llm_server import LlmServer

COST = "The bridge cost 40 million."
ASKED = "What did the bridge cost?"
STRUCK = "A tunnel was flooded by protesters."


@pytest.fixture
def folder(tmp_path: Path, server: LlmServer) -> Path:
    """A folder with an archive, and a file of settings that names the server."""
    fill(tmp_path / ".isnad", *write(tmp_path, bridge=f"The bridge\n\n{COST} It will open in May.\n"))
    settings = f'llm = "loopback"\nllm_url = "{server.url}"\nllm_key = "sk-secret"\nllm_timeout = 10\n'
    (tmp_path / "isnad.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def test_the_model_writes_where_it_is_asked_to_and_only_there(folder: Path, server: LlmServer) -> None:
    server.reply(f"{COST} [1] {STRUCK}")
    assert isnad_here("ask", ASKED, folder=folder).returncode == 0
    assert server.requests == []
    done = isnad_here("ask", ASKED, "--writer", "llm", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    first, _, second, _, source = done.stdout.splitlines()
    assert (first, second) == (f"{COST} \u2068[1]\u2069", f"{STRUCK} (not supported)")
    assert re.fullmatch(r"\[1\] .*bridge\.txt · 12–39", source)
    assert server.keys == ["Bearer sk-secret"]


def test_json_tells_the_verdict_on_every_sentence_and_streams_nothing(folder: Path, server: LlmServer) -> None:
    server.reply(*f"{COST} [1] {STRUCK}")
    answer = json.loads(isnad_here("ask", ASKED, "--writer", "llm", "--json", folder=folder).stdout)
    assert (answer["declined"], answer["reason"], answer["notes"]) == (False, None, [])
    assert answer["sentences"] == [
        {"text": COST, "citations": [1], "support": "supported"},
        {"text": STRUCK, "citations": [], "support": "unsupported"},
    ]
    assert [cited["quote"] for cited in answer["citations"]] == [COST]


def test_what_is_not_supported_is_dropped_by_the_setting(folder: Path, server: LlmServer) -> None:
    server.reply(f"{COST} [1] {STRUCK}")
    with (folder / "isnad.toml").open("a", encoding="utf-8") as settings:
        settings.write('unsupported = "drop"\n')
    lines = isnad_here("ask", ASKED, "--writer", "llm", folder=folder).stdout.splitlines()
    assert lines[:3] == [
        "What the language model wrote and the archive does not support was left out.",
        "",
        f"{COST} \u2068[1]\u2069",
    ]
    assert STRUCK not in lines


@pytest.mark.parametrize(
    ("question", "note"),
    [
        (ASKED, "The language model gave no usable answer (HTTP 500); these are quotations."),
        ("كم بلغت كلفة الجسر؟", "لم يعطِ النموذج اللغوي جوابًا صالحًا (HTTP 500)"),
    ],
)
def test_a_server_that_fails_costs_a_note_and_no_answer(
    folder: Path, server: LlmServer, question: str, note: str
) -> None:
    server.status = 500
    done = isnad_here("ask", question, "--writer", "llm", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(note)
    answer = json.loads(isnad_here("ask", question, "--writer", "llm", "--json", folder=folder).stdout)
    extractive = json.loads(isnad_here("ask", question, "--json", folder=folder).stdout)
    assert answer["notes"][0].startswith(note)
    assert [answer[key] for key in ("sentences", "citations", "reason")] == [
        extractive[key] for key in ("sentences", "citations", "reason")
    ]


def test_a_terminal_is_shown_the_draft_while_it_is_written_then_the_answer(folder: Path, server: LlmServer) -> None:
    server.reply("The bridge cost ", "40 million [", "1]. A tunnel\x1b[31m [7", "7] was flooded.")
    leader, follower = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}
    with subprocess.Popen(
        [ISNAD, "ask", ASKED, "--writer", "llm"], cwd=folder, env=environment, stdin=follower, stdout=follower
    ) as process:
        os.close(follower)
        shown = b""
        try:
            while piece := os.read(leader, 1024):
                shown += piece
        except OSError:
            pass  # Linux reports the end of a terminal so
    os.close(leader)
    assert process.returncode == 0
    text = re.sub(r"\x1b\[\d+m", "", shown.decode("utf-8").replace("\r\n", "\n"))
    draft, _, answer = text.partition("\n\n")
    assert draft == (
        "The language model's draft, not yet checked:\nThe bridge cost 40 million [1]. A tunnel␛[31m  was flooded."
    )
    assert "A tunnel␛[31m was flooded. (not supported)\n" in answer


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"ISNAD_LLM_URL": "nowhere"}, "ISNAD_LLM_URL is 'nowhere': input should be a valid URL"),
        ({"ISNAD_LLM_TIMEOUT": "soon"}, "ISNAD_LLM_TIMEOUT is 'soon': input should be a valid number"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_line(folder: Path, variables: dict[str, str], complaint: str) -> None:
    done = isnad("ask", ASKED, "--writer", "llm", folder=folder, environment=variables)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"isnad: {complaint}")


def test_a_model_of_no_known_integration_is_one_line(folder: Path) -> None:
    (folder / "isnad.toml").write_text('llm = "nobody:model"\nllm_key = "sk-secret"\n', encoding="utf-8")
    for command in (["ask", ASKED, "--writer", "llm"], ["chat"]):
        done = isnad_here(*command, folder=folder)
        assert done.returncode == 2
        assert done.stdout == "" or command == ["chat"]  # whose address may be there before the model is looked for
        assert done.stderr == (
            "isnad: ISNAD_LLM is 'nobody:model': ISNAD_LLM_URL is not set, and no integration 'nobody' is installed; "
            "set it to the base URL of the model's server, or install llama-index-llms-nobody\n"
        )


def test_asking_without_a_model_does_not_load_what_models_need(folder: Path) -> None:
    program = (
        "import sys; from assistant.cli import main; sys.argv[0] = 'isnad'\n"
        "try: main()\n"
        "finally: print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "ask", ASKED], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    assert {"llama_index", "openai", "httpx", "tiktoken", "prompts"} & set(done.stderr.split()) == set()
