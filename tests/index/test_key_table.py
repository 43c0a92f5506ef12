"""A table of keys numbers each in the order in which it came, and knows no other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.key_table import NONE, KeyTable

KEYS = st.lists(st.integers(1, 2**64 - 1) | st.integers(1, 40), unique=True, max_size=80)


@given(KEYS, st.integers(1, 30), st.lists(st.integers(0, 60)))
def test_every_key_has_its_number_whenever_it_came_and_no_other_key_has_one(
    keys: list[int], at_once: int, asked: list[int]
) -> None:
    table = KeyTable()
    for start in range(0, len(keys), at_once):
        table.add(np.array(keys[start : start + at_once], np.uint64))
    assert len(table) == len(keys)
    assert table.find(np.array(keys, np.uint64)).tolist() == list(range(len(keys)))
    numbers = dict(zip(keys, range(len(keys)), strict=True))
    assert table.find(np.array(asked, np.uint64)).tolist() == [numbers.get(key, NONE) for key in asked]
