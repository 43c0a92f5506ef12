"""A report as one HTML page that needs nothing beside itself: no script, no font, no network.

Every text that comes from a question, an answer or an article passes `html.escape`, and takes its own direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from eval.baseline import Comparison
from eval.metrics import overlap
from eval.report import COLUMNS, LEGEND, faults, is_grave
from eval.run import LOWER_IS_BETTER, Excerpt, Group, Report, Row

CARDS = ("recall@10", "hit@1", "hit@3", "citation_precision", "citation_recall", "declined_rightly", "declined_wrongly")

_STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1d2430, #e4e8ef); --soft: light-dark(#667085, #98a2b3);
  --line: light-dark(#e1e5ec, #343b48); --card: light-dark(#fff, #1c212b); --page: light-dark(#f5f6f9, #12161d);
  --bar: light-dark(#bcd3f7, #2b4a7d); --good: light-dark(#18794e, #5bd19a); --bad: light-dark(#b42318, #ff8a7a);
  --hit: light-dark(#d9f2e3, #143d2a); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 74rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 15px/1.55 system-ui, "Segoe UI", "Noto Sans", "Noto Naskh Arabic", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: .78rem; letter-spacing: .04em; color: var(--soft); margin: .9rem 0 .25rem; font-weight: 600; }
.soft { color: var(--soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin-top: 1.25rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .8rem .9rem; }
.card b { display: block; font-size: 1.55rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; } th { font-weight: 600; color: var(--soft); font-size: .82rem; }
th:first-child, td:first-child { text-align: left; }
td.bar { background: linear-gradient(to right, var(--bar) var(--share), transparent var(--share)) no-repeat
  .3rem 50% / calc(100% - .6rem) 70%; }
td.low { --bar: light-dark(#f9cfc9, #7a2a22); }
details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .5rem 0;
  padding: .6rem .9rem; }
summary { cursor: pointer; } .fault { color: var(--bad); } .fine, .better { color: var(--good); }
.worse { color: var(--bad); }
.text { unicode-bidi: plaintext; text-align: start; margin: .3rem 0; padding: .45rem .7rem; border-radius: 8px;
  border: 1px solid var(--line); overflow-wrap: anywhere; white-space: pre-wrap; }
.gold { background: var(--hit); }
"""


def to_html(report: Report, comparison: Comparison | None = None) -> str:
    """The whole page: figures, what changed since a baseline if there is one, and each question with its evidence."""
    groups = report.groups()
    sets = ", ".join(dict.fromkeys(row.set for row in report.rows))
    wrong = sum(is_grave(row) for row in report.rows)
    whole = groups["all"][0]
    parts = [
        f"<h1>Evaluation: <bdi>{escape(sets)}</bdi></h1>",
        f'<p class="soft">{whole.rows} questions, {wrong} got wrong, {whole.errors} errors; '
        f"an answer took {whole.p50 * 1000:.0f} ms (p50), {whole.p95 * 1000:.0f} ms (p95).</p>",
        '<div class="cards">',
        *(_card(whole, metric) for metric in CARDS if metric in whole.means),
        "</div>",
        *(_changes(comparison) if comparison else []),
        *(part for heading in groups if heading != "all" for part in _figures(heading, groups[heading])),
        f'<p class="soft">{LEGEND}.</p>',
        "<h2>Questions</h2>",
        '<p class="soft">A green run overlaps a gold one. Those got wrong stand open.</p>',
        *(_question(row) for row in sorted(report.rows, key=lambda row: not is_grave(row))),
    ]
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evaluation: {escape(sets)}</title>\n<style>{_STYLE}</style>\n" + "\n".join(parts) + "\n</html>\n"
    )


def _card(group: Group, metric: str) -> str:
    of = group.counts[metric]
    share = group.means[metric]
    figure = f"{round(share * of)}/{of}" if metric.startswith("declined") else f"{share:.3f}"
    return f'<div class="card"><b>{figure}</b><span class="soft">{metric.replace("_", " ")}</span></div>'


def _table(header: Sequence[str], rows: Iterable[str]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    return f'<div class="scroll"><table><tr>{head}</tr>{"".join(rows)}</table></div>'


def _figures(heading: str, groups: Sequence[Group]) -> list[str]:
    if not groups:
        return []
    header = ["", "questions", *COLUMNS.values(), "p50 ms", "p95 ms"]
    return [f"<h2>By {escape(heading)}</h2>", _table(header, (_figure_row(group) for group in groups))]


def _figure_row(group: Group) -> str:
    bars = "".join(_bar(group, metric) for metric in COLUMNS)
    times = f"<td>{group.p50 * 1000:.0f}</td><td>{group.p95 * 1000:.0f}</td>"
    return f"<tr><td>{escape(group.name)}</td><td>{group.rows}</td>{bars}{times}</tr>"


def _bar(group: Group, metric: str) -> str:
    if metric not in group.means:
        return '<td class="soft">–</td>'
    names = "bar low" if metric in LOWER_IS_BETTER else "bar"
    share = group.means[metric]
    return f'<td class="{names}" style="--share: {share:.0%}" title="of {group.counts[metric]}">{share:.3f}</td>'


def _changes(comparison: Comparison) -> list[str]:
    header = ["measure", "questions", "before", "after", "better by", "± error", ""]
    rows = (
        f"<tr><td>{COLUMNS.get(c.metric, c.metric)}</td><td>{c.questions}</td><td>{c.before:.3f}</td>"
        f"<td>{c.after:.3f}</td><td>{c.difference:+.3f}</td><td>{c.error:.3f}</td>"
        f'<td class="worse">{"regression" if c.regression else ""}</td></tr>'
        for c in comparison.metrics
    )
    lines = [
        f'<p class="text" dir="auto"><bdi class="{label}">{label}: {escape(", ".join(sorted(changed)))}</bdi> '
        f"{escape(change.row.question)}</p>"
        for label in ("worse", "better")
        for change in comparison.rows
        if (changed := change.worse if label == "worse" else change.better)
    ]
    return ["<h2>Since the baseline</h2>", _table(header, rows), *lines]


def _question(row: Row) -> str:
    wrong = faults(row)
    verdict = f'<span class="fault">{escape("; ".join(wrong))}</span>' if wrong else '<span class="fine">right</span>'
    body = [
        *_texts("Answer", row.answer),
        *_texts("Reason for declining", [row.reason] if row.reason else []),
        *_excerpts("Evidence, in the order of citation", row.evidence, row.gold),
        *_excerpts("Gold", row.gold, row.evidence),
        '<p class="soft">' + ", ".join(f"{metric} {score:.2f}" for metric, score in row.scores.items()) + "</p>",
    ]
    label = f"{row.set} {row.id} · {row.kind} · {row.direction or f'{row.language}, unanswerable'}"
    return (
        f"<details{' open' if is_grave(row) else ''}><summary><bdi>{escape(row.question)}</bdi>"
        f'<br><span class="soft">{escape(label)}</span> — {verdict}</summary>{"".join(body)}</details>'
    )


def _texts(title: str, texts: Sequence[str]) -> list[str]:
    if not texts:
        return []
    return [f"<h3>{title}</h3>", *(f'<p class="text" dir="auto">{escape(text)}</p>' for text in texts)]


def _excerpts(title: str, excerpts: Sequence[Excerpt], others: Sequence[Excerpt]) -> list[str]:
    """Runs with their places; those that overlap one of the others stand out."""
    lines = [] if not excerpts else [f"<h3>{title}</h3>"]
    for excerpt in excerpts:
        met = any(overlap(excerpt.run, other.run) for other in others)
        place = f"{escape(excerpt.path)} [{excerpt.start}:{excerpt.end}]"
        lines.append(f'<p class="text{" gold" if met else ""}" dir="auto">{escape(excerpt.text)}</p>')
        lines.append(f'<span class="soft"><bdi>{place}</bdi></span>')
    return lines
