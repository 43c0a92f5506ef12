"""Reporting verbs and their speakers in Arabic sentences. Pure.

The speaker stands after the verb (قال لافروف), before it (وكان لافروف قال), or is the last one (وأضاف).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.addressee_ar import after_addressee
from assistant.speech.agreement_ar import says_she
from assistant.speech.apposition_ar import name_after_place
from assistant.speech.attribution_ar import (
    CAME_AR,
    HANDS_ON_AR,
    HIS_WORDS_AR,
    LEARNS_AR,
    SAYINGS_AR,
    WHAT_AR,
    as_published,
    as_told,
    came_in,
    handed_on,
    learnt_from,
    may_speak,
    named_report,
    quoted_from,
)
from assistant.speech.homonyms_ar import STUDENT_AR
from assistant.speech.joined_ar import TELLS_HIM_AR, find_with_object
from assistant.speech.narration_ar import THE_SAYING_AR, find_narrated, saying_of
from assistant.speech.nominal_ar import HIS_NOMINAL_AR, OF_SAYING_AR, find_nominal
from assistant.speech.nouns_ar import SELF_AR, SHARES_AR, as_start, is_known, is_party, may_name, without_and
from assistant.speech.participles_ar import says_on
from assistant.speech.particles_ar import (
    ABSTRACT_AR,
    ATTRIBUTION_AR,
    BESIDE_AR,
    BUT_HE_AR,
    CLAUSES_AR,
    EXTENT_AR,
    GOVERNS_NOUN_AR,
    IN_IT_AR,
    LAWS_AR,
    NOT_YET_AR,
    PARTICLES_AR,
    PRONOUN_PARTICLES_AR,
    QUOTED_FROM_AR,
    REFUSES_AR,
    TAKES_LAM,
    UPON_AR,
)
from assistant.speech.placing_ar import OBJECTS_AR, is_below, tells_again
from assistant.speech.reporting_ar import (
    ASKS_HIM_AR,
    BARE_SAY_AR,
    DESCRIBES_AR,
    IMPERFECT_AR,
    NEEDED_AR,
    NOT_DENIED_AR,
    PASSIVE_AR,
    REVEALS_AR,
    SAID_IT_AR,
    SAY_AR,
    SAYING_AR,
    SO_SAYING_AR,
    TAKES_BI,
    TAKES_NOUN_AR,
    TAKES_OBJECT_AR,
    TELLS_AR,
    THAT_AR,
    WEAK_SAY_AR,
)
from assistant.speech.reports import COMMA, MARKS_SPEECH, Report
from assistant.speech.speaker_ar import speaker_end
from assistant.speech.speaker_before_ar import AUXILIARY_AR, antecedent, speaker_before, topic_before
from assistant.speech.subject_after_ar import is_told_by_nobody, is_told_by_thing, says_he, subject_after
from assistant.speech.subject_ar import (
    find_document,
    find_publisher,
    who_many,
    written_before,
)
from assistant.speech.verbs_ar import (
    RELATIVES_AR,
    is_found_by_nobody,
    is_many,
    is_mine,
    may_report,
    opens_speech,
    past_beside,
    reports_noun,
    says_more,
    tells_nothing,
)
from assistant.words.lexicon import folded
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

FARTHEST_DESCRIBED = 7
"""Words between a verb of describing and «بأنه» after its object."""

NEAR_MARK = 5
"""Words after «الذي قال» within which a mark opens what is said."""

LONGEST_HEADING = 4
"""Words before the colon after which a headline goes on: أزمة المهاجرين: الصحف تتهم فرنسا."""

_ABOUT = fold_text("عن")
_TONGUE = fold_text("لسان")
_PAUSE = re.compile("[،,:.؛]")
_BY = re.compile(r"ب\w{3}")
_AS_WHAT = "حسبما"
_HIS_SAYING = folded("قوله قولها قولهم")
_AS_IT = folded("بأنه بأنها بأنهم")
_ONE_WHO = folded("الذي التي")
_THIS = "هذا"
_OWN_COUNTRY = [["بلاده"], ["بلادها"], ["بلادهم"]]
_ALTHOUGH = folded("إلا غير بيد كما")

_HEARSAY = folded("يقال ويقال قيل وقيل يروى ويروى يحكى ويحكى")
_FRONTED = folded("""
    وفي في وخلال خلال وعن وحول وبشأن وبخصوص وردا ردا وتعليقا تعليقا وعلى وفيما وعند عند ولدى عندما وعندما حين وحين
    حينما لما ولما
""")
"""Words of time, place or topic in which a sentence may begin whose verb has no subject: وفي تصريح للصحافة أكد أن."""


MAY_REPORT_AR = frozenset(
    joined + word
    for word in (
        *SAY_AR,
        *SAYING_AR,
        *SAID_IT_AR,
        *ASKS_HIM_AR,
        *LEARNS_AR,
        *THE_SAYING_AR,
        *ATTRIBUTION_AR,
        *QUOTED_FROM_AR,
        *TELLS_HIM_AR,
        *CAME_AR,
        *OF_SAYING_AR,
        *HANDS_ON_AR,
        _TONGUE,
        *(verb + ending for verb in TAKES_OBJECT_AR for ending in OBJECTS_AR),
    )
    for joined in ("", "و", "ف")
)
"""Every word that may report: the others, most of a text, are not looked at twice."""


def find_report(run: WordRun, number: int) -> Report | None:
    """Return the report that a word of an Arabic sentence, one of `MAY_REPORT_AR`, makes; None where it makes none."""
    word = run.folded[number]
    before = run.folded[number - 1] if number else ""
    if tells_again(word) or without_and(word) in TELLS_HIM_AR:
        return find_with_object(run, number, before)
    if word in ATTRIBUTION_AR or (word == _TONGUE and before == UPON_AR):
        return _find_attribution(run, number, before)
    if word in THE_SAYING_AR and (report := saying_of(run, number)):
        return report
    if word in QUOTED_FROM_AR and (word in _HIS_SAYING or says_more(run, number, word)):
        report = quoted_from(run, number)
        return report or (find_nominal(run, number, word) if word in HIS_NOMINAL_AR else None)
    if (noun := without_and(word)) in OF_SAYING_AR and (report := find_nominal(run, number, noun)):
        return report
    if without_and(word) in LEARNS_AR:
        return learnt_from(run, number)
    if without_and(word) in HANDS_ON_AR:
        return handed_on(run, number)
    if (word in SAYING_AR or without_and(word) in SAYING_AR) and says_on(run, number):
        return Report(number, number, number, nested=False)
    report = came_in(run, number) or _find_plain(run, number, before)
    if report is None or not report.named:
        return report
    word = run.folded[report.first]
    lone = report.last == report.first + 1 and word in ABSTRACT_AR | SHARES_AR
    return None if lone or word.removeprefix("ال") in LAWS_AR else report


def _find_plain(run: WordRun, number: int, before: str) -> Report | None:
    """Find who speaks by a verb without an object joined: قال لافروف."""
    word = run.folded[number]
    verb = word if word in SAY_AR else without_and(word)
    if verb not in SAY_AR or is_found_by_nobody(run, number, verb):
        return None
    within = run.folded[number + 1 : number + 3]
    if before in RELATIVES_AR and within[:1] and within[0] in IN_IT_AR and opens_speech(run, number + 2, verb):
        return Report(number, *find_document(run, number), nested=False)
    by = verb in TAKES_BI and any(map(_BY.match, run.folded[number + 1 : number + 2]))  # not «بها»
    quotes = verb in BARE_SAY_AR and _is_quoted_after(run, number)
    nouns = before in RELATIVES_AR and verb in TAKES_NOUN_AR and not (verb in NEEDED_AR or verb in REFUSES_AR)
    noun = nouns and reports_noun(run, number + 1)
    by = by or (verb in DESCRIBES_AR and any(word.startswith("ب") for word in run.folded[number + 1 : number + 5]))
    if before in RELATIVES_AR and (by or noun or quotes or says_more(run, past_beside(run, number), verb)):
        return _find_relative(run, number, verb)
    told = verb in TELLS_AR and as_start(run, number) < number
    told = told or (before == _THIS and verb != word)  # هذا وأكدت مصادر
    governed = before in GOVERNS_NOUN_AR and not (
        told or (before in NOT_YET_AR and verb in NOT_DENIED_AR) or run.gaps[number].strip()
    )
    return None if governed or is_mine(run, number) else _find_verb(run, number, verb, before)


def _is_quoted_after(run: WordRun, number: int) -> bool:
    """Tell whether a mark opens what «الذي قال» tells, at once or after a topic: الذي قال عن الملعب: «...»."""
    if number + 1 >= len(run.words) or MARKS_SPEECH.search(run.gaps[number + 1]):
        return number + 1 < len(run.words)
    topic = run.folded[number + 1] in BESIDE_AR or run.folded[number + 1] == _ABOUT
    return topic and any(MARKS_SPEECH.search(gap) for gap in run.gaps[number + 2 : number + NEAR_MARK])


def _find_attribution(run: WordRun, number: int, before: str) -> Report | None:
    """Find who speaks in «بحسب لافروف», «وفقا لما ذكره لافروف» and «وفقا لـ"رويترز"»."""
    says = (before in SAY_AR or without_and(before) in SAY_AR) and not before.endswith("يا")
    if says and not run.is_quoted(number - 1):
        return None  # قال، وفقا لوكالة الأنباء: …
    if before in THAT_AR:
        return None  # أوضح أنه، طبقا للأمر
    following = run.folded[number + 1] if number + 1 < len(run.words) else ""
    if following in HIS_WORDS_AR:
        return Report(number, number, number, nested=False)
    if run.folded[number] == EXTENT_AR:
        said = following in SAYINGS_AR and before == UPON_AR and may_speak(run, number + 2)
        last = speaker_end(run, number + 2, attributed=True) if said else number
        return named_report(number, number + 2, last, nested=False)  # على حد قول لافروف, not إلى حد كبير
    if run.folded[number] == _AS_WHAT:
        return as_published(run, number)
    if following in WHAT_AR and number + 3 < len(run.words):
        return as_told(run, number)
    if following == "ل" and run.folded[number] in TAKES_LAM and number + 2 < len(run.words):
        return named_report(number, number + 2, run.after_quoted_name(number + 2), nested=False)
    if not may_speak(run, number + 1):
        return None
    last = name_after_place(run, number + 1, speaker_end(run, number + 1, attributed=True))
    last += last < len(run.words) and run.folded[last] in SELF_AR
    return named_report(number, number + 1, last, nested=False)


def _find_relative(run: WordRun, number: int, verb: str) -> Report | None:
    """Find who speaks in «لافروف الذي أكد أن» and «المشاركون الذين أكدوا أن»."""
    if verb in PASSIVE_AR:
        return None
    many = run.folded[number - 1].endswith("ين")
    first, last = who_many(run, number - 1) if many else antecedent(run, number - 1)
    which = run.folded[number - 1].removeprefix("و")
    if (which == "التي") != says_she(verb) and which in _ONE_WHO and not is_many(verb):
        return Report(number, number, number, nested=False)  # المعدات التي أشار إلى نقصها
    if first == last or not may_name(run, first):
        return None
    if not ABSTRACT_AR.isdisjoint(run.folded[first:last]):
        return None  # المثل الذي يقول
    return Report(number, first, last, nested=False)


def _find_verb(run: WordRun, number: int, verb: str, before: str) -> Report | None:
    if tells_nothing(run, number, verb, before):
        return None
    joined = verb != run.folded[number]
    weak = verb in WEAK_SAY_AR
    if not (joined or weak) and verb in IMPERFECT_AR - PASSIVE_AR and (headline := _headline(run, number, verb)):
        return headline
    opening, last = subject_after(run, number, verb, before)
    # «وقال» with a speaker of its own stands beside the verb before it, wherever «أن» stands.
    nested = is_below(run, number) and not (joined and (last > opening or verb not in IMPERFECT_AR))
    nested = nested and not (verb in NOT_DENIED_AR and before in NOT_YET_AR and COMMA.search(run.gaps[number - 1]))
    if not may_report(run, number, verb, last) or is_told_by_nobody(run, number, verb):
        return None
    if last == opening and before in RELATIVES_AR:
        return None  # the words before «الذي» would have to name who says it
    if last > opening:
        begins = (
            joined
            or number <= 3
            or before in CLAUSES_AR
            or bool(_PAUSE.search(run.gaps[number]))
            or as_start(run, number) < number
        )
        return Report(number, opening, last, nested) if begins or not weak else None
    if verb in BARE_SAY_AR and (report := find_narrated(run, number, before, nested=nested)):
        return report
    if before in BUT_HE_AR:
        return _go_on(run, number, verb, before, nested=nested)
    if opening > number + 1 and run.folded[number + 1] in IN_IT_AR:
        return Report(number, *find_publisher(run, number), nested)
    return _find_after_subject(run, number, verb, before, nested=nested)


def _find_after_subject(run: WordRun, number: int, verb: str, before: str, *, nested: bool) -> Report | None:
    """Find who speaks by a verb after its subject, «لافروف قال», or who goes on by one without a subject."""
    joined = verb != run.folded[number]
    if not joined and says_more(run, number, verb) and (writing := written_before(run, number)):
        return Report(number, *writing, nested)
    first, end = topic_before(run, number) if joined or before == "فقد" else speaker_before(run, number)
    if (
        verb in REVEALS_AR
        and not says_more(run, number, verb)
        and first < end
        and not any(is_party(word) or is_known(word) for word in run.folded[first:end])
    ):
        return None  # قصة تكشف أخطار الحرب
    if verb in IMPERFECT_AR and first < end and is_told_by_thing(run, first, number, verb):
        return None  # عروض المتمردين تؤكد حقيقة
    set_off = run.folded[0] in _FRONTED and verb in BARE_SAY_AR and bool(COMMA.search(run.gaps[number]))
    if set_off and number + 1 < len(run.words) and MARKS_SPEECH.search(run.gaps[number + 1]):
        return _go_on(run, number, verb, before, nested=nested)  # وعن الأسعار، قال: «...»
    if run.folded[first:end] in _OWN_COUNTRY:
        return None  # whose, is not said here
    if any(word[0].isalpha() for word in run.folded[first:end]):
        noun = verb == STUDENT_AR and not says_more(run, number, verb)
        return None if noun else Report(number, first, end, nested)
    return _go_on(run, number, verb, before, nested=nested)


def _go_on(run: WordRun, number: int, verb: str, before: str, *, nested: bool) -> Report | None:
    """Return the report of a verb whose subject the sentence does not name, where it carries the last speaker on."""
    if says_he(run, number):
        return Report(number, number, number, nested)
    more = says_more(run, past_beside(run, number), verb)
    joined = verb != run.folded[number]
    heard = after_addressee(run, number + 1)
    marked = heard < len(run.words) and bool(MARKS_SPEECH.search(run.gaps[heard]))
    marked = marked or (heard < len(run.words) and run.folded[heard] in SO_SAYING_AR)
    described = verb in DESCRIBES_AR and not _AS_IT.isdisjoint(run.folded[number + 1 : number + FARTHEST_DESCRIBED])
    described = described or (joined and verb in {"شكر", "شكرت"} and run.is_definite(number + 1))  # وشكر اللاعبين على
    more = more or described or (heard < len(run.words) and run.folded[heard] in THAT_AR)
    if joined and number > 1 and verb in IMPERFECT_AR and not (more or marked):
        return None  # صور تمجد القتال وتشيد به
    though = before in PRONOUN_PARTICLES_AR and number > 1 and run.folded[number - 2] in _ALTHOUGH
    though = though or before in BUT_HE_AR or (before in PRONOUN_PARTICLES_AR and run.folded[number - 2] in _HEARSAY)
    fronted = (more or marked) and run.folded[0] in _FRONTED
    not_yet = before in NOT_YET_AR and verb in NOT_DENIED_AR
    carries_on = joined or not_yet or before in PARTICLES_AR | AUXILIARY_AR or number == 0 or though or fronted
    plain = verb in WEAK_SAY_AR and verb not in NEEDED_AR and not (more or marked)
    return Report(number, number, number, nested and not though) if carries_on and not plain else None


def _headline(run: WordRun, number: int, verb: str) -> Report | None:
    """Find who speaks where nothing else stands before a verb, as in headlines: «الخطوط اليمنية تعلن بدء رحلاتها»."""
    following = run.folded[number + 1 : number + 2]
    if verb in BARE_SAY_AR and following and is_party(following[0]):
        return None  # تضيق أخلاقنا يقول الشاعر
    alone = not any(COMMA.search(gap) for gap in run.gaps[1 : number + 1])
    first = speaker_before(run, number)[0]
    opens = first == 0 or (first < min(number, LONGEST_HEADING + 1) and ":" in run.gaps[first])
    named = alone and opens and number > 0 and GOVERNS_NOUN_AR.isdisjoint(run.folded[:number])
    return Report(number, first, number, nested=False) if named else None
