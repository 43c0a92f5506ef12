"""The figures of a report as parts of the page: cards, matrices by direction, plots, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from eval.metrics import mean, percentile, recall_at_k
from eval.outcome import Outcome, outcome
from eval.page.plots import SHARES, Axis, Line, draw_bars, draw_lines
from eval.page.words import say
from eval.report import COLUMNS, figures_of
from eval.run import Group, Report, Row
from eval.scored import Scored
from eval.selective import calibration_bins, risk_coverage, sure_answers
from eval.significance import bootstrap_interval

CARDS = (
    "recall@10",
    "hit@1",
    "citation_precision",
    "citation_recall",
    "alce_recall",
    "declined_rightly",
    "declined_wrongly",
)
MATRICES = ("recall@10", "hit@1", "citation_precision", "citation_recall")
DEEPEST = 10
"""Passages along the curve of recall."""

BINS = 24


def draw_facts(report: Report) -> str:
    """Return what was asked, how much of it went wrong, and what a report comes from."""
    wrong = sum(outcome(row) is not Outcome.RIGHT for row in report.rows)
    facts = [("questions", f"{len(report.rows)}"), ("not right", f"{wrong}"), ("system", report.system)]
    facts += [("commit", report.commit)] if report.commit else []
    facts += [("hash", f"{name} {digest[:12]}") for name, digest in report.sets.items()]
    return f'<dl class="facts">{"".join(_fact(key, value) for key, value in facts)}</dl>'


def _fact(key: str, value: str) -> str:
    return f"<div><dt>{say(key)}</dt><dd><bdi>{escape(value)}</bdi></dd></div>"


def draw_figures(report: Report) -> str:
    """Return every figure of a report that has rows: cards, outcomes, matrices, curves, a table."""
    groups = report.groups()
    return "\n".join(
        (
            draw_cards(groups["all"][0]),
            draw_outcomes(report.rows),
            draw_directions(groups["direction"]),
            draw_plots(report.rows),
            draw_table(groups),
        )
    )


def draw_cards(whole: Group) -> str:
    """Return the headline figures, each with its confidence interval."""
    cards = "".join(_card(whole, metric) for metric in CARDS if metric in whole.means)
    return f'<div class="cards">{cards}</div><p class="note">{say("interval")}</p>' if cards else ""


def _card(group: Group, metric: str) -> str:
    share, of = group.means[metric], group.counts[metric]
    low, high = group.intervals[metric]
    figure = f"{round(share * of)}<i> / {of}</i>" if metric.startswith("declined") else f"{share:.3f}"
    return (
        f'<div class="card"><b>{figure}</b><small>{say(metric)}</small>'
        f'<span class="interval" style="--low: {low:.1%}; --high: {high:.1%}; --at: {share:.1%}"><i></i><u></u></span>'
        f"<small><bdi>{low:.3f}–{high:.3f}</bdi></small></div>"
    )


def draw_outcomes(rows: Sequence[Row]) -> str:
    """Return what became of the questions, as one bar and its legend."""
    counts = Counter(outcome(row) for row in rows)
    found = [one for one in reversed(Outcome) if counts[one]]
    bar = "".join(f'<i style="--colour: var(--{one.value}); --count: {counts[one]}"></i>' for one in found)
    legend = "".join(
        f'<li style="--colour: var(--{one.value})">{say(f"outcome {one.value}")} <bdi>{counts[one]}</bdi></li>'
        for one in found
    )
    return f'<h2>{say("what went wrong")}</h2><div class="stack">{bar}</div><ul class="legend">{legend}</ul>'


def draw_directions(groups: Sequence[Group]) -> str:
    """Return a matrix for each measure: the language of the question by that of the articles that answer it."""
    by_name = {group.name.partition("→")[::2]: group for group in groups}
    asked, held = sorted({one for one, _ in by_name}), sorted({other for _, other in by_name})
    metrics = [metric for metric in MATRICES if any(metric in group.means for group in groups)]
    if not metrics:
        return ""
    head = "".join(f'<th scope="col">{say(language)}</th>' for language in held)
    figures = []
    for metric in metrics:
        body = "".join(
            f'<tr><th scope="row">{say(one)}</th>'
            + "".join(_cell(by_name.get((one, other)), metric) for other in held)
            + "</tr>"
            for one in asked
        )
        figures.append(
            f"<figure><figcaption>{say(metric)}</figcaption>"
            f'<table class="matrix"><thead><tr><td class="empty"></td>{head}</tr></thead><tbody>{body}</tbody></table>'
            "</figure>"
        )
    return (
        f'<h2>{say("directions")}</h2><p class="note">{say("direction axes")}</p>'
        f'<div class="matrices">{"".join(figures)}</div>'
    )


def _cell(group: Group | None, metric: str) -> str:
    if group is None or metric not in group.means:
        return '<td class="empty">–</td>'
    share = group.means[metric]
    low, high = group.intervals[metric]
    return (
        f'<td style="--share: {share:.0%}"><bdi>{share:.3f}</bdi>'
        f"<small><bdi>{low:.2f}–{high:.2f}</bdi> <bdi>n={group.counts[metric]}</bdi></small></td>"
    )


def draw_plots(rows: Sequence[Row]) -> str:
    """Return the curves of a report: of those that its rows have the numbers for."""
    plots = [*_recall(rows), *_risk(rows), *_calibration(rows), *_latency(rows)]
    return f'<h2>{say("curves")}</h2><div class="plots">{"".join(plots)}</div>' if plots else ""


def _recall(rows: Sequence[Row]) -> Iterable[str]:
    ranked = [row for row in rows if row.retrieved]
    names = sorted({row.direction for row in ranked if row.direction})
    ks = range(1, DEEPEST + 1)
    lines = [
        Line(name, [(k, mean([recall_at_k(row.retrieved, k) for row in ranked if row.direction == name])) for k in ks])
        for name in names
    ]
    if lines:
        across = Axis("passages k", 1, DEEPEST, (1, *range(2, DEEPEST + 1, 2)))
        yield draw_lines("recall curve", across, Axis("recall", 0, 1, SHARES), lines)


def _risk(rows: Sequence[Row]) -> Iterable[str]:
    curve = risk_coverage(*sure_answers(rows), sum(row.asked for row in rows))
    points = [(point.coverage, point.risk) for point in curve.points]
    if points:
        most = max(risk for _, risk in points)
        top = next(share for share in (0.1, *SHARES[1:]) if share >= most)
        up = Axis("risk", 0, top, [round(top * share, 3) for share in SHARES])
        yield draw_lines("risk curve", Axis("coverage", 0, 1, SHARES), up, [Line("all", points)])


def _calibration(rows: Sequence[Row]) -> Iterable[str]:
    points = [(held.confidence, held.accuracy) for held in calibration_bins(*sure_answers(rows))]
    if points:
        across, up = Axis("score shown", 0, 1, SHARES), Axis("share right", 0, 1, SHARES)
        yield draw_lines("calibration", across, up, [Line("all", points)], diagonal=True)


def _latency(rows: Sequence[Row]) -> Iterable[str]:
    times = [row.seconds * 1000 for row in rows if row.asked]
    if not times:
        return
    most = max(percentile(times, 99), 1e-3)
    width = most / BINS
    # Those beyond the last percent stand in the last bar: one slow answer would flatten the rest.
    counts = Counter(min(int(time / width), BINS - 1) for time in times)
    bars = [(place * width, (place + 1) * width, float(count)) for place, count in sorted(counts.items())]
    highest = max(counts.values())
    across = Axis("milliseconds", 0, most, [round(most * share, 1 if most < 10 else None) for share in SHARES])
    yield draw_bars("latency", across, Axis("questions", 0, highest, sorted({0, highest // 2, highest})), bars)


def draw_table(report_groups: dict[str, list[Group]]) -> str:
    """Return every figure by set, language, kind, direction and tag as one table."""
    columns = [metric for metric in COLUMNS if metric in report_groups["all"][0].means]
    head = "".join(f'<th scope="col">{say(metric)}</th>' for metric in columns)
    bodies = "".join(
        f"<tbody>{_heading(heading, len(columns))}{''.join(_line(heading, one, columns) for one in groups)}</tbody>"
        for heading, groups in report_groups.items()
        if groups
    )
    return (
        f'<h2>{say("figures")}</h2><div class="scroll" tabindex="0"><table class="table"><thead><tr><td></td>'
        f'<th scope="col">{say("questions")}</th>{head}<th scope="col">p50 ms</th><th scope="col">p95 ms</th>'
        f"</tr></thead>{bodies}</table></div>"
    )


def _heading(heading: str, columns: int) -> str:
    return "" if heading == "all" else f'<tr><th scope="rowgroup" colspan="{columns + 4}">{say(heading)}</th></tr>'


def _line(heading: str, group: Group, columns: Sequence[str]) -> str:
    known = {"all": "all", "language": group.name, "kind": f"kind {group.name}"}
    name = say(known[heading]) if heading in known else escape(group.name)
    cells = "".join(_figure(group, metric) for metric in columns)
    return (
        f'<tr><th scope="row"><bdi>{name}</bdi></th><td>{group.rows}</td>{cells}'
        f"<td>{group.p50 * 1000:.0f}</td><td>{group.p95 * 1000:.0f}</td></tr>"
    )


def draw_parts(labelled: Sequence[Scored]) -> str:
    """Return the figures of labelled sets, which measure a part of an answer."""
    lines = []
    for (name, metric), values in figures_of(labelled).items():
        low, high = bootstrap_interval(values)
        lines.append(
            f'<tr><th scope="row"><bdi>{escape(name)}</bdi></th><td>{say(metric)}</td><td>{len(values)}</td>'
            f"<td>{mean(values):.3f}<small><bdi>{low:.2f}–{high:.2f}</bdi></small></td></tr>"
        )
    if not lines:
        return ""
    head = "".join(f'<th scope="col">{say(key)}</th>' for key in ("filter set", "measure", "things", "mean"))
    return (
        f'<h2>{say("parts")}</h2><div class="scroll" tabindex="0"><table class="table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _figure(group: Group, metric: str) -> str:
    if metric not in group.means:
        return '<td class="soft">–</td>'
    low, high = group.intervals[metric]
    return f"<td>{group.means[metric]:.3f}<small><bdi>{low:.2f}–{high:.2f}</bdi></small></td>"
