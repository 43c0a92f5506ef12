"""Where the words begin that an Arabic report reports, and whether they may stand before it. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.asides_ar import (
    HOPES_AR,
    PREPOSITIONS_AR,
    after_asides,
    after_attribution,
    after_beside,
    after_of,
    governs_noun,
)
from assistant.speech.blessings_ar import HONOURED_AR
from assistant.speech.joined_ar import TELLS_HIM_AR, told_start
from assistant.speech.narration_ar import THE_SAYING_AR
from assistant.speech.nouns_ar import is_action, is_boundary, is_masdar, is_owned, is_shaped, without_and
from assistant.speech.particles_ar import (
    ATTRIBUTION_AR,
    BESIDE_AR,
    ENDS_NOUN_AR,
    EXTENT_AR,
    REFUSES_AR,
    REFUSING_AR,
    TO_SAY_AR,
    UPON_AR,
)
from assistant.speech.reporting_ar import (
    BARE_SAY_AR,
    COMPLEMENTS_AR,
    EXPLAINS_AR,
    GOVERNED_AR,
    SAY_AR,
    SAYING_AR,
    TAKES_BI,
    TAKES_NOUN_AR,
    THAT_AR,
)
from assistant.speech.reports import COLON, COMMA, FARTHEST_THAT, MARKS_SPEECH, OPENS_QUOTATION
from assistant.speech.said_end_ar import PARTICLES
from assistant.speech.said_object_ar import FARTHEST_NEED, LED_BY, object_opening, past_particle, start_at
from assistant.speech.verbs_ar import RELATIVES_AR
from assistant.words.lexicon import BODIES_AR, folded
from index.statement import Stance
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import Report, WordRun

LONGEST_TITLE = 2
"""Words of a quotation that is a name where nothing else tells."""

FARTHEST_CLAUSE = 10
"""Words between a preposition that opens an aside and the «أن» after it."""

NEAR_BRACKETS = 8
"""Words after brackets among which a mark or «أن» tells that they hold no speech."""

NEAR = 3
"""Words between a speaker and the preposition that a verb governs, where a noun might have begun before it."""


_FROM = fold_text("من")
_IN = fold_text("في")
_DASHED = re.compile("[-–—ـ]")
_STOP = re.compile("[.؛]")

_WHO_IS = folded("وهو وهي")


_OPENS_BEYOND = (THAT_AR | PARTICLES) - folded("وأن")
_AND_THAT = folded("وأن")
"""A particle that goes on with what another word opened: تحدث عن فرار المتمردين، وأن."""


_NEEDS = folded("بضرورة بأهمية بوجوب بعدم")
"""Nouns that «على» and the hearers may stand before: شدد على المقاولين بضرورة."""


_THE_SAYING = "القول"
_SAID_THAT = [["ان"], ["بان"]]
_THIS_DAY = [fold_text("لهذا"), fold_text("اليوم")]
_WHERE = "حيث"
_NAMED_BY = BODIES_AR | folded("ل إلى في من عن على صحيفة لصحيفة وكالة لوكالة قناة لقناة برنامج موقع")
"""Words after which a name stands in quotation marks."""

_BEFORE_TIME = folded("بعد قبل منذ دون إلا حتى")
"""Words before «أن» that open a clause of time and nothing that is said."""

_TITLED = folded("بعنوان عنوان عنوانها عنوانه المعنونة المعنون اسم باسم مسمى بمسمى المسماة المسمى شعار")
"""Words before a name in quotation marks."""
_REFUSING = REFUSES_AR | REFUSING_AR
_HIS = folded("له لها لهم")


def find_opening(run: WordRun, report: Report, end: int, right: int) -> tuple[int, bool]:
    """Return where what is reported after a report begins, and whether a mark or a particle opens it."""
    if report.verb == COLON:
        return end, True
    number, limit = report.ends, sum(word.start < right for word in run.words)
    verb = run.folded[report.verb]
    if verb == EXTENT_AR:
        return right, False  # على حد قول لافروف: what he said stands before
    if verb in ATTRIBUTION_AR:
        return start_at(run, after_attribution(run, number, limit), limit, right), False
    verb = verb if verb in SAY_AR or verb in SAYING_AR else without_and(verb)
    if verb in _REFUSING and number < limit and run.folded[number] in TO_SAY_AR:
        return right, True
    number = after_asides(run, verb, number, limit)
    of = number == report.ends and report.first > report.verb
    if of and verb in TAKES_NOUN_AR and SAY_AR.get(verb) is not Stance.DEMANDED and GOVERNED_AR.get(verb) != _FROM:
        number = after_of(run, number, limit)
    if number < limit and (verb in BARE_SAY_AR or verb in THE_SAYING_AR) and _opens_in_brackets(run, number, limit):
        return run.words[number].start - len(run.gaps[number]) + run.gaps[number].index("("), True
    if number < limit and (start := object_opening(run, report, verb, number, limit)) is not None:
        return start, True
    if verb in TELLS_HIM_AR and number < limit and run.folded[number] not in THAT_AR:
        begins = told_start(run, number)
        return run.words[begins].start if begins < limit else right, True
    opening = _marked_opening(run, verb, number, limit, right)
    if opening is not None:
        return opening, True
    return _bare_opening(run, verb, number, limit, right), False


def _opens_in_brackets(run: WordRun, number: int, limit: int) -> bool:
    """Tell whether brackets that open before a word hold what is said: nothing after them marks that."""
    if "(" not in run.gaps[number]:
        return False
    closes = next((at for at in range(number + 1, limit + 1) if ")" in run.gaps[at]), limit)
    near = range(closes, min(closes + NEAR_BRACKETS, limit))
    if run.folded[number - 1] in HONOURED_AR:
        return closes > number + 1  # قول الله (...)
    marked = any(run.folded[at] in THAT_AR or MARKS_SPEECH.search(run.gaps[at]) for at in near)
    return not marked and closes > number + 1


def _bare_opening(run: WordRun, verb: str, number: int, limit: int, right: int) -> int:
    """Return where what is said begins after a verb that nothing marks: أعلن الانسحاب, قال لا."""
    if verb in EXPLAINS_AR and number < limit and is_action(run, number):
        return run.words[number].start
    if verb not in TAKES_NOUN_AR and verb not in BARE_SAY_AR:
        return right
    if number < limit and (opens := after_beside(run, number, limit)) < limit:
        number = opens
    elif verb in BARE_SAY_AR and number < limit and run.folded[number] in BESIDE_AR:
        return right  # قال في بيان، محذرا
    if number < limit and run.folded[number].startswith("بال") and verb not in TAKES_BI:
        near = range(number + 1, min(limit, number + NEAR + 1))
        number = next((at for at in near if is_action(run, at) and not run.is_definite(at)), number)
    while number < limit and run.folded[number] in PREPOSITIONS_AR and SAYING_AR.get(verb) is not Stance.ASKED:
        number += 1
    if number < limit and run.folded[number] == _WHERE:
        return right
    return start_at(run, number, limit, right)


def _marked_opening(run: WordRun, verb: str, first: int, limit: int, right: int) -> int | None:
    """Return where a colon, a quotation, a particle, the verb's preposition or a noun of saying opens what is said."""
    quotation = _find_quotation(run, verb, first, limit, right)
    for number in range(first, min(limit, first + FARTHEST_THAT)):
        start, gap, word = run.words[number].start, run.gaps[number], run.folded[number]
        if ":" in gap:
            alone = word in PARTICLES and not OPENS_QUOTATION.search(gap)
            return run.words[number].end if alone else start - len(gap) + gap.index(":") + 1  # قال: إن
        opened = (word in THAT_AR or word in PARTICLES) and (word not in _AND_THAT or number == first)
        if opened and run.folded[number - 1] not in _BEFORE_TIME:
            return past_particle(run, number)
        if number > first and verb in TAKES_NOUN_AR and _is_action_after(run, first, number):
            return start
        if number > first and word in ENDS_NOUN_AR and verb in TAKES_NOUN_AR:
            return None  # أعلن استقالته بعدما تبين أن
        if number == first and word == "ما":
            return start  # أكد ما جاء في
        if quotation is not None and start > quotation:
            return _quotation_opening(run, verb, first, number, quotation)
        opens = _noun_opening(run, verb, first, number, limit)
        if opens is not None:
            return _governed_opening(run, verb, first, number, opens, limit)
        if (
            number > first
            and gap != "."
            and _STOP.search(gap)
            and not run.is_quoted(number)
            and len(run.folded[number - 1]) > 1
        ):
            return None
    return None


def _quotation_opening(run: WordRun, verb: str, first: int, number: int, quotation: int) -> int:
    """Return where what is said begins of which a quotation is a part, or the whole: at it, or at a noun before."""
    beside = after_beside(run, first, number)
    names = run.folded[first] in RELATIVES_AR or verb not in TAKES_NOUN_AR | BARE_SAY_AR
    names = names or (verb in BARE_SAY_AR and run.folded[first] in PREPOSITIONS_AR | _WHO_IS)
    return quotation if beside == number or names else run.words[beside].start


def _clause_beyond(run: WordRun, first: int, number: int, limit: int) -> int | None:
    """Return the number of the «أن» after an aside that a preposition opens: عبر حسابه على «تويتر» أمس أن."""
    aside = run.folded[first] in BESIDE_AR - {_FROM}
    for at in range(number + 1, min(limit, number + FARTHEST_CLAUSE)):
        if run.folded[at] in _OPENS_BEYOND:
            closes = aside or bool(COMMA.search(run.gaps[at]))
            return at if closes and run.folded[at - 1] not in COMPLEMENTS_AR | _BEFORE_TIME | {UPON_AR} else None
        if _STOP.search(run.gaps[at]) or run.folded[at] in SAY_AR:
            break
    return None


def _governed_opening(run: WordRun, verb: str, first: int, number: int, opens: int, limit: int) -> int:
    """Return where what is said begins, of which a noun could begin at `opens`, after a preposition at a word.

    Far from the speaker the preposition may belong to the speaker's office, and «أن» opens a clause after it, or to a
    noun that began right after the speaker.
    """
    if (clause := _clause_beyond(run, first, number, limit)) is not None:
        return past_particle(run, clause)
    own = is_owned(run, first) and is_shaped(run.folded[first])
    named = own or (run.is_definite(first) and is_masdar(run, first))
    if number == first + 1 and verb in TAKES_NOUN_AR and named:
        return run.words[first].start  # أكد لافروف الاتفاق على لقاء, مؤكدا تفوقه على
    if number > first + 1 and run.folded[first] not in BESIDE_AR:
        clause = next((at for at in range(number, limit) if _opens_clause(run, at)), None)
        if clause is not None:
            return run.words[clause].end
        if verb in TAKES_NOUN_AR and own:
            return run.words[first].start  # أعلن استقالته تحملا للمسؤولية عن
        if number > first + NEAR and verb in TAKES_NOUN_AR:
            noun = any(is_action(run, at) or is_owned(run, at) for at in (first, first + 1))
            return run.words[first if noun else opens].start
    return run.words[opens].start


def _is_action_after(run: WordRun, first: int, number: int) -> bool:
    """Tell whether an action begins what is said after a place or a day: أعلن في عمان يوم الجمعة إطلاق حملة."""
    ended = run.folded[number - 1].startswith("ال") or run.folded[number - 1] in BESIDE_AR - PREPOSITIONS_AR
    ended = ended or run.folded[number - 1] in _HIS or bool(_DASHED.search(run.gaps[number]))
    if run.folded[first] not in BESIDE_AR - {_FROM} or not ended or run.is_definite(number):
        return False
    dated = run.folded[number - 2 : number] == _THIS_DAY or bool(_DASHED.search(run.gaps[number]))
    return is_action(run, number) or (
        dated and run.folded[number] not in BESIDE_AR and not is_boundary(run.folded[number])
    )


def _opens_clause(run: WordRun, number: int) -> bool:
    """Tell whether a particle opens what is said, and no clause of a noun like «أهمية أن»."""
    return run.folded[number] in PARTICLES and run.folded[number - 1] not in COMPLEMENTS_AR | _BEFORE_TIME


def _noun_opening(run: WordRun, verb: str, first: int, number: int, limit: int) -> int | None:
    """Return the number of the word that opens what is said as a noun, where a word tells that; None where not."""
    word = run.folded[number]
    if word == GOVERNED_AR.get(verb) and governs_noun(run, number, limit):
        if run.folded[number + 1] == _THE_SAYING and run.folded[number + 2 : number + 3] in _SAID_THAT:
            return min(number + 3, limit - 1)  # ذهب إلى القول إن
        near = range(number + 1, min(limit, number + FARTHEST_NEED))
        return next((at for at in near if word == UPON_AR and run.folded[at] in _NEEDS), number + 1)
    if word in HOPES_AR and run.folded[number + 1 : number + 2] == [_IN] and governs_noun(run, number + 1, limit):
        return number + 2  # أعرب عن أمله في الحوار
    set_off = number == first or run.folded[first] in BESIDE_AR or bool(COMMA.search(run.gaps[number]))
    if word in COMPLEMENTS_AR and set_off:
        return number
    if word in LED_BY and not THAT_AR.isdisjoint(run.folded[number + 1 : number + NEAR_BRACKETS]):
        return None  # طالب الجهاز الفني بقيادة المدرب بأن
    return number if verb in TAKES_BI and word.startswith("ب") and len(word) > len("به") else None


def _find_quotation(run: WordRun, verb: str, first: int, limit: int, right: int) -> int | None:
    """Return where the first quotation after a report opens that is no name, as in «في تصريح لـ«الحياة» إن»."""
    for opens in run.quotations_from(run.words[first - 1].end, right):
        number = next((at for at in range(first, limit) if run.words[at].start > opens), limit)
        after = run.after_quoted_name(number) if number < limit else number
        if run.folded[number - 1] in _TITLED and not THAT_AR.isdisjoint(run.folded[number : number + FARTHEST_THAT]):
            continue  # دراسة بعنوان «...» إلى أن
        if after == number or ":" in run.gaps[number]:
            return opens
        later = range(after, min(limit, after + FARTHEST_THAT))
        bare = verb in BARE_SAY_AR and after - number > 1 and run.folded[number - 1] not in _NAMED_BY
        ends = bare and COMMA.match(run.gaps[after].lstrip('"”»“ '))
        if ends and not any(":" in gap for gap in run.gaps[after : min(limit, after + FARTHEST_CLAUSE)]):
            return opens  # قال لافروف "الحوار مستمر"، وإن
        if any(
            run.folded[at] in THAT_AR or run.folded[at] == GOVERNED_AR.get(verb) or OPENS_QUOTATION.search(run.gaps[at])
            for at in later
        ):
            continue
        if number == first or after - number > LONGEST_TITLE:
            return opens
    return None
