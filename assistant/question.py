"""A question's language, kind, speaker and topic, without a language model. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.gazetteer import is_entity
from assistant.lexicon import ABOUT, ROLES_EN, SAY_AR, STOP_WORDS, office_of
from index.errors import QuestionError
from index.text import Token, detect_language, fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Language

LONGEST = 2_000
"""Code points that a question may have."""


class Kind(StrEnum):
    """What a question asks for."""

    SAID = "said"
    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how_many"
    WHY = "why"
    WHAT = "what"


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    `speaker` is the run of the question that names whose words are asked for, or None; `terms` are its other words
    that carry a topic, in order; `names` are those of them that are written as names (English only: Arabic has no
    capital letters).
    """

    text: str
    language: Language
    kind: Kind
    speaker: str | None
    terms: tuple[Token, ...]
    names: frozenset[str]

    @property
    def first_names(self) -> frozenset[str]:
        """Names that another name follows at once: in Rex Tillerson, rex."""
        words = tokens(self.text)
        return frozenset(
            word.text
            for word, following in pairwise(words)
            if word.text in self.names
            and following.text in self.names
            and following.start == word.end + 1
            and not is_entity(word.text)
            and not is_entity(following.text)
        )

    @property
    def speaker_words(self) -> list[str]:
        """The folded words of the speaker's name that carry a topic."""
        return [token.text for token in tokens(self.speaker or "") if token.text not in STOP_WORDS]

    @property
    def topics(self) -> frozenset[str]:
        """The words that stand after «about»: they say what the question is about."""
        marks = [word.end for word in tokens(self.text) if word.text in ABOUT]
        return frozenset(word.text for word in self.terms if marks and word.start >= marks[0])

    @property
    def name_groups(self) -> list[list[str]]:
        """The names of the question, words that stand side by side together; countries and bodies among them."""
        groups: list[list[str]] = []
        before = -2
        for word in tokens(self.text):
            if word.text in self.names and word.start == before + 1 and not is_entity(word.text):
                groups[-1].append(word.text)
            elif word.text in self.names or (is_entity(word.text) and word.text not in STOP_WORDS):
                groups.append([word.text])
            else:
                continue
            before = word.end
        return [group for group in groups if not set(group) & set(self.speaker_words)]

    @property
    def office_phrases(self) -> list[list[str]]:
        """In a question for a person, the words of each office that it names, side by side: وزير الخارجية التركي."""
        if self.kind is not Kind.WHO:
            return []
        phrases: list[list[str]] = []
        before = -2
        for word in self.terms:
            if word.start <= before + 1 and phrases:
                phrases[-1].append(word.text)
            else:
                phrases.append([word.text])
            before = word.end
        return [phrase for phrase in phrases if len(phrase) > 1 and any(office_of(word) not in {None, "leaders"} for word in phrase)]

    def shorter_speakers(self) -> Iterator[Question]:
        """Yield the question as it is, then with fewer and fewer words taken for the speaker's name.

        Nothing parts the speaker from what follows in «كيف وصف لافروف سياسة بلاده»: the words left over are topic.
        """
        yield self
        if self.speaker is None or self.language == "en":
            return
        words = tokens(self.speaker)
        for count in range(len(words) - 1, 0, -1):
            left = tuple(word for word in words[count:] if word.text not in STOP_WORDS)
            yield replace(self, speaker=self.speaker[: words[count - 1].end], terms=(*left, *self.terms))

    def said_by(self, speaker: str) -> Question:
        """Return the same question, asked of one speaker's statements only."""
        name = {token.text for token in tokens(speaker)}
        terms = tuple(term for term in self.terms if term.text not in name)
        return replace(self, kind=Kind.SAID, speaker=speaker, terms=terms)


def check_question(text: str) -> str:
    """Return a question trimmed; raises QuestionError where it cannot be worked on."""
    for character in text:
        if (
            character in "\u202a\u202b\u202d\u202e"
            or unicodedata.category(character) == "Cc"
            and character not in "\n\r\t"
        ):
            message = f"the question holds the control character U+{ord(character):04X}; remove it"
            raise QuestionError(message)
    text = text.strip()
    if not text:
        message = "the question is empty; write one in Arabic or English"
        raise QuestionError(message)
    if len(text) > LONGEST:
        message = f"the question has {len(text):,} characters; the most is {LONGEST:,}"
        raise QuestionError(message)
    if not any(character.isalnum() for character in text):
        message = f"the question {text[:20]!r} holds no word; write one in Arabic or English"
        raise QuestionError(message)
    return text


_FOREIGN_WORDS = frozenset(
    fold_text(word)
    for word in [
        "le",
        "la",
        "les",
        "des",
        "du",
        "une",
        "est",
        "et",
        "dans",
        "sur",
        "pour",
        "qui",
        "que",
        "quoi",
        "quand",
        "pourquoi",
        "comment",
        "avec",
        "qu",
        "où",
        "ou",
        "dit",
        "au",
        "aux",
        "der",
        "die",
        "das",
        "und",
        "ist",
        "was",
        "wer",
        "wo",
        "wann",
        "warum",
        "wie",
        "über",
        "mit",
        "von",
        "hat",
        "gesagt",
        "ein",
        "eine",
        "nicht",
        "den",
        "dem",
        "zu",
        "sagte",
        "el",
        "los",
        "las",
        "una",
        "es",
        "en",
        "por",
        "para",
        "qué",
        "quién",
        "cuándo",
        "dónde",
        "cómo",
        "sobre",
        "dijo",
        "del",
        "con",
        "il",
        "lo",
        "gli",
        "che",
        "chi",
        "cosa",
        "perché",
        "di",
        "ha",
        "detto",
        "sulla",
        "sul",
        "ve",
        "bir",
        "bu",
        "ne",
        "kim",
        "nerede",
        "zaman",
        "neden",
        "için",
        "hakkında",
        "dedi",
        "ile",
        "nasıl",
        "o",
        "que",
        "quem",
        "quando",
        "onde",
        "disse",
        "do",
        "da",
        "در",
        "از",
        "به",
        "که",
        "این",
        "را",
        "با",
        "برای",
        "چه",
        "کی",
        "کجا",
        "چرا",
        "است",
        "گفت",
        "درباره",
        "چی",
        "کیست",
        "میں",
        "کا",
        "کی",
        "کے",
        "نے",
        "کیا",
        "ہے",
        "سے",
        "پر",
        "کو",
        "کہا",
        "اور",
        "اس",
    ]
)
_PERSIAN_URDU_LETTERS = re.compile("[پچژگٹڈڑںےہھۃ]")
_ENGLISH_GLUE = frozenset(
    ["the", "of", "in", "is", "are", "was", "were", "did", "does", "do", "what", "who", "when", "where", "why", "how", "which", "a", "an", "to", "for", "on", "about", "and", "has", "have", "said", "say", "tell", "show", "according", "with", "from", "by", "it", "that"]
)  # fmt: skip


def is_foreign(text: str) -> bool:
    """Tell whether a text is in neither Arabic nor English, by its letters and its commonest words."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return False
    known = sum(
        "ARABIC" in unicodedata.name(letter, "") or letter.isascii() or "LATIN" in unicodedata.name(letter, "")
        for letter in letters
    )
    if known < len(letters) / 2:
        return True
    words = [token.text for token in tokens(text)]
    foreign = sum(word in _FOREIGN_WORDS for word in words)
    if detect_language(text) == "ar":
        arabic = sum(word in STOP_WORDS or word.startswith("ال") for word in words)
        return foreign + 2 * bool(_PERSIAN_URDU_LETTERS.search(text)) > arabic + 1
    english = sum(word in _ENGLISH_GLUE for word in words)
    return foreign > english and foreign >= max(1, len(words) // 5)


_VERB_EN = (
    "say|said|think|tell|told|state|announce|stress|deny|denied|warn|claim|declare|express|comment|demand|ask|call|add|argue|insist"
    "|describe|accuse|urge|reveal|want|expect|promise|predict|believe|respond|react|answer|answered|note|explain|mention|reject|criticise"
    "|criticize|condemn|confirm|emphasise|emphasize|suggest|threaten|hope|regret|praise|welcome|assess|characterise|characterize|justify"
    "|see|view|present|portray|depict|blame|thank|assert|acknowledge|admit|offer to|reply|replied|responded|reacted|commented|described|warned|denied|stressed"
)  # fmt: skip
_VIEW_EN = (
    "verdict|position|stance|view|views|opinion|statement|statements|reaction|response|comment|comments|message|remarks|take|answer|reply"
    "|assessment|words|warning|claim|claims|demand|demands|comment|criticism"
)
_ABOUT_EN = "on|about|to|regarding|towards|toward|of|concerning|over|for"
_SAID_EN = (
    re.compile(rf"^(?:so )?(?P<ask>what|how|which|whom|of what)\b(?! (?:many|much|long|often|far|old)\b)(?P<front>[^?]*?)\b(?:did|does|do|has|have|had)\s+(?P<speaker>\S.*?)\s+(?:just |also |ever |publicly |previously )?(?<!of )(?:{_VERB_EN})\b(?P<topic>.*)", re.I),
    re.compile(rf"^(?:what|how)\s+(?:is|was|are|were)\s+(?P<speaker>.+?)(?:['’]s?|s['’])\s+(?:\w+\s+)?(?:{_VIEW_EN})\b\s*(?:{_ABOUT_EN})?\b(?P<topic>.*)", re.I),
    re.compile(rf"^what\s+(?:is|was|are|were)\s+the\s+(?:\w+\s+)?(?:{_VIEW_EN})\s+of\s+(?P<speaker>.+?)\s+(?:{_ABOUT_EN})\b(?P<topic>.*)", re.I),
    re.compile(rf"^(?:did|does|has|have)\s+(?P<speaker>.+?)\s+(?:ever |also )?(?<!of )(?:{_VERB_EN})\b(?P<topic>.*)", re.I),
    re.compile(rf"(?P<speaker>(?:[A-Z]\S+ ?)+?)(?:['’]s?)\s+(?:\w+\s+)?(?:{_VIEW_EN})\s+(?:{_ABOUT_EN})\b(?P<topic>.*)"),
    re.compile(r"what\s+(?P<speaker>.+?)\s+(?:said|says|stated|announced|thinks|claimed)\b(?P<topic>.*)", re.I),
)  # fmt: skip
_ACCORDING_EN = re.compile(r"\baccording to (?P<speaker>[^,?]+)", re.I)

_ABOUT_AR = "عن|حول|بشان|بخصوص|في شان|في|من|علي|الي|تجاه|ازاء|ضد|بعد|قبل|خلال|اثناء|مع|ان|بان|لدي|عند"
_ASK_AR = (
    r"(?:ماذا|ما الذي|ما|بماذا|بم|علام|مما|مم|عم|كيف|هل|علي ماذا|الي ماذا|عن ماذا|من ماذا|الام|فيم|ما هو الشيء الذي)"
)
_VIEW_AR = "موقف|راي|تصريح|تصريحات|تعليق|رد فعل|رد|رده|اقوال|كلام|تقييم|راى|وجهه نظر|بيان|مطالب|مطلب|ردود"
_SAY_VERBS_AR = "|".join(
    sorted({*SAY_AR, *(verb + "ه" for verb in SAY_AR)} | {"قاله", "صرح", "راي", "ري", "يري", "قيم", "يقيم", "يريد", "تريد", "اراد", "برر", "فسر"}, key=len, reverse=True)
)  # fmt: skip
_SAID_AR = (
    re.compile(rf"^{_ASK_AR} (?:قد |كان )?(?:{_SAY_VERBS_AR})(?: عنه| به| اليه| عليه)? (?P<speaker>.+?)(?: (?:{_ABOUT_AR}|بال\w+) (?P<topic>.*)|$)"),
    re.compile(rf"^(?:ما|ماذا|كيف)(?: هو| هي| كان| كانت)? (?:{_VIEW_AR}) (?P<speaker>.+?)(?: (?:{_ABOUT_AR}|بال\w+) (?P<topic>.*)|$)"),
    re.compile(rf"^(?:اذكر |اعرض |هات )?(?:{_VIEW_AR}) (?P<speaker>.+?)(?: (?:{_ABOUT_AR}) (?P<topic>.*)|$)"),
)  # fmt: skip
_ACCORDING_AR = re.compile(r"(?:بحسب|حسب|وفقا ل|وفق|طبقا ل|براي|في راي|في نظر|علي لسان) ?(?P<speaker>[^,?؟،]+)")

_NOT_AUX = "(?!(?:did|does|do|is|was|were|are|has|have|had|will|would|can|could)\\b)"
_KIND_EN = (
    (Kind.HOW_MANY, re.compile(r"\b(?:how (?:many|much|old|long|far|often|large|big)|what (?:number|percentage|share|proportion)|(?:the )?number of)\b", re.I)),
    (Kind.WHEN, re.compile(r"\b(?:when|(?:on |in |since |until |by )?(?:what|which) (?:date|day|year|month|time))\b", re.I)),
    (Kind.WHERE, re.compile(rf"\b(?:where|(?:in |at |to |from |on )?(?:what|which) (?:{_NOT_AUX}\w+ )?(?:part|city|cities|country|countries|place|town|village|province|region|area|capital|venue|location|axis|front))\b", re.I)),
    (Kind.WHY, re.compile(r"\b(?:why|what (?:is|was|were|are) the (?:\w+ )?(?:reason|reasons|cause|causes|motive|purpose|aim|goal)|for what reason|what (?:caused|led|prompted|pushed))\b", re.I)),
    (Kind.WHO, re.compile(rf"\b(?:who|whom|whose|(?:what|which) (?:{_NOT_AUX}\w+ )?(?:person|people|leader|leaders|official|minister|president|presidents|spokesman|country's leader|body|organi[sz]ation|party|group|name)|name of)\b", re.I)),
)  # fmt: skip
_KIND_AR = (
    (Kind.HOW_MANY, re.compile(r"(?<!\S)(?:ب|و)?(?:كم|ما عدد|ماهو عدد|ما هو عدد|عدد|ما نسبه|ما حجم|كم عدد)(?!\S)")),
    (Kind.WHEN, re.compile(r"(?<!\S)(?:و|منذ )?(?:متي|في اي (?:يوم|تاريخ|عام|سنه|شهر|وقت)|(?:منذ )?اي (?:يوم|تاريخ|عام|سنه|شهر)|ما تاريخ|ما هو تاريخ|ما موعد)(?!\S)")),
    (Kind.WHERE, re.compile(r"(?<!\S)(?:و|من |الي )?(?:اين|(?:في|علي|الي|من) اي (?:\w+ )?(?:مدينه|بلد|بلده|دوله|مكان|منطقه|محافظه|محور|عاصمه|موقع|قريه|جبهه)|اي (?:مدينه|بلد|دوله|بلده|منطقه|عاصمه))(?!\S)")),
    (Kind.WHY, re.compile(r"(?<!\S)(?:و)?(?:لماذا|(?<!.)لم|ما سبب|ما اسباب|ما هو سبب|ما هي اسباب|ما الذي دفع|ما الدافع|ما هدف|ما الهدف|ما الغرض|لاي سبب)(?!\S)")),
    (Kind.WHO, re.compile(r"^(?:و)?(?:من|مع من|الي من|بمن|لمن|ممن|ما اسم|ما هو اسم|من هو|من هي|من هم|اي (?:مسؤول|مسوول|وزير|رئيس|جهه|شخص|زعيم|زعماء|قاده|منظمه|حزب|متحدث))(?!\S)")),
)  # fmt: skip


def read_question(text: str) -> Question:
    """Take a question apart; raises QuestionError where it cannot be worked on."""
    text = check_question(text)
    language = detect_language(text)
    kind, speaker = _structure(text, language)
    speaking = {token.text for token in tokens(speaker)} if speaker else set()
    terms = tuple(
        token
        for token in tokens(text)
        if token.text not in STOP_WORDS and token.text not in speaking and not _asks(token.text)
    )
    first = next((token.start for token in tokens(text)), 0)
    names = frozenset(
        token.text
        for token in tokens(text)
        if token.start != first
        and text[token.start].isupper()
        and token.text not in STOP_WORDS
        and token.text not in ROLES_EN
    )
    return Question(text, language, kind, speaker, terms, names)


_ASKING = frozenset(
    fold_text(word)
    for word in ["say", "said", "says", "tell", "told", "think", "state", "stated", "comment", "commented", "mention", "mentioned", "express", "expressed", "describe", "described", "respond", "responded", "react", "reacted", "answer", "reply", "position", "stance", "view", "views", "opinion", "statement", "statements", "reaction", "response", "comments", "message", "remarks", "words", "verdict", "assessment", "قال", "قالت", "قاله", "يقول", "صرح", "صرحت", "ذكر", "ذكرت", "علق", "وصف", "رأي", "موقف", "تصريح", "تصريحات", "تعليق", "أقوال", "كلام", "قيم", "تقييم", "يرى", "ترى", "رد", "ردت", "فعل", "أعلن", "أدلى", "بتصريحاته", "تكلم", "تحدث"]
)  # fmt: skip
"""Words of a question that only ask for words."""


def _asks(word: str) -> bool:
    """Tell whether a word of a question only says that words are asked for."""
    return word in _ASKING


def _structure(text: str, language: Language) -> tuple[Kind, str | None]:
    folded = fold_text(text).strip(" ?!.") if language == "ar" else re.sub(r"\s+", " ", text).strip(" ?!.")
    kind = _kind(folded, language)
    if kind is Kind.WHAT:
        for pattern in _SAID_AR if language == "ar" else _SAID_EN:
            match = pattern.search(folded)
            if match and _is_speaker(match["speaker"], language):
                return Kind.SAID, match["speaker"].strip()
    match = (_ACCORDING_AR if language == "ar" else _ACCORDING_EN).search(folded)
    if match and _is_speaker(match["speaker"], language):
        return kind, match["speaker"].strip()
    return kind, None


_WHAT = {
    "en": re.compile(r"\b(?:what|which|how|did|does|do|is|are|was|were)\b", re.I),
    "ar": re.compile(r"\b(?:ما|ماذا|اي|كيف|هل|بم|علام)\b"),
}


def _kind(text: str, language: Language) -> Kind:
    """Return what the first asking word of a question asks for; the more special kind where two begin together."""
    what = _WHAT[language].search(text)
    best, kind = (what.start() if what else len(text)), Kind.WHAT
    for other, pattern in _KIND_AR if language == "ar" else _KIND_EN:
        match = pattern.search(text)
        if match and (match.start() < best or match.start() == best and kind is Kind.WHAT):
            best, kind = match.start(), other
    return kind


def _is_speaker(run: str, language: Language) -> bool:
    words = [token.text for token in tokens(run)]
    if not words or len(words) > 8 or words[0] in {"it", "this", "that", "they", "he", "she", "you", "we", "i"}:
        return False
    return (
        language == "ar"
        or any(character.isupper() for character in run)
        or any(word in ROLES_EN for word in words)
        or len(words) <= 4
    )
