"""The days that a question asks about. Pure.

Only a time that stands for itself counts, at the end of the question, at its beginning, or before what it is about:
"What did Lavrov say in July 2015?". One that belongs to a noun names a thing: "the 2014 World Cup", "the agreement of
12 April 2017".
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.conversation.context import is_event
from assistant.questions.question import Kind, read_question
from assistant.questions.times import TimeReader
from assistant.words.lexicon import ABOUT, folded
from assistant.words.verbs_en import is_participle
from index.text import tokens

if TYPE_CHECKING:
    from assistant.questions.question import Question
    from assistant.questions.times import Period

_ASKERS = folded("""
    what who whom which how why where did does was were is are has have ماذا ما من كم لماذا أين هل كيف بماذا علام
""")
_RELATIVE = folded("that which who whose where الذي التي الذين اللذين اللتين")
_PARTICIPLE_AR = re.compile(r"الم\w+(?<!ي)(?<!يه)(?<!يون)(?<!يين)")
_COMMA = re.compile(r"\s*[,،]")


def find_period(question: Question, today: date, newest: date | None = None) -> Period | None:
    """Return the days that a question asks about, or None; a question for a time has none.

    `today` is what "last week" counts from. A month or day named without its year is the last one up to `newest`, the
    day of the newest article.
    """
    if question.kind is Kind.WHEN:
        return None
    reader = TimeReader(question.text, today, min(today, newest or today))
    phrases = [phrase for phrase in reader.phrases() if _stands_for_itself(phrase, question)]
    if len(phrases) != 1:
        return None
    (period,) = phrases
    rest = period.left_out_of(question.text)
    if not tokens(rest):
        return None
    if (period.first or date.min) > today:
        return None  # what is planned for 2030
    said = Kind.SAID in (question.kind, read_question(rest).kind)  # In July, what did Lavrov say?
    if period.counted and period.first == today and not said:
        return None  # «اليوم» is nowadays, too
    return replace(period, certain=period.counted or (said and not _may_tell_of_an_event(period, question)))


def _may_tell_of_an_event(period: Period, question: Question) -> bool:
    """Tell whether the time may be that of what was spoken of: what did he say about the war in 1967?"""
    before = [word for word in tokens(question.text) if word.end <= period.start]
    return bool(before) and before[-1] in question.terms and is_event(before[-1].text)


def _stands_for_itself(period: Period, question: Question) -> bool:
    """Tell whether words for a time belong to what happened or was said then, and not to a noun."""
    text = question.text
    words = tokens(text)
    after = next((word for word in words if word.start >= period.end), None)
    before = [word for word in words if word.end <= period.start]
    if not before:
        return after is None or bool(_COMMA.match(text, period.end)) or after.text in _ASKERS
    if after is not None and not _COMMA.match(text, period.end) and after.text not in ABOUT:
        return False
    if question.kind is not Kind.SAID:
        return True
    topic = [word for word in before if word in question.terms]
    if not topic:
        return True
    # The agreement signed in May, القمة المنعقدة في مايو, the law that was passed in 2014
    said = [word.text for word in before if word.start >= topic[0].start]
    return not (
        set(said) & _RELATIVE
        or is_participle(said[-1])
        or (len(said) > 1 and said[-2].startswith("ال") and _PARTICIPLE_AR.fullmatch(said[-1]))
    )
