"""Workers of a Ray cluster; ray, its only home."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, redirect_stdout
from types import TracebackType
from typing import Any, Self, TypeVar

from index.errors import IsnadError, WorkersError
from index.workers.portions import Lanes, Lost, Task, WorkerEnded

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

MOST_LANES = 256
"""Portions under way at most: more than one writer can add to an archive."""
_LANES = 2  # for each processor of the cluster: a portion that is under way, and one that has come there already
_ANSWER = 10.0  # seconds in which an address answers
_SECONDS = 60.0  # to wait until every machine has said what it has installed


class Cluster:
    """Does work on the machines of a Ray cluster; within a ``with`` block.

    Isnad has to be installed on all of them; they need not see the articles' files or the archive. A portion whose
    worker or machine is lost is tried anew on another.
    """

    def __init__(self, address: str) -> None:
        """Take ``auto``, ``HOST:PORT`` or ``ray://HOST:PORT``. Raises WorkersError where ray is not installed."""
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        try:
            import ray
        except ImportError as error:
            raise WorkersError("--ray needs the library ray; run pip install 'isnad[ray]'") from error
        self._ray: Any = ray
        self._address = address
        self._under_way: set[Any] = set()

    def __enter__(self) -> Self:
        """Raise WorkersError where there is no cluster, or a machine of it lacks what the work needs."""
        with ExitStack() as stack:
            stack.enter_context(redirect_stdout(sys.stderr))  # Ray tells there what befalls its machines
            stack.callback(self._ray.shutdown)
            self._connect()
            self._do = self._ray.remote(max_retries=0)(_do)  # what is lost is tried anew here, where it is counted
            processors = int(self._ray.cluster_resources().get("CPU", 1))
            self._lanes = Lanes(min(MOST_LANES, _LANES * max(1, processors)), self._call)
            self._stack = stack.pop_all()
        return self

    def _connect(self) -> None:
        try:
            _reach(self._address)
            self._ray.init(self._address, logging_level=logging.ERROR, log_to_driver=False)
            self._check()
        except (OSError, RuntimeError, ValueError, self._ray.exceptions.RayError) as error:
            (reason, *_) = str(error).splitlines() or [type(error).__name__]
            raise WorkersError(
                f"cannot work on a Ray cluster at '{self._address}': {reason.rstrip('.')}; "
                "start one with `ray start --head`, or correct the address"
            ) from error

    def _check(self) -> None:
        """Raise WorkersError where a machine has no Isnad, or another one than this."""
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        ray = self._ray

        def installed() -> str | None:  # goes there by its code, as the package may not be there
            from importlib import metadata, util

            try:
                return metadata.version("isnad") if util.find_spec("index") else None
            except metadata.PackageNotFoundError:
                return None

        ask = ray.remote(num_cpus=0)(installed)
        machines = {node["NodeID"]: node["NodeManagerAddress"] for node in ray.nodes() if node["Alive"]}
        told = [
            ask.options(scheduling_strategy=NodeAffinitySchedulingStrategy(name, soft=True)).remote()
            for name in machines
        ]
        ours = installed()
        for machine, theirs in zip(machines.values(), ray.get(told, timeout=_SECONDS), strict=True):
            if theirs != ours:
                raise WorkersError(
                    f"the machine {machine} of the Ray cluster has Isnad {theirs or 'not'} installed, this one {ours}; "
                    "install the same on all"
                )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lanes.close()
        for reference in list(self._under_way):
            self._ray.cancel(reference, force=True)
        self._lanes.join()
        self._stack.close()

    def map(
        self, task: Task[_Item, _Result], portions: Iterable[Sequence[_Item]]
    ) -> Iterator[Sequence[_Result | Lost]]:
        """See `Workers`."""
        sent: Any = self._ray.put(task)  # once: with it goes what loads the encoder, or the options
        return self._lanes.map(sent, portions)

    def _call(self, task: object, items: Sequence[object]) -> Any:  # noqa: ANN401  (what the task returns)
        errors = self._ray.exceptions
        reference = self._do.remote(task, items)
        self._under_way.add(reference)
        try:
            return self._ray.get(reference)
        except errors.RayTaskError as error:
            if isinstance(error.cause, IsnadError):
                raise error.cause from error
            raise WorkerEnded(f"the worker failed with {error.cause!r}") from error
        except errors.RayError as error:
            raise WorkerEnded(f"the worker was lost ({type(error).__name__})") from error
        finally:
            self._under_way.discard(reference)


def _reach(address: str) -> None:
    """Raise OSError where nothing answers at an address: Ray itself would try for minutes."""
    host, mark, port = address.removeprefix("ray://").rpartition(":")
    if mark and port.isdecimal():
        socket.create_connection((host, int(port)), _ANSWER).close()


def _do(task: Any, items: Sequence[object]) -> list[object]:  # noqa: ANN401
    return list(task(items))
