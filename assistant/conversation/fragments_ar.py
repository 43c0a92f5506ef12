"""Arabic follow-ups without a verb: متى؟ وبيسكوف؟ وعن سوريا؟ Pure."""

from __future__ import annotations

from assistant.conversation.agreement_ar import agreeing, joined_to
from assistant.conversation.context import YEAR, Context, is_event, takes_the_speakers_place
from assistant.conversation.context_ar import (
    ABOUT,
    ASKERS,
    LINKS,
    SAYINGS,
    TELLING,
    WHEN_WORDS,
    Word,
    asking_words,
    begins_joined,
    words_of,
)
from assistant.conversation.cut_short_ar import RELATIVE, THAT, complete, link_of, tie
from assistant.speech.reporting_ar import SAY_AR
from assistant.words.gazetteer import entity_names, is_entity
from assistant.words.lexicon import folded
from index.text import fold_text

_LONGEST_FRAGMENT = 6
"""Words that a follow-up without a verb may have."""

_LONGEST_UNLED = 4
"""Words that one may have which neither «و» nor «ماذا عن» leads."""

_SHORTEST_JOINED = 3
"""Letters of a word that «و» may be joined to, with it."""

_NEEDS_WORDS = folded(
    "قال قالت قالوا يقول تقول يقولون صرح صرحت ذكر ذكرت أكد أكدت أوضح أوضحت أضاف أضافت رأى يرى ترى يريد تريد أعلن أعلنت"
)
_WHAT = fold_text("ماذا")
_YEARS = folded("عام سنة")
_HAPPENED = folded("حدث حدثت وقع وقعت جرى جرت كان كانت تم تمت حصل حصلت ذلك هذا هذه هو هي بالضبط تحديدا إذن فعل الأمر")
_NAMES_IN_WAW = folded(
    "وليد وائل وسام وسيم وفاء وجدي وهبي وفيق وحيد ودود وزير وزيرة وكالة وفد وزارة وحدة وقف واشنطن وارسو"
)


_COUNTED = folded("عددهم العدد شخصا منهم بالضبط عدد")
_EMPTY = THAT | folded("هو هي هم بالضبط تحديدا إذن الأمر")
_NOTHING = THAT | folded("هو هي هم أنت الآن بعد ذلك")


def from_bare(words: list[Word], context: Context) -> str | None:
    """Return a question of its asking word alone with what it is asked of: متى, ولماذا, في أي عام."""
    phrase = asking_words(words)
    asker, others = words[0], [word.text for word in words[phrase:]]
    asking = " ".join(word.raw for word in words[:phrase])
    if asker.text == "كم" and set(others) <= _COUNTED:
        return f"{' '.join(word.raw for word in words)} {tie(context)}"
    if asker.text == "كم" and len(others) == 1 and context.counted and context.language == "ar":
        return context.replaced(context.counted, words[1].raw)
    if (asker.text not in WHEN_WORDS and phrase == 1) or not set(others) <= _HAPPENED:
        return None
    if asker.text == fold_text("أين") and others and set(others) <= folded("هو هي هم"):
        return None
    if context.said:
        return _asked_of_words(asking, context)
    if context.inverted and context.language == "ar" and not (others and context.passive):
        return f"{asking} {context.inverted}"
    topic = context.carried(context.topic, "ar")
    if topic is None or (context.clause and not context.passive):
        return f"{asking} ({context.clause or context.text})"
    return f"{' '.join(word.raw for word in words if word.text not in _EMPTY)} {topic}"


def _asked_of_words(asking: str, context: Context) -> str:
    """Return when or why the words of the context were said."""
    saying = next((word for word in words_of(context.text) if word.text == context.saying), None)
    if saying and context.language == "ar":
        if saying.text in TELLING - _NEEDS_WORDS:
            return f"{asking} {context.text[saying.start :]}"
        if saying.text in SAYINGS and asking == "لماذا":
            return f"{asking} كان هذا {context.text[saying.start :]}"
    speaker = context.carried(context.speaker, "ar") or ""
    return f"{asking} {agreeing('قال', speaker)} {speaker} ذلك {tie(context, 'قال')}".rstrip()


def from_fragment(text: str, words: list[Word], context: Context, *, led: bool, asked: bool) -> str | None:
    """Return the context's question asked of another speaker, topic, place or time that a fragment names.

    `led` tells that «و» or the like stood before it, `asked` that a question mark stands behind.
    """
    what_about = len(words) > 2 and words[0].text == _WHAT and words[1].text in ABOUT
    rest = words[2:] if what_about else words
    if len(rest) > _LONGEST_FRAGMENT or asking_words(rest) > 1:
        return None
    if what_about:
        return _of_another(text[rest[0].start :], context, led=True)
    asking = next((place for place, word in enumerate(rest) if place and word.text == _WHAT), None)
    if asking:  # وأردوغان ماذا قال
        turned = f"{text[rest[asking].start :]} {_without_and(text[: rest[asking - 1].end])}"
        return complete(turned, words_of(turned), context)
    if _is_of_stance(rest, context):
        return _on_topic(text[rest[1].start :], context)
    if _is_clause(rest):
        return None
    if rest[0].text not in LINKS:
        return _of_another(text, context, led=led or (asked and len(rest) <= _LONGEST_UNLED))
    if len(rest) < 2 or not (led or asked):
        return None
    what = text[rest[1].start :]
    return _on_topic(what, context) if rest[0].text in ABOUT else _with_adjunct(rest[0].raw, what, context)


def _is_of_stance(words: list[Word], context: Context) -> bool:
    """Tell whether «من» is a preposition, as behind «موقف», and does not ask who."""
    if context.saying != "موقف" or len(words) < 2 or words[0].text != "من":
        return False
    return words[1].text.startswith("ال") or is_entity(words[1].text)


def _of_another(what: str, context: Context, *, led: bool) -> str | None:
    bare = _without_and(what)
    led = led or bare != what
    if led and words_of(bare)[0].text.removeprefix("ال") in SAYINGS:
        return complete(f"ما {bare}", words_of(f"ما {bare}"), context)
    if not led or fold_text(bare) in _NOTHING:
        return None
    if fold_text(bare.split()[0]) in _YEARS or bare.isdigit():
        return _with_adjunct("في", bare, context)
    return _by_speaker(bare, context) if takes_the_speakers_place(bare, context) else _on_topic(bare, context)


def _without_and(text: str) -> str:
    """Take off the «و» before a fragment, unless it is a letter of the first word."""
    first = words_of(text)[0].text
    joined = first.startswith("و") and len(first) >= _SHORTEST_JOINED and first not in _NAMES_IN_WAW
    return text[1:] if joined else text


def _is_clause(words: list[Word]) -> bool:
    """Tell whether words ask by themselves: they begin with an asking word or a verb that reports."""
    first = words[0].text
    return first in ASKERS or first in SAY_AR or first in SAYINGS or any(word.text in RELATIVE for word in words)


def _by_speaker(who: str, context: Context) -> str:
    if context.language == "ar" and context.speaker:
        made = context.replaced(context.speaker, who)
        before = words_of(context.text[: context.speaker[0]])
        if before and before[-1].text in SAY_AR.keys() | TELLING:
            made = made[: before[-1].start] + agreeing(before[-1].raw, who) + made[before[-1].end :]
        return made
    return f"ماذا {agreeing('قال', who)} {who} {tie(context, 'قال')}".rstrip()


def _on_topic(what: str, context: Context) -> str:
    if context.language == "ar":
        run = _alike(what, context) if not context.said else None
        run = run or context.topic
        if run:
            joined = context.text[run[0] - 1 : run[0]] == "ب" and run[0] > 1
            what = what[1:] if joined and begins_joined(words_of(what)[0]) else what
            return context.replaced((run[0] - joined, run[1]), joined_to("ب", what) if joined else what)
        return f"{context.text} {link_of(context.saying)} {what}"
    speaker = context.carried(context.speaker, "ar")
    if speaker and context.said:
        return f"ماذا {agreeing('قال', speaker)} {speaker} عن {what}"
    return f"{context.text} ({what})"


def _alike(what: str, context: Context) -> tuple[int, int] | None:
    """Return the last country of the context where another one is named."""
    if not is_entity(fold_text(what)):
        return None
    named = [word for word in words_of(context.text) if is_entity(word.text)]
    return (named[-1].start, named[-1].end) if named else None


def _with_adjunct(link: str, what: str, context: Context) -> str:
    """Put another time or place in the place of the one that the context has, or behind it."""
    words, years = words_of(context.text), list(YEAR.finditer(context.text))
    if years and (year := YEAR.search(what)) and len(what.split()) <= 2:
        return context.replaced(years[-1].span(), year.group())
    number = any(character.isdigit() for character in what)
    for place in range(len(words) - 2, -1, -1):
        if words[place].text != fold_text(link):
            continue
        end = next((word.start - 1 for word in words[place + 2 :] if word.text in LINKS), len(context.text))
        if is_event(context.text[words[place + 1].start : end]):
            continue
        if number == any(character.isdigit() for character in context.text[words[place].end : end]):
            return context.replaced((words[place + 1].start, end), what)
    alike = None if context.said else _alike(what, context)
    if alike is None:
        return f"{context.text} {link} {what}"
    before = fold_text(context.words(alike) or "")
    names = entity_names(before)
    by_name = names is None or fold_text(names[1]).removeprefix("ال") == before.removeprefix("ال")
    return context.replaced(alike, what if by_name else f"{link} {what}")  # الانتخابات التركية, الانتخابات في فرنسا
