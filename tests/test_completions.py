"""The archive as a model of OpenAI's chat completions, asked by the clients that there are, over loopback."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from openai import AsyncOpenAI, NotFoundError, OpenAI

from assistant.ask import Assistant
from assistant.rendering.answers import answer_json
from assistant.rendering.markdown import answer_markdown
from tests.completions import completions_served

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion, ChatCompletionChunk, ChatCompletionMessageParam

ROOT = Path(__file__).parent.parent
ENGLISH = "what did Lavrov say about Turkey"
ARABIC = "ماذا قال لافروف عن تركيا؟"
DECLINED = "What did Lavrov say about Japan?"


@pytest.fixture(scope="module")
def url(seed_assistant: Assistant) -> Iterator[str]:
    with completions_served(lambda: seed_assistant) as address:
        yield f"{address}/v1"


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=url, api_key="none", max_retries=0) as client:
        yield client


def said(*texts: str) -> list[ChatCompletionMessageParam]:
    """A conversation, its questions and answers in turn."""
    return [
        {"role": "assistant", "content": text} if number % 2 else {"role": "user", "content": text}
        for number, text in enumerate(texts)
    ]


def ask(client: OpenAI, *texts: str) -> ChatCompletion:
    return client.chat.completions.create(model="isnad", messages=said(*texts))


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return answer | {"seconds": 0}


def test_there_is_one_model(client: OpenAI) -> None:
    assert [(model.id, model.object, model.owned_by) for model in client.models.list()] == [("isnad", "model", "isnad")]
    assert client.models.retrieve("isnad").id == "isnad"
    with pytest.raises(NotFoundError) as missing:
        client.models.retrieve("gpt-4/o")
    assert missing.value.body == {
        "message": "the model 'gpt-4/o' does not exist; ask for 'isnad'",
        "type": "invalid_request_error",
        "param": "model",
        "code": "model_not_found",
    }


@pytest.mark.parametrize("question", [ENGLISH, ARABIC])
def test_every_number_in_the_content_leads_to_the_exact_place(
    client: OpenAI, seed_assistant: Assistant, url: str, question: str
) -> None:
    completion = ask(client, question)
    answer = seed_assistant.ask(question)
    (choice,) = completion.choices
    assert (choice.finish_reason, choice.message.role, choice.message.refusal) == ("stop", "assistant", None)
    content = choice.message.content or ""
    assert choice.message.annotations
    cited = [(sentence, one) for sentence in answer.sentences for one in sentence.citations]
    numbers = list(answer.citations)
    for annotation, (sentence, one) in zip(choice.message.annotations, cited, strict=True):
        place = annotation.url_citation
        assert content[place.start_index : place.end_index] == f"[{numbers.index(one) + 1}]"
        assert place.title == (one.article.title or one.article.path)
        link = urlsplit(place.url)
        assert f"{link.scheme}://{link.netloc}{link.path}" == url.removesuffix("v1")
        assert parse_qs(link.query) == {"article": [one.article.id], "start": [str(one.start)], "end": [str(one.end)]}
        assert f"]({place.url})" in content
        extension = annotation.model_dump()["isnad"]
        assert extension["support"] == sentence.support.value
        assert (extension["path"], extension["speaker"]) == (one.article.path, one.speaker)
        text = seed_assistant.archive.article(extension["article"]).text
        assert text[extension["start"] : extension["end"]] == extension["quote"] == one.quote


def test_the_content_is_the_answer_in_markdown_and_the_whole_answer_comes_beside_it(
    client: OpenAI, seed_assistant: Assistant
) -> None:
    completion = ask(client, ENGLISH)
    answer = seed_assistant.ask(ENGLISH)
    content = completion.choices[0].message.content or ""
    assert content.startswith(answer_markdown(answer).paragraphs[0])
    assert untimed(completion.model_dump()["isnad"]) == untimed(answer_json(answer))
    assert (completion.object, completion.model) == ("chat.completion", "isnad")


def test_what_is_used_is_counted_in_words(client: OpenAI) -> None:
    messages: list[ChatCompletionMessageParam] = [{"role": "system", "content": "Be brief, please."}, *said(ENGLISH)]
    completion = client.chat.completions.create(model="isnad", messages=messages)
    assert completion.usage
    assert completion.usage.prompt_tokens == 9
    assert completion.usage.completion_tokens == len((completion.choices[0].message.content or "").split())
    assert completion.usage.total_tokens == 9 + completion.usage.completion_tokens


def test_a_decline_says_why_and_cites_nothing(client: OpenAI, seed_assistant: Assistant) -> None:
    completion = ask(client, DECLINED)
    message = completion.choices[0].message
    content = message.content or ""
    assert content.startswith(f"*{seed_assistant.ask(DECLINED).reason}*\n\n**Not an answer; the nearest passages:**\n")
    assert message.annotations == []
    assert completion.model_dump()["isnad"]["declined"] is True


def test_earlier_questions_are_the_history_of_a_follow_up(client: OpenAI, seed_assistant: Assistant) -> None:
    completion = ask(client, ENGLISH, "[1] whatever another model said", "And about Syria?")
    assert (completion.choices[0].message.content or "").startswith(
        "*Understood as: \u2068What did Lavrov say about Syria?\u2069*\n\n"
    )
    alone = seed_assistant.ask("And about Syria?", history=[ENGLISH])
    assert untimed(completion.model_dump()["isnad"]) == untimed(answer_json(alone))


def test_parts_of_text_are_read_and_what_steers_language_models_is_passed_over(
    client: OpenAI, seed_assistant: Assistant
) -> None:
    completion = client.chat.completions.create(
        model="isnad",
        messages=[
            {"role": "developer", "content": "You are a pirate."},
            {"role": "user", "content": [{"type": "text", "text": "what did Lavrov say"}]},
            {
                "role": "user",
                "content": [{"type": "text", "text": one} for one in ("what did Lavrov", "say?")],
            },
        ],
        temperature=0.7,
        top_p=0.9,
        max_tokens=5,
        n=1,
        stop=["\n"],
        seed=7,
        tools=[{"type": "function", "function": {"name": "f"}}],
        tool_choice="auto",
        response_format={"type": "text"},
        user="somebody",
        extra_body={"chat_id": "x", "options": {"num_ctx": 4096}},
    )
    asked = seed_assistant.ask("what did Lavrov\nsay?", history=["what did Lavrov say"])
    assert untimed(completion.model_dump()["isnad"]) == untimed(answer_json(asked))


def streamed(client: OpenAI, question: str) -> list[ChatCompletionChunk]:
    return list(
        client.chat.completions.create(
            model="isnad", messages=said(question), stream=True, stream_options={"include_usage": True}
        )
    )


@pytest.mark.parametrize("question", [ENGLISH, ARABIC, DECLINED])
def test_a_stream_comes_to_the_same_as_the_whole(client: OpenAI, question: str) -> None:
    whole = ask(client, question)
    *chunks, counted = streamed(client, question)
    first, last = chunks[0].choices[0], chunks[-1].choices[0]
    assert (first.delta.role, first.delta.content) == ("assistant", "")
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    content = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert content == whole.choices[0].message.content
    assert len({chunk.id for chunk in [*chunks, counted]}) == 1
    given = [chunk.choices[0].delta.model_dump().get("annotations") for chunk in chunks]
    annotations = [one.model_dump() for one in whole.choices[0].message.annotations or []]
    assert given[:-2] == [None] * (len(chunks) - 2)
    assert given[-2] == (annotations or None)
    assert untimed(chunks[-1].model_dump()["isnad"]) == untimed(whole.model_dump()["isnad"])
    assert (last.delta.content, counted.choices, counted.usage) == (None, [], whole.usage)
    assert {chunk.usage for chunk in chunks} == {None}


def test_no_usage_is_sent_unless_asked_for(client: OpenAI) -> None:
    chunks = list(client.chat.completions.create(model="isnad", messages=said(DECLINED), stream=True))
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_the_raw_events_are_lines_of_ascii_that_end_with_done(client: OpenAI) -> None:
    with client.chat.completions.with_streaming_response.create(
        model="isnad", messages=said(ARABIC), stream=True
    ) as response:
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        body = response.read()
    assert body.isascii()
    *events, end = body.decode().removesuffix("\n\n").split("\n\n")
    assert end == "data: [DONE]"
    assert {json.loads(event.removeprefix("data: "))["object"] for event in events} == {"chat.completion.chunk"}


def test_the_clients_own_helper_puts_a_stream_together(client: OpenAI) -> None:
    with client.chat.completions.stream(model="isnad", messages=said(ENGLISH)) as stream:
        final = stream.get_final_completion()
    whole = ask(client, ENGLISH).choices[0].message
    assert final.choices[0].message.content == whole.content
    assert final.choices[0].message.annotations == whole.annotations


def test_it_can_be_awaited_many_at_once(url: str, client: OpenAI) -> None:
    async def several() -> list[str | None]:
        async with AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as awaited:
            answers = await asyncio.gather(
                *(
                    awaited.chat.completions.create(model="isnad", messages=said(question))
                    for question in (ENGLISH, ARABIC, DECLINED) * 3
                )
            )
            stream = await awaited.chat.completions.create(model="isnad", messages=said(ENGLISH), stream=True)
            pieces = [chunk.choices[0].delta.content or "" async for chunk in stream]
        return [*(answer.choices[0].message.content for answer in answers), "".join(pieces)]

    expected = [ask(client, question).choices[0].message.content for question in (ENGLISH, ARABIC, DECLINED)]
    assert asyncio.run(several()) == [*expected * 3, expected[0]]


def test_llama_index_chats_with_it_as_with_any_model(url: str, client: OpenAI) -> None:
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.openai_like import OpenAILike

    model = OpenAILike(model="isnad", api_base=url, api_key="none", is_chat_model=True, max_retries=0)
    conversation = [ChatMessage(role="user", content=ENGLISH), ChatMessage(role="assistant", content="…")]
    reply = model.chat([*conversation, ChatMessage(role="user", content="And about Syria?")])
    expected = ask(client, ENGLISH, "…", "And about Syria?").choices[0].message.content
    assert reply.message.content == expected
    assert model.complete(ENGLISH).text == ask(client, ENGLISH).choices[0].message.content
    *_, last = model.stream_chat([ChatMessage(role="user", content=ARABIC)])
    assert last.message.content == ask(client, ARABIC).choices[0].message.content


def test_links_lead_to_where_readers_open_the_page(seed_assistant: Assistant) -> None:
    pages = "https://news.example/isnad/"
    with (
        completions_served(lambda: seed_assistant, pages) as address,
        OpenAI(base_url=f"{address}/v1", api_key="none") as client,
    ):
        (first, *_) = ask(client, ENGLISH).choices[0].message.annotations or []
    assert first.url_citation.url.startswith(f"{pages}?article=")


def test_the_example_runs_and_prints_what_it_promises(url: str, seed_assistant: Assistant) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "examples/openai_chat.py", url, ENGLISH],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for number, cited in enumerate(seed_assistant.ask(ENGLISH).citations, 1):
        place = f"{cited.article.path} {cited.start}-{cited.end}"
        assert f"[{number}] supported {place} {cited.quote}\n" in done.stdout
