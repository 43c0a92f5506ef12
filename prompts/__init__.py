"""Prompts for language models: texts in two languages, each a Markdown file with its settings before it.

A file is ``+++``, TOML, ``+++``, then what the system is told, a line ``---``, and what the user says. The TOML may be
left out. Variables are those of `string.Template`, so that braces in an article do no harm.
"""

from __future__ import annotations

import hashlib
import string
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent
FRONT, PARTS = "+++\n", "\n---\n"


class PromptError(Exception):
    """A prompt was filled with too few variables, or with one that it does not have."""


class FrontMatter(BaseModel):
    """What a prompt's file states before its text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    refusal: str = ""
    """The word by which the model says that it cannot do what is asked; the text names it as ``$refusal``."""
    speaker: str = ""
    """What comes before the name of a speaker who alone is asked for."""


class Prompt(NamedTuple):
    """A prompt that can be sent: one message of each role."""

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt with its variables still open."""

    name: str
    system: string.Template
    user: string.Template
    front: FrontMatter

    def fill(self, **values: str) -> Prompt:
        """Put values in the variables' places; raises PromptError, naming one that is missing or unknown."""
        values |= {"refusal": self.front.refusal} if self.front.refusal else {}
        needed = {*self.system.get_identifiers(), *self.user.get_identifiers()}
        for names, problem in ((needed - set(values), "needs a value for"), (set(values) - needed, "has no variable")):
            if names:
                raise PromptError(f"the prompt {self.name!r} {problem} {min(names)!r}")
        return Prompt(self.system.substitute(values), self.user.substitute(values))


@cache
def load(name: str) -> Template:
    """Return the prompt of a name, as ``answer.en``."""
    front, text = "", (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    if text.startswith(FRONT):
        front, _, text = text.removeprefix(FRONT).partition(FRONT)
    system, _, user = text.partition(PARTS)
    settings = FrontMatter.model_validate(tomllib.loads(front))
    return Template(name, string.Template(system.strip()), string.Template(user.strip()), settings)


def fence_for(texts: Iterable[str]) -> str:
    """Return a word that stands in none of the texts, to mark where they begin and end; the same for the same texts."""
    joined = "\n".join(texts)
    fence = hashlib.sha256(joined.encode("utf-8")).hexdigest()[:16]
    while fence in joined:
        fence = hashlib.sha256(fence.encode("ascii")).hexdigest()[:16]
    return fence
