"""One question of the page: what was answered, with the evidence in its context, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from eval.outcome import Outcome, meets, outcome
from eval.page.words import say
from eval.run import Excerpt, Row

RANKS = {found: rank for rank, found in enumerate(Outcome)}
"""The gravest outcome first."""


Chip = Callable[[Excerpt, int], str]
"""Writes the number of a run, from 1; in the chat, as a button that opens the run in its article."""


def _number(run: Excerpt, number: int) -> str:  # noqa: ARG001 - a page by itself opens no article
    return f"<bdi>[{number}]</bdi>"


def _nothing(run: Excerpt, number: int) -> str:  # noqa: ARG001
    return ""


def draw_question(row: Row, order: int, body: str | None = None) -> str:
    """Return a question as a part of the page that opens; closed, it shows what went wrong.

    `order` is its place in the report; `body` what it opens to, `draw_body` unless it is given.
    """
    found = outcome(row)
    data = {
        "outcome": found.value,
        "rank": RANKS[found],
        "order": order,
        "set": row.set,
        "kind": row.kind or "",
        "direction": row.direction or "",
        "seconds": f"{row.seconds:.4f}",
    }
    if row.confidence is not None:
        data["confidence"] = f"{row.confidence:.4f}"
    attributes = "".join(f' data-{name}="{escape(str(value))}"' for name, value in data.items())
    about = [f"<bdi>{escape(row.direction)}</bdi>" if row.direction else say("unanswerable")]
    about += [say(f"kind {row.kind}")] if row.kind else []
    about += [f"<bdi>{escape(part)}</bdi>" for part in (row.set, row.id, *row.tags, f"{row.seconds * 1000:.0f} ms")]
    about += [say("confidence", f"{row.confidence:.2f}")] if row.confidence is not None else []
    return (
        f'<details class="question" style="--colour: var(--{found.value})"{attributes}><summary>'
        f'<p class="asked" dir="auto">{escape(row.question)}</p>'
        f'<span class="badge">{say(f"outcome {found.value}")}</span><span class="about">{" · ".join(about)}</span>'
        f'</summary><div class="body">{draw_body(row) if body is None else body}</div></details>'
    )


def draw_body(row: Row, cited: Chip = _number, gold: Chip = _nothing) -> str:
    """Return what was answered, with the evidence in its context; `cited` and `gold` write the numbers of runs."""
    return "".join(_body(row, cited, gold))


def _body(row: Row, cited: Chip, gold: Chip) -> Iterable[str]:
    yield from _texts("asked before", row.history)
    yield from _texts("error text", [row.error] if row.error else [])
    yield from _texts("declined", [row.reason] if row.reason else [])
    if row.answer:
        yield f"<h3>{say('answer')}</h3>"
        yield from (_sentence(row, number, cited) for number in range(len(row.answer)))
    yield from _texts("notes", row.notes)
    yield from _texts("references", row.answers)
    if row.evidence:
        yield f"<h3>{say('cited')}</h3>"
        for number, run in enumerate(row.evidence, start=1):
            side = "meets" if meets(run, row.gold) else "beside"
            yield _run(run, side, cited(run, number), say(side))
    if row.gold:
        yield f"<h3>{say('gold')}</h3>"
        for number, run in enumerate(row.gold, start=1):
            found = _rank(row.retrieved[number - 1]) if row.retrieved else ""
            yield _run(run, "meets" if meets(run, row.evidence) else "missed", gold(run, number), found)
    figures = "".join(f"<span>{escape(metric)} {score:.2f}</span>" for metric, score in row.scores.items())
    yield f'<p class="scores">{figures}</p>'


def _rank(rank: int | None) -> str:
    return say("unranked") if rank is None else say("rank", rank)


def _sentence(row: Row, number: int, cited: Chip) -> str:
    """A sentence with the numbers of its citations and, where it is not held up by them, the verdict."""
    numbers = "".join(cited(row.evidence[place], place + 1) for place in (row.cited[number] if row.cited else ()))
    verdicts = row.judged.get("verifier", ())
    support = row.support[number] if row.support else "supported"
    if verdicts and not verdicts[number] and support == "supported":
        support = "unsupported"
    tag = "" if support == "supported" else f'<span class="tag bad">{say(support)}</span>'
    return f'<p class="text" dir="auto">{escape(row.answer[number])} {numbers}{tag}</p>'


def _texts(title: str, texts: Sequence[str]) -> Iterable[str]:
    if texts:
        yield f"<h3>{say(title)}</h3>"
        yield from (f'<p class="text" dir="auto">{escape(text)}</p>' for text in texts)


def _run(run: Excerpt, side: str, *labels: str) -> str:
    """A run within the text around it, marked, and where it stands."""
    known = "".join(f"<span>{label}</span>" for label in labels if label)
    place = f"<bdi>{escape(run.path)}</bdi><bdi>{run.start}–{run.end}</bdi>"
    return (
        f'<div class="run {side}"><p class="text" dir="auto">{escape(run.before)}<mark>{escape(run.text)}</mark>'
        f'{escape(run.after)}</p><p class="place">{known}{place}</p></div>'
    )
