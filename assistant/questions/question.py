"""A question's language, kind, speaker and topic, without a language model. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.questions.checking import check_question
from assistant.questions.counting import find_counted
from assistant.questions.languages import question_language
from assistant.questions.patterns import ACCORDING, ASKING, KINDS, SAID, STANCES, WHAT
from assistant.speech.reporting_ar import SAY_AR
from assistant.speech.reporting_en import SAY_EN
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import ABOUT, ROLES_EN, STOP_WORDS, folded
from assistant.words.offices import FORMER, office_of, offices_of
from index.day_words import MONTHS, WEEKDAYS
from index.text import Token, fold, fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.statement import Stance
    from index.types import Language

LONGEST_SPEAKER = 8
"""Words that a question may take to name whose words it asks for."""

BESIDE_OFFICE = 3
"""Words beside an office that may belong to it: the minister of [foreign affairs of Morocco]."""

_SAYS = (ASKING | SAY_AR.keys() | SAY_EN.keys()) - {"name", "names", "take", "called", "call"}
_SAYING_STEMS = frozenset(token.stem for word in SAY_EN for token in tokens(word)) - {"call", "name"}
"""Words with which a question asks for a saying, Arabic ones as they are and English ones in any form."""

_HOLDER = re.compile(
    r"^(?:who (?:is|was|are|were)|what (?:is|was) the name of|name(?: of)?|من(?: هو| هي| كان| كانت)?|ما(?: هو)? اسم)\b"
)
"""How a question begins that asks who holds an office."""

_OF = folded("of for to")
_OF_AN_OFFICE = _OF | folded("the s a an at in بلسان في لدى")
"""Small words within the name of an office: minister of the interior."""

_HELD_ONCE = folded("was were كان كانت")
"""Words of a question that ask who held an office."""

_ADVERBS = folded("just also ever publicly previously")
"""What may stand between a speaker and the verb of a question."""

_TIMES = folded("time hour date وقت ساعة الساعة تاريخ")
"""Words that ask when, and are said by no sentence that tells it."""

_DAYS = MONTHS.keys() | WEEKDAYS.keys()

_NAME = r"(?P<name>(?:[A-Z][\w'’.-]* ){0,3}[A-Z][\w’.-]+)"
_NAMED = (re.compile(rf"['’]s? {_NAME}$"), re.compile(rf"^{_NAME},? (?:of|from|at|with) "))
"""How a name stands behind what it belongs to, and before it."""

_SPACES = re.compile(r"\s+")
_PRONOUNS = frozenset({"it", "this", "that", "they", "he", "she", "you", "we", "i"})


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
    def first_names(self) -> dict[str, str]:
        """Names that another name follows at once, with that one: in Rex Tillerson, rex."""
        words = tokens(self.text)
        return {
            word.text: following.text
            for word, following in pairwise(words)
            if word.text in self.names
            and following.text in self.names
            and following.start == word.end + 1
            and not is_entity(word.text)
            and not is_entity(following.text)
        }

    @property
    def speaker_words(self) -> list[str]:
        """The folded words of the speaker's name that carry a topic."""
        speaker = self.speaker or ""
        return [token.text for token in tokens(speaker) if _carries_topic(speaker, token)]

    @property
    def asked_stance(self) -> tuple[str, Stance] | None:
        """The term that is the verb by which words of the speaker are asked for, and how it has them stand to these.

        It is "deny" in "What did Lavrov deny?", and None where no more is asked than what somebody said.
        """
        if self.kind is not Kind.SAID or not self.speaker:
            return None
        start = self.text.find(self.speaker)
        if self.language == "en":
            after = [word for word in tokens(self.text) if word.start >= start + len(self.speaker)]
            verb = next((word for word in after if word.text not in _ADVERBS), None)
            beside = [term for term in self.terms if verb and term.start == verb.start]
            forms = [term.stem for term in beside]
        else:
            beside = [term for term in self.terms if term.end == start - 1]
            forms = [term.text for term in beside]
        known = STANCES[self.language]
        return next(((term.text, known[form]) for term, form in zip(beside, forms, strict=True) if form in known), None)

    def without(self, term: str) -> Question:
        """Return the same question with a term less."""
        return replace(self, terms=tuple(one for one in self.terms if one.text != term))

    @property
    def topics(self) -> frozenset[str]:
        """The words that stand after «about»: they say what the question is about."""
        marks = [word.end for word in tokens(self.text) if word.text in ABOUT]
        return frozenset(word.text for word in self.terms if marks and word.start >= marks[0])

    @property
    def name_groups(self) -> list[list[str]]:
        """The names of the question, words that stand side by side together; countries and bodies among them.

        A month or a weekday is none, but beside a name: May, and Theresa May.
        """
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
        groups = [group for group in groups if len(group) > 1 or group[0] not in _DAYS]
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
        cut = [self._around_office(phrase) for phrase in phrases]
        return [phrase for phrase in cut if len(phrase) > 1]

    def _around_office(self, phrase: list[str]) -> list[str]:
        """Return the words of an office and those that may belong to it: after it in Arabic, before it in English.

        Of many words side by side the others tell what its holder did.
        """
        places = [place for place, office in enumerate(offices_of(phrase)) if office not in {None, "leaders"}]
        if not places:
            return []
        if self.language == "ar":
            return phrase[places[0] : places[-1] + 1 + BESIDE_OFFICE]
        return phrase[max(0, places[0] - BESIDE_OFFICE) : places[-1] + 1]

    @property
    def offices(self) -> list[list[str]]:
        """The words of each office that a question for a person asks the holder of, one word or several."""
        if self.held_office:
            return [self.held_office]
        alone = [[word.text] for word in self.terms if office_of(word.text) and _HOLDER.search(fold_text(self.text))]
        return self.office_phrases or alone

    @property
    def held_office(self) -> list[str]:
        """The words of the office whose holder alone is asked for: who is the spokesman of the president?"""
        asking = _HOLDER.search(fold_text(self.text)) if self.kind is Kind.WHO else None
        if asking is None:
            return []
        terms = {term.start for term in self.terms}
        words = [word for word in tokens(self.text) if word.start >= asking.end()]
        if any(word.start not in terms and word.text not in _OF_AN_OFFICE for word in words):
            return []
        phrase = [word.text for word in words if word.start in terms]
        # In Arabic the office comes first: من التقى الوزير asks for another one.
        offices = offices_of(phrase)
        return phrase if any(offices[:1] if self.language == "ar" else offices) else []

    @property
    def asks_of_former(self) -> bool:
        """Whether it asks who held an office once: who was the former mayor of Jeddah?"""
        words = {token.text for token in tokens(self.text)}
        return not words.isdisjoint(_HELD_ONCE | FORMER)

    def is_head(self, word: str) -> bool:
        """Tell whether a word of an office is the one held, and not another that belongs to it: the king's minister."""
        offices = offices_of([term.text for term in self.terms])
        held = [term for term, office in zip(self.terms, offices, strict=True) if office]
        if self.language == "en":
            mark = next(
                (at.start for at in tokens(self.text) if at.text in _OF and held and at.start > held[0].end), None
            )
            held = [term for term in held if mark is None or term.start < mark][::-1]
        return bool(held) and held[0].text == word

    @property
    def asks_who_says(self) -> bool:
        """Whether it asks of someone's saying something: who said, when did they announce."""
        return any(token.text in _SAYS or token.stem in _SAYING_STEMS for token in tokens(self.text))

    @property
    def counted(self) -> frozenset[str]:
        """In a question for a number, the words of what is counted: in "how many Turkish soldiers were killed", two."""
        if self.kind is not Kind.HOW_MANY:
            return frozenset()
        return find_counted(tokens(self.text))

    def shorter_speakers(self) -> Iterator[Question]:
        """Yield the question as it is, then with fewer and fewer words taken for the speaker's name.

        Nothing parts the speaker from what follows in «كيف وصف لافروف سياسة بلاده»: the words left over are topic. In
        English a name may stand between what it belongs to: MITI's Osamu Watanabe, Tarek Ftiti of the Patriotic Union.
        """
        yield self
        if self.speaker is None:
            return
        if self.language == "en":
            yield from (replace(self, speaker=match["name"]) for form in _NAMED if (match := form.search(self.speaker)))
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


def read_question(text: str) -> Question:
    """Take a question apart; raises QuestionError where it cannot be worked on."""
    text = check_question(text)
    language = question_language(text)
    words = tokens(text)
    kind, speaker = _structure(text, language)
    speaking = {token.text for token in tokens(speaker)} if speaker else set()
    skipped = STOP_WORDS | ASKING | speaking | (_TIMES if kind is Kind.WHEN else frozenset())
    office = frozenset(
        word.text for word, one in zip(words, offices_of([one.text for one in words]), strict=True) if one
    )
    skipped -= office - STOP_WORDS - speaking  # the secretary of state asks nobody to state
    terms = tuple(
        word for word in words if word.text not in skipped or (word.text not in speaking and _is_acronym(text, word))
    )
    return Question(text, language, kind, speaker, terms, _names(text, words[1:]))


def read_topic(text: str) -> Question:
    """Take a topic apart, which asks nothing and may begin with a name; raises QuestionError."""
    text = check_question(text)
    words = tokens(text)
    terms = tuple(word for word in words if _carries_topic(text, word))
    return Question(text, question_language(text), Kind.WHAT, None, terms, _names(text, words))


def _names(text: str, words: Iterable[Token]) -> frozenset[str]:
    """Return the words that are written as names; the first of an English sentence has a capital letter in any case."""
    return frozenset(
        word.text
        for word in words
        if (text[word.start].isupper() and word.text not in STOP_WORDS and word.text not in ROLES_EN)
        or _is_acronym(text, word)
    )


def _carries_topic(text: str, word: Token) -> bool:
    return word.text not in STOP_WORDS or _is_acronym(text, word)


def _is_acronym(text: str, word: Token) -> bool:
    """Tell whether a word is written in capitals among others that are not, as US soldiers are no soldiers of us."""
    written = text[word.start : word.end].replace(".", "")
    return len(written) > 1 and written.isascii() and written.isupper() and word.start > 0 and not text.isupper()


def _structure(text: str, language: Language) -> tuple[Kind, str | None]:
    """Return what a question asks for, and the run of it that names whose words it asks for."""
    text = _SPACES.sub(" ", text).rstrip(" ?؟!.")
    folded = fold(text)
    searched = folded.text if language == "ar" else text
    kind = _kind(searched, language)
    patterns = ((Kind.SAID, pattern) for pattern in SAID[language] if kind is Kind.WHAT)
    for found, pattern in (*patterns, (kind, ACCORDING[language])):
        match = pattern.search(searched)
        if match and _is_speaker(match["speaker"], language):
            start, end = folded.origin(*match.span("speaker")) if language == "ar" else match.span("speaker")
            return found, text[start:end].strip()
    return kind, None


def _kind(text: str, language: Language) -> Kind:
    """Return what the first asking word of a question asks for; the more special kind where two begin together."""
    what = WHAT[language].search(text)
    best, kind = (what.start() if what else len(text)), Kind.WHAT
    for other, pattern in KINDS[language].items():
        match = pattern.search(text)
        if match and (match.start() < best or (match.start() == best and kind is Kind.WHAT)):
            best, kind = match.start(), Kind(other)
    return kind


def _is_speaker(run: str, language: Language) -> bool:
    words = [token.text for token in tokens(run)]
    if not words or len(words) > LONGEST_SPEAKER or words[0] in _PRONOUNS:
        return False
    if language == "ar" or any(character.isupper() for character in run):
        return True
    return len(words) <= LONGEST_SPEAKER // 2 or not ROLES_EN.isdisjoint(words)
