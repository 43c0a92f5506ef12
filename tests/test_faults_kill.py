"""An ingest killed at any instant: nothing that was reported is lost, and taken up again it ends as if never killed."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import Warm, warm_process
from tests.interrupted import Before, before_an_ingest, check_interrupted


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with warm_process() as process:
        yield process


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, warm: Warm) -> Before:
    here = tmp_path_factory.mktemp("kill")
    folder = here / "before"
    return before_an_ingest(here, folder, lambda: shutil.copytree(folder, here / "after"), warm)


def _kill_and_take_up_again(before: Before, warm: Warm, folder: Path, instant: float) -> int:
    """Kill an ingest at an instant and check all that is promised; returns how far it had come."""
    assert isinstance(before.address, Path)
    shutil.copytree(before.address, folder)
    end = warm.ingest(folder, before.file, kill_after=instant)
    reached = check_interrupted(before, folder, end)
    shutil.rmtree(folder)
    return reached


def _at_random_instants(before: Before, warm: Warm, here: Path, count: int) -> None:
    instants = random.Random(count)
    come = [
        # One instant in each of as many equal stretches of the ingest, its indexes' catching up among them.
        _kill_and_take_up_again(before, warm, here / str(turn), before.seconds * (turn + instants.random()) / count)
        for turn in range(count)
    ]
    assert len(set(come)) > 1  # the kills did fall into the midst of it


def test_an_ingest_killed_at_ten_instants_loses_nothing(before: Before, warm: Warm, tmp_path: Path) -> None:
    _at_random_instants(before, warm, tmp_path, 10)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_ingest_killed_at_two_hundred_instants_loses_nothing(before: Before, warm: Warm, tmp_path: Path) -> None:
    _at_random_instants(before, warm, tmp_path, 200)
