"""Tasks for workers to do in other processes, some of which end the process that does them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path

from index.errors import ReadError
from index.types import Vectors
from tests.encoders import DemoEncoder


def square(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


def slowly(numbers: Sequence[int]) -> list[int]:
    time.sleep(60)
    return list(numbers)


def refuse(numbers: Sequence[int]) -> list[int]:
    raise ReadError(f"cannot read {numbers[0]}")


def end(numbers: Sequence[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return list(numbers)


@dataclass(frozen=True)
class EndAt:
    """Squares numbers, and ends the process at one of them: always, or until it has once done so."""

    number: int
    once: Path | None = None

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        if self.number in numbers and not (self.once and self.once.exists()):
            if self.once:
                self.once.touch()
            end(numbers)
        return square(numbers)


class DeadlyEncoder(DemoEncoder):
    """Ends every process but the first that is to encode a passage with the word «deadly»."""

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], object] | None = None) -> Vectors:
        if parent_process() is not None and any("deadly" in text for text in texts):
            end([])
        return super().encode_passages(texts, progress)
