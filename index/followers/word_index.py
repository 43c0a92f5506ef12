"""The words of an archive's passages, kept beside it: what reranking reads, and what questions are translated by.

A question's word is translated by the archive's own words: those of the other script whose vectors lie nearest. They
are found by the signs of their vectors' numbers, whose agreement tells the angle between two vectors (Charikar 2002,
https://doi.org/10.1145/509907.509965), and then compared exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.batches import batches
from index.followers.array_file import UNSAVED, ArrayIndex, read_arrays
from index.followers.index_folder import Findings, Mark, State, compare, texts_since
from index.followers.nearest_signs import NearestSigns
from index.followers.word_lists import WordLists
from index.types import Term
from index.words import QuestionWords, Script, WordModel, WordNumbering, WordTable, script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from index.followers.array_file import Arrays
    from index.types import Archive
    from index.words import Numbers

FORMAT = 1
VOCABULARY = 100_000
"""Words of a script, the most frequent ones, that translations are chosen from."""

NEAR, TRANSLATIONS, LEAST_LIKENESS = 48, 16, 0.45
"""Words compared exactly, translations kept at most, and the likeness that they need."""

SAMPLE = 50
"""Passages whose words are found anew to check the index."""

_BATCH = 1024  # passages taken apart at once
_ACROSS = {Script.ARABIC: Script.LATIN, Script.LATIN: Script.ARABIC}


@dataclass(frozen=True, slots=True)
class _Held:
    """An index and the state that it reflects; `numbers` are ascending."""

    mark: Mark
    table: WordTable
    numbers: NDArray[np.int64]
    lists: WordLists
    vocabularies: dict[Script, tuple[Numbers, NearestSigns]]
    unsaved: int


class WordIndex(ArrayIndex[_Held]):
    """The words of an archive's passages, kept in ``folder/words``; see `ArrayIndex`."""

    def __init__(self, folder: Path, model: WordModel, *, wait_seconds: float = 5.0) -> None:
        super().__init__(folder / "words" / "words.arrays", {"format": FORMAT, "model": model.name}, wait_seconds)
        self._model = model

    def rerank(
        self, question: QuestionWords, numbers: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Compare passages with a question; see `WordLists.match`. A passage that is not known has noughts."""
        held = self._held
        best = np.zeros((len(numbers), len(question.texts)), np.float32)
        nearest = np.zeros(len(numbers), np.float32)
        if held is not None and len(held.numbers):
            rows = np.minimum(np.searchsorted(held.numbers, numbers), len(held.numbers) - 1)
            known = held.numbers[rows] == numbers
            best[known], nearest[known] = held.lists.at(rows[known]).match(self._model, held.table, question)
        return best, nearest

    def translate(self, question: QuestionWords) -> list[list[Term]]:
        """Return for each word of a question the archive's words of the other script that mean it, nearest first.

        A term's weight is the likeness of the two; see `WordTable.likeness`.
        """
        found: list[list[Term]] = [[] for _ in question.texts]
        held = self._held
        if held is None:
            return found
        scripts = np.array([script(text) for text in question.texts], np.uint8)
        for own, other in _ACROSS.items():
            asked = np.flatnonzero(scripts == own)
            if len(asked) and other in held.vocabularies:
                vocabulary, signs = held.vocabularies[other]
                units = question.units[asked]
                near = vocabulary[signs.search(np.packbits(units > 0, axis=1), NEAR)]
                rows, places = np.unique(near, return_inverse=True)
                likeness = held.table.likeness(held.table.products(self._model, rows, units), rows, question.at(asked))
                for at, word in enumerate(asked.tolist()):
                    found[word] = list(self._terms(held.table, rows, likeness[:, at], places.reshape(near.shape)[at]))
        return found

    def _terms(
        self, table: WordTable, rows: Numbers, likeness: NDArray[np.float32], near: NDArray[np.int64]
    ) -> Iterator[Term]:
        best = near[np.argsort(-likeness[near], kind="stable")][:TRANSLATIONS]
        best = best[likeness[best] >= LEAST_LIKENESS]
        borders = zip(table.borders[rows[best]].tolist(), table.borders[rows[best] + 1].tolist(), strict=True)
        for (start, end), alike in zip(borders, likeness[best].tolist(), strict=True):
            yield Term(self._model.spell(table.subwords[start:end].tolist()), alike)

    def verify(self, archive: Archive) -> Findings:
        """Check that what is saved is whole, holds the archive's passages and no others, and some with their words."""
        if not self._file.exists():
            return Findings(State.MISSING)
        saved = self._load()
        if saved is None:
            whole = read_arrays(self._file) is not None  # of another format or model
            broken = f"the file '{self._file.name}' is not as it was written"
            return Findings(State.MISSING) if whole else Findings(State.DAMAGED, (broken,))
        found = compare(saved.mark, saved.numbers, archive)
        if found.problems or found.state is State.MISSING:
            return found
        wrong = [number for number in self._sample(saved) if not self._has_words(saved, number, archive)]
        what = f"the words of {len(wrong)} of {SAMPLE} passages are not those of the archive, of {wrong[:1]} first"
        return Findings(State.DAMAGED, (what,)) if wrong else found

    def _sample(self, held: _Held) -> list[int]:
        if not len(held.numbers):
            return []
        places = np.unique(np.linspace(0, len(held.numbers) - 1, SAMPLE).astype(np.int64))
        return [int(number) for number in held.numbers[places]]

    def _has_words(self, held: _Held, number: int, archive: Archive) -> bool:
        """Whether a passage's words are those of its text; of one that has gone, yes."""
        passages = archive.passages([number])
        numbering = WordNumbering(self._model, held.table)
        again = WordLists.of(self._model, [passage.text for passage in passages], numbering)
        kept = held.lists.at(np.searchsorted(held.numbers, np.full(len(passages), number)))
        return np.array_equal(again.words, kept.words) and np.array_equal(again.sentences, kept.sentences)

    def _of(self, mark: Mark, facts: Mapping[str, Any], arrays: Arrays) -> _Held:
        table = WordTable(*(arrays[f"table.{name}"] for name in WordTable._fields))
        lists = WordLists(*(arrays[f"lists.{name}"] for name in WordLists._fields))
        return _Held(mark, table, arrays["numbers"], lists, _vocabularies(table), 0)

    def _parts(self, held: _Held) -> tuple[Mapping[str, object], Arrays]:
        arrays = {f"table.{name}": array for name, array in held.table._asdict().items()}
        arrays |= {f"lists.{name}": array for name, array in held.lists._asdict().items()}
        return {}, arrays | {"numbers": held.numbers}

    def _advanced(self, held: _Held | None, archive: Archive, mark: Mark) -> _Held:
        since = held.mark.generation if held else 0
        table = held.table if held else WordTable.empty(self._model.dimensions)
        lists = held.lists if held else WordLists.empty()
        numbers = held.numbers if held else np.zeros(0, np.int64)
        gone = np.flatnonzero(np.isin(numbers, archive.removed_since(since)))
        numbering = WordNumbering(self._model, table)
        came: list[WordLists] = []
        new: list[int] = []
        # What another process adds from here on may be taken in now and offered again next time.
        fresh = (found for found in texts_since(archive, since) if not _holds(numbers, found[0]))
        for batch in batches(fresh, _BATCH):
            came.append(WordLists.of(self._model, [text for *_, text in batch], numbering))
            new.extend(number for number, *_ in batch)
        if not len(gone) and not new and held is not None:
            return _Held(mark, table, numbers, lists, held.vocabularies, held.unsaved)
        stay = lists if not len(gone) else lists.at(np.delete(np.arange(lists.size), gone))
        table = numbering.table(less=lists.at(gone).words)
        all_numbers = np.concatenate([np.delete(numbers, gone), np.array(new, np.int64)])
        joined = WordLists.joined([stay, *came])
        order = np.argsort(all_numbers, kind="stable")
        if (np.diff(order) < 0).any():
            joined = joined.at(order)
        unsaved = (held.unsaved if held else UNSAVED) + len(gone) + len(new)
        return _Held(mark, table, all_numbers[order], joined, _vocabularies(table), unsaved)


def _vocabularies(table: WordTable) -> dict[Script, tuple[Numbers, NearestSigns]]:
    """Return each script's most frequent words, to be found by their signs."""
    found = {}
    for one in _ACROSS:
        rows = np.flatnonzero((table.scripts == one) & (table.counts > 0)).astype(np.int32)
        if len(rows) > VOCABULARY:
            rows = np.sort(rows[np.argpartition(-table.counts[rows], VOCABULARY)[:VOCABULARY]])
        if len(rows):
            found[one] = (rows, NearestSigns(table.signs[rows]))
    return found


def _holds(numbers: NDArray[np.int64], number: int) -> bool:
    place = int(np.searchsorted(numbers, number))
    return place < len(numbers) and int(numbers[place]) == number
