"""Reporting verbs and their speakers in Arabic sentences. Pure.

The speaker stands after the verb (قال لافروف), before it (وكان لافروف قال), or is the last one (وأضاف).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.gazetteer import is_entity
from assistant.lexicon import GIVEN_AR, folded
from assistant.reporting_ar import (
    AS_AR,
    ATTRIBUTION_AR,
    BELOW_AR,
    COMPLEMENTS_AR,
    GOVERNED_AR,
    GOVERNS_NOUN_AR,
    NEEDED_AR,
    PARTICLES_AR,
    PASSIVE_AR,
    QUOTED_FROM_AR,
    SAID_IT_AR,
    SAY_AR,
    SAYING_AR,
    TAKES_LAM,
    TAKES_NOUN_AR,
    TAKES_OBJECT_AR,
    THAT_AR,
    WEAK_SAY_AR,
)
from assistant.reports import LONGEST_SPEAKER, Report
from assistant.speaker_ar import (
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
_COMMA = re.compile("[،,]")
_OPENS_CLAUSE = re.compile(r"[.…؛:\"“”«»()]")
_OBJECTS = ("ه", "ها", "هم")
_IMPERFECT = ("ي", "ت")


def find_report(run: WordRun, number: int) -> Report | None:
    """Return the report that a word of an Arabic sentence makes, None where it makes none."""
    word = run.folded[number]
    before = run.folded[number - 1] if number else ""
    if word in SAID_IT_AR or has_object(word):
        return _named(number, number + 1, speaker_end(run, number + 1), nested=True)
    if word in QUOTED_FROM_AR:
        return _quoted_from(run, number)
    if without_and(word) in _CAME and run.folded[number + 1 : number + 2] == ["في"]:
        return _came_in(run, number)
    if word in ATTRIBUTION_AR and run.folded[number + 1 : number + 2] == ["ما"] and number + 3 < len(run.words):
        return _named(number, number + 3, speaker_end(run, number + 3), nested=False)
    if word in ATTRIBUTION_AR or (word == _TONGUE and before == _UPON):
        if not _may_speak(run, number + 1):
            return None
        return _named(number, number + 1, speaker_end(run, number + 1, attributed=True), nested=False)
    if (word in SAYING_AR or without_and(word) in SAYING_AR) and _says_on(run, number):
        return Report(number, number, number, nested=False)
    verb = word if word in SAY_AR else without_and(word)
    if verb in SAY_AR and before in _RELATIVES and _says_more(run, number, verb):
        many = before.endswith("ين")
        first, last = who_many(run, number - 1) if many else antecedent(run, number - 1)
        if first == last or verb in PASSIVE_AR or not may_name(run, first):
            return None
        return Report(number, first, last, nested=False)
    if verb not in SAY_AR or before in GOVERNS_NOUN_AR:
        return None
    return _find_verb(run, number, verb, before)


_RELATIVES = folded("الذي التي الذين اللذان والذي والتي والذين")


def _says_more(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether a verb is followed at once by what it reports: أكد أن, أكد ضرورة, شدد على."""
    following = run.folded[number + 1] if number + 1 < len(run.words) else ""
    return following in THAT_AR or following in COMPLEMENTS_AR or following == GOVERNED_AR.get(verb)


_CAME = folded("جاء جاءت ورد وردت")
_WRITTEN = folded("بيان تقرير رسالة كلمة تغريدة مذكرة تصريح خطاب مقال دراسة افتتاحية برقية")


def _came_in(run: WordRun, number: int) -> Report | None:
    """Find the document of «وجاء في بيان الرئاسة أن»."""
    if number + 2 >= len(run.words) or run.folded[number + 2].removeprefix("ال") not in _WRITTEN:
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
    if not (joined or weak) and verb[0] in _IMPERFECT and _opens_with_name(run, number):
        return Report(number, 0, number, nested=False)
    opening = after_addressee(run, number + 1)
    last = speaker_end(run, opening)
    if last == opening:
        opening, last = number + 1, speaker_end(run, number + 1)
    if _is_many(verb) or (last > opening and disagrees(run, opening, verb)):
        opening = last = number + 1
    if last > opening and verb in TAKES_NOUN_AR and not _opens_speech(run, last, verb):
        last = object_start(run, opening, last, verb)
    # «وقال» with a speaker of its own stands beside the verb before it, wherever «أن» stands.
    nested = _is_below(run, number) and not (joined and (last > opening or verb[0] not in _IMPERFECT))
    if verb in NEEDED_AR and not _has_needed(run, verb, number, last):
        return None
    if verb in PASSIVE_AR and (
        last == opening or last >= len(run.words) or run.folded[last] not in THAT_AR or is_masdar(run, opening)
    ):
        return None
    if last > opening and is_masdar(run, opening):
        last = opening
    if last > opening:
        begins = joined or number <= 3 or run.gaps[number][:1] in ("،", ",") or before in AS_AR
        return Report(number, opening, last, nested) if begins or not weak else None
    first, end = topic_before(run, number) if joined or before == "فقد" else speaker_before(run, number)
    if run.folded[first:end] in _OWN_COUNTRY:
        return None  # whose, is not said here
    if first < end:
        return Report(number, first, end, nested)
    though = before in _PRONOUN_PARTICLES and number > 1 and run.folded[number - 2] in _ALTHOUGH
    carries_on = joined or before in PARTICLES_AR or before == "حيث" or number == 0 or though
    nested = nested and not though
    plain = weak and not _says_more(run, number, verb)
    return Report(number, number, number, nested) if carries_on and not plain else None


def _is_many(verb: str) -> bool:
    """Tell whether a verb is of two or many, who stand before it if they are named: «وأوصوا», «أعلنا»."""
    return verb.endswith(("وا", "ون", "تا")) or (verb.endswith("ا") and verb[:-1] in SAY_AR)


def _opens_speech(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether what a verb reports opens at a word with a particle, a mark or the verb's preposition."""
    if number >= len(run.words):
        return False
    word = run.folded[number]
    if word in THAT_AR or word in COMPLEMENTS_AR or word == GOVERNED_AR.get(verb):
        return True
    return bool(_MARKS_SPEECH.search(run.gaps[number]))


_QUOTES = folded("زاد زادت رد ردت ردوا يرد ترد ختم ختمت اختتم اختتمت نبه نبهت")
"""Verbs among those for which a quotation does as well: «وزاد: "..."»."""


def _has_needed(run: WordRun, verb: str, number: int, last: int) -> bool:
    """Tell whether a verb has what it needs to report close after its speaker, or a mark of speech."""
    if not NEEDED_AR[verb].isdisjoint(run.folded[number + 1 : last + NEEDED_WITHIN]):
        return True
    return verb in _QUOTES and last < len(run.words) and bool(_MARKS_SPEECH.search(run.gaps[last]))


_OWN_COUNTRY = [["بلاده"], ["بلادها"], ["بلادهم"]]


def _says_on(run: WordRun, number: int) -> bool:
    """Tell whether what follows a participle is something said, and the participle no noun."""
    if number + 1 >= len(run.words) or (number and run.folded[number - 1][0].isdigit()):
        return False
    word, participle = run.folded[number + 1], without_and(run.folded[number])
    if _MARKS_SPEECH.search(run.gaps[number + 1]) or word in THAT_AR or word in COMPLEMENTS_AR:
        return True
    if GOVERNED_AR.get(participle) == word or word in _ASKS:
        return True
    if not (THAT_AR | COMPLEMENTS_AR).isdisjoint(run.folded[number + 1 : number + 6]):
        return True
    return word.startswith("ب") if participle not in _TAKES_OBJECT else not is_boundary(word)


_ASKS = folded("هل كيف لماذا عما ماذا متى أين ما إن")
_MARKS_SPEECH = re.compile(r"[:\"“«]")
_TAKES_OBJECT = frozenset(
    form for form, stance in SAYING_AR.items() if stance in {Stance.ACCUSED, Stance.DEMANDED, Stance.CRITICISED}
)


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
    beside = bool(following) and not run.gaps[number + 1].strip()
    return not (beside and (following == "اكثر" or run.text[run.words[number + 1].end - 1] == "ة"))


_SURELY = folded("بحسب وبحسب")
_THINGS = folded("""
    خطة عقد استطاعة نقاب آخر تسلسل تحديث جدول ترتيبات تصنيف برنامج نظام أنظمة اتفاق اتفاقية قانون شروط معايير طلب رغبة
    ترتيب دراسات بنود آلية ضوابط
    لائحة لوائح ظروف إمكانيات انتماء فئة حجم عدد نسبة سن عمر نوع مراكز موقع درجة تعليمات توجيهات ما أصول قواعد
    مواصفات مقاييس احتياجات أولويات منظور رؤية هذا هذه ذلك تلك
""")
"""Nouns after «according to» that say nothing."""


_PRONOUN_PARTICLES = folded("أنه أنها أنهم")
_ALTHOUGH = folded("إلا غير بيد كما")


def _opens_with_name(run: WordRun, number: int) -> bool:
    """Tell whether nothing but a speaker stands before a verb, as in headlines: «الخطوط اليمنية تعلن بدء رحلاتها»."""
    alone = not any(_COMMA.search(gap) for gap in run.gaps[1 : number + 1])
    return alone and speaker_before(run, number)[0] == 0 < number and GOVERNS_NOUN_AR.isdisjoint(run.folded[:number])


def has_object(word: str) -> bool:
    """Tell whether a word is a reporting verb with its object joined: اعتبرها البيت الأبيض، نفته موسكو."""
    for ending in _OBJECTS:
        verb = word.removesuffix(ending)
        if verb != word and verb in TAKES_OBJECT_AR:
            return True
    return False


def _quoted_from(run: WordRun, number: int) -> Report | None:
    """Find the speaker of «نقلت الوكالة عن لافروف قوله»: between «عن» and this word."""
    for first in range(number - 1, max(0, number - LONGEST_SPEAKER), -1):
        if run.folded[first - 1] == _FROM:
            return _named(number, first, number, nested=False)
        if is_boundary(run.folded[first]) or _OPENS_CLAUSE.search(run.gaps[first]):
            return None
    return None


def _is_below(run: WordRun, number: int) -> bool:
    """Tell whether a verb stands below «أن», so that another speaker reports it."""
    return not BELOW_AR.isdisjoint(run.folded[max(0, number - BELOW) : number])
