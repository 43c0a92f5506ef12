"""Archives of several sizes as a drawing: a panel a figure, a line a system, both scales logarithmic."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import NamedTuple

from eval.benchmarks.archive import Row
from eval.benchmarks.plot import MARGIN, MEASURED, drawing, placed, text_at

PANEL_WIDTH, PANEL_HEIGHT, GAP = 400, 190, 84  # pixels; the gap has room for numbers and titles
LEFT, TOP, LINE = 70, 76, 20

PANELS = (
    ("Articles taken in, a second", ("articles/s",)),
    ("A question, ms: p50, and p95 dashed", ("p50 ms", "p95 ms")),
    ("Memory, MB: taking in, and asking dashed", ("ingest MB", "asking MB")),
    ("Disk, MB", ("disk MB",)),
)
TITLE = "Archives by their number of articles"
CAPTION = (
    "Hollow points: {:,} articles of the news, the others copies with sentences rotated and a tenth of words changed."
)


def to_svg(rows: Sequence[Row]) -> str:
    """Draw what was measured; points of archives that are partly made of copies are hollow."""
    held = [row for row in rows if row.figures]
    systems = list(dict.fromkeys(row.system for row in held))
    colours = {name: MEASURED[place % len(MEASURED)] for place, name in enumerate(systems)}
    sizes = _Scale.over([row.articles for row in held], PANEL_WIDTH)
    parts = [text_at(MARGIN, MARGIN, TITLE, "title")]
    for place, name in enumerate(systems):
        x = LEFT + 190 * place
        parts += [_mark(colours[name], x, 46, hollow=False), text_at(x + 10, 50, name)]
    for place, (title, figures) in enumerate(PANELS):
        x = LEFT + (PANEL_WIDTH + GAP) * (place % 2)
        y = TOP + GAP / 3 + (PANEL_HEIGHT + GAP) * (place // 2)
        panel = _panel(title, figures, held, colours, sizes)
        parts.append(f'<g transform="translate({x} {y})">\n' + "\n".join(panel) + "\n</g>")
    width = LEFT + 2 * PANEL_WIDTH + GAP + MARGIN
    height = TOP + 2 * (PANEL_HEIGHT + GAP) + LINE
    if copied := [row for row in held if row.copies]:
        parts.append(text_at(LEFT, height - LINE / 2, CAPTION.format(copied[0].articles - copied[0].copies), "soft"))
    return drawing(width, height, parts)


class _Scale(NamedTuple):
    """A logarithmic scale over so many pixels."""

    lowest: float
    highest: float
    pixels: float

    @classmethod
    def over(cls, values: Sequence[float], pixels: float) -> _Scale:
        return cls(min(values) / 1.4, max(values) * 1.4, pixels)

    def at(self, value: float) -> float:
        return self.pixels * log10(value / self.lowest) / log10(self.highest / self.lowest)

    def ticks(self) -> list[float]:
        decades = range(int(log10(self.lowest)) - 1, int(log10(self.highest)) + 2)
        ticks = [step * 10.0**decade for decade in decades for step in (1, 2, 5)]
        return [tick for tick in ticks if self.lowest <= tick <= self.highest]


def _panel(
    title: str, figures: Sequence[str], rows: Sequence[Row], colours: dict[str, str], sizes: _Scale
) -> list[str]:
    values = [row.figures[figure] for row in rows for figure in figures if figure in row.figures]
    scale = _Scale.over(values, PANEL_HEIGHT)
    parts = [text_at(0, -10, title, "group")]
    for tick in scale.ticks():
        y = PANEL_HEIGHT - scale.at(tick)
        parts += [
            f'<path d="M0 {y:.1f}H{PANEL_WIDTH}" stroke="#eef0f4"/>',
            text_at(-8, y + 4, f"{tick:,g}", "end soft"),
        ]
    for size in sorted({row.articles for row in rows}):
        parts.append(text_at(sizes.at(size), PANEL_HEIGHT + 18, f"{size:,}", "middle soft"))
    for name, colour in colours.items():
        for place, figure in enumerate(figures):
            points = [
                (sizes.at(row.articles), PANEL_HEIGHT - scale.at(row.figures[figure]), row.copies > 0)
                for row in rows
                if row.system == name and figure in row.figures
            ]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
            dashes = ' stroke-dasharray="5 4"' if place else ""
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{dashes}/>')
            parts += [_mark(colour, x, y, hollow=hollow) for x, y, hollow in points]
    return parts


def _mark(colour: str, x: float, y: float, *, hollow: bool) -> str:
    filled = "#fff" if hollow else colour
    return placed(f'<circle r="3.5" fill="{filled}" stroke="{colour}" stroke-width="1.5"/>', x, y)
