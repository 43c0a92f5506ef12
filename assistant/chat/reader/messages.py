"""What the article's reader says around it, in the interface's language. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from index.types import Language


class ReaderMessages(NamedTuple):
    """The reader's words in one language; a field in braces is filled in with `str.format`, here or in the browser."""

    places: str
    previous: str
    next: str
    position: str
    copy_citation: str
    copy_link: str
    copied: str
    quoted: str
    offsets: str
    glosses: str
    furniture: str
    no_place: str
    said: str
    searching: str
    fault: str


READER: dict[Language, ReaderMessages] = {
    "en": ReaderMessages(
        places="Cited places",
        previous="Previous citation",
        next="Next citation",
        position="{number} of {count}",
        copy_citation="Copy citation",
        copy_link="Copy link",
        copied="Copied",
        quoted="“{quote}”",
        offsets="characters {start}–{end}",
        glosses="Word glosses",
        furniture="Page furniture, {lines}",
        no_place="The link names a place that this article does not have.",
        said="What else {speaker} says in the archive",
        searching="Looking for what else this speaker says…",
        fault="The other statements could not be fetched.",
    ),
    "ar": ReaderMessages(
        places="المواضع المستشهد بها",
        previous="الاستشهاد السابق",
        next="الاستشهاد التالي",
        position="{number} من {count}",
        copy_citation="انسخ الاستشهاد",
        copy_link="انسخ الرابط",
        copied="نُسخ",
        quoted="«{quote}»",
        offsets="الأحرف {start}–{end}",
        glosses="معاني الكلمات",
        furniture="من هوامش الصفحة: {lines}",
        no_place="يشير الرابط إلى موضع لا وجود له في هذا المقال.",
        said="تصريحات أخرى في الأرشيف: {speaker}",
        searching="جارٍ البحث عن تصريحات أخرى لهذا المتكلم…",
        fault="تعذّر جلب التصريحات الأخرى.",
    ),
}


def lines_counted(count: int, language: Language) -> str:
    """Return a number of lines in words."""
    if language == "en":
        return f"{count:,} line{'s' * (count != 1)}"
    match count, count % 100:
        case 1, _:
            return "سطر واحد"
        case 2, _:
            return "سطران"
        case _, rest if 3 <= rest <= 10:
            return f"{count:,} أسطر"
        case _, rest if rest > 10:
            return f"{count:,} سطرًا"
    return f"{count:,} سطر"
