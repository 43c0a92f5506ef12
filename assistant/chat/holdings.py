"""What an archive holds, and what became of uploaded files, as HTML. Pure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from assistant.chat.archive_messages import ARCHIVE_MESSAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.intake import Taking
    from index.types import Language

SHOWN = 100
"""Files of one kind that a report names."""


def facts_html(facts: dict[str, Any], language: Language) -> str:
    """The facts of `isnad archive stats --json`."""
    words = ARCHIVE_MESSAGES[language]
    languages = ", ".join(f"{words.languages.get(name, name)} {count:,}" for name, count in facts["languages"].items())
    shown = {
        "articles": f"{facts['articles']:,}" + (f" ({languages})" if languages else ""),
        "passages": f"{facts['passages']:,}",
        "period": words.period.format(first=facts["published_from"], last=facts["published_to"])
        if facts["published_from"]
        else "",
        "copies": words.copies.format(copies=facts["copies"], stories=facts["stories_in_copies"])
        if facts["copies"]
        else "",
        "encoder": f"{facts['encoder']} · {facts['dimensions']:,}",
        "vectors": words.vectors.format(**facts["vectors"]) if facts["vectors"] and facts["vectors"]["lists"] else "",
        "size": f"{facts['bytes'] / 1e6:,.1f} MB",
    }
    rows = (
        f"<dt>{escape(words.facts[name])}</dt><dd><bdi>{escape(fact)}</bdi></dd>"
        for name, fact in shown.items()
        if fact
    )
    return f'<dl class="facts" lang="{language}">{"".join(rows)}</dl>'


def taking_html(taking: Taking, language: Language) -> str:
    """How an ingest of uploaded files stands; `data-state` says whether to look again."""
    words = ARCHIVE_MESSAGES[language]
    match taking.state:
        case "working":
            stop = f'<button type="button" class="stop">{escape(words.stop)}</button>'
            inner = f"<progress></progress><p>{escape(words.working.format(done=taking.done))}</p>{stop}"
        case "stopped":
            inner = f"<p>{escape(words.stopped)}</p>"
        case "failed":
            inner = f'<h3>{escape(words.failed)}</h3><p dir="auto">{escape(taking.reason or "")}</p>'
        case "finished":
            inner = _report(taking.report or {}, language)
    return f'<div class="taking {taking.state}" data-state="{taking.state}" lang="{language}">{inner}</div>'


def _report(report: dict[str, Any], language: Language) -> str:
    """What became of the files: counts first, then each kind by name."""
    words = ARCHIVE_MESSAGES[language]
    copies = [words.duplicate.format(path=one["path"], other=one["of"]) for one in report["duplicates"]]
    near = [words.near_copy.format(path=one["path"], other=one["of"]) for one in report["near_duplicates"]]
    rejected = [one["reason"] for one in report["rejected"]]
    encodings = [words.encoding.format(**one) for one in report["encodings"]]
    counts = {
        words.added: report["added"],
        words.updated: report["updated"],
        words.unchanged: report["unchanged"],
        words.duplicates: len(copies),
        words.rejected: len(rejected),
    }
    counted = "".join(f"<div><dt>{escape(name)}</dt><dd>{count:,}</dd></div>" for name, count in counts.items())
    return (
        f'<h3>{escape(words.finished)}</h3><dl class="counts">{counted}</dl>'
        + _named(words.rejected, rejected, language, "rejected")
        + _named(words.duplicates, copies, language)
        + _named(words.near, near, language)
        + _named(words.encodings, encodings, language)
    )


def _named(heading: str, lines: Sequence[str], language: Language, kind: str = "") -> str:
    if not lines:
        return ""
    more = len(lines) - SHOWN
    shown = [f'<li dir="auto">{escape(line)}</li>' for line in lines[:SHOWN]]
    if more > 0:
        shown.append(f"<li>{escape(ARCHIVE_MESSAGES[language].more.format(count=more))}</li>")
    opened = " open" if kind == "rejected" else ""
    return (
        f'<details class="{kind}"{opened}><summary>{escape(heading)} (<bdi>{len(lines):,}</bdi>)</summary>'
        f"<ul>{''.join(shown)}</ul></details>"
    )
