"""Work done by several processes: in order, within bounds, whatever ends them, and nothing of them left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from index.errors import ReadError, WorkersError
from index.workers import HERE, Lost, Workers, fork_workers
from index.workers.processes import Processes
from tests.parts import tasks
from tests.parts.places import ROOT

PORTIONS = [list(range(start, start + 5)) for start in range(0, 60, 5)]
SQUARES = [[number * number for number in portion] for portion in PORTIONS]
KILLED = Lost("the process was ended by SIGKILL")


@pytest.fixture
def two() -> Iterator[Processes]:
    with Processes(2, enough=0) as processes:
        yield processes
    assert multiprocessing.active_children() == []


def test_results_come_in_the_order_of_the_work_wherever_it_is_done(two: Processes) -> None:
    for workers in (HERE, two):
        assert list(workers.map(tasks.square, PORTIONS)) == SQUARES
        assert list(workers.map(tasks.square, [[], [3], []])) == [[], [9], []]
        assert list(workers.map(tasks.square, [])) == []


def test_work_may_be_made_of_the_results_of_other_work(two: Processes) -> None:
    again = two.map(tasks.square, ([int(str(one)) for one in some] for some in two.map(tasks.square, PORTIONS)))
    assert list(again) == [[number**4 for number in portion] for portion in PORTIONS]


def test_work_is_taken_a_bounded_number_of_portions_ahead(two: Processes) -> None:
    taken = count()
    results = two.map(tasks.square, ([next(taken)] for _ in count()))
    assert [next(results) for _ in range(20)] == [[number * number] for number in range(20)]
    assert next(taken) <= 20 + 2 * 2 + 1


def test_an_empty_portion_waits_for_no_worker(two: Processes) -> None:
    results = two.map(tasks.slowly, [[], [], [1]])
    assert [next(results), next(results)] == [[], []]  # of a minute's work nothing was waited for


def test_what_a_worker_reports_is_raised_here(two: Processes) -> None:
    with pytest.raises(ReadError, match=r"^cannot read 7$"):
        list(two.map(tasks.refuse, [[7]]))
    assert list(two.map(tasks.square, [[7]])) == [[49]]


def test_a_worker_that_is_killed_costs_a_try(two: Processes, tmp_path: Path) -> None:
    assert list(two.map(tasks.EndAt(17, once=tmp_path / "ended"), PORTIONS)) == SQUARES
    assert (tmp_path / "ended").exists()


def test_an_item_that_ends_every_worker_is_lost_alone(two: Processes) -> None:
    expected: list[list[int | Lost]] = [[*portion] for portion in SQUARES]
    expected[3][2] = KILLED
    assert list(two.map(tasks.EndAt(17), PORTIONS)) == expected


def test_workers_none_of_which_ever_finishes_are_given_up() -> None:
    said = r"^20 workers ended, none of which had done anything \(the process was ended by SIGKILL\); start fewer$"
    with Processes(2, enough=0) as workers, pytest.raises(WorkersError, match=said):
        list(workers.map(tasks.end, PORTIONS))
    assert multiprocessing.active_children() == []


def test_little_work_starts_no_process() -> None:
    with Processes(4) as workers:
        assert list(workers.map(tasks.square, PORTIONS)) == SQUARES
        assert multiprocessing.active_children() == []


def test_a_process_with_threads_is_not_copied() -> None:
    is_over = threading.Event()
    thread = threading.Thread(target=is_over.wait)
    thread.start()
    try:
        with pytest.raises(ValueError, match="a process with threads cannot be copied"), Processes(2, forked=True):
            pytest.fail("it was copied")
        with fork_workers() as workers:
            assert workers is None
    finally:
        is_over.set()
        thread.join()


COPIES = """
import multiprocessing
from pathlib import Path
from index.workers import Lost
from index.workers.processes import Processes
from tests.parts import tasks

loaded = []

def number(items):
    return [len(loaded) for _ in items]

if __name__ == "__main__":
    loaded.append("before the copies were made")
    with Processes(2, forked=True) as workers:
        assert list(workers.map(number, [[0], [0]])) == [[1], [1]]  # they have what this process had loaded
        portions = [[number] for number in range(9)]
        squares = [[number * number] for number in range(9)]
        assert list(workers.map(tasks.EndAt(4, once=Path("ended")), portions)) == squares
        squares[4] = [Lost("the process was ended by SIGKILL")]
        assert list(workers.map(tasks.EndAt(4), portions)) == squares
    assert multiprocessing.active_children() == []
    print("done")
"""


def test_copies_of_a_process_have_what_it_has_loaded_and_are_replaced_when_they_end(tmp_path: Path) -> None:
    script = tmp_path / "copies.py"
    script.write_text(COPIES, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        timeout=120,
        check=False,
    )
    assert (ran.stdout, ran.stderr) == ("done\n", "")


def test_what_is_left_early_ends_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Processes(2, enough=0) as workers:
        _interrupt_when_started(workers)
    assert multiprocessing.active_children() == []
    assert time.monotonic() - began < 30


def _interrupt_when_started(workers: Workers) -> None:
    def portions() -> Iterator[list[int]]:
        yield from ([1], [2])
        while len(multiprocessing.active_children()) < 2:
            time.sleep(0.05)
        raise KeyboardInterrupt

    list(workers.map(tasks.slowly, portions()))


STAY = """
import multiprocessing, signal, threading, time
from index.workers.processes import Processes
from tests.parts import tasks

def tell():
    while len(multiprocessing.active_children()) < 2:
        time.sleep(0.05)
    time.sleep(1)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which is ignored where a shell runs the tests behind
    with Processes(2, HOW) as workers:
        threading.Thread(target=tell).start()
        list(workers.map(tasks.slowly, [[1], [2]]))
"""


@pytest.mark.parametrize("how", ["enough=0", "forked=True"])
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_no_process_outlives_the_one_that_started_it(by: signal.Signals, how: str, tmp_path: Path) -> None:
    script = tmp_path / "stay.py"
    script.write_text(STAY.replace("HOW", how), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        children = [int(number) for number in process.stdout.readline().split()]
        assert [_hears_interrupts(child) for child in children] == [False, False]
        if by is signal.SIGINT:
            os.killpg(process.pid, by)  # as a terminal does at Ctrl-C
        else:
            process.kill()
        process.wait(timeout=30)
        _, errors = process.communicate()
    deadline = time.monotonic() + 30
    while any(map(_runs, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [child for child in children if _runs(child)] == []
    assert errors.count("Traceback") == (by is signal.SIGINT)  # the interrupted process's own, none of its workers'


def _hears_interrupts(process: int) -> bool:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    blocked = next(line for line in status.splitlines() if line.startswith("SigBlk:"))
    return not int(blocked.split()[1], 16) >> (signal.SIGINT - 1) & 1


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
