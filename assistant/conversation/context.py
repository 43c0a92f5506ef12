"""What an earlier question leaves to those that follow it up: its speaker, its topic, what it says happened. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.words.gazetteer import entity_names, is_entity
from assistant.words.lexicon import BODIES_AR, GROUPS_EN, STOP_WORDS, folded
from assistant.words.offices import office_of
from index.text import fold_text, stem, tokens

if TYPE_CHECKING:
    from index.types import Language

Run = tuple[int, int]
"""Code points of a text: where words start, and where they end."""

YEAR = re.compile(r"\b[12]\d{3}\b")


_ANYTHING = "something "
"""What a clause begins with that is made of "What happened in Idlib?"."""


@dataclass(frozen=True, slots=True)
class Context:
    """A question that stands alone, taken apart for those after it.

    `text` has no mark at its end; runs are code points into it. `speaker` is who speaks or acts. `said` tells whether
    words of the speaker are asked for, and `saying` the word that asks for them. `topic` is what a pronoun would stand
    for. `clause` is what the question says happened («Kim met Putin»), and `inverted` the same as it stands behind
    «when» in a question («did Kim meet Putin»; in Arabic no other).
    """

    text: str
    language: Language
    said: bool = False
    saying: str | None = None
    speaker: Run | None = None
    topic: Run | None = None
    clause: str | None = None
    inverted: str | None = None
    counted: Run | None = None  # what «how many» counts
    passive: bool = False  # the topic stands for all that happened

    def words(self, run: Run | None) -> str | None:
        """Return the words of a run."""
        return self.text[run[0] : run[1]] if run else None

    def carried(self, run: Run | None, language: Language) -> str | None:
        """Return the words of a run as a question of a language takes them over: a country by its name there."""
        words = self.words(run)
        if words is None or language == self.language:
            return words
        named = [token.text for token in tokens(words)]
        names = entity_names(named[0]) if len(named) == 1 else None
        return names[language == "ar"] if names else words

    def setting(self, language: Language) -> str | None:
        """Return the topic as what something happens in; None where it is whoever holds an office."""
        if any(office_of(word.text) for word in tokens(self.words(self.topic) or "")):
            return None
        return self.carried(self.topic, language)

    def replaced(self, run: Run, words: str) -> str:
        """Return the question with other words in the place of a run."""
        return self.text[: run[0]] + words + self.text[run[1] :]

    @property
    def happened(self) -> str | None:
        """What is better told as a clause than as a topic, which would leave out what happened to it."""
        if self.topic and self.clause and self.clause.startswith(_ANYTHING):
            return None  # the question does not say what
        return None if self.said or self.passive else self.clause

    @property
    def person(self) -> Run | None:
        """Whom «he» or «she» would stand for: the speaker, unless it is a country or a body."""
        words = [word.text for word in tokens(self.words(self.speaker) or "") if word.text not in STOP_WORDS]
        if not words or (len(words) <= 2 and is_entity(words[-1]) and not any(map(office_of, words))):
            return None
        return self.speaker


_BODIES = folded("""
    nato un pentagon opec unesco unicef hamas hezbollah hizbullah hizballah fatah taliban kremlin isis isil daesh eu
    ناتو بنتاغون أوبك يونسكو يونيسف حماس طالبان كرملين داعش
""")
"""Bodies that go by a name."""

_COLLECTIVES = (
    GROUPS_EN
    | BODIES_AR
    | folded("""
        opposition government army military parliament senate cabinet party movement protesters families leader
        leadership administration presidency house office union league organisation organization republicans democrats
        pope mayor king queen
        معارضة برلمان كونغرس بيت جامعة متحدث ناطق مسؤولون خبراء محللون سلطات سلطة أمم أحزاب متظاهرون أهالي بابا
        ديمقراطيون جمهوريون نواب
    """)
)
"""Nouns for people and bodies that speak."""

_STATES = folded("""
    serbia kosovo bosnia croatia romania bulgaria slovakia slovenia ireland iceland estonia latvia lithuania moldova
    taiwan thailand vietnam philippines myanmar bangladesh nepal mongolia uzbekistan turkmenistan kyrgyzstan tajikistan
    niger mali chad congo kenya uganda rwanda ghana senegal cameroon zimbabwe angola mozambique eritrea djibouti
    colombia peru chile bolivia ecuador haiti africa arabia states kingdom
    صربيا كوسوفو البوسنة كرواتيا رومانيا بلغاريا سلوفاكيا أيرلندا إستونيا لاتفيا ليتوانيا مولدوفا تايوان تايلاند فيتنام
    الفلبين ميانمار بنغلاديش نيبال منغوليا أوزبكستان طاجيكستان النيجر مالي تشاد الكونغو كينيا أوغندا رواندا غانا
    السنغال الكاميرون زيمبابوي أنغولا إريتريا جيبوتي كولومبيا بيرو تشيلي بوليفيا الإكوادور هايتي
""")
"""Countries that no other table needs."""

_PLACES = folded("""
    idlib homs hama deraa raqqa mosul kirkuk basra fallujah gaza rafah jenin nablus hebron golan sinai darfur benghazi
    misrata derna sirte aden hodeidah marib tigray karabakh abkhazia ossetia chechnya donbas donbass donetsk luhansk
    mariupol kharkiv odesa kherson bakhmut kashmir tibet xinjiang greenland catalonia scotland
    إدلب حمص حماة درعا الرقة الموصل كركوك البصرة الفلوجة غزة رفح جنين نابلس الخليل الجولان سيناء دارفور بنغازي مصراتة
    درنة سرت عدن الحديدة مأرب تيغراي كاراباخ أبخازيا الشيشان دونباس دونيتسك لوغانسك ماريوبول خاركيف أوديسا خيرسون
    باخموت كشمير التبت شينجيانغ غرينلاند كتالونيا اسكتلندا
""")
"""Towns and regions that are spoken of and do not speak."""

_EVENTS = folded("""
    war crisis election elections vote referendum summit strike strikes attack attacks negotiations talks ceasefire
    truce famine flood floods earthquake quake pandemic outbreak protest protests trial visit conference games cup fire
    crash explosion blast bombing shooting massacre raid coup storm hurricane cyclone typhoon eruption landslide riot
    riots siege invasion offensive assassination murder hijacking match final festival ceremony race tournament
    genocide drought
    حرب أزمة انتخابات استفتاء قمة ضربات غارات غارة هجوم هجمات مفاوضات محادثات هدنة مجاعة زلزال فيضان فيضانات جائحة
    احتجاجات محاكمة زيارة مؤتمر كأس حريق انفجار تفجير مجزرة انقلاب عاصفة إعصار ثوران انهيار حصار غزو اغتيال مباراة
    مهرجان بطولة تحطم سقوط جفاف إبادة قصف
""")
_EVENTS |= frozenset(map(stem, _EVENTS))
"""Nouns for what happens."""

_TOPICS = _EVENTS | folded("""
    dam deal deals accord accords agreement treaty wars pipeline plan plans project act bill law laws sanctions
    sanction island islands strait sea river canal city border borders region province peninsula programme program
    budget reform reforms prices price rates tariffs inflation economy currency oil gas refugees migration migrants
    trade aid peace debt tax education health climate case strip heights dispute
    سد اتفاق اتفاقية صفقة ملف قضية عقوبات وقف أسعار سعر انسحاب برنامج مشروع قانون خطة ميزانية موازنة إصلاح إصلاحات
    جزيرة جزر مضيق بحر نهر قناة مدينة حدود إقليم منطقة معبر تضخم اقتصاد نفط غاز لاجئين لاجئون هجرة مناخ قطاع هضبة تطبيع
    ترسيم حقل خط أنبوب رسوم عملة دستور تعديل تعديلات سلاح أسلحة تجارة حكم إعمار إعادة
""")
"""Nouns for what is spoken of and does not speak."""


_COMPASS = frozenset({"north", "south"})
_COMMON_ENDING = re.compile(r"(?:s|[ts]ion|ment|ity|ism|ness|ing|[ae]nce|[cgm]y|al|ure|age|ship)$")
"""Endings of English nouns that are hardly names; a name may well be typed without its capital letter."""


def may_speak(words: str) -> bool | None:
    """Tell whether a name or noun is one of who speaks; None for a country, which may both speak and be spoken of."""
    named = [token.text for token in tokens(words)]
    if not named:
        return False
    bare, arabic = [word.removeprefix("ال") for word in named], not named[0].isascii()
    head, titles = (bare[0], bare[:1]) if arabic else (bare[-1], bare)
    if not _BODIES.isdisjoint(bare):
        return True
    if any(office_of(word) or word in _COLLECTIVES for word in titles):
        return head not in _TOPICS
    if any(word in _TOPICS or stem(word) in _TOPICS for word in (head, bare[0])):
        return False
    if len(named) == 1 and is_entity(named[0]):
        return None if entity_names(named[0]) else False
    if named[-1] in _STATES or (named[0] in _COMPASS and is_entity(named[-1])):
        return None
    if named[0] in _PLACES or named[-1] in _PLACES:
        return False
    if arabic:
        return not named[0].startswith("ال") or is_entity(named[0])
    if any(word[:1].isupper() for word in words.split()):
        return True
    return len(named) == 1 and not _COMMON_ENDING.search(named[0])


def is_thing(words: str | None) -> bool:
    """Tell whether words are a noun for a thing or an event, which may be denied or agreed with as it stands."""
    return bool(words) and may_speak(words or "") is False and not is_entity(fold_text(words or ""))


def is_event(words: str | None) -> bool:
    """Tell whether words are a noun for something that happens, by their first or last word."""
    named = tokens(words or "")
    heads = named[:1] if named and not named[0].text.isascii() else [*named[:2], *named[-1:]]
    return any({head.text.removeprefix("ال"), head.stem} & _EVENTS for head in heads)


def takes_the_speakers_place(words: str, context: Context) -> bool:
    """Tell whether «and what about …?» asks for another speaker, and not for another topic of the same speaker."""
    if context.speaker is None:
        return False
    speaks = may_speak(words)
    if speaks is None and not context.said and may_speak(context.words(context.speaker) or "") is not None:
        return not any(is_entity(word.text) for word in tokens(context.text))
    if speaks is not None:
        return speaks
    if context.topic is None:
        return True
    return may_speak(context.words(context.topic) or "") is not None or (
        may_speak(context.words(context.speaker) or "") is None
    )


def folded_words(text: str) -> list[str]:
    """Return the words between white space, folded, without the punctuation around them."""
    return [fold_text(word).strip("?!.,;:\"'()") for word in text.split()]
