"""Offices, by the words and the phrases of both languages that name them. Pure.

An office is told by its own name in either language: «رئيس الحكومة» is a prime minister, and no president.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

_WORDS = {
    "deputy": "deputy vice assistant نائب نائبة مساعد وكيل",
    "spokesman": "spokesman spokeswoman spokesperson spox متحدث متحدثة ناطق ناطقة",
    "envoy": "envoy emissary representative مبعوث مبعوثة موفد مندوب ممثل",
    "adviser": "adviser advisor aide مستشار",
    "ambassador": "ambassador سفير سفيرة",
    "minister": "minister secretary وزير وزيرة",
    "premier": "premier",
    "president": "president",
    "chairman": "chairman chairwoman",
    "chair": "رئيس رئيسة",
    "chancellor": "chancellor مستشارة",
    "king": "king monarch ملك عاهل",
    "prince": "prince emir أمير ولي",
    "governor": "governor محافظ والي حاكم",
    "mayor": "mayor عمدة أمين",
    "director": "director مدير مديرة",
    "commander": "commander captain قائد",
    "coach": "coach مدرب مدربة",
    "chief executive": "ceo",
    "head": "head chief boss",
    "leaders": "leaders زعماء قادة زعيما",
}
_PHRASES = {
    "premier": "prime minister, رئيس الوزراء, رئيسة الوزراء, رئيس مجلس الوزراء, رئيس الحكومة, رئيسة الحكومة, وزير أول",
    "foreign minister": "foreign minister, foreign secretary, secretary of state, minister of foreign affairs, foreign"
    " affairs minister, وزير خارجية, وزيرة خارجية, وزير شؤون خارجية",
    "secretary general": "secretary general, general secretary, أمين عام, أمينة عامة, سكرتير عام, كاتب عام",
    "chief executive": "chief executive, رئيس تنفيذي, مدير تنفيذي",
    "spokesman": "press secretary",
    "officer": "chief financial officer, chief operating officer, chief economist, chief negotiator, chief of staff,"
    " chief lawyer, chief trial lawyer, chief counsel, chief analyst, chief judge, chief prosecutor, chief inspector,"
    " chief scientist, chief investment officer, chief accountant, chief engineer",
    "mayor": "رئيس بلدية, رئيسة بلدية",
    "governor": "أمير منطقة",
}
"""Names of several words, with commas between; they are the same with and without the Arabic article."""

_PORTFOLIOS = {
    fold_text(word): number
    for number, words in enumerate((
        "defence defense دفاع حربية", "interior داخلية", "foreign state خارجية", "finance treasury مالية خزانة",
        "justice عدل", "health صحة", "education تربية تعليم", "trade commerce commercial تجارة",
        "agriculture فلاحة زراعة", "energy طاقة كهرباء", "oil petroleum نفط بترول", "labour labor عمل",
        "economy economic economics اقتصاد", "transport transportation نقل مواصلات", "culture ثقافة",
        "information media إعلام", "environment بيئة", "tourism سياحة", "industry صناعة",
        "planning تخطيط", "housing إسكان", "sports sport رياضة", "religious أوقاف دينية إسلامية", "hajj حج",
        "communications telecommunications اتصالات",
    ))
    for word in words.split()
}  # fmt: skip
"""What ministries are for."""

BESIDE = 2
"""Words between a ministry and what it is for, at most one less."""

_MINISTRY = frozenset(
    fold_text(word) for word in ("ministry", "minister", "secretary", "department", "وزارة", "وزير", "وزيرة")
)

_OFFICE_OF = {fold_text(word): office for office, words in _WORDS.items() for word in words.split()}
_PHRASE_OF = {
    tuple(word.removeprefix("ال") for word in fold_text(form).split()): office
    for office, phrases in _PHRASES.items()
    for phrase in phrases.split(", ")
    for form in (phrase, phrase.replace(" of ", " "))  # a question's words are those without the small ones
}
_OPENING = frozenset(phrase[0] for phrase in _PHRASE_OF)
_LONGEST = max(map(len, _PHRASE_OF))

OFFICE_WORDS = _OFFICE_OF.keys()
"""The words of both languages that name an office."""

DELEGATES = frozenset({"deputy", "spokesman", "envoy", "adviser", "ambassador"})
"""Offices that speak for another one, and are not that one."""

_CHAIRS = {"president", "chairman", "chair"}
_HEADS = {"director", "governor", "commander", "leaders", "secretary general", "chief executive"} | _CHAIRS
"""Offices whose holder is called the head of what they lead."""

_JOINED = re.compile("^[وف]?(?:لل|[بلك]?(?:ال)?)")


def portfolios(words: Sequence[str]) -> dict[int, int]:
    """Return what the ministries and ministers are for that folded words name: the word's place, and a number."""
    found = {}
    for place, word in enumerate(words):
        portfolio = _PORTFOLIOS.get(without_joined(word))
        near = words[max(0, place - BESIDE) : place + BESIDE + 1]
        if portfolio is not None and not _MINISTRY.isdisjoint(map(_without_particle, near)):
            found[place] = portfolio
    return found


def _without_particle(word: str) -> str:
    """Return a folded word without the particle before it, where a ministry is named behind one: بوزارة, لوزير."""
    return word[1:] if word[1:] in _MINISTRY else word


def without_joined(word: str) -> str:
    """Return a folded Arabic word without the article and what else may be written onto it: وللرئيس."""
    return _JOINED.sub("", word, count=1)


def office_of(word: str) -> str | None:
    """Return the office that a folded word names, None where it names none."""
    return _OFFICE_OF.get(word) or _OFFICE_OF.get(word.removeprefix("ال"))


def _joined_office_of(word: str) -> str | None:
    """Return the office that a folded word names, with or without what is written onto it: بوزير, وللرئيس."""
    return office_of(word) or _OFFICE_OF.get(without_joined(word))


def offices_of(words: Sequence[str], *, joined: bool = False) -> list[str | None]:
    """Return the office that each of some folded words names, or belongs to as a word of its name; None for the others.

    Where they may be `joined`, a word names one with what is written onto it, too: بوزير, وللرئيس.
    """
    found = [_joined_office_of(word) if joined else office_of(word) for word in words]
    bare = [word.removeprefix("ال") for word in words]
    for first, word in enumerate(words):
        opening = bare[first] if bare[first] in _OPENING or not joined else without_joined(word)
        if opening not in _OPENING:
            continue
        for length in range(min(_LONGEST, len(words) - first), 1, -1):
            if whole := _PHRASE_OF.get((opening, *bare[first + 1 : first + length])):
                found[first : first + length] = [whole] * length
                break
    return found


def same_office(one: str, other: str) -> bool:
    """Tell whether two offices may be one and the same.

    A head of what the other one leads is; an Arabic «رئيس» is a president or a chairman, of whom neither is the other.
    """
    pair = {one, other}
    return len(pair) == 1 or ("head" in pair and not pair.isdisjoint(_HEADS)) or ("chair" in pair and pair <= _CHAIRS)


def words_of(office: str) -> frozenset[str]:
    """Return folded words, without the Arabic article, of which every name of an office has one at least."""
    named = {word for word, own in _OFFICE_OF.items() if same_office(own, office)}
    phrases = [phrase for phrase, own in _PHRASE_OF.items() if same_office(own, office)]
    return frozenset(named.union(next(word for word in phrase[::-1] if not office_of(word)) for phrase in phrases))


_FORMER_BEFORE = frozenset(map(fold_text, ("former", "ex", "late", "outgoing", "ousted", "deposed", "then")))
_FORMER_AFTER = frozenset(
    map(fold_text, ("السابق", "السابقة", "سابقا", "الأسبق", "الراحل", "الراحلة", "المخلوع", "المستقيل", "المقال"))
)
FORMER = _FORMER_BEFORE | _FORMER_AFTER
"""Words by which an office is told to be held no more."""

_BEFORE, _AFTER = 3, 5
"""Words before an office, or after it, among which such a word belongs to it."""


def without_delegated(offices: Sequence[str | None], delegates: AbstractSet[str]) -> list[str | None]:
    """Return the offices of a sentence's words without those that one of some delegates stands for: a vice chairman.

    One word may stand between: المبعوث الخاص للرئيس.
    """
    kept: list[str | None] = []
    for place, office in enumerate(offices):
        before = [other for other in offices[max(0, place - 2) : place] if other is not None][-1:]
        goes_on = office is not None and offices[place - 1 : place] == [office] and kept[-1] is None
        kept.append(None if goes_on or not delegates.isdisjoint(before) else office)  # deputy [prime minister]
    return kept


def without_former(offices: Sequence[str | None], words: Sequence[str]) -> list[str | None]:
    """Return the offices of a sentence's words without those that somebody held before."""
    return [
        None
        if _FORMER_BEFORE.intersection(words[max(0, place - _BEFORE) : place])
        or _FORMER_AFTER.intersection(words[place + 1 : place + 1 + _AFTER])
        else office
        for place, office in enumerate(offices)
    ]
