"""English follow-ups that point back: What did he say about it? Who attended that summit? Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.conversation.context import Context, is_thing, may_speak
from assistant.conversation.context_en import AUXILIARIES, SAYING
from assistant.conversation.cut_short_en import SMALL, at_the_time, complete, ends_cut_short, is_verb, tie
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import folded
from assistant.words.verbs_en import DETERMINERS, PREPOSITIONS, is_base, is_past
from index.text import Token, fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUBJECT = re.compile(
    rf"^(?:(?:[\w-]+ ){{0,4}}?(?P<aux>{'|'.join(sorted(AUXILIARIES))}) )(?P<pronoun>he|she|they|it|this|that)\b",
    re.IGNORECASE,
)
_TELLS_THAT = re.compile(
    r"\b(?:say|said|think|mean(?: by)?|tell|state|do)(?P<that> (?:that|this|it|so))$", re.IGNORECASE
)
_DENIES = re.compile(r"\b(?:deny|confirm|admit|acknowledge|announce|claim|know|mention)$", re.IGNORECASE)
PRONOUNS = folded("he she they him her them his their its it this that these those")
POSSESSIVE = folded("his her their its")
_CLAUSE = folded("when after before while because since if although though which who whose whom where and but")
_RELATIVE = frozenset({"who", "whom", "which", "whose"})
TIMES = folded("""
    year years month months week weeks day days morning evening night afternoon summer winter spring autumn season
    decade century time period moment weekend monday tuesday wednesday thursday friday saturday sunday
""")
_NOT_SAID_BEFORE = re.compile(
    r" (?:why|what|how|where|when|because|who|archive|articles?|program|page|site)\b", re.IGNORECASE
)
"""What follows a «this» or «that» which stands for what comes behind it, or for the program at hand."""
_TRUE = re.compile(
    r"\b(?:is|was) (?:it|this|that) (?:really )?(?:true|correct|false|right|so|confirmed)$", re.IGNORECASE
)
_DEMONSTRATIVE = re.compile(
    r"\b(?:(?P<this>that|this|those|these|the same|such an?)\s+(?P<noun>(?-i:[a-z])[\w-]+)"
    r"|the\s+(?P<known>(?-i:[a-z])[\w-]+)$)",
    re.IGNORECASE,
)


def from_pronouns(text: str, contexts: Sequence[Context]) -> str | None:
    """Return a question with names in the place of words that point back; None where none does."""
    context = contexts[0]
    actor = next((one for one in contexts if one.person), None)
    given, subject = text, _SUBJECT.match(text)
    if _TRUE.search(text):
        return f"{text} what {context.carried(context.speaker, 'en')} said {tie(context)}" if context.said else None
    if subject:
        named = _with_subject(text, subject, context, actor)
        if named is None:
            return None
        text = named
    text = _with_place(text, context)
    told = _TELLS_THAT.search(text)
    if told and (subject or ends_cut_short(text[: told.start("that")])):
        return f"{text[: told.start('that')]} that {tie(context)}".rstrip()
    tail = _with_objects(text, context, actor) or (text == given and _with_demonstratives(text, context))
    if tail:
        return tail
    if subject and subject["pronoun"].lower() in {"he", "she", "they"}:
        return complete(text, context) or text
    return text if subject or text != given else None


def _with_place(text: str, context: Context) -> str:
    """Name the place that «there» stands for."""
    match = re.search(r"(?<!is)(?<!are)(?<!was)(?<!were) there(?=$| (?:in|on|about|at|during)\b)", text)
    topic = context.carried(context.topic, "en")
    if match is None or topic is None:
        return text
    return f"{text[: match.start()]} {'at' if is_thing(topic) else 'in'} {topic}{text[match.end() :]}"


def _with_subject(text: str, subject: re.Match[str], context: Context, actor: Context | None) -> str | None:
    pronoun = subject["pronoun"].lower()
    if pronoun in {"it", "this", "that"}:
        if pronoun != "it" and _is_noun_after(text, subject.end("pronoun")):
            return text
        if _NOT_SAID_BEFORE.match(text, subject.end("pronoun")):
            return None
        if context.happened and not (subject["aux"] in {"is", "are"} and subject.end() == len(text)):
            return f"{text} {at_the_time(context)}"
        name = context.carried(context.topic, "en")
    elif pronoun == "they":
        name = _several(context)
    else:
        name = _name_of(actor)
    if name is None:
        return None
    return text[: subject.start("pronoun")] + name + text[subject.end("pronoun") :]


def _name_of(actor: Context | None) -> str | None:
    """Return the person of an earlier question."""
    return actor.carried(actor.person, "en") if actor else None


def _several(context: Context) -> str | None:
    """Return whom «they» stands for: two persons, or the body or country that spoke."""
    one, other = context.carried(context.speaker, "en"), context.carried(context.topic, "en")
    both = context.person and context.topic and context.topic != context.speaker and may_speak(other or "")
    return f"{one} and {other}" if both else one or other


def _is_noun_after(text: str, place: int) -> bool:
    """Tell whether a demonstrative that ends at a place stands before a noun: that visit, and not that happened."""
    word = next(iter(tokens(text[place:])), None)
    return word is not None and word.text not in SMALL and not is_past(word.text) and not is_base([word.text])


def _with_objects(text: str, context: Context, actor: Context | None) -> str | None:
    """Put names in the place of pronouns that mean nothing within the question."""
    words = tokens(text)
    for place, word in enumerate(words):
        if word.text not in PRONOUNS or place == 0 or _is_bound(words, place):
            continue
        before, after = text[: word.start], text[word.end :]
        following = words[place + 1].text if place + 1 < len(words) else None
        if word.text in {"he", "she"}:
            return _put(before, _name_of(actor), after)
        ends = following is None or following in PREPOSITIONS | _CLAUSE | {"yet", "too", "now"}
        if word.text in POSSESSIVE and not ends:
            return _put(before, owner_of(word.text, context, actor), f"'s{after}")
        if word.text in {"him", "her", "them"} and ends:
            return _put(before, _object(word.text, context, actor), after)
        if word.text in {"it", "this", "that", "these", "those"} and ends and following not in _RELATIVE:
            behind = words[place - 1].text in PREPOSITIONS
            return _with_thing(before, after, context, preposition=behind, demonstrative=word.text != "it")
    return None


def _put(before: str, name: str | None, after: str) -> str | None:
    return f"{before}{name}{after}" if name else None


def _is_bound(words: list[Token], place: int) -> bool:
    """Tell whether a pronoun may stand for something named before it in the question itself."""
    word = words[place]
    before = words[:place]
    if not any(one.text not in SMALL and not is_verb(one.text) for one in before):
        return False
    if word.text in POSSESSIVE | {"he", "she", "they"} or any(one.text in _CLAUSE for one in before[1:]):
        return True
    following = words[place + 1].text if place + 1 < len(words) else None
    # «say it would …»: the subject of a clause is who says it.
    return following is not None and (following in AUXILIARIES or is_past(following))


def owner_of(pronoun: str, context: Context, actor: Context | None) -> str | None:
    """Return whom «his», «her», «their» or «its» stands for."""
    if pronoun == "its":
        speaks = context.speaker and context.said and not may_speak(context.words(context.speaker) or "")
        return context.carried(context.speaker if speaks else context.topic, "en")
    if pronoun == "their":
        return context.carried(context.speaker, "en") or context.carried(context.topic, "en")
    return _name_of(actor)


def _object(pronoun: str, context: Context, actor: Context | None) -> str | None:
    topic = context.words(context.topic)
    if pronoun == "them":
        return context.carried(context.topic or context.speaker, "en")
    if topic and context.said and topic[0].isupper() and not is_entity(fold_text(topic)):
        return context.carried(context.topic, "en")
    return _name_of(actor)


def _with_thing(before: str, after: str, context: Context, *, preposition: bool, demonstrative: bool) -> str | None:
    """Put what the context is about in the place of «it» or «that»."""
    event = context.happened
    denied = _DENIES.search(before.rstrip()) is not None
    topic = context.carried(context.topic, "en")
    if event and preposition:
        return f"{before.rstrip().rpartition(' ')[0]} {at_the_time(context)}{after}"
    if event and denied and context.language == "en":
        return f"{before}that {event}{after}"
    if topic and denied and not is_thing(topic):
        return f"{before}that about {topic}{after}"
    if topic and context.said and demonstrative and not preposition and not is_thing(topic):
        return f"{before}what {context.carried(context.speaker, 'en')} said about {topic}{after}"
    if topic and not (event and context.topic == context.speaker and " was " in event):
        return f"{before}{topic}{after}"
    return f"{before}that {at_the_time(context)}{after}" if context.clause else None


def _with_demonstratives(text: str, context: Context) -> str | None:
    """Put what the context calls so in the place of «that visit», or say behind it what is meant."""
    match = next((one for one in _DEMONSTRATIVE.finditer(text) if _points_back(text, one)), None)
    if match is None:
        return None
    nouns = {word.stem for word in tokens(match["noun"] or match["known"])}
    for run in (context.topic, context.speaker):
        words = context.carried(run, "en") or ""
        named = {word.stem for word in tokens(words) if word.text not in SMALL}
        if nouns & named and not named - nouns & {word.stem for word in tokens(text)}:
            whole = words if words.split()[0].lower() in DETERMINERS or words[0].isupper() else f"the {words}"
            return text[: match.start()] + whole + text[match.end() :]
    if match["known"]:
        return None
    what = context.clause or context.carried(context.topic, "en")
    if what and context.said and not is_thing(what):
        return f"{text[: match.end()]} about {what}{text[match.end() :]}"
    return f"{text[: match.end()]} ({what}){text[match.end() :]}" if what else None


def _points_back(text: str, match: re.Match[str]) -> bool:
    """Tell whether a demonstrative means something outside the question: not «this year», not «said that oil …»."""
    before = tokens(text[: match.start()])
    noun, this = fold_text(match["noun"] or match["known"]), (match["this"] or "the").lower()
    if noun in TIMES and this == "this":
        return False
    if noun in SMALL or (is_past(noun) and not noun.endswith("s")):
        return False
    if this == "that" and before and SAYING.fullmatch(before[-1].text):
        return False
    return not any(word.text in _CLAUSE for word in before[1:])
