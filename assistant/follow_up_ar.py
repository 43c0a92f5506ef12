"""Arabic follow-ups: fragments, pronouns and questions cut short, made whole from an earlier question. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.context import YEAR, Context, is_event, is_thing, takes_the_speakers_place
from assistant.context_ar import (
    ABOUT,
    ASKERS,
    actor_of,
    begins_joined,
    HAPPENING,
    LINKS,
    REPLIES,
    SAYINGS,
    TELLING,
    Word,
    without_conjunction,
    words_of,
)
from assistant.gazetteer import entity_names, is_entity
from assistant.lexicon import BODIES_AR, ROLES_AR, STOP_AR, folded
from assistant.reporting import SAID_IT_AR, SAY_AR
from index.text import fold_text, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ACTOR = 4
"""Words from the asking word to the end of a subject; an object may stand behind more."""
_LONGEST_FRAGMENT = 6
"""Words that a follow-up without a verb may have."""

_LED = re.compile(r"^(?:(?:و|أما|اما|طيب|حسنا|حسنًا|إذن|ثم|لكن|ولكن)\s+)+(?=\S)")
_WHEN_WORDS = folded("متى لماذا أين كيف لم")
_NEEDS_WORDS = folded("قال قالت قالوا يقول تقول يقولون صرح صرحت ذكر ذكرت أكد أكدت أوضح أوضحت أضاف أضافت رأى يرى ترى يريد تريد أعلن أعلنت")
_HAPPENED = folded("حدث حدثت وقع وقعت جرى جرت كان كانت تم تمت حصل حصلت ذلك هذا هذه هو هي بالضبط تحديدا إذن فعل الأمر")
_THAT = folded("ذلك هذا هذه تلك")
_JOINED = re.compile(
    r"^(?P<link>عن|في|من|علي|الي|حول|بشان|بخصوص|ضد|تجاه|ازاء|مع|بعد|قبل|خلال|ل|ب)(?P<pronoun>ه|ها|هم|هما|هن)$"
)
_WRITTEN = {"علي": "على", "الي": "إلى", "بشان": "بشأن", "ازاء": "إزاء"}
_TIMES = folded("العام السنة الشهر الأسبوع اليوم الصباح المساء الفترة المرة اللحظة العقد القرن الوقت الليلة الموسم الصيف")
_HELPERS = folded("قد كان كانت أيضا الذي هو هي")
_HELD = folded("نفى نفت ينفي تنفي أكد أكدت يؤكد تؤكد")
_TRANSITIVE = folded("زار زارت التقى التقت قابل قابلت هاتف هاتفت غادر غادرت سيزور ستزور سيلتقي ستلتقي يزور تزور يلتقي تلتقي")
_INTENDING = folded("يعتزم تعتزم ينوي تنوي يخطط تخطط ألغى ألغت أجل أجلت")
_IMPERSONAL = folded("أعلن كشف عثر اتفق قبض وقع بدأ")
"""Verbs that, with no subject, are as often passive: متى أعلن عن."""
_TAKE_NO_OBJECT = folded("قال قالت قالوا يقول تقول صرح صرحت علق علقت رد ردت يرد ترد تحدث تحدثت يتحدث تتحدث") | REPLIES | SAYINGS
_RELATIVE = folded("التي الذي الذين اللذان اللتان أن بأن إن عندما بعدما حين كما وهو وهي لأن إذا")
_PERSONS = folded("""
    زار يزور وصل يصل غادر يغادر التقى يلتقي سافر استقال توفي انتخب اعتقل ولد تولى فاز تحدث يتحدث بدأ عاد ترشح وقع تعهد هدد
    زارت وصلت غادرت التقت سافرت استقالت توفيت انتخبت اعتقلت ولدت تولت فازت تحدثت عادت ترشحت وقعت تعهدت هددت اتهم اتهمت
    تطرق تطرقت هاجم هاجمت دعم دعمت يدعم تدعم وافق وافقت شارك شاركت اجتمع اجتمعت اعتذر اعتذرت اعترف اعترفت
""")
_GENERIC = folded("""
    قتل قتلوا قتيل قتيلا القتلى قتلى ضحايا الضحايا جرح أصيب الجرحى جرحى المصابين عدد شخص شخصا أشخاص مات ماتوا توفي نزح اعتقل
    المعتقلين المفقودين حصيلة الحصيلة النتيجة نتيجة النتائج السبب الأسباب التفاصيل فاز خسر حضر شارك وراء المسؤول نفذ حدث
    يحدث جرى يجري وقع انتهى بدأ استمر تسبب الخسائر الأضرار بعدها سقط بلغ بلغت كانت كان أهم أبرز لقي مصرعهم حتفهم دمر
""")
_OCCASIONS = folded("""
    حفل اجتماع لقاء حادث حادثة قرار جلسة مراسم بيان كلمة خطاب عملية منفذ منفذون متهم متهمون فائز جائزة اتفاق اتفاقية صفقة
    انتخابات قانون خطة مشروع قرارات خسائر
""")
"""Nouns that, with the article and nothing else, mean what was spoken of."""
_FEMININE_NOT = folded("العراق الأردن لبنان المغرب السودان اليمن الصومال الكويت قطاع")


def rewrite_arabic(question: str, contexts: Sequence[Context]) -> str | None:
    """Return an Arabic question made whole from what earlier ones leave, the nearest first; None where it is whole."""
    whole = " ".join(question.split()).rstrip(" ?؟!.")
    text = without_conjunction(_LED.sub("", whole))
    led = len(text) < len(whole)
    context, words = contexts[0], words_of(text)
    if not words:
        return None
    made = (
        _from_bare(words, context)
        or _from_fragment(text, words, context, led=led, asked=question.rstrip().endswith(("?", "؟")))
        or _from_pronouns(text, words, contexts)
        or _from_ellipsis(text, words, context, led=led)
    )
    return made and made + "؟"


# --- متى؟ لماذا؟


def _from_bare(words: list[Word], context: Context) -> str | None:
    phrase = _asking_words(words)
    asker, others = words[0], [word.text for word in words[phrase:]]
    asking = " ".join(word.raw for word in words[:phrase])
    if asker.text == "كم" and set(others) <= folded("عددهم العدد شخصا منهم بالضبط عدد"):
        return f"{' '.join(word.raw for word in words)} {_about(context)}"
    if (asker.text not in _WHEN_WORDS and phrase == 1) or not set(others) <= _HAPPENED:
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
        verb = _agreeing("قال", context.carried(context.speaker, "ar") or "")
        rest = _about(context, "قال")
        return f"{asking} {verb} {context.carried(context.speaker, 'ar')} ذلك {rest}".rstrip()
    if context.inverted and context.language == "ar":
        return f"{asking} {context.inverted}"
    topic = context.carried(context.topic, "ar")
    if context.clause or topic is None:
        return f"{asking} ({context.clause or context.text})"
    kept = [word.raw for word in words if word.text not in _THAT | folded("هو هي هم بالضبط تحديدا إذن الأمر")]
    return f"{' '.join(kept)} {topic}"


def _asking_words(words: list[Word]) -> int:
    """Return how many words ask: one, or more of «في أي عام» and «منذ متى»."""
    if words[0].text not in LINKS or len(words) < 2 or words[1].text not in folded("متى أين أي"):
        return 1
    return 3 if words[1].text == fold_text("أي") else 2


# --- وبيسكوف؟ وماذا عن أردوغان؟ وعن سوريا؟


def _from_fragment(text: str, words: list[Word], context: Context, *, led: bool, asked: bool) -> str | None:
    what_about = len(words) > 2 and words[0].text == fold_text("ماذا") and words[1].text in ABOUT
    rest = words[2:] if what_about else words
    if len(rest) > _LONGEST_FRAGMENT or _asking_words(rest) > 1:
        return None
    asking = next((place for place, word in enumerate(rest) if place and word.text == fold_text("ماذا")), None)
    if asking:  # وأردوغان ماذا قال
        turned = f"{text[rest[asking].start :]} {_without_and(text[: rest[asking - 1].end], rest[0])}"
        return _from_cut_short(turned, words_of(turned), context)
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
        return _from_cut_short(f"ما {bare}", words_of(f"ما {bare}"), context)
    if not (what_about or led or joined or (asked and len(rest) <= 4)):
        return None
    if fold_text(bare) in _THAT | folded("هو هي هم أنت الآن بعد ذلك"):
        return None
    if fold_text(bare.split()[0]) in folded("عام سنة") or bare.isdigit():
        return _with_adjunct("في", bare, context)
    return _by_speaker(bare, context) if takes_the_speakers_place(bare, context) else _on_topic(bare, context)


_NAMES_IN_WAW = folded("وليد وائل وسام وسيم وفاء وجدي وهبي وفيق وحيد ودود وزير وزيرة وكالة وفد وزارة وحدة وقف واشنطن وارسو")


def _without_and(text: str, first: Word) -> str:
    """Take off the «و» before a fragment, unless it is a letter of the first word."""
    if not first.text.startswith("و") or len(first.text) < 3 or first.text in _NAMES_IN_WAW:
        return text
    return text[1:]


def _is_clause(words: list[Word]) -> bool:
    """Tell whether words ask by themselves: they begin with an asking word or a verb that reports."""
    first = words[0].text
    return first in ASKERS or first in SAY_AR or first in SAYINGS or any(word.text in _RELATIVE for word in words)


def _by_speaker(who: str, context: Context) -> str:
    if context.language == "ar" and context.speaker:
        made = context.replaced(context.speaker, who)
        verb = next((word for word in words_of(context.text[: context.speaker[0]])[::-1]), None)
        if verb and verb.text in SAY_AR | dict.fromkeys(TELLING):
            made = made[: verb.start] + _agreeing(verb.raw, who) + made[verb.end :]
        return made
    return f"ماذا {_agreeing('قال', who)} {who} {_about(context, 'قال')}".rstrip()


def _on_topic(what: str, context: Context) -> str:
    if context.language == "ar":
        run = _alike(what, context) if not context.said else None
        run = run or context.topic
        if run:
            joined = context.text[run[0] - 1 : run[0]] == "ب" and run[0] > 1
            what = what[1:] if joined and begins_joined(words_of(what)[0]) else what
            return context.replaced((run[0] - joined, run[1]), _joined("ب", what) if joined else what)
        return f"{context.text} {_link(context.saying)} {what}"
    speaker = context.carried(context.speaker, "ar")
    if speaker and context.said:
        return f"ماذا {_agreeing('قال', speaker)} {speaker} عن {what}"
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


def _agreeing(verb: str, who: str) -> str:
    """Return a verb in the perfect as its subject asks for: feminine before a country and before ة."""
    if not words_of(who):
        return verb
    feminine, ends = _is_feminine(who), verb.endswith("ت")
    if feminine == ends:
        return verb
    if feminine:
        return (verb[:-1] if verb[-1] in "ىا" else verb) + "ت"
    plain = verb[:-1]
    return next((form for form in (plain, plain + "ى") if fold_text(form) in SAY_AR.keys() | TELLING), verb)


def _is_feminine(words: str) -> bool:
    """Tell whether words are feminine by their form, or name a country that is."""
    first = words_of(words)[0]
    if first.raw.endswith(("ة", "ات")):
        return True
    names, bare = entity_names(first.text), first.text.removeprefix("ال")
    return names is not None and first.text not in _FEMININE_NOT and bare == fold_text(names[1]).removeprefix("ال")


# --- ماذا قال عن إدلب؟ وماذا قال ماكرون عنه؟ تلك الزيارة


def _from_pronouns(text: str, words: list[Word], contexts: Sequence[Context]) -> str | None:
    context = contexts[0]
    actor = next((one for one in contexts if one.speaker), None)
    if words[0].text == "من" and len(words) == 2 and words[1].text in folded("هو هي هم"):
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
        return made
    return elided and (_from_cut_short(text, words, context) or elided)


def _with_subject(text: str, words: list[Word], actor: Context | None) -> str | None:
    """Name the speaker behind a verb that has no subject: «ماذا قال عن إدلب»."""
    first = _asking_words(words)
    place = next((at for at, word in enumerate(words) if at >= first and word.text not in ASKERS | _HELPERS), 0)
    if place == 0 or actor is None or words[0].text == "من":
        return None
    verb = words[place]
    following = words[place + 1].text if place + 1 < len(words) else None
    speaks = verb.text in SAY_AR or verb.text in TELLING or verb.text in SAID_IT_AR
    if not speaks and verb.text not in _PERSONS | _TRANSITIVE | _INTENDING:
        return None
    if "\u064f" in verb.raw or (words[0].text in _WHEN_WORDS and verb.text in _IMPERSONAL):
        return None
    ends = following is None or following in LINKS | _THAT | folded("أيضا بعدها لاحقا إن أن بأن إنه أنه كذلك سابقا")
    last = place + 2 >= len(words) or words[place + 2].text in LINKS
    joined = following is not None and (
        (_JOINED.match(following) is not None and last) or following.startswith(("بال", "لل"))
    )
    # «هل ذكر سوريا»: the verb is masculine, the country is not
    other = following is not None and "ت" not in {verb.text[0], verb.text[-1]} and is_entity(following)
    other = other and _is_feminine(words[place + 1].raw)
    thing = last and ((following is not None and verb.text in _TRANSITIVE) or other)
    meant = verb.text in _INTENDING and following is not None and is_event(following)
    if not (ends or joined or thing or meant):
        return None
    name = actor.carried(actor.speaker, "ar")
    return f"{text[: verb.end]} {name}{text[verb.end :]}"


def _with_thing_elided(text: str, words: list[Word], context: Context) -> str | None:
    """Name what a verb with no subject tells of: «متى بدأت», «أين يقع»."""
    if len(words) != 2 or words[0].text not in _WHEN_WORDS or context.topic is None:
        return None
    verb = words[1].text
    if verb not in HAPPENING | folded("هو هي") or (context.happened and verb not in folded("يقع تقع هو هي")):
        return None
    return f"{text} {context.carried(context.topic, 'ar')}"


def _with_joined(text: str, words: list[Word], context: Context) -> str | None:
    """Put the topic in the place of a pronoun that is joined to a preposition: عنه, بشأنها, له."""
    for place, word in enumerate(words):
        match = _JOINED.match(word.text)
        if match is None or place == 0 or _is_bound(words[:place]):
            continue
        if place > _LONGEST_ACTOR and not any(one.text in SAY_AR or one.text in TELLING for one in words[:place]):
            continue
        topic = context.carried(context.topic, "ar")
        speaker = context.carried(context.speaker, "ar")
        if match["pronoun"] == "ه" and context.said and topic and speaker and _is_feminine(topic):
            topic = None if _is_feminine(speaker) else speaker
        if topic:
            told = _joined(_WRITTEN.get(match["link"], match["link"]), topic)
            if place + 1 < len(words) and words[place - 1].text in SAY_AR and words[place + 1].text not in LINKS:
                return f"{text[: word.start]}{text[words[place + 1].start :]} {told}"  # قال عنه أردوغان
            return f"{text[: word.start]}{told}{text[word.end :]}"
        return f"{text} {_when(context)}" if context.clause else None
    return None


def _is_bound(before: list[Word]) -> bool:
    """Tell whether something named before may be what a pronoun stands for, other than the subject."""
    return any(word.text in LINKS | _RELATIVE or word.text.startswith(("بال", "لل")) for word in before[1:])


def _joined(link: str, words: str) -> str:
    """Put a preposition before words: «ل» and «ب» are written together with them."""
    if link == "ل":
        return "لل" + words[2:] if words.startswith("ال") else "ل" + words
    return link + words if link == "ب" else f"{link} {words}"


_OWNED = re.compile(r"^(?P<noun>\w{3,})(?P<pronoun>ه|ها|هم)$")


def _with_owner(text: str, words: list[Word], context: Context, actor: Context | None) -> str | None:
    """Put a name in the place of a pronoun that is joined to a noun: «ما موقفه من …», «متى بدأت ولايته»."""
    for place, word in enumerate(words):
        match = _OWNED.match(word.text)
        if match is None or place == 0 or word.raw.endswith("ة") or word.text in STOP_AR:
            continue
        saying = match["noun"] in SAYINGS
        short = len(words) <= 3 and place == len(words) - 1 and not any(is_entity(one.text) for one in words)
        verb = place == 1 and words[0].text in ASKERS - {"ما"} and not saying
        held = verb and match["noun"] in SAY_AR.keys() | _TRANSITIVE and word.text not in SAID_IT_AR
        saying = saying and all(one.text in ASKERS | _HELPERS for one in words[:place])
        if not (saying or short or held) or _is_bound(words[:place]):
            continue
        noun = word.raw[: len(word.raw) - len(match["pronoun"])]
        if held and place + 1 < len(words):  # هل نفتها إيران
            topic = context.carried(context.topic, "ar")
            return f"{text[: word.start]}{noun}{text[word.end :]} {topic}" if topic else None
        done = verb and short and context.happened and context.speaker and context.topic != context.speaker
        if done and words[0].text != "من":  # متى فتحته
            return f"{text[: word.start]}{noun} {context.carried(context.speaker, 'ar')} {context.carried(context.topic, 'ar')}"
        if verb and (words[0].text == "من" or match["noun"] in SAY_AR):
            name = context.carried(context.topic, "ar")
            noun = noun[:-1] + "ى" if noun.endswith("ا") else noun
        else:
            name = actor.carried(actor.speaker, "ar") if actor else context.carried(context.topic, "ar")
            noun = noun[:-1] + "ة" if noun.endswith("ت") and len(noun) > 2 and not saying else noun
        return f"{text[: word.start]}{noun} {name}{text[word.end :]}" if name else None
    return None


def _with_that(text: str, words: list[Word], context: Context) -> str | None:
    """Put the topic in the place of «ذلك»: عن ذلك, نفت طهران ذلك."""
    true = [word.text for word in words[1:]]
    if len(true) == 2 and _THAT & set(true) and folded("صحيح صحيحة حقيقي دقيق") & set(true) and context.said:
        return f"هل صحيح {_told(context)}"
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else None
        if word.text in folded("بذلك بهذا") and place and context.topic and context.happened is None:
            return f"{text[: word.start]}{_joined('ب', context.carried(context.topic, 'ar') or '')}{text[word.end :]}"
        if word.text not in _THAT or place == 0 or _is_bound(words[: place - 1]):
            continue
        if following and (following.text.startswith("ال") or following.text in _RELATIVE):
            continue
        if words[place - 1].text in folded("بعد قبل مع منذ بين"):
            continue
        topic = context.carried(context.topic, "ar")
        told = any(one.text in folded("قال قالت صرح صرحت أعلن أعلنت") for one in words[:place])
        if words[place - 1].text in LINKS:
            saying = next((one.text for one in words[:place] if one.text in REPLIES), "")
            if saying and context.said and not is_thing(topic):
                return f"{text[: words[place - 1].start]}{_about(context, saying)}{text[word.end :]}"
            if topic and context.happened is None:
                return f"{text[: word.start]}{topic}{text[word.end :]}"
            return f"{text[: words[place - 1].start]}{_when(context)}{text[word.end :]}" if context.clause else None
        if topic and is_thing(topic) and not told and context.happened is None:
            return f"{text[: word.start]}{topic}{text[word.end :]}"
        about = _about(context, "قال")
        return f"{text[: word.end]} {about}{text[word.end :]}" if about else None
    return None


def _with_demonstrative(text: str, words: list[Word], context: Context) -> str | None:
    """Put what the context calls so in the place of «تلك الزيارة», or say behind it what is meant."""
    for place, word in enumerate(words[:-1]):
        noun = words[place + 1]
        if word.text not in _THAT or not noun.text.startswith("ال") or noun.text in _TIMES:
            continue
        if _is_bound(words[: max(place - 1, 0)]):
            continue
        wanted = {stem(noun.text), stem(noun.text.removeprefix("ال"))}
        for run in (context.topic, context.speaker):
            named = context.carried(run, "ar") or ""
            if wanted & {stem(one.text.removeprefix("ال")) for one in words_of(named)}:
                return text[: word.start] + named + text[noun.end :]
        what = context.clause or context.carried(context.topic, "ar")
        return f"{text[: noun.end]} ({what}){text[noun.end :]}" if what else None
    return None


# --- وماذا قال بيسكوف؟ كيف رد الكرملين؟ كم قتل؟


def _from_ellipsis(text: str, words: list[Word], context: Context, *, led: bool) -> str | None:
    return _from_cut_short(text, words, context, led=led) or _from_generic(text, words, context, led=led)


def _from_cut_short(text: str, words: list[Word], context: Context, *, led: bool = True) -> str | None:
    """Say what words are about where a question for them names the speaker alone."""
    if words[0].text not in ASKERS:
        return None
    place = next((place for place, word in enumerate(words) if word.text not in ASKERS | _HELPERS), len(words))
    if place == len(words):
        return None
    verb = words[place].text.removeprefix("ال")
    wanted = words[0].text == fold_text("ماذا") and led and verb in SAY_AR
    if not (wanted or verb in SAYINGS or verb in TELLING or verb in _HELD):
        return None
    rest = words[place + 1 :]
    if verb in folded("رد ردود") and rest and rest[0].text in folded("فعل أفعال"):
        rest = rest[1:]
    if not rest or len(rest) > _LONGEST_FRAGMENT or any(
        word.text in LINKS | _RELATIVE | _THAT or _JOINED.match(word.text) or word.text.startswith("بال")
        for word in rest
    ):
        return None
    named = actor_of(rest, names_alone=verb in _TAKE_NO_OBJECT)
    if named is None or (verb not in _TAKE_NO_OBJECT and not _is_one_speaker(rest)):
        return None
    if not led and text[rest[0].start :] == context.words(context.speaker):
        return None
    about = _about(context, verb)
    return f"{text} {about}" if about else None


def _is_one_speaker(words: list[Word]) -> bool:
    """Tell whether words after a verb that takes an object name its subject alone."""
    first = words[0].text
    titled = first.startswith("ال") or first in ROLES_AR | BODIES_AR
    return len(words) == 1 or (
        titled and all(word.text.startswith("ال") or word.text == "باسم" for word in words[1:])
    )


def _link(saying: str | None) -> str:
    if saying in REPLIES:
        return "على"
    return {"موقف": "من", fold_text("رأي"): "في", fold_text("تقييم"): "ل"}.get(saying or "", "عن")


def _about(context: Context, saying: str = "") -> str:
    """Return what ties a question cut short to the context: about its topic, or when it happened."""
    topic = context.carried(context.topic, "ar")
    if context.happened or (context.clause and context.passive and saying in REPLIES):
        return _when(context)
    if topic is None:
        return _when(context) if context.clause else ""
    if saying in REPLIES and context.said and context.saying not in REPLIES and context.saying not in {"respond", "react"}:
        return f"على {_told(context)}"
    return _joined(_link(saying) if saying else "في", topic)


def _told(context: Context) -> str:
    """Return «what the speaker said about the topic»."""
    topic, speaker = context.carried(context.topic, "ar"), context.carried(context.speaker, "ar") or ""
    said = "قالته" if _agreeing("قال", speaker) == "قالت" else "قاله"
    return f"ما {said} {speaker}" + (f" عن {topic}" if topic else "")


def _when(context: Context) -> str:
    return f"عندما {context.clause}" if context.language == "ar" else f"({context.clause or context.text})"


def _from_generic(text: str, words: list[Word], context: Context, *, led: bool) -> str | None:
    """Make a question whole that names nothing of its own: «كم قتل», «أين أقيمت المباراة النهائية»."""
    if words[0].text not in ASKERS or len(words) > 5 or any(is_entity(word.text) for word in words):
        return None
    content = [word for word in words[1:] if word.text not in STOP_AR]
    counts = words[0].text == "كم" and len(words) <= 3
    own = [word for word in content if word.text not in _GENERIC]
    if any(word.text in LINKS or _JOINED.match(word.text) for word in words[1:]):
        return None
    topic = context.carried(context.topic, "ar")
    if own and not counts:
        definite = [word for word in own if word.text.startswith("ال")]
        happens = any(
            is_event(word.text) or {word.text.removeprefix("ال"), stem(word.text)} & _OCCASIONS for word in definite
        )
        if not happens or not (led or len(words) == 3) or len(own) - len(definite) > 1 or len(definite) > 2:
            return None
    if context.happened:
        return f"{text} ({context.clause})" if own and not counts else f"{text} {_when(context)}"
    return f"{text} في {topic}" if topic else None
