"""Arabic follow-ups that leave out what they are about: ماذا قال بيسكوف؟ كم قتل؟ Pure."""

from __future__ import annotations

import re

from assistant.conversation.agreement_ar import agreeing, joined_to
from assistant.conversation.context import Context, is_event
from assistant.conversation.context_ar import ASKERS, LINKS, REPLIES, SAYINGS, TELLING, Word
from assistant.conversation.cut_short_en import REPLIES as REPLIES_EN
from assistant.questions.question import LONGEST_SPEAKER
from assistant.speech.reporting_ar import SAY_AR
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import BODIES_AR, ROLES_AR, STOP_AR, folded
from index.text import fold_text, stem

THAT = folded("ذلك هذا هذه تلك")

JOINED = re.compile(
    r"^(?P<link>عن|في|من|علي|الي|حول|بشان|بخصوص|ضد|تجاه|ازاء|مع|بعد|قبل|خلال|ل|ب)(?P<pronoun>ه|ها|هم|هما|هن)$"
)
"""A pronoun joined to a preposition."""

HELPERS = folded("قد كان كانت أيضا الذي هو هي")
"""Words between an asking word and the verb."""

_HELD = folded("نفى نفت ينفي تنفي أكد أكدت يؤكد تؤكد")
_TAKE_NO_OBJECT = (
    folded("قال قالت قالوا يقول تقول صرح صرحت علق علقت رد ردت يرد ترد تحدث تحدثت يتحدث تتحدث") | REPLIES | SAYINGS
)
"""Words for saying that no object follows, so that all words up to a preposition are the speaker's name."""

_REACTION = folded("رد ردود"), folded("فعل أفعال")
RELATIVE = folded("التي الذي الذين اللذان اللتان أن بأن إن عندما بعدما حين كما وهو وهي لأن إذا")
_GENERIC = folded("""
    قتل قتلوا قتيل قتيلا القتلى قتلى ضحايا الضحايا جرح أصيب الجرحى جرحى المصابين عدد شخص شخصا أشخاص مات ماتوا توفي نزح
    اعتقل المعتقلين المفقودين حصيلة الحصيلة النتيجة نتيجة النتائج السبب الأسباب التفاصيل فاز خسر حضر شارك وراء المسؤول
    نفذ حدث يحدث جرى يجري وقع انتهى بدأ استمر تسبب الخسائر الأضرار بعدها سقط بلغ بلغت كانت كان أهم أبرز لقي مصرعهم
    حتفهم دمر
""")
"""Words that name nothing of their own: in a question of these, all depends on what was spoken of."""

_MOST_WORDS, _FEW_WORDS = 5, 3
"""Words of a question that names nothing of its own, where «و» leads it and in any case."""

_OCCASIONS = folded("""
    حفل اجتماع لقاء حادث حادثة قرار جلسة مراسم بيان كلمة خطاب عملية منفذ منفذون متهم متهمون فائز جائزة اتفاق اتفاقية
    صفقة انتخابات قانون خطة مشروع قرارات خسائر
""")
"""Nouns that, with the article and nothing else, mean what was spoken of."""


def from_ellipsis(text: str, words: list[Word], context: Context, *, led: bool) -> str | None:
    """Return a question made whole that says nothing of what it is about; None where it does."""
    return complete(text, words, context, led=led) or _from_generic(text, words, context, led=led)


def complete(text: str, words: list[Word], context: Context, *, led: bool = True) -> str | None:
    """Say what words are about where a question for them names the speaker alone."""
    if words[0].text not in ASKERS:
        return None
    place = next((place for place, word in enumerate(words) if word.text not in ASKERS | HELPERS), len(words))
    if place == len(words):
        return None
    verb = words[place].text.removeprefix("ال")
    wanted = words[0].text == fold_text("ماذا") and led and verb in SAY_AR
    if not (wanted or verb in SAYINGS or verb in TELLING or verb in _HELD):
        return None
    rest = words[place + 1 :]
    if verb in _REACTION[0] and rest and rest[0].text in _REACTION[1]:
        rest = rest[1:]
    if not _names_alone(rest) or (verb not in _TAKE_NO_OBJECT and not _is_one_speaker(rest)):
        return None
    if not led and text[rest[0].start :] == context.words(context.speaker):
        return None
    about = tie(context, verb)
    return f"{text} {about}" if about else None


def _names_alone(words: list[Word]) -> bool:
    """Tell whether words go no further than a name: no preposition, no clause."""
    return 0 < len(words) <= LONGEST_SPEAKER and not any(
        word.text in LINKS | RELATIVE | THAT or JOINED.match(word.text) or word.text.startswith("بال") for word in words
    )


def _is_one_speaker(words: list[Word]) -> bool:
    """Tell whether words after a verb that takes an object name its subject alone."""
    first = words[0].text
    titled = first.startswith("ال") or first in ROLES_AR | BODIES_AR
    return len(words) == 1 or (titled and all(word.text.startswith("ال") or word.text == "باسم" for word in words[1:]))


def link_of(saying: str | None) -> str:
    """Return the preposition between a word for saying and what is spoken of."""
    if saying in REPLIES:
        return "على"
    return {"موقف": "من", fold_text("رأي"): "في", fold_text("تقييم"): "ل"}.get(saying or "", "عن")


def tie(context: Context, saying: str = "") -> str:
    """Return what ties a question cut short to the context: about its topic, or when it happened."""
    topic = context.carried(context.topic, "ar")
    if context.happened or (context.clause and context.passive and saying in REPLIES):
        return at_the_time(context)
    if topic is None:
        return at_the_time(context) if context.clause else ""
    if saying in REPLIES and context.said and context.saying not in REPLIES | REPLIES_EN:
        return f"على {told(context)}"
    return joined_to(link_of(saying) if saying else "في", topic)


def told(context: Context) -> str:
    """Return «what the speaker said about the topic»."""
    topic, speaker = context.carried(context.topic, "ar"), context.carried(context.speaker, "ar") or ""
    said = "قالته" if agreeing("قال", speaker) == "قالت" else "قاله"
    return f"ما {said} {speaker}" + (f" عن {topic}" if topic else "")


def at_the_time(context: Context) -> str:
    """Return what the context says happened, as a clause; in brackets where it is in another language."""
    return f"عندما {context.clause}" if context.language == "ar" else f"({context.clause or context.text})"


def _names_occasion(words: list[Word]) -> bool:
    """Tell whether words are a verb with «the match», «the final match»: one that was spoken of."""
    definite = [word.text for word in words if word.text.startswith("ال")]
    occasion = any(is_event(word) or {word.removeprefix("ال"), stem(word)} & _OCCASIONS for word in definite)
    return occasion and len(words) - len(definite) <= 1 and len(definite) <= 2


def _from_generic(text: str, words: list[Word], context: Context, *, led: bool) -> str | None:
    """Make a question whole that names nothing of its own: «كم قتل», «أين أقيمت المباراة النهائية»."""
    did = led and words[0].text == "هل" and len(words) == _FEW_WORDS and (context.happened or context.passive)
    if words[0].text not in ASKERS or len(words) > _MOST_WORDS:
        return None
    if not did and any(is_entity(word.text) for word in words):
        return None
    if any(word.text in LINKS or JOINED.match(word.text) for word in words[1:]):
        return None
    if all(word.text in STOP_AR for word in words[1:]):
        return None
    own = [word for word in words[1:] if word.text not in STOP_AR | _GENERIC]
    counts = did or (words[0].text == "كم" and len(words) <= _FEW_WORDS)
    if own and not counts and not (_names_occasion(own) and (led or len(words) <= _FEW_WORDS)):
        return None
    if context.happened:
        return f"{text} ({context.clause})" if own and not counts else f"{text} {at_the_time(context)}"
    topic = context.setting("ar")
    return f"{text} في {topic}" if topic else None
