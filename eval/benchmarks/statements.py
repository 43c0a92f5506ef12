"""Who said what, held against statements that people labelled in news articles.

The labels are committed, the articles are not: a label names its article by file, record and `Article.id`, and all that
it says by code points into the article's text.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.speech.statements import find_statements
from assistant.words.lexicon import folded
from eval import metrics
from eval.benchmarks.labels import Labelled, LabelledRecord, Split, read_labelled
from index.errors import QuestionSetError
from index.preparing import to_article
from index.reading import Record, read
from index.statement import Stance
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.statement import Statement
    from index.types import Article

LABELS = Path(__file__).parent.parent / "sets" / "statements.jsonl"

WIDTH = 16
"""Characters of a row's name in the table."""

Run = tuple[int, int]


class Label(Labelled):
    """A statement as a reader labelled it; runs are code points into the article's text.

    `speakers` are the forms in which the article names who speaks; `nested` is what is told within another statement.
    """

    words: Run
    verb: Run | None
    speakers: tuple[Run, ...]
    role: Run | None
    stance: Stance
    direct: bool
    nested: bool
    addressee: Run | None
    said_on: Run | None


class LabelledArticle(LabelledRecord):
    """All the statements of one article."""

    split: Split
    statements: tuple[Label, ...]


@dataclass(slots=True)
class Score:
    """Counts over articles: statements labelled and found, and of those found how many are right in what."""

    labelled: int = 0
    found: int = 0
    words: int = 0  # the run overlaps a label's
    both: int = 0  # and so is the speaker the label's
    exact: int = 0  # and the run begins and ends where the label's does
    stance: int = 0
    direct: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    @property
    def precision(self) -> float:
        """Share of the statements found whose words and speaker are a label's."""
        return self.both / max(self.found, 1)

    @property
    def recall(self) -> float:
        """Share of the labels whose words and speaker were found."""
        return self.both / max(self.labelled, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return metrics.f1(self.both, self.found, self.labelled)

    @property
    def speaker_accuracy(self) -> float:
        """Share of right speakers where the words are right."""
        return self.both / max(self.words, 1)


def read_labels(file: Path = LABELS) -> list[LabelledArticle]:
    """Read the labels. Raises QuestionSetError where a line is none."""
    return read_labelled(file, LabelledArticle, "labelled article")


def find_articles(labelled: Sequence[LabelledRecord], archives: Path, seeds: Path) -> Iterator[Article]:
    """Yield the articles of labels, in their order.

    Raises QuestionSetError where a file lacks one, or holds another text under its name.
    """
    wanted = {(label.file, label.record) for label in labelled}
    found: dict[tuple[str, str | None], Article] = {}
    for name in dict.fromkeys(label.file for label in labelled):
        file = (seeds if name.endswith(".txt") else archives) / name
        if not file.is_file():
            raise QuestionSetError(f"there is no '{file}', in which articles were labelled; name its folder")
        for record in read(file):
            if isinstance(record, Record) and (key := (name, record.path.partition("#")[2] or None)) in wanted:
                found[key] = to_article(record)
    for label in labelled:
        article = found.get((label.file, label.record))
        if article is None or article.id != label.article:
            raise QuestionSetError(f"'{label.file}' holds no longer the text that was labelled as {label.record}")
        yield article


def score(article: Article, labels: Sequence[Label]) -> Score:
    """Find an article's statements and count how many are the labelled ones; each label is taken once, best first."""
    found = find_statements(article)
    pairs = metrics.match(
        [metrics.Run(article.id, *said.words) for said in found],
        [metrics.Run(article.id, *label.words) for label in labels],
    )
    matched = [(found[first], labels[second]) for first, second in pairs.items()]
    return Score(
        labelled=len(labels),
        found=len(found),
        words=len(matched),
        both=sum(_same_speaker(article, said, label) for said, label in matched),
        exact=sum(said.words == label.words for said, label in matched),
        stance=sum(said.stance is label.stance for said, label in matched),
        direct=sum(said.direct == label.direct for said, label in matched),
    )


_SMALL = folded("the a an of and for to s")


def _same_speaker(article: Article, said: Statement, label: Label) -> bool:
    """Tell whether the words of the speaker found are all in a form that was labelled, or the other way round."""
    name = _words(said.speaker)
    forms = [_words(article.text[start:end]) for start, end in label.speakers]
    return bool(name) and any(form and (name <= form or form <= name) for form in forms)


def _words(name: str) -> set[str]:
    return {word.text.removeprefix("ال") for word in tokens(name)} - _SMALL


def to_table(scores: Iterable[tuple[str, Score]]) -> str:
    """Return the scores as text, a row each."""
    lines = [f"{'':{WIDTH}} labelled  found  precision  recall     F1  speaker  exact run"]
    lines += [
        f"{name:{WIDTH}} {one.labelled:8}  {one.found:5}  {one.precision:9.3f}  {one.recall:6.3f}  {one.f1:5.3f}"
        f"  {one.speaker_accuracy:7.3f}  {one.exact / max(one.words, 1):9.3f}"
        for name, one in scores
    ]
    return "\n".join(lines) + "\n"
