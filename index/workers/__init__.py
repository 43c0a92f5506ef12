"""Work done in portions, here, in other processes or on other machines; what comes of it is the same."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from index.workers.portions import HERE, Lost, Task, Workers

__all__ = ["HERE", "Lost", "Task", "Workers", "open_workers"]


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
