"""What archives are measured on: articles of the news, XQuAD's paragraphs hidden among them, and its questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from eval.benchmarks.sets import LANGUAGES, Xquad
from index.errors import QuestionSetError
from index.reading import Record, Rejection, read
from index.sentences import sentences
from index.types import Language

SEED = 13
CHANGED = 0.1
"""The share of a copy's words that are exchanged."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its direction, as "ar→en", and the id of the article that is the paragraph it was written for."""

    text: str
    direction: str
    gold: str


def read_articles(paths: Sequence[Path]) -> list[Record]:
    """Read articles in an order drawn by chance, the same at every run, each text once.

    Raises QuestionSetError where a file cannot be read at all; a line that holds no article is passed over.
    """
    texts: dict[str, Record] = {}
    for path in paths:
        found = False
        reason = "it holds no article"
        for record in read(path):
            if isinstance(record, Rejection):
                reason = record.reason
            elif isinstance(record, Record):
                found = True
                texts.setdefault(record.text, record)
        if not found:
            raise QuestionSetError(f"no article in '{path}': {reason}; give what `isnad ingest` takes")
    articles = list(texts.values())
    Random(SEED).shuffle(articles)
    return articles


def sized(articles: Sequence[Record], size: int) -> Iterator[Record]:
    """Yield as many articles as asked for: the first ones, and after the last their perturbed copies.

    So a smaller archive is part of a larger one.
    """
    for number in range(size):
        article = articles[number % len(articles)]
        if number >= len(articles):
            donor = articles[(number + 1) % len(articles)]
            article = Record(article.path, perturbed(article.text, donor.text, Random(f"{SEED} {number}")))
        yield article


def perturbed(text: str, donor: str, random: Random) -> str:
    """Return another text of the same size: its sentences rotated, a tenth of its words taken from a donor. Pure.

    An index then meets texts and passages that it has not met before, of words that it has.
    """
    parts = [text[start:end] for start, end in sentences(text)]
    turn = random.randrange(1, len(parts)) if len(parts) > 1 else 0
    words = " ".join(parts[turn:] + parts[:turn]).split(" ")
    others = donor.split()
    for place in random.sample(range(len(words)), max(1, round(CHANGED * len(words)))):
        words[place] = random.choice(others)
    return " ".join(words)


def sample_questions(xquad: dict[Language, Xquad], searched: Language, count: int) -> list[Question]:
    """Draw questions, the same ones in both languages, for an archive that holds the paragraphs of one.

    Raises QuestionSetError where there are none.
    """
    total = min(len(xquad[language].questions) for language in LANGUAGES)
    if not total:
        raise QuestionSetError("XQuAD holds no question; fetch the set again")
    drawn = sorted(Random(SEED).sample(range(total), min(count, total)))
    return [
        Question(
            xquad[asked].questions[number],
            f"{asked}→{searched}",
            _paragraph_id(searched, xquad[searched].gold[number]),
        )
        for asked in LANGUAGES
        for number in drawn
    ]


def write_corpus(file: Path, articles: Iterator[Record], xquad: Xquad, language: Language) -> int:
    """Write articles and paragraphs as JSON lines, and return how many they are.

    Every system reads the same file: ids, texts, and what else is stated of the articles.
    """
    with file.open("w", encoding="utf-8") as lines:
        for place, paragraph in enumerate(xquad.paragraphs):
            lines.write(_line(id=_paragraph_id(language, place), text=paragraph))
        written = len(xquad.paragraphs)
        for article in articles:
            day = article.published.isoformat() if article.published else None
            facts = {"title": article.title, "source": article.source, "url": article.url, "date": day}
            known = {name: fact for name, fact in facts.items() if fact}
            lines.write(_line(id=f"article-{written}", text=article.text, **known))
            written += 1
    return written


def _line(**fields: str) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _paragraph_id(language: Language, place: int) -> str:
    return f"xquad-{language}-{place}"
