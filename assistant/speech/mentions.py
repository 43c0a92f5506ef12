"""How an article names its speakers: a person's own name in a mention, and the mentions of one speaker. Pure."""

from __future__ import annotations

import re

from assistant.speech.particles_ar import THIS_AR
from assistant.words.gazetteer import same_entity
from assistant.words.lexicon import BODIES_AR, GIVEN_AR, ROLES_AR, ROLES_EN, WRITINGS_AR, folded
from assistant.words.offices import DELEGATES, office_of
from index.text import fold_text, tokens


def name_part(mention: str) -> list[str]:
    """Return the folded words of a mention that are a person's own name, without the office before or after it.

    In «وزير الخارجية الروسي سيرغي لافروف» these are the last two. A mention that ends in an office or a small English
    word has none: "Portugal's left-wing parties". Of several parts between commas one that names no office comes first:
    "the Kremlin spokesman, Dmitry Peskov".
    """
    parts = sorted(_COMMA.split(mention), key=names_office)
    return next((name for part in parts if (name := _name_in(part))), [])


_COMMA = re.compile("[،,]")


def names_office(part: str) -> bool:
    """Tell whether some words name an office."""
    return any(word.text in ROLES_AR or office_of(word.text) for word in tokens(part))


def _name_in(mention: str) -> list[str]:
    words = tokens(mention)
    name: list[str] = []
    for number in range(len(words) - 1, -1, -1):
        word = words[number].text
        if "a" <= word[0] <= "z":
            if word in ROLES_EN or not mention[words[number].start].isupper():
                break
        elif _is_office(word, words[number - 1].text if number else "", last=not name, alone=len(words) == 1):
            break
        name.insert(0, word)
    return name


_ORDINALS = folded("""
    أول أولى ثان ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع تاسعة عاشر عاشرة
    حادي حادية عشر عشرة عشرون عشرين آخر أخرى أخير أخيرة
""")
"""Words that tell one of several people from the others by number: الثانية عشرة."""


def _is_office(word: str, before: str, *, last: bool, alone: bool) -> bool:
    """Tell whether an Arabic word belongs to an office; `before` is the word before it.

    A definite word does, but for the last one of a mention, which may be a family name: أحمد الشرع.
    """
    if word in ROLES_AR or word.removeprefix("ال") in _ORDINALS:
        return True
    if not word.startswith("ال"):
        return False
    return alone or not last or before in ROLES_AR or before.startswith(("ال", "لل", "و"))


_SAME = folded("نفس ذات")
_SELF = folded("نفسه نفسها نفسهم ذاته ذاتها ذاتهم عينه عينها")


def without_same(mention: str) -> str:
    """Return an Arabic mention without «the same»: المصدر نفسه, نفس المصدر."""
    words = tokens(mention)
    if len(words) > 1 and words[0].text in _SAME:
        return mention[words[1].start :]
    if len(words) > 1 and words[-1].text in _SELF:
        return mention[: words[-2].end]
    return mention


_GENERIC = folded("""
    مصدر مصادر مسؤول مسؤولون مسؤولين أوساط شاهد شهود خبير خبراء محلل محللون مراقبون ناشط ناشطون نشطاء مواطن مواطنون سكان
    دبلوماسي دبلوماسيون ضابط مختص مختصون متخصص متخصصون متابعون مغردون أحدهم إحداهن بعضهم بعضهن آخر آخرون أخرى كثيرون
""")
"""Arabic nouns that bring in someone new where they are not definite."""


def _is_someone(mention: str) -> bool:
    """Tell whether an Arabic mention brings in someone who is not named: مصادر محلية, مسؤول أمني, أحدهم."""
    words = tokens(mention)
    if not words or words[0].text not in _GENERIC:
        return False
    return not any(word.text.startswith(("ال", "لل")) or word.text in GIVEN_AR for word in words[1:])


_BODIES = BODIES_AR | folded("مقاومة ثورة دولة مملكة أمم جبهة تنظيم داخلية خارجية دفاع جهاز")
"""Nouns for bodies, which are not their leaders."""


def _head(mention: str) -> str:
    """Return the first word of a mention, folded and bare."""
    return next((_bare(word.text) for word in tokens(mention)), "")


def without_this(mention: str) -> str:
    """Return an Arabic mention without «this» before it: هذا الخبير."""
    words = tokens(mention)
    return mention[words[1].start :] if len(words) > 1 and words[0].text in THIS_AR else mention


class Speakers:
    """The speakers of one article, each under all the mentions that name them."""

    def __init__(self) -> None:
        self._mentions: list[list[str]] = []
        self._words: list[set[str]] = []
        self._names: list[set[str]] = []

    def add(self, mention: str) -> int:
        """Return the number of the speaker that a mention names, a new one where it fits none.

        The latest speaker is asked first. Two names fit where one holds all the words of the other. A mention without
        a name fits where all its words were said of that speaker before, a country's by any of its names: «المتحدث
        الروسي» is the Kremlin's. A spokesman may get a name later on. Who speaks for another one is not that one: the
        bank is no bank official. «دراسة» without «ال» is another study than the one before.
        """
        words = {_bare(token.text) for token in tokens(mention)} - _ARTICLES
        is_new = fold_text(mention) in WRITINGS_AR or _is_someone(mention)
        name = {_bare(word) for word in name_part(mention)}
        for number in range(len(self._mentions) - 1, -1, -1) if not is_new else ():
            known = self._names[number]
            if words <= known or (name and known and (name <= known or known <= name)):
                break
            said = not name and _are_said(words, self._words[number]) and _stand_in(self._words[number]) <= words
            if said and not self._is_led(mention, number):
                break
        else:
            number = self._unnamed(words - name) if name else len(self._mentions)
            if is_new and (same := self._said(mention)) is not None and len(words) > 1:
                number = same
            if number == len(self._mentions):
                self._mentions.append([])
                self._words.append(set())
                self._names.append(set())
        self._words[number] |= words
        self._names[number] |= name
        if mention not in self._mentions[number]:
            self._mentions[number].append(mention)
        return number

    def _is_led(self, mention: str, number: int) -> bool:
        """Tell whether a speaker is someone of an Arabic body that a mention names: المقاومة, not قادة المقاومة."""
        head = _head(mention)
        heads = set(map(_head, self._mentions[number]))
        if head in _BODIES:
            return heads.isdisjoint(_BODIES)
        return head in WRITINGS_AR and heads.isdisjoint(_BODIES | WRITINGS_AR)

    def _said(self, mention: str) -> int | None:
        """Return the number of the latest speaker who was called just so, None where nobody was."""
        folded_mention = fold_text(mention)
        return next(
            (
                number
                for number in range(len(self._mentions) - 1, -1, -1)
                if any(fold_text(known) == folded_mention for known in self._mentions[number])
            ),
            None,
        )

    def find(self, name: str) -> int | None:
        """Return the number of the latest speaker whose mentions hold all the words of a name, None where none does."""
        words = {_bare(token.text) for token in tokens(name)}
        return next((number for number in range(len(self._words) - 1, -1, -1) if words <= self._words[number]), None)

    def find_named(self, name: str) -> int | None:
        """Return the number of the latest speaker in whose own name a word is, None where it is in nobody's."""
        own = _bare(fold_text(name))
        return next((number for number in range(len(self._names) - 1, -1, -1) if own in self._names[number]), None)

    def _unnamed(self, office: set[str]) -> int:
        """Return the number of the one spokesman without a name whose office is that beside a name, or a new one."""
        held = [
            number
            for number, words in enumerate(self._words)
            if not self._names[number] and office <= words and _stand_in(office) == _stand_in(words) != set()
        ]
        return held[0] if len(held) == 1 else len(self._words)

    def mentions(self, number: int) -> tuple[str, ...]:
        """Return the mentions of a speaker in the order of their first use."""
        return tuple(self._mentions[number])


_ANYONE = folded("official officials source sources مسؤول مصدر مصادر")


_SEATS = {"كرملين": "russia", "kremlin": "russia"}
"""Seats of government to the country for which their spokesmen speak."""


def _are_said(words: set[str], known: set[str]) -> bool:
    """Tell whether all words are known, some of them as they are: Moscow alone is not everyone who is Russian."""
    if words.isdisjoint(known):
        return False
    countries = [_SEATS.get(word, word) for word in known]
    return all(word in known or any(same_entity(word, country) for country in countries) for word in words)


def _stand_in(words: set[str]) -> set[str]:
    """Return the words of a mention that say that someone speaks for an office or a body."""
    return {word for word in words if word in _ANYONE or office_of(word) in DELEGATES}


_ARTICLES = frozenset({"the", "a", "an"})


def _bare(word: str) -> str:
    """Return an Arabic word without its article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word
