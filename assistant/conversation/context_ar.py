"""An Arabic question taken apart for those that follow it up. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.conversation.context import Context, Run, is_event
from assistant.questions.question import Kind, read_question
from assistant.speech.reporting_ar import SAY_AR
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import BODIES_AR, ROLES_AR, folded
from index.errors import QuestionError
from index.text import fold_text

ASKERS = folded("ماذا ما هل كيف لماذا متى أين كم من بم بماذا علام عم مم لم أي لمن ممن بمن")
"""Words that a question begins with."""

WHEN_WORDS = folded("متى لماذا أين كيف لم")
"""Those of them that ask for what surrounds an event."""

_WHICH = folded("متى أين أي")

LINKS = folded("عن حول بشأن بخصوص في من على إلى تجاه إزاء ضد بعد قبل خلال أثناء مع منذ لدى عند بين عبر حتى نحو ضمن")
"""Prepositions that stand as words of their own."""

ABOUT = folded("عن حول بشأن بخصوص تجاه إزاء")
"""Those of them that say what words are about."""

TELLING = folded("""
        قال قالت قالوا يقول تقول يقولون صرح صرحت ذكر ذكرت علق علقت وصف وصفت يصف رد ردت يرد ترد تحدث تحدثت أعلن أعلنت
        رأى رأت يرى ترى أكد أكدت يؤكد أوضح أوضحت أضاف أضافت أشار أشارت كتب كتبت غرد عبر عبرت أعرب أعربت تحدثت يتحدث
        تتحدث تكلم تكلمت أدلى أدلت قيم قيمت يريد تريد وافق وافقت يوافق توافق
""")
"""Verbs that ask for somebody's words rather than for what they did."""

SAYINGS = folded("موقف رأي تصريح تصريحات تعليق رد ردود أقوال كلام تقييم بيان مطالب مطلب")
"""Nouns that do."""

REPLIES = folded("رد ردت يرد ترد ردود علق علقت تعليق وافق وافقت يوافق توافق")

_HEAD_OF = folded("""
    سبب أسباب نتيجة نتائج عدد حصيلة ضحايا قتلى جرحى تاريخ موعد هدف أهداف تفاصيل تداعيات آثار بنود شروط تكلفة مصير أهمية
    مضمون حجم نسبة كلفة خسائر
""")
HAPPENING = folded("""
    عقد عقدت أقيم أقيمت جرى جرت وقع وقعت حدث حدثت حصل حصلت اندلع اندلعت بدأ بدأت انتهى انتهت افتتح افتتحت بني بنيت تأسس
    تأسست انطلق انطلقت تم تمت انفجر انفجرت غرق غرقت سقط سقطت تحطم تحطمت احترق احترقت اغتيل اغتيلت توقف توقفت انهار
    انهارت انعقد انعقدت نظم نظمت يقع تقع يبدأ تبدأ ينتهي تنتهي يعقد تعقد استمر استمرت يستمر تستمر
""")
"""Verbs of what takes place, with no actor of its own: its subject is the event."""
_AND_ASKS = re.compile(
    r"^[وف](?=(?:ماذا|ما|هل|كيف|لماذا|متى|متي|أين|اين|كم|من|بم|علام|عم|لم|أي|اي|عن|حول|بشأن|بخصوص|في|إلى|على|منذ)\b)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: code points, as it is written and folded."""

    start: int
    end: int
    raw: str
    text: str


def words_of(text: str) -> list[Word]:
    """Return the words between white space, punctuation at their ends aside."""
    return [
        Word(match.start(), match.end(), match.group(), fold_text(match.group()))
        for match in re.finditer(r"[^\s?؟!.,،;؛:\"«»()“”]+", text)
    ]


def asking_words(words: list[Word]) -> int:
    """Return how many words ask: one, or more of «في أي عام» and «منذ متى»."""
    if words[0].text not in LINKS or len(words) < 2 or words[1].text not in _WHICH:
        return 1
    return 3 if words[1].text == fold_text("أي") else 2


def without_conjunction(text: str) -> str:
    """Take off the «و» that joins a question to the one before it, where an asking word or a preposition follows."""
    return _AND_ASKS.sub("", text)


def read_context(text: str) -> Context:
    """Take an Arabic question that stands alone apart; raises QuestionError where it cannot be worked on."""
    flat = " ".join(text.split()).rstrip(" ?؟!.")
    plain = Context(without_conjunction(flat), "ar")
    words = words_of(plain.text)
    if not words:
        raise QuestionError(f"the question {text[:20]!r} holds no word; write one in Arabic or English")
    return _read_said(plain, words) or _read_event(plain, words)


def _read_said(plain: Context, words: list[Word]) -> Context | None:
    question = read_question(plain.text)
    saying = next((word for word in words[:4] if word.text in TELLING | SAYINGS), None)
    if question.kind is not Kind.SAID or not question.speaker or saying is None:
        return None
    start = plain.text.find(question.speaker, saying.end)
    if start < 0:
        return None
    end = start + len(question.speaker)
    found = replace(plain, said=True, saying=saying.text, speaker=(start, end))
    after = [word for word in words if word.start >= end]
    if not after:
        return found
    about = next((place for place, word in enumerate(after) if word.text in folded("عن حول بشأن بخصوص")), 0)
    link = after[about]
    if link.text in folded("عندما بعدما"):
        return replace(found, clause=plain.text[link.end + 1 :])
    if link.text in LINKS and about + 1 < len(after):
        return replace(found, topic=(after[about + 1].start, len(plain.text)))
    joined = 1 if link.text.startswith("بال") else 0
    return replace(found, topic=(link.start + joined, len(plain.text)))


def _read_event(plain: Context, words: list[Word]) -> Context:
    asker = words[0].text
    if asker not in ASKERS:
        return replace(plain, topic=(0, len(plain.text)))
    rest = words[1:]
    if asker in {"ما", "من"} and rest and rest[0].text in folded("هو هي هم الذي"):
        rest = rest[1:]
    if asker == "كم" and rest:
        return _counted(plain, rest)
    if not rest:
        return plain
    if asker == "ما" and words[1].text != fold_text("الذي"):
        return replace(plain, topic=(_without_head(rest), len(plain.text)), passive=True)
    if asker == "من" and words[1].text in folded("هو هي هم"):
        run = (rest[0].start, len(plain.text))
        return replace(plain, topic=run, speaker=run, passive=True)
    clause = plain.text[rest[0].start :]
    if asker == "من":
        thing = _complement(plain, rest[1:])
        stands = is_event(plain.words(thing))
        return replace(plain, topic=thing, clause=clause, inverted=clause, passive=stands)
    if rest[0].text in HAPPENING and not (rest[1:] and is_entity(rest[1].text)):  # وقعت إيران الاتفاق
        end = next((word.start - 1 for word in rest[2:] if word.text in LINKS and word.text != "من"), len(plain.text))
        event = (rest[1].start, end) if len(rest) > 1 else None
        stands = is_event(plain.words(event))
        return replace(plain, speaker=event, topic=event, clause=clause, inverted=clause, passive=stands)
    actor = actor_of(rest[1:], names_alone=rest[0].text in SAY_AR or rest[0].text in _INTRANSITIVE)
    others = [word for word in rest[1:] if actor is None or word.start >= actor[1]]
    return replace(plain, speaker=actor, topic=_complement(plain, others) or actor, clause=clause, inverted=clause)


def _counted(plain: Context, rest: list[Word]) -> Context:
    """Read «كم شخصا قتل في …» and «كم عدد ضحايا …»."""
    if rest[0].text in _HEAD_OF:
        return replace(plain, topic=(_without_head(rest), len(plain.text)), passive=True)
    clause = plain.text[rest[min(1, len(rest) - 1)].start :]
    link = next((place for place, word in enumerate(rest) if word.text in LINKS), None)
    topic = (rest[link + 1].start, len(plain.text)) if link is not None and link + 1 < len(rest) else None
    found = replace(plain, topic=topic, clause=clause, inverted=clause, counted=(rest[0].start, rest[0].end))
    return replace(found, passive=is_event(found.words(topic)))


def _without_head(words: list[Word]) -> int:
    """Return where the noun phrase begins behind «عدد ضحايا» and the like."""
    place = 0
    while place + 1 < len(words) and words[place].text in _HEAD_OF:
        place += 1
    return words[place].start


def _is_joined(words: list[Word]) -> bool:
    return bool(words) and begins_joined(words[0])


def begins_joined(word: Word) -> bool:
    """Tell whether a word begins with the preposition «ب», and not with a letter of its own: بكأس, but بيروت."""
    noun = word.text.removeprefix("ب")
    return noun != word.text and len(noun) > 2 and (noun.startswith("ال") or word.raw.endswith("ة") or is_event(noun))


def _complement(plain: Context, words: list[Word]) -> Run | None:
    """Return what a verb is about: its last words, without the preposition before them."""
    if not words:
        return None
    first = words[0]
    if first.text in LINKS:
        return (words[1].start, len(plain.text)) if len(words) > 1 else None
    return (first.start + (1 if _is_joined(words) else 0), len(plain.text))


_LONGEST_NAME = 4
_NAME_PARTS = folded("عبد أبو أبي نصر بن آل")
_INTRANSITIVE = folded(
    "استقال استقالت توفي توفيت مات ماتت ولد ولدت عاد عادت وصل وصلت سافر سافرت فاز فازت ترشح ترشحت اعتقل"
)


def actor_of(words: list[Word], *, names_alone: bool) -> Run | None:
    """Return the subject that follows a verb: a country, an office with its words, or the words of a name.

    `names_alone` tells that the verb has no object, which a word with an article could be.
    """
    if not words:
        return None
    count = 1
    office = words[0].text.removeprefix("ال") in ROLES_AR | BODIES_AR
    while count < min(len(words), _LONGEST_NAME) and not is_entity(words[0].text):
        word = words[count].text
        if word in LINKS or word.startswith(("بال", "لل")) or (is_entity(word) and not office):
            break
        if word.endswith(("ها", "هم")) or (office and not word.startswith("ال")):
            break
        surname = names_alone or word.endswith("ي") or words[count - 1].text in _NAME_PARTS
        if not office and word.startswith("ال") and not surname:
            break
        count += 1
    return words[0].start, words[count - 1].end
