"""Arabic follow-ups that point back: ماذا قال عن إدلب؟ وماذا قال ماكرون عنه؟ Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.conversation.agreement_ar import is_feminine, joined_to
from assistant.conversation.context import Context, is_event, is_thing
from assistant.conversation.context_ar import (
    ABOUT,
    ASKERS,
    HAPPENING,
    LINKS,
    REPLIES,
    SAYINGS,
    TELLING,
    WHEN_WORDS,
    Word,
    asking_words,
    words_of,
)
from assistant.conversation.cut_short_ar import HELPERS, JOINED, RELATIVE, THAT, at_the_time, complete, tie, told
from assistant.speech.reporting_ar import SAID_IT_AR, SAY_AR
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import STOP_AR, folded
from index.text import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ACTOR = 4
"""Words from the asking word to the end of a subject; an object may stand behind more."""
_WRITTEN = {"علي": "على", "الي": "إلى", "بشان": "بشأن", "ازاء": "إزاء"}
_TIMES = folded(
    "العام السنة الشهر الأسبوع اليوم الصباح المساء الفترة المرة اللحظة العقد القرن الوقت الليلة الموسم الصيف"
)
_TRANSITIVE = folded(
    "زار زارت التقى التقت قابل قابلت هاتف هاتفت غادر غادرت سيزور ستزور سيلتقي ستلتقي يزور تزور يلتقي تلتقي"
)
_INTENDING = folded("يعتزم تعتزم ينوي تنوي يخطط تخطط ألغى ألغت أجل أجلت")
_IMPERSONAL = folded("أعلن كشف عثر اتفق قبض وقع بدأ")
"""Verbs that, with no subject, are as often passive: متى أعلن عن."""
_PERSONS = folded("""
    زار يزور وصل يصل غادر يغادر التقى يلتقي سافر استقال توفي انتخب اعتقل ولد تولى فاز تحدث يتحدث بدأ عاد ترشح وقع تعهد
    هدد زارت وصلت غادرت التقت سافرت استقالت توفيت انتخبت اعتقلت ولدت تولت فازت تحدثت عادت ترشحت وقعت تعهدت هددت اتهم
    اتهمت تطرق تطرقت هاجم هاجمت دعم دعمت يدعم تدعم وافق وافقت شارك شاركت اجتمع اجتمعت اعتذر اعتذرت اعترف اعترفت
""")
_WHICH_NOUN = folded("أي كم")
_ENDS_IN_HEH = folded("اتجاه مياه وجه شفاه انتباه شبه عبده نزيه فقيه طه")
"""Words whose last letter is their own."""
_THEY = folded("هو هي هم")
_WHO_WHAT = folded("ما من")
_WAS = folded("كان كانت")
_STANDS = folded("يقع تقع هو هي")
_NO_SUBJECT = folded("شيئا أيضا بعدها لاحقا إن أن بأن إنه أنه كذلك سابقا")
_TRUE = folded("صحيح صحيحة حقيقي دقيق")
_BY_THAT = folded("بذلك بهذا")
_AFTER = folded("بعد قبل مع منذ بين")
_TELLS_THAT = folded("قال قالت صرح صرحت أعلن أعلنت")
_OWNED = re.compile(r"^(?P<noun>\w{3,}|رد)(?P<pronoun>ه|ها|هم)$")


def from_pronouns(text: str, words: list[Word], contexts: Sequence[Context]) -> str | None:
    """Return a question with names in the place of words that point back, or of a subject that is left out."""
    context = contexts[0]
    actor = next((one for one in contexts if one.speaker), None)
    if words[0].text == "من" and len(words) == 2 and words[1].text in _THEY:
        name = (actor and actor.carried(actor.speaker, "ar")) or context.carried(context.topic, "ar")
        return name and f"{text} {name}"
    elided = _with_subject(text, words, actor)
    if elided:
        text, words = elided, words_of(elided)
    made = (
        _with_thing_elided(text, words, context)
        or _with_joined(text, words, context)
        or _with_owner(text, words, context, actor)
        or _with_that(text, words, context)
        or _with_demonstrative(text, words, context)
    )
    if made:
        return complete(made, words_of(made), context) or made
    return elided and (complete(text, words, context) or elided)


def _with_subject(text: str, words: list[Word], actor: Context | None) -> str | None:
    """Name the speaker behind a verb that has no subject: «ماذا قال عن إدلب»."""
    first = asking_words(words)
    place = next((at for at, word in enumerate(words) if at >= first and word.text not in ASKERS | HELPERS), 0)
    if place == 0 or actor is None or words[0].text == "من":
        return None
    verb = words[place]
    following = words[place + 1].text if place + 1 < len(words) else None
    speaks = verb.text in SAY_AR or verb.text in TELLING or verb.text in SAID_IT_AR
    if verb.text in SAYINGS and not (_WAS.isdisjoint(word.text for word in words[:place]) and words[0].text != "ما"):
        return None  # ماذا كان رد أنقرة
    if not speaks and verb.text not in _PERSONS | _TRANSITIVE | _INTENDING:
        return None
    if "\u064f" in verb.raw or (words[0].text in WHEN_WORDS and verb.text in _IMPERSONAL):
        return None
    ends = following is None or following in LINKS | THAT | _NO_SUBJECT
    last = place + 2 >= len(words) or words[place + 2].text in LINKS
    joined = following is not None and (
        (JOINED.match(following) is not None and last)
        or following.startswith(("بال", "لل"))
        or following.removeprefix("ب") in THAT
    )
    # «هل ذكر سوريا»: the verb is masculine, the country is not
    other = following is not None and "ت" not in {verb.text[0], verb.text[-1]} and is_entity(following)
    other = other and is_feminine(words[place + 1].raw)
    thing = last and ((following is not None and verb.text in _TRANSITIVE) or other)
    meant = verb.text in _INTENDING and following is not None and is_event(following)
    name = actor.carried(actor.speaker, "ar")
    if following in _THEY:
        return f"{text[: verb.end]} {name}{text[words[place + 1].end :]}"
    if not (ends or joined or thing or meant):
        return None
    return f"{text[: verb.end]} {name}{text[verb.end :]}"


def _with_thing_elided(text: str, words: list[Word], context: Context) -> str | None:
    """Name what a verb with no subject tells of: «متى بدأت», «أين يقع»."""
    if len(words) != 2 or words[0].text not in WHEN_WORDS or context.topic is None:
        return None
    verb = words[1].text
    if verb not in HAPPENING | _STANDS or (context.happened and verb not in _STANDS):
        return None
    return f"{text} {context.carried(context.topic, 'ar')}"


def _with_joined(text: str, words: list[Word], context: Context) -> str | None:
    """Put the topic in the place of a pronoun that is joined to a preposition: عنه, بشأنها, له."""
    for place, word in enumerate(words):
        match = JOINED.match(word.text)
        if match is None or place == 0 or _is_bound(words[:place]):
            continue
        if place > _LONGEST_ACTOR and not any(one.text in SAY_AR or one.text in TELLING for one in words[:place]):
            continue
        if context.said and match["link"] in _AFTER:
            continue
        topic = context.carried(context.topic, "ar")
        speaker = context.carried(context.speaker, "ar")
        if match["pronoun"] == "ه" and context.said and topic and speaker and is_feminine(topic):
            topic = None if is_feminine(speaker) else speaker
        if topic:
            tied = joined_to(_WRITTEN.get(match["link"], match["link"]), topic)
            behind_verb = place == asking_words(words) + 1
            if place + 1 < len(words) and behind_verb and words[place + 1].text not in LINKS:
                return f"{text[: word.start]}{text[words[place + 1].start :]} {tied}"  # قال عنه أردوغان
            return f"{text[: word.start]}{tied}{text[word.end :]}"
        return f"{text} {at_the_time(context)}" if context.clause else None
    return None


def _is_bound(before: list[Word]) -> bool:
    """Tell whether something named before may be what a pronoun stands for, other than the subject."""
    if len(before) > 1 and before[0].text in _WHICH_NOUN:
        return True
    return any(word.text in LINKS | RELATIVE or word.text.startswith(("بال", "لل")) for word in before[1:])


def _with_owner(text: str, words: list[Word], context: Context, actor: Context | None) -> str | None:
    """Put a name in the place of a pronoun that is joined to a noun: «ما موقفه من …», «متى بدأت ولايته»."""
    for place, word in enumerate(words):
        match = _OWNED.match(word.text)
        if match is None or place == 0 or word.raw.endswith("ة") or word.text in STOP_AR | _ENDS_IN_HEH:
            continue
        if word.text.startswith("ال"):
            continue
        saying = match["noun"] in SAYINGS
        short = len(words) <= 3 and place == len(words) - 1 and not any(is_entity(one.text) for one in words)
        verb = place == 1 and words[0].text in ASKERS - {"ما"} and not saying
        held = verb and match["noun"] in SAY_AR.keys() | _TRANSITIVE and word.text not in SAID_IT_AR
        saying = saying and all(one.text in ASKERS | HELPERS for one in words[:place])
        if not (saying or short or held) or _is_bound(words[:place]):
            continue
        noun = word.raw[: len(word.raw) - len(match["pronoun"])]
        if held and place + 1 < len(words):  # هل نفتها إيران
            topic = context.carried(context.topic, "ar")
            return f"{text[: word.start]}{noun}{text[word.end :]} {topic}" if topic else None
        done = verb and short and context.happened and context.speaker and context.topic != context.speaker
        if done and words[0].text != "من":  # متى فتحته
            actor_and_thing = f"{context.carried(context.speaker, 'ar')} {context.carried(context.topic, 'ar')}"
            return f"{text[: word.start]}{noun} {actor_and_thing}"
        if verb and (words[0].text == "من" or match["noun"] in SAY_AR):
            name = context.carried(context.topic, "ar")
            noun = noun[:-1] + "ى" if noun.endswith("ا") else noun
        else:
            owner = actor if actor and (saying or actor.person) else None
            name = owner.carried(owner.speaker, "ar") if owner else context.carried(context.topic, "ar")
            noun = noun[:-1] + "ة" if noun.endswith("ت") and len(noun) > 2 and not saying else noun
        return f"{text[: word.start]}{noun} {name}{text[word.end :]}" if name else None
    return None


def _with_that(text: str, words: list[Word], context: Context) -> str | None:
    """Put the topic in the place of «ذلك»: عن ذلك, نفت طهران ذلك."""
    others = {word.text for word in words[1:]}
    if len(others) == 2 and THAT & others and _TRUE & others and context.said:
        return f"هل صحيح {told(context)}"
    topic = context.carried(context.topic, "ar") if context.happened is None else None
    for place, word in enumerate(words[1:], 1):
        before, after = text[: word.start], text[word.end :]
        if word.text in _BY_THAT and topic and not _is_before_noun(words, place):
            return f"{before}{joined_to('ب', topic)}{after}"
        if not _is_that_alone(words, place):
            continue
        if words[place - 1].text in LINKS:
            return _with_that_behind(text, words, place, topic, context)
        if topic and is_thing(topic) and not any(one.text in _TELLS_THAT for one in words[:place]):
            return f"{before}{topic}{after}"
        if topic and context.said and not any(one.text in SAY_AR for one in words[:place]):
            return f"{before}{told(context)}{after}"
        about = tie(context, "قال")
        return f"{text[: word.end]} {about}{after}" if about else None
    return None


def _is_that_alone(words: list[Word], place: int) -> bool:
    """Tell whether a word is a «that» which stands for something outside the question, and is no article to a noun."""
    if (
        words[place].text not in THAT
        or words[place - 1].text in _WHO_WHAT
        or _is_bound(words[: place - 1])
        or words[place - 1].text in _AFTER
    ):
        return False
    return not _is_before_noun(words, place)


def _is_before_noun(words: list[Word], place: int) -> bool:
    following = words[place + 1].text if place + 1 < len(words) else ""
    return following.startswith("ال") or following in RELATIVE


def _with_that_behind(text: str, words: list[Word], place: int, topic: str | None, context: Context) -> str | None:
    """Put the topic in the place of a «that» behind a preposition; what happened takes the preposition's, too."""
    link, after = words[place - 1], text[words[place].end :]
    saying = next((one.text for one in words[:place] if one.text in REPLIES), "")
    himself = (context.carried(context.speaker, "ar") or "") in text
    if context.said and not is_thing(topic) and not himself:
        if saying:
            return f"{text[: link.start]}{tie(context, saying)}{after}"
        if link.text not in ABOUT:
            return f"{text[: words[place].start]}{told(context)}{after}"
    if topic:
        return f"{text[: words[place].start]}{topic}{after}"
    return f"{text[: link.start]}{at_the_time(context)}{after}" if context.clause else None


def _with_demonstrative(text: str, words: list[Word], context: Context) -> str | None:
    """Put what the context calls so in the place of «تلك الزيارة», or say behind it what is meant."""
    for place, word in enumerate(words[:-1]):
        noun = words[place + 1]
        bare = word.text.removeprefix("ب")
        if bare not in THAT or not noun.text.startswith("ال") or noun.text in _TIMES:
            continue
        if _is_bound(words[: max(place - 1, 0)]):
            continue
        wanted = {stem(noun.text), stem(noun.text.removeprefix("ال"))}
        for run in (context.topic, context.speaker):
            named = context.carried(run, "ar") or ""
            if wanted & {stem(one.text.removeprefix("ال")) for one in words_of(named)}:
                return text[: word.start] + ("" if bare == word.text else "ب") + named + text[noun.end :]
        what = context.clause or context.carried(context.topic, "ar")
        if what and context.said and not is_thing(what):
            return f"{text[: noun.end]} بشأن {what}{text[noun.end :]}"
        return f"{text[: noun.end]} ({what}){text[noun.end :]}" if what else None
    return None
