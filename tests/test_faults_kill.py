"""An ingest killed at any instant: nothing that was reported is lost, and taken up again it ends as if never killed."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.options import catch_up
from index.followers.index_folder import State
from tests.faults import (
    Told,
    Warm,
    check,
    open_archive,
    states,
    story,
    take_in,
    texts,
    told,
    warm_process,
    write_stories,
)

EARLIER, ALL, CHANGED = range(20), range(60), range(10)


class Before(NamedTuple):
    """An archive that an earlier ingest reported, the file of the next one, and what that comes to undisturbed."""

    folder: Path
    file: Path
    after: Told
    seconds: float


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with warm_process() as process:
        yield process


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, warm: Warm) -> Before:
    here = tmp_path_factory.mktemp("kill")
    file = write_stories(here / "news.jsonl", EARLIER)
    assert take_in(here / "before", file).added == len(EARLIER)
    write_stories(file, ALL, editions=dict.fromkeys(CHANGED, 2))
    shutil.copytree(here / "before", here / "after")
    whole = warm.ingest(here / "after", file)
    assert (whole.killed, whole.reported) == (False, True)
    return Before(here / "before", file, told(here / "after"), whole.seconds)


def _kill_and_take_up_again(before: Before, warm: Warm, folder: Path, instant: float) -> tuple[int, bool]:
    """Kill an ingest at an instant and check all that is promised; returns how far it had come."""
    shutil.copytree(before.folder, folder)
    end = warm.ingest(folder, before.file, kill_after=instant)

    # The truth is whole, and no index is worse than behind or missing.
    verdict = check(folder)
    assert verdict.problems == ()
    assert State.DAMAGED not in verdict.states.values()

    # Every article is as before or as after; all that was reported is there.
    with open_archive(folder) as archive:
        stand = texts(archive)
    old = {f"news.jsonl#{number}": story(number) for number in EARLIER}
    new = {f"news.jsonl#{number}": story(number, 2 if number in CHANGED else 1) for number in ALL}
    assert {path: text for path, text in stand.items() if text not in (old.get(path), new.get(path))} == {}
    assert old.keys() <= stand.keys()
    if end.reported:
        assert stand == new
    # They came in the order of the file: no gap.
    come = [path for path in new if stand.get(path) == new[path] != old.get(path)]
    assert come == [path for path in new if new[path] != old.get(path)][: len(come)]

    # It opens, and its indexes come to the same state.
    with open_archive(folder) as archive:
        catch_up(archive)
    verdict = check(folder)
    assert (verdict.problems, states(verdict)) == ((), {State.CURRENT})

    # Taken up again it ends as if it had never been killed.
    take_in(folder, before.file)
    assert told(folder) == before.after
    shutil.rmtree(folder)
    return len(come), end.reported


def _at_random_instants(before: Before, warm: Warm, here: Path, count: int) -> None:
    instants = random.Random(count)
    come = [
        # One instant in each of as many equal stretches of the ingest, its indexes' catching up among them.
        _kill_and_take_up_again(before, warm, here / str(turn), before.seconds * (turn + instants.random()) / count)
        for turn in range(count)
    ]
    assert len({reached for reached, _ in come}) > 1  # the kills did fall into the midst of it


def test_an_ingest_killed_at_ten_instants_loses_nothing(before: Before, warm: Warm, tmp_path: Path) -> None:
    _at_random_instants(before, warm, tmp_path, 10)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_ingest_killed_at_two_hundred_instants_loses_nothing(before: Before, warm: Warm, tmp_path: Path) -> None:
    _at_random_instants(before, warm, tmp_path, 200)
