"""English follow-ups without a verb: When? And Peskov? What about Syria? Pure."""

from __future__ import annotations

import re

from assistant.conversation.context import YEAR, Context, folded_words, takes_the_speakers_place
from assistant.conversation.context_en import ASKERS, AUXILIARIES, SAYING
from assistant.conversation.cut_short_en import LINKS, REPLIES, at_the_time, tie
from assistant.conversation.pronouns_en import POSSESSIVE, PRONOUNS, TIMES, owner_of
from assistant.words.gazetteer import is_entity
from assistant.words.verbs_en import is_base
from index.text import tokens

_WHAT_ABOUT = re.compile(r"^(?:what|how) (?:about|of) (?P<what>.+)$", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:the same )?(?:about|on|regarding|concerning)\s+(?P<what>.+)$", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"^(?P<link>in|at|during|after|before|since|from|near|under|until)\s+(?P<what>.+)$", re.IGNORECASE
)
_WHOSE = re.compile(r"^what (?:is|was) (?P<who>[^ ].*)['’]s?$", re.IGNORECASE)

_LONGEST_FRAGMENT = 8
"""Words that a follow-up without a verb may have."""

_LONGEST_UNLED = 4
"""Words that one may have which neither «and» nor «what about» leads."""

_ASKER = (
    r"(?P<asker>(?:since |until )?when|where|why|how|(?:by|with|for|to|from) (?:whom|how much|what)"
    r"|(?:(?:in|on|at|since|until|from|to) )?(?:what|which) (?:year|month|day|date|city|country|town|place))"
)
_PRONOUN = r"(?:it|this|that|he|she|they)"
_BARE = re.compile(
    rf"^{_ASKER}(?: exactly| so| not)?$"
    rf"|^{_ASKER.replace('asker', 'asker2')}(?: exactly)?"
    rf" (?:did|was|(?<!where )is|were|has|have|will|does|do) {_PRONOUN}"
    r"(?: all)?(?: to)?(?: happen(?:ed)?| take place| taken place| occur(?:red)?| be| been| do (?:it|that|this|so)| so"
    r"| done)?$",
    re.IGNORECASE,
)
_ANY_WORDS = re.compile(r"^any (?P<saying>reaction|response|comment|statement|reply|answer) from .+", re.IGNORECASE)
_COUNTING = re.compile(r"^how (?:many|much)(?: (?:people|of them|exactly))?$", re.IGNORECASE)
_HOW_MANY = re.compile(r"^how (?:many|much) (?P<what>[a-z-]+)$", re.IGNORECASE)


def from_bare(text: str, context: Context) -> str | None:
    """Return a question of its asking word alone with what it is asked of: When? Why? How many? Who else?"""
    return _from_else(text, context) or _from_count(text, context) or _from_asker(text, context)


def _from_else(text: str, context: Context) -> str | None:
    any_words = _ANY_WORDS.match(text)
    if any_words:
        return f"was there {text[0].lower()}{text[1:]} {tie(context, any_words['saying'].lower())}"
    if text.lower() == "what else" and context.said:
        return f"what else did {context.carried(context.speaker, 'en')} say {tie(context, 'say')}".rstrip()
    if text.lower() == "who else" and context.said:
        return f"who else spoke {tie(context, 'say')}".rstrip()
    return None


def _from_count(text: str, context: Context) -> str | None:
    counted = _HOW_MANY.match(text)
    if counted and context.counted and context.language == "en":
        return context.replaced(context.counted, counted["what"])
    return f"{text} {tie(context)}" if _COUNTING.match(text) else None


def _from_asker(text: str, context: Context) -> str | None:
    match = _BARE.match(text)
    if not match:
        return None
    asker = (match["asker"] or match["asker2"]).lower()
    if context.said:
        return _asked_of_words(asker, context)
    if match["asker2"] and (context.passive or context.inverted is None):
        return None
    if context.inverted and context.language == "en":
        return f"{asker} {context.inverted}"
    topic = context.carried(context.topic, "en")
    if context.clause or topic is None:
        return f"{asker} ({context.clause or context.text})"
    return f"{asker} {'were' if topic.endswith('s') and topic[0].islower() else 'was'} {topic}"


def _asked_of_words(asker: str, context: Context) -> str:
    """Return when or why the words of the context were said."""
    speaker, topic = context.carried(context.speaker, "en"), context.carried(context.topic, "en")
    if context.speaker and context.language == "en":
        told, owner = context.text[context.speaker[0] :], context.text[context.speaker[1] :].startswith(("'", "’"))
        if not owner and context.saying in REPLIES | {"comment", "describe", "express"}:
            return f"{asker} did {told}"
        if owner and asker == "why":
            return f"{asker} is this {told}"
    about = f" about {topic}" if topic else f" {at_the_time(context)}" if context.clause else ""
    return f"{asker} did {speaker} say that{about}"


def from_fragment(text: str, context: Context, *, led: bool, asked: bool) -> str | None:
    """Return the context's question asked of another speaker, topic, place or time that a fragment names.

    `led` tells that «and» or the like stood before it, `asked` that a question mark stands behind.
    """
    match, whose = _WHAT_ABOUT.match(text), _WHOSE.match(text)
    if whose and context.said:
        return _by_speaker(whose["who"], context)
    what = match["what"] if match else text
    words = folded_words(what)
    if not _is_fragment(words) or (not match and _is_clause(what)):
        return None
    about, adjunct = _ABOUT.match(what), _ADJUNCT.match(what)
    if not (match or about or adjunct or led or (asked and len(words) <= _LONGEST_UNLED)):
        return None
    if about:
        return _on_topic(about["what"].removesuffix(" then").removesuffix(" too"), context)
    if adjunct:
        return _with_adjunct(adjunct["link"].lower(), adjunct["what"], context)
    owner = words[0] in POSSESSIVE and owner_of(words[0], context, context if context.person else None)
    return _of_another(f"{owner}'s {what.split(' ', 1)[-1]}" if owner else what, words, context)


def _is_fragment(words: list[str]) -> bool:
    """Tell whether words may be a name or a noun with what belongs to it."""
    if not words or len(words) > _LONGEST_FRAGMENT or not (ASKERS | {"that"}).isdisjoint(words[1:]):
        return False
    return not set(words) <= PRONOUNS | {"now", "then", "you", "me", "us", "there", "here"}


def _of_another(what: str, words: list[str], context: Context) -> str:
    sayings = list(SAYING.finditer(what))
    if sayings and sayings[-1]["noun"] and sayings[-1].end() == len(what):
        return f"what was {what} {tie(context, sayings[-1].group().lower())}"
    if words[-1].isdigit() or words[-1] in TIMES:
        return _with_adjunct("in" if words[-1].isdigit() else "", what, context)
    return _by_speaker(what, context) if takes_the_speakers_place(what, context) else _on_topic(what, context)


def _is_clause(text: str) -> bool:
    """Tell whether a text asks by itself: it begins with an asking word or holds an auxiliary verb."""
    words = folded_words(text)
    return (
        words[0] in ASKERS
        or any(word in AUXILIARIES for word in words)
        or is_base(words)
        or any(match["verb"] for match in SAYING.finditer(text))
    )


def _by_speaker(who: str, context: Context) -> str:
    who = re.sub(r"['’]s?$", "", who)
    if context.language == "en" and context.speaker:
        head, of, _ = (context.words(context.speaker) or "").partition(" of ")
        if of and not context.said and " of " not in who:  # another office of the same country
            return context.replaced((context.speaker[0], context.speaker[0] + len(head)), who)
        return context.replaced(context.speaker, who)
    if context.said:
        return f"what did {who} say {tie(context, 'say')}".rstrip()
    return f"what about {who} {tie(context)}"


def _on_topic(what: str, context: Context) -> str:
    if context.language == "en" and not context.said:
        run = _alike(what, context) or context.topic
        return context.replaced(run, what) if run else f"{context.text} ({what})"
    if context.language == "en" and context.topic:
        return context.replaced(context.topic, what)
    if context.language == "en" and context.saying not in {None, "say"} and not context.clause:
        return f"{context.text} {LINKS.get(context.saying or '', 'about')} {what}"
    speaker = context.carried(context.speaker, "en")
    return f"what did {speaker} say about {what}" if speaker and context.said else f"{context.text} ({what})"


def _alike(what: str, context: Context) -> tuple[int, int] | None:
    """Return the last country of the context where another one is named."""
    if not is_entity(folded_words(what)[-1]):
        return None
    named = [word for word in tokens(context.text) if is_entity(word.text)]
    return (named[-1].start, named[-1].end) if named else None


def _with_adjunct(link: str, what: str, context: Context) -> str:
    """Put another time or place in the place of the one that the context has, or behind it."""
    number = any(character.isdigit() for character in what)
    years = list(YEAR.finditer(context.text))
    if years and YEAR.fullmatch(what):
        return context.replaced(years[-1].span(), what)
    alike_in_form = re.finditer(rf"\b{link}\s+(?P<what>[^,]+?)(?=\s+(?:in|on|at|during)\s|$)", context.text)
    for match in reversed(list(alike_in_form)):
        if link and number == any(character.isdigit() for character in match["what"]):
            return context.replaced(match.span("what"), what)
    alike = None if context.said else _alike(what, context)
    if alike:
        return context.replaced(alike, what)
    return f"{context.text} {link} {what}".replace("  ", " ")
