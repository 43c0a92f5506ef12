"""Statements as rows of their index: pure."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import NamedTuple

from index.statement import Stance, Statement

Mentions = tuple[str, ...]
"""All forms in which one article names a speaker."""


class Stored(NamedTuple):
    """A statement and the id of its article."""

    article_id: str
    statement: Statement


def written(mentions: Mentions) -> str:
    """Return a speaker's mentions as they are kept."""
    return json.dumps(mentions, ensure_ascii=False)


def facts_of(said: Statement) -> str:
    """Return the facts of a statement as they are kept, but for its speaker's mentions."""
    facts = asdict(said) | {"said_on": said.said_on.isoformat() if said.said_on else None}
    del facts["mentions"]
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def stored(row: tuple[str, str, str]) -> Stored:
    """Return the statement of a row: its article's id, its facts, its speaker's mentions."""
    article_id, facts, mentions = row
    values = json.loads(facts)
    runs = {name: tuple(values[name]) if values[name] else None for name in ("sentence", "words", "verb", "addressee")}
    day = values["said_on"]
    told = {"stance": Stance(values["stance"]), "said_on": date.fromisoformat(day) if day else None}
    return Stored(article_id, Statement(**values | runs | told, mentions=tuple(json.loads(mentions))))
