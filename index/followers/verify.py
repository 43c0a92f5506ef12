"""An archive and its indexes checked: the truth against itself, and every index against the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from index.errors import ArchiveDamagedError
from index.followers.index_folder import Findings, State
from index.types import Archive

TRUTH = "archive"


class Follower(Protocol):
    """An index that follows an archive and can be made anew from it."""

    def catch_up(self, archive: Archive) -> object:
        """Take in what changed in the archive, and save."""
        ...

    def verify(self, archive: Archive) -> Findings:
        """Check what is saved against the archive."""
        ...

    def discard(self) -> None:
        """Delete what is saved."""
        ...


class Problem(NamedTuple):
    """Something wrong in one part: the archive's own file, or an index by its name."""

    part: str
    what: str
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check has shown; no problem means that nothing is wrong."""

    articles: int
    states: dict[str, State]
    problems: tuple[Problem, ...]

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong, or all that was is mended."""
        return all(problem.mended for problem in self.problems)


def verify(archive: Archive, followers: Mapping[str, Follower]) -> Verdict:
    """Check an archive and its indexes, by name; others may write meanwhile. Raises ArchiveLockedError."""
    problems = [Problem(TRUTH, what) for what in archive.verify()]
    articles = sum(row.article is not None for row in archive.rows()) if problems else archive.count_articles()
    states = {}
    for name, follower in followers.items():
        findings = _findings(follower, archive)
        states[name] = findings.state
        problems += [Problem(name, what) for what in findings.problems]
    return Verdict(articles, states, tuple(problems))


def mend(archive: Archive, followers: Mapping[str, Follower], verdict: Verdict) -> Verdict:
    """Make the indexes anew in which something was wrong; a damaged archive is no truth to make them from."""
    problems, states = list(verdict.problems), dict(verdict.states)
    if any(problem.part == TRUTH for problem in problems):
        return verdict
    for name in {problem.part for problem in problems}:
        followers[name].discard()
        followers[name].catch_up(archive)
        states[name], wrong = followers[name].verify(archive)
        if not wrong:
            problems = [problem._replace(mended=problem.mended or problem.part == name) for problem in problems]
    return Verdict(verdict.articles, states, tuple(problems))


def _findings(follower: Follower, archive: Archive) -> Findings:
    try:
        return follower.verify(archive)
    except ArchiveDamagedError:
        return Findings(State.DAMAGED, ("it cannot be held against the damaged archive",))
