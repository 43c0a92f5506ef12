"""What the page for evaluating says in its two languages: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.types import Language

SAID = {
    "busy": (
        "Another set is being asked ({set}: {done} of {total}); wait until it ends.",
        "تُطرح الآن مجموعة أخرى ({set}: {done} من {total})، فانتظر حتى تنتهي.",
    ),
    "full": (
        "{most} runs are stored, which is the most; delete some first.",
        "حُفظ {most} تقييم وهو الحد الأقصى، فاحذف بعضها أولًا.",
    ),
    "too_large": (
        "The set is larger than {most} MB; ask it with isnad eval.",
        "حجم المجموعة يتجاوز {most} ميغابايت، فاطرحها بالأمر isnad eval.",
    ),
    "no_set": (
        "This set is no longer offered; choose another one.",
        "لم تعد هذه المجموعة متاحة، فاختر غيرها.",
    ),
    "not_yours": (
        "Somebody else began this run; only they can stop it.",
        "بدأ هذا التقييم شخص آخر، ولا يوقفه سواه.",
    ),
    "edit_off": (
        "Runs cannot be deleted here; start the program with isnad chat --allow-edit.",
        "لا يمكن حذف التقييمات هنا، شغّل البرنامج بالأمر isnad chat --allow-edit.",
    ),
    "packaged": ("With the program", "مع البرنامج"),
    "folder": ("In the archive's folder", "في مجلد الأرشيف"),
    "feedback": ("What readers said of answers", "آراء القرّاء في الأجوبة"),
    "own": ("Paste or open a set…", "ألصِق مجموعة أو افتحها…"),
    "faulty": ("has a fault", "فيها خطأ"),
    "run": ("Run", "التقييم"),
    "day": ("Finished (UTC)", "انتهى (UTC)"),
    "questions": ("Questions", "الأسئلة"),
    "right": ("Right", "الصحيح"),
    "hit": ("Evidence first", "الدليل أولًا"),
    "none stored": ("No run is stored yet.", "لم يُحفظ أي تقييم بعد."),
    "compare": ("Compare with", "قارن بـ"),
    "no comparison": ("nothing", "لا شيء"),
    "only one": ("There is no other run of this set.", "لا تقييم آخر لهذه المجموعة."),
    "json": ("Download JSON", "نزّل JSON"),
    "html": ("Download page", "نزّل الصفحة"),
    "delete": ("Delete…", "احذف…"),
    "wrong": ("Questions that went wrong", "الأسئلة التي أخفق فيها"),
    "none wrong": ("Every question is right.", "كل الأسئلة صحيحة."),
    "more": ("and {count} more, in the downloads", "و{count} غيرها في الملفات التي تُنزَّل"),
    "compared": ("{name} against {other}", "{name} مقارنةً بـ {other}"),
    "same": ("No measure differs, and no question.", "لا فرق في أي مقياس ولا في أي سؤال."),
    "noise": (
        "Noise: as large a difference comes about by chance at least once in twenty times.",
        "ضمن التذبذب: فرق بهذا الحجم يقع مصادفةً مرة في كل عشرين على الأقل.",
    ),
    "uncompared": ("Questions that only this run has: {count}", "أسئلة ليست إلا في هذا التقييم: {count}"),
}
"""Each sentence or label by its name: in English, in Arabic."""


def said(name: str, language: Language, **facts: object) -> str:
    """Return a sentence in one language, filled in."""
    return SAID[name][language == "ar"].format(**facts)
