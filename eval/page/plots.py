"""Small plots as inline SVG, in the colours of the page around them: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from eval.page.words import WORDS, say

WIDTH, HEIGHT = 420, 250
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 42

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plot by its name: points from left to right, and the band around it where it has one."""

    name: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis by the key of its label, from one end to the other, and the values that it names."""

    label: str
    first: float
    last: float
    ticks: Sequence[float]

    def place(self, value: float) -> float:
        """Return where a value lies between the ends, 0 to 1."""
        span = self.last - self.first
        return min(max((value - self.first) / span, 0.0), 1.0) if span else 0.0


SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def draw_lines(title: str, across: Axis, up: Axis, lines: Sequence[Line], *, diagonal: bool = False) -> str:
    """Return lines over two axes; with `diagonal`, the line on which both are equal, too."""
    marks = []
    if diagonal:
        ends = f"{_x(across, across.first)} {_y(up, up.first)} {_x(across, across.last)} {_y(up, up.last)}".split()
        marks.append('<line class="even" x1="{}" y1="{}" x2="{}" y2="{}"/>'.format(*ends))
    for number, line in enumerate(lines):
        path = " ".join(f"{_x(across, x)},{_y(up, y)}" for x, y in line.points)
        marks.append(f'<polyline class="line c{number}" points="{path}"/>')
        if len(line.points) <= 20:  # dots on more would be a second, thicker line
            marks += (
                f'<circle class="dot c{number}" cx="{_x(across, x)}" cy="{_y(up, y)}" r="3">'
                f"<title>{escape(line.name)}: {x:g}, {y:.3f}</title></circle>"
                for x, y in line.points
            )
    names = [line.name for line in lines] if len(lines) > 1 else []
    return _figure(title, across, up, marks, names)


def draw_bars(title: str, across: Axis, up: Axis, bars: Sequence[tuple[float, float, float]]) -> str:
    """Return bars over two axes, each from one value across to another, and its height."""
    marks = [
        f'<rect class="column" x="{_x(across, low)}" y="{_y(up, height)}" '
        f'width="{max(_x(across, high) - _x(across, low) - 1, 0.5):.1f}" height="{_y(up, 0) - _y(up, height):.1f}">'
        f"<title>{low:g}–{high:g}: {height:g}</title></rect>"
        for low, high, height in bars
    ]
    return _figure(title, across, up, marks, [])


def _x(axis: Axis, value: float) -> float:
    return round(LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT), 1)


def _y(axis: Axis, value: float) -> float:
    return round(HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM), 1)


def _figure(title: str, across: Axis, up: Axis, marks: Sequence[str], names: Sequence[str]) -> str:
    grid = [
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(up, tick)}" y2="{_y(up, tick)}"/>'
        f'<text class="tick" x="{LEFT - 6}" y="{_y(up, tick) + 4}" text-anchor="end">{tick:g}</text>'
        for tick in up.ticks
    ]
    foot = [
        f'<text class="tick" x="{_x(across, tick)}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{tick:g}</text>'
        for tick in across.ticks
    ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    labels = [
        f'<text class="{language} axis" x="{middle}" y="{HEIGHT - 6}" text-anchor="middle">{escape(text)}</text>'
        for language, text in zip(("en", "ar"), WORDS[across.label], strict=True)
    ]
    legend = "".join(f'<li class="c{number}"><bdi>{escape(name)}</bdi></li>' for number, name in enumerate(names))
    return (
        f'<figure><figcaption>{say(title)} <span class="soft">· {say(up.label)}</span></figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(WORDS[title][0])}">'
        f"{''.join(grid)}{''.join(foot)}{''.join(labels)}{''.join(marks)}</svg>"
        + (f'<ul class="legend">{legend}</ul>' if legend else "")
        + "</figure>"
    )
