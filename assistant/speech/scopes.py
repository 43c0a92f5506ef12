"""How much of its sentence each report has, beside the others. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech import order_ar, statements_en
from assistant.speech.asides_ar import FARTHEST_SO, SO_AR
from assistant.speech.nouns_ar import as_start, without_and
from assistant.speech.participles_ar import SAYS_ON_AR
from assistant.speech.particles_ar import AS_SAID_AR, ATTRIBUTION_AR, CLAUSES_AR, NOT_YET_AR
from assistant.speech.placing_ar import has_object
from assistant.speech.reporting_ar import BARE_SAY_AR, SAYING_AR, THAT_AR
from assistant.speech.reporting_en import SAYING_EN
from assistant.speech.reports import COLON, COMMA, MARKS_SPEECH
from assistant.speech.verbs_ar import RELATIVES_AR
from assistant.words.lexicon import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.speech.reports import Report, WordRun
    from index.types import Language

FARTHEST_TOPIC = 15
"""Words of a topic before the report on it, at most."""

_TOPICS = folded("وعن وحول وبشأن وبخصوص وحيال وتعليقا وردا وإجابة")
FEWEST_REPORTED = 5
"""Words that an attribution reports before another report opens the next clause, at least."""

_OF_WHICH = RELATIVES_AR | folded("ما لما بما مما عما")
LONGEST_CLOSE = 8
"""Words after an attribution that ends its sentence, at most."""

_MARK = re.compile("[^\\s\\w]")
_TRAILING = re.compile(r"[\s،,]*(?:\b(?:and|but|لكن|ولكن|فيما|بينما|كما|حيث))?[\s،,]*$")
_HIS_WORDS = re.compile(
    r"[\s،,\"»”]*(?:على حد|ب?حسب|وفق) (?:قول|تعبير|زعم|وصف|تأكيد|تصريح|كلام|رأي|إفادت|روايت)(?:ه|ها|هم)[\s.]*$"
)


def scopes(run: WordRun, reports: list[Report], language: Language) -> Iterator[tuple[Report, int, int]]:
    """Give each report its run ``[left, right)`` of the sentence: to the next report beside it, not below it.

    The first one that is not below another has the sentence from its start; an attribution, which may stand at the end
    of what it reports, has all of it.
    """
    for order, report in enumerate(reports):
        closes = language == "ar" and is_attribution(run, report)
        within = all(other.nested or (closes and not _parts(run, other)) for other in reports[:order])
        first = within and not (report.nested or is_participle(run, report))
        closing = language == "en" and not report.nested and statements_en.closes_sentence(run, report)
        closing = closing or (closes and bool(order) and _closes_sentence(run, report))
        closing = closing or (language == "ar" and bool(order) and _is_as_said(run, report))
        left = 0 if first or closing else run.words[report.begins].start
        right = len(run.text)
        resumed = _resumes(run, report)
        opening = closes and _opens_clause(run, report.begins)
        if resumed or opening or not is_attribution(run, report):
            beside = next(
                (
                    other
                    for other in reports[order + 1 :]
                    if not other.nested
                    and other.begins >= report.ends
                    and (language == "en" or _parts(run, other))
                    and (_resumes(run, other) or not (resumed or opening) or _goes_on_beside(run, report, other))
                ),
                None,
            )
            if beside:
                begins = order_ar.subject_start(run, beside) if language == "ar" else beside.begins
                begins -= begins > 0 and run.folded[begins - 1] in NOT_YET_AR  # ولم يخف إعجابه
                right = run.words[_topic_start(run, report.ends, begins)].start
        yield report, left, len(_TRAILING.sub("", _HIS_WORDS.sub("", run.text[:right])))


def is_attribution(run: WordRun, report: Report) -> bool:
    """Tell whether a report is one like «according to»: the one after it may be another speaker's."""
    return report.verb != COLON and run.folded[report.verb] in ATTRIBUTION_AR


def is_participle(run: WordRun, report: Report) -> bool:
    """Tell whether a report is a participle, whose subject is that of the clause before: adding that, مؤكدا أن."""
    if report.verb == COLON:
        return False
    word = run.folded[report.verb]
    return word in SAYING_EN or word in SAYING_AR or without_and(word) in SAYING_AR


def says_bare(run: WordRun, report: Report) -> bool:
    """Tell whether an Arabic report is of a verb after which any words may be what is said: قال, قائلا."""
    word = without_and(run.folded[report.verb]) if report.verb != COLON else ""
    return word in BARE_SAY_AR or word in SAYS_ON_AR


def is_unmarked(run: WordRun, report: Report) -> bool:
    """Tell whether neither «أن» nor a mark stands between a report and the colon that ends its sentence."""
    rest = range(report.ends, len(run.words))
    return not any(run.folded[at] in THAT_AR or MARKS_SPEECH.search(run.gaps[at]) for at in rest)


def _closes_sentence(run: WordRun, report: Report) -> bool:
    """Tell whether an Arabic attribution stands after a comma and all but ends its sentence."""
    begins = order_ar.subject_start(run, report)
    alone = not any(COMMA.search(gap) for gap in run.gaps[begins + 1 : -1])
    return bool(COMMA.search(run.gaps[begins])) and alone and len(run.words) - report.ends <= LONGEST_CLOSE


def _topic_start(run: WordRun, first: int, begins: int) -> int:
    """Return where the topic opens in which the next report's sentence begins: «، وعن الأسعار قال»; or its own word."""
    near = range(max(first + 1, begins - FARTHEST_TOPIC), begins)
    return next((at for at in near if run.folded[at] in _TOPICS and COMMA.search(run.gaps[at])), begins)


def _resumes(run: WordRun, report: Report) -> bool:
    """Tell whether «فإن» resumes what an Arabic attribution reports, so that another such one begins the next."""
    return is_attribution(run, report) and not SO_AR.isdisjoint(run.folded[report.ends : report.ends + FARTHEST_SO])


def _opens_clause(run: WordRun, number: int) -> bool:
    """Tell whether a word opens its sentence, or a clause by «and» after a comma."""
    return not number or (run.folded[number][0] == "و" and bool(COMMA.search(run.gaps[number])))


def _goes_on_beside(run: WordRun, report: Report, other: Report) -> bool:
    """Tell whether another report opens a clause of its own, far enough behind an attribution for what that reports."""
    apart = other.begins - report.ends >= FEWEST_REPORTED
    return apart and other.named and _opens_clause(run, other.begins) and other.begins == other.verb


def _is_as_said(run: WordRun, report: Report) -> bool:
    """Tell whether an Arabic report ends its sentence by «حسبما أفاد» or «على ما أفاد»: all of it is what was said."""
    begins = order_ar.subject_start(run, report)
    opened = begins == report.begins - 2 or (begins < report.begins and run.folded[begins] in AS_SAID_AR)
    return opened and len(run.words) - report.ends <= LONGEST_CLOSE


def _parts(run: WordRun, report: Report) -> bool:
    """Tell whether an Arabic report begins a clause, after a mark or with «and», or lies within another one's."""
    number = report.begins
    if as_start(run, number) < number or _topic_start(run, 0, number) < number:
        return True
    if not number or is_participle(run, report) or _MARK.search(run.gaps[number]):
        return True
    before = run.folded[number - 1] if number else ""
    if before in _OF_WHICH and has_object(run.folded[number]):
        return False  # بالجهاز الذي وصفه بالقوي, بما وصفه بالتقدم
    return run.folded[number][0] in "وف" or before in CLAUSES_AR or (before in NOT_YET_AR and before[0] == "و")
