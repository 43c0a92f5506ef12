"""What went wrong, told in the language in which a person reads the interface: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveLockedError,
    ArchiveUnreachableError,
    ArchiveVersionError,
    ArchiveWriteError,
    ConversationsError,
    EncoderError,
    EncoderMismatchError,
    FilterError,
    IndexServerError,
    IsnadError,
    NotAnArchiveError,
    QuestionError,
    QuestionSetError,
    ReadError,
    SettingsError,
    UnknownArticleError,
    UnknownConversationError,
)

if TYPE_CHECKING:
    from index.types import Language

ARABIC: dict[type[IsnadError], str] = {
    IsnadError: "تعذّر إتمام ذلك.",
    SettingsError: "في الإعدادات قيمة لا تصلح.",
    ReadError: "تعذّرت قراءة الملف.",
    ArchiveError: "تعذّر استعمال الأرشيف.",
    NotAnArchiveError: "ليس في هذا الموضع أرشيف.",
    ArchiveVersionError: "أُنشئ الأرشيف بإصدار أحدث من البرنامج.",
    ArchiveLockedError: "يكتب برنامج آخر في الأرشيف الآن، فأعد المحاولة بعد قليل.",
    ArchiveDamagedError: "الأرشيف تالف.",
    ArchiveWriteError: "تعذّرت الكتابة في الأرشيف.",
    ArchiveUnreachableError: "خادم الأرشيف لا يجيب.",
    IndexServerError: "خادم فهارس الأرشيف لا يجيب.",
    EncoderMismatchError: "أُنشئت متجهات الأرشيف بنموذج آخر.",
    UnknownArticleError: "لم يعد هذا المقال في الأرشيف.",
    EncoderError: "تعذّر تحميل نموذج المتجهات.",
    QuestionError: "لا يمكن العمل على ما كُتب.",
    FilterError: "ليس في الأرشيف مصدر أو كاتب بهذا الاسم.",
    QuestionSetError: "لا يمكن استعمال مجموعة الأسئلة أو التقرير.",
    ConversationsError: "تعذّر حفظ المحادثات.",
    UnknownConversationError: "لا توجد هذه المحادثة، أو لم تعد مشتركة.",
}
"""What each kind of error comes to; a kind that is not here is told as the nearest one above it."""

_ISOLATED = "\u2068{}\u2069"


def told(error: IsnadError, language: Language) -> str:
    """Return an error in one line: its message, in Arabic behind a sentence that says what it comes to."""
    if language == "en":
        return str(error)
    kind = next(kind for kind in type(error).__mro__ if kind in ARABIC)
    return f"{ARABIC[kind]} {_ISOLATED.format(error)}"
