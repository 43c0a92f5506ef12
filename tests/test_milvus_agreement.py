"""Do questions find the same in Milvus as beside the archive? The seed articles, and a made-up archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.ask import Assistant, open_assistant
from assistant.holdings.catalogue import Catalogue, Wanted
from eval.questions import load
from index.followers.milvus_server import close_servers
from index.settings import IndexPlace
from tests.archives import fill, runs

SETS = Path(__file__).parent.parent / "eval" / "sets"
SEEDS = Path(__file__).parent.parent / "seeds"
TOP = 10


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, Assistant, IndexPlace]]:
    """Assistants over the seed articles and those of the adversarial set: beside the archive, and in Milvus Lite."""
    folder = tmp_path_factory.mktemp("agreement")
    fill(folder / "archive", SEEDS, SETS / "adversarial")
    place = IndexPlace(f"{folder}/milvus.db")
    embedded, milvus = open_assistant(folder / "archive"), open_assistant(folder / "archive", index=place)
    yield embedded, milvus, place
    for assistant in (embedded, milvus):
        assistant.archive.close()
    close_servers()


def test_questions_find_the_same_passages(pair: tuple[Assistant, Assistant, IndexPlace]) -> None:
    """Of the seed set's questions: .98 have the same first passage, and .99 of the first ten are the same."""
    embedded, milvus, _ = pair
    questions = [question.text for question in load(SETS / "seeds.jsonl")]
    shared, firsts = [], []
    for question in questions:
        tops = [
            [(hit.passage.article.id, hit.passage.start) for hit in assistant.search(question, top_k=TOP)]
            for assistant in (embedded, milvus)
        ]
        shared.append(len(set(tops[0]) & set(tops[1])) / max(len(tops[0]), 1))
        firsts.append(tops[0][:1] == tops[1][:1])
    assert np.mean(shared) >= 0.99
    assert np.mean(firsts) >= 0.98


@pytest.mark.parametrize(
    "question", ["What did Lavrov say about Turkey?", "ماذا قال بيسكوف عن إدلب؟", "Who is the king of Spain?"]
)
def test_answers_cite_the_same(pair: tuple[Assistant, Assistant, IndexPlace], question: str) -> None:
    embedded, milvus, _ = pair
    answers = [assistant.ask(question) for assistant in (embedded, milvus)]
    assert runs(answers[0]) == runs(answers[1])
    assert answers[0].reason == answers[1].reason
    spoken = [assistant.ask(question, speaker="Peskov") for assistant in (embedded, milvus)]
    assert runs(spoken[0]) == runs(spoken[1])


def test_the_catalogue_finds_the_same_articles(pair: tuple[Assistant, Assistant, IndexPlace]) -> None:
    embedded, _, place = pair
    pages = [
        Catalogue(embedded.archive, index).page(Wanted(words), 0, 100).articles
        for words in ("روسيا", "bridge", "موسكو سوريا")
        for index in (None, place)
    ]
    assert pages[::2] == pages[1::2]
    assert [len(page) > 0 for page in pages[::2]] == [True, True, True]


def test_an_archive_of_thousands_of_passages_is_ranked_alike(tmp_path: Path) -> None:
    """Made-up passages of Zipf's words: .98 of the first ten are the same, by words and by vectors."""
    from index.archive.sqlite import SqliteArchive
    from index.followers.search_indexes import search_indexes
    from index.types import Term
    from tests.contracts import article_of

    random = np.random.default_rng(3)
    vocabulary = np.array([f"w{number}x" for number in range(4_000)])
    frequencies = 1 / np.arange(1, 4_001)
    texts = [
        " ".join(random.choice(vocabulary, size=int(random.integers(20, 120)), p=frequencies / frequencies.sum()))
        for _ in range(3_000)
    ]
    vectors = random.normal(size=(3_000, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    place = IndexPlace(f"{tmp_path}/milvus.db")
    with SqliteArchive.open(tmp_path / "archive", encoder_name="made up", dimensions=32, create=True) as archive:
        text = "\n".join(texts)
        ends = np.cumsum([len(one) + 1 for one in texts]).tolist()
        offsets = list(zip([0, *ends[:-1]], [end - 1 for end in ends], strict=True))
        archive.add(article_of(text), offsets, vectors)
        embedded, milvus = search_indexes(archive.folder), search_indexes(archive.folder, place)
        for index in (*embedded, *milvus):
            index.catch_up(archive)
        overlaps = []
        for _ in range(40):
            words = random.choice(vocabulary[20:2_000], size=9, replace=False).tolist()
            query = [[Term(word, 1.0), Term(other, 0.8)] for word, other in zip(words[:4], words[4:8], strict=True)]
            query.append([Term(words[8], 0.5)])
            tops = [set(index.lexical.search(query, TOP).numbers.tolist()) for index in (embedded, milvus)]
            overlaps.append(len(tops[0] & tops[1]) / TOP)
        near = [index.dense.search(vectors[7], TOP).numbers.tolist() for index in (embedded, milvus)]
    close_servers()
    assert near[0] == near[1]
    assert np.mean(overlaps) >= 0.98
