"""A report, and what changed since a baseline, as tables for the terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from eval.baseline import Comparison, MetricChange, Verdict
from eval.metrics import mean
from eval.outcome import SAID, Outcome, outcome
from eval.run import METRICS, Group, Report
from eval.scored import Scored
from eval.selective import calibration_bins, expected_calibration_error, risk_coverage, sure_answers
from eval.significance import bootstrap_interval

COLUMNS = {
    "recall@1": "R@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "mrr": "MRR",
    "hit@1": "hit@1",
    "hit@3": "hit@3",
    "citation_precision": "cite P",
    "citation_recall": "cite R",
    "alce_recall": "ALCE R",
    "alce_precision": "ALCE P",
    "f1_folded": "F1",
    "declined_rightly": "d.right",
    "declined_wrongly": "d.wrong",
}
"""The measures that are shown group by group; the others are shown of all questions alone."""

LEGEND = "d.right: unanswerable questions declined; d.wrong: answerable ones declined; the rest is of answerable ones"


def to_table(report: Report) -> str:
    """The figures as aligned plain text, and a line for each question that was got wrong."""
    lines = [f"system {report.system}" + (f", commit {report.commit}" if report.commit else "")]
    lines += [f"set {name}, sha256 {digest[:12]}" for name, digest in report.sets.items()]
    if report.rows:
        groups = report.groups()
        lines += ["", *_whole(groups["all"][0]), *_judgement(report), "", *_by_group(groups), "", *_outcomes(report)]
    if report.labelled:
        lines += ["", *_labelled(report.labelled)]
    return "\n".join(lines) + "\n"


def _whole(group: Group) -> list[str]:
    table = [["measure", "mean", "95 % interval", "questions"]]
    for metric in (metric for metric in METRICS if metric in group.means):
        table.append(_measured(metric, group.means[metric], group.intervals[metric], group.counts[metric]))
    return _aligned([table])


def _judgement(report: Report) -> list[str]:
    """How well the confidence of answers tells right from wrong, and how far two judges of support agree."""
    lines = []
    sure = sure_answers(report.rows)
    area = risk_coverage(*sure, sum(row.asked for row in report.rows)).area
    if area is not None:
        error = expected_calibration_error(calibration_bins(*sure))
        lines.append(f"area under the risk–coverage curve {area:.3f}, expected calibration error {error:.3f}")
    if agreed := report.agreement:
        kappa = "" if agreed.kappa is None else f" (kappa {agreed.kappa:.3f})"
        lines.append(f"verifier and NLI agree on {agreed.share:.3f} of {agreed.sentences} sentences{kappa}")
    return ["", *lines] if lines else []


def _measured(name: str, share: float, interval: tuple[float, float], of: int) -> list[str]:
    return [name, f"{share:.3f}", f"{interval[0]:.3f}–{interval[1]:.3f}", str(of)]


def _by_group(groups: dict[str, list[Group]]) -> list[str]:
    columns = [metric for metric in COLUMNS if metric in groups["all"][0].means]
    header = ["", "questions", *(COLUMNS[metric] for metric in columns), "p50 ms", "p95 ms"]
    blocks = [
        [[group.name if heading == "all" else f"{heading} {group.name}", *_cells(group, columns)] for group in some]
        for heading, some in groups.items()
        if some
    ]
    return [*_aligned([[header], *blocks]), "", LEGEND]


def _cells(group: Group, columns: Sequence[str]) -> list[str]:
    figures = [
        _count(group, metric)
        if metric.startswith("declined")
        else f"{group.means[metric]:.3f}"
        if metric in group.means
        else "-"
        for metric in columns
    ]
    return [str(group.rows), *figures, f"{group.p50 * 1000:.0f}", f"{group.p95 * 1000:.0f}"]


def _count(group: Group, metric: str) -> str:
    """A share as its two whole numbers, "16/17", since the figures that must hold are given so."""
    of = group.counts.get(metric, 0)
    return f"{round(group.means[metric] * of)}/{of}" if of else "-"


def _outcomes(report: Report) -> list[str]:
    """How many questions ended in what, and those that were got wrong by name, the gravest first."""
    ended = [(outcome(row), row) for row in report.rows]
    counts = Counter(found for found, _ in ended)
    lines = _aligned([[[str(SAID[found]), str(counts[found])] for found in Outcome if counts[found]]])
    lines.append("")
    for found, row in sorted(ended, key=lambda pair: list(Outcome).index(pair[0])):
        if found is not Outcome.RIGHT:
            said = f"error: {row.error}" if row.error is not None else "; ".join((SAID[found], *row.notes))
            lines.append(f"{row.set} {row.id}  {row.question}  — {said}")
    return lines if lines[-1] else lines[:-1]


def _labelled(labelled: Sequence[Scored]) -> list[str]:
    table = [["labelled set", "mean", "95 % interval", "things"]]
    for (name, metric), values in figures_of(labelled).items():
        table.append(_measured(f"{name} {metric}", mean(values), bootstrap_interval(values), len(values)))
    return _aligned([table])


def figures_of(labelled: Iterable[Scored]) -> dict[tuple[str, str], list[float]]:
    """Return the scores of labelled things by their set and measure."""
    values: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for one in labelled:
        for metric, score in one.scores.items():
            values[one.set, metric].append(score)
    return dict(values)


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
    """Each measure that moved, before and after, with what the difference is, and each question that changed."""
    moved = [change for change in comparison.metrics if change.verdict is not Verdict.SAME]
    lines = (
        ["no measure differs from the baseline"]
        if not moved
        else _aligned([_moved(moved, several=len({change.set for change in comparison.metrics}) > 1)])
    )
    lines = [line.rstrip() for line in lines]
    if comparison.uncompared:
        lines.append(f"{comparison.uncompared} of {comparison.questions} questions are not in the baseline")
    for label in ("worse", "better"):
        for change in comparison.rows:
            if changed := change.worse if label == "worse" else change.better:
                row = change.row
                lines.append(f"{label}  {row.set} {row.id}  {' '.join(row.text.split())}  — {_changes(changed)}")
    return "\n".join(lines) + "\n"


def _moved(changes: Iterable[MetricChange], *, several: bool) -> list[list[str]]:
    table = [["measure", "questions", "before", "after", "better by", "p", ""]]
    for change in changes:
        name = f"{change.set} {change.metric}" if several else change.metric
        verdict = change.verdict.upper() if change.verdict is Verdict.REGRESSION else change.verdict.value
        table.append(
            [name, str(change.questions), f"{change.before:.3f}", f"{change.after:.3f}", f"{change.difference:+.3f}"]
            + [f"{change.chance:.3f}", verdict]
        )
    return table


def _changes(changed: dict[str, tuple[float, float]]) -> str:
    return ", ".join(f"{metric} {before:.2f} → {after:.2f}" for metric, (before, after) in changed.items())
