"""Who said what: reported speech in Arabic and English articles, with its speaker and its exact run. Pure.

A statement is found by its reporting verb, in the grammar of the article's language, or by a short name and a colon.
A verb inside quotation marks reports nothing: the words are the quoted speaker's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import statements_ar, statements_en
from assistant.gazetteer import is_entity
from assistant.lexicon import ROLES_AR, ROLES_EN
from assistant.mentions import Speakers
from assistant.reporting import ATTRIBUTION_AR, BOUNDARY_AR, BOUNDARY_EN, SAID_IT_AR, SAY_AR, SAY_EN
from assistant.reports import COLON, Report, WordRun
from index.chunk import body_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Article, Language

LONGEST_HEADING = 4
"""Words before the colon of «الكرملين: ...»."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Reported speech in one sentence of an article; all offsets are code points into the article's text.

    `speaker` is the fullest form in which the article names who speaks, wherever it does; `mentions` holds every form,
    in the order of first use. ``[start, end)`` is the run that belongs to the statement, the speaker and the verb
    included; it lies in `sentence`.
    """

    sentence: tuple[int, int]
    start: int
    end: int
    speaker: str
    mentions: tuple[str, ...]


def find_statements(article: Article) -> tuple[Statement, ...]:
    """Return the statements of an article in reading order."""
    speakers = Speakers()
    found: list[tuple[tuple[int, int], int, int, int]] = []
    previous: int | None = None
    for sentence in body_sentences(article):
        start, end = sentence
        run = WordRun.of(article.text[start:end])
        reports = _find_reports(run, article.language, opens=not found)
        for report, left, right in _scopes(run, reports):
            if report.named:
                speaker = speakers.add(_speaker_name(run, report, article.language))
            elif previous is None or report.nested:
                continue
            else:
                speaker = previous
            if not report.nested:
                previous = speaker
            found.append((sentence, start + left, start + right, speaker))
    statements = []
    for sentence, left, right, speaker in found:
        mentions = speakers.mentions(speaker)
        statements.append(Statement(sentence, left, right, max(mentions, key=len), mentions))
    return tuple(statements)


def _speaker_name(run: WordRun, report: Report, language: Language) -> str:
    if language == "ar":
        return statements_ar.speaker_name(run, report)
    return run.excerpt(report.first, report.last)


def _find_reports(run: WordRun, language: Language, *, opens: bool) -> list[Report]:
    """Return the reports of a sentence in the order of their verbs; `opens` while the article has reported nothing."""
    find = statements_ar.find_report if language == "ar" else statements_en.find_report
    heading = _find_heading(run, language, opens=opens)
    found = [heading] if heading else []
    for number in range(heading.last if heading else 0, len(run.words)):
        report = find(run, number)
        if report and (run.folded[number] in SAID_IT_AR or not run.is_quoted(number)):
            found.append(report)
    return found


def _find_heading(run: WordRun, language: Language, *, opens: bool) -> Report | None:
    """Find "الكرملين: ..." and "Kremlin: ...": a short name, a colon, and what is said.

    Further down in an article, where a colon stands for much else, the name must be an office, a country or a body.
    """
    colon = run.text.find(":")
    if colon < 0 or colon + 1 >= len(run.text.rstrip()) or run.text[colon + 1].isdigit():
        return None
    before = [word.text for word in run.words if word.end <= colon]
    if not 0 < len(before) <= LONGEST_HEADING or run.gaps[0].strip():
        return None
    arabic = language == "ar"
    verbs, boundary, roles = (SAY_AR, BOUNDARY_AR, ROLES_AR) if arabic else (SAY_EN, BOUNDARY_EN, ROLES_EN)
    if any(word in boundary or word in verbs or statements_ar.without_and(word) in verbs for word in before):
        return None
    if not opens and not any(is_entity(word) or word.removeprefix("ال") in roles for word in before):
        return None
    return Report(COLON, 0, len(before), nested=False)


_TRAILING = re.compile(r"[\s،,]*(?:\b(?:and|but))?[\s،,]*$")


def _scopes(run: WordRun, reports: list[Report]) -> Iterator[tuple[Report, int, int]]:
    """Give each report its run ``[left, right)`` of the sentence: to the next report beside it, not below it.

    The first one that is not below another has the sentence from its start; an attribution, which may stand at the end
    of what it reports, has all of it.
    """
    for order, report in enumerate(reports):
        first = not report.nested and all(other.nested for other in reports[:order])
        left = 0 if first else run.words[report.begins].start
        right = len(run.text)
        if report.verb == COLON or run.folded[report.verb] not in ATTRIBUTION_AR:
            beside = next(
                (other for other in reports[order + 1 :] if not other.nested and other.begins >= report.ends), None
            )
            if beside:
                right = run.words[beside.begins].start
        yield report, left, len(_TRAILING.sub("", run.text[:right]))
