"""Arrays in a file come back as they were, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index.followers.array_file import read_arrays, write_arrays

FACTS = {"format": 1, "model": "né"}
ARRAYS: dict[str, NDArray[Any]] = {
    "rows": np.arange(6, dtype=np.float32).reshape(2, 3),
    "none": np.zeros((0, 4), np.uint8),
    "flags": np.array([True, False, True]),
    "numbers": np.array([2**40, -1]),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write_arrays(tmp_path / "some.arrays", FACTS, ARRAYS)
    return tmp_path / "some.arrays"


def test_arrays_and_facts_come_back_as_they_were(file: Path) -> None:
    read = read_arrays(file)
    assert read is not None
    facts, arrays = read
    assert facts == FACTS
    for name, array in ARRAYS.items():
        assert (arrays[name].dtype, arrays[name].tolist()) == (array.dtype, array.tolist())


def test_what_was_read_stays_when_the_file_is_replaced(file: Path) -> None:
    read = read_arrays(file)
    write_arrays(file, {}, {"rows": np.zeros(9)})
    assert read is not None
    assert read[1]["rows"].tolist() == ARRAYS["rows"].tolist()


def test_a_file_that_is_cut_short_or_bent_anywhere_is_not_believed(file: Path) -> None:
    whole = file.read_bytes()
    for at in range(len(whole)):
        if whole[at : at + 1] != b" ":  # between the head and its line's end
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
            assert read_arrays(file) is None, at
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert read_arrays(file) is None, length


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_arrays(tmp_path / "none")
