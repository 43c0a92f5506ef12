"""English follow-ups that leave out what they are about: What did Peskov say? How many were killed? Pure."""

from __future__ import annotations

import re

from assistant.conversation.context import Context, folded_words
from assistant.conversation.context_en import ASKERS, AUXILIARIES, SAYING
from assistant.questions.question import Kind, read_question
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import STOP_EN, folded
from assistant.words.verbs_en import DETERMINERS, PREPOSITIONS, is_base, is_past
from index.text import Token, tokens

_AGREEING = frozenset({"agree", "disagree"})

REPLIES = folded("respond responded react reacted reply replied answer answered reaction response") | _AGREEING
"""Words for saying something to what somebody else said."""

LINKS = (
    dict.fromkeys(folded("comment commented position stance view views opinion"), "on")
    | dict.fromkeys(REPLIES, "to")
    | dict.fromkeys(_AGREEING, "with")
)
"""The prepositions that stand between a word for saying and what is spoken of, where it is not «about»."""

_GENERIC = folded("""
    people person persons civilians civilian soldiers soldier children child women men victims victim casualties dead
    deaths death toll injured wounded killed hurt die died dies kill injure wound arrested detained displaced missing
    survive survived survivors injuries damage happen happened happening occur occurred start started begin began end
    ended outcome result results cause reason reasons consequences won win lost lose attend attended took part
    participate participated responsible behind involved blame signed sign vote voted last lasted long cost next
    exactly total else number first witnesses attackers attacker suspects suspect perpetrators organised organized
    hosted host led bodies anyone anybody someone money countries country homes houses buildings destroyed claimed
    claim responsibility
""")
"""Words that name nothing of their own: in a question of these, all depends on what was spoken of."""

_TAKES_OBJECT = folded("attended attend won win organised organized hosted host led signed sign caused cause")
SMALL = STOP_EN | PREPOSITIONS | DETERMINERS | AUXILIARIES
"""Words that carry no topic."""

_AT_HAND = folded("you your archive program page")
"""Words that mean the program and not the conversation."""

_MOST_WORDS = 4
"""Words with a topic that a question may have and yet name nothing of its own."""


def is_verb(word: str) -> bool:
    """Tell whether a folded word may be a verb."""
    return is_base([word]) or is_past(word) or bool(SAYING.fullmatch(word))


def from_ellipsis(text: str, context: Context, *, led: bool) -> str | None:
    """Return a question made whole that says nothing of what it is about; None where it does."""
    if re.match(rf"^what (?:is|was|were) the {SAYING.pattern}$", text):
        return complete(text, context)
    asked = read_question(text)
    told = text.split()[0].lower() in AUXILIARIES | {"who"} and ends_cut_short(text)
    if told or asked.kind is Kind.SAID or re.match(r"^what (?:is|was) the \w+ of ", text):
        made = complete(text, context)
        same = context.words(context.speaker) == asked.speaker
        apart = asked.kind is Kind.SAID and not context.said  # what somebody says need not be about what happened
        return made if led or not (same or apart) else None
    return _from_generic(text, context, led=led)


def ends_cut_short(text: str) -> bool:
    """Tell whether a question for words says nothing of what they are about."""
    last = list(SAYING.finditer(text))
    if not last:
        return False
    rest = folded_words(text[last[-1].end() :])
    if rest[:1] == ["of"] and last[-1]["noun"]:
        return not any(word in PREPOSITIONS for word in rest[1:])
    return not set(rest) - {"about", "yet", "then", "too", "also", "next", "later", "else", "to", "anything", "on"}


def complete(text: str, context: Context) -> str | None:
    """Return a question for words with what they are about behind it; None where it says so itself."""
    if not ends_cut_short(text):
        return None
    text = re.sub(r"\s+(?:about|to|on|too|also|then|yet)$", "", text)
    saying = [match.group().lower() for match in SAYING.finditer(text)][-1]
    about = tie(context, saying)
    return f"{text} {about}" if about else None


def tie(context: Context, saying: str = "") -> str:
    """Return what ties a question cut short to the context: about its topic, or when it happened."""
    topic, speaker = context.carried(context.topic, "en"), context.carried(context.speaker, "en")
    if context.happened or (context.clause and context.passive and saying in REPLIES):
        return at_the_time(context)
    if topic is None:
        return at_the_time(context) if context.clause else ""
    if saying in REPLIES and context.said and context.saying not in REPLIES:
        return f"{LINKS[saying]} what {speaker} said about {topic}"
    return f"{LINKS.get(saying, 'about')} {topic}"


def at_the_time(context: Context) -> str:
    """Return what the context says happened, as a clause; in brackets where it is in another language."""
    return f"when {context.clause}" if context.language == "en" else f"({context.clause or context.text})"


def _names_its_own(text: str, words: list[Token]) -> bool:
    return any(
        text[word.start].isupper() or word.text.isdigit() or word.text in _AT_HAND or is_entity(word.text)
        for word in words
    )


def _from_generic(text: str, context: Context, *, led: bool) -> str | None:
    """Make a question whole that names nothing of its own: «how many were killed», «where was the final held»."""
    words = tokens(text)
    if led and words[0].text in AUXILIARIES and is_base([words[-1].text]) and len(words) <= _MOST_WORDS:
        return f"{text} {at_the_time(context)}" if context.happened else None  # and did Iran retaliate
    content = [word for word in words if word.text not in SMALL]
    if words[0].text not in AUXILIARIES | ASKERS or len(content) > _MOST_WORDS or _names_its_own(text, words[1:]):
        return None
    if not content:
        return None
    own = [word for word in content if word.text not in _GENERIC]
    nouns = [word for word in own if not is_verb(word.text) or text[: word.start].endswith("the ")]
    if nouns and not (len(nouns) <= 1 + led and len(own) <= 2 and re.search(r"\bthe \w+", text)):
        return None
    if own and not nouns and (words[0].text not in {"who", "how"} or len(own) > 1):
        return None
    if context.happened:
        return f"{text} ({context.clause})" if nouns else f"{text} {at_the_time(context)}"
    topic = context.setting("en")
    if topic is None:
        return None
    if content and content[-1].text in _TAKES_OBJECT and words[-1] == content[-1] and words[0].text == "who":
        return f"{text} {topic}"
    noun = re.search(r"\b(?:is|was|were|are) the (?:\w+ )?\w+$", text)
    return f"{text} {'of' if noun else 'in'} {topic}"
