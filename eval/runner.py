"""Asks sets of questions of their archives: the user's own, or one made for a run and then thrown away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from eval.judges import confidence_by_verifier, judge_by_entailment, judge_by_verifier
from eval.questions import Located, Question, check_filters, locate
from eval.run import Row, run
from eval.systems import Chosen, open_system
from index.errors import QuestionSetError

if TYPE_CHECKING:
    from eval.public.collection import Collection
    from index.archive.address import Address
    from index.settings import Settings
    from index.types import Archive


@dataclass(frozen=True, slots=True)
class Runner:
    """Asks questions of archives, all of them in one way."""

    settings: Settings
    chosen: Chosen
    retrieval_only: bool = False

    def run(self, questions: Sequence[Question], articles: Sequence[Path] = ()) -> tuple[Row, ...]:
        """Ask questions of an archive made of these articles, or else of the user's own.

        Raises QuestionSetError where an article cannot be ingested, or a question does not fit the archive.
        """

        def locate_in(archive: Archive) -> Sequence[Located]:
            check_filters(questions, archive)
            return locate(questions, archive.articles())

        with archive_of(articles, self.settings) as address:
            return self._run(address, locate_in)

    def run_public(self, collection: Collection) -> tuple[Row, ...]:
        """Ask the questions of a collection of an archive made of its articles, then thrown away."""
        from eval.public.collection import fill
        from index.encoders.static import load_encoder

        with TemporaryDirectory(prefix="isnad-eval-") as made:
            fill(Path(made), collection.articles, load_encoder(self.settings.encoder, self.settings.backend)).close()
            with _forgotten(Path(made), self.settings):
                return self._run(Path(made), lambda archive: collection.questions)

    def _run(self, address: Address, locate_in: Callable[[Archive], Sequence[Located]]) -> tuple[Row, ...]:
        from tqdm import tqdm

        from assistant.ask import open_assistant
        from assistant.verification.entailment import Entailment
        from assistant.verification.verify import Verifier

        assistant = open_assistant(
            address, self.settings.encoder, self.settings.backend, index=self.settings.index_place
        )
        with closing(assistant.archive):
            system = open_system(self.chosen, assistant)
            located = locate_in(assistant.archive)
            if self.retrieval_only:
                located = [replace(one, asked=False) for one in located]
            shown = tqdm(located, desc="asking", unit="question", delay=1, leave=False, disable=None)
            # None of them takes a system's word for it; the verifier is by itself, also where an entailment model has
            # the assistant's ear.
            verifier = Verifier(assistant.model)
            judges = {"verifier": judge_by_verifier(verifier)}
            if self.settings.nli:
                judges["nli"] = judge_by_entailment(Entailment(self.settings.nli))
            return run(shown, system, judges, confidence_by_verifier(verifier)).rows


@contextmanager
def archive_of(articles: Sequence[Path], settings: Settings) -> Iterator[Address]:
    """Where an archive is that is made of these articles, and thrown away afterwards; without any, the user's own.

    Raises QuestionSetError where an article cannot be ingested.
    """
    if not articles:
        yield settings.archive
        return
    from index.archive.opening import open_at
    from index.encoders.static import load_encoder
    from index.ingest import ingest

    with TemporaryDirectory(prefix="isnad-eval-") as made:
        folder = Path(made)
        encoder = load_encoder(settings.encoder, settings.backend)
        with open_at(folder, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True) as opened:
            ingested = ingest(articles, opened, encoder)
        if ingested.rejected:
            path, reason = ingested.rejected[0]
            raise QuestionSetError(f"cannot ingest '{path}': {reason}")
        with _forgotten(folder, settings):
            yield folder


@contextmanager
def _forgotten(folder: Path, settings: Settings) -> Iterator[None]:
    """In the end, delete what a server keeps of the archive in a folder that is thrown away."""
    from index.archive.opening import open_at
    from index.followers.search_indexes import forget

    try:
        yield
    finally:
        if settings.index_place:
            with open_at(folder) as archive:
                forget(folder, settings.index_place, archive)
