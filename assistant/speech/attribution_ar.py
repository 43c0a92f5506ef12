"""Arabic speakers named by an attribution: بحسب لافروف, جاء في البيان, نقلت الوكالة عنه قوله. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.apposition_ar import name_after_place
from assistant.speech.nouns_ar import (
    SOME_AR,
    as_start,
    ends_in_his,
    ends_in_she,
    is_boundary,
    is_known,
    is_party,
    is_shaped,
    without_and,
)
from assistant.speech.particles_ar import (
    BESIDE_AR,
    IN_IT_AR,
    PARTICLES_AR,
    QUOTED_FROM_AR,
    SAID_BY_AR,
    TAKES_LAM,
    THIS_AR,
)
from assistant.speech.reporting_ar import SAID_IT_AR, SAY_AR, THAT_AR
from assistant.speech.reports import COMMA, MARKS_SPEECH, Report
from assistant.speech.speaker_ar import LONGEST_SPEAKER, OPENS_CLAUSE, PLACE_AR, speaker_end
from assistant.speech.subject_ar import find_document
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import BODIES_AR, GIVEN_AR, WRITINGS_AR, folded
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

FARTHEST_SOURCE = 12
"""Words that an agency's name may take between «نقلت» and «عن»."""

FARTHEST_LEARNER = 7
"""Words that who has learnt something may take before «من» and the source."""

FARTHEST_CLAUSE = 8
"""Words of an aside between who tells and «أن»."""

HANDS_ON_AR = folded("نقل نقلت تنقل ينقل نقلوا")
_SOURCES = "مصادر"
_CARRIED = "نقل"
_WHO = folded("الذي ما لما")
LEARNS_AR = folded("علم علمت")
_OUT_OF = "من"
_FROM = fold_text("عن")
_FROM_HIM = folded("عنه عنها عنهم")
_IN = folded("في على عن به بها عنه عنها لنا له لها لهم لي")
_TEXTS = folded("نص مقدمة مقدمت مستهل ختام")
_DASH = re.compile("[-–—]")
_TIMES = folded("وقت سياق إطار يوم ظل حين مركز مرتبة دقيقة")
_WITHIN = folded("سياق معرض ثنايا طيات نص متن مستهل ختام مقدمة خاتمة")
"""Parts of a writing: جاء في سياق بيان الوزارة."""

_LATEST = folded("آخر أحدث أول")
_SEATS = folded("مدينة منطقة محافظة بلدية أمانة بلدة قرية مملكة إمارة")
CAME_AR = folded("جاء جاءت ورد وردت")
HIS_WORDS_AR = folded("""
    قوله قولها قولهم زعمه زعمها زعمهم تعبيره تعبيرها تعبيرهم وصفه وصفها رأيه رأيها إفادته إفادتها تأكيده تأكيدها كلامه
    كلامها تصريحه تصريحها روايته روايتها أقواله أقوالها أقوالهم كلامهم رأيهم رأيهما تصريحاته تصريحاتها تصريحاتهم ادعائه
    ادعائها ادعائهم ادعاءاته مزاعمه مزاعمها مزاعمهم وصفهم اعتقاده اعتقادها اعتقادهم شهادته إفادتهم توصيفه تقديره تقديرها
""")
"""«his words», after «according to»: it is the last speaker's."""

WHAT_AR = folded("ما لما")
"""Words between «according to» and a verb that tells: بحسب ما ذكر."""


def as_told(run: WordRun, number: int) -> Report | None:
    """Find who tells in «بحسب ما ذكر لافروف» and «وفقا لما جاء في بيان الوزارة»."""
    if run.folded[number + 2] not in SAID_BY_AR:
        return None
    first = number + 3 + (run.folded[number + 3] in _IN)
    if first >= len(run.words) or _DASH.search(run.gaps[first]):
        return None
    last = speaker_end(run, first, attributed=run.after_quoted_name(first) > first)
    last = name_after_place(run, first, last)
    verb = number + 2 if last < len(run.words) and run.folded[last] in THAT_AR else number
    return named_report(verb, first, last, nested=False)


def as_published(run: WordRun, number: int) -> Report | None:
    """Find who is named after «حسبما نشرته» and «حسبما نشر في»: with a verb of saying it is that which reports."""
    verb = run.folded[number + 1] if number + 2 < len(run.words) else ""
    if verb not in SAID_BY_AR or verb in SAY_AR or verb in SAID_IT_AR:
        return None
    first = number + 2 + (run.folded[number + 2] in _IN)
    last = speaker_end(run, first) if first < len(run.words) else first
    return named_report(number, first, last, nested=False)


def handed_on(run: WordRun, number: int) -> Report | None:
    """Find the speaker of «ونقلت الوكالة عن لافروف أن» and «ونقلت الوكالة أن»."""
    if _is_carrying(run, number):
        return None
    for first in range(number + 2, min(number + FARTHEST_SOURCE, len(run.words))):
        if run.folded[first - 1] == _FROM:
            last = name_after_place(run, first, speaker_end(run, first))
            return named_report(number, first, last, nested=False) if _opens_after_aside(run, last) else None
        if COMMA.search(run.gaps[first]) and run.folded[first] != _FROM:
            break
    last = speaker_end(run, number + 1)
    return named_report(number, number + 1, last, nested=False) if _opens_after_aside(run, last) else None


def _is_carrying(run: WordRun, number: int) -> bool:
    """Tell whether «نقل» is the noun for moving, after another noun or a preposition: خطة نقل البيانات."""
    before = run.folded[number - 1] if number else ""
    begins = not before or run.gaps[number].strip() or before in PARTICLES_AR or before in _WHO
    return run.folded[number] == _CARRIED and not begins


def learnt_from(run: WordRun, number: int) -> Report | None:
    """Find the source of «علمت «المنار» من مصادر مطلعة أن»: what the outlet itself has learnt is nobody's words."""
    if run.folded[number + 1 : number + 2] == [_SOURCES]:
        last = run.after_quoted_name(number + 2) if number + 2 < len(run.words) else number + 2
        return named_report(number, number + 1, last, nested=False) if _opens_after_aside(run, last) else None
    for first in range(number + 2, min(number + FARTHEST_LEARNER, len(run.words))):
        if run.folded[first - 1] == _OUT_OF:
            last = name_after_place(run, first, speaker_end(run, first))
            event = next((at for at in range(first + 1, last + 1) if _is_event(run, at)), 0)
            opens = bool(event) or _opens_after_aside(run, last)
            return named_report(number, first, event or last, nested=False) if opens else None
    return None


def _is_event(run: WordRun, number: int) -> bool:
    """Tell whether «ب» joins an action that was learnt of: علمت من مصادر خاصة بصدور."""
    word = run.folded[number] if number < len(run.words) else ""
    return word.startswith("ب") and is_shaped(word.removeprefix("ب"))


def _opens_after_aside(run: WordRun, number: int) -> bool:
    """Tell whether what is told opens at a word, or after a place, a day or a comma there."""
    if number >= len(run.words):
        return False
    if run.folded[number] in THAT_AR or MARKS_SPEECH.search(run.gaps[number]):
        return True
    if not (COMMA.search(run.gaps[number]) or run.folded[number] in BESIDE_AR):
        return False
    near = range(number + 1, min(number + FARTHEST_CLAUSE, len(run.words)))
    return any(run.folded[at] in THAT_AR for at in near) and QUOTED_FROM_AR.isdisjoint(
        run.folded[number : number + FARTHEST_CLAUSE]
    )


def came_in(run: WordRun, number: int) -> Report | None:
    """Find the document of «وجاء في بيان الرئاسة أن»."""
    if without_and(run.folded[number]) not in CAME_AR or number + 1 == len(run.words):
        return None
    following = run.folded[number + 1 : number + 3]
    written = following[0] == "في" and len(following) > 1 and _is_its_text(run, number + 2)
    after = number + (3 if written else 2)
    if written or following[0] in IN_IT_AR:
        opens = after < len(run.words) and (run.folded[after] in THAT_AR or bool(MARKS_SPEECH.search(run.gaps[after])))
        first, last = find_document(run, number) if opens else (number, number)
        return Report(number, first, last, nested=False) if opens else None
    if following[0] != "في":
        return None
    opening = run.folded[number + 2 : number + 3] != [] and run.folded[number + 2] in _LATEST | _WITHIN
    first = number + 2 + opening
    if first >= len(run.words) or run.folded[first].removeprefix("ال") in _TIMES:
        return None
    last = speaker_end(run, first)
    if run.folded[first].removeprefix("ال") not in WRITINGS_AR:
        opens = last < len(run.words) and run.folded[last] in THAT_AR
    else:
        opens = as_start(run, number) < number or _opens_after_aside(run, last)
    return named_report(number, first, last, nested=False) if opens else None


def _is_its_text(run: WordRun, number: int) -> bool:
    """Tell whether a word is of something written, and carries the pronoun of whose it is: نصه, بيانه, كلمتها."""
    word = run.folded[number]
    if not (ends_in_his(run, number) or word.endswith(("ها", "هم"))):
        return False
    bare = word.removesuffix("ها").removesuffix("هم") if word.endswith(("ها", "هم")) else word[:-1]
    return bare in _TEXTS or bare in WRITINGS_AR or bare.removesuffix("ت") + "ه" in WRITINGS_AR


def speaker_name(run: WordRun, report: Report) -> str:
    """Return the words that name the speaker, without the «ل» that «وفقا» joins to them."""
    name = run.excerpt(report.first, report.last)
    if report.first < report.verb and name.startswith("وال") and not is_party(run.folded[report.first]):
        return name[1:]  # والأزهر الذي أكد
    if 0 <= report.first < report.verb and _opens_with_and(run, report.first):
        return name[1:]  # ومدينة الملك فهد الطبية تؤكد
    if report.verb < 0 or run.folded[report.verb] not in TAKES_LAM or report.first > report.verb + 1:
        return name
    if name.startswith("لل"):
        return name[1:] if is_entity(run.folded[report.first][1:]) and not is_entity("ا" + name[1:]) else "ا" + name[1:]
    return name.removeprefix("ل")


def _opens_with_and(run: WordRun, number: int) -> bool:
    """Tell whether «and» is joined to a noun of an office or a body: ومدينة, not وزارة."""
    word = run.folded[number]
    return (
        word.startswith("و")
        and (is_party(word[1:]) or word[1:] in SOME_AR | _SEATS)
        and not (is_party(word) or is_known(word))
    )


def may_speak(run: WordRun, number: int) -> bool:
    """Tell whether the word after «according to» may name who speaks: «حسب الخطة» and «حسب قوله» name nobody."""
    if number >= len(run.words):
        return False
    before = run.folded[number - 1]
    if before == "وحسب" and number > 1 and not run.gaps[number - 1].strip():
        return False  # «and that is all»
    word = run.folded[number]
    if word.startswith("لل"):
        word = "ال" + word[2:]
    elif before in TAKES_LAM:
        word = word.removeprefix("ل")
    named = run.after_quoted_name(number) > number or (
        word in BODIES_AR and run.after_quoted_name(number + 1) > number + 1 if number + 1 < len(run.words) else False
    )
    if named:
        return True  # بحسب «رويترز», وفقا لموقع «سبق»
    return _is_source(run, number, word, before)


def _is_source(run: WordRun, number: int, word: str, before: str) -> bool:
    """Tell whether a word after «according to», and the next one, are of who or what tells something."""
    following = run.folded[number + 1] if number + 1 < len(run.words) and not run.gaps[number + 1].strip() else ""
    if (word in _SITES and _names_site(run, number + 1, following)) or (word in THIS_AR and is_party(following)):
        return True  # بحسب مواقع يمنية, وفق هذه المصادر
    if word in _THINGS or word.removeprefix("ال") in _THINGS:
        return False
    if word in _SAME or is_party(word):
        return True
    if word in SAYINGS_AR | _SOME_OF and number + 1 < len(run.words):
        return not is_boundary(run.folded[number + 1])  # بحسب كلام الطالبة, بحسب أحد التقنيين
    if word.startswith("م") and word.endswith("ين") and following.endswith("ين"):
        return True  # وفقا لمحامين مطلعين
    if word.startswith("ال"):
        return before in _SURELY or word.endswith(("ي", "ون", "ين"))
    return _may_be_name(run, number, word, surely=before in _SURELY)


def _names_site(run: WordRun, number: int, following: str) -> bool:
    """Tell whether the word after «site» is a name or an adjective, and no one's or nothing's."""
    owned = following.endswith(("ها", "هم")) or (bool(following) and ends_in_his(run, number))
    return bool(following) and not (following.startswith("ال") or owned or is_boundary(following))


def _may_be_name(run: WordRun, number: int, word: str, *, surely: bool) -> bool:
    """Tell whether a word without the article may be a name: no one's own thing, and none that an adjective follows."""
    owned = word.endswith(("ها", "هم")) or (word.endswith("ه") and ends_in_his(run, number))
    if (len(word) > 3 and owned) or (not surely and _MANY_THINGS.fullmatch(word)):
        return False
    following = run.folded[number + 1] if number + 1 < len(run.words) else ""
    if following.startswith("ال") and not is_boundary(following):
        return word in GIVEN_AR or word in SOME_AR  # بحسب أحد الخبراء
    beside = bool(following) and not run.gaps[number + 1].strip()
    return not (beside and (following == "اكثر" or ends_in_she(run, number + 1)))


_MANY_THINGS = re.compile(r"م\wا\wي?\w|ا\w\wا\w")
"""Broken plurals: معايير, أحكام."""

_SAME = folded("ذات نفس")
SAYINGS_AR = folded("""
    كلام قول أقوال رأي آراء حديث أحاديث رواية روايات تعبير وصف إفادات شهادات اعترافات اعتقاد زعم مزاعم تعريف تصنيف
    تقدير ادعاءات تسريبات شهادة إفادة
""")
"""Nouns for what someone says, before whose it is."""

_SITES = folded("موقع مواقع")
_SOME_OF = folded("أحد إحدى بعض عدد أغلب معظم غالبية أكثر كثير كبار")
_SURELY = folded("بحسب وبحسب")
"""«according to» as it mostly stands before who speaks; the others as often before a rule or a plan."""

_THINGS = folded("""
    خطة عقد استطاعة نقاب آخر تسلسل تحديث جدول ترتيبات تصنيف برنامج نظام أنظمة اتفاق اتفاقية قانون شروط معايير طلب رغبة
    ترتيب دراسات بنود آلية ضوابط
    لائحة لوائح ظروف إمكانيات انتماء فئة حجم عدد نسبة سن عمر نوع مراكز موقع درجة تعاليم تعليمات توجيهات ما أصول قواعد
    خطط برامج أسس تقويم توقيت منهج أهداف قدرات متطلبات أنواع نموذج نماذج طبيعة أجندة خيارات مستوى مستويات مبدأ مبادئ
    سياسة سياسات إجراءات أمر
    صلاحيات صلاحية أسلوب أساليب احتياج مقاعد طريقة طرق مسار مسارات قاعدة إمكانات قدرة موازنة ميزانية موعد مواعيد أوقات
    زمن مدة فترة مراحل مرحلة خطوات تدرج أعمار حاجة حاجات رغبات ميول اهتمام اهتمامات كمية كميات أحجام أنماط نمط صيغة صيغ
    فلسفة مفهوم مفاهيم منطق حسابات اعتبارات اختصاص اختصاصات تخصص تخصصات سلم هيكل تقسيم توزيع رمز رموز حروف أسبقية أقدمية
    مواصفات مقاييس احتياجات أولويات منظور رؤية هذا هذه ذلك تلك حالة
    احتياج حاجة صلاحيات صلاحية طموح طموحات قناعة قناعات هدف غاية غايات تصميم تصاميم تقاليد عادات أعراف عرف أسلوب أساليب
    طريقة طرق صياغة صيغة عبارة نمط أنماط نمطية مبررات متوسط معدل معدلات عمليات دعوات تشريع تشريعات بند بندين بنودها فقرة
    اشتراطات اشتراط معيار قاعدة رؤى تطلعات مرحلة مراحل متوفر متوفرة متاح متاحة آتي تالي تعبير مقاعد مقعد مناطق أحياء
    جنسية جنسيات لون ألوان حب مزاج أهواء هوى ميول قدرة طاقة طاقات وسع سعة صفة صفات مرسوم مرسومين خطوات خطوة جداول وتيرة
    آليات مدة فترة تاريخ مواعيد موعد مسار مسارات أحدث ثلاثة أربعة ثلاث أربع أحكام حكم ضوء ظرف ظروفه دور أدوار مسمى
""")
"""Nouns after «according to» that say nothing."""


def quoted_from(run: WordRun, number: int) -> Report | None:
    """Find the speaker of «نقلت الوكالة عن لافروف قوله»: between «عن» and this word."""
    if run.folded[number - 1] in _FROM_HIM:
        return Report(number, number, number, nested=False)
    last = number
    for first in range(number - 1, max(0, number - LONGEST_SPEAKER), -1):
        if run.folded[first - 1] == _FROM:
            return named_report(number, first, last, nested=False)
        placed = run.folded[first] in PLACE_AR
        last = first if placed else last
        if (is_boundary(run.folded[first]) and not placed) or OPENS_CLAUSE.search(run.gaps[first]):
            return None
    return None


def named_report(verb: int, first: int, last: int, *, nested: bool) -> Report | None:
    """Return a report whose speaker these words name, None where they are none."""
    return Report(verb, first, last, nested) if first < last else None
