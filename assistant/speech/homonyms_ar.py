"""Whether the letters of an Arabic verb of saying are a noun, a family's name or an act where they stand. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.speech.nouns_ar import ends_in_his, is_known, is_masdar, is_shaped, without_and
from assistant.speech.particles_ar import UPON_AR
from assistant.words.lexicon import GIVEN_AR, folded
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

_TO = fold_text("إلى")
_FATHER = folded("أبي أبا وأبي")
_TIMES = folded("اليوم الوقت العام الصباح المساء الشهر الأسبوع الحين المساء اللقاء المؤتمر")
_NAMED = GIVEN_AR | _FATHER
_FAMILIES = folded("طالب شكر أمل كشف حمل رجب ثمن وعد نبه زعم عبر ذكر")
"""Verbs whose letters are a name of people as well, after a given name: فؤاد شكر."""

_NOUN_LETTERS = folded("كشف طلب ذكر رفض وصف رد شكر حمل حث نقل وعد عرض رفع نفي دعم")
"""Verbs whose letters are an action's as well."""

FEWEST_JOINED = 4
"""Letters of a noun with a preposition joined, at least."""

_DIRECTS = folded("وجه وجهت وجهوا أمر أمرت أمروا")
_BLAMES = folded("حمل حملت حملوا")
_SHOULDERS = folded(
    "عاتقه عاتقها عاتقهم كاهله كاهلها كاهلهم كتفه كتفيه ظهره ظهرها متنه متنها متن أكتافهم رأسه يديه يده"
)
"""What someone carries on who blames nobody."""

_CALLS = folded("دعا دعت يدعو تدعو داعيا داعية")
_FEELINGS = folded("""
    تفاؤل قلق فخر اعتزاز دهشة استغراب سخرية أسف حيرة ريبة شك تساؤل غرابة اطمئنان خجل حزن سرور ارتياح خوف تأمل تعجب ضحك
    شفقة غثيان اشمئزاز
""")
"""What things call to that say nothing: الأمور تدعو للتفاؤل."""


def is_time(run: WordRun, number: int) -> bool:
    """Tell whether a word is of the time after «that»: ذلك اليوم."""
    return number < len(run.words) and run.folded[number] in _TIMES


def is_family(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether the letters of a verb are the family name after a given one: وفؤاد شكر."""
    before = run.folded[number - 1] if number and not run.gaps[number].strip() else ""
    if verb not in _FAMILIES or verb != run.folded[number]:
        return False
    return before in _NAMED or without_and(before) in _NAMED


def is_governed(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether the letters of a verb are a noun that the one before it governs: لمشروع كشف, تقديم طلب."""
    if verb not in _NOUN_LETTERS or verb != run.folded[number] or not number or run.gaps[number].strip():
        return False
    before = run.folded[number - 1]
    joined = before.startswith(("ل", "ب")) and len(before) > FEWEST_JOINED and not is_known(before)
    return (joined and not before.startswith(("لل", "بال"))) or is_masdar(run, number - 1)


def _bare(word: str) -> str:
    """Return a folded word without the preposition «ل» and the article."""
    return word.removeprefix("لل").removeprefix("ال").removeprefix("ل")


def calls_for(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether a verb only calls for a feeling: الأمور تدعو للتفاؤل, يدعو إلى القلق."""
    following = run.folded[number + 1 : number + 3]
    if verb not in _CALLS or not following:
        return False
    return _bare(following[following[0] == _TO and len(following) > 1]) in _FEELINGS


def directs(run: WordRun, verb: str, number: int) -> bool:
    """Tell whether an action or a foe follows who speaks at once: وجه الوزير بتأمين, حمل النائب على الحكومة."""
    word = run.folded[number]
    if verb in _DIRECTS:
        owned = ends_in_his(run, number) or word.endswith(("ها", "هم"))
        return word.startswith("ب") and is_shaped(word.removeprefix("ب")) and not owned
    follows = run.folded[number + 1] if number + 1 < len(run.words) else ""
    return verb in _BLAMES and word == UPON_AR and follows not in _SHOULDERS
