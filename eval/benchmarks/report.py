"""The comparison as aligned text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from itertools import groupby

from eval.benchmarks.rows import BLOCKS, LEGEND, Column, Row, measured

LONGEST_NAME = 40
GAP = "  "

LIBRARIES = ("isnad", "faiss-cpu", "numpy", "sentence-transformers", "tantivy", "tokenizers", "torch")
"""What the figures depend on beside the models and the sets."""


def to_json(rows: Sequence[Row]) -> str:
    """Write all figures of the rows, shares and correlations of one, and the versions that they were made with.

    There is no date in it: the same models on the same machine give the same text, save their speed.
    """
    content = {
        "versions": {library: version(library) for library in LIBRARIES},
        "rows": [asdict(row) for row in rows],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def to_table(rows: Sequence[Row]) -> str:
    """Lay the rows out in blocks of columns, and explain them; what was not measured has no column."""
    width = max(len(_named(row)) for row in rows)
    blocks = [_block(title, rows, width) for title in BLOCKS]
    return "\n\n".join([block for block in blocks if block] + [LEGEND]) + "\n"


def _block(title: str, rows: Sequence[Row], width: int) -> str:
    columns, held = measured(title, rows)
    if not held:
        return ""
    cells = [[_cell(column, row, column.best_of(held)) for column in columns] for row in held]
    # A cell ends in its mark or a blank: the names above end where the figures do.
    names = [column.name + " " for column in columns]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    lines = [_line(title, _headings(columns, widths), width)]
    lines += [
        _line(name, [text.rjust(room) for text, room in zip(row, widths, strict=True)], width)
        for name, row in zip(["", *map(_named, held)], [names, *cells], strict=True)
    ]
    return "\n".join(lines)


def _headings(columns: Sequence[Column], widths: list[int]) -> list[str]:
    """The groups' names, each above its columns, which are widened where the name is longer than they."""
    headings = []
    for group, members in groupby(range(len(columns)), key=lambda place: columns[place].group):
        of = list(members)
        room = sum(widths[place] for place in of) + len(GAP) * (len(of) - 1)
        if room < len(group) + 1:
            widths[of[0]] += len(group) + 1 - room
            room = len(group) + 1
        headings.append(f"{group} ".rjust(room))
    return headings


def _line(name: str, cells: Sequence[str], width: int) -> str:
    return GAP.join([name.ljust(width), *cells]).rstrip()


def _named(row: Row) -> str:
    name = row.name if len(row.name) <= LONGEST_NAME else f"…{row.name[1 - LONGEST_NAME :]}"
    return f"{name} °" if row.published else name


def _cell(column: Column, row: Row, best: str | None) -> str:
    text = column.shown(row)
    return f"{text}{'*' if text == best else ' '}"
