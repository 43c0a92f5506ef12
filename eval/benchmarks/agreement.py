"""Do a Milvus index and the indexes beside an archive find the same? XQuAD through the whole search with each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import NamedTuple

from tqdm import tqdm

from eval.benchmarks.sets import DIRECTIONS, LANGUAGES, Xquad
from eval.benchmarks.xquad import DEPTH, build_index, rank_of, summarize
from index.encoders.static import StaticEncoder
from index.followers.search_indexes import forget, search_indexes
from index.followers.word_index import WordIndex
from index.retrieve import Retriever
from index.settings import IndexPlace
from index.types import Hit, Language

TOP = 10
"""Passages of which it is counted how many both find."""


class Agreement(NamedTuple):
    """One direction: what each of the two finds, what both do, and the milliseconds of processor time of a search."""

    direction: str
    embedded: dict[str, float]
    milvus: dict[str, float]
    overlap: float
    same_first: float
    milliseconds: tuple[float, float]


class Sizes(NamedTuple):
    """Bytes a passage of the vectors and the full text: beside the archive, and in a file of Milvus Lite if it is."""

    passages: int
    embedded: float
    milvus: float | None


def measure_agreement(xquad: dict[Language, Xquad], place: IndexPlace) -> tuple[list[Agreement], Sizes]:
    """Ask every question of both, and then delete what the place holds of them. Raises ArchiveError."""
    model = StaticEncoder()
    found: list[Agreement] = []
    with TemporaryDirectory(prefix="isnad-bench-") as made:
        indexes = {
            language: build_index(xquad[language], language, model, model, Path(made) / language)
            for language in LANGUAGES
        }
        others = {}
        for language, index in indexes.items():
            both = *search_indexes(index.archive.folder, place), WordIndex(index.archive.folder, model)
            for follower in both:
                follower.catch_up(index.archive)
            others[language] = Retriever(index.archive, *both, model, model)
        passages = sum(len(index.archive.standing()) for index in indexes.values())
        beside = sum(_size(index.archive.folder / name) for index in indexes.values() for name in ("dense", "lexical"))
        within = _size(Path(place.uri)) / passages if place.is_file else None
        for asked, searched in DIRECTIONS:
            index = indexes[searched]
            gold = [index.ids[place] for place in xquad[asked].gold]
            direction = f"{asked}→{searched}"
            found.append(_compare(direction, xquad[asked].questions, gold, index.retriever, others[searched]))
        for index in indexes.values():
            forget(index.archive.folder, place, index.archive)
            index.archive.close()
    return found, Sizes(passages, beside / passages, within)


def _compare(
    direction: str, questions: Sequence[str], gold: Sequence[str], embedded: Retriever, milvus: Retriever
) -> Agreement:
    ranks: tuple[list[int | None], list[int | None]] = [], []
    seconds = [0.0, 0.0]
    shared = same = 0
    shown = tqdm(questions, desc=direction, unit="question", delay=1, leave=False, disable=None)
    for question, own in zip(shown, gold, strict=True):
        tops: list[list[Hit]] = []
        for at, retriever in enumerate((embedded, milvus)):
            started = process_time()
            hits = retriever.search(question, top_k=DEPTH)
            seconds[at] += process_time() - started
            ranks[at].append(rank_of(own, hits))
            tops.append(hits[:TOP])
        first, second = ([(hit.passage.article.id, hit.passage.start) for hit in top] for top in tops)
        shared += len(set(first) & set(second))
        same += first[:1] == second[:1]
    count = len(questions)
    times = (1000 * seconds[0] / count, 1000 * seconds[1] / count)
    return Agreement(direction, summarize(ranks[0]), summarize(ranks[1]), shared / (TOP * count), same / count, times)


def to_table(agreements: Sequence[Agreement], sizes: Sizes) -> str:
    """Return the comparison as text; each pair is beside the archive first, Milvus second."""
    names = list(agreements[0].embedded)
    lines = [
        " ".join(["direction", *(f"{name:>13}" for name in names), f"top {TOP}".rjust(7), "first", "ms".rjust(11)])
    ]
    for one in agreements:
        pairs = [f"{one.embedded[name]:.3f}  {one.milvus[name]:.3f}" for name in names]
        times = "  ".join(f"{taken:.1f}" for taken in one.milliseconds)
        cells = [
            f"{one.direction:9}",
            *(f"{pair:>13}" for pair in pairs),
            f"{one.overlap:7.3f}",
            f"{one.same_first:.3f}",
        ]
        lines.append(" ".join([*cells, times.rjust(11)]))
    worst = max(abs(one.embedded[name] - one.milvus[name]) for one in agreements for name in names)
    lines.append(f"greatest difference {worst:.3f}")
    size = f"; in Milvus {sizes.milvus:.0f}" if sizes.milvus is not None else ""
    lines.append(f"bytes a passage, of {sizes.passages}: beside the archive {sizes.embedded:.0f}{size}")
    return "\n".join(lines) + "\n"


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
