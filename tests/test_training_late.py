"""The second part of a training: the whitened table, and late interaction as a loss, held against plain loops."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Sequence, Split, Whitespace
from torch.nn.functional import cross_entropy

from index.training.batches import LateBatches
from index.training.late import Lexicon, WordBatch, fit_rows, late_loss
from index.training.recipe import Recipe, SourceRecipe
from index.training.tokenizer import ARTICLE
from index.training.tokens import Texts
from index.training.whitening import whiten
from index.types import Vectors


def _texts(*tokens: list[int]) -> Texts:
    return Texts.from_lengths(
        np.array([number for text in tokens for number in text], np.int32), np.array([len(text) for text in tokens])
    )


def _lists(texts: Texts) -> list[list[int]]:
    return [texts.ids[start:end].tolist() for start, end in zip(texts.borders, texts.borders[1:], strict=False)]


def test_whitening_makes_every_direction_as_wide_as_its_power_says() -> None:
    draws = np.random.default_rng(0)
    table = np.asarray(draws.standard_normal((300, 4)) * [8, 4, 2, 1], np.float32)
    single = _texts(*([number] for number in range(300)))
    widths = {power: whiten([table], [single, single], power, 4, draws).std(axis=0) for power in (0.0, 0.5, 1.0)}
    ratios = {power: (width[0] / width).tolist() for power, width in widths.items()}
    assert ratios[1.0] == pytest.approx([1, 1, 1, 1], rel=0.01)
    assert ratios[0.5] == pytest.approx(np.sqrt(ratios[0.0]).tolist(), rel=0.01)
    assert ratios[0.0] == pytest.approx([1, 2, 4, 8], rel=0.2)


def test_whitening_of_power_0_changes_no_cosine_and_no_middle_length() -> None:
    draws = np.random.default_rng(0)
    table = np.asarray(draws.standard_normal((50, 6)), np.float32)
    turned = whiten([table], [_texts(*([number] for number in range(50)))], 0.0, 6, draws)
    np.testing.assert_allclose(turned @ turned.T, table @ table.T, atol=1e-4)


def test_tables_are_merged_into_what_they_agree_on() -> None:
    """Each holds the same four directions, turned its own way, and two of noise: together they give the four back."""
    draws = np.random.default_rng(0)
    shared = draws.standard_normal((200, 4))

    def turned() -> Vectors:
        axes, _ = np.linalg.qr(draws.standard_normal((6, 6)))
        return np.asarray(np.hstack([shared, 0.6 * draws.standard_normal((200, 2))]) @ axes, np.float32)

    tables = [turned() for _ in range(3)]
    merged = whiten(tables, [_texts(*([number] for number in range(200)))], 0.0, 4, draws)
    assert merged.shape == (200, 4)
    wanted = shared @ shared.T
    found, alone = (rows @ rows.T for rows in (merged, tables[0]))
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.999
    assert np.corrcoef(alone.ravel(), wanted.ravel())[0, 1] < 0.99


def test_texts_become_numbers_of_words_without_punctuation() -> None:
    pieces = {"[UNK]": 0, "car": 1, "s": 2, ",": 3, "red": 4}
    tokenizer = Tokenizer(WordLevel(pieces, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    lexicon = Lexicon.from_tokenizer(tokenizer)
    assert _lists(lexicon.number(["red car, red", ",", "car"])) == [[0, 1, 0], [], [1]]
    assert _lists(lexicon.subwords()) == [[4], [1]]


def test_rows_without_words_enough_are_no_questions() -> None:
    questions = _texts([1, 2], [1], [1, 2, 3])
    passages = _texts(list(range(8)), list(range(9)), [1, 2])
    assert fit_rows(questions, passages).tolist() == [0]


def _plain_loss(
    questions: list[list[int]], passages: list[list[int]], vectors: torch.Tensor, temperature: float
) -> torch.Tensor:
    rows = []
    for question in questions:
        row = []
        for passage in passages:
            total, weights = torch.tensor(0.0), torch.tensor(0.0)
            for word in question:
                cosines = torch.cosine_similarity(vectors[word][None], vectors[passage])
                total = total + vectors[word].norm() * cosines.max()
                weights = weights + vectors[word].norm()
            row.append(total / weights / temperature)
        rows.append(torch.stack(row))
    scores = torch.stack(rows)
    own = torch.arange(len(questions))
    centred = scores - scores.mean(dim=1, keepdim=True)
    return (cross_entropy(scores, own) + cross_entropy(centred.T, own)) / 2


def test_the_loss_and_its_gradient_are_those_of_a_plain_loop() -> None:
    questions, passages = [[0, 1, 1], [2, 5]], [[1, 3, 4, 0], [5]]
    lexicon = _texts(*([number] for number in range(6)))
    vectors = torch.randn(6, 5, generator=torch.Generator().manual_seed(1), requires_grad=True)
    plain = _plain_loss(questions, passages, vectors, 0.1)
    (expected,) = torch.autograd.grad(plain, vectors)
    sides = [WordBatch.from_texts(_texts(*side), lexicon) for side in (questions, passages)]
    asked, told = (vectors[torch.from_numpy(side.words.ids).long()] for side in sides)
    loss = late_loss(sides[0], sides[1], asked, told, 0.1)
    assert loss.item() == pytest.approx(plain.item(), rel=1e-5)
    torch.testing.assert_close(torch.autograd.grad(loss, vectors)[0], expected)


def test_late_batches_come_from_every_source_with_rows_and_go_on_where_their_state_was_taken() -> None:
    side = _texts(*([number, number + 1, *range(20, 28)] for number in range(10)))
    empty = Texts.from_lengths(np.empty(0, np.int32), np.empty(0, np.int64))
    lexicon = _texts(*([number] for number in range(28)))
    recipe = Recipe(late_batch=4, sources={"one": SourceRecipe(1), "none": SourceRecipe(1), "off": SourceRecipe(0)})
    sides = {"one": (side, side), "none": (empty, empty), "off": (side, side)}
    batches, other = (LateBatches.from_sides(sides, lexicon, recipe) for _ in range(2))
    (first,) = batches.draw()
    assert (first.source, len(first.questions.texts), len(first.passages.texts)) == ("one", 4, 4)
    other.queues.restore(batches.queues.state())
    (expected,), (drawn,) = batches.draw(), other.draw()
    assert drawn.questions.words.ids.tolist() == expected.questions.words.ids.tolist()


def test_the_article_is_learnt_apart_from_its_word_and_never_splits_one() -> None:
    split = Sequence([Whitespace(), Split(Regex(ARTICLE), "isolated")])
    words = "السيارات والحكومه بالمدينه للرييس الله خالد الي"
    assert [piece for piece, _ in split.pre_tokenize_str(words)] == [
        *("ال", "سيارات", "وال", "حكومه", "بال", "مدينه", "لل", "رييس", "الله", "خالد", "الي"),
    ]
