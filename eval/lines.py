"""Files of text that somebody wrote, read whole, and what is said where they cannot be."""

from __future__ import annotations

from pathlib import Path

from index.errors import QuestionSetError


def read_text(file: Path, name: str = "test set") -> str:
    """Return the text of a file. Raises QuestionSetError, which calls it so, where it cannot be read as UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QuestionSetError(f"cannot read {name} '{file}': {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise QuestionSetError(f"line {line} of '{file}' is not UTF-8; convert the file") from error


def read_lines(file: Path, name: str = "test set") -> list[tuple[str, str]]:
    """Return the lines of a file that are not blank, each after its place: "line 3 of 'corpus.jsonl'"."""
    return lines_of(read_text(file, name), str(file))


def lines_of(text: str, name: str) -> list[tuple[str, str]]:
    """Return the lines of a text that are not blank, each after its place in what goes by this name."""
    return [(f"line {number} of '{name}'", line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
