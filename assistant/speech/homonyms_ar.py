"""Whether the letters of an Arabic verb of saying are a noun, a family's name or an act where they stand. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.speech.nouns_ar import ends_in_his, is_known, is_masdar, is_party, is_shaped, without_and
from assistant.speech.particles_ar import AS_AR, UPON_AR
from assistant.speech.reporting_ar import THAT_AR
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

_NOUN_LETTERS = folded("كشف طلب ذكر رفض وصف رد شكر حمل حث نقل وعد عرض رفع نفي دعم ثمن أمل")
"""Verbs whose letters are an action's as well."""

FARTHEST_ORDER = 5
"""Words from who is ordered to the «ب» of what they shall do."""

FEWEST_JOINED = 4
"""Letters of a noun with a preposition joined, at least."""

_ACTS = folded("توقع توصل تقدم تعهد تخوف تكهن تذمر توعد توسل تهكم تحدث أمل طلب كشف رفض ذكر وصف")
"""Verbs whose letters are an act's where a noun governs them."""

FARTHEST_FILE = 8
"""Words after a verb of taking up within which the case stands."""

_TAKES_UP = folded("تعهد تعهدت تعهدوا")
_FILES = folded("بالتحقيق بالتحقيقات بالبحث بالأبحاث بالقضية بالموضوع بالملف بالواقعة")
_BENEFITS = folded("يفيد تفيد أفاد أفادت")

_GOVERN_ACTS = folded("""
    نتيجة حالة حالات بحالة بحالات لحالة احتمال احتمالات احتمالية إمكانية إمكان فرصة فرص عدم لعدم بعدم بسبب جراء فور
    رغم برغم ضرورة محاولة محاولات عملية نسبة مدى سرعة بهدف بغية قصد مقابل لحظة لحين وقت موعد تاريخ أجل
""")
"""Nouns and prepositions that stand before an act, and before no verb."""

_ACCUSES = folded("اتهم اتهمت اتهموا يتهم تتهم يتهمون")
_TAKES_TWO = folded("وصف وصفت يوصف اتهم اتهمت يتهم نصح نصحت")
"""Verbs that need an object before «ب»."""

STUDENT_AR = "طالب"
"""A verb whose letters are those of «student» too."""

_NEVER = fold_text("أبدا")
_NUMBERS = folded("ألف ألفي مئة مائة مليون آلاف مئات عشرات كل أي أول أفضل أصغر أكبر")

_DIRECTS = folded("وجه وجهت وجهوا أمر أمرت أمروا")
_ORDERS = folded("أمر أمرت أمروا")
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


def is_act(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether the letters of a verb are an act that the noun before it governs: نتيجة توقع, في حالة توصل."""
    near = number and verb == run.folded[number] and not run.gaps[number].strip()
    return bool(near) and verb in _ACTS and run.folded[number - 1].removeprefix("و") in _GOVERN_ACTS


def benefits(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether a verb tells what does good, or who takes up a case: الخضار تفيد في تخفيف الوزن."""
    if verb in _TAKES_UP and not _FILES.isdisjoint(run.folded[number + 1 : number + FARTHEST_FILE]):
        return True  # وتعهدت الفرقة بالبحث
    return verb in _BENEFITS and run.folded[number + 1 : number + 2] == ["في"]


def is_counted(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether the letters of a verb are students after their number, or «never»: 550 طالب, دائما وأبدا."""
    if verb == STUDENT_AR and verb == run.folded[number]:
        return number > 0 and (run.folded[number - 1][0].isdigit() or run.folded[number - 1] in _NUMBERS)
    return verb == _NEVER


def is_told_of(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether a verb of accusing or describing after «as» has no object, and so nobody's: كما اتهم بميله إلى."""
    following = run.folded[number + 1] if number + 1 < len(run.words) else ""
    if verb in _ACCUSES and following.startswith("ب") and (following.startswith("بال") or is_shaped(following[1:])):
        return True  # معتقلون يتهمون بإلقاء الحجارة
    if verb not in _TAKES_TWO or number == 0 or run.folded[number - 1] not in AS_AR:
        return False
    by = following.startswith("ب") and not (is_known(following) or is_party(following))
    return by or following in THAT_AR


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
    if verb in _ORDERS and run.is_definite(number):
        near = range(number, min(len(run.words), number + FARTHEST_ORDER))
        number = next((at for at in near if run.folded[at].startswith("ب")), number)
        word = run.folded[number]  # أمرت الحكومة الملحق بمغادرة البلاد
    if verb in _DIRECTS:
        owned = ends_in_his(run, number) or word.endswith(("ها", "هم"))
        return word.startswith("ب") and is_shaped(word.removeprefix("ب")) and not owned
    follows = run.folded[number + 1] if number + 1 < len(run.words) else ""
    return verb in _BLAMES and word == UPON_AR and follows not in _SHOULDERS
