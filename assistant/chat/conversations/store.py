"""Conversations with their citations, kept in a SQLite file beside the archive: each is one person's own."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.chat.conversations.file import connect, conversations_error
from assistant.rendering.answers import answer_json, article_json, shortened, stated
from index.archive.file import CONVERSATIONS
from index.errors import ConversationsError, UnknownConversationError
from index.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from assistant.rendering.answers import Json
    from assistant.types import Answer

UNDO_SECONDS = 60.0
"""How long what was deleted can be brought back."""

LONGEST_TITLE = 80
LONGEST_NAME = 200
"""Code points of a title: of one made from a question, and of one given by hand."""

LISTED = 300
"""Conversations that a list has at most; older ones are found by their words."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question and its answer as they are kept.

    `stated` is what was said before the answer, `answer` what ``isnad ask --json`` prints, `articles` the facts of the
    cited ones by their ids, `html` what was shown, `filters` what the page had narrowed the question to, as it was
    typed, and `asked` when, in seconds since 1970.
    """

    id: str
    question: str
    understood: str | None
    asked: float
    stated: tuple[str, ...]
    answer: Json
    articles: dict[str, Json]
    html: str
    filters: Json = field(default_factory=dict)

    @classmethod
    def from_answer(cls, id: str, answer: Answer, html: str, asked: float, filters: Json | None = None) -> KeptTurn:
        """Take from an answer all that is kept of it."""
        articles = {c.article.id: article_json(c.article, with_text=False) for c in answer.citations}
        question, said = answer.question, stated(answer)
        return cls(id, question, answer.understood, asked, said, answer_json(answer), articles, html, filters or {})


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with its turns in order; `token` is what it is shared under, None where it is not."""

    id: str
    title: str
    token: str | None
    turns: tuple[KeptTurn, ...]


class Listed(NamedTuple):
    """A conversation in the list: when its last turn was asked, in seconds since 1970, and whether it is shared."""

    id: str
    title: str
    changed: float
    shared: bool


class Conversations:
    """Keeps conversations in the folder of an archive; threads and processes may share them.

    The file is opened when it is first needed, and again after a failure. Every method raises ConversationsError where
    that cannot be done, and UnknownConversationError where the person has no such conversation.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._file = folder / CONVERSATIONS
        self._now = now
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._drop()

    def keep(self, person: str, conversation: str | None, turn: KeptTurn, replaced: Sequence[str] = ()) -> Listed:
        """Add a turn to a conversation, or begin one with it where None; it takes the place of the `replaced` turns.

        Only turns that are named go: one that was asked from elsewhere meanwhile stays.
        """
        folded = fold_text(" ".join([turn.question, turn.understood or "", *_sentences(turn.answer)]))
        with self._changing() as connection:
            if conversation is None:
                conversation = secrets.token_urlsafe(16)
                connection.execute(
                    "INSERT INTO conversations (id, person, title, changed) VALUES (?, ?, ?, ?)",
                    (conversation, person, shortened(turn.question, LONGEST_TITLE), turn.asked),
                )
            else:
                _check_owner(connection, person, conversation)
            number = _remove_turns(connection, conversation, replaced)
            connection.execute(
                f"INSERT INTO turns (number, conversation, folded, {_TURN})"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(number, conversation, folded, turn.id, turn.question, turn.understood, turn.asked),
                    *map(json.dumps, (turn.stated, turn.answer, turn.articles)),
                    *(turn.html, json.dumps(turn.filters)),
                ),
            )
            connection.execute("UPDATE conversations SET changed = ? WHERE id = ?", (turn.asked, conversation))
            return _read_listed(connection, conversation)

    def load(self, person: str, conversation: str) -> Conversation:
        """Return a conversation of this person."""
        with self._open() as connection:
            _check_owner(connection, person, conversation)
            return _conversation(connection, conversation)

    def load_shared(self, token: str) -> Conversation:
        """Return the conversation that is shared under a token, whoever it belongs to."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT id FROM conversations WHERE token = ? AND deleted IS NULL", (token,)
            ).fetchone()
            if row is None:
                raise UnknownConversationError("this conversation is not shared, or no longer")
            return _conversation(connection, row[0])

    def find_turn(self, turn: str, person: str | None, token: str | None = None) -> tuple[KeptTurn, ...]:
        """Return a turn of this person, or one that is shared under the token, last of those up to it."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT conversation FROM turns JOIN conversations ON conversations.id = conversation"
                " WHERE turns.id = ? AND deleted IS NULL AND (person = ? OR token = ?)",
                (turn, person, token),
            ).fetchone()
            if row is None:
                raise UnknownConversationError("there is no such turn in a conversation of yours")
            turns = _conversation(connection, row[0]).turns
        return turns[: [one.id for one in turns].index(turn) + 1]

    def find(self, person: str, words: str = "") -> list[Listed]:
        """Return a person's conversations, newest first: those in whose title, questions or answers all words occur.

        Words are compared as the indexes do, and match parts of words, as «الرئيس» in «والرئيس».
        """
        wanted = {f"word{number}": word for number, word in enumerate(fold_text(words).split())}
        conditions = "".join(
            f" AND (instr(fold(title), :{name}) OR EXISTS"
            f" (SELECT 1 FROM turns WHERE conversation = conversations.id AND instr(folded, :{name})))"
            for name in wanted
        )
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT {_LISTED} FROM conversations WHERE person = :person AND deleted IS NULL{conditions}"
                " ORDER BY changed DESC, rowid DESC LIMIT :most",
                {"person": person, "most": LISTED, **wanted},
            )
            return list(map(_listed, rows))

    def rename(self, person: str, conversation: str, title: str) -> Listed:
        """Give a conversation another title, on one line; raises ConversationsError where it is blank."""
        line = shortened(title, LONGEST_NAME)
        if not line:
            raise ConversationsError("the title is empty; type one")
        with self._changing() as connection:
            _check_owner(connection, person, conversation)
            connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (line, conversation))
            return _read_listed(connection, conversation)

    def delete(self, person: str, conversation: str) -> None:
        """Delete a conversation, which `undelete` brings back for UNDO_SECONDS."""
        with self._changing() as connection:
            _check_owner(connection, person, conversation)
            connection.execute("UPDATE conversations SET deleted = ? WHERE id = ?", (self._now(), conversation))

    def undelete(self, person: str, conversation: str) -> None:
        """Bring a conversation back that was just deleted."""
        with self._changing() as connection:
            _check_owner(connection, person, conversation, deleted=True)
            connection.execute("UPDATE conversations SET deleted = NULL WHERE id = ?", (conversation,))

    def share(self, person: str, conversation: str) -> str:
        """Return the token that a conversation can be read under by others, made where it was not shared."""
        with self._changing() as connection:
            _check_owner(connection, person, conversation)
            connection.execute(
                "UPDATE conversations SET token = coalesce(token, ?) WHERE id = ?",
                (secrets.token_urlsafe(16), conversation),
            )
            return str(
                connection.execute("SELECT token FROM conversations WHERE id = ?", (conversation,)).fetchone()[0]
            )

    def stop_sharing(self, person: str, conversation: str) -> None:
        """Let nobody else read a conversation; its former token never opens it again."""
        with self._changing() as connection:
            _check_owner(connection, person, conversation)
            connection.execute("UPDATE conversations SET token = NULL WHERE id = ?", (conversation,))

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, in which what was deleted some time ago goes for good."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM conversations WHERE deleted < ?", (self._now() - UNDO_SECONDS,))
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time; a failure leaves nothing half done."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = connect(self._file)
                yield self._connection
            except sqlite3.DatabaseError as error:
                self._drop()
                raise conversations_error(self._file, error) from error
            finally:
                if self._connection is not None and self._connection.in_transaction:
                    self._connection.rollback()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _check_owner(connection: sqlite3.Connection, person: str, conversation: str, *, deleted: bool = False) -> None:
    row = connection.execute(
        "SELECT 1 FROM conversations WHERE id = ? AND person = ? AND (deleted IS NOT NULL) = ?",
        (conversation, person, deleted),
    ).fetchone()
    if row is None:
        raise UnknownConversationError("there is no such conversation of yours; it may have been deleted")


_LISTED = "id, title, changed, token IS NOT NULL"
_TURN = "id, question, understood, asked, stated, answer, articles, html, filters"


def _listed(row: Sequence[Any]) -> Listed:
    id, title, changed, shared = row
    return Listed(id, title, changed, bool(shared))


def _read_listed(connection: sqlite3.Connection, conversation: str) -> Listed:
    return _listed(connection.execute(f"SELECT {_LISTED} FROM conversations WHERE id = ?", (conversation,)).fetchone())


def _conversation(connection: sqlite3.Connection, conversation: str) -> Conversation:
    title, token = connection.execute("SELECT title, token FROM conversations WHERE id = ?", (conversation,)).fetchone()
    rows = connection.execute(f"SELECT {_TURN} FROM turns WHERE conversation = ? ORDER BY number", (conversation,))
    return Conversation(conversation, title, token, tuple(map(_turn, rows)))


def _turn(row: Sequence[Any]) -> KeptTurn:
    id, question, understood, asked, stated, answer, articles, html, filters = row
    said, kept = tuple(json.loads(stated)), json.loads(answer)
    return KeptTurn(id, question, understood, asked, said, kept, json.loads(articles), html, json.loads(filters))


def _remove_turns(connection: sqlite3.Connection, conversation: str, names: Sequence[str]) -> int | None:
    """Remove turns, and return the number of the first; None where there is none of them."""
    numbers = [
        row[0]
        for name in names
        for row in connection.execute(
            "DELETE FROM turns WHERE conversation = ? AND id = ? RETURNING number", (conversation, name)
        ).fetchall()
    ]
    return min(numbers, default=None)


def _sentences(answer: Json) -> list[str]:
    sentences: Any = answer["sentences"]
    return [sentence["text"] for sentence in sentences]
