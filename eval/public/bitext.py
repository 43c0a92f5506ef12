"""Sentences and their translations, a line each: every sentence asks for its translation among all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.lines import read_text
from eval.public.collection import Collection, to_article
from eval.questions import GoldSpan, Located, Question
from index.errors import QuestionSetError
from index.text import detect_language
from index.types import Article, Language


def read_bitext(asking: Sequence[Path], searched: Path) -> Collection:
    """Look up each line of some files in one whose lines are their translations; blank lines are passed over.

    Raises:
        QuestionSetError: A file cannot be read, or has not as many lines as the one that is searched.
    """
    lines, language = _read(searched)
    articles = {
        number: to_article(f"{searched.name}#{number}", line, language=language)
        for number, line in enumerate(lines, start=1)
    }
    return Collection(
        tuple(articles.values()), tuple(located for file in asking for located in _questions(file, searched, articles))
    )


def read_sentences(file: Path) -> list[str]:
    """Return the lines of a file, each a sentence. Raises QuestionSetError where it cannot be read."""
    return read_text(file).removesuffix("\n").split("\n")  # a line may hold other characters that end lines


def _read(file: Path) -> tuple[list[str], Language]:
    lines = read_sentences(file)
    return lines, detect_language("\n".join(lines))


def _questions(file: Path, searched: Path, articles: dict[int, Article]) -> list[Located]:
    lines, language = _read(file)
    if len(lines) != len(articles):
        raise QuestionSetError(
            f"'{file}' has {len(lines)} lines and '{searched}' {len(articles)}; lines of one number should be "
            "translations of each other"
        )
    return [
        Located(
            Question(
                set=f"{file.stem} in {searched.stem}",
                id=str(number),
                text=line,
                language=language,
                kind=None,
                gold=(),
                place=f"line {number} of '{file}'",
            ),
            (GoldSpan(articles[number], 0, len(articles[number].text)),),
            whole_articles=True,
            asked=False,
        )
        for number, line in enumerate(lines, start=1)
        if line.strip() and articles[number].text.strip()
    ]
