"""What a news page states around its story: title, date, dateline, agency; and the runs that are not the story.

No character is removed: cleaning marks spans. It works line by line on plain text in both languages, and what it does
not find is None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from index.dates import find_date
from index.text import fold_text
from index.types import Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What the page states, None where it does not, and its marked spans in order."""

    title: str | None
    published: date | None
    agency: str | None
    dateline: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    folded: str

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def key(self) -> str:
        """The line's words alone, for comparing with the fixed phrases of pages."""
        return re.sub(r"[\W_]+", " ", self.folded).strip()

    def span(self, kind: SpanKind) -> Span:
        return Span(self.start, self.end, kind)


AGENCIES = {
    fold_text(name): name
    for name in (
        "سانا", "وكالات", "الوكالات", "رويترز", "سيريانيوز", "الأناضول", "أ ف ب", "ا ف ب", "أف ب", "فرانس برس", "د ب أ",
        "د ب ا", "أ ب", "تاس", "نوفوستي", "سبوتنيك", "إنترفاكس", "شينخوا", "واس", "قنا", "وام", "كونا", "بنا", "وفا",
        "بترا", "أ ش أ", "واع", "إرنا", "فارس", "تسنيم", "روسيا اليوم", "Reuters", "AP", "AFP", "Associated Press",
        "Agence France-Presse", "TASS", "Interfax", "RIA Novosti", "Sputnik", "Xinhua", "Anadolu Agency", "AA", "SANA",
        "DPA", "UPI", "SPA", "WAM", "QNA", "KUNA", "PETRA", "MENA", "IRNA", "Bloomberg", "Agencies", "SyriaNews",
    )
}  # fmt: skip
"""News agencies by their folded name, as pages name them in a dateline or on a line of their own."""

_PLACE = r"[^\W\d_][^\d\n:\-–—/|،,]{1,30}?"
_DASH = r"\s*[\-–—/]\s*"
_OPENING = re.compile(
    rf"^\(?(?P<place>{_PLACE})(?:{_DASH}|\s*\()(?P<agency>[^\n:()\-–—]{{2,30}}?)\)?\s*(?:[:\-–—]|$)", re.MULTILINE
)
_CLOSING = re.compile(rf"^(?P<place>{_PLACE}){_DASH}(?P<agency>[^\n:]{{2,30}}?)\s*[:.]?$")

TAILS = {
    fold_text(phrase)
    for phrase in (
        "TAG", "TAGS", "المواضيع الأكثر قراءة", "الأكثر قراءة", "الاكثر قراءة", "الأكثر مشاهدة", "مقالات ذات صلة",
        "مواضيع ذات صلة", "أخبار ذات صلة", "اخبار متعلقة", "أخبار متعلقة", "مواضيع متعلقة", "مقالات مشابهة", "قد يعجبك",
        "قد يعجبك أيضا", "قد يهمك أيضا", "المزيد من الأخبار", "آخر الأخبار", "التعليقات", "اترك تعليقا", "كلمات مفتاحية",
        "الكلمات المفتاحية", "وسوم", "الوسوم", "related articles", "related stories", "related news", "related topics",
        "related", "most read", "most popular", "most viewed", "more from", "more news", "more stories", "you may also like",
        "you might also like", "recommended", "read next", "trending", "comments", "leave a comment", "latest news",
        "keywords",
    )
}  # fmt: skip
"""Headings after which a page no longer tells its own story."""

FURNITURE = {
    fold_text(phrase)
    for phrase in (
        "share", "close", "print", "email", "tweet", "facebook", "twitter", "whatsapp", "telegram", "copy link", "save",
        "advertisement", "subscribe", "sign up", "menu", "search", "home", "back to top", "share this", "share this article",
        "loading", "شارك", "مشاركة", "شارك الخبر", "شاركها", "طباعة", "إغلاق", "نسخ الرابط", "فيسبوك", "تويتر", "واتساب",
        "إعلان", "اشترك", "الرئيسية", "زر الذهاب إلى الأعلى", "القائمة", "بحث", "تابعنا", "حفظ", "انسخ الرابط",
    )
}  # fmt: skip
"""Buttons and labels that stand on a line of their own."""

_INVITATION = re.compile(
    r"^(?:تابعو(?:ا|نا)|تابعنا|اشترك|للاشتراك|انضم|حمل(?:وا)? تطبيق|عبر ارسال كلمه|لمتابعه|شارك(?:وا)? (?:الخبر|المقال)|اقرا ايضا|"
    r"اقرا المزيد|شاهد ايضا|جميع الحقوق|حقوق النشر|follow (?:us|our)|subscribe|sign up|download (?:our|the) app|join (?:us|our)|"
    r"read (?:also|more)|see also|also read|click here|all rights reserved|copyright|©|\(c\)|photo:|share (?:this|on))"
)
_LINK = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$")
_ENDS = '.!?؟…:؛"”»'


def clean(text: str) -> Cleaned:
    """Find what a page states around its story, and mark the runs that are not the story."""
    lines = list(_lines(text))
    spans: list[Span] = []
    body_end = _mark_tail(lines, spans)
    lines = [line for line in lines if line.start < body_end]
    lines = _mark_furniture(lines, spans)
    published, lines = _mark_date(lines, spans)
    dateline, agency, lines = _mark_dateline(lines, spans)
    title, lines = _mark_title(lines, spans)
    _mark_repeats(lines, spans)
    return Cleaned(title, published, agency, dateline, tuple(sorted(spans, key=lambda span: span.start)))


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\r\n]+", text):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + match.group().index(stripped)
            yield _Line(start, start + len(stripped), stripped, fold_text(stripped).strip())


def _mark_tail(lines: list[_Line], spans: list[Span]) -> int:
    """Mark all that follows a closing heading; return where the story ends.

    A heading with more after it than before it is no tail: it heads the page.
    """
    total = sum(line.words for line in lines)
    before = 0
    for number, line in enumerate(lines):
        if line.key in TAILS and before * 2 >= total:
            spans.append(line.span(SpanKind.BOILERPLATE))
            for tail in lines[number + 1 :]:
                short = tail.words < 5 or tail.key in FURNITURE or _is_invitation(tail)
                spans.append(tail.span(SpanKind.BOILERPLATE if short else SpanKind.TEASER))
            return line.start
        before += line.words
    return lines[-1].end if lines else 0


def _is_invitation(line: _Line) -> bool:
    return bool(_LINK.match(line.text)) or (line.words <= 40 and bool(_INVITATION.match(line.folded)))


def _mark_furniture(lines: list[_Line], spans: list[Span]) -> list[_Line]:
    kept = []
    for line in lines:
        if line.key in FURNITURE or line.key in TAILS or _is_invitation(line) or not line.key:
            spans.append(line.span(SpanKind.BOILERPLATE))
        else:
            kept.append(line)
    return kept


def _mark_date(lines: list[_Line], spans: list[Span]) -> tuple[date | None, list[_Line]]:
    """Find the publication date: a line near the page's head or foot that holds a date and little else."""
    for line in [*lines[:6], *lines[-3:]]:
        if line.words > 10:
            continue
        found = find_date(line.text)
        if found is None or found.value is None:
            continue
        rest = line.folded.replace(fold_text(line.text[found.start : found.end]), " ")
        rest = re.sub(r"\d{1,2}:\d{2}(?::\d{2})?|\b(?:am|pm|gmt|utc|ص|م)\b", " ", rest)
        rest = re.sub(
            r"\b(?:published|updated|posted|last|on|at|date|by|تاريخ|النشر|نشر|نشرت|في|اخر|تحديث|الساعه|بتاريخ|ال\w+)\b",
            " ",
            rest,
        )
        if not re.search(r"\w", rest):
            spans.append(line.span(SpanKind.DATE))
            return found.value, [other for other in lines if other is not line]
    return None, lines


def _mark_dateline(lines: list[_Line], spans: list[Span]) -> tuple[str | None, str | None, list[_Line]]:
    """Find the place and the agency: "موسكو – سانا", "BEIRUT (Reuters) -", or an agency's name on its own line."""
    dateline = agency = None
    for line in [*lines[:5], *lines[-3:]]:
        opening = _OPENING.match(line.text) or _CLOSING.match(line.text)
        name = opening and _agency(opening["agency"])
        if opening and name and opening["place"].strip():
            dateline, agency = opening["place"].strip(), name
            end = line.start + opening.end()
            spans.append(Span(line.start, end, SpanKind.DATELINE))
            rest = line.text[opening.end() :]
            replaced = [_Line(end + len(rest) - len(rest.lstrip()), line.end, rest.strip(), fold_text(rest).strip())]
            position = lines.index(line)
            lines = [*lines[:position], *(replaced if rest.strip() else []), *lines[position + 1 :]]
            break
    for line in [*lines[:4], *lines[-4:]]:
        name = _agency(line.text)
        if name:
            agency = agency or name
            spans.append(line.span(SpanKind.AGENCY))
            lines = [other for other in lines if other is not line]
    return dateline, agency, lines


def _agency(text: str) -> str | None:
    key = fold_text(text).strip(" ().:-/|\u200f\u200e")
    return AGENCIES.get(key) or AGENCIES.get(key.removeprefix("و"))


def _mark_title(lines: list[_Line], spans: list[Span]) -> tuple[str | None, list[_Line]]:
    """Find the headline: the first line, before the first paragraph, that reads like one; labels above it are marked."""
    labels: list[_Line] = []
    for number, line in enumerate(lines[:4]):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is None or line.words > 30 or line.text[-1] in _ENDS.replace('"”»', "") and line.words > 12:
            return None, lines
        if line.words < 4 and following.words >= 4 and following.words > line.words:
            labels.append(line)
            continue
        if line.text.endswith("."):
            return None, lines
        spans.extend(label.span(SpanKind.SECTION) for label in labels)
        spans.append(line.span(SpanKind.TITLE))
        return line.text, lines[number:]
    return None, lines


def _mark_repeats(lines: list[_Line], spans: list[Span]) -> None:
    """Mark a paragraph that stands on the page already; its first printing stays."""
    seen: set[str] = set()
    for line in lines:
        if line.words >= 5 and line.key in seen:
            spans.append(line.span(SpanKind.REPEAT))
        seen.add(line.key)
