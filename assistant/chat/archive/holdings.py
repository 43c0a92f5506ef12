"""What an archive holds, and what became of uploaded files, as HTML. Pure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from assistant.chat.archive.messages import ARCHIVE_MESSAGES
from assistant.chat.interface import isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.holdings.intake import Taking
    from index.types import Language

SHOWN = 100
"""Files of one kind that a report names."""


def facts_html(facts: dict[str, Any], language: Language) -> str:
    """The facts of `isnad archive stats --json`."""
    words = ARCHIVE_MESSAGES[language]
    counts = " · ".join(
        f"{escape(words.languages.get(name, name))} <bdi>{count:,}</bdi>" for name, count in facts["languages"].items()
    )
    shown = {
        "articles": f"<bdi>{facts['articles']:,}</bdi>" + (f" ({counts})" if counts else ""),
        "passages": f"<bdi>{facts['passages']:,}</bdi>",
        "encoder": f"<bdi>{escape(facts['encoder'])} · {facts['dimensions']:,}</bdi>",
        "size": f"<bdi>{facts['bytes'] / 1e6:,.1f} MB</bdi>",
    }
    if facts["published_from"]:
        shown["period"] = isolated(words.period, first=facts["published_from"], last=facts["published_to"])
    if facts["copies"]:
        shown["copies"] = isolated(
            words.copies, copies=f"{facts['copies']:,}", stories=f"{facts['stories_in_copies']:,}"
        )
    if (vectors := facts["vectors"]) and vectors["lists"]:
        recall = f"{vectors['recall']:.1%}"
        shown["vectors"] = isolated(words.vectors, read=vectors["read"], lists=vectors["lists"], recall=recall)
    rows = (f"<dt>{escape(name)}</dt><dd>{shown[fact]}</dd>" for fact, name in words.facts.items() if fact in shown)
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
    copies = [isolated(words.duplicate, path=one["path"], other=one["of"]) for one in report["duplicates"]]
    near = [isolated(words.near_copy, path=one["path"], other=one["of"]) for one in report["near_duplicates"]]
    rejected = [escape(one["reason"]) for one in report["rejected"]]
    encodings = [isolated(words.encoding, **one) for one in report["encodings"]]
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
    """The lines of one kind, as HTML, to be unfolded; only what was rejected stands open."""
    if not lines:
        return ""
    more = len(lines) - SHOWN
    shown = [f'<li dir="auto">{line}</li>' for line in lines[:SHOWN]]
    if more > 0:
        shown.append(f"<li>{escape(ARCHIVE_MESSAGES[language].more.format(count=more))}</li>")
    opened = " open" if kind == "rejected" else ""
    return (
        f'<details class="{kind}"{opened}><summary>{escape(heading)} (<bdi>{len(lines):,}</bdi>)</summary>'
        f"<ul>{''.join(shown)}</ul></details>"
    )
