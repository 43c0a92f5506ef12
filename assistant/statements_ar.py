"""Reporting verbs and their speakers in Arabic sentences. Pure.

The speaker stands after the verb (قال لافروف), before it (وكان لافروف قال), or is the last one (وأضاف).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.gazetteer import is_entity
from assistant.lexicon import GIVEN_AR, WRITINGS_AR, folded
from assistant.reporting_ar import (
    AS_AR,
    ATTRIBUTION_AR,
    BELOW_AR,
    BESIDE_AR,
    CLAUSES_AR,
    COMPLEMENTS_AR,
    DUAL_AR,
    GOD_AR,
    GOVERNED_AR,
    GOVERNS_NOUN_AR,
    IMPERFECT_AR,
    NEEDED_AR,
    PARTICLES_AR,
    PASSIVE_AR,
    PRAYS_AR,
    QUOTED_FROM_AR,
    SAID_BY_AR,
    SAID_IT_AR,
    SAY_AR,
    SAYING_AR,
    TAKES_LAM,
    TAKES_NOUN_AR,
    TAKES_OBJECT_AR,
    THAT_AR,
    TITLES_FOR_HE_AR,
    WEAK_SAY_AR,
)
from assistant.reports import FARTHEST_THAT, LONGEST_SPEAKER, Report
from assistant.speaker_ar import (
    BEFORE_SPEAKER_AR,
    HEARD_AR,
    WAS_AR,
    after_addressee,
    antecedent,
    disagrees,
    is_boundary,
    is_masdar,
    object_start,
    speaker_before,
    speaker_end,
    topic_before,
    without_and,
)
from assistant.subject_ar import is_party, may_name, who_many
from index.text import fold_text
from index.types import Stance

if TYPE_CHECKING:
    from assistant.reports import WordRun

NEEDED_WITHIN = 8
"""Words after a speaker in which a verb must have what it needs."""

BELOW = 10
"""Words that may stand between «أن» and a verb below it."""

_FROM = fold_text("عن")
_UPON = fold_text("على")
_TONGUE = fold_text("لسان")
_BEFORE_BETWEEN = CLAUSES_AR | AS_AR | folded("جهته جهتها جانبه جانبها جانبهم ناحيته ناحيتها أخرى ثانية ذلك السياق الإطار الصدد")
_FROM_HIM = folded("عنه عنها عنهم")
_BETWEEN = "بين"
_COMMA = re.compile("[،,]")
_PAUSE = re.compile("[،,:.؛]")
_OPENS_CLAUSE = re.compile(r"[.…؛:\"“”«»()]")
_OBJECTS = ("ه", "ها", "هم")


def find_report(run: WordRun, number: int) -> Report | None:
    """Return the report that a word of an Arabic sentence makes, None where it makes none."""
    word = run.folded[number]
    before = run.folded[number - 1] if number else ""
    if tells_again(word):
        if before in _WHAT and number > 1 and run.folded[number - 2] in ATTRIBUTION_AR:
            return None
        return _named(number, number + 1, speaker_end(run, number + 1), nested=True)
    if word in QUOTED_FROM_AR and (word in _HIS_SAYING or _says_more(run, number, word)):
        return _quoted_from(run, number)
    if without_and(word) in _CAME and run.folded[number + 1 : number + 2] == ["في"]:
        return _came_in(run, number)
    says = before in SAY_AR or without_and(before) in SAY_AR
    if word in ATTRIBUTION_AR and says and not run.is_quoted(number - 1):
        return None  # قال، وفقا لوكالة الأنباء: …
    if word in ATTRIBUTION_AR and number + 3 < len(run.words) and run.folded[number + 1] in _WHAT:
        return _as_told(run, number)
    if word in TAKES_LAM and run.folded[number + 1 : number + 2] == ["ل"] and number + 2 < len(run.words):
        last = run.after_quoted_name(number + 2)
        return _named(number, number + 2, last, nested=False)
    if word in ATTRIBUTION_AR or (word == _TONGUE and before == _UPON):
        if not _may_speak(run, number + 1):
            return None
        return _named(number, number + 1, speaker_end(run, number + 1, attributed=True), nested=False)
    if (word in SAYING_AR or without_and(word) in SAYING_AR) and _says_on(run, number):
        return Report(number, number, number, nested=False)
    verb = word if word in SAY_AR else without_and(word)
    if verb in SAY_AR and before in _RELATIVES and _says_more(run, _past_beside(run, number), verb):
        many = before.endswith("ين")
        first, last = who_many(run, number - 1) if many else antecedent(run, number - 1)
        if first == last or verb in PASSIVE_AR or not may_name(run, first):
            return None
        return Report(number, first, last, nested=False)
    governed = before in GOVERNS_NOUN_AR and not run.gaps[number].strip()
    if verb not in SAY_AR or governed or _is_mine(run, number):
        return None
    return _find_verb(run, number, verb, before)


def _is_mine(run: WordRun, number: int) -> bool:
    """Tell whether its letters make a verb the writer's own or a noun: آمل أن, رأي."""
    start, end = run.words[number][:2]
    return "آ" in run.text[start : start + 2] or run.text[start:end].endswith("رأي")


_HIS_SAYING = folded("قوله قولها قولهم")
_RELATIVES = folded("الذي التي الذين اللذان والذي والتي والذين")


def _says_more(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether a verb is followed at once by what it reports: أكد أن, أكد ضرورة, شدد على."""
    following = run.folded[number + 1] if number + 1 < len(run.words) else ""
    if verb in PRAYS_AR and following in GOD_AR:
        return True
    return following in THAT_AR or following in COMPLEMENTS_AR or following == GOVERNED_AR.get(verb)


_GOVERNED = folded("على من مع")


def _past_beside(run: WordRun, number: int) -> int:
    """Return the number of the word before «أن» where only what stands by the verb lies between: أكد في تصريح أن."""
    following = run.folded[number + 1] if number + 1 < len(run.words) else ""
    if following not in BESIDE_AR or following in _GOVERNED:
        return number
    near = range(number + 1, min(len(run.words) - 1, number + NEEDED_WITHIN))
    return next((at for at in near if run.folded[at + 1] in THAT_AR), number)


_WHAT = folded("ما لما")


def _as_told(run: WordRun, number: int) -> Report | None:
    """Find who tells in «بحسب ما ذكر لافروف» and «وفقا لما جاء في بيان الوزارة»."""
    if run.folded[number + 2] not in SAID_BY_AR:
        return None
    first = number + 3 + (run.folded[number + 3] in _IN)
    last = speaker_end(run, first)
    verb = number + 2 if last < len(run.words) and run.folded[last] in THAT_AR else number
    return _named(verb, first, last, nested=False)


_IN = folded("في على عن")
_CAME = folded("جاء جاءت ورد وردت")


def _came_in(run: WordRun, number: int) -> Report | None:
    """Find the document of «وجاء في بيان الرئاسة أن»."""
    if number + 2 >= len(run.words) or run.folded[number + 2].removeprefix("ال") not in WRITINGS_AR:
        return None
    last = speaker_end(run, number + 2)
    opens = last < len(run.words) and (run.folded[last] in THAT_AR or bool(_MARKS_SPEECH.search(run.gaps[last])))
    return _named(number, number + 2, last, nested=False) if opens else None


def speaker_name(run: WordRun, report: Report) -> str:
    """Return the words that name the speaker, without the «ل» that «وفقا» joins to them."""
    name = run.excerpt(report.first, report.last)
    if report.verb < 0 or run.folded[report.verb] not in TAKES_LAM:
        return name
    if name.startswith("لل"):
        return name[1:] if is_entity(run.folded[report.first][1:]) and not is_entity("ا" + name[1:]) else "ا" + name[1:]
    return name.removeprefix("ل")


def _named(verb: int, first: int, last: int, *, nested: bool) -> Report | None:
    return Report(verb, first, last, nested) if first < last else None


def _find_verb(run: WordRun, number: int, verb: str, before: str) -> Report | None:
    joined = verb != run.folded[number]
    weak = verb in WEAK_SAY_AR
    if not (joined or weak) and verb in IMPERFECT_AR and _opens_with_name(run, number):
        return Report(number, 0, number, nested=False)
    opening, last = _subject_after(run, number, verb, before)
    # «وقال» with a speaker of its own stands beside the verb before it, wherever «أن» stands.
    nested = _is_below(run, number) and not (joined and (last > opening or verb not in IMPERFECT_AR))
    if not _may_report(run, number, verb, last):
        return None
    if last == opening and before in _RELATIVES:
        return None  # who, is told before «الذي», and what is no report
    if last == opening and before in _RELATIVES:
        return None  # the one whom «الذي» follows says nothing, for all that is told of him
    if last > opening:
        begins = joined or number <= 3 or bool(_PAUSE.search(run.gaps[number])) or before in AS_AR
        return Report(number, opening, last, nested) if begins or not weak else None
    first, end = topic_before(run, number) if joined or before == "فقد" else speaker_before(run, number)
    if run.folded[first:end] in _OWN_COUNTRY:
        return None  # whose, is not said here
    if any(word[0].isalpha() for word in run.folded[first:end]):
        return Report(number, first, end, nested)
    return _go_on(run, number, verb, before, nested=nested)


def _subject_after(run: WordRun, number: int, verb: str, before: str) -> tuple[int, int]:
    """Return the words ``[first, last)`` of the subject after a verb; none where it stands before or is not named."""
    first = after_addressee(run, number + 1)
    nobody = first, first
    if _is_many(verb) or before in _PRONOUN_PARTICLES or before in _BUT_HE or _says_he(run, number):
        return nobody
    if before == "قد":
        begins, ends = speaker_before(run, number)
        if begins < ends and begins and run.folded[begins - 1] in WAS_AR:
            return nobody
    last = speaker_end(run, first)
    if last == first and run.folded[number + 1 : number + 2] != [] and run.folded[number + 1] not in BEFORE_SPEAKER_AR:
        first = number + 1
        last = speaker_end(run, first)
    if last == first or disagrees(run, first, verb) or (is_masdar(run, first) and not _opens_clause(run, last, verb)):
        return first, first
    if verb in TAKES_NOUN_AR and run.folded[first] in _EVERY and THAT_AR.isdisjoint(run.folded[last : last + 2]):
        return first, first
    if (verb in TAKES_NOUN_AR or verb in HEARD_AR) and (verb in HEARD_AR or not _opens_speech(run, last, verb)):
        last = object_start(run, first, last, verb)
    return first, last


def _says_he(run: WordRun, number: int) -> bool:
    """Tell whether a title stands for the subject after a verb, as «he» does: وأضاف سموه."""
    return run.folded[number + 1 : number + 2] != [] and run.folded[number + 1] in TITLES_FOR_HE_AR


def _may_report(run: WordRun, number: int, verb: str, last: int) -> bool:
    """Tell whether a verb, with its subject up to a word, can be one that reports, and no homonym."""
    before = run.folded[number - 1] if number else ""
    joined = verb != run.folded[number]
    if verb == _BETWEEN and not (joined or number == 0 or before in _BEFORE_BETWEEN or _says_more(run, number, verb)):
        return False
    if verb in NEEDED_AR and not _has_needed(run, verb, number, last):
        return False
    named = last > number + 1
    if verb in DUAL_AR and not _says_more(run, number, verb) and before not in _RELATIVES:
        return False
    return verb not in PASSIVE_AR or (named and last < len(run.words) and run.folded[last] in THAT_AR)


def _go_on(run: WordRun, number: int, verb: str, before: str, *, nested: bool) -> Report | None:
    """Return the report of a verb whose subject the sentence does not name, where it carries the last speaker on."""
    if _says_he(run, number):
        return Report(number, number, number, nested)
    more = _says_more(run, number, verb)
    joined = verb != run.folded[number]
    marked = number + 1 < len(run.words) and bool(_MARKS_SPEECH.search(run.gaps[number + 1]))
    if joined and number > 1 and verb in IMPERFECT_AR and not (more or marked):
        return None  # صور تمجد القتال وتشيد به
    though = before in _PRONOUN_PARTICLES and number > 1 and run.folded[number - 2] in _ALTHOUGH
    though = though or before in _BUT_HE
    fronted = more and run.folded[0] in _FRONTED
    carries_on = joined or before in PARTICLES_AR or number == 0 or though or fronted
    plain = verb in WEAK_SAY_AR and verb not in NEEDED_AR and not more
    return Report(number, number, number, nested and not though) if carries_on and not plain else None


def _is_many(verb: str) -> bool:
    """Tell whether a verb is of two or many, who stand before it if they are named: «وأوصوا», «أعلنا»."""
    return verb.endswith(("وا", "ون", "تا")) or verb in DUAL_AR


def _opens_speech(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether what a verb reports opens at a word with a particle, a mark or the verb's preposition."""
    if number >= len(run.words):
        return False
    word = run.folded[number]
    if word in THAT_AR or word in COMPLEMENTS_AR or word == GOVERNED_AR.get(verb):
        return True
    return bool(_MARKS_SPEECH.search(run.gaps[number]))


def _opens_clause(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether «أن» stands at a word, or after the preposition there that the verb governs."""
    number += number < len(run.words) and run.folded[number] == GOVERNED_AR.get(verb)
    return number < len(run.words) and run.folded[number] in THAT_AR


_EVERY = folded("جميع كافة كل")
_QUOTES = folded("زاد زادت يزيد تزيد يتابع تتابع يردف تردف أجاب أجابت رد ردت ردوا يرد ترد ختم ختمت اختتم اختتمت نبه نبهت")
"""Verbs among those for which a quotation does as well: «وزاد: "..."»."""


def _has_needed(run: WordRun, verb: str, number: int, last: int) -> bool:
    """Tell whether a verb has what it needs to report close after its speaker, or a mark of speech."""
    beside = last < len(run.words) and run.folded[last] in BESIDE_AR
    within = FARTHEST_THAT if beside else NEEDED_WITHIN
    if not NEEDED_AR[verb].isdisjoint(run.folded[number + 1 : last + within]):
        return True
    return verb in _QUOTES and last < len(run.words) and bool(_MARKS_SPEECH.search(run.gaps[last]))


_OWN_COUNTRY = [["بلاده"], ["بلادها"], ["بلادهم"]]


def _says_on(run: WordRun, number: int) -> bool:
    """Tell whether what follows a participle is something said, and the participle no noun."""
    if number + 1 >= len(run.words) or (number and run.folded[number - 1][0].isdigit()):
        return False
    word = run.folded[number + 1]
    participle = run.folded[number] if run.folded[number] in SAYING_AR else without_and(run.folded[number])
    plain = not any(later.startswith("ب") for later in run.folded[number + 1 : number + 6])
    if participle in _NOUNS and (plain or participle == _DEMAND) and not _COMMA.search(run.gaps[number]):
        return False
    if _MARKS_SPEECH.search(run.gaps[number + 1]) or word in THAT_AR or word in COMPLEMENTS_AR:
        return True
    if GOVERNED_AR.get(participle) == word or word in _ASKS:
        return True
    if not (THAT_AR | COMPLEMENTS_AR).isdisjoint(run.folded[number + 1 : number + 6]):
        return True
    refuses = participle in _REFUSES and word.startswith("ل")  # ورافضة لعمل الحكومة
    return word.startswith("ب") or (participle in _TAKES_OBJECT and not (refuses or is_boundary(word)))


_REFUSES = folded("رافضا رافضة رافضين")
_DEMAND = fold_text("مطالبة")
_NOUNS = folded("داعية مطالبة متهما متهمة متهمين")
"""Participles that are nouns for who preaches or is accused, or for a demand: taken only after a comma."""
_ASKS = folded("هل كيف لماذا عما ماذا متى أين ما إن")
_MARKS_SPEECH = re.compile(r"[:\"“«]")
_TAKES_OBJECT = frozenset(
    form
    for form, stance in SAYING_AR.items()
    if stance in {Stance.ACCUSED, Stance.DEMANDED, Stance.CRITICISED, Stance.PRAISED}
) | folded("واصفا واصفة واصفين محملا محملة")


def _may_speak(run: WordRun, number: int) -> bool:
    """Tell whether the word after «according to» may name who speaks: «حسب الخطة» and «حسب قوله» name nobody."""
    if number >= len(run.words):
        return False
    if run.folded[number - 1] == "وحسب" and number > 1 and not run.gaps[number - 1].strip():
        return False  # «and that is all»
    word = run.folded[number]
    if word.startswith("لل"):
        word = "ال" + word[2:]
    elif run.folded[number - 1] in TAKES_LAM:
        word = word.removeprefix("ل")
    if word in _THINGS or word.removeprefix("ال") in _THINGS:
        return False
    if word in _SAME:
        return True
    ends_in_his = word.endswith(("ها", "هم")) or (word.endswith("ه") and run.text[run.words[number].end - 1] == "ه")
    if is_party(word):
        return True
    if len(word) > 3 and ends_in_his:
        return False
    if word.startswith("ال"):
        return run.folded[number - 1] in _SURELY or word.endswith(("ي", "ون", "ين"))
    following = run.folded[number + 1] if number + 1 < len(run.words) else ""
    if following.startswith("ال"):
        return word in GIVEN_AR
    if run.folded[number - 1] not in _SURELY and _MANY_THINGS.fullmatch(word):
        return False
    beside = bool(following) and not run.gaps[number + 1].strip()
    return not (beside and (following == "اكثر" or run.text[run.words[number + 1].end - 1] == "ة"))


_MANY_THINGS = re.compile(r"م\wا\wي?\w|ا\w\wا\w")
_SAME = folded("ذات نفس")
_SURELY = folded("بحسب وبحسب")
_THINGS = folded("""
    خطة عقد استطاعة نقاب آخر تسلسل تحديث جدول ترتيبات تصنيف برنامج نظام أنظمة اتفاق اتفاقية قانون شروط معايير طلب رغبة
    ترتيب دراسات بنود آلية ضوابط
    لائحة لوائح ظروف إمكانيات انتماء فئة حجم عدد نسبة سن عمر نوع مراكز موقع درجة تعليمات توجيهات ما أصول قواعد
    مواصفات مقاييس احتياجات أولويات منظور رؤية هذا هذه ذلك تلك حالة
""")
"""Nouns after «according to» that say nothing."""


_PRONOUN_PARTICLES = folded("أنه أنها أنهم بأنه بأنها إنه إنها")
_FRONTED = folded("وفي في وخلال خلال وعن وحول وبشأن وبخصوص وردا ردا وتعليقا تعليقا وعلى")
"""Words of time, place or topic in which a sentence may begin whose verb has no subject: وفي تصريح للصحافة أكد أن."""
_BUT_HE = folded("لكنه ولكنه لكنها ولكنها لكنهم ولكنهم")
_ALTHOUGH = folded("إلا غير بيد كما")


def _opens_with_name(run: WordRun, number: int) -> bool:
    """Tell whether nothing but a speaker stands before a verb, as in headlines: «الخطوط اليمنية تعلن بدء رحلاتها»."""
    alone = not any(_COMMA.search(gap) for gap in run.gaps[1 : number + 1])
    return alone and speaker_before(run, number)[0] == 0 < number and GOVERNS_NOUN_AR.isdisjoint(run.folded[:number])


def placed(run: WordRun, report: Report, earlier: list[Report]) -> Report:
    """Return a report with its place below the earlier ones of its sentence, or beside them.

    Below none there is nothing to be below. What follows a colon is said, other reports in it too.
    """
    word = run.folded[report.verb]
    above = [other for other in earlier if other.ends <= report.begins]
    if not above:
        return report._replace(nested=report.nested and tells_again(word))
    said = any(":" in gap for gap in run.gaps[above[-1].ends : report.begins + 1])
    joined = word[0] in "وف" or word in SAYING_AR or word in ATTRIBUTION_AR
    return report._replace(nested=report.nested or (said and not joined))


def tells_again(word: str) -> bool:
    """Tell whether a verb has its object joined, and so stands within what another one tells: ما قاله لافروف."""
    return word in SAID_IT_AR or has_object(word)


def has_object(word: str) -> bool:
    """Tell whether a word is a reporting verb with its object joined: اعتبرها البيت الأبيض، نفته موسكو."""
    for ending in _OBJECTS:
        verb = word.removesuffix(ending)
        if verb != word and verb in TAKES_OBJECT_AR:
            return True
    return False


def _quoted_from(run: WordRun, number: int) -> Report | None:
    """Find the speaker of «نقلت الوكالة عن لافروف قوله»: between «عن» and this word."""
    if run.folded[number - 1] in _FROM_HIM:
        return Report(number, number, number, nested=False)
    for first in range(number - 1, max(0, number - LONGEST_SPEAKER), -1):
        if run.folded[first - 1] == _FROM:
            return _named(number, first, number, nested=False)
        if is_boundary(run.folded[first]) or _OPENS_CLAUSE.search(run.gaps[first]):
            return None
    return None


def _is_below(run: WordRun, number: int) -> bool:
    """Tell whether a verb stands below «أن», so that another speaker reports it."""
    return not BELOW_AR.isdisjoint(run.folded[max(0, number - BELOW) : number])
