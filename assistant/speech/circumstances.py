"""What an article states beside a statement's words: the office, the addressee, the day; what days it counts. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.mentions import name_part
from assistant.speech.reporting_en import TELL_EN
from assistant.types import Resolved
from assistant.words.lexicon import BODIES_AR, folded
from assistant.words.offices import office_of
from index.dates import find_dates
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from assistant.speech.reports import WordRun
    from index.types import Article

LONGEST_ADDRESSEE = 8
"""Words that an addressee may take."""

_AROUND = " \n\t\u00a0،,-–"


def role_of(mentions: Iterable[str]) -> str | None:
    """Return the office in which an article names a speaker, in its longest form; None where it names none.

    In "Russian Foreign Minister Sergei Lavrov" it is what stands beside the name. A speaker whom the article gives no
    name has no office besides: "a bank official" is who speaks.
    """
    mentions = list(mentions)
    if not any(name_part(mention) for mention in mentions):
        return None
    return max((role for mention in mentions if (role := _office_in(mention))), key=len, default=None)


def _office_in(mention: str) -> str | None:
    words = tokens(mention)
    if not any(office_of(word.text) for word in words):
        return None
    name = name_part(mention)
    places = [number for number in range(len(words)) if words[number].text == name[0]] if name else []
    if not places:
        return mention
    first = places[-1]
    before, after = mention[: words[first].start], mention[words[min(first + len(name), len(words)) - 1].end :]
    role = max(before, after, key=len).strip(_AROUND)
    return role or None


_TO = frozenset({"to"})
_ENDS = folded("that in on at after during before and who which as while by")
_FOR_AR = re.compile(r"^(?:لل|ل)")
_HEARERS_AR = folded("صحفيين صحافيين إعلاميين رويترز نواب صحافة إعلام وسائل")
_ENDS_AR = folded("أن إن أنه إنه أنها إنها في خلال اليوم أمس قوله قائلا عن على إلى من")


def find_addressee(run: WordRun, verb: int, beside: tuple[int, int]) -> tuple[int, int] | None:
    """Return whom a speaker tells, in the run `beside` the verb: told reporters, لوكالة الأناضول; None for nobody."""
    inside = [number for number, word in enumerate(run.words) if beside[0] <= word.start < beside[1]]
    for number in inside:
        word = run.folded[number]
        if word in _TO or (number == inside[0] and verb >= 0 and run.folded[verb] in TELL_EN):
            return _span(run, number + (word in _TO), inside, _ENDS)
        bare = _FOR_AR.sub("", word)
        if bare != word and (bare in _HEARERS_AR or bare in BODIES_AR):
            return _span(run, number, inside, _ENDS_AR)
    return None


def _span(run: WordRun, first: int, inside: list[int], ends: frozenset[str]) -> tuple[int, int] | None:
    last = first
    while last in inside and last - first < LONGEST_ADDRESSEE and run.folded[last] not in ends:
        if last > first and re.search(r"[,،:.]", run.gaps[last]):
            break
        last += 1
    return (run.words[first].start, run.words[last - 1].end) if last > first else None


def find_day(text: str, published: date | None) -> date | None:
    """Return the day that the words beside a verb of saying state, counted from the day of publication.

    None where they state none, or no whole one and the article has no date.
    """
    return next((day for found in find_dates(text) if (day := found.resolve(published))), None)


def find_days(article: Article, start: int, end: int) -> tuple[Resolved, ...]:
    """Return the days that a run of an article tells by their distance from the article's date, in order.

    A run is code points into the article's text; without a date of the article there are none.
    """
    return tuple(
        Resolved(start + found.start, start + found.end, day)
        for found in find_dates(article.text[start:end])
        if found.is_counted and (day := found.resolve(article.published))
    )
