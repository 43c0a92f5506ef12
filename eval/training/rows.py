"""Pairs of a sentence and its evidence made by rule from parallel rows and news, with the verdict on each."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.types import Support
from assistant.words.lexicon import STOP_WORDS
from eval.training import changes
from index.sentences import sentences
from index.text import detect_language, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from assistant.words.matching import Matcher

HELD_OUT = 10
"""One row in so many is left out of training, for measures on rows that it did not see."""

SHORTEST, LONGEST = 6, 40
"""Words of a row."""

SOUNDS = 0.95
"""Grade from which an English and an Arabic word are one name."""

NAMES = 4_000
"""Names of each language that others are replaced by."""


@dataclass(frozen=True, slots=True)
class Made:
    """A sentence, its evidence and the verdict."""

    sentence: str
    evidence: str
    label: Support


@dataclass(frozen=True, slots=True)
class Source:
    """Texts that say the same, or of which the second says all that the first does, and what stands around the second."""

    sentence: str
    evidence: str
    around: tuple[str, ...]
    names: tuple[tuple[int, int], ...]  # of the sentence


def is_held_out(text: str) -> bool:
    """Tell whether a row is left out of training, by its text alone."""
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16) % HELD_OUT == 0


def is_usable(english: str, arabic: str) -> bool:
    """Tell whether a parallel row is a statement of fitting length."""
    first, second = len(english.split()), len(arabic.split())
    return (
        SHORTEST <= first <= LONGEST and 0.4 <= second / first <= 1.7 and "?" not in english and not is_held_out(english)
    )


def shared_names(english: str, arabic: str, matcher: Matcher) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where the names of a parallel row stand that are written alike in both of its texts."""
    first, second = tokens(english), tokens(arabic)
    capitals = {
        word.text for word in first[1:] if english[word.start].isupper() and word.text not in STOP_WORDS
    }  # fmt: skip
    if not capitals or not second:
        return [], []
    grades = matcher.grades([word.text for word in first], [word.text for word in second], capitals, by_meaning=False)
    pairs = [
        (word, second[int(row.argmax())])
        for word, row in zip(first, grades, strict=True)
        if word.text in capitals and row.max() >= SOUNDS
    ]
    return [(one.start, one.end) for one, _ in pairs], [(other.start, other.end) for _, other in pairs]


def from_parallel(rows: Sequence[tuple[str, str]], matcher: Matcher, random: Random) -> Iterator[Source]:
    """Yield each parallel row in a random direction, with rows near it around its evidence."""
    for number, (english, arabic) in enumerate(rows):
        texts = {"en": english, "ar": arabic}
        places = dict(zip(("en", "ar"), shared_names(english, arabic, matcher), strict=True))
        asked, given = random.choice((("en", "ar"), ("ar", "en"), ("en", "ar"), ("ar", "en"), ("en", "en"), ("ar", "ar")))
        count = random.choice((0, 0, 1, 1, 2))
        near = [rows[(number + random.choice((-3, -2, -1, 1, 2, 3))) % len(rows)][given == "ar"] for _ in range(count)]
        yield Source(texts[asked], texts[given], tuple(near), tuple(places[asked]))


def from_article(title: str, text: str, random: Random) -> Iterator[Source]:
    """Yield a title beside the article's beginning, and one of its sentences among those around it."""
    found = [text[start:end].strip() for start, end in sentences(text)]
    found = [one for one in found if SHORTEST <= len(one.split()) <= LONGEST and not is_held_out(one)]
    if len(found) < 3:  # noqa: PLR2004
        return
    if len(title.split()) >= SHORTEST:
        yield Source(title, found[0], tuple(found[1:2]), tuple(changes.names_in(title)))
    place = random.randrange(len(found))
    around = found[max(0, place - 1) : place] + found[place + 1 : place + 2]
    yield Source(found[place], found[place], tuple(around), tuple(changes.names_in(found[place])))


def make(source: Source, others: Sequence[str], names: dict[str, list[str]], random: Random) -> list[Made]:
    """Return some pairs made of a source: one that is supported, and what changes come to.

    `others` are texts of the sentence's language from elsewhere, `names` are names by language.
    """
    language = detect_language(source.sentence)
    sentence, evidence = source.sentence, source.evidence
    made = []
    whole = sentence
    if random.random() < 0.5 or (sentence == evidence and random.random() < 0.7):
        whole = changes.cut(sentence, random) or sentence
    made.append(Made(whole, _among(evidence, source.around, random), Support.SUPPORTED))
    kinds = ["number", "number", "taken", "deny", "deny", "deny", "turn", "name", "near_name", "swap"]
    random.shuffle(kinds)
    wrong = 0
    for kind in kinds:
        if wrong == 2:  # noqa: PLR2004
            break
        on_evidence = random.random() < 0.35 and kind in {"number", "deny", "turn"}
        changed = _changed(kind, evidence if on_evidence else sentence, source, names[language], random)
        if changed is None:
            continue
        wrong += 1
        if on_evidence:
            made.append(Made(whole if whole == sentence else sentence, _among(changed, source.around, random), Support.CONTRADICTED))
        else:
            made.append(Made(changed, _among(evidence, source.around, random), Support.CONTRADICTED))
    added = random.choice(others)
    parts = changes.clauses_of(added)
    if random.random() < 0.35:
        clause = random.choice(parts) if parts else added
        joined = f"{sentence.rstrip(' .')}، و{clause}." if language == "ar" else f"{sentence.rstrip(' .')}, and {clause}."
        made.append(Made(joined, _among(evidence, source.around, random), Support.PARTIAL))
    elif random.random() < 0.4 and (less := changes.cut(evidence, random)) and len(less) < 0.75 * len(evidence):
        made.append(Made(sentence, _among(less, source.around, random), Support.PARTIAL))
    if random.random() < 0.4:
        made.append(Made(added, _among(evidence, source.around, random), Support.UNSUPPORTED))
    elif random.random() < 0.35 and source.around:
        made.append(Made(sentence, " ".join(source.around), Support.UNSUPPORTED))
    return made


def _changed(kind: str, text: str, source: Source, names: Sequence[str], random: Random) -> str | None:
    if kind == "number":
        return changes.change_number(text, random)
    if kind == "taken":
        return changes.take_number(text, source.around, random)
    if kind == "deny":
        return changes.deny(text, random)
    if kind == "turn":
        return changes.turn(text, random)
    if kind == "swap":
        return changes.swap_names(text, source.names, random)
    if kind == "near_name":
        near = " ".join(one for one in source.around if detect_language(one) == detect_language(text))
        names = [near[start:end] for start, end in changes.names_in(near)] if near else ()
    return changes.change_name(text, source.names, names, random)


def _among(evidence: str, around: Sequence[str], random: Random) -> str:
    """Return the evidence with what stands around it, on one side or the other."""
    parts = [evidence, *around]
    random.shuffle(parts)
    return " ".join(part if re.search(r"[.!؟?]\W*$", part) else part + "." for part in parts)
