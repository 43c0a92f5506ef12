"""What the page says, in the language of the answer that it stands beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from index.types import Language


class Messages(NamedTuple):
    """The page's words in one language; a field in braces is filled in with `str.format`."""

    direction: str
    searching: str
    opening: str
    stopped: str
    failed: str
    error: str
    declined: str
    nearest: str
    sources: str
    citation: str
    passage: str
    opens: str
    supported: str
    supported_one: str
    verdict: str
    cited_here: str
    found_here: str
    back: str
    untitled: str
    no_outlet: str
    no_date: str
    original: str
    too_long: str


MESSAGES: dict[Language, Messages] = {
    "en": Messages(
        direction="ltr",
        searching="Searching the archive…",
        opening="The archive is still opening; the answer follows…",
        stopped="Stopped. Nothing of this answer was kept.",
        failed="This question met a fault of the program; the terminal that serves this page shows it.",
        error="This could not be asked",
        declined="The archive holds no answer",
        nearest="Nearest passages, not an answer",
        sources="Sources",
        citation="Citation {number}",
        passage="Passage {number}",
        opens="{what}, opens {title}",
        supported="{supported} of {sentences} sentences supported",
        supported_one="{supported} of 1 sentence supported",
        verdict="Citations: {citations}, all word for word · {seconds:.2f} s",
        cited_here="Cited here",
        found_here="Not an answer: only near the question",
        back="Back",
        untitled="Untitled page",
        no_outlet="outlet not stated",
        no_date="date not stated",
        original="original page",
        too_long="{start}… ({length:,} characters)",
    ),
    "ar": Messages(
        direction="rtl",
        searching="جارٍ البحث في الأرشيف…",
        opening="ما زال الأرشيف قيد الفتح، وسيأتي الجواب بعده…",
        stopped="أُوقف السؤال، ولم يُحفظ من جوابه شيء.",
        failed="أصاب البرنامج خلل عند هذا السؤال، وتفصيله في الطرفية التي تُشغّل هذه الصفحة.",
        error="تعذّر طرح هذا السؤال",
        declined="لا جواب في الأرشيف",
        nearest="أقرب المقاطع، وليست جوابًا",
        sources="المصادر",
        citation="استشهاد {number}",
        passage="مقطع {number}",
        opens="{what}، يفتح {title}",
        supported="الجمل المدعومة: {supported} من {sentences}",
        supported_one="الجمل المدعومة: {supported} من 1",
        verdict="الاستشهادات: {citations}، كلها مطابقة حرفيًا · {seconds:.2f} ث",
        cited_here="المستشهد به هنا",
        found_here="ليس جوابًا: قريب من السؤال فقط",
        back="عودة",
        untitled="صفحة بلا عنوان",
        no_outlet="المصدر غير مذكور",
        no_date="التاريخ غير مذكور",
        original="الصفحة الأصلية",
        too_long="{start}… ({length:,} حرف)",
    ),
}
