"""The words around quotations, verdicts, and the reasons of declines, in the question's language. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from assistant.types import Support

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from assistant.questions.question import Question
    from assistant.types import Citation, Narrowed
    from index.types import Language

NEAREST: dict[Language, str] = {
    "en": "Not an answer; the nearest passages:",
    "ar": "ليست إجابة؛ أقرب المقاطع:",
}

UNDERSTOOD: dict[Language, str] = {"en": "Understood as:", "ar": "فُهم السؤال هكذا:"}
"""What stands before a follow-up question as it was understood."""
ALSO: dict[Language, str] = {"en": "also in", "ar": "ورد أيضًا في"}
"""What stands before the other articles that print the same words."""

VERDICTS: dict[Language, dict[Support, str]] = {
    "en": {
        Support.PARTIAL: "partly supported",
        Support.UNSUPPORTED: "not supported",
        Support.CONTRADICTED: "contradicted",
    },
    "ar": {
        Support.PARTIAL: "مدعوم جزئيًا",
        Support.UNSUPPORTED: "غير مدعوم",
        Support.CONTRADICTED: "يناقضه المصدر",
    },
}
"""What is said of a sentence that its citations do not support as a whole."""

DRAFT: dict[Language, str] = {
    "en": "The language model's draft, not yet checked:",
    "ar": "مسوّدة النموذج اللغوي قبل التحقق منها:",
}

LEFT_OUT: dict[Language, str] = {
    "en": "What the language model wrote and the archive does not support was left out.",
    "ar": "حُذف مما كتبه النموذج اللغوي ما لا يدعمه الأرشيف.",
}

Trouble = Literal["unreachable", "status", "timeout", "silent", "cut", "empty", "rubbish", "language", "failed"]
"""What may go wrong with a language model's reply."""

_TROUBLES: dict[Trouble, dict[Language, str]] = {
    "unreachable": {"en": "no connection to its server", "ar": "تعذّر الاتصال بخادمه"},
    "status": {"en": "HTTP {status}", "ar": "HTTP {status}"},
    "timeout": {"en": "it took too long", "ar": "تجاوز المهلة المحددة"},
    "silent": {"en": "it fell silent", "ar": "توقف في أثناء الرد"},
    "cut": {"en": "its reply broke off", "ar": "انقطع رده قبل أن يكتمل"},
    "empty": {"en": "its reply was empty", "ar": "كان رده فارغًا"},
    "rubbish": {"en": "its reply was no use", "ar": "كان رده غير صالح"},
    "language": {"en": "its reply was in another language", "ar": "كان رده بلغة أخرى"},
    "failed": {"en": "it failed", "ar": "تعطّل"},
}


def without_model(trouble: Trouble, status: int | None, language: Language, *, quoted: bool) -> str:
    """Return the note that the language model was of no use, why, and whether quotations take its answer's place."""
    cause = _TROUBLES[trouble][language].format(status=status)
    if language == "ar":
        return f"لم يعطِ النموذج اللغوي جوابًا صالحًا ({cause}){'؛ ما يلي اقتباسات من المقالات' if quoted else ''}."
    return f"The language model gave no usable answer ({cause}){'; these are quotations' if quoted else ''}."


DIFFER: dict[Language, str] = {"en": "The sources differ: {}.", "ar": "تختلف المصادر: {}."}
"""What is noted where sentences of an answer disagree; the pairs of citation numbers go into it."""

Reason = Literal["empty", "nothing", "speaker", "topic", "foreign", "unsupported", "refused", "period"]

_REASONS: dict[Reason, dict[str, str]] = {
    "empty": {
        "en": "The archive holds no article that this search may look into.",
        "ar": "لا يحتوي الأرشيف على مقال يمكن البحث فيه.",
    },
    "nothing": {
        "en": "No sentence in the archive answers this question.",
        "ar": "لا توجد في الأرشيف جملة تجيب عن هذا السؤال.",
    },
    "speaker": {
        "en": "The archive holds no statement by {speaker} on this.",
        "ar": "لا يحتوي الأرشيف على تصريح في هذا الشأن منسوب إلى: {speaker}.",
    },
    "topic": {
        "en": "The archive holds statements by {speaker}, but none on what is asked.",
        "ar": "في الأرشيف تصريحات منسوبة إلى: {speaker}، لكن ليس بينها ما يتناول المسؤول عنه.",
    },
    "foreign": {
        "en": "The question is in neither Arabic nor English; please ask in one of them.",
        "ar": "السؤال ليس بالعربية ولا بالإنجليزية؛ يرجى طرحه بإحداهما.",
    },
    "unsupported": {
        "en": "The language model wrote no sentence that the archive supports.",
        "ar": "لم يكتب النموذج اللغوي جملة واحدة يدعمها الأرشيف.",
    },
    "period": {
        "en": "No article {days} answers this question.",
        "ar": "لا يجيب عن هذا السؤال أي مقال {days}.",
    },
    "refused": {
        "en": "The language model found no answer in the nearest passages.",
        "ar": "لم يجد النموذج اللغوي جوابًا في أقرب المقاطع.",
    },
}


def decline(reason: Reason, question: Question, days: str = "") -> str:
    """Return why a question is not answered; `days` are those that it asks about, as `name_period` says them."""
    return _REASONS[reason][question.language].format(speaker=_on_one_line(question.speaker or ""), days=days)


OTHER_DAYS: dict[Language, str] = {
    "en": "No article {} answers this; what follows is from other articles that tell of that time or state no date.",
    "ar": "لا يجيب عن هذا السؤال أي مقال {}؛ ما يلي من مقالات أخرى تتحدث عن تلك الفترة أو لا تحمل تاريخًا.",
}
"""What is noted where the articles of the days asked about do not answer, and others do."""


def sources_differ(pairs: Iterable[tuple[int, int]], language: Language) -> str:
    """Return a note that names the pairs of citations, by their numbers, which disagree."""
    comma, and_ = ("، ", " و") if language == "ar" else (", ", " and ")
    return DIFFER[language].format(comma.join(f"[{first}]{and_}[{second}]" for first, second in pairs))


def quote_sentence(citation: Citation, question: Question, asked_as: str | None = None) -> str:
    """Return a sentence that quotes a citation whole, to the letter, and says whose words they are or where from.

    `asked_as` is how the question names the speaker, where the article does in another script. Quotation marks within
    the quotation stay as the article has them. A day that was counted from the article's date is named after it, in
    brackets.
    """
    quoted = _in_marks(citation.quote, question) + _days(citation, question.language)
    if citation.speaker:
        speaker = _on_one_line(citation.speaker)
        return f"{_on_one_line(asked_as)} ({speaker}): {quoted}" if asked_as else f"{speaker}: {quoted}"
    title = citation.article.title
    if title is None or title == citation.quote:
        return quoted
    return f"{_IN_ARTICLE[question.language]} {_in_marks(_on_one_line(title), question)}: {quoted}"


_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "ar": (
        *("كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو"),
        *("تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"),
    ),
}
_DAY_FORMS: dict[Language, tuple[str, str]] = {"en": ("{}, {} {} {}", "; "), "ar": ("{} {} {} {}", "؛ ")}
_THAT_IS: dict[Language, str] = {"en": " (that is, {})", "ar": " (أي {})"}


def name_days(days: Iterable[date], language: Language) -> str:
    """Return days in words, each once: Monday, 17 February 2020; the months of Syria and of the Gulf in Arabic."""
    form, mark = _DAY_FORMS[language]
    return mark.join(
        form.format(_WEEKDAYS[language][day.weekday()], day.day, _MONTHS[language][day.month - 1], day.year)
        for day in dict.fromkeys(days)
    )


def name_month(day: date, language: Language) -> str:
    """Return the month of a day in words, with its year."""
    return f"{_MONTHS[language][day.month - 1]} {day.year}"


_PERIODS: dict[Language, tuple[str, str, str, str]] = {
    "en": ("from {} to {}", "of {}", "from {} on", "up to {}"),
    "ar": ("من {} إلى {}", "بتاريخ {}", "منذ {}", "حتى {}"),
}


def name_period(first: date | None, last: date | None, language: Language) -> str:
    """Return a period in words, at least one of its ends given: from 1 to 31 July 2015."""
    both, single, since, until = _PERIODS[language]
    if first is None or last is None:
        return since.format(_day(first, language)) if first else until.format(_day(last, language)) if last else ""
    if first == last:
        return single.format(_day(first, language))
    parts = 1 if (first.year, first.month) == (last.year, last.month) else 2 if first.year == last.year else 3
    return both.format(_day(first, language, parts), _day(last, language))


def _day(day: date | None, language: Language, parts: int = 3) -> str:
    """Return the day alone, with its month, or with its month and year."""
    assert day is not None
    return " ".join((str(day.day), _MONTHS[language][day.month - 1], str(day.year))[:parts])


_NARROWED: dict[Language, dict[str, str]] = {
    "en": {
        "days": "Articles {}", "language": "Articles in English", "source": "Outlet: {}", "author": "Author: {}",
        "speaker": "Statements by {}",
    },
    "ar": {
        "days": "مقالات {}", "language": "مقالات بالعربية", "source": "المصدر: {}", "author": "الكاتب: {}",
        "speaker": "تصريحات: {}",
    },
}  # fmt: skip
_IN_THE_OTHER = {"en": "Articles in Arabic", "ar": "مقالات بالإنجليزية"}


def name_filters(narrowed: Narrowed, language: Language) -> str:
    """Return what was searched for an answer, in one line: Articles from 1 to 31 July 2015 · Outlet: Daily."""
    filters, words = narrowed.filters, _NARROWED[language]
    facts = []
    if filters.published_from or filters.published_to:
        facts.append(words["days"].format(name_period(filters.published_from, filters.published_to, language)))
    if filters.language:
        facts.append(words["language"] if filters.language == language else _IN_THE_OTHER[language])
    comma = "، " if language == "ar" else ", "
    for name, asked in (("source", filters.source), ("author", filters.author), ("speaker", narrowed.speaker)):
        if asked:
            facts.append(words[name].format(comma.join(map(_on_one_line, names_of(asked)))))
    return " · ".join(facts)


def names_of(asked: str | frozenset[str] | None) -> list[str]:
    """Return the names that a filter takes, in order; none where it takes any."""
    return [asked] if isinstance(asked, str) else sorted(asked or ())


def _days(citation: Citation, language: Language) -> str:
    """Return in brackets the days that a citation tells by their distance from the article's own."""
    named = name_days((resolved.day for resolved in citation.resolved), language)
    return _THAT_IS[language].format(named) if named else ""


_IN_ARTICLE = {"en": "In the article", "ar": "في مقال"}
_MARKS = {"en": ("“", "”"), "ar": ("«", "»")}
_PAIRS = {*_MARKS.values(), ('"', '"')}


def _in_marks(words: str, question: Question) -> str:
    """Put words between the quotation marks of the question's language, unless they are in some as a whole."""
    ends = (words[:1], words[-1:])
    if len(words) > 2 and ends in _PAIRS and not any(mark in words[1:-1] for mark in ends):
        return words
    opening, closing = _MARKS[question.language]
    return f"{opening}{words}{closing}"


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
