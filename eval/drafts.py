"""Drafts of questions on an archive, for a person to edit: on who said what, on dates and on figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, NamedTuple, get_args

from assistant.speech.statements import find_statements
from assistant.words.quantities import find_quantities
from eval.questions import Gold, Kind, Question
from index.chunk import body_sentences
from index.dates import find_dates
from index.types import Language

if TYPE_CHECKING:
    from index.types import Archive, Article

BLANK = "…"
"""Stands for what the person who edits a draft has to word, or for what is asked for."""

LONGEST = 300
"""Code points of a sentence that a question is drafted on, at most: of a longer one too much could be gold."""

_ASKING: dict[Kind, dict[Language, str]] = {
    "said": {"en": f"What did {{}} say about {BLANK}?", "ar": f"ماذا قال {{}} عن {BLANK}؟"},
    "when": {"en": "When: {}?", "ar": "متى: {}؟"},
    "how_many": {"en": "How many: {}?", "ar": "كم: {}؟"},
}

_NOTES: dict[Kind, str] = {
    "said": "name the topic, and the speaker as the question's language writes the name",
    "when": "ask for the date in words of the question's language",
    "how_many": "ask for the figure in words of the question's language",
}


class _Found(NamedTuple):
    """What a question may be asked about: a sentence, what of it stands in the question, and the answer."""

    kind: Kind
    start: int
    end: int
    about: str
    answer: str | None


def draft(archive: Archive, count: int, seed: int = 0) -> Iterator[Question]:
    """Yield up to `count` drafts in each language, from articles drawn by chance; of each at most one of each kind.

    Both languages ask for the same: a sentence that reports what somebody said, holds a date, or holds a figure. Gold
    is that sentence, and the date or the figure is the reference answer.
    """
    names = sorted(archive.paths())
    Random(seed).shuffle(names)
    found = ((article, one) for path in names if (article := archive.find_path(path)) for one in _find(article))
    for number, (article, one) in enumerate(islice(found, count), start=1):
        for language in get_args(Language):
            yield Question(
                set="draft",
                id=f"{language}-{one.kind}-{number:03}",
                text=_ASKING[one.kind][language].format(one.about),
                language=language,
                kind=one.kind,
                gold=(Gold(article.id, article.text[one.start : one.end], one.start),),
                place=f"draft {number}",
                answers=(one.answer,) if one.answer else (),
                draft=True,
                note=_NOTES[one.kind],
            )


def _find(article: Article) -> Iterator[_Found]:
    """Yield the first statement, the first sentence with a date, and the first with a figure."""
    sentences = [(start, end) for start, end in body_sentences(article) if end - start <= LONGEST]
    reported = [said for said in find_statements(article) if said.sentence in sentences]  # and not in the headline
    for said in reported[:1]:
        yield _Found("said", said.start, said.end, said.speaker, None)
    yield from _first(article, sentences, "when", _date_in)
    yield from _first(article, sentences, "how_many", _figure_in)


def _first(
    article: Article, sentences: list[tuple[int, int]], kind: Kind, find: Callable[[str], tuple[int, int] | None]
) -> Iterator[_Found]:
    for start, end in sentences:
        text = article.text[start:end]
        if run := find(text):
            about = f"{text[: run[0]]}{BLANK}{text[run[1] :]}".strip(" .\n")
            yield _Found(kind, start, end, " ".join(about.split()), text[run[0] : run[1]])
            return


def _date_in(sentence: str) -> tuple[int, int] | None:
    """Return the first date that a sentence tells by its year, month or day of the month."""
    return next((found.run for found in find_dates(sentence) if found.resolve(None)), None)


def _figure_in(sentence: str) -> tuple[int, int] | None:
    """Return the first figure of a sentence that is no part of a date."""
    dates = [found.run for found in find_dates(sentence)]
    figures = ((found.start, found.end) for found in find_quantities(sentence) if not found.ordinal)
    return next((run for run in figures if not any(run[0] < end and start < run[1] for start, end in dates)), None)
