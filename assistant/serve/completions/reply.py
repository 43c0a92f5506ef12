"""Replies in the shapes of OpenAI's chat completions, whole and in chunks. Pure."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import uuid4

from assistant.rendering.answers import answer_json
from assistant.rendering.markdown import answer_markdown
from assistant.serve.completions.request import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.rendering.answers import Json
    from assistant.serve.completions.request import Asked
    from assistant.types import Answer
    from index.types import Article


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply says: its paragraphs, what they cite, and the whole answer as the command line prints it."""

    paragraphs: tuple[str, ...]
    annotations: tuple[Json, ...] = ()
    answer: Json | None = None

    @property
    def content(self) -> str:
        """The paragraphs, an empty line between any two."""
        return "\n\n".join(self.paragraphs)


def answer_reply(answer: Answer, pages: str) -> Reply:
    """Return an answer as a reply; `pages` is the address of the chat's page, where its places can be opened.

    An annotation stands for each number behind a sentence, and says where in the content that is. Beside OpenAI's own
    field it has ``isnad``: the citation as in the whole answer, with the verdict on the sentence.
    """

    def link(article: Article, start: int, end: int) -> str:
        return f"{pages}?{urlencode({'article': article.id, 'start': start, 'end': end})}"

    written = answer_markdown(answer, link)
    whole = answer_json(answer)
    citations: Any = whole["citations"]
    annotations: tuple[Json, ...] = tuple(
        {
            "type": "url_citation",
            "url_citation": {
                "start_index": marker.start,
                "end_index": marker.end,
                "url": link(marker.citation.article, marker.citation.start, marker.citation.end),
                "title": marker.citation.article.title or marker.citation.article.path,
            },
            "isnad": {
                **citations[marker.number - 1],
                "url": marker.citation.article.url,
                "support": marker.support.value,
            },
        }
        for marker in written.markers
    )
    return Reply(written.paragraphs, annotations, whole)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its reply, under one name."""

    asked: Asked
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def completion(self, reply: Reply) -> Json:
        """Return the reply in one piece."""
        message: Json = {
            "role": "assistant",
            "content": reply.content,
            "refusal": None,
            "annotations": list(reply.annotations),
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        completion = self._of("chat.completion", [choice]) | {"usage": self._usage(reply)}
        return completion | ({"isnad": reply.answer} if reply.answer else {})

    def opening(self) -> Json:
        """Return the first chunk, which says who speaks."""
        return self._chunk({"role": "assistant", "content": ""})

    def chunks(self, reply: Reply) -> Iterator[Json]:
        """Yield the others: a paragraph each, the annotations, the end with the whole answer, and what was used."""
        for number, paragraph in enumerate(reply.paragraphs):
            yield self._chunk({"content": f"\n\n{paragraph}" if number else paragraph})
        if reply.annotations:
            yield self._chunk({"annotations": list(reply.annotations)})
        end = self._chunk({}, "stop")
        yield end | ({"isnad": reply.answer} if reply.answer else {})
        if self.asked.include_usage:
            yield self._of("chat.completion.chunk", []) | {"usage": self._usage(reply)}

    def _chunk(self, delta: Json, finish: str | None = None) -> Json:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        chunk = self._of("chat.completion.chunk", [choice])
        return chunk | ({"usage": None} if self.asked.include_usage else {})

    def _of(self, kind: str, choices: list[Json]) -> Json:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL, "choices": choices}

    def _usage(self, reply: Reply) -> Json:
        """Count words as spaces part them: the archive has no tokens."""
        sent, written = self.asked.words, len(reply.content.split())
        return {"prompt_tokens": sent, "completion_tokens": written, "total_tokens": sent + written}
