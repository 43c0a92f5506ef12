"""Whether a form of an Arabic reporting verb or participle reports where it stands, and is no homonym. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.homonyms_ar import (
    benefits,
    calls_for,
    directs,
    is_act,
    is_counted,
    is_family,
    is_governed,
    is_time,
    is_told_of,
)
from assistant.speech.nouns_ar import is_action, is_owned, is_shaped, without_and
from assistant.speech.particles_ar import (
    AS_AR,
    BESIDE_AR,
    CLAUSES_AR,
    DRAWS_AR,
    EYES_AR,
    GOD_AR,
    IN_IT_AR,
    OF_THAT_AR,
    PRAYS_AR,
    UPON_AR,
)
from assistant.speech.reporting_ar import (
    COMPLEMENTS_AR,
    DUAL_AR,
    FINDS_AR,
    GOVERNED_AR,
    HIDES_AR,
    IMPERFECT_AR,
    NEEDED_AR,
    NEEDS_BI_AR,
    NOT_DENIED_AR,
    PASSIVE_AR,
    PLAIN_ALEF_AR,
    QUOTES_AR,
    SAY_AR,
    SHOWS_AR,
    TELLS_AR,
    THAT_AR,
)
from assistant.speech.reports import COMMA, FARTHEST_THAT, MARKS_SPEECH
from assistant.words.lexicon import WRITINGS_AR, folded
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

_STOP = re.compile(r"[.؛]")

FARTHEST_IF = 10
"""Words between «إذا» and a verb after «قد» that is only supposed: إذا كانت الصحيفة قد كشفت."""

FARTHEST_RELATIVE = 16
"""Words of a relative clause between a subject and «أن»."""

FARTHEST_FINDER = 8
"""Words before a verb of finding among which who finds must be."""

NEAR_THAT = 12
"""Words between a verb that needs «ب» and the «أن» that does as well."""

NEEDED_WITHIN = 8
"""Words after a speaker in which a verb must have what it needs."""

_BEFORE_BETWEEN = (
    CLAUSES_AR | AS_AR | folded("جهته جهتها جانبه جانبها جانبهم ناحيته ناحيتها أخرى ثانية ذلك السياق الإطار الصدد")
)
"""Words after which «بين» may be the verb, and not between."""
_FINDERS = WRITINGS_AR | folded(
    "باحث باحثة باحثون باحثين علماء عالم خبراء خبير أطباء محققون محققين جريدة صحيفة لجنة محكمة فريق"
)
_FIGURES = folded("""
    دراسة دراسات بحث أبحاث بحوث تقرير تقارير مسح مسوح استطلاع استطلاعات استبيان إحصاء إحصاءات إحصائية إحصائيات بيانات
    أرقام نتائج مؤشر مؤشرات تحليل تحليلات تحاليل تحقيق تحقيقات وثيقة وثائق نشرة تقديرات معلومات فحوص فحوصات اختبارات
    تجارب سجلات حسابات تعداد
""")
"""What shows something by figures or findings."""

_BETWEEN = "بين"
_TELLS_APART = folded(
    "يفرق تفرق فرق الفرق يميز تميز التمييز يخلط تخلط الخلط يجمع تجمع الجمع يقارن المقارنة يوازن التوازن يساوي"
)
_GOVERNED = folded("على من مع")

_QUOTES = folded("""
    زاد زادت يزيد تزيد يتابع تتابع يردف تردف أجاب أجابت رد ردت ردوا يرد ترد ختم ختمت اختتم اختتمت نبه نبهت
""")
"""Verbs among those for which a quotation does as well: «وزاد: "..."»."""
_EXPLAINS = folded("بين بينت لفت لفتت أثبت أثبتت")
"""Verbs among those for which a colon does."""


_CALLED = folded("يدعي تدعي")
"""Verbs whose letters, with another ending, are «is called»."""
_CONGRATULATED = fold_text("هنأ")
"""A verb whose letters, without its hamza, are «here»."""
_MADE_CLEAR = fold_text("أبان")
"""One whose letters, with another hamza, are «during»."""
_IF = folded("إذا لو")
_SUBJUNCTIVE = folded("أن بأن كي لكي")
_AGREES = folded("اتفق اتفقت")
_WITH = folded("مع معه معها معهم")
_MAY = folded("قد وقد فقد ربما سوف وسوف")
_WAS_NOT = folded("يكن تكن يكونوا")
_BIDS_FAREWELL = folded("ودعت ودعوا")
_NOT = folded("لا ولا")
_DENIED = folded("لا ولا لم ولم لن ولن")

RELATIVES_AR = folded("الذي التي الذين اللذان والذي والتي والذين")
_ENLARGES = RELATIVES_AR | folded("من في")
"""Words in which more is told of a subject: يعتقد مستثمرون من المؤسسات أن."""

_ALSO = folded("أيضا كذلك بدوره بدورها")
"""Words that may stand between a verb and «أن»."""

ASKS_OF_AR = folded("طلب طلبت طلبوا يطلب تطلب يطلبون")
OF_WHOM_AR = folded("من منه منها منهم منهما مني منا")
"""«of», and of whom something is asked: طلب منه أن."""

_MEDIA = folded("وسائل صحيفة صحف وكالة وكالات أنباء تقارير تقرير مصادر مصدر موقع مواقع قناة شبكة")
"""Who tells by «تحدث عن» what others do: of a person it has a topic, and nothing that is said."""

_SCORNS = folded("سخر سخرت سخروا يسخر تسخر تهكم تهكمت ذهب ذهبت ذهبوا شكا شكت اشتكى اشتكت اشتكوا")
"""Verbs of saying only with their preposition right after who speaks: سخر المدرب من."""

_DECLINES = folded("اعتذر اعتذرت اعتذروا")
_TALKS = folded("تحدث تحدثت تحدثوا")
_ABOUT = fold_text("عن")
_PASSIVE = "\u064f"
"""The vowel of a passive after its first letter: طُلب."""


def is_mine(run: WordRun, number: int) -> bool:
    """Tell whether its letters make a verb the writer's own, a passive or a noun: آمل أن, طُلب منه, رأي."""
    start, end = run.words[number][:2]
    written = run.text[start:end]
    if without_and(written).startswith("أ") and without_and(run.folded[number]) in PLAIN_ALEF_AR:
        return number + 1 < len(run.words) and run.folded[number + 1] in THAT_AR  # أعتقد أن
    verb = without_and(run.folded[number])
    if verb not in IMPERFECT_AR and written.removeprefix("و")[1:2] == _PASSIVE:
        return True
    if (verb == _CONGRATULATED and "أ" not in written) or (verb == _MADE_CLEAR and "إ" in written):
        return True
    if verb in _CALLED and written.endswith("ى"):
        return number + 1 < len(run.words) and run.folded[number + 1] not in THAT_AR  # تدعى زينب
    return "آ" in written[:2] or written.endswith("رأي")


def says_more(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether a verb is followed at once by what it reports: أكد أن, أكد ضرورة, شدد على."""
    opens = next((at for at in range(number + 1, len(run.words)) if run.folded[at] not in _ALSO), 0)
    following = run.folded[opens] if opens else ""
    if verb in PRAYS_AR and following in GOD_AR:
        return True
    conditional = verb in IMPERFECT_AR and number > 0 and run.folded[number - 1] in RELATIVES_AR  # الدولة التي تطلب من
    if verb in ASKS_OF_AR and following in OF_WHOM_AR and not conditional:
        return True  # طلب منه أن
    return following in THAT_AR or following in COMPLEMENTS_AR or following == GOVERNED_AR.get(verb)


def past_beside(run: WordRun, number: int) -> int:
    """Return the number of the word before «أن» where only what stands by the verb lies between: أكد في تصريح أن."""
    following = run.folded[number + 1] if number + 1 < len(run.words) else ""
    if following not in BESIDE_AR or following in _GOVERNED:
        return number
    near = range(number + 1, min(len(run.words) - 1, number + NEEDED_WITHIN))
    return next((at for at in near if run.folded[at + 1] in THAT_AR), number)


def reports_noun(run: WordRun, number: int) -> bool:
    """Tell whether an action, or something of who speaks, stands where a noun is reported: الذي أكد تفهمه."""
    if number >= len(run.words) or run.gaps[number].strip():
        return False
    definite = run.is_definite(number) and is_shaped(run.folded[number].removeprefix("ال"))
    return is_action(run, number) or definite or is_owned(run, number)


def may_report(run: WordRun, number: int, verb: str, last: int) -> bool:
    """Tell whether a verb, with its subject up to a word, can be one that reports, and no homonym."""
    before = run.folded[number - 1] if number else ""
    joined = verb != run.folded[number]
    if verb == _BETWEEN and not joined and before in _TELLS_APART:
        return False  # يفرق بين
    if verb == _BETWEEN and not (joined or number == 0 or before in _BEFORE_BETWEEN or says_more(run, number, verb)):
        return False
    if verb in HIDES_AR and before not in _DENIED:
        return False
    if verb in NEEDED_AR and not _has_needed(run, verb, number, last):
        return False
    if verb in NEEDS_BI_AR and not _has_joined(run, number, last):
        return False
    if verb in _SCORNS and GOVERNED_AR[verb] not in run.folded[last : last + 3]:
        return False
    if verb in _DECLINES and (about := _action_about(run, number)) and about != "عدم":
        return False  # اعتذر عن قبول
    if verb in _TALKS and not _tells_of(run, number):
        return False
    named = last > number + 1
    beyond = number + (run.folded[number + 1 : number + 2] != [] and run.folded[number + 1] in IN_IT_AR)
    if verb in DUAL_AR and not says_more(run, beyond, verb) and before not in RELATIVES_AR:
        return False  # ذكرا, not أكدا خلاله على
    return verb not in PASSIVE_AR or (named and _opens_after_relative(run, last))


def _opens_after_relative(run: WordRun, number: int) -> bool:
    """Tell whether «أن» stands at a word, or after a relative clause or an origin that begins there: الذي فاز أن."""
    if number >= len(run.words) or run.folded[number] in THAT_AR:
        return number < len(run.words)
    if run.folded[number] not in _ENLARGES:
        return False
    near = range(number + 1, min(len(run.words), number + FARTHEST_RELATIVE))
    return next((run.folded[at] in THAT_AR for at in near if run.folded[at] in THAT_AR or run.gaps[at].strip()), False)


def _action_about(run: WordRun, number: int) -> str:
    """Return the action after the next «عن», or nothing."""
    near = range(number + 1, min(number + NEEDED_WITHIN, len(run.words) - 1))
    about = next((at for at in near if run.folded[at] == _ABOUT), None)
    return run.folded[about + 1] if about and is_action(run, about + 1) else ""


def _tells_of(run: WordRun, number: int) -> bool:
    """Tell whether a verb of talking tells something: عن أن, عن مقتل, or with the media as its subject."""
    near = range(number + 1, min(number + NEEDED_WITHIN, len(run.words) - 1))
    about = next((at for at in near if run.folded[at] == _ABOUT), None)
    if about is None:
        return False
    beside = {word.removeprefix("ال") for word in run.folded[max(0, number - 3) : number + 2]}
    return run.folded[about + 1] in THAT_AR or is_action(run, about + 1) or not _MEDIA.isdisjoint(beside)


def tells_nothing(run: WordRun, number: int, verb: str, before: str) -> bool:
    """Tell whether the words beside a verb make it no report, whoever is its subject."""
    following = run.folded[number + 1 : number + 5]
    if verb in DRAWS_AR and verb == run.folded[number] and following and following[0].removeprefix("ال") in EYES_AR:
        return True  # لفت الأنظار
    if (following and following[0] in OF_THAT_AR and not is_time(run, number + 2)) or is_family(run, number, verb):
        return True  # تؤكد ذلك الأرقام, هاني طالب, فؤاد شكر
    if calls_for(run, number, verb) or is_governed(run, number, verb) or is_act(run, number, verb):
        return True
    if is_counted(run, number, verb) or is_told_of(run, number, verb) or benefits(run, number, verb):
        return True
    after_verb = before in SAY_AR or without_and(before) in SAY_AR
    if after_verb and verb == run.folded[number] and verb not in IMPERFECT_AR and not run.gaps[number].strip():
        return True  # وبين كشف الكتاب: a noun
    if run.folded[number] in _BIDS_FAREWELL and following[1:2] and following[1].endswith(("ها", "هم")):
        return True  # ودعت المدينة زوارها
    told = verb in TELLS_AR and verb not in HIDES_AR
    if (before in _NOT and told) or (before in _SUBJUNCTIVE and verb in IMPERFECT_AR):
        return True  # لا تكشف, من حقه أن يقترح
    if verb in _AGREES and not _WITH.isdisjoint(following):
        return True  # اتفق سالم مع مشرفه على أن
    if before in _MAY and (verb in IMPERFECT_AR or _is_denied(run, number, verb)):
        return True  # قد يتساءل البعض
    return before == "قد" and not _IF.isdisjoint(run.folded[max(0, number - FARTHEST_IF) : number])


def _is_denied(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether what a verb after «had» tells did not happen: لم يكن قد أبدى."""
    return number > 1 and run.folded[number - 2] in _WAS_NOT and verb not in NOT_DENIED_AR


def is_found_by_nobody(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether a verb of finding has nobody near it who finds: وجد أن, not وجدت دراسة أن; «ووجدوا» goes on."""
    if verb not in FINDS_AR or (verb != run.folded[number] and verb.endswith("وا")):
        return False
    beside = run.folded[max(0, number - FARTHEST_FINDER) : number + 2]
    return _FINDERS.isdisjoint(word.removeprefix("ال") for word in beside)


def is_many(verb: str) -> bool:
    """Tell whether a verb is of two or many, who stand before it if they are named: «وأوصوا», «أعلنا»."""
    return verb.endswith(("وا", "ون", "تا")) or verb in DUAL_AR


def opens_speech(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether what a verb reports opens at a word with a particle, a mark or the verb's preposition."""
    if number >= len(run.words):
        return False
    word = run.folded[number]
    if word in THAT_AR or word in COMPLEMENTS_AR or word in (GOVERNED_AR.get(verb), "ما"):
        return True
    return bool(MARKS_SPEECH.search(run.gaps[number]))


def opens_clause(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether «أن» stands at a word, or after the preposition there that the verb governs."""
    number += number < len(run.words) and run.folded[number] == GOVERNED_AR.get(verb)
    return number < len(run.words) and run.folded[number] in THAT_AR


def _has_needed(run: WordRun, verb: str, number: int, last: int) -> bool:
    """Tell whether a verb has what it needs to report close after its speaker, or a mark of speech."""
    beside = last < len(run.words) and run.folded[last] in BESIDE_AR
    if verb in SHOWS_AR and last > number + 1 and run.folded[number + 1].removeprefix("ال") in _FIGURES:
        return _shows(run, last)
    within = FARTHEST_THAT if beside else NEEDED_WITHIN
    if not NEEDED_AR[verb].isdisjoint(run.folded[number + 1 : last + within]):
        return True
    named = last > number + 1 or verb != run.folded[number] or run.folded[number - 1] in CLAUSES_AR
    if named and last < len(run.words) and directs(run, verb, last):
        return True
    gap = run.gaps[last] if last < len(run.words) else ""
    return (verb in _EXPLAINS and ":" in gap) or (
        (verb in _QUOTES or verb in QUOTES_AR)
        and (bool(MARKS_SPEECH.search(gap)) or any(":" in gap for gap in run.gaps[last : last + NEEDED_WITHIN]))
    )


def _shows(run: WordRun, last: int) -> bool:
    """Tell whether what figures show follows: «أن», after more on the figures as well, or an action."""
    near = range(last, min(len(run.words), last + FARTHEST_THAT))
    shown = next((at for at in near if run.folded[at] in THAT_AR or is_action(run, at)), 0)
    return shown > 0 and not any(
        _STOP.search(run.gaps[at]) or (COMMA.search(run.gaps[at]) and run.folded[at][0] in "وف")
        for at in range(last, shown + 1)
    )


def _has_joined(run: WordRun, number: int, last: int) -> bool:
    """Tell whether a word with «ب» joined, «أن» or a mark of speech follows a verb that reports nothing without."""
    for at in range(number + 1, min(len(run.words), last + FARTHEST_THAT)):
        word = run.folded[at]
        clause = word in THAT_AR and at < last + NEAR_THAT and run.folded[at - 1] != UPON_AR
        if word.startswith("ب") or clause or MARKS_SPEECH.search(run.gaps[at]):
            return True
        if _STOP.search(run.gaps[at]) and len(run.folded[at - 1]) > 1:
            return False
    return False
