"""Follow-up questions made whole by a language model, over a real server, in words of the conversation alone."""

from __future__ import annotations

import pytest

from assistant.writers.llm_rewrite import rewrite
from tests.llm_server import LlmServer
from tests.written import model_of

HISTORY = ["What did Lavrov say about Idlib?", "What did Lavrov say about Turkey?"]


@pytest.mark.parametrize(
    ("history", "question", "reply"),
    [
        (HISTORY, "And Peskov?", "What did Peskov say about Turkey?"),
        (HISTORY, "When did he say it?", "<think>he</think>\nWhen did Lavrov say it about Turkey?\n"),
        (["ماذا قال لافروف عن تركيا؟"], "وماذا عن إدلب؟", "ماذا قال لافروف عن إدلب؟"),
    ],
)
def test_a_follow_up_takes_what_it_lacks_from_the_questions_before(
    server: LlmServer, history: list[str], question: str, reply: str
) -> None:
    server.reply(*reply)
    assert rewrite(model_of(server), question, history) == reply.rpartition("</think>")[2].strip()
    assert "\n".join(history) in server.prompt()
    assert server.prompt().endswith(question)


@pytest.mark.parametrize(
    "reply",
    [
        "And Peskov?",
        "Sure! What did Peskov say about Turkey?",
        "What did Peskov say about Japan?",
        "What did Peskov say\nabout Turkey?",
        "ماذا قال Peskov عن Turkey؟",
        "What did Peskov say about Turkey? " * 20,
        "\u202eWhat did Peskov say about Turkey?",
        "?!",
        "",
    ],
)
def test_what_is_no_question_of_the_conversations_words_is_not_asked(server: LlmServer, reply: str) -> None:
    server.reply(reply)
    assert rewrite(model_of(server), "And Peskov?", HISTORY) is None


def test_a_model_that_fails_leaves_the_question_as_it_is(server: LlmServer) -> None:
    server.status = 500
    assert rewrite(model_of(server), "And Peskov?", HISTORY) is None
    server.behave()
    server.reply("What ")
    server.stall_after = 0
    assert rewrite(model_of(server, llm_timeout=0.3), "And Peskov?", HISTORY) is None


def test_without_a_conversation_the_model_is_not_asked(server: LlmServer) -> None:
    assert rewrite(model_of(server), "And Peskov?", []) is None
    assert server.requests == []
