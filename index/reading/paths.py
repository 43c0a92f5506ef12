"""Where files are: one, all of a folder, those that a pattern names, or standard input."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from index.archive.file import FILE as ARCHIVE_FILE
from index.errors import ReadError
from index.reading.files import UPLOADED, ReadOptions, plainly, read_file, read_stdin, shown
from index.reading.records import Found, Rejection, rejection

_AUXILIARY = re.compile(r"(?:sources|readme|license|licence|copying|notice|changelog)(?:\.\w+)?", re.IGNORECASE)
"""Files of a folder that tell about its articles and are none."""


_UNSAID = ReadOptions()


def read(path: Path, options: ReadOptions = _UNSAID) -> Iterator[Found]:
    """Yield every article of a file, of all files of a folder and the folders in it, or of those that a pattern names.

    ``-`` is standard input. Files come by name. A folder's hidden files, its notes on itself (README, SOURCES, LICENSE
    …) and archives in it are passed over. What cannot be read is yielded as a rejection and never stops the rest.
    """
    for one in find(path):
        yield from read_found(one, options)


def find(path: Path) -> Iterator[Path | Rejection | None]:
    """Yield the files that `read` reads, in its order, None for standard input, and what is rejected unread."""
    if str(path) == "-":
        yield None
    elif os.path.isdir(path):  # which, unlike pathlib's, never raises
        yield from _find_in_folder(path)
    elif _is_pattern(path):
        yield from _find_by_pattern(path)
    else:
        yield path


def read_found(found: Path | Rejection | None, options: ReadOptions) -> Iterator[Found]:
    """Yield every article of what `find` found."""
    if isinstance(found, Rejection):
        yield found
    elif found is None:
        yield from read_stdin(options)
    else:
        yield from read_file(found, options)


def covers(path: Path) -> Callable[[str], bool]:
    """Return what tells of a record's path whether `read` looks there for this path; of standard input it is not."""
    if not _is_pattern(path):
        return lambda stored: lies_under(stored, {shown(path)})
    pattern = shown(path).split("/")

    def names(stored: str) -> bool:
        # A folder that a pattern names is read with all that is in it, unless the pattern has a ** for that.
        cut = "#" if "**" in pattern else "[/#]"
        return any(_names(pattern, above.split("/")) for above in _above(stored, cut))

    return names


def lies_under(stored: str, roots: Collection[str]) -> bool:
    """Tell whether a record's path is that of a file, of a record in it, or of anything in a folder."""
    return not _above(stored).isdisjoint(roots) or ("." in roots and not stored.startswith(("/", UPLOADED)))


def _above(stored: str, cut: str = "[/#]") -> set[str]:
    return {stored, *(stored[: match.start()] or "/" for match in re.finditer(cut, stored))}


def _is_pattern(path: Path) -> bool:
    return not os.path.lexists(path) and glob.has_magic(str(path))


def _names(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    """Tell whether a pattern names a path as `glob` has it, both in parts."""
    if not pattern or not parts:
        return not parts and all(part == "**" for part in pattern)
    hidden = parts[0].startswith(".") and not pattern[0].startswith(".")
    if pattern[0] == "**":
        return _names(pattern[1:], parts) or (not hidden and _names(pattern, parts[1:]))
    return not hidden and fnmatchcase(parts[0], pattern[0]) and _names(pattern[1:], parts[1:])


def _find_by_pattern(pattern: Path) -> Iterator[Path | Rejection | None]:
    found = sorted(glob.glob(str(pattern), recursive=True))
    if "**" in pattern.parts:
        found = [name for name in found if not os.path.isdir(name)]  # what is in the folders is found by itself
    if not found:
        yield rejection(shown(pattern), ReadError("no file is named like that; check the pattern"))
    for name in found:
        yield from find(Path(name))


def _find_in_folder(folder: Path) -> Iterator[Path | Rejection]:
    found = False
    closed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if ARCHIVE_FILE in names:
            folders.clear()
            continue
        for name in sorted(names):
            if not name.startswith(".") and not _AUXILIARY.fullmatch(name):
                found = True
                yield Path(place, name)
    for error in closed:
        yield rejection(shown(Path(error.filename)), plainly(error))
    if not found and not closed:
        yield rejection(shown(folder), ReadError("the folder holds no article"))
