"""The forms that an Arabic verb of saying takes in news: third persons, and the accusatives of its participle. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from index.statement import Stance


def perfect(base: str) -> set[str]:
    """Return the third persons of an Arabic perfect verb: he, she, they two, they."""
    # A weak last letter falls before the endings: دعا, دعت, دعوا.
    stem = base[:-1] if base[-1] in "اي" else base
    return {base, stem + "ت", stem + "تا", stem + "وا", stem + "ا", base + "ا"}


def imperfect(base: str) -> set[str]:
    """Return he and she of an Arabic imperfect verb, which is given without its first letter."""
    return {person + base for person in "يت"}


def participle(base: str) -> set[str]:
    """Return the accusatives of an Arabic participle, in which a speaker's next words begin: مؤكدا, مؤكدة, مؤكدتين."""
    return {base + ending for ending in ("ا", "ه", "ين", "تين")}


def all_perfect(bases: str) -> frozenset[str]:
    """Return those persons of many perfect verbs, given with spaces between them."""
    return _all(perfect, bases)


def all_imperfect(bases: str) -> frozenset[str]:
    """Return those persons of many imperfect verbs, given without their first letters."""
    return _all(imperfect, bases)


def all_participle(bases: str) -> frozenset[str]:
    """Return the accusatives of many participles."""
    return _all(participle, bases)


def forms(form: Callable[[str], Iterable[str]], bases: Mapping[Stance, str]) -> dict[str, Stance]:
    """Return the forms of verbs that are given by what they tell of the speaker's stance."""
    return {
        word: stance for stance, words in bases.items() for base in map(fold_text, words.split()) for word in form(base)
    }


def _all(form: Callable[[str], Iterable[str]], bases: str) -> frozenset[str]:
    return frozenset(word for base in map(fold_text, bases.split()) for word in form(base))
