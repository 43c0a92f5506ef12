"""Reports, their questions, and the lists of sets and runs as HTML for the chat: pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.chat.interface import in_both, isolated
from assistant.chat.reader.article import Run, RunKind, chip_html
from eval.chat.words import SAID, said
from eval.outcome import Outcome, outcome
from eval.page.comparison import draw_comparison
from eval.page.figures import draw_facts, draw_figures
from eval.page.question import draw_body, draw_question
from eval.page.words import say

if TYPE_CHECKING:
    from eval.baseline import Comparison
    from eval.chat.sets import Offered
    from eval.chat.stored import Entry
    from eval.run import Excerpt, Report, Row
    from eval.scored import Scored
    from index.types import Article, Language

MOST_LISTED = 200
"""Questions that are listed of one outcome."""


def sets_html(offered: Sequence[Offered], language: Language) -> str:
    """Return the sets that can be chosen as the options of a select, and the one that somebody brings along."""
    groups = []
    for origin, sets in groupby(offered, key=lambda one: one.origin):
        options = "".join(_option(one, language) for one in sets)
        groups.append(f'<optgroup label="{escape(said(origin, language))}">{options}</optgroup>')
    return f'{"".join(groups)}<option value="">{escape(said("own", language))}</option>'


def _option(one: Offered, language: Language) -> str:
    count = said("faulty", language) if one.questions is None else f"{one.questions:,}"
    return f'<option value="{escape(one.key)}">{escape(f"{one.name} · {count}")}</option>'


def runs_html(entries: Sequence[Entry], language: Language) -> str:
    """Return the stored runs as a table, each opened by its name."""
    if not entries:
        return f'<p class="note">{escape(said("none stored", language))}</p>'
    head = "".join(
        f'<th scope="col">{escape(said(name, language))}</th>' for name in ("run", "questions", "right", "hit", "day")
    )
    body = "".join(map(_entry, entries))
    return (
        f'<div class="scroll" tabindex="0"><table class="table runs"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _entry(entry: Entry) -> str:
    name = escape(entry.name)
    if entry.problem:
        return f'<tr><th scope="row"><bdi>{name}</bdi></th><td colspan="4"><bdi>{escape(entry.problem)}</bdi></td></tr>'
    share = f"{entry.right / entry.questions:.0%}" if entry.questions else "–"
    hit = "–" if entry.hit is None else f"{entry.hit:.3f}"
    return (
        f'<tr><th scope="row"><button type="button" class="open-run" data-name="{name}"><bdi>{name}</bdi></button></th>'
        f"<td>{entry.questions:,}</td><td><bdi>{entry.right:,}</bdi> <small><bdi>{share}</bdi></small></td>"
        f"<td>{hit}</td><td><time><bdi>{entry.time:%Y-%m-%d %H:%M}</bdi></time></td></tr>"
    )


def report_html(
    name: str,
    report: Report,
    others: Sequence[str],
    language: Language,
    compared: tuple[str, Comparison] | None = None,
    *,
    editable: bool,
) -> str:
    """Return a report: what can be done with it, its figures, what differs from another run, what went wrong.

    `others` are the names of the runs that it can be compared with, `compared` the one that it is compared with.
    """
    parts = [
        f'<h2 class="run-name" tabindex="-1"><bdi>{escape(name)}</bdi></h2>',
        draw_facts(report),
        _tools(name, others, compared[0] if compared else None, language, editable=editable),
        _compared(name, report, *compared, language) if compared else "",
        draw_figures(report) if report.rows else "",
        *_questions(report.rows),
    ]
    return f'<article class="evaluated" data-name="{escape(name)}">{"".join(parts)}</article>'


def _tools(name: str, others: Sequence[str], chosen: str | None, language: Language, *, editable: bool) -> str:
    options = "".join(
        f'<option value="{escape(other)}"{" selected" if other == chosen else ""}>{escape(other)}</option>'
        for other in others
    )
    choice = (
        f'<label class="against"><span>{escape(said("compare", language))}</span> <select name="with">'
        f'<option value="">{escape(said("no comparison", language))}</option>{options}</select></label>'
        if others
        else f'<span class="note">{escape(said("only one", language))}</span>'
    )
    files = "".join(
        f'<a class="button" data-kind="{kind}" download>{escape(said(kind, language))}</a>' for kind in ("json", "html")
    )
    wrong = f'<button type="button" class="to-wrong">{escape(said("wrong", language))}</button>'
    delete = f'<button type="button" class="delete">{escape(said("delete", language))}</button>' if editable else ""
    return f'<div class="actions run-tools">{choice}{wrong}{files}{delete}</div>'


def _compared(name: str, report: Report, other: str, comparison: Comparison, language: Language) -> str:
    places = {(row.set, row.id): order for order, row in enumerate(report.rows)}

    def asked(row: Scored) -> str:
        order, text = places[row.set, row.id], escape(row.text)
        return f'<button type="button" class="asked to-question" data-order="{order}" dir="auto">{text}</button>'

    moved = comparison.rows or any(change.difference for change in comparison.metrics)
    body = draw_comparison(comparison, asked) if moved else f'<p class="note">{escape(said("same", language))}</p>'
    left = (
        f'<p class="note">{isolated(SAID["uncompared"][language == "ar"], count=comparison.uncompared)}</p>'
        if comparison.uncompared
        else ""
    )
    noise = f'<p class="note">{escape(said("noise", language))}</p>' if moved else ""
    title = isolated(SAID["compared"][language == "ar"], name=name, other=other)
    return f'<section class="comparison"><h2>{title}</h2>{body}{noise}{left}</section>'


def _questions(rows: Sequence[Row]) -> Iterable[str]:
    """The questions by what went wrong, the gravest first; what they open to is asked for when they are opened."""
    by_outcome: dict[Outcome, list[tuple[int, Row]]] = {}
    for order, row in enumerate(rows):
        by_outcome.setdefault(outcome(row), []).append((order, row))
    yield f'<h2 class="wrong-name" tabindex="-1">{in_both(*SAID["wrong"])}</h2>'
    if not by_outcome.keys() - {Outcome.RIGHT}:
        yield f'<p class="note">{in_both(*SAID["none wrong"])}</p>'
    for found in Outcome:
        if listed := by_outcome.get(found):
            questions = "".join(draw_question(row, order, body="") for order, row in listed[:MOST_LISTED])
            left = len(listed) - MOST_LISTED
            english, arabic = (one.format(count=left) for one in SAID["more"])
            more = f'<p class="note">{in_both(english, arabic)}</p>' if left > 0 else ""
            is_open = "" if found is Outcome.RIGHT else " open"
            yield (
                f'<details class="outcome" data-outcome="{found}"{is_open}><summary>'
                f'<span class="swatch" style="--colour: var(--{found})"></span>{say(f"outcome {found}")} '
                f"<bdi>{len(listed)}</bdi></summary>{questions}{more}</details>"
            )


def question_html(row: Row, find: Callable[[str], Article | None], language: Language) -> str:
    """Return what a question opens to: its answer, what is cited and what should be, each opened in the reader.

    `find` returns an article by its id, None where the archive no longer holds it: then its runs have no button.
    """

    def chip(kind: RunKind) -> Callable[[Excerpt, int], str]:
        def draw(run: Excerpt, number: int) -> str:
            article = find(run.article)
            if article is None:
                return f"<bdi>[{number}]</bdi>"
            return chip_html(kind, Run(number, run.start, run.end), article, language)

        return draw

    return f'<div class="chip-group">{draw_body(row, chip(RunKind.CITATION), chip(RunKind.PASSAGE))}</div>'
