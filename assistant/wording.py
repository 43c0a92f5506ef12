"""The words around quotations, and the reasons of declines, in the question's language. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from assistant.question import Question
    from assistant.types import Citation

Reason = Literal["empty", "nothing", "speaker", "topic", "foreign"]

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
}


def decline(reason: Reason, question: Question) -> str:
    """Return why a question is not answered."""
    return _REASONS[reason][question.language].format(speaker=question.speaker)


def quote_sentence(citation: Citation, question: Question) -> str:
    """Return a sentence that quotes a citation whole and says where the words come from."""
    quote = " ".join(citation.quote.split())
    arabic = question.language == "ar"
    quoted = f"«{quote}»" if arabic else f"“{quote}”"
    if citation.speaker:
        return f"{citation.speaker}: {quoted}"
    title = citation.article.title
    if title is None or title == citation.quote:
        return quoted
    return f"{'في مقال' if arabic else 'In the article'} {f'«{title}»' if arabic else f'“{title}”'}: {quoted}"
