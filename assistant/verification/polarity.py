"""Which words of a sentence are negated, and which words say opposite things, in both languages. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.words.lexicon import STOP_WORDS, folded
from assistant.words.numerals import UNITS
from index.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.text import Token

_NEGATORS = folded("""
    not never no none neither nor without cannot nothing nobody unable non
    لا لم لن ليس ليست ليسوا غير عدم دون بدون ولا ولم ولن وليس وليست بلا وعدم بعدم لعدم
""")
_NEAR_NEGATORS = folded("without non غير عدم دون بدون بلا وعدم بعدم لعدم")
"""Negators of the next words only: «عدم الاستقرار» is one notion."""

_DENIALS = folded("""
    deny denied denies denying reject rejected rejects rejecting refuse refused refuses refusing fail failed fails
    failing dismissed dismiss
    نفى نفت ينفي تنفي نافيا نافية نفي رفض رفضت يرفض ترفض رافضا رفضه رفضها استبعد استبعدت يستبعد مستبعدا فشل فشلت أخفق
    أخفقت إخفاق امتنع امتنعت انعدام
""")
"""Words that negate all that their clause goes on to say."""

REACH, NEAR_REACH = 4, 2
"""Telling words that a negator governs at most, and one of the next words only."""

HEDGES = folded("""
    may might could would plans planned plan intends intend expected expects expect likely probably possible possibly
    potentially consider considering reportedly allegedly hopes hope aims seeks proposed
    قد ربما يمكن ينوي تنوي يعتزم تعتزم يتوقع المتوقع متوقع المرجح مرجح المحتمل محتمل احتمال يدرس تدرس يأمل
    تأمل المقرر يسعى
""")
"""Words that make a plain fact of what follows a possibility or an intention."""

_STILL = folded("يزال تزال يزالون زال زالت زالوا تزالان")
"""Words that a negator before them makes «still», which negates nothing."""

_NOT_TO = frozenset({"ألا", "ألّا", "وألا", "بألا"})

_LONGER = folded("longer anymore يعد تعد يعودوا تعودا")
"""Words that a negator before them makes an end of what was."""

_OPENS = folded("أن بأن أنه أنها بأنه بأنها صحة وجود أي في")
"""Words after which an Arabic verb of denial says what is denied."""

_THAT = fold_text("ذلك")
"""What an Arabic verb of denial denies that was said before it."""

DENIER = 2
"""Telling words after an Arabic verb of denial that mostly name who denies."""

_NEGATIVE = folded("""
    lack lacks lacked lacking absence absent miss misses missed short unable impossible unlikely unless avoid avoided
    prevent prevented kept nor hardly barely anonymity lest instead rather false untrue denial failure failures
    insecurity instability inability inequality injustice illegal invalid incomplete inadequate insufficient ineffective
    incorrect inaccurate irregular irresponsible independent indirect inactive disproportionate whether exclude excludes
    excluded excluding except outside still indifferent opposed opposes
    استثناء باستثناء يستثني تستثني استثنى خارج يعارض تعارض عارض عارضت معارضة
    غياب افتقار يفتقر تفتقر تعذر يتعذر استحال حال تحول منع خال خالية كذب كاذبة بدل نفي إنكار
""")
"""Words that say by themselves that something is not."""

_DECLINES = folded("decline declines declined declining")
"""Words that deny before "to" and what is done, and not before a number: declined to comment, declined to 5 pct."""

_RULE = folded("rule rules ruled ruling")
"""Before "out" they deny what follows."""

_NO_NEGATION = frozenset(
    (fold_text(first), fold_text(second))
    for first, second in (
        ("not", "only"),
        ("لا", "سيما"),
        ("ولا", "سيما"),
        ("غير", "أن"),
        ("غير", "أنه"),
        ("غير", "أنها"),
        ("لا", "يقل"),
        ("لا", "تقل"),
        ("لا", "يتجاوز"),
        ("لا", "تتجاوز"),
        ("لم", "يتجاوز"),
        ("لم", "تتجاوز"),
        ("لا", "يتعدى"),
        ("لا", "تتعدى"),
        ("no", "fewer"),
        ("no", "less"),
        ("not", "less"),
        ("بدون", "طيار"),
        ("دون", "طيار"),
    )
)
"""Pairs of words whose first negates nothing: not only, «غير أن»."""

_UNLESS = frozenset(
    (fold_text(first), fold_text(second)) for first, second in (("ما", "لم"), ("أم", "لا"), ("or", "not"), ("دي", "لا"))
)
"""Pairs of words whose second negates nothing by itself: «ما لم», "whether or not", «دي لا»."""

_EXCEPT = folded("إلا سوى except until unless")
"""Words that take a negation of their clause back."""

EXCEPTED = 9
"""Words after a negator within which an exception takes it back."""

_NOT_YET = "yet"
"""Before "to" it says that something has not happened: they have yet to vote."""

_UN = re.compile(
    r"(?:un(?!der|til|ion|it|ive|iv|iq|if|les|ve|cle|an)|non-?)\w{4,}|dis(?:approv|agree|allow|satisf)\w+"
    r"|(?:[بوكفل]?ال|[بوكفل])?لا(?!تين)\w{3,}(?:ي|يه|يا|يين|يون)"
)
"""Words that negate themselves: unaffected, unlawful, «اللاشرعية»."""

_DENIAL = re.compile(r"(?:un|in|im|il|ir|dis|non-?)(\w{4,})")
"""Prefixes that make a word the opposite of what is left of it."""

_AND, SHORTEST = ("و", "ف"), 2
"""What Arabic joins before a word, and letters of the longest word that nothing is joined to."""

_IMPERFECT = re.compile(r"^[وف]?س?[يتن](?=\w{3})")

_BREAK = re.compile(r"[,;:،؛.!؟?\n]")


def denies_itself(word: str) -> bool:
    """Tell whether a folded word says by its prefix that something is not, which its sign counts."""
    return bool(_UN.fullmatch(word))


def without_denial(word: str) -> str:
    """Return an English word without a prefix that may make it an opposite, an empty text where it has none."""
    found = _DENIAL.fullmatch(word)
    return found[1] if found else ""


def is_negator(word: str) -> bool:
    """Tell whether a folded word negates what follows it."""
    return _is_of(word, _NEGATORS | _DENIALS) or word.endswith("n't")


def is_near_negator(word: str) -> bool:
    """Tell whether a folded word negates the next words only: «عدم الاستقرار»."""
    return _is_of(word, _NEAR_NEGATORS)


def _is_of(word: str, words: frozenset[str]) -> bool:
    """Tell whether a folded word is one of some, «and» or «so» joined before it or not: وفشل, فلا."""
    return word in words or (len(word) > SHORTEST and word[0] in _AND and word[1:] in words)


def is_negative(word: str) -> bool:
    """Tell whether a folded word negates, by itself or what follows it."""
    return is_negator(word) or _is_of(word, _NEGATIVE) or denies_itself(word)


def clauses(text: str, words: Sequence[Token]) -> NDArray[np.intp]:
    """Return the number of the clause that each word stands in, shape (words,); marks part clauses."""
    breaks = np.array([match.start() for match in _BREAK.finditer(text)], np.intp)
    return np.searchsorted(breaks, [word.start for word in words])


@dataclass(frozen=True, slots=True)
class Negation:
    """A negator and the words that it governs, by their numbers."""

    place: int
    governed: tuple[int, ...]
    focus: tuple[int, ...]  # those of them that are denied, the one denied first before the others


def negations(text: str, words: Sequence[Token]) -> list[Negation]:
    """Return the negations of a text in order; one that an exception takes back is none: «لا … إلا», "not only"."""
    clause = clauses(text, words)
    found = []
    for number, word in enumerate(words):
        if not (_negates(words, number) or _is_not_to(text, words, number)):
            continue
        left = len(words) if _is_of(word.text, _DENIALS) else NEAR_REACH if is_near_negator(word.text) else REACH
        governed: list[int] = []
        for following in range(number + 1, len(words)):
            if clause[following] != clause[number] or not left:
                break
            governed.append(following)
            left -= words[following].text not in STOP_WORDS
        if not _is_excepted(words, number, clause):
            found.append(Negation(number, tuple(governed), _focus(words, number, governed)))
    return found


def _focus(words: Sequence[Token], number: int, governed: Sequence[int]) -> tuple[int, ...]:
    """Leave out what is governed and not denied: "longer", and who denies, whom Arabic names after the verb."""
    telling = [place for place in governed if words[place].text not in STOP_WORDS | _LONGER]
    if not _is_of(words[number].text, _DENIALS) or words[number].text.isascii():
        return tuple(telling)
    if any(words[place].text == _THAT for place in governed):
        return ()
    opened = next((place for place in governed if words[place].text in _OPENS), None)
    return tuple(telling[DENIER:] if opened is None else [place for place in telling if place > opened])


def _negates(words: Sequence[Token], number: int) -> bool:
    word = words[number].text
    before = words[number - 1].text if number else ""
    after = words[number + 1].text if number + 1 < len(words) else ""
    if word == _NOT_YET:
        return after == "to"
    if word in _RULE:
        return after == "out"
    if word in _DECLINES:
        done = words[number + 2].text if number + 2 < len(words) else ""
        return after == "to" and done.isalpha() and done not in UNITS
    if (word, after) in _NO_NEGATION or (before, word) in _UNLESS:
        return False
    return is_negator(word) and after not in _STILL


def _is_not_to(text: str, words: Sequence[Token], number: int) -> bool:
    """Tell whether a word is «ألا», which is «أن لا», before a verb; without its hamza it may be «إلا»."""
    after = words[number + 1].text if number + 1 < len(words) else ""
    return text[words[number].start : words[number].end] in _NOT_TO and bool(_IMPERFECT.match(after))


def _is_excepted(words: Sequence[Token], number: int, clause: NDArray[np.intp]) -> bool:
    """Tell whether the clause goes on to say what alone is so: «لن يصبح نافذا إلا بعد التصويت»."""
    if _is_of(words[number].text, _DENIALS):
        return False
    for following in range(number + 1, min(number + 1 + EXCEPTED, len(words))):
        after = words[following + 1].text if following + 1 < len(words) else ""
        if clause[following] != clause[number]:
            return False
        if words[following].text in _EXCEPT and not after.startswith("ان"):
            return True
    return False


def signs(text: str, words: Sequence[Token]) -> NDArray[np.int8]:
    """Return -1 for each word that an odd number of negators governs, else 1, shape (words,)."""
    found = np.array([-1 if denies_itself(word.text) else 1 for word in words], np.int8)
    for negation in negations(text, words):
        found[list(negation.governed)] *= -1
    return found
