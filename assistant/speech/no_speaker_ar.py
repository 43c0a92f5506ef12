"""What stands where an Arabic verb has its speaker, and is none: a clause of its own, an act, an object. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.nouns_ar import SOME_AR, ends_in_his, is_known, is_shaped
from assistant.words.lexicon import WRITINGS_AR, folded
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

FEWEST = 3
"""Letters of a definite noun, at least."""

_SHE_DID = re.compile(
    r"""[^اوي]\w[^اوي]ت | ا[^اوي][^اوي][^اوي]ت | [^اوي]ا[^اوي][^اوي]ت | ت[^اوي]ا?\w[^اوي]ت
    | ا[^اوي]ت\w[^اوي]ت | است\w{2,3}ت | ان[^اوي]\w[^اوي]ت""",
    re.VERBOSE,
)
"""Perfects of «she» by their letters: شهدت, بدأت, أصدرت, شاركت, تداولت, انتقلت, استضافت."""

_HE_DOES = re.compile(r"ي[^اوي]\w[^اوي]|ي[^اوي]ت\w{2}|يست\w{2,3}|يت\w{3}|ين[^اوي]\w[^اوي]")
"""Imperfects of «he» by their letters: يقدم, يتابع, يستخدم."""

_INDEFINITE = re.compile(r"\wا\w\wا|\w\wي\wا|\w+يا|و\w{3,}ا")
"""Indefinite adjectives and nouns in the accusative: ثابتا, كبيرا, اقتصاديا, وبهتانا."""

_NOUNS = folded("بيت بنت أخت وقت صوت نفت سكت كبريت يهود يسار يمين يتيم ينبع يثرب ينبوع يخوت يورو يونيو يوليو يناير")
"""Nouns and names by the letters of such verbs."""

SOME_OF_AR = folded("كل بعض عدد العديد عديد كثير الكثير مجموعة جملة جزء مزيد")
"""Nouns for how many of those after «من»."""

_MANNERS = folded("""
    كل جميع كافة بعض غضب حسرة ألم أسى حزن فرح سعادة فخر ثقة حماس حماسة سخرية تهكم مرارة حرقة دهشة تعجب قلق حذر اقتضاب
    صراحة وضوح لهجة نبرة صوت لغة طريقة أسلوب كلمات كلمة عبارات عبارة بساطة سرعة هدوء حدة عفوية لباقة خجل يقين تأثر تفاؤل
""")
"""How someone speaks, «ب» before it: بكل وضوح, بنبرة حزينة."""

_WISHES = folded("تمنى تمنت يتمنى تتمنى")
_WISHED = folded("""
    التوفيق النجاح السداد الشفاء الصحة العافية السعادة السلامة الرحمة المغفرة الخير الازدهار التقدم الفوز الحظ الاستقرار
    حياة دوام مزيدا المزيد طيب إقامة موفور عاجل حظا شفاء عاما رمضان عيدا
""")
_UPON_HIM = folded("في على من")
_TANWIN = "\u064b"
_IMAM = fold_text("إمام")


def is_no_name(run: WordRun, number: int) -> bool:
    """Tell whether a word is an indefinite object, كتب مقالا, أقر عددا, or «before» and no imam: أمام الصحافيين."""
    word = run.folded[number]
    start, end = run.words[number][:2]
    if _TANWIN in run.text[start : end + 1]:
        return True
    follows = run.folded[number + 1] if number + 1 < len(run.words) and not run.gaps[number + 1].strip() else ""
    if word.endswith("ا") and _INDEFINITE.fullmatch(follows) and not (is_known(word) or is_known(follows)):
        return len(word) > FEWEST and len(follows) > FEWEST + 1  # تتوقع نموا اقتصاديا
    if word.startswith("و") and (word.endswith(("ها", "هم")) or ends_in_his(run, number)):
        return is_shaped(word) or word.removesuffix("ه").removesuffix("ها").removesuffix("هم") == "وفات"
    ahead = word == _IMAM and run.text[run.words[number].start] == "أ"
    return ahead or (word.endswith("ا") and word[:-1] in WRITINGS_AR | SOME_OF_AR)


def is_wish(word: str, verb: str) -> bool:
    """Tell whether a word is what is wished, and nobody who wishes it: وتمنى لهم التوفيق."""
    return verb in _WISHES and word in _WISHED


def is_manner(run: WordRun, number: int) -> bool:
    """Tell whether how someone speaks is told right after a verb: رد باستغراب, وتضيف والدموع في عينيها."""
    word = run.folded[number]
    if word.startswith("ب"):
        return not word.startswith("بال") and not is_known(word) and (is_shaped(word[1:]) or word[1:] in _MANNERS)
    if not word.startswith("وال") or number + 2 >= len(run.words):
        return False
    his = run.folded[number + 2].endswith("ها") or ends_in_his(run, number + 2)
    return run.folded[number + 1] in _UPON_HIM and his


def opens_with_verb(run: WordRun, number: int) -> bool:
    """Tell whether a verb of acting with its subject stands at a word, and no name: شهدت الساحة, يقدم الصانع."""
    word = run.folded[number].removeprefix("و")
    if word in _NOUNS or is_known(word) or number + 1 >= len(run.words) or run.gaps[number + 1].strip():
        return False
    subject = run.folded[number + 1]
    named = (subject.startswith("ال") and len(subject) > FEWEST) or subject in SOME_AR
    return named and bool(_SHE_DID.fullmatch(word) or _HE_DOES.fullmatch(word))
