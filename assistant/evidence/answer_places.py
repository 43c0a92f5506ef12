"""The places that a sentence names, and which of them is where something happened that a question asks about."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.speech.particles_ar import BOUNDARY_AR
from assistant.speech.reporting_ar import SAY_AR
from assistant.words.gazetteer import is_entity, is_place
from assistant.words.lexicon import STOP_WORDS, folded
from index.day_words import MONTHS, WEEKDAYS
from index.text import letter_offset, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence.coverage import Coverage
    from index.text import Token

NAMED = 0.9
"""Grade from which the question names a place itself; a capital is asked for where it names the country."""

_KINDS_AR = folded("""
    مدينة بلدة قرية محافظة ريف ولاية إقليم حي مخيم مطار ميناء معبر قاعدة جزيرة ضاحية عاصمة شارع ساحة جامعة مستشفى
    فندق قصر ملعب بلدتي مدينتي قريتي محافظتي جبل نهر وادي خليج مضيق
""")
_AREAS_AR = folded("منطقة مؤتمر محور")
"""Kinds of place that are as often none: منطقة خفض التصعيد."""

_KINDS_EN = folded("""
    city town village province state region district county governorate island port airport camp street square
    university hospital hotel palace stadium conference base border river valley gulf strait suburb capital talks
""")
_IN_EN = folded("in at near outside inside into across")
_IN_AR = folded("في إلى قرب داخل خارج شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط")
_JOINED = ("وب", "ول", "ب", "ل", "و")
"""Particles that are written onto the word that they stand before."""

LONGEST = 5
"""Words of a place's name, with what kind of place it is."""


def find_places(covered: Coverage, number: int) -> list[tuple[int, int]]:
    """Return where that happened which is asked about, as a sentence names it: code points into the sentence, in order.

    A place that the question itself names is none. Of several only those stand that are joined; else none does.
    """
    text = covered.page.text(number)
    words = tokens(text)
    named = covered.word_grades(number).max(axis=0, initial=0.0) >= NAMED
    spans = _arabic(text, words) if covered.page.article.language == "ar" else _english(text, words)
    runs = {
        (letter_offset(text, words[first], _particle(words[first])), words[last - 1].end): (first, last)
        for first, last in spans
        if not all(named[at] or _is_kind(words[at].text) for at in range(first, last))
    }
    best = covered.most_asked(number, sorted(runs))
    if all(_are_joined(text, words, runs[one], runs[other]) for one, other in pairwise(best)):
        return best
    nearest = covered.nearest_topic(number, best)
    return nearest if len(nearest) == 1 else []


def _are_joined(text: str, words: Sequence[Token], one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two places stand side by side, or are joined: in Rome and in Paris."""
    between = [words[at].text for at in range(one[1], other[0])]
    return len(between) <= 2 and all(word in STOP_WORDS for word in between)  # noqa: PLR2004


def _particle(word: Token) -> int:
    """Return how many letters before a place's name are particles written onto it: بريف إدلب."""
    for particle in ("", *_JOINED):
        bare = word.text.removeprefix(particle)
        if word.text.startswith(particle) and (is_place(bare) or bare.removeprefix("ال") in _KINDS_AR | _AREAS_AR):
            return len(particle)
    return 0


def _is_kind(word: str) -> bool:
    return _bare(word) in _KINDS_AR or word in _KINDS_EN


def _bare(word: str) -> str:
    for particle in ("", *_JOINED):
        bare = word.removeprefix(particle).removeprefix("ال")
        if word.startswith(particle) and (bare in _KINDS_AR or bare in _AREAS_AR):
            return bare
    return word


def _arabic(text: str, words: Sequence[Token]) -> list[tuple[int, int]]:
    """Find a kind of place with its name, and the places known by name alone, by the numbers of their words."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(words):
        bare = _bare(words[place].text)
        first = place + (bare in _KINDS_AR or bare in _AREAS_AR)
        last = place
        goes_on = first == place or _goes_on(text, words, first)
        named = goes_on and _is_named(words[first].text) and (first > place or _is_within(words, place, found))
        if named or (bare in _KINDS_AR and goes_on):
            last = _adjectives_end(text, words, first + 1)
        if last > place:
            found.append((place, last))
        place = max(last, place + 1)
    return found


def _is_within(words: Sequence[Token], place: int, found: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a place is where something is: after في, with «ب» joined to it, or with «and» after another."""
    word = words[place].text
    if place and words[place - 1].text in _IN_AR:
        return True
    if word.startswith("و"):
        return bool(found) and found[-1][1] == place
    return word.startswith("ب") and not is_place(word)


def _is_named(word: str) -> bool:
    return any(word.startswith(particle) and is_place(word.removeprefix(particle)) for particle in ("", *_JOINED))


def _adjectives_end(text: str, words: Sequence[Token], place: int) -> int:
    first = place
    while place - first < LONGEST - 1 and _goes_on(text, words, place) and words[place].text.startswith("ال"):
        place += 1
    return place


def _goes_on(text: str, words: Sequence[Token], place: int) -> bool:
    if place >= len(words) or text[words[place - 1].end : words[place].start].strip():
        return False
    word = words[place].text
    return word not in STOP_WORDS and word not in BOUNDARY_AR and word not in SAY_AR and word[0].isalpha()


def _english(text: str, words: Sequence[Token]) -> list[tuple[int, int]]:
    """Find the names after «in» and its like, by the numbers of their words."""
    found: list[tuple[int, int]] = []
    place = len(words) if text.isupper() else 0
    while place < len(words):
        last = place
        if words[place].text in _IN_EN and place + 1 < len(words):
            first = place + 1
            if words[first].text in {"the", "a", "an"}:
                first += 1
            last = _english_end(text, words, first)
            if last > first:
                found.append((first, last))
        place = max(last, place + 1)
    return found


def _english_end(text: str, words: Sequence[Token], first: int) -> int:
    """Return where a place's name that begins at a word ends: Vienna; southern state of arequipa; Dubai, UAE."""
    last, kind = first, False
    while last < len(words) and last - first <= LONGEST:
        gap = text[words[last - 1].end : words[last].start] if last > first else " "
        if gap.strip() and not (gap == ", " and is_place(words[last].text)):
            break
        word = words[last].text
        capital = text[words[last].start].isupper() and word not in MONTHS and word not in WEEKDAYS
        if word in _KINDS_EN:
            kind = True
        elif not (capital or (kind and word == "of") or (kind and words[last - 1].text == "of") or _directs(word)):
            break
        last += 1
    names = [place for place in range(first, last) if text[words[place].start].isupper()]
    if not names and not (kind and any(words[place].text == "of" for place in range(first, last))):
        return first
    demonyms = all(is_entity(words[place].text) and not is_place(words[place].text) for place in names)
    return first if demonyms and not kind else last


def _directs(word: str) -> bool:
    return word in {"north", "south", "east", "west"} or word.endswith(("ern", "central"))
