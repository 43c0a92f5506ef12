"""What a check of an archive has shown -> JSON, text: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.verify import Problem, Verdict

_STATES = {
    "missing": "{}: not made yet; the next question makes it",
    "behind": "{}: behind the archive; the next question brings it up to date",
}


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Return a check as JSON: the articles that can be read, how each index stands, and what is wrong."""
    return {
        "articles": verdict.articles,
        "indexes": {name: state.value for name, state in verdict.states.items()},
        "problems": [problem._asdict() for problem in verdict.problems],
    }


def verdict_text(verdict: Verdict) -> str:
    """Return a check as lines: one a problem, one an index that the next question changes, and the count."""
    lines = [_line(problem) for problem in verdict.problems]
    lines += [_STATES[state].format(name) for name, state in verdict.states.items() if state in _STATES]
    end = "nothing wrong" if not verdict.problems else "mended" if verdict.is_right else "not all is right"
    return "\n".join([*lines, f"{verdict.articles} articles, {end}"])


def _line(problem: Problem) -> str:
    if problem.part == "archive":
        return f"archive: {problem.what}"
    todo = "made anew" if problem.mended else "mend it with `isnad archive verify --mend`"
    return f"{problem.part}: {problem.what}; {todo}"
