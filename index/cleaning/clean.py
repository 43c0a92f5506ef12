"""What a news page states around its story: title, date, dateline, agency; and the runs that are not the story.

No character is removed: cleaning marks spans. It works paragraph by paragraph on plain text in both languages, and what
it does not find is None.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.cleaning.dateline import Dateline, find_dateline
from index.cleaning.lines import Line, line_at, lines_of
from index.cleaning.phrases import (
    AGENCIES,
    CREDIT,
    CREDIT_BEGINNING,
    ELSEWHERE,
    FURNITURE,
    INVITATION,
    LABEL_WORDS,
    LABELS,
    ORDER,
    TAILS,
)
from index.dates import FoundDate, find_dates
from index.text import fold_text
from index.types import Span, SpanKind

if TYPE_CHECKING:
    from datetime import date


class Cleaned(NamedTuple):
    """What the page states, None where it does not, and its marked spans in order."""

    title: str | None
    published: date | None
    agency: str | None
    dateline: str | None
    spans: tuple[Span, ...]


def clean(text: str) -> Cleaned:
    """Find what a page states around its story, and mark the runs that are not the story."""
    spans: list[Span] = []
    lines = _mark_labels(_mark_tail(list(lines_of(text)), spans), spans)
    lines = _mark_furniture(lines, spans)
    published, lines = _mark_date(lines, spans)
    dateline, agency, lines = _mark_dateline(lines, spans)
    title, lines = _mark_title(lines, spans)
    _mark_repeats(lines, spans)
    return Cleaned(
        title,
        published or dateline.published,
        agency or dateline.agency,
        dateline.place,
        tuple(sorted(spans, key=lambda span: span.start)),
    )


def _mark_tail(lines: list[Line], spans: list[Span]) -> list[Line]:
    """Mark all that follows a closing heading; return the lines before it.

    A heading with more after it than before it is no tail: it heads the page.
    """
    total = sum(line.words for line in lines)
    before = 0
    for number, line in enumerate(lines):
        if line.phrase in TAILS and before * 2 >= total:
            spans.append(line.span(SpanKind.BOILERPLATE))
            for tail in lines[number + 1 :]:
                short = tail.words < 5 or _is_furniture(tail)
                spans.append(tail.span(SpanKind.BOILERPLATE if short else SpanKind.TEASER))
            return lines[:number]
        before += line.words
    return lines


def _mark_labels(lines: list[Line], spans: list[Span]) -> list[Line]:
    """Mark the labels at the end of a page, a line of their own or behind its last sentence; return the rest."""
    text = lines[-1].text if lines else ""
    labels = LABELS.search(text) if any(word in text for word in LABEL_WORDS) else None
    if labels is None:
        return lines
    *others, last = lines
    spans.append(Span(last.start + labels.start(), last.end, SpanKind.BOILERPLATE))
    rest = line_at(" " * last.start + last.text[: labels.start()], last.start, last.start + labels.start())
    return [*others, rest] if rest else others


_MAX_INVITATION = 40
"""Words that an invitation or a credit has at most; a longer paragraph that begins like one is the story's."""


def _is_furniture(line: Line) -> bool:
    if ORDER.match(line.head):
        return True
    if line.phrase in FURNITURE or line.phrase in TAILS:
        return True
    *words, _ = line.opening.split() or [""]  # the last may be cut
    if all(word in FURNITURE for word in words) and all(word in FURNITURE for word in line.key.split()):
        return True
    if line.words > _MAX_INVITATION or not (INVITATION.match(line.head) or CREDIT_BEGINNING.match(line.head)):
        return False
    return bool(INVITATION.match(line.folded) or CREDIT.match(line.folded))


def _mark_furniture(lines: list[Line], spans: list[Span]) -> list[Line]:
    """Mark buttons, invitations and the names of other stories between the story's paragraphs; return the others."""
    kept = []
    leads_on = False
    for line in lines:
        elsewhere = ELSEWHERE.match(line.head)
        if elsewhere and line.words <= _MAX_TITLE:
            spans.append(line.span(SpanKind.TEASER))
        elif leads_on and line.words <= _MAX_TITLE and not line.is_prose:
            spans.append(line.span(SpanKind.TEASER))
            elsewhere = None
        elif _is_furniture(line):
            spans.append(line.span(SpanKind.BOILERPLATE))
        else:
            kept.append(line)
        leads_on = elsewhere is not None and not re.search(r"\w", line.folded[elsewhere.end() :])
    return kept


_TIME = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\b(?: ?(?:am|pm|a\.m\.?|p\.m\.?|ص|م|صباحا|مساء)\b)?(?: ?(?:gmt|utc|msk|e[sd]?t)\b)?"
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|date|issued|تاريخ|بتاريخ|النشر|نشر|نشرت?|on|at|by|في|الساعه)\b|\b(?:هـ|ه|م|الموافق)\b"
)
_DIGIT = re.compile(r"\d")
_UPDATED = re.compile(r"\b(?:last )?(?:updated?|modified)\b|\b(?:اخر )?تحديث\b")


@dataclass(frozen=True, slots=True)
class _DateLine:
    """A line that holds a date and little else. A stamp says what it is, or the time; else it may head a section."""

    line: Line
    value: date
    is_stamp: bool
    is_update: bool


def _mark_date(lines: list[Line], spans: list[Span]) -> tuple[date | None, list[Line]]:
    """Find the publication date: a line near the page's head or foot that holds a date and little else.

    Bare dates that differ are the story's own, such as a calendar's headings; the date of an update is another fact.
    """
    dated = [found for line in lines if (found := _date_line(line))]
    if not dated:
        return None, lines
    if len({found.value for found in dated if not found.is_stamp}) > 1:
        dated = [found for found in dated if found.is_stamp]
    near = {*lines[:6], *lines[-3:]}
    marked = [found for found in dated if found.line in near]
    spans.extend(found.line.span(SpanKind.DATE) for found in marked)
    published = next((found.value for found in marked if not found.is_update), None)
    gone = {found.line for found in marked}
    return published, [line for line in lines if line not in gone]


def _date_line(line: Line) -> _DateLine | None:
    if line.words > 14 or line.folded.endswith((":", ".")) or not _DIGIT.search(line.folded):  # its year has some
        return None
    dates = find_dates(line.text)
    first = next((found for found in dates if found.value), None)
    if first is None or first.value is None:
        return None
    rest, times = _TIME.subn(" ", fold_text(_without(line.text, dates)))
    rest, updates = _UPDATED.subn(" ", rest)
    rest, labels = _PUBLISHED.subn(" ", rest)
    if re.search(r"\w", rest):
        return None
    is_update = bool(updates) and not re.search(r"\b(?:publi|posted|issued)|نشر", line.folded)
    return _DateLine(line, first.value, bool(times or labels or updates), is_update)


def _without(text: str, dates: list[FoundDate]) -> str:
    for found in reversed(dates):
        text = f"{text[: found.start]} {text[found.end :]}"
    return text


def _mark_dateline(lines: list[Line], spans: list[Span]) -> tuple[Dateline, str | None, list[Line]]:
    """Find the place and the agency at the head or the foot, together or an agency's name on its own line."""
    dateline, agency = Dateline(), None
    for line in [*lines[:5], *lines[-3:]]:
        dateline = find_dateline(line.text)
        if dateline.end:
            spans.append(Span(line.start, line.start + dateline.end, SpanKind.DATELINE))
            rest = line_at(" " * line.start + line.text, line.start + dateline.end, line.end)
            position = lines.index(line)
            lines = [*lines[:position], *([rest] if rest else []), *lines[position + 1 :]]
            break
    for line in [*lines[:4], *lines[4:][-4:]]:
        if line.phrase in AGENCIES:
            agency = agency or AGENCIES[line.phrase]
            spans.append(line.span(SpanKind.AGENCY))
            lines = [other for other in lines if other is not line]
    return dateline, agency, lines


_MAX_TITLE = 20
"""Words that a headline has at most."""
_LEAD = 10
"""Words beyond which a line that names its day is the story's first sentence, printed without a full stop."""
_BYLINE = re.compile(r"\S+(?: \S+){0,2} [-–—ـ|] \S+(?: \S+)?|(?:By|BY|بقلم:?|كتبت?:)(?: [^\Wa-z]\S*){1,5}")


def _mark_title(lines: list[Line], spans: list[Span]) -> tuple[str | None, list[Line]]:
    """Find the headline, the first line before the prose that reads like one, and mark the labels above it.

    A name and a paper, or a place and a paper, on a line of their own are no headline.
    """
    labels: list[Line] = []
    for number, line in enumerate(lines[:5]):
        following = lines[number + 1 : number + 4]
        if line.text and following and _BYLINE.fullmatch(line.text):
            spans.append(line.span(SpanKind.DATELINE))
        elif line.words < 4 and following and following[0].words > line.words:
            labels.append(line)
        elif _is_headline(line, following):
            spans.extend(label.span(SpanKind.SECTION) for label in labels)
            return _titled(line, spans), lines[number:]
        else:
            break
    if labels and labels[-1].words == 3 and line.is_prose:  # the paragraph under it
        spans.extend(label.span(SpanKind.SECTION) for label in labels[:-1])
        return _titled(labels[-1], spans), lines
    return None, lines


def _titled(line: Line, spans: list[Span]) -> str:
    spans.append(line.span(SpanKind.TITLE))
    return re.sub(r"\s*\n\s*", " ", line.text)


def _is_headline(line: Line, following: list[Line]) -> bool:
    if not 3 < line.words <= _MAX_TITLE or line.ends_with((".", ":", ",")):
        return False
    if line.words > _LEAD and any(
        found.value or found.weekday is not None or found.relative is not None for found in find_dates(line.text)
    ):
        return False
    return any(other.words > line.words and other.is_prose for other in following)


_REPEAT = 12
"""Words that a paragraph has which counts as printed twice wherever it stands; a shorter one does only near by."""


def _mark_repeats(lines: list[Line], spans: list[Span]) -> None:
    """Mark a paragraph that stands on the page already; its first printing stays. Rows of a table may be alike."""
    openings = Counter(line.opening for line in lines)
    seen: dict[str, int] = {}
    for number, line in enumerate(lines):
        if openings[line.opening] == 1:
            continue
        first = seen.setdefault(line.key, number)
        if first == number:
            continue
        words = sum(len(word) > 1 and word.isalpha() for word in set(line.key.split()))
        if words >= _REPEAT or (words >= 5 and number - first <= 2):
            spans.append(line.span(SpanKind.REPEAT))
