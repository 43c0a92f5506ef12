"""The forms in which questions of the two languages ask: who said what, when, where, how many, why, who. Pure.

Arabic patterns are matched on folded text, English ones on text as it is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.reporting_ar import ACTS_AR, SAY_AR
from assistant.speech.reporting_en import SAY_EN
from assistant.words.lexicon import folded
from assistant.words.offices import OFFICE_WORDS
from index.text import fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.statement import Stance
    from index.types import Language


def _any_of(words: str | Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first; in a string an underscore stands for a space."""
    listed = [word.replace("_", " ") for word in words.split()] if isinstance(words, str) else words
    return "(?:" + "|".join(sorted(map(fold_text, listed), key=lambda word: (-len(word), word))) + ")"


_TELLING_EN = """
    say said says tell told think state stated comment commented mention mentioned express expressed describe described
    respond responded react reacted answer reply
"""
_OTHER_VERBS_EN = """
    announce stress stressed deny denied warn warned claim declare demand ask call add argue insist accuse urge reveal
    want expect promise predict believe answered replied note explain reject criticise criticize condemn confirm
    emphasise emphasize suggest threaten hope regret praise welcome assess characterise characterize justify see view
    advise define dispute defend belittle
    present portray depict blame thank assert acknowledge admit offer_to affirm reaffirm reiterate pledge vow propose
    recommend request complain fear anticipate forecast estimate allege maintain contend caution denounce deplore
    concede doubt
"""
_SAYINGS_EN = """
    position stance view views opinion statement statements reaction response comment comments message remarks words
    verdict assessment answer reply
"""
_OTHER_SAYINGS_EN = "take warning claim claims demand demands criticism"
_TELLING_AR = """
    قال قالت قاله يقول صرح صرحت ذكر ذكرت علق وصف قيم يرى ترى رد ردت أعلن أدلى تكلم تحدث
"""
_SAYINGS_AR = "رأي موقف تصريح تصريحات تعليق أقوال كلام تقييم رد"

ASKING = folded(f"{_TELLING_EN} {_SAYINGS_EN} {_TELLING_AR} {_SAYINGS_AR} فعل بتصريحاته")
"""Words of a question that say no more than that someone's words are asked for."""

_VERB_EN = _any_of(_TELLING_EN + _OTHER_VERBS_EN)
_SAYING_EN = _any_of(_SAYINGS_EN + _OTHER_SAYINGS_EN)
_ABOUT_EN = _any_of("on about to regarding towards toward of concerning over for")
_AUXILIARY_EN = _any_of("did does do has have had")
_HOW_MANY_EN = _any_of("many much long often far old")
_SAID_EN = (
    # What did Lavrov say about Turkey
    rf"^(?:so )?(?:what|how|which|whom|of what)\b(?! {_HOW_MANY_EN}\b)[^?]*?\b{_AUXILIARY_EN}\s+(?P<speaker>\S.*?)\s+"
    rf"(?:just |also |ever |publicly |previously )?(?<!of ){_VERB_EN}\b",
    # What is Lavrov's view of Turkey
    rf"^(?:what|how)\s+(?:is|was|are|were)\s+(?P<speaker>.+?)(?:['’]s?|s['’])\s+(?:\w+\s+)?{_SAYING_EN}\b",
    # What is the position of Russia on Turkey
    rf"^what\s+(?:is|was|are|were)\s+the\s+(?:\w+\s+)?{_SAYING_EN}\s+of\s+(?P<speaker>.+?)\s+{_ABOUT_EN}\b",
    # Did Lavrov mention Turkey
    rf"^(?:did|does|has|have)\s+(?P<speaker>.+?)\s+(?:ever |also )?(?<!of ){_VERB_EN}\b",
    # Lavrov's statements about Turkey
    rf"(?P<speaker>(?-i:(?:[A-Z]\S+ ?)+?))['’]s?\s+(?:\w+\s+)?{_SAYING_EN}\s+{_ABOUT_EN}\b",
    # Tell me what Lavrov said about Turkey
    r"what\s+(?P<speaker>.+?)\s+(?:said|says|stated|announced|thinks|claimed)\b",
)
_ACCORDING_EN = r"\baccording to (?P<speaker>[^,?]+)"

_SAYS_AR = SAY_AR.keys() - ACTS_AR
_VERB_AR = _any_of(
    _SAYS_AR | {verb + "ه" for verb in _SAYS_AR} | folded("قاله رأى يريد تريد أراد قيم يقيم برر فسر"),
)
_SAYING_AR = _any_of("موقف رأي تصريح تصريحات تعليق رد_فعل ردود رد رده أقوال كلام تقييم وجهة_نظر بيان مطالب مطلب")
_ABOUT_AR = _any_of("""
    عن حول بشأن بخصوص في_شأن في من على إلى تجاه إزاء ضد بعد قبل خلال أثناء مع أن بأن لدى عند إن إنه إنها أنه أنها إذا
    لو عما مما عمن الذي التي حين عندما مقارنا مقارنة
""")
_ASK_AR = _any_of("""
    ماذا ما_الذي ما بماذا بم علام مما مم عم كيف هل على_ماذا إلى_ماذا عن_ماذا من_ماذا إلام فيم ما_هو_الشيء_الذي
""")
_SAID_AR = (
    # ماذا قال لافروف عن تركيا
    rf"^{_ASK_AR} (?:قد |كان )?{_VERB_AR}(?: عنه| به| اليه| عليه)? (?P<speaker>.+?)(?: (?:{_ABOUT_AR}|بال\w+) |$)",
    # ما موقف لافروف من تركيا
    rf"^(?:ما|ماذا|كيف)(?: هو| هي| كان| كانت)? {_SAYING_AR} (?P<speaker>.+?)(?: (?:{_ABOUT_AR}|بال\w+) |$)",
    # تصريحات لافروف عن تركيا
    rf"^(?:اذكر |اعرض |هات )?{_SAYING_AR} (?P<speaker>.+?)(?: {_ABOUT_AR} |$)",
)
_ACCORDING_AR = r"(?:بحسب|حسب|وفقا ل|وفق|طبقا ل|براي|في راي|في نظر|علي لسان) ?(?P<speaker>[^,?؟،]+)"

SAID: dict[Language, tuple[re.Pattern[str], ...]] = {
    "en": tuple(re.compile(pattern, re.IGNORECASE) for pattern in _SAID_EN),
    "ar": tuple(map(re.compile, _SAID_AR)),
}
"""Questions for what someone said; the group `speaker` is who."""

ACCORDING: dict[Language, re.Pattern[str]] = {
    "en": re.compile(_ACCORDING_EN, re.IGNORECASE),
    "ar": re.compile(_ACCORDING_AR),
}
"""«according to» within a question; the group `speaker` is who."""

_NOUN_EN = r"(?!(?:did|does|do|is|was|were|are|has|have|had|will|would|can|could)\b)\w+ "
_PLACES_EN = _any_of("""
    part city cities country countries place town village province region area capital venue location axis front
""")
_PERSONS_EN = _any_of("""
    person people leader leaders official minister president presidents spokesman country's_leader body organisation
    organization party group name
""")
_OFFICES_EN = _any_of(word for word in OFFICE_WORDS if word.isascii())
_AMOUNTS_EN = _any_of("""
    cost price value salary fee fine turnover revenue profit loss deficit dividend score budget rate temperature
    temperatures population stake sum amount length height age ransom bail death_toll
""")
_KINDS_EN = {
    "how_many": r"how (?:many|much|old|long|far|often|large|big)"
    r"|what (?:number|percentage|share|proportion)|(?:the )?number of"
    rf"|what (?:(?:is|was|are|were|will be) (?:the |(?:\S+ ){{0,3}}?\S+['’]s? )(?:\w+ ){{0,2}})?{_AMOUNTS_EN}",
    "when": r"when|(?:(?:on|in|since|until|by) )?(?:what|which) (?:date|day|year|month|time|hour)",
    "where": rf"where|(?:(?:in|at|to|from|on) )?(?:what|which) (?:{_NOUN_EN})?{_PLACES_EN}",
    "why": r"why|what (?:is|was|were|are) the (?:\w+ )?(?:reasons?|causes?|motive|purpose|aim|goal)"
    r"|for what reason|what (?:caused|led|prompted|pushed)",
    "who": rf"who|whom|whose|what (?:is|was) the name of (?:\S+ ){{0,4}}?{_OFFICES_EN}"
    rf"|(?:what|which) (?:{_NOUN_EN})?{_PERSONS_EN}|name of",
}
_PLACES_AR = _any_of("مدينة بلد بلدة دولة مكان منطقة محافظة محور عاصمة موقع قرية جبهة")
_PERSONS_AR = _any_of("مسؤول وزير رئيس جهة شخص زعيم زعماء قادة منظمة حزب متحدث")
_AMOUNTS_AR = _any_of("""
    عدد نسبة حجم قيمة كلفة تكلفة سعر ثمن معدل مبلغ راتب حصيلة ميزانية موازنة مدة ارتفاع طول مساحة غرامة عقوبة درجة درجات
    أرباح خسائر
""")
_KINDS_AR = {
    "how_many": rf"[بو]?(?:كم|عدد|(?:ما|ماهو|ما هو|ماهي|ما هي|كم هي|كم هو|اي) {_AMOUNTS_AR})",
    "when": r"(?:و|منذ )?(?:متي|في اي (?:يوم|تاريخ|عام|سنه|شهر|وقت|ساعه)|اي (?:يوم|تاريخ|عام|سنه|شهر)"
    r"|ما تاريخ|ما هو تاريخ|ما موعد)",
    "where": rf"(?:و|من |الي )?(?:اين|(?:في|علي|الي|من) اي (?:\w+ )?{_PLACES_AR}|اي {_PLACES_AR})",
    "why": r"و?(?:لماذا|(?<!.)لم|ما سبب|ما اسباب|ما هو سبب|ما هي اسباب|ما الذي دفع|ما الدافع|ما هدف|ما الهدف|ما الغرض"
    r"|لاي سبب)",
    "who": rf"^و?(?:من(?! ماذا)|مع من|الي من|بمن|لمن|ممن|ما اسم|ما هو اسم|من هو|من هي|من هم|اي {_PERSONS_AR})",
}

STANCES: dict[Language, dict[str, Stance]] = {
    "en": {token.stem: stance for word, stance in SAY_EN.items() for token in tokens(word)},
    "ar": SAY_AR,
}
"""How a question's verb of saying has its speaker stand to it: English ones by their stem, Arabic ones as they are."""

KINDS: dict[Language, dict[str, re.Pattern[str]]] = {
    "en": {kind: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for kind, pattern in _KINDS_EN.items()},
    "ar": {kind: re.compile(rf"(?<!\S)(?:{pattern})(?!\S)") for kind, pattern in _KINDS_AR.items()},
}
"""The words that ask for something more special than what, by the kind of the question."""

WHAT: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:what|which|how|did|does|do|is|are|was|were)\b", re.IGNORECASE),
    "ar": re.compile(r"\b(?:ما|ماذا|اي|كيف|هل|بم|علام)\b"),
}
"""The words that ask for anything."""
