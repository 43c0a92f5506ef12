"""What it takes to run as a service: the container file, the unit of systemd, and a wheel that lacks nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import click
import pytest

from assistant.cli import cli
from index.settings import Settings

ROOT = Path(__file__).parent.parent
CONTAINERFILE = ROOT / "deploy" / "Containerfile"
UNIT = ROOT / "deploy" / "isnad.service"


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _instructions() -> list[tuple[str, str]]:
    """The instructions of the container file and what they are given, each on one line."""
    text = re.sub(r"^#.*\n", "", CONTAINERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(name, " ".join(rest.split())) for name, _, rest in (line.partition(" ") for line in lines if line.strip())]


def _given(name: str) -> list[str]:
    return [given for instruction, given in _instructions() if instruction == name]


def _copied() -> list[str]:
    """What is copied from the checkout."""
    return [source for given in _given("COPY") if not given.startswith("--from") for source in given.split()[:-1]]


def test_all_that_the_container_file_copies_is_there_and_is_all_that_it_is_shown() -> None:
    copied = _copied()
    assert [source for source in copied if not (ROOT / source).exists()] == []
    shown = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in shown
    assert sorted(line.removeprefix("!") for line in shown if line.startswith("!")) == sorted(copied)


def test_the_container_file_copies_every_package_of_the_wheel_and_what_building_it_takes() -> None:
    packages = _project()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    files = ["pyproject.toml", "requirements.lock", "README.md", "LICENSE"]
    assert sorted(_copied()) == sorted([*packages, *files])


def test_the_container_installs_by_the_lock_with_an_extra_that_exists() -> None:
    (install,) = [given for given in _given("RUN") if "pip install" in given]
    assert "PIP_CONSTRAINT=/build/requirements.lock" in install
    extras = re.findall(r"'\.\[(\w+)\]'", install)
    assert extras == ["serve"]
    assert set(extras) <= set(_project()["project"]["optional-dependencies"])


def test_the_container_runs_as_nobody_who_may_do_anything_and_keeps_its_state_in_a_volume() -> None:
    assert _given("USER") == ["10001:10001"]
    (volume,) = _given("VOLUME")
    variables = dict(pair.split("=", 1) for given in _given("ENV") for pair in given.split())
    assert Path(variables["ISNAD_ARCHIVE"]).parent == Path(volume)
    assert (variables["HOME"], variables["HF_HUB_OFFLINE"]) == (volume, "1")
    assert _given("EXPOSE") == [variables["ISNAD_PORT"]]


def test_what_the_container_and_the_unit_set_are_settings() -> None:
    named = re.findall(
        r"\bISNAD_([A-Z_]+)=", CONTAINERFILE.read_text(encoding="utf-8") + UNIT.read_text(encoding="utf-8")
    )
    assert {name.lower() for name in named} - Settings.model_fields.keys() == set()


def test_the_health_check_is_a_program_that_fails_where_nobody_answers() -> None:
    (given,) = _given("HEALTHCHECK")
    program, *arguments = json.loads(given[given.index("[") :])
    assert program == "python"
    done = subprocess.run(
        [sys.executable, *arguments], env={"ISNAD_PORT": "9"}, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr.splitlines()[-1].partition(":")[0]) == (1, "ConnectionRefusedError")


def test_the_container_and_the_unit_start_a_command_that_exists() -> None:
    started = [*json.loads(_given("ENTRYPOINT")[0]), *json.loads(_given("CMD")[0])]
    assert _unit()["Service"]["ExecStart"][0].split() == ["/opt/isnad/bin/isnad", *started[1:]]
    assert cli.get_command(click.Context(cli), started[1]) is not None


def _unit() -> dict[str, dict[str, list[str]]]:
    """The sections of the unit, with all values of each key."""
    sections: dict[str, dict[str, list[str]]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return sections


def test_the_unit_lets_the_service_write_nothing_but_its_state() -> None:
    service = _unit()["Service"]
    assert (service["ProtectSystem"], service["StateDirectory"]) == (["strict"], ["isnad"])
    assert (service["NoNewPrivileges"], service["CapabilityBoundingSet"]) == (["yes"], [""])
    assert (service["Restart"], service["RestartPreventExitStatus"]) == (["on-failure"], ["2"])
    assert "ReadWritePaths" not in service
    assert service["User"] == ["isnad"]
    assert f"ISNAD_ARCHIVE=%S/{service['StateDirectory'][0]}/archive" in service["Environment"]


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    assert set(_unit()) == {"Unit", "Service", "Install"}
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return  # a machine without systemd has the tests above
    unit = tmp_path / UNIT.name
    # It looks for the program, which is installed on the server alone.
    unit.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/isnad/bin/isnad", sys.executable), encoding="utf-8")
    done = subprocess.run([analyze, "verify", unit], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    packages = ("prompts", "index", "assistant", "eval", "seeds")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith(tuple(f"{package}/" for package in packages))}
    stand = {
        file.relative_to(ROOT).as_posix()
        for package in packages
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert held == stand
    weights = {"assistant/verification/support.json", "assistant/evidence/answering.json"}
    assert {"index/model/model.safetensors", "prompts/answer.en.md", *weights} <= held
