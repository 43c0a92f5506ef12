"""What the documents say is so: their commands exist, their help texts are the real ones, their tree is the tree."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from assistant.cli import cli

ROOT = Path(__file__).parent.parent
DOCUMENTS = ["README.md", "CONTRIBUTING.md", *sorted(f"docs/{file.name}" for file in (ROOT / "docs").glob("*.md"))]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(text: str) -> list[str]:
    return re.findall(r"^```[^\n]*\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


def _commands(text: str, program: str) -> list[str]:
    """Every command line that starts with the program: in a code block, after a `$ ` or not, or between backticks."""
    blocks = _blocks(text)
    for block in blocks:
        text = text.replace(block, "")
    shell = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`([^`\n]+)`", text.replace(r"\|", "|"))
    return [line for line in [*shell, *inline] if line.split(" ")[0] == program]


def _complaint(line: str) -> str | None:
    """Why this `isnad ...` line could not be typed, or None: each command word and each option is looked up."""
    command: click.Command = cli
    for word in shlex.split(line.replace("[", " ").replace("]", " "), comments=True)[1:]:
        if word.startswith("-") and word != "-":
            known = {opt for parameter in command.params for opt in (*parameter.opts, *parameter.secondary_opts)}
            known.add("--help")
            if word.split("=")[0] not in known:
                return f"{command.name} has no option {word}"
        elif isinstance(command, click.Group):
            children = [command.get_command(click.Context(command), name) for name in word.split("|")]
            if None in children:
                return f"{command.name} has no command {word}"
            assert children[0] is not None
            command = children[0]
    return None


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_isnad_command_that_a_document_names_exists(document: str) -> None:
    lines = _commands(_read(document), "isnad")
    assert {line: complaint for line in lines if (complaint := _complaint(line)) is not None} == {}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_a_document_names_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", _read("Makefile"), flags=re.MULTILINE))
    named = {
        word
        for line in _commands(_read(document), "make")
        for word in shlex.split(line, comments=True)[1:]
        if "=" not in word
    }
    assert named - targets == set()


def test_the_readme_names_every_command() -> None:
    named = {line.split(" ")[1] for line in _commands(_read("README.md"), "isnad") if " " in line}
    assert set(cli.list_commands(click.Context(cli))) - named == set()


def test_the_readme_starts_with_its_two_commands() -> None:
    first = [shlex.split(line, comments=True) for line in _commands(_read("README.md"), "make")[:2]]
    assert first == [["make", "chat"], ["make", "test"]]


def test_a_help_text_in_the_readme_is_what_the_program_prints() -> None:
    shown = [block for block in _blocks(_read("README.md")) if re.match(r"\$ isnad [^\n]*--help\n", block)]
    assert shown
    for block in shown:
        line, _, text = block.partition("\n")
        # click keeps two of a terminal's 80 columns free
        printed = CliRunner().invoke(cli, shlex.split(line)[2:], prog_name="isnad", terminal_width=78).output
        assert text == printed


def _drawn(text: str) -> set[str]:
    """The files in CONTRIBUTING's drawing: a name a line, two spaces deeper inside a folder."""
    files: set[str] = set()
    folders: list[str] = []
    for line in next(block for block in _blocks(text) if "\nindex/ " in f"\n{block}").splitlines():
        name = line.split()[0]
        depth = (len(line) - len(line.lstrip(" "))) // 2
        folders[depth:] = [name]
        if not name.endswith("/"):
            files.add("".join(folders))
    return files


def test_the_drawn_house_is_the_house() -> None:
    stand = {
        file.relative_to(ROOT).as_posix()
        for layer in ("prompts", "index", "assistant", "eval", "examples")
        for file in (ROOT / layer).rglob("*")
        if file.is_file() and file.name != "__init__.py" and "__pycache__" not in file.parts
    }
    assert {file for file in _drawn(_read("CONTRIBUTING.md")) if "/" in file} == stand


def test_every_seed_article_has_a_line_in_its_sources() -> None:
    listed = re.findall(r"`(\w+\.txt)`", _read("seeds/SOURCES.md"))
    assert listed == sorted(file.name for file in (ROOT / "seeds").glob("*.txt"))


def test_the_seed_articles_are_verbatim(shared: Path) -> None:
    ours, theirs = (
        {file.name: file.read_bytes() for file in folder.glob("*.txt")} for folder in (ROOT / "seeds", shared / "seeds")
    )
    assert ours == theirs
