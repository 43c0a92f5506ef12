"""The public test sets: how they are read and counted, and, marked slow, what the bundled model must reach on them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.benchmarks import sets
from eval.benchmarks.model import bitext_f1, measure_model, spearman
from eval.benchmarks.sets import Similarity, Xquad
from eval.benchmarks.xquad import measure_retrieval, summarize
from index.encoders.static import StaticEncoder
from index.errors import QuestionSetError
from tests.made_up_sets import PARAGRAPHS, make_sets


@pytest.fixture
def benchmarks(tmp_path: Path) -> Path:
    return make_sets(tmp_path)


def test_the_sets_are_read_as_published(benchmarks: Path) -> None:
    read = sets.read_sets(benchmarks)
    assert read.xquad["en"] == Xquad(
        PARAGRAPHS["en"], ["Where does wheat grow?", "Where does the king live?", "Who lives in a castle?"], [0, 1, 1]
    )
    assert read.bitexts == {"NTREX": PARAGRAPHS, "Tatoeba": PARAGRAPHS, "TICO-19": PARAGRAPHS}
    assert read.similarities["ar-en"][1] == Similarity(2.5, "king", "wheat")


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("tico19/pairs.tsv", None, "cannot read test set '{}': No such file or directory; set --benchmarks"),
        ("ntrex/newstest2019.ar.txt", None, "cannot read test set '{}': No such file or directory"),
        ("tatoeba/tatoeba.en.txt", "one\n", "lines that should be translations of each other: 2 in "),
        ("tico19/pairs.tsv", "a\tb\nalone\n", "'{}' line 2 has 1 cells, not 2; fetch the set again"),
        ("sts17/en-en.tsv", "much\ta\tb\n", "'{}' should start each line with a score: could not convert "),
        ("xquad/xquad.ar.json", "{", "'{}' is not in SQuAD's format: Invalid JSON: EOF"),
        ("xquad/xquad.ar.json", "[]", "'{}' is not in SQuAD's format: Input should be an object"),
    ],
)
def test_a_set_that_is_missing_or_damaged_is_named(
    benchmarks: Path, file: str, content: str | None, message: str
) -> None:
    if content is None:
        (benchmarks / file).unlink()
    else:
        (benchmarks / file).write_text(content, encoding="utf-8")
    with pytest.raises(QuestionSetError) as caught:
        sets.read_sets(benchmarks)
    assert str(caught.value).startswith(message.format(benchmarks / file))


def test_a_set_of_another_encoding_is_named(benchmarks: Path) -> None:
    file = benchmarks / "tico19" / "pairs.tsv"
    file.write_bytes("wheat\tقمح\n".encode("cp1256"))
    with pytest.raises(QuestionSetError, match=r"pairs\.tsv' is not UTF-8 at byte 6; fetch the set again$"):
        sets.read_sets(benchmarks)


def test_spearman_is_one_for_any_rising_function_and_ties_share_a_rank() -> None:
    assert spearman(np.array([1.0, 2.0, 30.0]), np.array([-5.0, 0.0, 0.1])) == pytest.approx(1)
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])) == pytest.approx(-1)
    # Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
    assert spearman(np.array([1.0, 2.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(0.9486833)


def test_a_model_that_tells_nothing_apart_correlates_with_nothing() -> None:
    assert spearman(np.array([1.0, 1.0, 1.0]), np.array([1.0, 2.0, 3.0])) == 0


def test_the_f1_of_bitext_mining_falls_with_wrong_finds_as_well() -> None:
    assert bitext_f1(np.array([0, 1, 2, 3])) == 1
    # Sentence 2 finds 0 as well: class 0 has precision 1/2 and recall 1, so 2/3; classes 1 and 3 have 1, class 2 has 0.
    assert bitext_f1(np.array([0, 1, 0, 3])) == pytest.approx((2 / 3 + 1 + 0 + 1) / 4)
    # All find 0: precision 1/4 and recall 1 make 2/5.
    assert bitext_f1(np.array([0, 0, 0, 0])) == pytest.approx(2 / 5 / 4)


def test_a_paragraph_that_was_not_found_counts_nought() -> None:
    assert summarize([1, 2, 6, None]) == pytest.approx({"R@1": 0.25, "R@5": 0.5, "MRR": (1 + 1 / 2 + 1 / 6) / 4})


@pytest.mark.slow
def test_the_bundled_model_is_as_good_as_its_card_says(shared: Path) -> None:
    figures = measure_model(StaticEncoder(), sets.read_sets(shared / "benchmarks"))
    floors = {
        "NTREX accuracy": {"ar→en": 0.97, "en→ar": 0.967},
        "Tatoeba accuracy": {"ar→en": 0.864, "en→ar": 0.852},
        "STS17": {"ar-ar": 0.73, "ar-en": 0.72},
        "XQuAD R@1": {"ar→ar": 0.78, "ar→en": 0.66, "en→ar": 0.65, "en→en": 0.83},
    }
    assert {
        (name, part): figures[name][part]
        for name, parts in floors.items()
        for part, floor in parts.items()
        if figures[name][part] < floor
    } == {}


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_retrieval_on_xquad_reaches_its_floors(shared: Path) -> None:
    encoder = StaticEncoder()
    first = measure_retrieval(encoder, encoder, sets.read_sets(shared / "benchmarks").xquad)["retriever R@1"]
    floors = {"ar→ar": 0.93, "ar→en": 0.88, "en→ar": 0.86, "en→en": 0.96}
    assert {direction: value for direction, value in first.items() if value < floors[direction]} == {}
