"""Questions to offer before the first one is asked: made from what an archive's articles say, and tried."""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from assistant.speech.agreement_ar import COUNTRIES_HE
from assistant.speech.mentions import name_part
from assistant.speech.statements import find_statements
from assistant.words.gazetteer import entity_names
from index.text import detect_language, fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from assistant.types import Answer
    from index.statement import Statement
    from index.types import Article, Language

_SAID: dict[Language, str] = {"en": "What did {speaker} say about {topic}?", "ar": "ماذا قال {speaker} عن {topic}؟"}
_SHE_SAID = "ماذا قالت {speaker} عن {topic}؟"

TRIED = 2
"""How many questions are tried, at most, for each that is offered."""


def example_questions(articles: Iterable[Article], ask: Callable[[str], Answer], most: int = 6) -> list[str]:
    """Return up to `most` questions about who said what on which country, half of them about people.

    Each has another speaker: a person, named in the script that an article uses, or a country, named in the language
    that fewer of the questions about people are in. Every question has been asked, and was not declined.
    """
    people: Counter[tuple[str, str]] = Counter()  # who spoke, and the question
    countries: dict[Language, Counter[tuple[str, str]]] = {"en": Counter(), "ar": Counter()}
    for article in articles:
        for statement in find_statements(article):
            people.update(_about_people(article, statement))
            for language, counted in countries.items():
                counted.update(_about_countries(article, statement, language))
    half = _answered(people, ask, most // 2)
    arabic = sum(detect_language(question) == "ar" for question in half)
    other: Language = "ar" if arabic < len(half) - arabic else "en"
    return half + _answered(countries[other], ask, most - len(half))


def _answered(counted: Counter[tuple[str, str]], ask: Callable[[str], Answer], most: int) -> list[str]:
    commonest = {speaker: question for (speaker, question), _ in reversed(counted.most_common())}
    questions = [question for (speaker, question), _ in counted.most_common() if commonest[speaker] == question]
    return list(islice((question for question in questions[: TRIED * most] if not ask(question).declined), most))


def _about_people(article: Article, statement: Statement) -> Iterator[tuple[str, str]]:
    name = _person(statement.speaker)
    if name:
        for english, arabic in _topics(article, statement):
            topic = english if article.language == "en" else arabic
            yield name, _SAID[article.language].format(speaker=name, topic=topic)


def _about_countries(article: Article, statement: Statement, language: Language) -> Iterator[tuple[str, str]]:
    for speaker, speaker_ar in _countries(statement.speaker):
        for topic, topic_ar in _topics(article, statement):
            if language == "en":
                yield speaker, _SAID["en"].format(speaker=speaker, topic=topic)
            elif not (speaker_ar.endswith("ي") or topic_ar.endswith("ي")):  # an adjective, where a name is no noun
                said = _SAID["ar"] if fold_text(speaker_ar) in COUNTRIES_HE else _SHE_SAID
                yield speaker, said.format(speaker=speaker_ar, topic=topic_ar)


def _topics(article: Article, statement: Statement) -> list[tuple[str, str]]:
    speaking = _countries(statement.speaker)
    return [names for names in _countries(article.text[statement.start : statement.end]) if names not in speaking]


def _countries(text: str) -> list[tuple[str, str]]:
    """Return the countries that a text names, each in English and Arabic."""
    return list(dict.fromkeys(names for token in tokens(text) if (names := entity_names(token.text))))


def _person(speaker: str) -> str | None:
    """Return a first and a last name as they are written; None for all that may be an office, a paper or a crowd."""
    name = name_part(speaker)
    if len(name) != 2 or any(entity_names(word) for word in name):
        return None
    written = ((first, last) for first, last in pairwise(tokens(speaker)) if [first.text, last.text] == name)
    return next((" ".join(speaker[first.start : last.end].split()) for first, last in written), None)
