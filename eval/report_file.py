"""A report as JSON, and the scores alone as a file to be committed; a later run can be held against either."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from eval.baseline import DIGITS, HEADLINE, Baseline, scores_of
from eval.run import Group, Report
from eval.scored import Scored
from index.errors import QuestionSetError

VERSION = 2
"""The number of the JSON's schema; a report of another number is refused as a baseline."""


Kind = TypeVar("Kind")

_Scores = dict[str, dict[str, tuple[str, dict[str, float]]]]
"""By set and id: a hash of the words, and the scores."""


def to_json(report: Report) -> str:
    """The report as one JSON object; `read_report` gives an equal one back. It tells no day: equal runs, equal files.

    Only the times that answers took differ between two runs of one program.
    """
    headings = report.groups() if report.rows else {}
    summary = {heading: {group.name: _summary(group) for group in groups} for heading, groups in headings.items()}
    content = {"version": VERSION, "summary": summary, **asdict(report)}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _summary(group: Group) -> dict[str, object]:
    return {
        "questions": group.rows,
        "errors": group.errors,
        "seconds": {"p50": group.p50, "p95": group.p95},
        "metrics": {
            metric: {"mean": group.means[metric], "of": group.counts[metric], "interval": group.intervals[metric]}
            for metric in group.means
        },
    }


def to_scores(scored: Iterable[Scored]) -> str:
    """Return the headline scores alone, by set and id with a hash of the words: a line a question, for `read_baseline`.

    It is small, to be committed, and a change of one score is a change of one line.
    """
    sets: dict[str, list[str]] = {}
    for one in scored:
        name, identifier, words = one.key
        kept = {metric: _short(score) for metric, score in one.scores.items() if metric in HEADLINE}
        entry = json.dumps([words, kept], ensure_ascii=False, separators=(",", ":"))
        sets.setdefault(name, []).append(f"{json.dumps(identifier, ensure_ascii=False)}:{entry}")
    parts = (f"{json.dumps(name, ensure_ascii=False)}:{{\n{_lines(entries)}}}" for name, entries in sets.items())
    return f'{{"version":{VERSION},"scored":{{\n{_lines(parts)}}}}}\n'


def _lines(entries: Iterable[str]) -> str:
    return ",\n".join(entries) + "\n"


def _short(score: float) -> float:
    """A score with few digits; a whole one as a whole number."""
    return int(score) if score == int(score) else round(score, DIGITS)


def read_report(path: Path) -> Report:
    """A report that `to_json` wrote.

    Raises:
        QuestionSetError: The file cannot be read, or is not a report of this version.
    """
    return _validated(path, TypeAdapter(Report), _content(path))


def read_baseline(path: Path) -> Baseline:
    """The scores of a report that `to_json` wrote, or of a file that `to_scores` did.

    Raises:
        QuestionSetError: The file cannot be read, or is neither of this version.
    """
    content = _content(path)
    if "scored" not in content:
        return {one.key: one.scores for one in scores_of(_validated(path, TypeAdapter(Report), content))}
    sets = _validated(path, TypeAdapter(_Scores), content["scored"])
    return {
        (name, identifier, words): scores
        for name, known in sets.items()
        for identifier, (words, scores) in known.items()
    }


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise QuestionSetError(f"cannot read report '{path}': {error.strerror}") from error
    except ValueError as error:  # not UTF-8, or not JSON
        raise _no_report(path) from error
    if not isinstance(content, dict) or not isinstance(content.get("version"), int):
        raise _no_report(path)
    if content["version"] != VERSION:
        raise QuestionSetError(f"'{path}' is a report of another version than {VERSION}; make it anew with --json")
    return content


def _validated(path: Path, kind: TypeAdapter[Kind], content: object) -> Kind:
    try:
        return kind.validate_python(content)
    except ValueError as error:
        raise _no_report(path) from error


def _no_report(path: Path) -> QuestionSetError:
    return QuestionSetError(f"'{path}' is no evaluation report; make one with --json")
