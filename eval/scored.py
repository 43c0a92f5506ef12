"""The scores of one question, apart from what became of it otherwise: what runs are compared by. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one question, or of one labelled thing, and its words.

    Of what is `held_back` only figures are to be seen: no comparison lists it.
    """

    set: str
    id: str
    text: str
    scores: dict[str, float]
    held_back: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What the same question has in another run: the set, the id, and the words, as a hash."""
        return self.set, self.id, sha256(self.text.encode("utf-8")).hexdigest()[:8]
