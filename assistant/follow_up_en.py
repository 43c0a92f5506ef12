"""English follow-ups: fragments, pronouns and questions cut short, made whole from an earlier question. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.context import YEAR, Context, folded_words, is_thing, may_speak, takes_the_speakers_place
from assistant.context_en import AUXILIARIES, LED, SAYING
from assistant.gazetteer import is_entity
from assistant.lexicon import STOP_EN, folded
from assistant.question import Kind, read_question
from assistant.verbs_en import DETERMINERS, PREPOSITIONS, is_base, is_past
from index.text import Token, fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHAT_ABOUT = re.compile(r"^(?:what|how) (?:about|of) (?P<what>.+)$", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:the same )?(?:about|on|regarding|concerning)\s+(?P<what>.+)$", re.IGNORECASE)
_ADJUNCT = re.compile(r"^(?P<link>in|at|during|after|before|since|from|near|under|until)\s+(?P<what>.+)$", re.IGNORECASE)
_LONGEST_FRAGMENT = 8
"""Words that a follow-up without a verb may have."""

_ASKER = (
    r"(?P<asker>(?:since |until )?when|where|why|how|(?:by|with|for|to|from) (?:whom|how much|what)"
    r"|(?:(?:in|on|at|since|until|from|to) )?(?:what|which) (?:year|month|day|date|city|country|town|place))"
)
_PRONOUN = r"(?:it|this|that|he|she|they)"
_BARE = re.compile(
    rf"^{_ASKER}(?: exactly| so| not)?$"
    rf"|^{_ASKER.replace('asker', 'asker2')}(?: exactly)? (?:did|was|(?<!where )is|were|has|have|will|does|do) {_PRONOUN}"
    r"(?: all)?(?: to)?(?: happen(?:ed)?| take place| taken place| occur(?:red)?| be| been| do (?:it|that|this|so)| so"
    r"| done)?$",
    re.IGNORECASE,
)
_SAYING_NOUN = "reaction|response|comment|statement|reply|answer"
_COUNTING = re.compile(r"^how (?:many|much)(?: (?:people|of them|exactly))?$", re.IGNORECASE)

_HOW_MANY = re.compile(r"^how (?:many|much) (?P<what>[a-z-]+)$", re.IGNORECASE)

_SUBJECT = re.compile(
    rf"^(?:(?:[\w-]+ ){{0,4}}?(?P<aux>{'|'.join(sorted(AUXILIARIES))}) )(?P<pronoun>he|she|they|it|this|that)\b",
    re.IGNORECASE,
)
_TELLS_THAT = re.compile(r"\b(?:say|said|think|mean(?: by)?|tell|state|do)(?P<that> (?:that|this|it|so))$", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:deny|confirm|admit|acknowledge|announce|claim|know|mention)$", re.IGNORECASE)
_PRONOUNS = frozenset("he she they him her them his their its it this that these those".split())
_PERSONAL = frozenset("he she they him her them his their".split())
_POSSESSIVE = frozenset("his her their its".split())
_CLAUSE = frozenset("when after before while because since if although though which who whose whom where and but".split())
_RELATIVE = frozenset({"who", "whom", "which", "whose"})
_TIMES = folded("""
    year years month months week weeks day days morning evening night afternoon summer winter spring autumn season
    decade century time period moment weekend monday tuesday wednesday thursday friday saturday sunday
""")
_AGREEING = frozenset({"agree", "disagree"})
_REPLIES = frozenset("respond responded react reacted reply replied answer answered reaction response".split()) | _AGREEING
_TRUE = re.compile(r"\b(?:is|was) (?:it|this|that) (?:really )?(?:true|correct|false|right|so|confirmed)$", re.IGNORECASE)
_LINKS = (
    dict.fromkeys("comment commented position stance view views opinion".split(), "on")
    | dict.fromkeys(_REPLIES, "to")
    | dict.fromkeys(_AGREEING, "with")
)
_GENERIC = folded("""
    people person persons civilians civilian soldiers soldier children child women men victims victim casualties dead
    deaths death toll injured wounded killed hurt die died dies kill injure wound arrested detained displaced missing
    survive survived survivors injuries damage happen happened happening occur occurred start started begin began end
    ended outcome result results cause reason reasons consequences won win lost lose attend attended took part participate
    participated responsible behind involved blame signed sign vote voted last lasted long cost next exactly total else
    number first witnesses attackers attacker suspects suspect perpetrators organised organized hosted host led bodies
    anyone anybody someone money countries country homes houses buildings destroyed claimed claim responsibility
""")
_TAKES_OBJECT = frozenset("attended attend won win organised organized hosted host led signed sign caused cause".split())
_SMALL = STOP_EN | PREPOSITIONS | DETERMINERS | AUXILIARIES


def rewrite_english(question: str, contexts: Sequence[Context]) -> str | None:
    """Return an English question made whole from what earlier ones leave, the nearest first; None where it is whole."""
    whole = " ".join(question.split()).rstrip(" ?؟!.")
    text = LED.sub("", whole)
    led = len(text) < len(whole)
    context = contexts[0]
    made = (
        _from_bare(text, context)
        or _from_fragment(text, context, led=led, asked=question.rstrip().endswith(("?", "؟")))
        or _from_pronouns(text, contexts)
        or _from_ellipsis(text, context, led=led)
    )
    return made and _as_question(made)


def _as_question(text: str) -> str:
    return text[0].upper() + text[1:] + "?"


# --- When? Why? How many?


def _from_bare(text: str, context: Context) -> str | None:
    if text.lower() == "what else" and context.said:
        return f"what else did {context.carried(context.speaker, 'en')} say {_about(context, 'say')}".rstrip()
    if text.lower() == "who else" and context.said:
        return f"who else spoke {_about(context, 'say')}".rstrip()
    any_words = re.match(rf"^any (?:{_SAYING_NOUN}) from .+", text, re.IGNORECASE)
    if any_words:
        return f"was there {text[0].lower()}{text[1:]} {_about(context, text.split()[1].lower())}"
    counted = _HOW_MANY.match(text)
    if counted and context.counted and context.language == "en":
        return context.replaced(context.counted, counted["what"])
    if _COUNTING.match(text):
        return f"{text} {_about(context)}"
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
    about = f" about {topic}" if topic else f" {_when(context)}" if context.clause else ""
    told = context.text[context.speaker[0] :] if context.speaker and context.language == "en" else ""
    if told and context.saying in {"respond", "react", "reply", "answer", "comment", "describe", "express", "agree"}:
        return f"{asker} did {told}"
    if told and asker == "why" and context.text[context.speaker[1] :].startswith(("'", "’")):
        return f"{asker} is this {told}"
    return f"{asker} did {speaker} say that{about}"


# --- And Peskov? What about Syria? And in 2020?


def _from_fragment(text: str, context: Context, *, led: bool, asked: bool) -> str | None:
    match = _WHAT_ABOUT.match(text)
    what = match["what"] if match else text
    words = folded_words(what)
    if not words or len(words) > _LONGEST_FRAGMENT or (not match and _is_clause(what)):
        return None
    if not (_RELATIVE | {"how", "what", "when", "why"}).isdisjoint(words) or "that" in words[1:]:
        return None
    owner = words[0] in _POSSESSIVE and _owner(words[0], context, context if context.person else None)
    if owner:
        what = f"{owner}'s {what.split(' ', 1)[-1]}"
    if set(words) <= _PRONOUNS | {"now", "then", "you", "me", "us", "there", "here"}:
        return None
    about, adjunct = _ABOUT.match(what), _ADJUNCT.match(what)
    if not (match or about or adjunct or led or (asked and len(words) <= 4)):
        return None
    if adjunct and not about:
        return _with_adjunct(adjunct["link"].lower(), adjunct["what"], context)
    if about:
        return _on_topic(_resolved_names(about["what"]), context)
    sayings = list(SAYING.finditer(what))
    if sayings and sayings[-1]["noun"] and sayings[-1].end() == len(what):
        return f"what was {what} {_about(context, sayings[-1].group().lower())}"
    if words[-1].isdigit() or words[-1] in _TIMES:
        return _with_adjunct("in" if words[-1].isdigit() else "", what, context)
    return _by_speaker(what, context) if takes_the_speakers_place(what, context) else _on_topic(what, context)


def _is_clause(text: str) -> bool:
    """Tell whether a text asks by itself: it begins with an asking word or holds an auxiliary verb."""
    words = folded_words(text)
    return words[0] in {"what", "when", "where", "why", "how", "who", "which", "whose", "whom"} or any(
        word in AUXILIARIES for word in words
    ) or is_base(words) or any(match["verb"] for match in SAYING.finditer(text))


def _resolved_names(what: str) -> str:
    return what.removesuffix(" then").removesuffix(" too")


def _by_speaker(who: str, context: Context) -> str:
    who = re.sub(r"['’]s?$", "", who)
    if context.language == "en" and context.speaker:
        head, of, _ = (context.words(context.speaker) or "").partition(" of ")
        if of and not context.said and " of " not in who:  # another office of the same country
            return context.replaced((context.speaker[0], context.speaker[0] + len(head)), who)
        return context.replaced(context.speaker, who)
    if context.said:
        topic = context.carried(context.topic, "en")
        return f"what did {who} say" + (f" about {topic}" if topic else f" {_when(context)}" if context.clause else "")
    return f"what about {who} {_about(context)}"


def _on_topic(what: str, context: Context) -> str:
    if context.language == "en" and not context.said:
        run = _alike(what, context) or context.topic
        return context.replaced(run, what) if run else f"{context.text} ({what})"
    if context.language == "en" and context.topic:
        return context.replaced(context.topic, what)
    if context.language == "en" and context.saying not in {None, "say"} and not context.clause:
        return f"{context.text} {_LINKS.get(context.saying or '', 'about')} {what}"
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
    for match in reversed(list(re.finditer(rf"\b{link}\s+(?P<what>[^,]+?)(?=\s+(?:in|on|at|during)\s|$)", context.text))):
        if link and number == any(character.isdigit() for character in match["what"]):
            return context.replaced(match.span("what"), what)
    alike = None if context.said else _alike(what, context)
    if alike:
        return context.replaced(alike, what)
    return f"{context.text} {link} {what}".replace("  ", " ")


# --- What did he say about it? Who attended that summit?


def _from_pronouns(text: str, contexts: Sequence[Context]) -> str | None:
    context = contexts[0]
    actor = next((one for one in contexts if one.person), None)
    given, subject = text, _SUBJECT.match(text)
    if subject and not _TRUE.search(text):
        named = _with_subject(text, subject, context, actor)
        if named is None:
            return None
        text = named
    if subject and context.said and _TRUE.search(text):
        return f"{text} what {context.carried(context.speaker, 'en')} said {_about(context)}"
    text = _with_place(text, context)
    told = _TELLS_THAT.search(text)
    if told and (subject or _ends_cut_short(text[: told.start("that")])):
        return f"{text[: told.start('that')]} that {_about(context)}" if _about(context) else text
    tail = _with_objects(text, context, actor) or (text == given and _with_demonstratives(text, context))
    if tail:
        return tail
    if subject and subject["pronoun"].lower() in {"he", "she", "they"}:
        cut = _from_cut_short(text, context)
        return cut or text
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
        if re.match(r" (?:why|what|how|where|when|because|who)\b", text[subject.end("pronoun") :]):
            return None
        if context.happened and not (subject["aux"] in {"is", "are"} and subject.end() == len(text)):
            return f"{text} {_when(context)}"
        name = context.carried(context.topic, "en")
    elif pronoun == "they":
        name = _several(context)
    else:
        name = actor and actor.carried(actor.person, "en")
    if name is None:
        return None
    return text[: subject.start("pronoun")] + name + text[subject.end("pronoun") :]


def _several(context: Context) -> str | None:
    """Return whom «they» stands for: two persons, or the body or country that spoke."""
    one, other = context.carried(context.speaker, "en"), context.carried(context.topic, "en")
    both = context.person and context.topic and context.topic != context.speaker and may_speak(other or "")
    return f"{one} and {other}" if both else one or other


def _is_noun_after(text: str, place: int) -> bool:
    """Tell whether a demonstrative that ends at a place stands before a noun: that visit, and not that happened."""
    word = next(iter(tokens(text[place:])), None)
    return word is not None and word.text not in _SMALL and not is_past(word.text) and not is_base([word.text])


def _with_objects(text: str, context: Context, actor: Context | None) -> str | None:
    """Put names in the place of pronouns that mean nothing within the question."""
    words = tokens(text)
    for place, word in enumerate(words):
        if word.text not in _PRONOUNS or place == 0 or _is_bound(text, words, place):
            continue
        before, after = text[: word.start], text[word.end :]
        following = words[place + 1].text if place + 1 < len(words) else None
        if word.text in {"he", "she"}:
            name = actor and actor.carried(actor.person, "en")
            return f"{before}{name}{after}" if name else None
        ends = following is None or following in PREPOSITIONS | _CLAUSE | {"yet", "too", "now"}
        if word.text in _POSSESSIVE and not ends:
            name = _owner(word.text, context, actor)
            return f"{before}{name}'s{after}" if name else None
        if word.text in {"him", "her", "them"} and ends:
            name = _object(word.text, context, actor)
            return f"{before}{name}{after}" if name else None
        if word.text in {"it", "this", "that", "these", "those"} and ends and following not in _RELATIVE:
            behind = words[place - 1].text in PREPOSITIONS
            return _with_thing(before, after, context, preposition=behind, demonstrative=word.text != "it")
    return None


def _is_bound(text: str, words: list[Token], place: int) -> bool:
    """Tell whether a pronoun may stand for something named before it in the question itself."""
    word = words[place]
    before = words[:place]
    named = [
        one
        for number, one in enumerate(before)
        if one.text not in _SMALL and (number > 0 or one.text not in {"what"}) and not _is_verb(one.text)
    ]
    if not named:
        return False
    if word.text in _POSSESSIVE or word.text in {"he", "she", "they"}:
        return True
    clause = any(one.text in _CLAUSE for one in before[1:])
    if clause:
        return True
    following = words[place + 1].text if place + 1 < len(words) else None
    # «say it would …»: the subject of a clause is who says it.
    return following is not None and (following in AUXILIARIES or is_past(following))


def _is_verb(word: str) -> bool:
    return is_base([word]) or is_past(word) or bool(SAYING.fullmatch(word))


def _owner(pronoun: str, context: Context, actor: Context | None) -> str | None:
    if pronoun == "its":
        speaks = context.speaker and context.said and not may_speak(context.words(context.speaker) or "")
        return context.carried(context.speaker if speaks else context.topic, "en")
    if pronoun == "their":
        return context.carried(context.speaker, "en") or context.carried(context.topic, "en")
    return actor and actor.carried(actor.person, "en")


def _object(pronoun: str, context: Context, actor: Context | None) -> str | None:
    topic = context.words(context.topic)
    if pronoun == "them":
        return context.carried(context.topic or context.speaker, "en")
    if topic and context.said and topic[0].isupper() and not is_entity(fold_text(topic)):
        return context.carried(context.topic, "en")
    return actor and actor.carried(actor.person, "en")


def _with_thing(
    before: str, after: str, context: Context, *, preposition: bool, demonstrative: bool
) -> str | None:
    """Put what the context is about in the place of «it» or «that»."""
    event = context.happened
    denied = _DENIES.search(before.rstrip()) is not None
    topic = context.carried(context.topic, "en")
    if event and preposition:
        return f"{before.rstrip().rpartition(' ')[0]} {_when(context)}{after}"
    if event and denied and context.language == "en":
        return f"{before}that {event}{after}"
    if topic and denied and not is_thing(topic):
        return f"{before}that about {topic}{after}"
    if topic and context.said and demonstrative and not preposition and not is_thing(topic):
        return f"{before}what {context.carried(context.speaker, 'en')} said about {topic}{after}"
    if topic and not (event and context.topic == context.speaker and " was " in event):
        return f"{before}{topic}{after}"
    return f"{before}that {_when(context)}{after}" if context.clause else None


_DEMONSTRATIVE = re.compile(
    r"\b(?:(?P<this>that|this|those|these|the same|such an?)\s+(?P<noun>(?-i:[a-z])[\w-]+)"
    r"|the\s+(?P<known>(?-i:[a-z])[\w-]+)$)",
    re.IGNORECASE,
)


def _with_demonstratives(text: str, context: Context) -> str | None:
    match = next((one for one in _DEMONSTRATIVE.finditer(text) if _points_back(text, one)), None)
    if match is None:
        return None
    nouns = {word.stem for word in tokens(match["noun"] or match["known"])}
    for run in (context.topic, context.speaker):
        words = context.carried(run, "en") or ""
        named = {word.stem for word in tokens(words) if word.text not in _SMALL}
        if nouns & named and not named - nouns & {word.stem for word in tokens(text)}:
            whole = words if words.split()[0].lower() in DETERMINERS or words[0].isupper() else f"the {words}"
            return text[: match.start()] + whole + text[match.end() :]
    if match["known"]:
        return None
    what = context.clause or context.carried(context.topic, "en")
    return f"{text[: match.end()]} ({what}){text[match.end() :]}" if what else None


def _points_back(text: str, match: re.Match[str]) -> bool:
    before = tokens(text[: match.start()])
    noun, this = fold_text(match["noun"] or match["known"]), (match["this"] or "the").lower()
    if noun in _TIMES and this == "this":
        return False
    if noun in _SMALL or is_past(noun) and not noun.endswith("s"):
        return False
    if this == "that" and before and SAYING.fullmatch(before[-1].text):
        return False
    return not any(word.text in _CLAUSE for word in before[1:])


# --- What did Peskov say? How many were killed?


def _from_ellipsis(text: str, context: Context, *, led: bool) -> str | None:
    if re.match(rf"^what (?:is|was|were) the {SAYING.pattern}$", text):
        return _from_cut_short(text, context)
    owner = re.match(r"^what (?:is|was|about) (?P<who>.+)['’]s?$", text, re.IGNORECASE)
    if owner and context.speaker and context.said:
        return _by_speaker(owner["who"], context)
    asked = read_question(text)
    told = text.split()[0].lower() in AUXILIARIES | {"who"} and _ends_cut_short(text)
    if told or asked.kind is Kind.SAID or re.match(r"^what (?:is|was) the \w+ of ", text):
        made = _from_cut_short(text, context)
        same = context.words(context.speaker) == asked.speaker and not led
        return None if same else made
    return _from_generic(text, context, led=led)


def _ends_cut_short(text: str) -> bool:
    """Tell whether a question for words says nothing of what they are about."""
    last = list(SAYING.finditer(text))
    if not last:
        return False
    rest = folded_words(text[last[-1].end() :])
    if rest[:1] == ["of"] and last[-1]["noun"]:
        return not any(word in PREPOSITIONS for word in rest[1:])
    return not set(rest) - {"about", "yet", "then", "too", "also", "next", "later", "else", "to", "anything", "on"}


def _from_cut_short(text: str, context: Context) -> str | None:
    if not _ends_cut_short(text):
        return None
    text = re.sub(r"\s+(?:about|to|on|too|also|then|yet)$", "", text)
    saying = [match.group().lower() for match in SAYING.finditer(text)][-1]
    about = _about(context, saying)
    return f"{text} {about}" if about else None


def _about(context: Context, saying: str = "") -> str:
    """Return what ties a question cut short to the context: about its topic, or when it happened."""
    topic, speaker = context.carried(context.topic, "en"), context.carried(context.speaker, "en")
    if context.happened or (context.clause and context.passive and saying in _REPLIES):
        return _when(context)
    if topic is None:
        return _when(context) if context.clause else ""
    if saying in _REPLIES and context.said and context.saying not in _REPLIES:
        return f"{_LINKS[saying]} what {speaker} said about {topic}"
    return f"{_LINKS.get(saying, 'about')} {topic}"


def _when(context: Context) -> str:
    return f"when {context.clause}" if context.language == "en" else f"({context.clause or context.text})"


def _from_generic(text: str, context: Context, *, led: bool) -> str | None:
    """Make a question whole that names nothing of its own: «how many were killed», «where was the final held»."""
    words = tokens(text)
    named = any(text[word.start].isupper() or word.text.isdigit() or is_entity(word.text) for word in words[1:])
    content = [word for word in words if word.text not in _SMALL]
    own = [word for word in content if word.text not in _GENERIC]
    definite = re.search(r"\bthe \w+(?: \w+)?", text) is not None
    verbs = [word for word in own if _is_verb(word.text) and not text[: word.start].endswith("the ")]
    asks = words[0].text in AUXILIARIES or words[0].text in {"what", "when", "where", "why", "how", "who", "which"}
    if named or len(content) > 4 or not asks:
        return None
    only_verbs = words[0].text in {"who", "how"} and len(own) == len(verbs) == 1
    if own and not only_verbs and not (len(own) - len(verbs) <= 1 + led and len(own) <= 2 and definite and len(own) > len(verbs)):
        return None
    topic = context.carried(context.topic, "en")
    if context.happened:
        return f"{text} ({context.clause})" if own and not only_verbs else f"{text} {_when(context)}"
    if topic is None:
        return None
    if content and content[-1].text in _TAKES_OBJECT and words[-1] == content[-1] and words[0].text == "who":
        return f"{text} {topic}"
    noun = re.search(r"\b(?:is|was|were|are) the (?:\w+ )?\w+$", text)
    return f"{text} {'of' if noun else 'in'} {topic}"
