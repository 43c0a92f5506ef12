"""The words of both languages for months, days and times, folded: what dates are read by. Pure."""

from __future__ import annotations

from itertools import chain

from index.text import fold_text

_MONTH_NAMES = (
    ("january", "jan", "يناير", "كانون الثاني", "كانون ثاني", "جانفي"),
    ("february", "feb", "فبراير", "شباط", "فيفري"),
    ("march", "mar", "مارس", "آذار"),
    ("april", "apr", "أبريل", "إبريل", "نيسان", "أفريل"),
    ("may", "مايو", "أيار", "ماي"),
    ("june", "jun", "يونيو", "يونيه", "حزيران", "جوان"),
    ("july", "jul", "يوليو", "يوليه", "تموز", "جويلية", "يوليوز"),
    ("august", "aug", "أغسطس", "آب", "أوت", "غشت"),
    ("september", "sept", "sep", "سبتمبر", "أيلول", "شتنبر"),
    ("october", "oct", "أكتوبر", "تشرين الأول", "تشرين أول"),
    ("november", "nov", "نوفمبر", "تشرين الثاني", "تشرين ثاني", "نونبر"),
    ("december", "dec", "ديسمبر", "كانون الأول", "كانون أول", "دجنبر"),
)
MONTHS = {fold_text(name): number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
"""Folded month names, Gulf, Syrian and Maghrebi, to the month's number."""

HIJRI = tuple(
    map(
        fold_text,
        (
            *("محرم", "صفر", "ربيع الأول", "ربيع الثاني", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان"),
            *("جمادى الأول", "جمادى الثاني", "جمادى الثانية"),
            *("رمضان", "شوال", "ذو القعدة", "ذي القعدة", "ذو الحجة", "ذي الحجة", "muharram", "rajab", "ramadan"),
            *("shaaban", "shawwal"),
        ),
    )
)
"""Folded names of Hijri months, which are named and never converted."""

_WEEKDAY_NAMES = (
    ("monday", "الاثنين", "الإثنين"),
    ("tuesday", "الثلاثاء"),
    ("wednesday", "الأربعاء"),
    ("thursday", "الخميس"),
    ("friday", "الجمعة"),
    ("saturday", "السبت"),
    ("sunday", "الأحد"),
)
WEEKDAYS = {fold_text(name): number for number, names in enumerate(_WEEKDAY_NAMES) for name in names}
"""Folded weekday names to Monday = 0 … Sunday = 6."""

RELATIVE_DAYS = {
    "today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "اليوم": 0, "امس": -1, "الامس": -1, "البارحه": -1, "اول امس": -2, "اول من امس": -2, "امس الاول": -2, "غدا": 1,
    "غد": 1, "بعد غد": 2,
}  # fmt: skip
"""Folded words to days from the day of writing."""

_FIRST_TEN = ("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_DAY_NUMBERS = {
    **{fold_text(word): number for words in (_FIRST_TEN, _ORDINALS) for number, word in enumerate(words, 1)},
    **{
        fold_text(f"{unit} عشر"): number
        for number, unit in enumerate(("الحادي", *_FIRST_TEN[1:9]), 11)
    },
    **{
        fold_text(f"{unit} و{ten}"): number + tens
        for tens, ten in chain.from_iterable(((20, form), (30, other)) for form, other in zip(
            ("العشرين", "العشرون"), ("الثلاثين", "الثلاثون"), strict=True))
        for number, unit in enumerate(("الحادي", *_FIRST_TEN[1:9]), 1)
        if number + tens <= 31
    },
    **dict.fromkeys(("العشرين", "العشرون"), 20),
    **dict.fromkeys(("الثلاثين", "الثلاثون"), 30),
}  # fmt: skip
DAY_NUMBERS = _DAY_NUMBERS | {f"لل{word[2:]}": number for word, number in _DAY_NUMBERS.items() if word.startswith("ال")}
"""Folded words for the days of a month, as they stand before «من» or "of": الثاني عشر من شباط."""

AGO = {
    "يوم": 1, "يومين": 2,
    **{
        f"{word} ايام": number
        for number, words in enumerate(
            ("ثلاثه ثلاث", "اربعه اربع", "خمسه خمس", "سته ست", "سبعه سبع", "ثمانيه", "تسعه", "عشره"), 3)
        for word in words.split()
    },
    **dict(zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True)),  # noqa: SIM905
}  # fmt: skip
"""Days gone by, after «قبل» or before "days ago"."""

_PAST_AR, _COMING_AR = "الماضي|الماضيه|الفائت|المنصرم|المنصرمه", "المقبل|المقبله|القادم|القادمه"
PAST = f"(?:last|{_PAST_AR})"
COMING = f"(?:next|{_COMING_AR})"
CURRENT = "(?:الجاري|الحالي)"
"""Which of several: patterns."""

_SPANS_AR = "الاسبوع|الشهر|العام|السنه|الصيف|الشتاء|الربيع|الخريف"
_SPANS_EN = "week|weekend|month|quarter|year|spring|summer|autumn|fall|winter"
UNCERTAIN = (
    rf"(?:{_SPANS_AR}) (?:{_PAST_AR}|{_COMING_AR}|الجاري|الجاريه|الحالي|الحاليه)|هذا (?:{_SPANS_AR})"
    r"|(?:قبل|منذ) (?:(?:نحو|حوالي|قرابه|زهاء|اكثر من|اقل من) )?"
    r"(?:(?:\w+ )?(?:ايام|اسابيع|اشهر|شهور|سنوات|اعوام)|يومين|اسبوع|اسبوعين|شهر|شهرين|عام|عامين|سنه"
    r"|سنتين|\d+ (?:يوما|اسبوعا|شهرا|عاما))|في وقت (?:لاحق|سابق)"
    rf"|(?:last|next|this|earlier this|later this) (?:{_SPANS_EN})|last night"
    r"|by the (?:spring|summer|autumn|fall|winter)"
    rf"|(?:\w+) (?:days|weeks|months|years) ago|an? (?:{_SPANS_EN}) ago"
)
"""Times told from the day of writing that are no single day: a pattern."""

AHEAD = (
    r"\b(?:will|shall|due|scheduled|expected|plan|plans|planned|planning|to be|is to|are to|may|might|could"
    r"|سوف|لن|قد [يتن]\w+|يعتزم|تعتزم|المزمع|المقرر|المتوقع|المرتقب|المنتظر|يتوقع|ينتظر"
    r"|و?س(?!ير[غجو]|يا|يد|يط|يف|ينا[ءر]|يول|يسي|تين|تون|تيف|نوات|نوي)[يتن]\w{2,})\b"
)
"""Words of a clause that tells of what is to come: a pattern."""

_HOURS_AR = (
    "الواحده|الثانيه عشره?|الثانيه|الثالثه|الرابعه|الخامسه|السادسه|السابعه|الثامنه|التاسعه|العاشره|الحاديه عشره?"
)
AT_HOUR = (
    rf"(?:الساعه )?\d{{1,2}}:\d\d(?: ?(?:[ap]\.?m\b\.?|gmt))?|\d{{1,2}}(?:\.\d\d)? ?[ap]\.?m\b\.?"
    rf"|الساعه (?:{_HOURS_AR}|\d{{1,2}})(?: و(?:النصف|الربع|الثلث))?"
    rf"|(?:{_HOURS_AR}|\d{{1,2}}(?:[.:]\d\d)?) (?:فجرا|صباحا|ظهرا|عصرا|مساء|ليلا)"
    r"|(?<=\bat )(?:noon|midnight)|(?<=\b(?:عند) )(?:منتصف الليل|الظهر)"
)
"""Times of day: a pattern."""
