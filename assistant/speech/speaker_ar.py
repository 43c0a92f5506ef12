"""The words that name a speaker in an Arabic sentence: where they begin and where they end. Pure.

After a verb a name runs on to a word that begins what is said, before a verb back to one that opens the clause.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.addressee_ar import AFTER_NAME, ONLY_QUOTE, TO_AR
from assistant.speech.blessings_ar import after_blessing, names_god
from assistant.speech.name_letters_ar import is_name_yet
from assistant.speech.no_speaker_ar import SOME_OF_AR, is_manner, is_no_name, is_wish
from assistant.speech.nouns_ar import (
    LIKE_HERS_AR,
    ONE_OF_THEM_AR,
    SOME_AR,
    ends_in_she,
    is_bare_noun,
    is_boundary,
    is_definite,
    is_known,
    is_noun,
    is_owned,
    is_party,
    is_preposed,
    is_role,
    is_shaped,
    without_and,
)
from assistant.speech.particles_ar import (
    BEFORE_SPEAKER_AR,
    CLAUSES_AR,
    DRAWS_AR,
    EYES_AR,
    GOD_AR,
    PRAYS_AR,
    REFUSES_AR,
    TO_SAY_AR,
)
from assistant.speech.reporting_ar import (
    BARE_SAY_AR,
    CALLS_ON_AR,
    COMPLEMENTS_AR,
    GOVERNED_AR,
    HEARD_AR,
    NEEDED_AR,
    SAY_AR,
    TAKES_BI,
    TAKES_NOUN_AR,
    THAT_AR,
)
from assistant.speech.reports import COMMA, MARKS_SPEECH
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import BODIES_AR, GIVEN_AR, PEOPLE_AR, ROLES_AR, folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

LONGEST_SPEAKER = 22
"""Words that an Arabic speaker's name and offices may take."""

FARTHEST_CLAUSE = 12
"""Words between a name in quotation marks and the «أن» of what its bearer says."""


FARTHEST_VERB = 6
"""Words of a name in quotation marks between a verb and its speaker, and the «ل» before them."""

LONGEST_SET_OFF = 3
"""Words of a name without an office between two commas."""

OPENS_CLAUSE = re.compile(r"[.…؛:\"“”«»()]")
"""Marks that no speaker's name runs across."""


_ONCE = "ذات"
_TANWIN = "\u064b"

_AFTER_QUOTED_NAME = THAT_AR | folded("عن على إلى")
_ASIDES = folded("في خلال عبر على اليوم أمس يوم أول مساء صباح بدوره بدورها أيضا")
CLOSES_NAME = re.compile(r"^\s*[\"”»)]")
PARTS_NAME = re.compile(r"[:\"“”«»()؛….–—@]|\s-\s")
PARTS_VERB = re.compile(r"[:\"“«،,؛.]")

_TITLES = folded("د م أ أد")
_ADVERBS = folded("""
    خاصة خصوصا جميعا كلهم معا
    بدلا فضلا مجددا مجدا صراحة علنا حرفيا ضمنا تلقائيا تحديدا مثلا أحدا دائما غالبا فعلا حقا قطعا طبعا
    مازحا ضاحكا ساخرا باكيا غاضبا حازما واثقا جازما صارخا هامسا آسفا نادما حالفا أبدا مطلقا إطلاقا قط
""")
_MANNER = re.compile(r"مت\w{3,4}ا|مست\w{2,3}ا|م[^اوي]ا\w\wا|م[^اوي][^اوي][^اوي]ا")
"""Participles that tell how someone spoke: متلعثما, مدافعا, مبتسما; no names have these letters, but for known ones."""

_SEATS = BODIES_AR | folded("منطقة مدينة كلية قسم فرع جهة")
"""Nouns for where an office is, «ب» before them: مدير التعليم بمنطقة عسير."""


PLACE_AR = folded("في لدى")

_SPANS = folded("الشهر الأسبوع العام السنة الليلة الخريف الربيع الصيف الشتاء")
_LAST = folded("الماضي الماضية الحالي الحالية الجاري الجارية المنصرم المنصرمة الفائت الفائتة الفارط الفارطة")
"""Words after those for spans of time: قال الشهر الماضي."""


_NAMED_BODIES = BODIES_AR | folded("""
    تنظيم دار جهاز كلية مدرسة عملاق خدمة حملة فرع جناح كتيبة كتائب لواء فصيل قائمة مجمع
    ضيف ضيفة برنامج مراسل مراسلة مندوب مندوبة موفد صاحب صاحبة مؤلف مؤلفة مخرج مخرجة رابطة مجموعة سلسلة متجر مطعم فندق
""")
"""Nouns for bodies whose name may stand in quotation marks."""

_COMMAS = ("،", ",")

_JOINS_NEXT = SOME_AR | {"عبد"}
"""Words that are nothing without the next one: بعض المواطنين."""

_COUNTERPARTS = folded("نظيره نظيرته نظيرها جميع كافة كل")


def speaker_end(run: WordRun, first: int, *, attributed: bool = False) -> int:
    """Return where the speaker that begins at a word ends; `first` where none begins there."""
    pause = PARTS_VERB if first and run.folded[first - 1] not in BEFORE_SPEAKER_AR else PARTS_NAME
    pause = PARTS_NAME if _is_set_off(run, first) else pause
    if first < len(run.words) and pause.search(run.gaps[first]) and not AFTER_NAME.fullmatch(run.gaps[first]):
        quoted = run.after_quoted_name(first) if ONLY_QUOTE.fullmatch(run.gaps[first]) else first
        if first < quoted < len(run.words) - 1 and run.is_definite(quoted) and run.folded[quoted + 1] in THAT_AR:
            return quoted + 1  # «مكتب أخبار سوريا» المعارض أن
        return quoted if attributed or _is_quoted_speaker(run, quoted) else first
    verb = _verb_before(run, first)
    if (blessed := after_blessing(run, first)) > first:
        return blessed if names_god(run, first) else first  # قال تعالى, and not وأشاد حفظه الله
    last = first
    names = 0
    while last < len(run.words) and last - first < LONGEST_SPEAKER:
        word = run.folded[last]
        if last > first and PARTS_NAME.search(gap_before(run, last)):
            return _after_title(run, last, noun=verb in TAKES_NOUN_AR)
        if _ends_speaker(run, last, first, verb, attributed=attributed):
            break
        if last > first and after_blessing(run, last) > last:
            break  # رسول الله صلى الله عليه وسلم
        if last > first and (_is_complement(run, last, first, verb, names) or _leaves_name(run, last, verb)):
            break
        names += not (word.startswith(("ال", "لل")) or is_noun(word))
        last += 1
    return last


def _is_set_off(run: WordRun, first: int) -> bool:
    """Tell whether a name stands between two commas right after a verb: طالبت، الكاتبة العامة، بإطلاق سراحه."""
    if not (0 < first < len(run.words)) or run.gaps[first].strip() not in _COMMAS or is_boundary(run.folded[first]):
        return False
    verb = without_and(run.folded[first - 1])
    opens = first == 1 or verb != run.folded[first - 1] or run.folded[first - 2] in CLAUSES_AR
    if not opens or verb not in SAY_AR or verb.endswith("وا") or run.folded[first].startswith(("ب", "ل", "و")):
        return False
    named = is_role(run.folded[first].removeprefix("ال")) or run.folded[first].removeprefix("ال") in PEOPLE_AR
    closed = next((at for at in range(first + 1, len(run.words)) if COMMA.search(run.gaps[at])), 0)
    return closed > first and (named or (closed <= first + LONGEST_SET_OFF and run.is_definite(closed - 1)))


def _verb_before(run: WordRun, first: int) -> str:
    """Return the word whose speaker begins at a word: the one before it, or the verb before whom it is told to."""
    if first and CLOSES_NAME.search(run.gaps[first]):
        near = range(first - 1, max(-1, first - FARTHEST_VERB), -1)
        told = (at for at in near if run.folded[at].startswith("ل") and without_and(run.folded[at - 1]) in SAY_AR)
        first = next(told, first)
    while first > 1 and run.folded[first - 1] in BEFORE_SPEAKER_AR:
        first -= 1
    return without_and(run.folded[first - 1])


def _is_quoted_speaker(run: WordRun, number: int) -> bool:
    """Tell whether the name in quotation marks before a word speaks: «أن» follows it, or an aside and «أن»."""
    if number >= len(run.words):
        return False
    if run.folded[number] in _AFTER_QUOTED_NAME:
        return True
    if not (COMMA.search(run.gaps[number]) or run.folded[number] in _ASIDES):
        return False
    for at in range(number + 1, min(number + FARTHEST_CLAUSE, len(run.words))):
        if MARKS_SPEECH.search(run.gaps[at]):
            return False
        if run.folded[at] in THAT_AR:
            return True
    return False


def gap_before(run: WordRun, number: int) -> str:
    """Return what stands before a word, without the stop of a title: د. محمد."""
    return run.gaps[number].removeprefix(".") if run.folded[number - 1] in _TITLES else run.gaps[number]


def _after_title(run: WordRun, number: int, *, noun: bool) -> int:
    """Return where a speaker ends whose title in quotation marks begins at a word: صحيفة "ميرور" البريطانية."""
    last = run.after_quoted_name(number) if ONLY_QUOTE.fullmatch(run.gaps[number]) else number
    clause = last < len(run.words) and run.folded[last] in THAT_AR
    if not clause and run.folded[number - 1].removeprefix("ل") not in _NAMED_BODIES:
        return number
    if (
        number < last < len(run.words)
        and run.folded[last].startswith(("ال", "لل"))
        and not is_boundary(run.folded[last])
        and (clause or not noun or run.folded[last].endswith(("ي", "يه", "ين", "ون")))
    ):
        last += not COMMA.search(run.gaps[last])
    return last


def _leaves_name(run: WordRun, number: int, verb: str) -> bool:
    if not COMMA.search(run.gaps[number]):
        return False
    office = is_role(run.folded[number]) and verb not in CALLS_ON_AR
    return not (office or _is_apposition(run, number))


def _ends_speaker(run: WordRun, number: int, first: int, verb: str, *, attributed: bool) -> bool:
    word = run.folded[number]
    if is_name_yet(run, number, verb, opens=number == first, attributed=attributed):
        return False
    if word in _SPANS and run.folded[number + 1 : number + 2] and run.folded[number + 1] in _LAST:
        return True
    if _MANNER.fullmatch(word) and word not in GIVEN_AR and not is_entity(word):
        return True  # وتابع مدافعا عن موقفه
    if is_boundary(word) or word[0].isdigit():
        office = number > first and run.folded[first] in ROLES_AR and not run.folded[number - 1].startswith("ال")
        return not (office and number <= first + 2 and word in COMPLEMENTS_AR and not is_owned(run, number))
    if _is_needed(word, verb, opens=number == first):
        return True
    if number > first:
        return is_no_name(run, number) or (word == "من" and run.folded[number - 1] not in SOME_OF_AR)
    told = is_owned(run, number) or word in _ADVERBS or run.text[run.words[number].start :][:2] in TO_AR
    if told or is_no_name(run, number) or is_manner(run, number):
        return True  # أبدى غضبه, أكد لأرسنال
    once = word == _ONCE and not (number + 1 < len(run.words) and run.is_definite(number + 1))
    return once or word == "من" or (is_preposed(word) and not attributed) or _is_by(run, number, verb)


def _is_needed(word: str, verb: str, *, opens: bool) -> bool:
    """Tell whether a word is what a verb needs, and no name: ولفت النظر إلى, وجه فيها الشكر, رفض المتحدث التعليق."""
    drawn = verb in DRAWS_AR and word.removeprefix("ال") in EYES_AR
    if drawn or is_wish(word, verb) or word in NEEDED_AR.get(verb, ()):
        return True
    return not opens and ((verb in REFUSES_AR and word in TO_SAY_AR) or (verb in PRAYS_AR and word in GOD_AR))


def _is_by(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether «ب» is joined to the complement right after a verb: no name, unless the complement follows."""
    word = run.folded[number]
    if verb not in TAKES_BI or not word.startswith("ب") or len(word) < 3 or is_known(word) or is_party(word):
        return False
    if is_shaped(word[1:].removeprefix("ال")):
        return True  # يفيد باندلاع النيران
    return not any(later.startswith("ب") for later in run.folded[number + 1 : number + 6])


def _is_complement(run: WordRun, number: int, first: int, verb: str, names: int) -> bool:
    """Tell whether a word after the first of a name begins what is said of it: أكد لافروف الموقف الروسي."""
    word, before = run.folded[number], run.folded[number - 1]
    start, end = run.words[number][:2]
    if _TANWIN in run.text[start : end + 1]:
        return True  # تفصيلا, مبتسما
    noun = verb not in BARE_SAY_AR and (verb in TAKES_NOUN_AR or verb not in GOVERNED_AR)
    hers = (
        len(word) > 4 and word.endswith(("ها", "هم", "هن", "هما")) and not is_entity(word) and word not in LIKE_HERS_AR
    )
    if before in ONE_OF_THEM_AR or hers or (noun and is_owned(run, number)):
        return True  # her support, their wages: a name carries no pronoun
    if verb in TAKES_BI and word.startswith("ب") and not is_known(word) and before not in ROLES_AR | _TITLES:
        return word.startswith("بال") or THAT_AR.isdisjoint(run.folded[number + 1 : number + 5])
    if verb in CALLS_ON_AR and is_entity(word) and before.startswith("ال") and not word.startswith("ال"):
        return True  # دعت الحكومة الألمانية تركيا إلى
    return names > 0 and _follows_name(run, number, first, verb, noun=noun)


def _follows_name(run: WordRun, number: int, first: int, verb: str, *, noun: bool) -> bool:
    """Tell whether a word after a name begins another noun; `noun` where the verb reports nouns."""
    word, before = run.folded[number], run.folded[number - 1]
    if run.folded[number - 2] in GIVEN_AR and before.startswith("ال") and is_bare_noun(word) and _is_untitled(word):
        return True  # زار خالد الحموي المستشفى
    if word.startswith("ل") and word[1:] in BODIES_AR and not before.startswith("ال"):
        return True  # أفاد لافروف لوكالة الأنباء
    if verb in CALLS_ON_AR and _is_called_on(word, before):
        return True
    if number == first + 1 and is_entity(before) and not before.endswith(("ي", "يه", "ين", "ون")):
        return not (word.startswith(("ال", "و")) or word == "بن" or is_entity(word))
    construct = ends_in_she(run, number - 1) and before not in GIVEN_AR and not before.startswith("ال")
    if run.is_definite(number) and not (noun and (verb in HEARD_AR or _is_untitled(word))):
        return False  # قال بيتر كوبر الرئيس التنفيذي
    joins = (
        before.startswith("وال")
        or is_noun(before)
        or is_noun(before.removeprefix("و"))
        or construct
        or before in _JOINS_NEXT
    )
    return not joins and _begins_noun(run, number, first)


def _is_untitled(word: str) -> bool:
    """Tell whether a definite word is of no office and for no person; it may be of a body."""
    bare = word.removeprefix("ال")
    return bare in BODIES_AR or not (bare in PEOPLE_AR or is_role(bare))


def _is_called_on(word: str, before: str) -> bool:
    """Tell whether a word after a name begins who is called on or accused: دعا أبو الغيط طهران إلى."""
    bare = word.removeprefix("ال")
    noun = before.startswith("ال") and is_bare_noun(word) and _is_untitled(word)
    if word in _COUNTERPARTS or noun:
        return True
    return is_entity(word) and (bare == word or (is_entity(before) and not word.endswith(("ي", "يه"))))


def _begins_noun(run: WordRun, number: int, first: int) -> bool:
    """Tell whether a word after a name begins another noun: two definite words, or one with a preposition."""
    word = run.folded[number]
    if word.startswith("ال"):
        following = run.folded[number + 1].removeprefix("ال") if number + 1 < len(run.words) else ""
        titled = following in ROLES_AR or following in PEOPLE_AR
        family = run.folded[number - 1] in GIVEN_AR
        return len(word) > 2 and not (titled or family) and is_definite(run, number + 1)
    office = any(is_role(named.removeprefix("ال")) for named in run.folded[first:number])
    if word.startswith("لل") and run.folded[number - 1].startswith("ال") and office:
        return False  # رئيس بعثة اللجنة الدولية للصليب الأحمر
    if word.startswith("لل") and run.folded[first].removeprefix("ال") in BODIES_AR:
        return False
    return is_preposed(word) and word[1:] not in _SEATS


def _is_apposition(run: WordRun, number: int) -> bool:
    """Tell whether the words after a comma name the speaker again: few, and closed by a comma or «أن»."""
    for last in range(number, min(number + 5, len(run.words))):
        word = run.folded[last]
        if is_boundary(word):
            return last > number and word in THAT_AR
        if COMMA.search(run.gaps[last + 1]):
            return True
    return False
