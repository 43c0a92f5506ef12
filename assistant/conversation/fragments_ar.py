"""Arabic follow-ups without a verb: متى؟ وبيسكوف؟ وعن سوريا؟ Pure."""

from __future__ import annotations

from assistant.conversation.agreement_ar import WHEN_WORDS, agreeing, asking_words, joined_to
from assistant.conversation.context import YEAR, Context, takes_the_speakers_place
from assistant.conversation.context_ar import ABOUT, ASKERS, LINKS, SAYINGS, TELLING, Word, begins_joined, words_of
from assistant.conversation.cut_short_ar import RELATIVE, THAT, complete, link_of, tie
from assistant.gazetteer import is_entity
from assistant.lexicon import folded
from assistant.reporting import SAY_AR
from index.text import fold_text

_LONGEST_FRAGMENT = 6
"""Words that a follow-up without a verb may have."""
_NEEDS_WORDS = folded(
    "قال قالت قالوا يقول تقول يقولون صرح صرحت ذكر ذكرت أكد أكدت أوضح أوضحت أضاف أضافت رأى يرى ترى يريد تريد أعلن أعلنت"
)
_HAPPENED = folded("حدث حدثت وقع وقعت جرى جرت كان كانت تم تمت حصل حصلت ذلك هذا هذه هو هي بالضبط تحديدا إذن فعل الأمر")
_NAMES_IN_WAW = folded(
    "وليد وائل وسام وسيم وفاء وجدي وهبي وفيق وحيد ودود وزير وزيرة وكالة وفد وزارة وحدة وقف واشنطن وارسو"
)


def from_bare(words: list[Word], context: Context) -> str | None:
    phrase = asking_words(words)
    asker, others = words[0], [word.text for word in words[phrase:]]
    asking = " ".join(word.raw for word in words[:phrase])
    if asker.text == "كم" and set(others) <= folded("عددهم العدد شخصا منهم بالضبط عدد"):
        return f"{' '.join(word.raw for word in words)} {tie(context)}"
    if (asker.text not in WHEN_WORDS and phrase == 1) or not set(others) <= _HAPPENED:
        return None
    if asker.text == fold_text("أين") and others and set(others) <= folded("هو هي هم"):
        return None
    if context.said and context.language == "ar" and context.speaker:
        if context.saying in TELLING and context.saying not in _NEEDS_WORDS:
            verb = next(word for word in words_of(context.text) if word.text == context.saying)
            return f"{asking} {context.text[verb.start :]}"
        if context.saying in SAYINGS and asker.text == fold_text("لماذا"):
            noun = next(word for word in words_of(context.text) if word.text == context.saying)
            return f"{asking} كان هذا {context.text[noun.start :]}"
    if context.said:
        verb = agreeing("قال", context.carried(context.speaker, "ar") or "")
        rest = tie(context, "قال")
        return f"{asking} {verb} {context.carried(context.speaker, 'ar')} ذلك {rest}".rstrip()
    if context.inverted and context.language == "ar":
        return f"{asking} {context.inverted}"
    topic = context.carried(context.topic, "ar")
    if context.clause or topic is None:
        return f"{asking} ({context.clause or context.text})"
    kept = [word.raw for word in words if word.text not in THAT | folded("هو هي هم بالضبط تحديدا إذن الأمر")]
    return f"{' '.join(kept)} {topic}"


def from_fragment(text: str, words: list[Word], context: Context, *, led: bool, asked: bool) -> str | None:
    what_about = len(words) > 2 and words[0].text == fold_text("ماذا") and words[1].text in ABOUT
    rest = words[2:] if what_about else words
    if len(rest) > _LONGEST_FRAGMENT or asking_words(rest) > 1:
        return None
    asking = next((place for place, word in enumerate(rest) if place and word.text == fold_text("ماذا")), None)
    if asking:  # وأردوغان ماذا قال
        turned = f"{text[rest[asking].start :]} {_without_and(text[: rest[asking - 1].end], rest[0])}"
        return complete(turned, words_of(turned), context)
    of_stance = context.saying == fold_text("موقف") and rest[0].text == "من" and len(rest) > 1
    if of_stance and (rest[1].text.startswith("ال") or is_entity(rest[1].text)):
        return _on_topic(text[rest[1].start :], context)
    if not what_about and _is_clause(rest):
        return None
    if not what_about and rest[0].text in LINKS:
        if len(rest) < 2 or not (led or asked):
            return None
        what = text[rest[1].start :]
        return _on_topic(what, context) if rest[0].text in ABOUT else _with_adjunct(rest[0].raw, what, context)
    what = text[rest[0].start :]
    bare = _without_and(what, rest[0])
    joined = bare != what
    if (joined or what_about) and words_of(bare)[0].text.removeprefix("ال") in SAYINGS:
        return complete(f"ما {bare}", words_of(f"ما {bare}"), context)
    if not (what_about or led or joined or (asked and len(rest) <= 4)):
        return None
    if fold_text(bare) in THAT | folded("هو هي هم أنت الآن بعد ذلك"):
        return None
    if fold_text(bare.split()[0]) in folded("عام سنة") or bare.isdigit():
        return _with_adjunct("في", bare, context)
    return _by_speaker(bare, context) if takes_the_speakers_place(bare, context) else _on_topic(bare, context)


def _without_and(text: str, first: Word) -> str:
    """Take off the «و» before a fragment, unless it is a letter of the first word."""
    if not first.text.startswith("و") or len(first.text) < 3 or first.text in _NAMES_IN_WAW:
        return text
    return text[1:]


def _is_clause(words: list[Word]) -> bool:
    """Tell whether words ask by themselves: they begin with an asking word or a verb that reports."""
    first = words[0].text
    return first in ASKERS or first in SAY_AR or first in SAYINGS or any(word.text in RELATIVE for word in words)


def _by_speaker(who: str, context: Context) -> str:
    if context.language == "ar" and context.speaker:
        made = context.replaced(context.speaker, who)
        verb = next((word for word in words_of(context.text[: context.speaker[0]])[::-1]), None)
        if verb and verb.text in SAY_AR | dict.fromkeys(TELLING):
            made = made[: verb.start] + agreeing(verb.raw, who) + made[verb.end :]
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
        if number == any(character.isdigit() for character in context.text[words[place].end : end]):
            return context.replaced((words[place + 1].start, end), what)
    alike = None if context.said else _alike(what, context)
    return context.replaced(alike, what) if alike else f"{context.text} {link} {what}"
