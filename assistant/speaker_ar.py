"""The words that name a speaker in an Arabic sentence: where they begin and where they end. Pure.

After a verb a name runs on to a word that begins what is said, before a verb back to one that opens the clause.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.gazetteer import is_entity
from assistant.lexicon import BODIES_AR, GIVEN_AR, HONORIFICS_AR, MANY_AR, PEOPLE_AR, ROLES_AR, WRITINGS_AR, folded
from assistant.reporting_ar import (
    BELOW_AR,
    BOUNDARY_AR,
    COMPLEMENTS_AR,
    GOD_AR,
    IMPERFECT_AR,
    NEEDED_AR,
    PARTICLES_AR,
    PRAYS_AR,
    SAY_AR,
    SAYING_AR,
    TAKES_ALA,
    TAKES_BI,
    THAT_AR,
    TITLES_FOR_HE_AR,
)
from index.text import fold_text
from index.types import Stance

if TYPE_CHECKING:
    from assistant.reports import WordRun

LONGEST_SPEAKER = 22
"""Words that an Arabic speaker's name and offices may take."""

LONGEST_PLACED = 8
"""Words of a speaker between «كان» and a preposition."""

LONGEST_TOPIC = 25
"""Words that may stand between «أما» and the verb."""

_UPON = fold_text("على")
_TANWIN = "\u064b"
_GOVERNOR = "والي"
_AS_FOR = folded("أما وأما")
_AFTER_QUOTED_NAME = THAT_AR | folded("عن على إلى")
_COMMA = re.compile("[،,]")
_PARTS_NAME = re.compile(r"[:\"“”«»()؛….–—@]|\s-\s")
_PARTS_VERB = re.compile(r"[:\"“«،,؛.]")
_OPENS_CLAUSE = re.compile(r"[.…؛:\"“”«»()]")
_STOPS = re.compile("[.:؟!]")
_AFTER_NAME = re.compile(r"[”»)]\s+|\"\s+")
_OPENS_NAME = re.compile(r"[\"“«(]\s*$")
_ONLY_QUOTE = re.compile(r"\s*[\"“«]\s*")
_JOINED = re.compile(r"و?(?:بال|لل)\w\w")
_PREPOSED = re.compile(r"(?:بال|لل|بت|بم|لت|لم)\w\w")
_MASDAR = re.compile(r"است\w{1,3}ا\w{1,2}|ت\w\wي\w|ا\wت\w?ا\w|ان\w\wا\w|اقرار|توصل|تخلي|تمسك|اعلان|اتفاق|حصول|وصول|دخول|خروج|قيام|زياره|حرص")
_IFAL = re.compile(r"ا\w\wا\w")
_BODIES = folded("استخبارات تنظيم انتقالي تحقيق تلفزيون ترشيح تلميذ تكريتي")
_ADDRESSEES = folded("للصحفيين للصحافيين للإعلاميين لرويترز")
BEFORE_SPEAKER_AR = folded("""
    لي له لها لنا لهم فيه فيها فيهم النقاب الستار اللثام أيضا كذلك بدوره بدورها اليوم أمس مؤخرا لاحقا
""")
"""Words that may stand between a verb and its speaker: يقول فيه لافروف."""
_TITLES = folded("د م أ أد")
_SOME = folded("كل عدد العديد عديد كثير الكثير مجموعة جملة")
CALLS_ON_AR = frozenset(form for form, stance in SAY_AR.items() if stance in {Stance.DEMANDED, Stance.ACCUSED})
_PREPOSITIONS = folded("من بين ضد نحو عند منها منهم بعض خاصة خصوصا وخاصة وخصوصا")
_ALL = folded("كل جميع كافة أي عدم بعض")
_ACTIONS = folded("""
    زيادة إنشاء دعم رفع بدء منح فتح وقف منع نقل عقد قيام وصول وجود إقامة مساندة إطلاق إغلاق إلغاء إصدار إرسال إعطاء دخول
    حصول قبول رغبة نية مقتل إصابة وفاة ضبط القبض تعاقد تعيين
""")
"""Actions besides those that are told by their letters."""
_SELF = folded("ذاته ذاتها نفسه نفسها")
_NOUNS = PEOPLE_AR | HONORIFICS_AR | WRITINGS_AR
_SEATS = BODIES_AR | folded("منطقة مدينة كلية قسم فرع جهة")
"""Nouns for where an office is, «ب» before them: مدير التعليم بمنطقة عسير."""
_EARLIER = folded("السابق الأسبق الحالي الجديد المستقيل الراحل الأعلى الأول المنتخب المركزي العام")
_THINGS = re.compile(r"ال\w\wا\w[^\Wيه]")
"""Broken plurals: الهياكل, المصانع."""
_HAILS = folded("دعا دعت طالب طالبت حث حثت ناشد ناشدت يدعو تدعو يطالب تطالب يناشد")
_CALLED = folded("شباب جميع كل كافة أطراف شعب ناس مجتمع جهات قوى دول")
"""Those who are called on as a rule, and seldom call."""
_MEN = folded("قضاة قادة سادة أساتذة طلبة دعاة أئمة رعاة مغاربة بحارة مارة ورثة صيادلة عمدة خليفة علامة")
"""Words for men that end like feminine nouns."""
_HE = folded("مجتمع مجلس حزب جيش بنك مصرف اتحاد مركز برلمان صندوق تحالف ائتلاف تيار نادي فريق معهد بيت")
"""Masculine nouns for bodies."""
_PLACE = folded("في لدى")
WAS_AR = folded("كان وكان كانت وكانت")
_ALREADY = folded("قد فقد وقد")
"""Particles that may stand between a speaker and the verb."""
HEARD_AR = CALLS_ON_AR | folded("حذر حذرت طمأن طمأنت أبلغ أبلغت أخبر أخبرت يحذر تحذر شكر شكرت")
"""Verbs whose object may be who is spoken to."""
_TELLS = folded("أبلغ أبلغت وأبلغ وأبلغت أخبر أخبرت وأخبر وأخبرت")
_COUNTERPARTS = folded("نظيره نظيرته نظيرها جميع كافة كل")


def without_and(word: str) -> str:
    """Return a folded word without the conjunction joined before it."""
    return word[1:] if word[:1] in ("و", "ف") and (len(word) > 3 or word == "وحث") else word


def after_addressee(run: WordRun, number: int) -> int:
    """Return the number of the word after what stands before the speaker: أكد لـ«الحياة» المتحدث أن, قال له أمس."""
    while number + 1 < len(run.words) and run.folded[number] in BEFORE_SPEAKER_AR | TITLES_FOR_HE_AR:
        number += 1
    if number + 1 >= len(run.words):
        return number
    word = run.folded[number]
    if run.folded[number - 1] in _TELLS and _OPENS_NAME.search(run.gaps[number]):
        closing = next((at for at in range(number + 1, number + 4) if _AFTER_NAME.match(run.gaps[min(at, len(run.words))])), number)
        return closing if closing < len(run.words) else number
    if word == "ل" and _ONLY_QUOTE.fullmatch(run.gaps[number + 1]):
        quoted = run.after_quoted_name(number + 1)
        return quoted if quoted > number + 1 else number
    if word in _ADDRESSEES:
        return number + 1
    if word.removeprefix("ل") in BODIES_AR and word.startswith("ل"):
        quoted = run.after_quoted_name(number + 1) if _ONLY_QUOTE.fullmatch(run.gaps[number + 1]) else number + 2
        return quoted if quoted > number + 1 else number
    return number


def speaker_end(run: WordRun, first: int, *, attributed: bool = False) -> int:
    """Return where the speaker that begins at a word ends; `first` where none begins there."""
    pause = _PARTS_VERB if first and run.folded[first - 1] not in BEFORE_SPEAKER_AR else _PARTS_NAME
    if first < len(run.words) and pause.search(run.gaps[first]) and not _AFTER_NAME.fullmatch(run.gaps[first]):
        quoted = run.after_quoted_name(first) if _ONLY_QUOTE.fullmatch(run.gaps[first]) else first
        return quoted if quoted < len(run.words) and run.folded[quoted] in _AFTER_QUOTED_NAME else first
    verb = without_and(run.folded[first - 1])
    last = first
    names = 0
    while last < len(run.words) and last - first < LONGEST_SPEAKER:
        word = run.folded[last]
        if last > first and _PARTS_NAME.search(_gap(run, last)):
            return _after_title(run, last)
        if _ends_speaker(run, last, first, verb, attributed=attributed):
            break
        if last > first and (_is_complement(run, last, first, verb, names) or _leaves_name(run, last)):
            break
        names += not (word.startswith(("ال", "لل")) or _is_noun(word))
        last += 1
    return last


def speaker_before(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` of the speaker that ends before a verb; none where there is none."""
    last = number - (number > 0 and run.folded[number - 1] in _ALREADY)
    first = last
    commas = 0
    while first > 0 and last - first < LONGEST_SPEAKER:
        gap, word = _gap(run, first), run.folded[first - 1]
        if _OPENS_CLAUSE.search(gap):
            break
        if _COMMA.search(gap):
            commas += 1
            if commas > 2:
                break
        if word in PARTICLES_AR or word in BELOW_AR:
            return first, last
        if is_boundary(word):
            return _before_place(run, first - 1) if word in _PLACE else (last, last)
        first -= 1
    if first < last and (run.folded[first] == "من" or run.folded[first][0].isdigit()):
        return last, last
    if first < last and _JOINED.match(run.folded[first]) and not _is_known(run.folded[first][1:]):
        return last, last
    return (first if commas <= 1 or first == 0 else last), last


def _before_place(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words between «كان» and a preposition of place: وكان مسؤول في الوزارة قال; none where there are none."""
    for first in range(number, max(0, number - LONGEST_PLACED), -1):
        if run.folded[first - 1] in WAS_AR:
            return first, number
        if is_boundary(run.folded[first - 1]) or _PARTS_VERB.search(run.gaps[first]):
            break
    return number, number


def antecedent(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` before «الذي», back to what ends a name: اللقاء مع لافروف الذي أكد."""
    first = number
    while first > 0 and number - first < LONGEST_SPEAKER:
        if _OPENS_CLAUSE.search(run.gaps[first]) or (first < number and _COMMA.search(run.gaps[first])):
            break
        if is_boundary(run.folded[first - 1]) or run.folded[first - 1] in _PREPOSITIONS:
            break
        first -= 1
    return first, number


def topic_before(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words between «أما» and the «ف» of a verb: أما لافروف فقال; none where there is no «أما»."""
    last = number - (number > 0 and run.folded[number - 1] in _ALREADY)
    for first in range(last, max(0, last - LONGEST_TOPIC), -1):
        if run.folded[first - 1] in _AS_FOR:
            return first, last
        if first < last and _STOPS.search(run.gaps[first]):
            break
    return last, last


def is_masdar(run: WordRun, number: int) -> bool:
    """Tell whether a word is an action, and not who speaks: استقرار, تنفيذ, التوصل."""
    word = run.folded[number].removeprefix("ال")
    known = word in BODIES_AR or word in PEOPLE_AR or word in WRITINGS_AR or word in GIVEN_AR or word in _BODIES
    action = _MASDAR.fullmatch(word) or (word == run.folded[number] and _IFAL.fullmatch(word))
    return bool(action) and not known and not is_entity(word)


def disagrees(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether the noun after a verb is of another gender, and so its object: وطالب الحكومة بـ, دعت مجلس الأمن."""
    word = run.folded[number]
    if verb in PRAYS_AR and word in GOD_AR:
        return True
    if verb in _HAILS and is_entity(word) and not (word.startswith("ال") or word.endswith("ي") or says_she(verb)):
        return True
    accusative = word.startswith("ال") and word.endswith("ين") and not is_entity(word) and not _is_role(word[2:])
    if verb in _HAILS and (accusative or word.removeprefix("ال") in _CALLED or _THINGS.fullmatch(word)):
        return True
    bare = word.removeprefix("ال")
    she = says_she(verb)
    if run.text[run.words[number].end - 1] == "ة":
        return not she and word not in HONORIFICS_AR and word not in GIVEN_AR and bare not in _MEN
    return she and bare in _HE


def says_she(word: str) -> bool:
    """Tell whether a verb or a participle is feminine: وأكدت, تؤكد, مؤكدة."""
    for form in (word, without_and(word)):
        if form in SAYING_AR:
            return form.endswith("ه")
        if form in IMPERFECT_AR:
            return form.startswith("ت")
    return word.endswith("ت")


def object_start(run: WordRun, first: int, last: int, verb: str) -> int:
    """Return where the object begins in a run that holds the subject and perhaps the object; `last` where it does not.

    The object of «وصف الوزير قرار الحكومة» begins with a noun that the definite one after it owns; others with an
    action, with a word for all or some, or with a definite noun that is no adjective of what stands before it.
    """
    names = 0
    for number in range(first + 1, last):
        word, before = run.folded[number], run.folded[number - 1]
        definite = word.startswith("ال")
        names += not before.startswith("ال")
        if _COMMA.search(run.gaps[number]) or word.startswith("و") or _is_role(before) or before in PEOPLE_AR:
            continue
        closed = before.startswith("ال") or before in GIVEN_AR or number == first + 1
        closed = closed or (names > 1 and not GIVEN_AR.isdisjoint(run.folded[first : number - 1]))
        action = is_masdar(run, number) or word in _ACTIONS
        if word in _ALL or (not definite and action and number + 1 < len(run.words)):
            return number
        many = word.endswith("ين") or word.removeprefix("ال") in MANY_AR
        if verb in HEARD_AR and closed and definite and many and not _is_known(word):
            return number
        if definite and is_entity(before) and before.startswith("ال") and _is_bare_noun(word) and word not in _EARLIER:
            if not (_is_role(word.removeprefix("ال")) or word.removeprefix("ال") in PEOPLE_AR):
                return number
        foreign = not (before.startswith("ال") or before in GIVEN_AR or is_entity(before))
        if definite and foreign and _is_bare_noun(word) and not (is_entity(word) or _is_noun(word.removeprefix("ال"))):
            return number
        female = run.text[run.words[number].end - 1] == "ة"
        if definite and female and not says_she(verb) and number == first + 1 and before[:2] == "ال":
            return number
        if verb in CALLS_ON_AR and closed and not definite and word in PEOPLE_AR and number + 1 < last:
            return number
        if word not in BODIES_AR and (word in GIVEN_AR or _is_role(word) or word in PEOPLE_AR or is_entity(word)):
            continue
        if definite:
            continue
        owned = _is_of_definite(run, number)
        if owned and closed and not (word.startswith("ل") and before.startswith("ال")):
            return number
    return last


def _is_of_definite(run: WordRun, number: int) -> bool:
    """Tell whether a bare noun is made definite by the noun it is joined to, or by one after that: حادث التفجير."""
    for following in range(number + 1, min(number + 4, len(run.words))):
        word = run.folded[following]
        if run.gaps[following].strip() or is_boundary(word) or _JOINED.match(word):
            return False
        if word.startswith("ال") or run.text[run.words[following].end - 1] == "ه" or word.endswith("ها"):
            return True
        if word in GIVEN_AR or _is_role(word):
            return False
    return False


def _gap(run: WordRun, number: int) -> str:
    """Return what stands before a word, without the stop of a title: د. محمد."""
    return run.gaps[number].removeprefix(".") if run.folded[number - 1] in _TITLES else run.gaps[number]


def _after_title(run: WordRun, number: int) -> int:
    """Return where a speaker ends whose title in quotation marks begins at a word: صحيفة "ميرور" البريطانية."""
    if run.folded[number - 1] not in BODIES_AR or not _ONLY_QUOTE.fullmatch(run.gaps[number]):
        return number
    last = run.after_quoted_name(number)
    if number < last < len(run.words) and run.folded[last].startswith(("ال", "لل")):
        last += not _COMMA.search(run.gaps[last])
    return last


def _leaves_name(run: WordRun, number: int) -> bool:
    return bool(_COMMA.search(run.gaps[number])) and not _is_apposition(run, number)


def _ends_speaker(run: WordRun, number: int, first: int, verb: str, *, attributed: bool) -> bool:
    word = run.folded[number]
    if (word == _UPON and _is_ali(run, number, verb)) or (word == _GOVERNOR and _is_governor(run, number)):
        return False
    if is_boundary(word) or word[0].isdigit():
        office = number > first and run.folded[first] in ROLES_AR and not run.folded[number - 1].startswith("ال")
        return not (office and number <= first + 2 and word in COMPLEMENTS_AR and not _is_owned(run, number))
    if number > first and ((verb in PRAYS_AR and word in GOD_AR) or word in NEEDED_AR.get(verb, ())):
        return True
    if number == first:
        if _is_owned(run, number):
            return True  # أبدى غضبه
        return word == "من" or (_is_preposed(word) and not attributed) or _is_by(run, number, verb)
    return word == "من" and run.folded[number - 1] not in _SOME


def _is_known(word: str) -> bool:
    return word in GIVEN_AR or is_entity(word) or _is_role(word)


def _is_by(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether «ب» is joined to the complement right after a verb: no name, unless the complement follows."""
    word = run.folded[number]
    if verb not in TAKES_BI or not word.startswith("ب") or len(word) < 3 or _is_known(word):
        return False
    return not any(later.startswith("ب") for later in run.folded[number + 1 : number + 6])


def is_boundary(word: str) -> bool:
    """Tell whether no speaker's name runs across a word, with «and» before it or without."""
    if word in BOUNDARY_AR or word in SAY_AR:
        return True
    return without_and(word) in SAY_AR or (word.startswith("و") and word[1:] in BOUNDARY_AR)


def _is_ali(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether «علي» is a man's name: written with the two dots, and not where the verb wants the preposition."""
    if run.text[run.words[number].end - 1] != "ي" or verb in TAKES_ALA or number + 1 >= len(run.words):
        return False
    following = run.folded[number + 1]
    return run.folded[number - 1] in GIVEN_AR or (following not in BOUNDARY_AR and not following.startswith("ال"))


def _is_governor(run: WordRun, number: int) -> bool:
    """Tell whether «والي» is an office: written so, and not «وإلى»."""
    start, end = run.words[number][:2]
    return run.text[start:end] == _GOVERNOR


def _is_complement(run: WordRun, number: int, first: int, verb: str, names: int) -> bool:
    """Tell whether a word after the first of a name begins what is said of it: أكد لافروف الموقف الروسي."""
    word, before = run.folded[number], run.folded[number - 1]
    start, end = run.words[number][:2]
    if _TANWIN in run.text[start : end + 1]:
        return True  # تفصيلا, مبتسما
    if (len(word) > 4 and word.endswith(("ها", "هم", "هما"))) or _is_owned(run, number):
        return True  # her support, their wages: a name carries no pronoun
    if word.startswith("ل") and word[1:] in BODIES_AR and names and not before.startswith("ال"):
        return True  # أفاد لافروف لوكالة الأنباء
    if verb in TAKES_BI and word.startswith("ب") and not _is_known(word) and before not in ROLES_AR:
        later = run.folded[number + 1 : number + 5]
        return word.startswith("بال") or THAT_AR.isdisjoint(later)
    if not names:
        return False
    title = word.removeprefix("ال") in PEOPLE_AR or _is_role(word.removeprefix("ال"))
    if verb in CALLS_ON_AR and (word in _COUNTERPARTS or (before.startswith("ال") and _is_bare_noun(word) and not title)):
        return True
    country = is_entity(word) and (not word.startswith("ال") or (is_entity(before) and not word.endswith(("ي", "يه"))))
    if verb in CALLS_ON_AR and country:
        return True  # دعا أبو الغيط طهران إلى
    if number == first + 1 and is_entity(before) and not before.endswith(("ي", "يه", "ين", "ون")):
        return not (word.startswith(("ال", "و")) or word == "بن" or is_entity(word))
    if _is_noun(before) or before == "عبد":
        return False
    following = run.folded[number + 1].removeprefix("ال") if number + 1 < len(run.words) else ""
    if word.startswith("ال") and (following in ROLES_AR or following in PEOPLE_AR):
        return False
    if word.startswith("ال") and len(word) > 2 and _is_definite(run, number + 1):
        return True
    return _is_preposed(word)


def _is_owned(run: WordRun, number: int) -> bool:
    """Tell whether a word carries the pronoun of whose it is, and is no person: كلمته, استعدادها, not نائبه."""
    word = run.folded[number]
    if len(word) < 4 or word in _SELF or word.startswith(("ال", "و")) or word.endswith("يه") or _is_role(word) or is_entity(word):
        return False
    bare = word.removesuffix("ها").removesuffix("هم")
    if bare == word:
        # The folded «ه» may be the «ة» of a noun.
        bare = word[:-1] if run.text[run.words[number].end - 1] == "ه" else word
    people = ROLES_AR | PEOPLE_AR | GIVEN_AR
    return bare != word and people.isdisjoint({bare, word, bare[:-1] + "ه"})


def _is_bare_noun(word: str) -> bool:
    """Tell whether a definite word is no adjective: الحكومة after البيان, not التركي after الرئيس."""
    return word.startswith("ال") and not word.endswith(("ي", "يه", "ين", "ون"))


def _is_role(word: str) -> bool:
    """Tell whether a word is of an office or a body, with «ل» joined to it or without: لجامعة الدول العربية."""
    return word in ROLES_AR or word.removeprefix("ل") in ROLES_AR


def _is_noun(word: str) -> bool:
    """Tell whether a word is of an office, for a person or for what is written, and no one's own name."""
    return _is_role(word) or word in _NOUNS


def _is_definite(run: WordRun, number: int) -> bool:
    if number >= len(run.words) or run.gaps[number].strip():
        return False
    return run.folded[number].startswith("ال") and not is_boundary(run.folded[number])


def _is_preposed(word: str) -> bool:
    """Tell whether a preposition is joined to a word; a name that begins like one is told by what follows."""
    return bool(_PREPOSED.match(word))


def _is_apposition(run: WordRun, number: int) -> bool:
    """Tell whether the words after a comma name the speaker again: few, and closed by a comma or «أن»."""
    for last in range(number, min(number + 5, len(run.words))):
        word = run.folded[last]
        if is_boundary(word):
            return last > number and word in THAT_AR
        if _COMMA.search(run.gaps[last + 1]):
            return True
    return False
