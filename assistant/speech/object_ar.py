"""Where the object begins after an Arabic verb and its subject: وصف الوزير / قرار الحكومة. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.speech.agreement_ar import CALLED_AR, says_she
from assistant.speech.nouns_ar import (
    TITLES_AR,
    ends_in_she,
    is_action,
    is_bare_noun,
    is_known,
    is_masdar,
    is_noun,
    is_of_definite,
    is_role,
)
from assistant.speech.reporting_ar import CALLS_ON_AR, HEARD_AR
from assistant.speech.reports import COMMA
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import BODIES_AR, GIVEN_AR, MANY_AR, PEOPLE_AR, folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

_ALL = folded("كل جميع كافة أي عدم بعض")

_MATTERS = folded("""
    أداء حادث حادثة أسماء أسباب تفاصيل موعد بقية مستوى سياسة سياسات هجوم مواقف دور مشروع خطة أوضاع ظروف ممارسات أعمال
    جرائم جريمة انتهاكات عملية عمليات فكرة صفقة صفقات وضع حالة عودة رحيل صحة أهمية
""")
"""Nouns for what is announced or judged, and not for who does it."""

_SOME = folded("بعض عدد كثير معظم غالبية أحد إحدى")
"""Nouns that are nothing without the next one."""

_EARLIER = folded("السابق الأسبق الحالي الجديد المستقيل الراحل الأعلى الأول المنتخب المركزي العام")
"""Adjectives of offices that look like nouns."""


def object_start(run: WordRun, first: int, last: int, verb: str) -> int:
    """Return where the object begins in a run that holds the subject and perhaps the object; `last` where it does not.

    The object of «وصف الوزير قرار الحكومة» begins with a noun that the definite one after it owns; others with an
    action, with a word for all or some, or with a definite noun that is no adjective of what stands before it.
    """
    for number in range(first + 1, last):
        word, before = run.folded[number], run.folded[number - 1]
        if COMMA.search(run.gaps[number]) or word.startswith("و") or is_role(before) or before in PEOPLE_AR:
            continue
        if before == "من" or (number == first + 1 and before.endswith("و")):
            continue  # عدد من الحاضرات, مسؤولو الشركة
        if before in TITLES_AR and not word.startswith("ال"):
            continue  # الدكتور مرزوق الحموي
        if word in _ALL:
            return number
        begins = _definite_begins if run.is_definite(number) else _bare_begins
        if begins(run, number, first, last, verb):
            return number
    return last


def _is_closed(run: WordRun, number: int, first: int) -> bool:
    """Tell whether the name before a word may end there: after a definite word, or a given name and one more."""
    before = run.folded[number - 1]
    if before in _SOME:
        return False
    if before.startswith("ال") or before in GIVEN_AR or number == first + 1:
        return True
    return number > first + 2 and not GIVEN_AR.isdisjoint(run.folded[first : number - 1])


def _definite_begins(run: WordRun, number: int, first: int, last: int, verb: str) -> bool:
    """Tell whether a definite word begins an object: دعا الأكلبي المتنزهين إلى, دان المجلس العملية."""
    del last
    word, before = run.folded[number], run.folded[number - 1]
    bare = word.removeprefix("ال")
    many = word.endswith(("ين", "ات")) or bare in MANY_AR
    if before in GIVEN_AR and is_masdar(run, number):
        return True  # وأكد سالم الاتفاق
    if verb in HEARD_AR and many and _is_closed(run, number, first) and not is_known(word):
        return True
    if before == "البعض" and bare != "اخر":
        return True
    after_definite = run.is_definite(number - 1) or before.startswith(("لل", "وال"))
    adjective = before.endswith(("ي", "يه")) and not (after_definite or before in GIVEN_AR)
    if adjective and number > first + 1 and not run.folded[first].startswith("ال") and is_bare_noun(word):
        return True  # انتقدت وسائل إعلام ألمانية التحقيق
    if is_bare_noun(word) and not is_noun(bare):
        if after_definite and is_entity(before) and word not in _EARLIER:
            return True
        foreign = not (after_definite or before in GIVEN_AR or is_entity(before) or is_entity(word))
        if foreign and number > first + 1 and not _is_construct(run, number - 1):
            return True
    called = verb in HEARD_AR and (bare in BODIES_AR | CALLED_AR or is_entity(word))
    if called and after_definite and before.endswith("ي") and is_bare_noun(word):
        return True  # دعا الرئيس الأمريكي الكونغرس
    if after_definite and before.endswith("يه") and is_bare_noun(word) and not ends_in_she(run, number):
        return True  # انتقدت السلطات الإيرانية التحالف
    return after_definite and number == first + 1 and ends_in_she(run, number) and not says_she(verb)


def _is_construct(run: WordRun, number: int) -> bool:
    """Tell whether a bare noun belongs to the next one, and is no foreign name: نجم كرة القدم, مستشار خادم الحرمين."""
    before = run.folded[number - 1]
    joined = run.folded[number].startswith("ل") and run.folded[number - 1].startswith("ال")  # اللجنة لانتخابات الجوف
    return joined or ends_in_she(run, number) or is_role(before) or before in PEOPLE_AR


def _bare_begins(run: WordRun, number: int, first: int, last: int, verb: str) -> bool:
    """Tell whether a word without the article begins an object: اقترح النواب تسليط, وصف الوزير قرار الحكومة."""
    word = run.folded[number]
    if is_action(run, number) and number + 1 < len(run.words):
        return True
    if word in BODIES_AR and number == first + 1 and run.is_definite(first):
        return True  # انتقدت اللجنة شركة توشيبا
    closed = _is_closed(run, number, first)
    if word in _MATTERS and number > first + 1 and is_of_definite(run, number):
        return True
    if verb in CALLS_ON_AR and closed and word in PEOPLE_AR and number + 1 < last:
        return True
    if word not in BODIES_AR and (is_known(word) or word in PEOPLE_AR):
        return False
    joined = word.startswith("ل") and run.folded[number - 1].startswith("ال")
    return closed and not joined and is_of_definite(run, number) and not _is_name_of(run, number, first, last)


def _is_name_of(run: WordRun, number: int, first: int, last: int) -> bool:
    """Tell whether a bare and a definite word are the name of an office's holder, since an object follows them.

    «وصف رئيس المجلس مرزوق الحموي زيارة النائب».
    """
    after = number + 2
    if after >= last or not is_role(run.folded[first]) or run.folded[after].startswith("ال"):
        return False
    return is_action(run, after) or is_of_definite(run, after)
