"""The list of kept conversations as HTML, and what was kept of an article that is gone. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.rendering.wording import name_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.chat.conversations.store import Listed
    from index.types import Language


class Words(NamedTuple):
    """What the list says in one language; a field in braces is filled in with `str.format`."""

    today: str
    yesterday: str
    none: str
    not_found: str
    older: str
    rename: str
    delete: str
    shared: str
    not_kept: str
    no_cookie: str
    removed: str
    changed: str
    place: str


WORDS: dict[Language, Words] = {
    "en": Words(
        today="Today",
        yesterday="Yesterday",
        none="What you ask is kept here, with its citations.",
        not_found="No conversation has these words.",
        older="Older conversations are found by their words.",
        rename="Rename “{}”",
        delete="Delete “{}”",
        shared="Shared by link",
        not_kept="Conversations are not kept",
        no_cookie="Your browser keeps no cookies, by which its conversations would be known.",
        removed="This article is no longer in the archive. These words of it were kept with the answer:",
        changed="This article has changed since. These words of its former text were kept with the answer:",
        place="characters {} to {} of the text at that time",
    ),
    "ar": Words(
        today="اليوم",
        yesterday="أمس",
        none="تُحفظ أسئلتك هنا مع أجوبتها واستشهاداتها.",
        not_found="لا توجد محادثة فيها هذه الكلمات.",
        older="للعثور على محادثات أقدم، ابحث بكلمات منها.",
        rename="إعادة تسمية «{}»",
        delete="حذف «{}»",
        shared="مُشارَكة برابط",
        not_kept="المحادثات لا تُحفظ",
        no_cookie="متصفحك لا يقبل ملفات تعريف الارتباط، وبها تُعرف محادثاته.",
        removed="لم يعد هذا المقال في الأرشيف. هذه كلماته التي حُفظت مع الجواب:",
        changed="تغيّر هذا المقال بعد الجواب. هذه كلمات من نصه السابق حُفظت مع الجواب:",
        place="من الحرف {} إلى الحرف {} في النص حينها",
    ),
}

RENAME = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 13l.6-3L11 2.6l2.4 2.4L6 12.4z"/></svg>'
DELETE = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.6 9h5.8l.6-9"/></svg>'
LINK = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6.5 9.5l3-3M7 4.5l1.6-1.6a3 3 0 014.4 4.3L11.5 9M9 11.5'
LINK += 'l-1.6 1.6A3 3 0 013 8.8L4.5 7"/></svg>'


def list_html(found: Sequence[Listed], today: date, language: Language, *, searched: bool, cut: bool) -> str:
    """Return conversations under the days of their last question; newest first, as they are given.

    `searched` tells that words were searched for, `cut` that there are older ones.
    """
    words = WORDS[language]
    if not found:
        return f'<p class="none">{escape(words.not_found if searched else words.none)}</p>'
    days = "".join(
        f"<section><h3>{escape(_day(day, today, language))}</h3><ul>{''.join(_row(one, words) for one in rows)}</ul>"
        "</section>"
        for day, rows in groupby(found, lambda one: datetime.fromtimestamp(one.changed).astimezone().date())
    )
    return days + (f'<p class="none">{escape(words.older)}</p>' if cut else "")


def not_kept_html(language: Language, reason: str | None) -> str:
    """Return why nothing is kept; None where the browser has no cookie."""
    words = WORDS[language]
    return (
        f'<div class="none unkept"><h3>{escape(words.not_kept)}</h3>'
        f'<p dir="auto">{escape(reason or words.no_cookie)}</p></div>'
    )


def gone_html(citation: dict[str, Any], language: Language, *, changed: bool) -> str:
    """Return the words that an answer cited of an article which is gone, or has changed; and where they stood."""
    words = WORDS[language]
    facts = (citation["title"], citation["speaker"], citation["source"], citation["published"], citation["path"])
    quote = "".join(f'<p dir="auto">{escape(line)}</p>' for line in citation["quote"].splitlines() if line.strip())
    place = words.place.format(citation["start"], citation["end"])
    return (
        f'<div class="gone" role="alert"><p class="why">{escape(words.changed if changed else words.removed)}</p>'
        f'<blockquote lang="{citation["language"]}">{quote}</blockquote>'
        f'<p class="meta">{" · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)}</p>'
        f'<p class="meta"><bdi>{escape(place)}</bdi></p></div>'
    )


def _day(day: date, today: date, language: Language) -> str:
    words = WORDS[language]
    if day == today:
        return words.today
    return words.yesterday if day == today - timedelta(days=1) else name_days([day], language)


def _row(one: Listed, words: Words) -> str:
    shared = f'<span class="shared" role="img" aria-label="{words.shared}" title="{words.shared}">{LINK}</span>'
    return (
        f'<li data-conversation="{escape(one.id)}">'
        f'<a href="./?conversation={escape(one.id)}" dir="auto">{escape(one.title)}</a>{shared if one.shared else ""}'
        f"{_button('rename', words.rename.format(one.title), RENAME)}"
        f"{_button('delete', words.delete.format(one.title), DELETE)}</li>"
    )


def _button(name: str, label: str, icon: str) -> str:
    return f'<button type="button" class="icon {name}" aria-label="{escape(label)}">{icon}</button>'
