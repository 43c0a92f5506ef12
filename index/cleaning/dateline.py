"""The line that says where a story was written, by which agency and when, in the forms of both languages: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.cleaning.phrases import AGENCIES, PAPERS, phrase_key
from index.dates import find_date

if TYPE_CHECKING:
    from datetime import date

_PLACE = r"(?P<place>[^\W\d_][^\d\n:\-–—/|،,()]{1,30}?)"
_AGENCY = r"[«\"“(]?(?P<agency>[^\n:()\-–—/«»]{2,30}?)[»\"”)]?"
_REACH = 160
"""Code points of a line among which a dateline's first mark stands."""
_DATELINES = (  # and what each holds at least once: most lines are told by that alone
    # موسكو – سانا, موسكو-وكالات:, واشنطن - «رويترز»:
    (re.compile(rf"^\(?{_PLACE}\s*[\-–—/]\s*{_AGENCY}\)?\s*(?:[:\-–—]+|\.?$)", re.MULTILINE), re.compile("[-–—/]")),
    # BEIRUT (Reuters) -, MOSCOW, March 3 (AP) —, القاهرة 12 أبريل (رويترز) -, الدوحة في 12 أبريل /قنا/
    (
        re.compile(
            rf"^{_PLACE}(?P<between>[,،]?\s[^\n()/:]{{0,50}}?)??\s*"
            r"[(/]\s*(?P<agency>[^\n:()/]{2,30}?)\s*[)/]\s*(?:[:\-–—]+|$|(?<=/\s))",
            re.MULTILINE,
        ),
        re.compile("[(/]"),
    ),
    # الرياض 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس
    (
        re.compile(rf"^{_PLACE}\s+(?P<between>\d[^\n()/:]{{5,60}}?)\s+(?:م\s+)?(?P<agency>\w+)$", re.MULTILINE),
        re.compile(r"\s\d"),
    ),
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at the beginning of a line: how many code points it has, 0 for none, and what it states."""

    end: int = 0
    place: str | None = None
    agency: str | None = None
    published: date | None = None


def find_dateline(text: str) -> Dateline:
    """Find the dateline that a line begins with, by the name of a known agency in it."""
    for pattern, marks in _DATELINES:
        if marks.search(text, 0, _REACH) is None or (found := pattern.match(text)) is None:
            continue
        place, key = found["place"].strip(), phrase_key(found["agency"])
        agency = AGENCIES.get(key) or AGENCIES.get(key.removeprefix("و"))
        between = found.groupdict().get("between") or ""
        if agency is None or len(place.split()) > 4 or len(between.split()) > 10:
            continue
        day = find_date(between)
        stated = not any(phrase_key(place).endswith(paper) for paper in PAPERS)
        end = len(found.group().rstrip())  # of a wrapped line that ends in a carriage return, too
        return Dateline(end, place if stated else None, agency, day.value if day else None)
    return Dateline()
