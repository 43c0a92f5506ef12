"""What changed since an earlier report, as a part of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from eval.baseline import Comparison, MetricChange, Verdict
from eval.page.words import say
from eval.scored import Scored


def _asked(row: Scored) -> str:
    return f'<p class="asked" dir="auto">{escape(row.text)}</p>'


def draw_comparison(comparison: Comparison, asked: Callable[[Scored], str] = _asked) -> str:
    """Return the measures that moved, each with what its difference is, and the questions that got worse or better.

    `asked` writes one of them.
    """
    return "".join(_changes(comparison, asked))


def _changes(comparison: Comparison, asked: Callable[[Scored], str]) -> Iterable[str]:
    several = len({change.set for change in comparison.metrics}) > 1
    head = "".join(
        f'<th scope="col">{say(key)}</th>'
        for key in ("questions", "before", "after", "better by", "chance", "what it is")
    )
    moved = [change for change in comparison.metrics if change.verdict is not Verdict.SAME]
    body = "".join(_change(change, several=several) for change in moved)
    yield (
        f'<div class="scroll" tabindex="0"><table class="table"><thead><tr><th scope="col">{say("measure")}</th>{head}'
        f"</tr></thead><tbody>{body}</tbody></table></div>"
    )
    for label in ("worse", "better"):
        scores = [(one.row, one.worse if label == "worse" else one.better) for one in comparison.rows]
        changed = [(asked(row), moved_by) for row, moved_by in scores if moved_by]
        if changed:
            yield (
                f'<details class="changes"><summary><span class="{label}">{say(label)}</span> '
                f"<bdi>{len(changed)}</bdi></summary>{''.join(_moved(*one) for one in changed)}</details>"
            )


def _moved(asked: str, changed: dict[str, tuple[float, float]]) -> str:
    measures = ", ".join(f"{metric} {old:.2f} → {new:.2f}" for metric, (old, new) in changed.items())
    return f'{asked}<p class="place" dir="ltr">{escape(measures)}</p>'


def _change(change: MetricChange, *, several: bool) -> str:
    name = f"<bdi>{say(change.set)}</bdi> {say(change.metric)}" if several else say(change.metric)
    return (
        f'<tr><th scope="row">{name}</th><td>{change.questions}</td><td>{change.before:.3f}</td>'
        f"<td>{change.after:.3f}</td><td><bdi>{change.difference:+.3f}</bdi></td><td>{change.chance:.3f}</td>"
        f'<td class="{change.verdict}">{say(change.verdict)}</td></tr>'
    )
