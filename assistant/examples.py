"""Questions to offer before the first one is asked: made from what an archive's articles say, so that they are answered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assistant.gazetteer import entity_names
from assistant.statements import find_statements, name_part
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.types import Article, Language

_SAID: dict[Language, str] = {"en": "What did {speaker} say about {topic}?", "ar": "ماذا قال {speaker} عن {topic}؟"}


def example_questions(articles: Iterable[Article], most: int = 6) -> list[str]:
    """Return up to `most` questions in both languages about who said what on which country.

    A person is named only in the script that an article uses; a country is named in both.
    """
    people: Counter[tuple[Language, str, str]] = Counter()
    countries: Counter[tuple[str, str]] = Counter()
    for article in articles:
        for statement in find_statements(article):
            text = article.text[statement.start : statement.end]
            named = {names[0]: names for token in tokens(text) if (names := entity_names(token.text))}
            speaking = {names[0] for token in tokens(statement.speaker) if (names := entity_names(token.text))}
            name = name_part(statement.speaker)
            for topic, (english, arabic) in named.items():
                if topic in speaking:
                    continue
                if name and not entity_names(name[-1]):
                    written = _as_written(statement.speaker, name[-1])
                    people[article.language, written, english if article.language == "en" else arabic] += 1
                for speaker in speaking:
                    countries[speaker, english] += 1
    questions = [
        _SAID[language].format(speaker=speaker, topic=topic)
        for (language, speaker, topic), _ in people.most_common(most // 2)
    ]
    questions += [
        _SAID["en"].format(speaker=speaker, topic=topic)
        for (speaker, topic), _ in countries.most_common(most - len(questions))
    ]
    return questions


def _as_written(speaker: str, folded: str) -> str:
    return next(speaker[token.start : token.end] for token in reversed(tokens(speaker)) if token.text == folded)
