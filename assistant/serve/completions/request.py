"""A request for a completion: the question, and those before it, or why it cannot be honoured. Pure.

Clients send what language models are steered by: temperatures, limits, penalties, tools to choose from. Nothing of that
has a meaning here, so that it is passed over, as are the words of the system and of other models. What would change the
meaning of the reply is refused instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.questions.checking import LONGEST, check_question
from assistant.serve.completions.errors import Refusal
from assistant.serve.completions.tasks import task_reply
from index.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Iterator

MODEL = "isnad"
"""The name of the one model there is."""


class _Read(BaseModel):
    """What is read of a request; clients may send more."""

    model_config = ConfigDict(strict=True)


class _Part(_Read):
    type: str
    text: str | None = None


class _Message(_Read):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[_Part] | None = None


class _StreamOptions(_Read):
    include_usage: bool | None = None


class _ResponseFormat(_Read):
    type: str


class _Request(_Read):
    model: str
    messages: Annotated[list[_Message], Field(min_length=1)]
    stream: bool | None = None
    stream_options: _StreamOptions | None = None
    n: int | None = None
    tool_choice: str | dict[str, Any] | None = None
    function_call: str | dict[str, Any] | None = None
    response_format: _ResponseFormat | None = None
    modalities: list[str] | None = None
    audio: dict[str, Any] | None = None
    logprobs: bool | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks, and how it wants the reply.

    `history` are the earlier questions, oldest first. `reply` is there where the client asks for its own sake, for the
    title of a conversation say, and the archive need not be asked. `words` are those of all messages.
    """

    question: str
    history: tuple[str, ...]
    words: int
    stream: bool
    include_usage: bool
    reply: str | None = None


def read_request(body: bytes) -> Asked | Refusal:
    """Read the body of a request; return why where it cannot be served."""
    try:
        request = _Request.model_validate_json(body)
    except ValidationError as error:
        return _refused(error)
    if request.model != MODEL:
        return unknown_model(request.model)
    users = [number for number, message in enumerate(request.messages) if message.role == "user"]
    if not users:
        return Refusal("messages holds none of the role 'user'; send the question as one", "messages", "invalid_value")
    if refusal := _unsupported(request) or _unreadable(request.messages[users[-1]], users[-1]):
        return refusal
    question, *earlier = (_text(request.messages[number]) for number in reversed(users))
    instructions = (_text(one) for one in request.messages if one.role in ("system", "developer"))
    reply = None if earlier else task_reply(question, "\n".join(instructions))
    try:
        question = check_question(question) if reply is None else question
    except QuestionError as error:
        code = "context_length_exceeded" if len(question) > LONGEST else "invalid_value"
        return Refusal(str(error), f"messages[{users[-1]}].content", code)
    return Asked(
        question,
        tuple(reversed(earlier)),
        sum(len(_text(message).split()) for message in request.messages),
        stream=bool(request.stream),
        include_usage=bool(request.stream_options and request.stream_options.include_usage),
        reply=reply,
    )


def unknown_model(name: str) -> Refusal:
    """Return that there is no such model, and which one there is."""
    return Refusal(f"the model {_named(name)} does not exist; ask for {MODEL!r}", "model", "model_not_found", 404)


def _text(message: _Message) -> str:
    if isinstance(message.content, list):
        return "\n".join(part.text for part in message.content if part.type == "text" and part.text)
    return message.content or ""


def _unreadable(message: _Message, number: int) -> Refusal | None:
    """Refuse a question with parts that are no text; those of earlier messages are passed over."""
    for place, part in enumerate(message.content if isinstance(message.content, list) else ()):
        if part.type != "text":
            what = f"messages[{number}].content[{place}]"
            return _not_here(what, f"is of the type {_named(part.type)}", "ask in text alone")
    return None


def _unsupported(request: _Request) -> Refusal | None:
    return next(_conflicts(request), None)


def _conflicts(request: _Request) -> Iterator[Refusal]:
    """Yield what a request asks for that would change the meaning of the reply, and is not to be had."""
    if request.n not in (None, 1):
        yield _not_here("n", "is not 1", "a question has one answer; leave it out")
    for name, choice in (("tool_choice", request.tool_choice), ("function_call", request.function_call)):
        if choice not in (None, "none", "auto"):
            yield _not_here(name, "demands a call", "the archive calls no tools; leave it out, or send 'none'")
    if request.response_format and request.response_format.type != "text":
        how = f"is {_named(request.response_format.type)}"
        yield _not_here("response_format", how, "the content is text; the field 'isnad' of the reply is JSON")
    if request.audio or set(request.modalities or ()) - {"text"}:
        yield _not_here("audio" if request.audio else "modalities", "asks for more than text", "leave it out")
    if request.logprobs:
        yield _not_here("logprobs", "is true", "no sentence is drawn by chance; leave it out")


def _not_here(what: str, how: str, todo: str) -> Refusal:
    return Refusal(f"{what} {how}, which is not supported: {todo}", what, "unsupported_value")


def _named(value: str) -> str:
    return repr(value if len(value) <= 50 else f"{value[:50]}…")


def _refused(error: ValidationError) -> Refusal:
    """Say the first thing that is wrong; of what may be of two kinds, what is wrong with the kind that it is nearer to.

    A value is never repeated: it may be long, or private.
    """
    first = max(error.errors(include_input=False, include_url=False), key=lambda one: len(one["loc"]))
    if first["type"] == "json_invalid":
        return Refusal(f"the body is no JSON: {first['ctx']['error']}", code="invalid_json")
    named = [part for part in first["loc"] if not (isinstance(part, str) and (part == "str" or "[" in part))]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in named).lstrip(".")
    if first["type"] == "missing":
        return Refusal(f"{place} is missing; send it", place, "missing_required_parameter")
    code = "invalid_type" if first["type"].endswith("_type") else "invalid_value"
    return Refusal(f"{place or 'the body'}: {first['msg'][0].lower()}{first['msg'][1:]}", place or None, code)
