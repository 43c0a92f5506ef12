"""A report as one HTML page that needs nothing beside itself: its style, its script and its plots are in it.

Every text that comes from a question, an answer or an article passes `html.escape`, and takes its own direction.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from eval.baseline import Comparison
from eval.outcome import Outcome, outcome
from eval.page.comparison import draw_comparison
from eval.page.figures import draw_facts, draw_figures, draw_parts
from eval.page.question import draw_question
from eval.page.words import WORDS, attributes, say
from eval.run import Report, Row

_HERE = Path(__file__).parent
REPORT_STYLE = _HERE / "report.css"
"""The style of what stands within an element ``#evaluated``."""


def to_html(report: Report, comparison: Comparison | None = None) -> str:
    """Return the whole page: figures, what changed since a baseline if there is one, and every question."""
    style = "".join(sheet.read_text(encoding="utf-8") for sheet in (_HERE / "page.css", REPORT_STYLE))
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    parts = [
        _masthead(),
        '<main id="evaluated">',
        _head(report),
        draw_figures(report) if report.rows else "",
        draw_parts(report.labelled),
        f"<h2>{say('baseline')}</h2>{draw_comparison(comparison)}" if comparison else "",
        *(_questions(report.rows) if report.rows else ()),
        "</main>",
    ]
    # Nothing but these two may run or style the page, were anything of an article ever to get out of its place.
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_digest(script)}'"
    names = ", ".join(dict.fromkeys(row.set for row in report.rows))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{WORDS['title'][0]}: {escape(names)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        + "\n".join(parts)
        + f"\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")


def _masthead() -> str:
    languages = (("en", "English", " checked"), ("ar", "العربية", ""))
    switch = "".join(
        f'<label lang="{code}"><input type="radio" name="labels" id="in-{code}"{checked}>{name}</label>'
        for code, name, checked in languages
    )
    return (
        f'<header id="masthead"><p>Isnad <b lang="ar">إسناد</b></p><a class="skip" href="#questions">{say("skip")}</a>'
        f'<fieldset class="switch"><legend class="unseen">Language · اللغة</legend>{switch}</fieldset></header>'
    )


def _head(report: Report) -> str:
    sets = dict.fromkeys([row.set for row in report.rows] + [one.set for one in report.labelled])
    return f"<h1>{say('title')}: <bdi>{escape(', '.join(sets))}</bdi></h1>{draw_facts(report)}"


def _questions(rows: Sequence[Row]) -> Iterable[str]:
    yield f'<h2 id="questions">{say("question list")}</h2>'
    yield _tools(rows)
    yield '<div id="list">'
    yield from (draw_question(row, order) for order, row in enumerate(rows))
    yield f'</div><p id="none" class="note" hidden>{say("none shown")}</p>'


def _tools(rows: Sequence[Row]) -> str:
    """Return the controls that the script brings to life; without it they stay hidden."""
    outcomes = {outcome(row) for row in rows}
    kinds = [
        ("outcome", [one.value for one in Outcome if one in outcomes]),
        ("set", list(dict.fromkeys(row.set for row in rows))),
        ("direction", sorted({row.direction for row in rows if row.direction})),
        ("kind", sorted({row.kind for row in rows if row.kind})),
    ]
    selects = "".join(_select(name, f"filter {name}", values) for name, values in kinds if len(values) > 1)
    orders = "".join(f'<option value="{name}" {attributes(f"sort {name}")}></option>' for name in _orders(rows))
    return (
        f'<form id="tools" hidden><label>{say("search")}<input type="search" name="words" dir="auto"></label>{selects}'
        f'<label>{say("sort")}<select name="sort">{orders}</select></label>'
        f'<button type="button" name="open" {attributes("open all")}></button>'
        f'<button type="button" name="close" {attributes("close all")}></button>'
        f'<output id="shown" {attributes("shown")}></output></form>'
    )


def _orders(rows: Sequence[Row]) -> Iterable[str]:
    return ("worst", "order", "slow", *(("unsure",) if any(row.confidence is not None for row in rows) else ()))


def _select(name: str, label: str, values: Sequence[str]) -> str:
    options = "".join(
        f'<option value="{escape(value)}" {attributes(f"{name} {value}")}>{escape(value)}</option>' for value in values
    )
    return (
        f'<label>{say(label)}<select name="{name}"><option value="" {attributes("any")}></option>{options}</select>'
        "</label>"
    )
