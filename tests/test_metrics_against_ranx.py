"""Measures of ranking equal those of `ranx` (Bassani 2022), compiled on first use; it sorts questions by name."""

from __future__ import annotations

from random import Random

import pytest

from eval.metrics import Run, average_precision, ndcg_at_k, ranks, recall_at_k, reciprocal_rank

CASES = 1000


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*unsafe cast from uint64 to int64")
def test_measures_equal_those_of_ranx_on_random_cases() -> None:
    import ranx

    chance = Random(11)
    documents = [f"d{number}" for number in range(60)]
    judged = {
        f"q{case:04}": {name: chance.randint(1, 3) for name in chance.sample(documents, chance.randint(1, 15))}
        for case in range(CASES)
    }
    ranked = {case: chance.sample(documents, chance.randint(1, 40)) for case in judged}
    names = ["recall@1", "recall@5", "recall@10", "mrr", "mrr@10", "ndcg@10", "ndcg@100", "map"]
    theirs = ranx.evaluate(
        ranx.Qrels(judged),
        ranx.Run({case: {name: 1 / place for place, name in enumerate(found, 1)} for case, found in ranked.items()}),
        names,
        return_mean=False,
    )
    ours: dict[str, list[float]] = {name: [] for name in names}
    capped = []
    for case, grades in judged.items():
        found = ranks([Run(name, 0, 1) for name in ranked[case]], [Run(name, 0, 1) for name in grades])
        values = [recall_at_k(found, k, capped=False) for k in (1, 5, 10)]
        values += [reciprocal_rank(found), reciprocal_rank(found, 10)]
        values += [ndcg_at_k(found, k, list(grades.values())) for k in (10, 100)]
        for name, value in zip(names, [*values, average_precision(found)], strict=True):
            ours[name].append(value)
        capped.append(recall_at_k(found, 5))
    for name in names:
        assert ours[name] == pytest.approx(theirs[name].tolist(), abs=1e-12), name
    uncapped = [
        recall * len(grades) / min(5, len(grades))
        for recall, grades in zip(theirs["recall@5"].tolist(), judged.values(), strict=True)
    ]
    assert capped == pytest.approx(uncapped)
