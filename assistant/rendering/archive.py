"""What an archive has taken in, what it holds, and what a check of it has shown -> JSON, text: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from index.archive.reader import Statistics
    from index.followers.dense import Quality
    from index.followers.verify import Problem, Verdict
    from index.ingest import IngestReport

Json = dict[str, Any]

LISTED = 10
"""Files of one kind that a report for a terminal names."""

_STATES = {
    "missing": "{}: not made yet; the next question makes it",
    "behind": "{}: behind the archive; the next question brings it up to date",
}


def ingest_json(report: IngestReport, rejects: Path | None = None, near: Sequence[tuple[str, str]] = ()) -> Json:
    """Return what became of everything that was read, and the file that holds what was rejected.

    `near` are paths of near copies, each with that of the article that came first.
    """
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicates": [{"path": path, "of": other} for path, other in report.duplicates],
        "rejected": [{"path": path, "reason": reason} for path, reason in report.rejected],
        "rejects": str(rejects) if rejects else None,
        "encodings": [{"path": path, "encoding": encoding} for path, encoding in report.encodings],
        "unmatched": [{"path": path, "field": field} for path, field in report.unmatched],
        "near_duplicates": [{"path": path, "of": first} for path, first in near],
        "removed": list(report.removed),
    }


def ingest_text(report: IngestReport, rejects: Path | None = None, near: Sequence[tuple[str, str]] = ()) -> str:
    """Return what became of everything that was read, for a terminal, of each kind the first; see `ingest_json`."""
    lines = [
        f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
        f"{len(report.duplicates)} duplicates, {len(report.rejected)} rejected"
        + (f", {len(report.removed)} removed" if report.removed else "")
    ]
    lines += [f"  {_files(paths)} read as {encoding}" for encoding, paths in _grouped(report.encodings).items()]
    lines += [
        f"  no record has the field {field!r} in {_files(paths)}" for field, paths in _grouped(report.unmatched).items()
    ]
    lines += _first(f"  duplicate: {path} has the text of {other}" for path, other in report.duplicates)
    lines += _first(f"  rejected: {reason}" for _, reason in report.rejected)
    lines += _first(f"  removed: {path}" for path in report.removed)
    if rejects and report.rejected:
        lines.append(f"  what was rejected is in {rejects}")
    if near:
        lines.append(f"{len(near)} of them print, nearly word for word, the story of an article that came before")
    return "\n".join(lines)


def _first(lines: Iterable[str]) -> list[str]:
    """Return the first lines of many, and how many more there are."""
    every = list(lines)
    more = len(every) - LISTED
    return every if more <= 0 else [*every[:LISTED], f"  … and {more} more"]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for path, value in pairs:
        groups.setdefault(value, []).append(path)
    return groups


def _files(paths: Sequence[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{len(paths)} files (first: {paths[0]})"


def statistics_json(
    statistics: Statistics, stories: Sequence[Sequence[str]] = (), quality: Quality | None = None
) -> Json:
    """Return what an archive holds; `stories` are those that several articles print, `quality` its vectors' search."""
    return {
        "articles": statistics.articles,
        "passages": statistics.passages,
        "languages": statistics.languages,
        "sources": [{"source": source, "articles": count} for source, count in statistics.sources.items()],
        "published_from": statistics.published_from.isoformat() if statistics.published_from else None,
        "published_to": statistics.published_to.isoformat() if statistics.published_to else None,
        "encoder": statistics.encoder_name,
        "dimensions": statistics.dimensions,
        "generation": statistics.generation,
        "stories_in_copies": len(stories),
        "copies": sum(map(len, stories)),
        "vectors": quality._asdict() if quality else None,
        "bytes": statistics.size,
    }


def statistics_text(
    statistics: Statistics, stories: Sequence[Sequence[str]] = (), quality: Quality | None = None
) -> str:
    """Return what an archive holds, for a terminal; the arguments are those of `statistics_json`."""
    languages = ", ".join(f"{count} {language}" for language, count in statistics.languages.items())
    lines = [
        f"articles   {statistics.articles} ({languages})" if languages else "articles   0",
        f"passages   {statistics.passages}",
        f"encoder    {statistics.encoder_name}, {statistics.dimensions} dimensions",
        f"size       {statistics.size / 1e6:.1f} MB",
    ]
    if quality and quality.lists:
        found = f"recall {quality.recall:.2f} of the 100 nearest to a passage"
        lines.append(f"vectors    {quality.read} of {quality.lists} lists read in a search, {found}")
    if stories:
        lines.append(f"copies     {sum(map(len, stories))} articles print {len(stories)} stories")
    if statistics.published_from:
        lines.append(f"published  {statistics.published_from} to {statistics.published_to}")
    lines += [f"  {source or '(no outlet stated)'}: {count}" for source, count in statistics.sources.items()]
    return "\n".join(lines)


def verdict_json(verdict: Verdict) -> Json:
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
