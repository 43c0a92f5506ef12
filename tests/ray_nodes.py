"""A Ray cluster of several nodes on this machine, each of which can be killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
RAY = Path(sys.executable).with_name("ray")


class Nodes:
    """The nodes of a cluster; the first is its head."""

    def __init__(self, folder: Path) -> None:
        self._port, self._client_port = _free_ports()
        self.address = f"127.0.0.1:{self._port}"
        self.client_address = f"ray://127.0.0.1:{self._client_port}"
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start a node of one processor and wait until it is up."""
        place = [f"--address={self.address}"]
        if not self._processes:
            ports = [f"--port={self._port}", f"--ray-client-server-port={self._client_port}"]
            place = ["--head", *ports, "--include-dashboard=false", f"--temp-dir={self._folder}"]
        with (self._folder / f"node{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [RAY, "start", "--block", *place, "--num-cpus=1", "--object-store-memory=100000000"],
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": str(ROOT), "RAY_USAGE_STATS_ENABLED": "0"},
                start_new_session=True,
            )
        self._processes.append(process)
        deadline = time.monotonic() + 60
        while b"Ray runtime started" not in Path(log.name).read_bytes():
            assert process.poll() is None, Path(log.name).read_text(encoding="utf-8")
            assert time.monotonic() < deadline, Path(log.name).read_text(encoding="utf-8")
            time.sleep(0.1)

    def kill(self, node: int) -> None:
        """End a node and all its processes at once, as a machine does that loses its power."""
        process = self._processes[node]
        for one in running():
            with suppress(ProcessLookupError):
                if os.getsid(one) == process.pid:
                    os.kill(one, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End all of them."""
        for node in reversed(range(len(self._processes))):
            self.kill(node)


def running() -> list[int]:
    """The ids of this machine's processes."""
    return [int(name) for name in os.listdir("/proc") if name.isdecimal()]


@contextmanager
def two_nodes() -> Iterator[Nodes]:
    folder = Path(tempfile.mkdtemp(prefix="ray-"))  # not pytest's: a socket's path may have no more than 107 bytes
    nodes = Nodes(folder)
    try:
        nodes.start()
        nodes.start()
        yield nodes
    finally:
        nodes.stop()
        shutil.rmtree(folder)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("", 0))
        return one.getsockname()[1], other.getsockname()[1]
