"""What chat clients ask of a model for their own sake, told by its structure, and the replies to it. Pure.

Beside each question, clients have a model write a title for the conversation, tags, questions to ask next, the end of a
line that is being typed. Such a request is a single message that holds a transcript, and says what to make of it:

- a transcript between ``<chat_history>`` and ``</chat_history>``, as Open WebUI sends, whose instructions show an
  object of JSON as the form of the reply: of its first field, a title is given, an empty list for a list, and an empty
  text for a text, which those instructions define as nothing to say;
- the same, or lines that begin with ``User:`` and ``AI:``, as LibreChat sends, where the instructions speak of a title
  and show no JSON: the title alone.

The title is the first question of the transcript. Whatever else is sent is a question to the archive.
"""

from __future__ import annotations

import json
import re

from assistant.rendering.answers import shortened

LONGEST_TITLE = 60

_OPENING, _CLOSING = "<chat_history>", "</chat_history>"
_FORM = re.compile(r'\{\s*"(\w{1,40})"\s*:\s*(["\[])')
_TITLE = re.compile(r"\btitle\b|عنوان", re.IGNORECASE)
_USER = re.compile(r"^(?:user|human)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_MODEL = re.compile(r"^(?:assistant|ai)[ \t]*:", re.IGNORECASE | re.MULTILINE)


def task_reply(message: str, system: str = "") -> str | None:
    """Return the reply to what a client asks for its own sake, None for a question; `system` are its instructions."""
    before, opened, rest = message.partition(_OPENING)
    transcript, closed, after = rest.partition(_CLOSING)
    if opened and closed:
        instructions = f"{system}\n{before}\n{after}"
        if form := _FORM.search(instructions):
            name, value = form.groups()
            return json.dumps(
                {name: [] if value == "[" else _title(transcript) if name == "title" else ""}, ensure_ascii=False
            )
    else:
        user = _USER.search(message)
        if user is None or not _MODEL.search(message, user.end()):
            return None
        instructions, transcript = f"{system}\n{message[: user.start()]}", message[user.start() :]
    return _title(transcript) if _TITLE.search(instructions) else None


def _title(transcript: str) -> str:
    """Return the first question of a transcript as a title: short, on one line, without its question mark."""
    user = _USER.search(transcript)
    said = transcript[user.end() :] if user else transcript
    model = _MODEL.search(said)
    return shortened(said[: model.start() if model else len(said)], LONGEST_TITLE).rstrip(" ?؟!.") or "Isnad"
