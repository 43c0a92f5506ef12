"""Batches of token arrays, their loss and gradient, held against plain loops, autograd and sentence-transformers."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from torch.nn.functional import embedding_bag, normalize

from index.errors import TrainingError
from index.training.batches import Batches
from index.training.pooling import pass_back, pool, symmetric_loss
from index.training.recipe import Recipe, SourceRecipe
from index.training.tokens import Texts, tokenize, without_twins

VOCABULARY, DIMENSIONS = 50, 8


def _texts(*tokens: list[int]) -> Texts:
    return Texts.from_lengths(
        np.array([number for text in tokens for number in text], np.int32), np.array([len(text) for text in tokens])
    )


def _lists(texts: Texts) -> list[list[int]]:
    return [texts.ids[start:end].tolist() for start, end in zip(texts.borders, texts.borders[1:], strict=False)]


def _random_texts(seed: int, count: int = 30) -> Texts:
    draws = np.random.default_rng(seed)
    return _texts(*(draws.integers(0, VOCABULARY, draws.integers(1, 9)).tolist() for _ in range(count)))


def test_texts_are_taken_and_kept_whole() -> None:
    texts = _texts([1], [2, 3], [4, 5, 6])
    assert _lists(texts.take(np.array([2, 0, 2]))) == [[4, 5, 6], [1], [4, 5, 6]]
    assert _lists(texts.keep(np.array([False, True, True]))) == [[2, 3], [4, 5, 6]]


def test_a_text_without_tokens_gets_the_unknown_one_and_a_long_one_is_cut() -> None:
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "ab": 1}, unk_token="[UNK]"))
    assert _lists(tokenize(tokenizer, ["ab", "", "ab"], longest=1)) == [[1], [0], [1]]


def test_a_pair_goes_when_either_of_its_texts_came_before() -> None:
    left, right = without_twins(_texts([1, 2], [2, 1], [1, 2], [3], [4]), _texts([5], [6], [7], [6], [8, 8]))
    assert (_lists(left), _lists(right)) == ([[1, 2], [2, 1], [4]], [[5], [6], [8, 8]])


def test_tokens_are_left_out_of_longer_texts_only_in_order_and_never_all() -> None:
    texts = _texts([1, 2, 3], *([list(range(10, 20))] * 5000))
    short, *long = _lists(texts.drop(0.6, 3, np.random.default_rng(0)))
    assert short == [1, 2, 3]
    assert all(text == sorted(text) and text for text in long)
    assert np.mean([len(text) for text in long]) == pytest.approx(7, abs=0.1)


def test_pooled_vectors_and_their_gradient_are_those_of_autograd() -> None:
    texts, weights = _random_texts(0), torch.randn(30, DIMENSIONS)
    table = torch.randn(VOCABULARY, DIMENSIONS, requires_grad=True)
    expected = embedding_bag(
        torch.from_numpy(texts.ids).long(), table, torch.from_numpy(texts.borders[:-1]), mode="sum"
    )
    (expected * weights).sum().backward()  # type: ignore[no-untyped-call]
    torch.testing.assert_close(pool(table, texts), expected.detach())
    gradient = torch.zeros(VOCABULARY, DIMENSIONS)
    reached = pass_back(weights, texts, gradient)
    assert table.grad is not None
    torch.testing.assert_close(gradient, table.grad)
    assert reached.tolist() == sorted(set(texts.ids.tolist()))


def test_the_loss_is_that_of_sentence_transformers() -> None:
    tokenizer = Tokenizer(WordLevel({str(number): number for number in range(VOCABULARY)}, unk_token="0"))
    embedding = StaticEmbedding(tokenizer, embedding_dim=DIMENSIONS)
    model = SentenceTransformer(modules=[embedding, Normalize()], device="cpu")
    theirs = MultipleNegativesRankingLoss(
        model, scale=1 / 0.05, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
    )
    sides = [_random_texts(seed) for seed in (1, 2)]
    features = [
        {"input_ids": torch.from_numpy(side.ids).long(), "offsets": torch.from_numpy(side.borders[:-1])}
        for side in sides
    ]
    left, right = (pool(embedding.embedding.weight, side) for side in sides)
    assert symmetric_loss(left, right, 0.05).item() == pytest.approx(theirs(features, None).item(), rel=1e-5)


def test_each_width_adds_the_loss_of_its_first_dimensions() -> None:
    left, right = torch.randn(20, DIMENSIONS), torch.randn(20, DIMENSIONS)
    parts = [symmetric_loss(left[:, :width], right[:, :width], 0.1).item() for width in (DIMENSIONS, 4, 2)]
    assert symmetric_loss(left, right, 0.1, widths=[4, 2]).item() == pytest.approx(sum(parts))


def test_the_loss_worked_by_hand() -> None:
    """Two pairs at right angles and temperature 1: each text gives its own pair e / (e + 1)."""
    left = normalize(torch.tensor([[3.0, 0.0], [0.0, 5.0]]), dim=1)
    assert symmetric_loss(left, left, 1.0).item() == pytest.approx(np.log(np.e + 1) - 1)


def test_the_margin_is_taken_from_the_own_pair_only() -> None:
    """The same two pairs with a margin of 1: a text's own pair is no better than the other, so the odds are even."""
    left = normalize(torch.tensor([[3.0, 0.0], [0.0, 5.0]]), dim=1)
    assert symmetric_loss(left, left, 1.0, margin=1.0).item() == pytest.approx(np.log(2))


def _batches(sources: dict[str, SourceRecipe], rows: int = 10) -> Batches:
    side = _texts(*([number] for number in range(rows)))
    recipe = Recipe(batch=4, sources=sources)
    return Batches.from_sides({name: (side, side) for name in sources}, recipe)


def test_a_batch_is_of_one_source_by_share_and_every_row_comes_before_any_comes_again() -> None:
    batches = _batches({"one": SourceRecipe(3), "other": SourceRecipe(1, batch=5), "none": SourceRecipe(0)})
    drawn = [batches.draw() for _ in range(400)]
    counts = {name: [len(batch.left) for batch in drawn if batch.source == name] for name in ("one", "other", "none")}
    assert (set(counts["one"]), set(counts["other"]), counts["none"]) == ({4}, {5}, [])
    assert len(counts["one"]) == pytest.approx(300, abs=40)
    rows = [batch.left.ids.tolist() for batch in drawn if batch.source == "other"]
    assert [sorted(one + two) for one, two in zip(rows[::2], rows[1::2], strict=False)] == [list(range(10))] * (
        len(rows) // 2
    )


def test_batches_go_on_where_their_state_was_taken() -> None:
    sources = {"one": SourceRecipe(1), "other": SourceRecipe(1)}
    batches = _batches(sources)
    for _ in range(5):
        batches.draw()
    state = batches.queues.state()
    expected = [(batch.source, batch.left.ids.tolist()) for batch in (batches.draw() for _ in range(9))]
    other = _batches(sources)
    other.queues.restore(state)
    assert [(batch.source, batch.left.ids.tolist()) for batch in (other.draw() for _ in range(9))] == expected


def test_sources_without_rows_are_passed_over_and_there_must_be_one_with() -> None:
    empty = Texts.from_lengths(np.empty(0, np.int32), np.empty(0, np.int64))
    recipe = Recipe(sources={"one": SourceRecipe(1), "other": SourceRecipe(1)})
    full = _texts([1], [2])
    assert Batches.from_sides({"one": (empty, empty), "other": (full, full)}, recipe).draw().source == "other"
    with pytest.raises(TrainingError, match="no source with a share has rows; change --share"):
        Batches.from_sides({"one": (empty, empty), "other": (empty, empty)}, recipe)
