"""One step of one system, measured from within: ``python -P child.py SPEC STARTED``, where STARTED is `time.time()`.

The interpreter is that of the system's own environment, so this needs the standard library alone. SPEC is a JSON file:
`system` is a system's script, `step` what to do, and `outcome` the JSON file to write. A script has

    PACKAGE                          the distribution whose version is reported
    ingest(articles, model, folder)  takes in JSON lines of `id` and `text`, and leaves what asking needs in the folder
                                     there; may return a function that adds what no other system has
    open_search(model, folder)       gives a function: a question and a number to the ids of so many passages' articles

and may have `find_statements(folder)`. `articles` and `folder` are paths, `model` is the folder of a
sentence-transformers model.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any


def main(spec_file: str, started: str) -> None:
    """Do the step and write what it took."""
    spec = json.loads(Path(spec_file).read_text(encoding="utf-8"))
    system = _load(Path(spec["system"]))
    outcome = {"ingest": _ingest, "statements": _find_statements, "ask": _ask}[spec["step"]](
        system, spec, float(started)
    )
    outcome |= {"version": version(system.PACKAGE), "peak_bytes": _peak_bytes()}
    Path(spec["outcome"]).write_text(json.dumps(outcome), encoding="utf-8")


def _load(script: Path) -> Any:  # noqa: ANN401 - a module, whose functions no type names
    spec = importlib.util.spec_from_file_location("system", script)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _ingest(system: Any, spec: dict[str, Any], started: float) -> dict[str, object]:  # noqa: ANN401
    begun = time.perf_counter()  # what a script imports at its top is not counted: it is the same for any archive
    folder = Path(spec["folder"])
    complete = system.ingest(Path(spec["articles"]), spec["model"], folder)
    done: dict[str, object] = {"seconds": time.perf_counter() - begun}
    if complete:
        alone = done | {"disk_bytes": _disk_bytes(folder), "peak_bytes": _peak_bytes()}
        complete()
        done = {"seconds": time.perf_counter() - begun, "alone": alone}
    return done | {"disk_bytes": _disk_bytes(folder)}


def _find_statements(system: Any, spec: dict[str, Any], started: float) -> dict[str, object]:  # noqa: ANN401
    begun = time.perf_counter()
    system.find_statements(Path(spec["folder"]))
    return {"seconds": time.perf_counter() - begun, "disk_bytes": _disk_bytes(Path(spec["folder"]))}


def _ask(system: Any, spec: dict[str, Any], started: float) -> dict[str, object]:  # noqa: ANN401
    search = system.open_search(spec["model"], Path(spec["folder"]))
    seconds: list[float] = []
    found: list[list[str]] = []
    first = 0.0
    for question in spec["questions"]:
        begun = time.perf_counter()
        found.append(search(question, spec["top_k"]))
        seconds.append(time.perf_counter() - begun)
        first = first or time.time() - started
    return {"first_seconds": first, "seconds": seconds[1:], "found": found}


def _disk_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _peak_bytes() -> int:
    """Return the most memory that was resident, here and in each process that this one still has.

    What those share with others is left out. `getrusage` would count that of the process which started this one.
    """
    own = Path("/proc/self")
    children = [own.parent / name for told in own.glob("task/*/children") for name in told.read_text("utf-8").split()]
    apart = (_kilobytes(one / "status", "VmHWM") - _shared(one / "smaps_rollup") for one in children)
    return (_kilobytes(own / "status", "VmHWM") + sum(apart)) * 1024


def _shared(rollup: Path) -> int:
    return _kilobytes(rollup, "Shared_Clean") + _kilobytes(rollup, "Shared_Dirty")


def _kilobytes(file: Path, name: str) -> int:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise AssertionError(f"Linux states {name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
