"""Work done in portions, here, in other processes or on other machines; what comes of it is the same."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext

from index.workers.portions import HERE, Lost, Task, Workers

__all__ = ["HERE", "Lost", "Task", "Workers", "fork_workers", "open_workers"]


MOST_FORKED = 4
"""Copies of this process at most that share its work where nobody says how many: one writer adds what they prepare."""


def open_workers(processes: int | None, address: str | None) -> AbstractContextManager[Workers | None]:
    """Return so many processes, or those of the Ray cluster at an address; within it None where neither is given.

    Raises WorkersError where the cluster cannot be reached.
    """
    if address is not None:
        from index.workers.cluster import Cluster

        return Cluster(address)
    if processes is not None:
        from index.workers.processes import Processes

        return Processes(processes)
    return nullcontext()


def fork_workers() -> AbstractContextManager[Workers | None]:
    """Return copies of this process, one a core; within it None where there is one core or it cannot be copied.

    Load before what they all need, and open after what only one may have open.
    """
    from index.workers.processes import Processes, may_fork

    cores = len(os.sched_getaffinity(0)) if may_fork() else 1
    return nullcontext() if cores == 1 else Processes(min(cores, MOST_FORKED), forked=True)
