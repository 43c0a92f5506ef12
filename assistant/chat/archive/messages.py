"""What the archive page says, in the language of the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from index.types import Language


class ArchiveMessages(NamedTuple):
    """The page's words in one language; a field in braces is filled in with `str.format`, or with `isolated`."""

    words: str
    source: str
    any_source: str
    author: str
    language: str
    any_language: str
    languages: dict[str, str]
    first_day: str
    last_day: str
    order: str
    orders: dict[str, str]
    find: str
    clear: str
    found: str
    nothing: str
    day: str
    title: str
    no_day: str
    no_source: str
    select: str
    select_page: str
    pages: str
    former: str
    following: str
    by_day: str
    by_source: str
    by_language: str
    articles: str
    other_sources: str
    wrong_day: str
    wrong_days: str
    remove: str
    removed: str
    edit_off: str
    gone: str
    busy: str
    too_large: str
    too_many: str
    no_file: str
    working: str
    finished: str
    failed: str
    stopped: str
    stop: str
    added: str
    updated: str
    unchanged: str
    duplicates: str
    duplicate: str
    near: str
    near_copy: str
    rejected: str
    encodings: str
    encoding: str
    more: str
    facts: dict[str, str]
    copies: str
    vectors: str
    period: str


ARCHIVE_MESSAGES: dict[Language, ArchiveMessages] = {
    "en": ArchiveMessages(
        words="Words in title or text",
        source="Outlet",
        any_source="All outlets",
        author="Author",
        language="Language",
        any_language="Both languages",
        languages={"ar": "Arabic", "en": "English"},
        first_day="From",
        last_day="To",
        order="Order",
        orders={"newest": "Newest first", "oldest": "Oldest first", "added": "Last added first", "title": "By title"},
        find="Find",
        clear="Clear",
        found="{shown} of {found}",
        nothing="No article is like that.",
        day="Day",
        title="Title",
        no_day="no date",
        no_source="outlet not stated",
        select="Select “{title}”",
        select_page="Select all on this page",
        pages="Pages of the list",
        former="Previous",
        following="Next",
        by_day="Articles over time",
        by_source="By outlet",
        by_language="By language",
        articles="Articles",
        other_sources="{count:,} other outlets",
        wrong_day="“{day}” is no day; write it as 2020-02-17.",
        wrong_days="The first day, {first}, is after the last, {last}; exchange them.",
        remove="Remove",
        removed="Articles removed: {count:,}",
        edit_off="The archive cannot be changed here: the program was started without --allow-edit.",
        gone="One of these articles is no longer in the archive; nothing was removed. Load the list anew.",
        busy="Other files are being taken in; try again when they are done.",
        too_large="The files are too large: send at most {most} MB at once.",
        too_many="The files are too many: send at most {most:,} at once.",
        no_file="No file was sent; choose one.",
        working="Reading: {done:,} articles so far",
        finished="Done",
        failed="The files could not be taken in",
        stopped="Stopped. What was added before stays.",
        stop="Stop",
        added="Added",
        updated="Updated",
        unchanged="Unchanged",
        duplicates="Copies of the same text",
        duplicate="{path} has the text of {other}",
        near="Near copies",
        near_copy="{path} prints nearly the story of {other}",
        rejected="Rejected",
        encodings="Not in UTF-8",
        encoding="{path} read as {encoding}",
        more="and {count:,} more",
        facts={
            "articles": "Articles",
            "passages": "Passages",
            "period": "Published",
            "copies": "Copies",
            "encoder": "Encoder",
            "vectors": "Vectors",
            "size": "Size",
        },
        copies="{copies} articles print {stories} stories",
        vectors="{read} of {lists} lists read in a search, which finds {recall} of the nearest",
        period="{first} to {last}",
    ),
    "ar": ArchiveMessages(
        words="كلمات في العنوان أو النص",
        source="الصحيفة أو الوكالة",
        any_source="كل المصادر",
        author="الكاتب",
        language="اللغة",
        any_language="اللغتان",
        languages={"ar": "العربية", "en": "الإنجليزية"},
        first_day="من",
        last_day="إلى",
        order="الترتيب",
        orders={"newest": "الأحدث أولًا", "oldest": "الأقدم أولًا", "added": "آخر ما أُضيف أولًا", "title": "حسب العنوان"},
        find="ابحث",
        clear="امسح",
        found="{shown} من {found}",
        nothing="لا مقال بهذه الصفات.",
        day="اليوم",
        title="العنوان",
        no_day="بلا تاريخ",
        no_source="المصدر غير مذكور",
        select="اختر «{title}»",
        select_page="اختر كل ما في هذه الصفحة",
        pages="صفحات القائمة",
        former="السابق",
        following="التالي",
        by_day="المقالات عبر الزمن",
        by_source="حسب المصدر",
        by_language="حسب اللغة",
        articles="المقالات",
        other_sources="مصادر أخرى: {count:,}",
        wrong_day="«\u2068{day}\u2069» ليس يومًا؛ اكتبه على صورة \u20662020-02-17\u2069.",
        wrong_days="اليوم الأول \u2066{first}\u2069 بعد الأخير \u2066{last}\u2069؛ بدّل بينهما.",
        remove="احذف",
        removed="المقالات المحذوفة: {count:,}",
        edit_off="لا يمكن تغيير الأرشيف هنا: شُغّل البرنامج دون \u200e--allow-edit.",
        gone="لم يعد أحد هذه المقالات في الأرشيف، ولم يُحذف شيء. أعد تحميل القائمة.",
        busy="تُضاف الآن ملفات أخرى، أعد المحاولة حين تنتهي.",
        too_large="الملفات أكبر من المسموح: أرسل {most} ميغابايت على الأكثر دفعة واحدة.",
        too_many="الملفات أكثر من المسموح: أرسل {most:,} ملف على الأكثر دفعة واحدة.",
        no_file="لم يُرسل أي ملف؛ اختر ملفًا.",
        working="جارٍ القراءة، عدد المقالات حتى الآن: {done:,}",
        finished="تمّ",
        failed="تعذّرت إضافة الملفات",
        stopped="أُوقفت الإضافة، وما أُضيف قبل ذلك باقٍ.",
        stop="أوقف",
        added="أُضيف",
        updated="حُدّث",
        unchanged="لم يتغيّر",
        duplicates="نسخ من النص نفسه",
        duplicate="{path} نصّه نصّ {other}",
        near="نسخ شبه مطابقة",
        near_copy="{path} يكاد يطابق خبر {other}",
        rejected="رُفض",
        encodings="بترميز غير UTF-8",
        encoding="{path} قُرئ بترميز {encoding}",
        more="و{count:,} غيرها",
        facts={
            "articles": "المقالات",
            "passages": "المقاطع",
            "period": "تواريخ النشر",
            "copies": "النسخ",
            "encoder": "المرمِّز",
            "vectors": "المتجهات",
            "size": "الحجم",
        },
        copies="مقالات منسوخة: {copies}، أخبارها: {stories}",
        vectors="يقرأ البحث {read} من {lists} قائمة، ويجد {recall} من أقرب المقاطع",
        period="من {first} إلى {last}",
    ),
}
