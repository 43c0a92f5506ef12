"""Verdicts on quotations and texts to JSON objects and terminal text. Pure."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from assistant.rendering.answers import ISOLATE, POP, shortened, source_line
from assistant.types import Support
from assistant.verification.quotations import Existence, differences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.rendering.answers import Json
    from assistant.types import Citation
    from assistant.verification.audit import Audit, Finding, Quoted
    from assistant.verification.quotations import Difference, Place

_MARKS = {Support.SUPPORTED: "✓", Support.PARTIAL: "~", Support.UNSUPPORTED: "✗", Support.CONTRADICTED: "✗"}
_SHOWN = 6
"""Differences of one place that are written out."""


def places_json(quotation: str, places: Sequence[Place]) -> Json:
    """Return the verdict on a quotation and every place where it stands."""
    return {
        "quote": quotation,
        "exists": places[0].existence.value if places else "absent",
        "places": [_place_json(quotation, place) for place in places],
    }


def _place_json(quotation: str, place: Place) -> Json:
    return _run_json(place) | {
        "exists": place.existence.value,
        "differences": [
            {"given": difference.given, "found": difference.found, "start": difference.start}
            for difference in _differences(quotation, place)
        ],
    }


def _run_json(run: Place | Citation) -> Json:
    article = run.article
    return {
        "article": article.id,
        "path": article.path,
        "title": article.title,
        "start": run.start,
        "end": run.end,
        "quote": run.quote,
    }


def _differences(quotation: str, place: Place) -> list[Difference]:
    return differences(quotation, place) if place.existence is Existence.FOLDED else []


def places_text(quotation: str, places: Sequence[Place]) -> str:
    """Return the verdict on a quotation for a terminal, every place where it stands, and what differs there."""
    if not places:
        return "absent: no article holds these words"
    existence = places[0].existence
    difference = ", but for letter forms, marks or spacing" if existence is Existence.FOLDED else ""
    lines = [f"{existence.value}: found in {len(places)} {'place' if len(places) == 1 else 'places'}{difference}"]
    for place in places:
        lines.append(f"  {source_line(place.article)} · {place.start}–{place.end} · {place.existence.value}")
        lines.append(f"    {shortened(place.quote)}")
        lines += _difference_lines(quotation, place)
    return "\n".join(lines)


def _difference_lines(quotation: str, place: Place) -> list[str]:
    found = _differences(quotation, place)
    lines = [f"    at {one.start}: {_named(one.given)}, the article has {_named(one.found)}" for one in found[:_SHOWN]]
    return [*lines, f"    and {len(found) - _SHOWN} more differences"] if len(found) > _SHOWN else lines


def _named(characters: str) -> str:
    if not characters:
        return "nothing"
    named = named_characters(characters)
    return f"{ISOLATE}'{characters}'{POP}" if named == characters else named


def named_characters(characters: str) -> str:
    """Return characters for reading: as they are where they can be seen, else by their names."""
    if characters.isspace() or any(unicodedata.category(character) in ("Cf", "Cc") for character in characters):
        return " + ".join(unicodedata.name(character, f"U+{ord(character):04X}").lower() for character in characters)
    return characters


def audit_json(audit: Audit) -> Json:
    """Return the verdicts on a text."""
    return {
        "passes": audit.passes,
        "supported": audit.count(Support.SUPPORTED),
        "total": len(audit.findings),
        "sentences": [finding_json(finding) for finding in audit.findings],
    }


def finding_json(finding: Finding) -> Json:
    """Return the verdict on a sentence."""
    return {
        "text": finding.claim.text,
        "line": finding.claim.line,
        "support": finding.support.value,
        "passes": finding.passes,
        "evidence": [_run_json(citation) for citation in finding.evidence],
        "lacks": [{"kind": kind.value, "text": finding.claim.text[start:end]} for kind, start, end in finding.lacks],
        "quotations": [
            _place_json(quoted.text, quoted.place) if quoted.place else {"quote": quoted.text, "exists": "absent"}
            for quoted in finding.quotations
        ],
    }


def audit_text(audit: Audit) -> str:
    """Return the verdicts on a text for a terminal, and the count of them."""
    lines: list[str] = []
    for finding in audit.findings:
        lines.append(f"{_MARKS[finding.support]} {finding.support.value}: {shortened(finding.claim.text, 300)}")
        lines += [_quoted_line(quoted) for quoted in finding.quotations]
        for citation in finding.evidence:
            lines.append(f"    {source_line(citation.article)} · {citation.start}–{citation.end}")
            lines.append(f"      {shortened(citation.quote)}")
        lines.append("")
    return "\n".join([*lines, summary(audit)])


def finding_markdown(finding: Finding) -> str:
    """Return the verdict on a sentence as an item of a Markdown list, its evidence quoted below it."""
    lines = [f"- {_MARKS[finding.support]} **{finding.support.value}**: {_on_one_line(finding.claim.text)}"]
    for citation in finding.evidence:
        lines += [f"  > {_on_one_line(citation.quote)}", f"  > — {_source(citation)}", ""]
    lines += [f"  - {_quoted_line(quoted).strip()}" for quoted in finding.quotations]
    return "\n".join(lines).rstrip() + "\n"


def places_markdown(quotation: str, places: Sequence[Place]) -> str:
    """Return the verdict on a quotation as Markdown, every place where it stands quoted."""
    existence = places[0].existence.value if places else "absent"
    lines = [f"**{existence}**: “{_on_one_line(quotation)}”", ""]
    for place in places:
        lines += [f"> {_on_one_line(place.quote)}", f"> — {_source(place)} · {place.existence.value}", ""]
    return "\n".join(lines)


def _source(run: Place | Citation) -> str:
    return f"{source_line(run.article)} · {run.start}–{run.end}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def summary(audit: Audit) -> str:
    """Return in one line how many sentences are supported, and how many quotations stand in the archive."""
    total = len(audit.findings)
    line = f"{audit.count(Support.SUPPORTED)} of {total} {'sentence' if total == 1 else 'sentences'} supported"
    quotations = [quoted for finding in audit.findings for quoted in finding.quotations]
    if quotations:
        found = sum(quoted.place is not None for quoted in quotations)
        line += f", {found} of {len(quotations)} {'quotation' if len(quotations) == 1 else 'quotations'} found"
    return line


def _quoted_line(quoted: Quoted) -> str:
    existence = quoted.place.existence if quoted.place else Existence.ABSENT
    return f"    {existence.value}: {ISOLATE}“{shortened(quoted.text)}”{POP}"
