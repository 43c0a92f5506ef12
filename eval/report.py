"""A report as a table for the terminal, and as JSON that a later run can be held against."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter

from eval.baseline import Comparison
from eval.run import Group, Report, Row
from index.errors import QuestionSetError

VERSION = 1
"""The number of the JSON's schema; a report of another number is refused as a baseline."""

COLUMNS = {
    "recall@1": "R@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "mrr": "MRR",
    "hit@1": "hit@1",
    "hit@3": "hit@3",
    "citation_precision": "cite P",
    "citation_recall": "cite R",
    "declined_rightly": "d.right",
    "declined_wrongly": "d.wrong",
}
LEGEND = "d.right: unanswerable questions declined; d.wrong: answerable ones declined; the rest is of answerable ones"


def faults(row: Row) -> list[str]:
    """What went wrong with a question, the gravest first; nothing when all its evidence was cited and nothing else."""
    if row.error is not None:
        return [f"error: {row.error}"]
    if row.unanswerable:
        return [] if row.declined else ["answered, though the archive does not hold it"]
    found = []
    if row.scores.get("recall@10") == 0:
        found.append("no gold among the ten first passages")
    if not row.asked:
        return found
    if row.declined:
        return ["declined, though the archive answers it", *found]
    if row.scores["hit@3"] == 0:
        found.append("no gold among the three first citations")
    elif row.scores["hit@1"] == 0:
        found.append("the first citation is not gold")
    if missed := round((1 - row.scores["citation_recall"]) * len(row.gold)):
        found.append(f"{missed} of {len(row.gold)} gold runs not cited")
    if beside := round((1 - row.scores["citation_precision"]) * len(row.evidence)):
        found.append(f"{beside} of {len(row.evidence)} citations beside the gold")
    return found


def is_grave(row: Row) -> bool:
    """Whether a reader would say that the question was got wrong: an error, a wrong decline or answer, no evidence."""
    if not row.asked:
        return row.error is not None
    wrong = row.unanswerable or row.declined or row.scores["hit@3"] == 0
    return row.error is not None or (wrong and bool(faults(row)))


def to_json(report: Report) -> str:
    """The report as one JSON object; `read_report` gives an equal one back."""
    summary = {
        heading: {group.name: _summary(group) for group in groups} for heading, groups in report.groups().items()
    }
    content = {"version": VERSION, "summary": summary, "rows": [asdict(row) for row in report.rows]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _summary(group: Group) -> dict[str, object]:
    return {
        "questions": group.rows,
        "errors": group.errors,
        "seconds": {"p50": group.p50, "p95": group.p95},
        "metrics": {metric: {"mean": group.means[metric], "of": group.counts[metric]} for metric in group.means},
    }


def read_report(path: Path) -> Report:
    """A report that `to_json` wrote.

    Raises:
        QuestionSetError: The file cannot be read, or is not a report of this version.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content, dict) and content.get("version", VERSION) != VERSION:
            raise QuestionSetError(f"'{path}' is a report of another version than {VERSION}; make it anew with --json")
        return TypeAdapter(Report).validate_python(content)
    except OSError as error:
        raise QuestionSetError(f"cannot read report '{path}': {error.strerror}") from error
    except ValueError as error:  # not UTF-8, not JSON, or not a report
        raise QuestionSetError(f"'{path}' is no evaluation report; make one with --json") from error


def to_table(report: Report) -> str:
    """The figures as aligned plain text, and a line for each question that was got wrong."""
    header = ["", "questions", *COLUMNS.values(), "p50 ms", "p95 ms"]
    blocks = [
        [[group.name if heading == "all" else f"{heading} {group.name}", *_cells(group)] for group in groups]
        for heading, groups in report.groups().items()
        if groups
    ]
    lines = _aligned([[header], *blocks])
    lines += ["", LEGEND]
    wrong = [f"{_name(row)}  — {'; '.join(faults(row))}" for row in report.rows if is_grave(row)]
    if wrong:
        lines += ["", f"{len(wrong)} of {len(report.rows)} questions were got wrong:", *wrong]
    return "\n".join(lines) + "\n"


def _name(row: Row) -> str:
    return f"{row.set} {row.id}  {row.question}"


def _cells(group: Group) -> list[str]:
    figures = [
        _count(group, metric)
        if metric.startswith("declined")
        else f"{group.means[metric]:.3f}"
        if metric in group.means
        else "-"
        for metric in COLUMNS
    ]
    return [str(group.rows), *figures, f"{group.p50 * 1000:.0f}", f"{group.p95 * 1000:.0f}"]


def _count(group: Group, metric: str) -> str:
    """A share as its two whole numbers, "16/17", since the figures that must hold are given so."""
    of = group.counts.get(metric, 0)
    return f"{round(group.means[metric] * of)}/{of}" if of else "-"


def _aligned(blocks: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """Rows of cells as lines: the first column to the left, the others to the right, a blank line between blocks."""
    rows = [row for block in blocks for row in block]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines: list[str] = []
    for block in blocks:
        lines += [
            "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
            for row in block
        ] + [""]
    return lines[:-1]


def comparison_table(comparison: Comparison) -> str:
    """Each measure before and after, regressions marked, and a line for each question that changed."""
    metrics = [["measure", "questions", "before", "after", "better by", "± error", ""]]
    metrics += [
        [COLUMNS.get(c.metric, c.metric), str(c.questions), f"{c.before:.3f}", f"{c.after:.3f}", f"{c.difference:+.3f}"]
        + [f"{c.error:.3f}", "REGRESSION" if c.regression else ""]
        for c in comparison.metrics
    ]
    lines = [line.rstrip() for line in _aligned([metrics])]
    if comparison.uncompared:
        lines.append(f"{comparison.uncompared} of {comparison.questions} questions are not in the baseline")
    lines += [f"worse  {_name(c.row)}  — {_changes(c.worse)}" for c in comparison.rows if c.worse]
    lines += [f"better  {_name(c.row)}  — {_changes(c.better)}" for c in comparison.rows if c.better]
    return "\n".join(lines) + "\n"


def _changes(changed: dict[str, tuple[float, float]]) -> str:
    return ", ".join(
        f"{COLUMNS.get(metric, metric)} {before:.2f} → {after:.2f}" for metric, (before, after) in changed.items()
    )
