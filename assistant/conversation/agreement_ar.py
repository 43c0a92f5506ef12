"""Forms of Arabic words that depend on others: verbs that agree, prepositions that are joined. Pure."""

from __future__ import annotations

from assistant.conversation.context_ar import TELLING, words_of
from assistant.speech.reporting_ar import SAY_AR
from assistant.words.gazetteer import entity_names
from assistant.words.lexicon import folded
from index.text import fold_text

_MASCULINE = folded("العراق الأردن لبنان المغرب السودان اليمن الصومال الكويت قطاع")
"""Countries whose names are masculine; the others are feminine."""


def agreeing(verb: str, who: str) -> str:
    """Return a verb in the perfect as its subject asks for: feminine before a country and before ة."""
    if not words_of(who):
        return verb
    feminine, ends = is_feminine(who), verb.endswith("ت")
    if feminine == ends:
        return verb
    if feminine:
        return (verb[:-1] if verb[-1] in "ىا" else verb) + "ت"
    plain = verb[:-1]
    return next((form for form in (plain, plain + "ى") if fold_text(form) in SAY_AR.keys() | TELLING), verb)


def is_feminine(words: str) -> bool:
    """Tell whether words are feminine by their form, or name a country that is."""
    first = words_of(words)[0]
    if first.raw.endswith(("ة", "ات")):
        return True
    names, bare = entity_names(first.text), first.text.removeprefix("ال")
    return names is not None and first.text not in _MASCULINE and bare == fold_text(names[1]).removeprefix("ال")


def joined_to(link: str, words: str) -> str:
    """Put a preposition before words: «ل» and «ب» are written together with them."""
    if link == "ل":
        return "لل" + words[2:] if words.startswith("ال") else "ل" + words
    return link + words if link == "ب" else f"{link} {words}"
