"""Which side of a word of cause is the cause, and which the effect: prices fell because of a glut. Pure.

What a question asks the reason of must stand on the effect's side: «falling oil prices caused the downturn» tells no
reason why oil prices fell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assistant.verification.polarity import is_negator
from assistant.words.gazetteer import is_entity
from index.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.text import Token


class Cause(NamedTuple):
    """The numbers of the words of a sentence that tell a cause, and of those that tell what it brought about."""

    cause: range
    effect: range


def _any_of(phrases: str) -> str:
    """Return a pattern of any of the phrases, which commas part, the longest first."""
    listed = [fold_text(" ".join(phrase.split())) for phrase in phrases.split(",")]
    return "|".join(sorted(listed, key=lambda phrase: (-len(phrase), phrase)))


_CAUSE_FOLLOWS = _any_of("""
    because of, because, due to, due largely to, due mainly to, due mostly to, due partly to, due primarily to,
    owing to, as a result of, result of, thanks to, attributed to, blamed on, caused by, prompted by, triggered by,
    sparked by, driven by, hurt by, hit by, affected by, depressed by, damped by, dampened by, weakened by,
    undermined by, weighed down by, fuelled by, fueled by, spurred by, boosted by, helped by, buoyed by, stemmed
    from, stems from, stemming from, resulted from, resulting from, in response to, in protest, in order to, in an
    effort to, in an attempt to, on fears, on concern, on concerns, on speculation, on charges of, accused of,
    charged with, reflecting, reflected, reflects, aimed at, on grounds, on the grounds, in the wake of, in a bid
    to, on account of, for fear of, بسبب, نتيجة, جراء, من جراء, لأن, لأنه, لأنها, لأنهم, نظرا, بفعل, إثر, على خلفية,
    بحجة, بدعوى, بتهمة, خوفا, خشية, احتجاجا, ردا على, متأثرا, متأثرة, تأثرا, متضررا من, متضررة من, تحت وطأة, تحت
    ضغط, بفضل, سببه, سببها, مرده, عائد إلى, عائدا إلى, يعود إلى, تعود إلى, راجع إلى, يرجع إلى, ترجع إلى, بهدف, من
    أجل, لكي, لتفادي, لتجنب, بغية, سعيا, حرصا, نتج عن, ناتج عن, ناجم عن, ناتجة عن, ناجمة عن, نجم عن, نجمت عن, لعدم,
    بطلب من, للمطالبة, سعيا إلى
""")
_EFFECT_FOLLOWS = _any_of("""
    led to, leads to, leading to, caused, causing, causes, prompted, prompting, triggered, triggering, sparked,
    sparking, resulted in, resulting in, results in, contributed to, contributing to, pushed, sent,
    مما دفع, ما دفع, نتج عنه, نتج عنها, نجم عنه, نجم عنها
""")
_EFFECT_BETWEEN = {
    "to": _any_of("attribute, attributes, attributed"),
    "إلى": _any_of("أرجع, أرجعت, يرجع, مرجعا, عزا, عزت, عزوا, يعزو, عازيا"),
}
_CAUSE_BETWEEN = {
    "for": _any_of("blame, blames, blamed, blaming"),
    "إلى": _any_of("أدى, أدت, يؤدي, تؤدي, مؤديا, مؤدية, أفضى, أفضت"),
    "في": _any_of("تسبب, تسببت, يتسبب, تتسبب, متسببا"),
    "عن": _any_of("أسفر, أسفرت, يسفر, تسفر"),
}
"""Verbs whose one side stands right after them, and the other one after this word: أدى الجفاف إلى الغلاء."""

_BETWEEN = [*_EFFECT_BETWEEN.items(), *_CAUSE_BETWEEN.items()]
_MARKS = re.compile(
    rf"(?<!\S)[وف]?(?:(?P<cause_follows>{_CAUSE_FOLLOWS})|(?P<effect_follows>{_EFFECT_FOLLOWS})|"
    + "|".join(rf"(?P<between_{number}>{verbs})" for number, (_, verbs) in enumerate(_BETWEEN))
    + r"|(?P<purpose>لي(?!س|ل[اه]?(?!\S))\S{3,}))(?!\S)"  # وصل ليبحث
)

OPENING = 1
"""Words before a word of cause with which it still opens its sentence, and the effect comes after a comma."""

DENIED = 2
"""Words before a word of cause among which one that negates denies the cause."""


def find_causes(text: str, words: Sequence[Token]) -> list[Cause]:
    """Return the causes that a sentence of these words tells, in order; those that it denies are none."""
    said, places = " ".join(word.text for word in words), {}
    start = 0
    for place, word in enumerate(words):
        places[start] = place
        start += len(word.text) + 1
    found = []
    for match in _MARKS.finditer(said):
        first, kind = places[match.start()], match.lastgroup or ""
        if kind == "purpose" and is_entity(words[first].text):
            continue  # ليبيا
        if any(is_negator(word.text) for word in words[max(0, first - DENIED) : first]):
            continue
        before, after = range(first), range(first + 1 + match.group().count(" "), len(words))
        if kind == "purpose":
            found.append(Cause(range(first, len(words)), before))
        elif kind == "effect_follows":
            found.append(Cause(before, after))
        elif kind == "cause_follows":
            comma = next((at for at in after[1:] if _comma_before(text, words, at)), len(words))
            opened = first <= OPENING and comma < len(words)
            found.append(Cause(range(after.start, comma), range(comma, len(words))) if opened else Cause(after, before))
        else:
            found += _parted(words, before, after, int(kind.removeprefix("between_")))
    return found


def _parted(words: Sequence[Token], before: range, after: range, number: int) -> list[Cause]:
    """Return what a verb with its two sides after it tells: none where nothing parts them."""
    mark = fold_text(_BETWEEN[number][0])
    parted = next((at for at in after if words[at].text == mark), None)
    if parted is None:
        return []
    near, far = range(after.start, parted), range(parted + 1, len(words))
    return [Cause(far, near) if number < len(_EFFECT_BETWEEN) else Cause(near or before, far)]  # ما أدى إلى الغلاء


def _comma_before(text: str, words: Sequence[Token], place: int) -> bool:
    return not {",", "،"}.isdisjoint(text[words[place - 1].end : words[place].start])
