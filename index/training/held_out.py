"""The names that the model is tested on, and how training keeps clear of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from index.errors import QuestionSetError
from index.training.tokenizer import normalizer
from index.types import Language

NAMES_FILE = Path(__file__).parent / "names.tsv"
COLUMNS = ["english", "arabic", "kind", "note"]

Kind = Literal["person", "place", "organisation"]
Note = Literal["transliterated", "translated"]

WORD = re.compile(r"\w+")
# Runs of letters. A ligature that is whole words is none: ﷺ stands in English, too.
ARABIC, LATIN = re.compile(r"[\u0620-\u064a\ufb50-\ufdcf\ufe70-\ufefc]+"), re.compile(r"[A-Za-z]+")
ARABIC_SHARE = 0.1  # of the words of a text that is written in Arabic, at least
CLITICS = ["", *"وفبلك", *(f"{one}{other}" for one in "وف" for other in "بلك")]
ARTICLE = "ال"


class Name(NamedTuple):
    """A person, place or organisation as the news of both languages spells it.

    `note` says how the two forms belong together: by their sound, or by their meaning or a name of its own in each
    language ("Sidon" and صيدا).
    """

    english: str
    arabic: str
    kind: Kind
    note: Note


def load_names(path: Path = NAMES_FILE) -> list[Name]:
    """Read the list of names: tab-separated columns `english`, `arabic`, `kind` and `note`, with a header.

    Raises QuestionSetError, naming the line, for a row that is not one name in both scripts, or one that is there
    already once both are folded.
    """
    try:
        header, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"cannot read the names in '{path}': {error}; give a UTF-8 file") from error
    if header.split("\t") != COLUMNS:
        raise QuestionSetError(f"'{path}' line 1: '{header}' are not the columns {', '.join(COLUMNS)}, set off by tabs")
    names: list[Name] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines, start=2):
        name = _parse(line, f"'{path}' line {number}")
        for form in (name.english, name.arabic):
            first = seen.setdefault(split_folded(form), number)
            if first != number:
                raise QuestionSetError(f"'{path}' line {number}: '{form}' is on line {first} already; remove one")
        names.append(name)
    return names


def _parse(line: str, place: str) -> Name:
    match line.split("\t"):
        case [english, arabic, kind, note]:
            if kind not in get_args(Kind) or note not in get_args(Note):
                known = ", ".join((*get_args(Kind), *get_args(Note)))
                raise QuestionSetError(f"{place}: '{kind}' or '{note}' is unknown; use {known}")
            for form, own, other in ((english, LATIN, ARABIC), (arabic, ARABIC, LATIN)):
                if not own.search(form) or other.search(form):
                    raise QuestionSetError(f"{place}: '{form}' is not in its column's script; English comes first")
            return Name(english, arabic, kind, note)  # type: ignore[arg-type]  # mypy does not narrow by `get_args`
        case cells:
            raise QuestionSetError(f"{place}: {len(cells)} columns instead of {len(COLUMNS)}; set them off by tabs")


def split_folded(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded as the model folds them: runs of letters and digits."""
    return tuple(WORD.findall(text.translate(_FOLDS)))


class _Folds(dict[int, str]):
    """What each character folds into: the normalizer knows no other company than its own.

    Asking it once a character, not once a text, makes a million texts a matter of seconds.
    """

    def __missing__(self, code: int) -> str:
        folded: str = normalizer().normalize_str(chr(code))
        self[code] = folded
        return folded


_FOLDS = _Folds()


class _Form(NamedTuple):
    """A spelling of a name, after its first word."""

    rest: tuple[str, ...]
    language: Language
    name: int  # its place in the list


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Tells the pairs of texts that would teach the model a name that it is tested on.

    A pair holds a name when one of its sides holds a form of it and

    - the other side holds the form in the other script, whatever the sides are written in; or
    - the other side is written in the other script, whatever it says: it may well be the same name, spelt in a way that
      no list foresees (Sana'a for صنعاء). This drops more pairs than have to go, still under two thousand of the
      620,000 that are parallel, and leaves nothing to argue about.

    So nothing that pairs Arabic with English contains a name of the list, in either script. A question and a passage of
    one language may contain it: they say nothing of its other form.

    A form is found as whole words, folded as the model folds them, whatever punctuation or space is between them or is
    lacking (عبدالله, "Ben Gvir"), and in Arabic behind و ف ب ل ك and ال. Parts of a name ("Lavrov" alone) stay, and so
    does a pair that spells both of its sides otherwise than the list: what is tested is how well the model knows a name
    from its parts and its sounds.
    """

    starts: dict[str, list[_Form]]  # by first word

    @classmethod
    def from_names(cls, names: Iterable[Name]) -> HeldOut:
        """Prepare the forms of these names for the search."""
        starts: dict[str, list[_Form]] = {}
        for number, name in enumerate(names):
            for first, *rest in _joined(split_folded(name.english)):
                starts.setdefault(first, []).append(_Form(tuple(rest), "en", number))
            for first, *rest in _joined(split_folded(name.arabic)):
                for spelling in _with_clitics(first):
                    starts.setdefault(spelling, []).append(_Form(tuple(rest), "ar", number))
        return cls(starts)

    def holds(self, left: str, right: str) -> bool:
        """Say whether this pair of texts must be kept out of training."""
        # Nearly every pair is done with here.
        if self.starts.keys().isdisjoint(split_folded(f"{left}\n{right}")):
            return False
        one, other = self._find(left), self._find(right)
        if one["en"] & other["ar"] or one["ar"] & other["en"]:
            return True
        scripts = {_script(left), _script(right)}
        return any((*one.values(), *other.values())) and scripts == {"ar", "en"}

    def _find(self, text: str) -> dict[Language, set[int]]:
        """Return the names whose English, and whose Arabic, form is in the text."""
        words = split_folded(text)
        found: dict[Language, set[int]] = {"en": set(), "ar": set()}
        for place, word in enumerate(words, start=1):
            for form in self.starts.get(word, ()):
                if words[place : place + len(form.rest)] == form.rest:
                    found[form.language].add(form.name)
        return found


def _joined(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words as they are, and with neighbours written as one word, in every way."""
    if len(words) == 1:
        yield words
        return
    for first, *rest in _joined(words[1:]):
        yield (words[0], first, *rest)
        yield (words[0] + first, *rest)


def _with_clitics(word: str) -> Iterator[str]:
    """Yield an Arabic word as it is, and with what is written as one word with it; ل and ال become لل."""
    for base in {word, ARTICLE + word.removeprefix(ARTICLE)}:
        for clitics in CLITICS:
            yield clitics + base
            if clitics.endswith("ل") and base.startswith(ARTICLE):
                yield clitics + base.removeprefix("ا")


def _script(text: str) -> Language | None:
    """Which script a text is written in; None without letters of either."""
    arabic, latin = len(ARABIC.findall(text)), len(LATIN.findall(text))
    if not arabic and not latin:
        return None
    # A short Arabic post ends in a long row of English tags and addresses; English rarely quotes Arabic.
    return "ar" if arabic >= ARABIC_SHARE * (arabic + latin) else "en"
