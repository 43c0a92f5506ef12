"""The numbers of a training: one place for every default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from index.errors import TrainingError

LATE_SOURCES = ("questions", "questions-across")
"""What late interaction is trained on, and hard negatives are found for."""

HardNegatives = Literal["none", "bm25", "previous"]
"""What finds them: nothing, BM25, or the vectors that an earlier training left in the work folder."""


@dataclass(frozen=True, slots=True)
class SourceRecipe:
    """How one source is trained on.

    `share` is how often a batch is drawn from it, relative to the other sources: 0 leaves it out. `drops` says whether
    tokens of its texts are left out at random. Where `batch` or `temperature` is None, the recipe's holds.
    """

    share: float
    drops: bool = True
    batch: int | None = None
    temperature: float | None = None


def _sources() -> dict[str, SourceRecipe]:
    return {
        "sentences": SourceRecipe(15, batch=2048),
        "terms": SourceRecipe(3, drops=False),
        "names": SourceRecipe(6, drops=False),
        "aligned": SourceRecipe(1.5, drops=False),
        "questions": SourceRecipe(2),
        "headlines": SourceRecipe(1.5),
        "pseudo": SourceRecipe(3),
        "questions-across": SourceRecipe(3),
        "headlines-across": SourceRecipe(1.5),
        "cloze": SourceRecipe(1),
        "cloze-across": SourceRecipe(2),
    }


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the vocabulary and the vectors are learnt by; `sources` is by name, in the order of `prepare`."""

    vocabulary: int = 48_000
    longest: int = 256  # tokens of a text
    tables: int = 3  # each learnt from its own random start; then they are merged into one
    steps: int = 3600  # of each table
    batch: int = 1024  # pairs
    dimensions: int = 640
    matryoshka: tuple[int, ...] = ()  # first dimensions that are trained to do alone, too
    learning_rate: float = 0.1
    part_rate: float = 0.3  # of that, for the parts that subwords share; at 0 they share nothing
    warm_up: float = 0.1  # of the steps
    last_rate: float = 0.02  # of the learning rate
    temperature: float = 0.035
    margin: float = 0.3  # that a pair's own cosine is to be ahead of the others
    drop: float = 0.4  # at most this part of a longer text's tokens is left out
    never_drop: int = 3  # texts of so many tokens stay whole
    hard_negatives: HardNegatives = "none"
    whitening: float = 0.2  # the power of its deviation that every axis is divided by when they are merged
    last_whitening: float = 0.1  # the same, at the end
    late_steps: int = 600  # after that, in which late interaction is trained, too
    late_batch: int = 128  # questions of each source
    late_learning_rate: float = 0.03
    late_temperature: float = 0.05
    late_weight: float = 1.0  # of its loss, beside that of pooled vectors
    seed: int = 0
    sources: Mapping[str, SourceRecipe] = field(default_factory=_sources)

    def __post_init__(self) -> None:
        beyond = [width for width in self.matryoshka if not 0 < width < self.dimensions]
        if beyond:
            raise TrainingError(f"--matryoshka {beyond[0]} is not among the {self.dimensions} dimensions; give fewer")
        if not any(source.share > 0 for source in self.sources.values()):
            raise TrainingError("every source's share is 0; give one with --share NAME=NUMBER")

    @property
    def first_steps(self) -> int:
        """The steps of all tables, before they are merged."""
        return self.tables * self.steps

    @property
    def all_steps(self) -> int:
        """The steps of both parts."""
        return self.first_steps + self.late_steps

    def with_sources(
        self, shares: Iterable[str] = (), batches: Iterable[str] = (), temperatures: Iterable[str] = ()
    ) -> Recipe:
        """Return the recipe with some sources' numbers changed, each given as NAME=NUMBER.

        Raises TrainingError for a name that is no source, and for what is no number.
        """
        sources = dict(self.sources)
        for name, number in self._parse("--share", shares):
            sources[name] = replace(sources[name], share=number)
        for name, number in self._parse("--source-batch", batches):
            sources[name] = replace(sources[name], batch=max(2, int(number)))
        for name, number in self._parse("--source-temperature", temperatures):
            if not number:
                raise TrainingError(f"--source-temperature {name}=0 divides by zero; give more")
            sources[name] = replace(sources[name], temperature=number)
        return replace(self, sources=sources)

    def _parse(self, option: str, settings: Iterable[str]) -> Iterable[tuple[str, float]]:
        for setting in settings:
            name, _, number = setting.partition("=")
            if name not in self.sources:
                raise TrainingError(f"{option} {setting}: no source is named '{name}'; use {', '.join(self.sources)}")
            try:
                value = float(number)
            except ValueError:
                value = -1.0
            if not 0 <= value < float("inf"):
                raise TrainingError(f"{option} {setting}: '{number}' is no number from 0; write {option} {name}=2")
            yield name, value

    def tokenizer_options(self) -> dict[str, Any]:
        """Return what the vocabulary and the tokenized rows depend on, as JSON holds it."""
        return {"vocabulary": self.vocabulary, "longest": self.longest}

    def train_options(self) -> dict[str, Any]:
        """Return what the vectors depend on beside those, as JSON holds it."""
        options = asdict(self) | {"matryoshka": list(self.matryoshka)}
        return {name: value for name, value in options.items() if name not in self.tokenizer_options()}
