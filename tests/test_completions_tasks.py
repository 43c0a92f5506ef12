"""What chat clients ask for their own sake, beside the questions of their users, is told by its structure."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from openai import OpenAI

from assistant.serve.completions.tasks import task_reply
from tests.completions import completions_served
from tests.librarian import Librarian

QUESTION = "what did Lavrov say about Turkey?"
HISTORY = f"<chat_history>\nUSER: {QUESTION}\nASSISTANT: He said [1]. The title: none.\n</chat_history>"


def task(what: str, form: str, history: str = HISTORY) -> str:
    """A request as Open WebUI sends it."""
    return f"### Task:\n{what}\n### Output:\nJSON format: {form}\n### Chat History:\n{history}"


TITLE = task("Generate a concise, 3-5 word title.", '{ "title": "your concise title here" }')


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        (TITLE, '{"title": "what did Lavrov say about Turkey"}'),
        (task("Generate 1-3 broad tags.", '{ "tags": ["tag1", "tag2"] }'), '{"tags": []}'),
        (task("Suggest 3-5 questions.", '{ "follow_ups": ["Question 1?", "Question 2?"] }'), '{"follow_ups": []}'),
        (task("Generate search queries.", '{\n  "queries": ["query1", "query2"]\n}'), '{"queries": []}'),
        (task("Describe a picture.", '{\n    "prompt": "Your description here."\n}'), '{"prompt": ""}'),
        (
            f'Continue the text in <text>. If unsure, return: `{{ "text": "" }}`.\n{HISTORY}\n<text>what</text>',
            '{"text": ""}',
        ),
        (f"Create a concise title. Only the title.\n{HISTORY}", "what did Lavrov say about Turkey"),
        (
            "Provide a concise, 5-word-or-less title for the conversation. Only return the title itself.\n\n"
            f"Conversation:\nUser: {QUESTION}\nAI: He said.",
            "what did Lavrov say about Turkey",
        ),
    ],
)
def test_a_title_is_the_first_question_and_nothing_else_is_made_up(message: str, reply: str) -> None:
    assert task_reply(message) == reply


def test_a_title_is_in_the_letters_of_the_question_and_short() -> None:
    arabic = f"<chat_history>\nUSER: {'ماذا قال لافروف عن تركيا ' * 5}؟\nASSISTANT: قال.\n</chat_history>"
    reply = task_reply(task("Generate a title.", '{ "title": "" }', arabic))
    assert reply == '{"title": "ماذا قال لافروف عن تركيا ماذا قال لافروف عن تركيا ماذا قال …"}'


def test_instructions_may_stand_in_the_message_of_the_system() -> None:
    transcript = f"user: {QUESTION}\nassistant: He said."
    assert task_reply(transcript, "You give conversations a title.") == "what did Lavrov say about Turkey"
    assert task_reply(transcript, "You are an assistant.") is None


def test_a_history_without_a_question_has_a_title_all_the_same() -> None:
    assert task_reply(task("A title.", '{"title": "x"}', "<chat_history></chat_history>")) == '{"title": "Isnad"}'


@pytest.mark.parametrize(
    "message",
    [
        QUESTION,
        "### Task:\nwhat is the title of the agreement?",
        "What title does Lavrov have?",
        'What does {"title": "x"} mean?',
        f"<chat_history>{QUESTION}",
        "User: what is the title of the treaty?",
        f"What is this?\n{HISTORY}",
    ],
)
def test_all_else_is_a_question(message: str) -> None:
    assert task_reply(message) is None


@pytest.fixture(scope="module")
def shelf() -> Librarian:
    return Librarian(())


@pytest.fixture(scope="module")
def client(shelf: Librarian) -> Iterator[OpenAI]:
    with (
        completions_served(lambda: shelf) as address,  # type: ignore[arg-type, return-value]
        OpenAI(base_url=f"{address}/v1", api_key="x", max_retries=0) as client,
    ):
        yield client


def test_the_archive_is_not_asked_for_the_sake_of_a_client(client: OpenAI, shelf: Librarian) -> None:
    long = TITLE + "\n" + "- Be concise.\n" * 1000
    whole = client.chat.completions.create(model="isnad", messages=[{"role": "user", "content": long}])
    message = whole.choices[0].message
    assert json.loads(message.content or "") == {"title": "what did Lavrov say about Turkey"}
    assert (message.annotations, whole.choices[0].finish_reason, whole.model_extra) == ([], "stop", {})
    chunks = list(
        client.chat.completions.create(model="isnad", messages=[{"role": "user", "content": long}], stream=True)
    )
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == message.content
    assert shelf.asked == []


def test_within_a_conversation_it_is_a_question(client: OpenAI, shelf: Librarian) -> None:
    client.chat.completions.create(
        model="isnad", messages=[{"role": "user", "content": "Who?"}, {"role": "user", "content": TITLE}]
    )
    assert shelf.asked == [TITLE]
    assert shelf.histories == [["Who?"]]
