"""The comparison as a drawing: a line a figure, a mark a model."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import cycle, groupby
from math import floor
from typing import NamedTuple

from eval.benchmarks.rows import Column, Row, measured

WIDTH, LEFT, RIGHT = 960, 230, 90  # pixels: all of it, and what is left beside the scale
LINE, GAP, MARGIN = 20, 12, 24
SIZE = 5.5  # half a mark's width

MEASURED = ("#1257b8", "#d9480f", "#2b8a3e", "#862e9c", "#0b7285", "#a61e4d")
PUBLISHED = "#7b8794"
SHAPES = (
    "M-1 -1H1V1H-1Z",
    "M0 -1.2L1.2 1H-1.2Z",
    "M0 -1.35L1.35 0L0 1.35L-1.35 0Z",
    "M-1 -1L1 1M-1 1L1 -1",
    "M0 1.2L1.2 -1H-1.2Z",
    "M0 -1.3V1.3M-1.3 0H1.3",
)
"""Marks of published rows, in units of SIZE; measured rows have discs."""

DRAWN = ("Sentences", "Retrieval", "Names")
TITLE = "Embedding models on public test sets, in hundredths"

STYLE = (
    "text { font: 12px system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1d2430 }"
    " .title { font-size: 15px; font-weight: 600 } .group { font-weight: 600 } .soft { fill: #667085 }"
    " .end { text-anchor: end } .middle { text-anchor: middle }"
)


def to_svg(rows: Sequence[Row]) -> str:
    """Draw the rows' shares and correlations in hundredths; size and speed stand beside the models' names."""
    blocks = [measured(block, rows) for block in DRAWN]
    columns = [column for block, _ in blocks for column in block]
    held = [row for row in rows if any(row in members for _, members in blocks)]
    values = [value for column in columns for row in held if (value := column.value(row)) is not None]
    scale = _Scale(min(90, 10 * floor(10 * min(values, default=0))))
    marks = _marks(held)
    legend = [
        part
        for at, (row, mark) in enumerate(zip(held, marks, strict=True))
        for part in (
            placed(mark, MARGIN + SIZE, 2 * MARGIN + LINE * at),
            text_at(MARGIN + 18, 2 * MARGIN + LINE * at + 4, _described(row)),
        )
    ]
    top = 2 * MARGIN + LINE * len(held) + GAP
    figures: list[str] = []
    y = top
    for group, members in groupby(columns, key=lambda column: column.group):
        y += GAP
        figures.append(text_at(MARGIN, y + 4, group, "group"))
        for column in members:
            figures += _figure(column, held, marks, scale, y)
            y += LINE
    height = y + MARGIN
    heading = [placed(mark, WIDTH - MARGIN - 14, top - 8) for mark in marks[:1]]  # above the first row's figures
    parts = [text_at(MARGIN, MARGIN, TITLE, "title"), *legend, *heading, *_grid(scale, top, y), *figures]
    return drawing(WIDTH, height, parts)


class _Scale(NamedTuple):
    """The horizontal scale, from a whole ten at its left to a hundred at its right."""

    lowest: int

    def x(self, hundredths: float) -> float:
        return LEFT + (hundredths - self.lowest) / (100 - self.lowest) * (WIDTH - LEFT - RIGHT)


def _marks(rows: Sequence[Row]) -> list[str]:
    """A drawn mark a row, around the origin: discs in colours for what was measured, grey shapes for the published."""
    colours, shapes = cycle(MEASURED), cycle(SHAPES)
    return [
        f'<path d="{next(shapes)}" transform="scale({SIZE})" fill="#fff" fill-opacity=".6" stroke="{PUBLISHED}"'
        ' stroke-width=".35"/>'
        if row.published
        else f'<circle r="{SIZE}" fill="{next(colours)}" fill-opacity=".85"/>'
        for row in rows
    ]


def _described(row: Row) -> str:
    speed, size = row.figures.get("speed", {}), row.figures.get("size", {})
    facts = [f"{size['MB']:.1f} MB"] if "MB" in size else []
    if speed:
        facts.append(f"{speed['sentences/s']:,.0f} sentences/s, {speed['× MiniLM']:.1f} × MiniLM's shape")
    return ", ".join([f"{row.name} (published)" if row.published else row.name, *facts])


def _figure(column: Column, rows: Sequence[Row], marks: Sequence[str], scale: _Scale, y: float) -> list[str]:
    held = [(column.scale * value, at) for at, row in enumerate(rows) if (value := column.value(row)) is not None]
    best, _ = max(held)
    line = f'<path d="M{scale.x(min(held)[0]):.1f} {y}H{scale.x(best):.1f}" stroke="#d0d5dd"/>'
    # The first row, which is the one that the drawing is about, goes on top.
    dots = [placed(marks[at], scale.x(value), y) for value, at in sorted(held, key=lambda item: -item[1])]
    return [
        text_at(LEFT - 16, y + 4, column.name, "end"),
        line,
        *dots,
        text_at(WIDTH - MARGIN, y + 4, column.shown(rows[0]), "end"),
    ]


def _grid(scale: _Scale, top: float, bottom: float) -> list[str]:
    parts = []
    for tick in range(scale.lowest, 101, 10):
        x = scale.x(tick)
        parts += [
            f'<path d="M{x:.1f} {top}V{bottom - GAP / 2}" stroke="#eef0f4"/>',
            text_at(x, top - 4, str(tick), "middle soft"),
        ]
    return parts


def drawing(width: float, height: float, parts: Sequence[str]) -> str:
    """Return the parts as one drawing on white, so many pixels wide and high."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"<style>{STYLE}</style>\n"
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def placed(mark: str, x: float, y: float) -> str:
    """Move a mark from the origin to a point."""
    return f'<g transform="translate({x:.1f} {y:.1f})">{mark}</g>'


def text_at(x: float, y: float, text: str, kind: str = "") -> str:
    """Write a text on one line; `kind` names classes of the style."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(text)}</text>'
