"""Names across the scripts: what vectors find of them, and what words and their sounds add."""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.model import Figures
from eval.benchmarks.sets import LANGUAGES
from index.errors import QuestionSetError
from index.followers.word_lists import WordLists
from index.rerank import late_interaction, standardized
from index.retrieve import CANDIDATES, LATE_WEIGHT, PASSAGE_WEIGHT, SENTENCE_WEIGHT
from index.training.corpora import read_rows
from index.training.held_out import HeldOut, Name, load_names, split_folded
from index.types import Encoder, Language
from index.words import QuestionWords, WordModel, WordNumbering, WordTable

SIZE = 20_000  # names of a script that are searched
COLUMNS: dict[Language, int] = {"en": 0, "ar": 1}  # of the corpus
ACROSS: list[tuple[Language, Language]] = [("ar", "en"), ("en", "ar")]


@dataclass(frozen=True, slots=True)
class NameSet:
    """The names under test, and by language the names among which a form of them is looked for.

    `pools[language]` ends with the tested names' own forms, in their order: what comes first wins a tie, and a tie is
    no success.
    """

    names: list[Name]
    pools: dict[Language, list[str]]


def measure_names(encoder: Encoder, words: WordModel, names: NameSet) -> Figures:
    """Measure how often the name of the other script that is found first is the same name: recall@1, by direction.

    "names R@1" takes a name as one vector. "names, words R@1" reranks the nearest as the search reranks passages, by
    the vectors of `words` alone, and "names, sounds R@1" as it does it in full: by the words' sounds as well. These are
    of all names of the list; the other figures are of one kind, or of those whose forms belong together by sound
    ("transliterated") or by meaning ("translated"). "ar→en" looks for the English form.
    """
    found = find_names(encoder, words, names)
    return {group: figure for stage in found for group, figure in summarize(names.names, found[stage], stage).items()}


def read_name_set(corpora: Path, *, size: int = SIZE, seed: int = 0) -> NameSet:
    """Read the list of names, and draw others from `names.tsv.xz` until each script has `size` of them.

    Those are distinct once folded. A row is left out for both scripts when one side is a form under test or holds all
    words of one, since its other side may then be a right answer in another spelling.

    Raises QuestionSetError when the file cannot be read, is not in two columns or has too few.
    """
    names = load_names()
    try:
        rows = read_rows(corpora, "names")
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise QuestionSetError(f"cannot read the names in '{corpora}/names.tsv.xz': {error}; set --corpora") from error
    for number, row in enumerate(rows, 1):
        if len(row) < len(COLUMNS):
            raise QuestionSetError(f"'{corpora}/names.tsv.xz' line {number} has one cell, not two; fetch it again")
    held_out = HeldOut.from_names(names)
    forms = _FormWords(form for name in names for form in (name.english, name.arabic))
    others = [row for row in rows if not held_out.holds(*row[:2]) and not any(map(forms.are_in, row[:2]))]
    random.Random(seed).shuffle(others)
    pools: dict[Language, list[str]] = {}
    for language in LANGUAGES:
        own = [_form(name, language) for name in names]
        distinct: dict[tuple[str, ...], str] = {}
        for row in others:
            distinct.setdefault(split_folded(row[COLUMNS[language]]), row[COLUMNS[language]])
        distinct.pop((), None)
        drawn = list(distinct.values())[: size - len(own)]
        if (count := len(drawn) + len(own)) != size:
            raise QuestionSetError(
                f"'{corpora}/names.tsv.xz' makes {count} names, {language}, not {size}; fetch it again"
            )
        pools[language] = drawn + own
    return NameSet(names, pools)


class _FormWords:
    """The words of every form under test."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._by_first: dict[str, list[frozenset[str]]] = {}
        for words in map(split_folded, forms):
            self._by_first.setdefault(words[0], []).append(frozenset(words))

    def are_in(self, text: str) -> bool:
        """Whether a text holds all words of a form, in any order."""
        words = frozenset(split_folded(text))
        return any(form <= words for word in words for form in self._by_first.get(word, ()))


def _form(name: Name, language: Language) -> str:
    return name.english if language == "en" else name.arabic


def find_names(encoder: Encoder, words: WordModel, name_set: NameSet) -> dict[str, dict[str, list[str]]]:
    """Return, by measure and direction, the name of the other script that is found first for each name of the list."""
    found: dict[str, dict[str, list[str]]] = {}
    for asked, searched in ACROSS:
        own = [_form(name, asked) for name in name_set.names]
        pool = name_set.pools[searched]
        cosines = encoder.encode_passages(own) @ encoder.encode_passages(pool).T
        first = {"names R@1": cosines.argmax(axis=1), **_rerank(words, own, pool, cosines)}
        for measure, places in first.items():
            found.setdefault(measure, {})[f"{asked}→{searched}"] = [pool[place] for place in places]
    return found


def _rerank(
    model: WordModel, own: list[str], pool: list[str], cosines: NDArray[np.float32]
) -> dict[str, NDArray[np.int64]]:
    """Return, by measure, which name of the pool is first when the search's candidates are reranked, for each own one.

    A name is a passage of a single sentence. It has no lexical score: the scripts share no word.
    """
    numbering = WordNumbering(model, WordTable.empty(model.dimensions))
    lists = WordLists.of(model, pool, numbering)
    table = numbering.table(less=np.zeros(0, np.int32))
    stages = {"names, words R@1": table._replace(pairs=np.zeros_like(table.pairs)), "names, sounds R@1": table}
    first = {measure: np.zeros(len(own), np.int64) for measure in stages}
    for at, (name, words) in enumerate(zip(own, model.encode_words(own), strict=True)):
        near = np.sort(np.argsort(-cosines[at], kind="stable")[:CANDIDATES])  # what comes first wins a tie
        asked = QuestionWords.of(name, words)
        for measure, met in stages.items():
            best, nearest = lists.at(near).match(model, met, asked)
            scores = (
                PASSAGE_WEIGHT * standardized(cosines[at, near])
                + SENTENCE_WEIGHT * standardized(nearest)
                + LATE_WEIGHT * standardized(late_interaction(asked.weights, best))
            )
            first[measure][at] = near[np.argmax(scores)]
    return first


def summarize(names: Sequence[Name], found: Mapping[str, Sequence[str]], measure: str = "names R@1") -> Figures:
    """Return the share of names that were found, by direction: of all, of each kind, of each note."""
    hits = {
        direction: np.array([form in {name.english, name.arabic} for name, form in zip(names, forms, strict=True)])
        for direction, forms in found.items()
    }
    groups = {measure: np.ones(len(names), bool)}
    for label in dict.fromkeys([*(name.kind for name in names), *(name.note for name in names)]):
        groups[f"{measure}, {label}"] = np.array([label in {name.kind, name.note} for name in names])
    return {
        group: {direction: float(hit[members].mean()) for direction, hit in hits.items()}
        for group, members in groups.items()
    }
