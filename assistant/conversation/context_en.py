"""An English question taken apart for those that follow it up. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.context import Context, Run, is_event, may_speak
from assistant.questions.question import Kind, read_question
from assistant.words.lexicon import folded
from assistant.words.verbs_en import (
    DETERMINERS,
    PREPOSITIONS,
    find_verb,
    is_base,
    is_participle,
    is_past,
    participle,
    past,
)
from index.text import fold_text

LED = re.compile(r"^(?:(?:and|but|so|also|then|ok|okay|well|now|or)\b,?\s+)+", re.IGNORECASE)
"""What joins a question to the one before."""

AUXILIARIES = folded("did does do is are was were has have had will would can could should")
_BE = folded("is are was were")
ASKERS = folded("when where why how what which who whom whose")
"""Words that a question begins with."""


_TELLING = (
    "say said tell think state comment commented mention express describe respond responded react reacted answer "
    "answered reply replied speak talk write stress agree disagree "
    "explain announce add note predict promise warn suggest want expect believe see view call assess"
)
_SAYING_NOUNS = (
    "position stance views? opinion statements? reaction response comments? message remarks words verdict assessment "
    "answer reply criticism warnings? claims? demands?"
)
SAYING = re.compile(
    rf"\b(?:(?P<verb>{'|'.join(_TELLING.split())})|(?P<noun>{'|'.join(_SAYING_NOUNS.split())}))\b", re.IGNORECASE
)
"""The words that ask for somebody's words rather than for what they did."""

_ABOUT = re.compile(r"\s(?:about|regarding|concerning)\s+", re.IGNORECASE)
_LINK = re.compile(r"\s+(?:(?:about|on|to|with|of|towards?|over|for|regarding|concerning)\s+)?", re.IGNORECASE)
_CAUSES = folded("caused triggered sparked")
_WHEN = re.compile(r"^(?:when|after)\s+", re.IGNORECASE)
_HEAD_OF = re.compile(
    r"^(?:the )?(?:\w+ )?(?:causes?|reasons?|outcome|results?|toll|number|aim|goal|purpose|motive|date|details|"
    r"effects?|consequences|origins?|terms|cost|price|price tag)\s+(?:of|for|behind)\s+"
)


def read_context(text: str) -> Context:
    """Take an English question that stands alone apart; raises QuestionError where it cannot be worked on."""
    question = read_question(text)
    plain = Context(LED.sub("", " ".join(question.text.split())).rstrip(" ?؟!."), "en")
    if question.kind is Kind.SAID and question.speaker:
        found = _read_said(plain, question.speaker)
        if found:
            return found
    return _read_event(plain)


def _read_said(plain: Context, speaker: str) -> Context | None:
    start = plain.text.find(speaker)
    end = start + len(speaker)
    before, after = plain.text[:start], plain.text[end:]
    match = SAYING.search(after) or (SAYING.search(before) if before.endswith(" of ") else None)
    if start < 0 or match is None:
        return None
    saying = match.group().lower()
    tail = end + (match.end() if match.string is after else 0)
    about = _ABOUT.search(plain.text, tail)
    link = about or _LINK.match(plain.text, tail)
    topic = (link.end(), len(plain.text)) if link and link.end() < len(plain.text) else None
    found = replace(plain, said=True, saying=saying, speaker=(start, end), topic=topic)
    happened = _WHEN.match(plain.text[topic[0] :]) if topic else None
    if topic and happened:  # an answer to an event: «How did Moscow respond when …»
        return replace(found, topic=None, clause=plain.text[topic[0] + happened.end() :])
    return found


def _read_event(plain: Context) -> Context:
    words = plain.text.split()
    small = [word.lower() for word in words]
    asking = next((place for place, word in enumerate(small[:2]) if word in ASKERS), None)
    if asking is None:
        if small[0] not in AUXILIARIES:
            return replace(plain, topic=(0, len(plain.text)))
        return _inverted(plain, words, 0, [])
    auxiliary = next((place for place in range(asking + 1, min(6, len(words))) if small[place] in AUXILIARIES), None)
    counted = _counted(words, small, auxiliary)
    if auxiliary is not None:
        verb_first = auxiliary + 1 < len(words) and is_participle(small[auxiliary + 1])
        who = small[asking] in {"who", "what", "which"} and auxiliary > asking
        if verb_first and (counted or who):
            return _who_was(plain, words, auxiliary, counted)
        if not any(is_past(word) for word in small[asking + 1 : auxiliary]):
            return _inverted(plain, words, auxiliary, counted)
    return _who_did(plain, words, asking, counted)


def _counted(words: list[str], small: list[str], auxiliary: int | None) -> list[str]:
    """Return what «how many» counts."""
    if small[:2] not in (["how", "many"], ["how", "much"]):
        return []
    end = auxiliary if auxiliary is not None else next((at for at in range(3, len(words)) if is_past(small[at])), 3)
    return words[2:end]


def _inverted(plain: Context, words: list[str], auxiliary: int, counted: list[str]) -> Context:
    """Read «… did SUBJECT VERB …» and «… was SUBJECT …»."""
    helper, rest = words[auxiliary].lower(), words[auxiliary + 1 :]
    if not rest:
        return plain
    start = _offset(words, auxiliary + 1)
    inverted = " ".join([helper, *rest, *counted])
    place = find_verb(rest, participles=helper not in {"did", "does", "do", "will", "would", "can", "could", "should"})
    if helper in _BE and place is None:
        head = _HEAD_OF.match(plain.text[start:])
        topic = (start + (head.end() if head else 0), len(plain.text))
        return replace(plain, topic=topic, speaker=topic if words[0].lower() == "who" else None, passive=True)
    if place is None:
        clause = " ".join([*rest, *counted])
        return replace(plain, topic=(start, len(plain.text)), clause=clause, inverted=inverted)
    subject, verb, others = rest[:place], rest[place], [*rest[place + 1 :], *counted]
    predicate = [past(verb)] if helper == "did" else [verb] if helper in {"do", "does"} else [helper, verb]
    at = (start, start + len(" ".join(subject)))
    thing = _complement(rest, place + 1, start, len(plain.text))
    return replace(
        plain,
        speaker=at,
        topic=at if helper in _BE or thing is None else thing,
        clause=" ".join([*subject, *predicate, *others]),
        inverted=inverted,
        passive=helper in _BE and not may_speak(" ".join(subject)),
    )


def _complement(words: list[str], first: int, start: int, end: int) -> Run | None:
    """Return what stands after a verb, without its preposition: code points, `start` being where the words begin."""
    if first < len(words) and words[first].lower() in PREPOSITIONS:
        first += 1
        if is_base(words[first : first + 1]) and words[first - 1] == "to":
            return None
    return (start + _offset(words, first), end) if first < len(words) else None


def _who_was(plain: Context, words: list[str], auxiliary: int, counted: list[str]) -> Context:
    """Read «Who was killed in …» and «How many people were killed in …»."""
    subject = " ".join(counted) or ("someone" if words[0].lower() == "who" else "something")
    helper, rest = words[auxiliary].lower(), " ".join(words[auxiliary + 1 :])
    topic = _complement(words, auxiliary + 2, 0, len(plain.text))
    found = replace(plain, topic=topic, clause=f"{subject} {helper} {rest}", inverted=f"{helper} {subject} {rest}")
    return _with_count(found, counted)


def _with_count(context: Context, counted: list[str]) -> Context:
    """Add what is counted, and let the topic stand for all where it names an event: «the Derna flood»."""
    start = _offset(context.text.split(), 2)
    run = (start, start + len(" ".join(counted))) if counted else None
    return replace(context, counted=run, passive=is_event(context.words(context.topic)))


def _who_did(plain: Context, words: list[str], asking: int, counted: list[str]) -> Context:
    """Read «Who attacked the hall in …» as «the hall was attacked in …», and «How many people died in …»."""
    at = 2 + len(counted) if counted else asking + 1
    if at < len(words) and words[0].lower() == "which":
        at = next((place for place in range(at, len(words)) if is_past(words[place].lower())), at)
    if at >= len(words):
        return plain
    rest = words[at + 1 :]
    if words[at].lower() in _CAUSES and rest:
        return replace(plain, topic=(_offset(words, at + 1), len(plain.text)), passive=True)
    topic = _complement(words, at + 1, 0, len(plain.text))
    cut = next((place for place, word in enumerate(rest) if word.lower() in PREPOSITIONS - {"of"}), len(rest))
    if counted or cut == 0:
        subject = " ".join(counted) or ("someone" if words[0].lower() == "who" else "something")
        clause = " ".join([subject, *words[at:]])
        found = replace(plain, topic=topic, clause=clause, inverted=f"was it that {clause}")
        return _with_count(found, counted)
    thing, adjuncts = rest[:cut], rest[cut:]
    helper, done = ("were" if _is_plural(thing) else "was"), participle(words[at].lower())
    found = replace(
        plain,
        topic=topic and (topic[0], topic[0] + len(" ".join(thing))),
        clause=" ".join([*thing, helper, done, *adjuncts]),
        inverted=" ".join([helper, *thing, done, *adjuncts]),
    )
    return _with_count(found, [])


def _is_plural(noun_phrase: list[str]) -> bool:
    head = noun_phrase[noun_phrase.index("of") - 1] if "of" in noun_phrase[1:] else noun_phrase[-1]
    return (
        fold_text(head).endswith("s")
        and not head.endswith(("ss", "us", "is"))
        and (head[0].islower() or noun_phrase[0].lower() in DETERMINERS)
    )


def _offset(words: list[str], place: int) -> int:
    return sum(len(word) + 1 for word in words[:place])
