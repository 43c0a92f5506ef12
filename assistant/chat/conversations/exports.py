"""A conversation as a file: Markdown, a page that stands alone, JSON, and its sources as RIS and BibTeX. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from assistant.chat.conversations.references import bibtex, references, ris
from assistant.chat.messages import MESSAGES
from assistant.rendering.markdown import inline_markdown, paragraph_markdown
from assistant.rendering.wording import UNDERSTOOD, VERDICTS
from assistant.types import Support
from index.text import detect_language

if TYPE_CHECKING:
    from assistant.chat.conversations.store import Conversation, KeptTurn
    from index.types import Language


class Format(NamedTuple):
    """A kind of file that a conversation is written to."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Conversation], str]


def markdown(conversation: Conversation) -> str:
    """Return the conversation as Markdown: a heading a question, the citations of each answer as a numbered list."""
    blocks = [f"# {inline_markdown(conversation.title)}"]
    for turn in conversation.turns:
        answer, language = _answer(turn), _language(turn)
        blocks += [f"## {inline_markdown(turn.question)}", f"*{_time(turn)}*"]
        if turn.understood:
            blocks.append(f"*{UNDERSTOOD[language]} {inline_markdown(turn.understood)}*")
        blocks += [f"*{inline_markdown(line)}*" for line in turn.stated]
        if answer["declined"]:
            blocks.append(f"**{MESSAGES[language].declined}.** {inline_markdown(answer['reason'] or '')}")
        for sentence in answer["sentences"]:
            text = paragraph_markdown(sentence["text"])
            marks = [f"[{number}]" for number in sentence["citations"]]
            verdict = _verdict(sentence, language)
            blocks.append(
                " ".join([f"~~{text}~~" if _struck(sentence) else text, *marks, *([verdict] * bool(verdict))])
            )
        blocks += [_cited_markdown(one, turn) for one in answer["citations"]]
    return "\n\n".join(blocks) + "\n"


def _cited_markdown(one: dict[str, Any], turn: KeptTurn) -> str:
    facts, address = _facts(one, turn)
    line = " · ".join([*map(inline_markdown, facts), *([f"<{address}>"] if address else [])])
    quote = "\n".join(f"    > {paragraph_markdown(line)}".rstrip() for line in one["quote"].splitlines())
    return f"{one['n']}.  {line}\n\n{quote}"


def page(conversation: Conversation) -> str:
    """Return the conversation as a page in one file, which loads nothing; every paragraph finds its own direction."""
    language = detect_language(conversation.title)
    turns = "".join(_turn_html(number, turn) for number, turn in enumerate(conversation.turns, 1))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{MESSAGES[language].direction}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(conversation.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{escape(conversation.title)}</h1>\n{turns}</body>\n</html>\n'
    )


def _turn_html(number: int, turn: KeptTurn) -> str:
    answer, language = _answer(turn), _language(turn)
    lines = [f'<h2 dir="auto">{escape(turn.question)}</h2>', f'<p class="note"><bdi>{_time(turn)}</bdi></p>']
    if turn.understood:
        lines.append(f'<p class="note">{escape(UNDERSTOOD[language])} <bdi>{escape(turn.understood)}</bdi></p>')
    lines += [f'<p class="note" dir="auto">{escape(line)}</p>' for line in turn.stated]
    if answer["declined"]:
        reason = escape(answer["reason"] or "")
        lines.append(f'<p dir="auto"><strong>{escape(MESSAGES[language].declined)}.</strong> {reason}</p>')
    for sentence in answer["sentences"]:
        tag = "s" if _struck(sentence) else "span"
        marks = "".join(f'<bdi><a href="#c{number}-{n}">[{n}]</a></bdi>' for n in sentence["citations"])
        verdict = f" <small>{escape(said)}</small>" if (said := _verdict(sentence, language)) else ""
        lines.append(f'<p dir="auto"><{tag}>{escape(sentence["text"])}</{tag}> {marks}{verdict}</p>')
    cited = "".join(_cited_html(number, one, turn) for one in answer["citations"])
    if cited:
        lines.append(f"<h3>{escape(MESSAGES[language].sources)}</h3><ol>{cited}</ol>")
    return f'<section lang="{language}" dir="{MESSAGES[language].direction}">\n' + "\n".join(lines) + "\n</section>\n"


def _cited_html(turn_number: int, one: dict[str, Any], turn: KeptTurn) -> str:
    facts, address = _facts(one, turn)
    line = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts)
    link = f' · <a href="{escape(address)}" rel="noreferrer"><bdi>{escape(address)}</bdi></a>' if address else ""
    quote = "".join(f'<p dir="auto">{escape(line)}</p>' for line in one["quote"].splitlines() if line.strip())
    return (
        f'<li id="c{turn_number}-{one["n"]}" value="{one["n"]}"><p class="source">{line}{link}</p>'
        f'<blockquote lang="{one["language"]}">{quote}</blockquote></li>'
    )


def as_json(conversation: Conversation) -> str:
    """Return the conversation as JSON: of each turn the answer as ``isnad ask --json`` prints it."""
    turns = [{**asdict(turn), "asked": _time(turn)} for turn in conversation.turns]
    for turn in turns:
        del turn["html"], turn["id"], turn["filters"]
    return json.dumps({"title": conversation.title, "turns": turns}, ensure_ascii=False, indent=2) + "\n"


FORMATS = {
    "markdown": Format("Markdown", "md", "text/markdown", markdown),
    "html": Format("HTML", "html", "text/html", page),
    "json": Format("JSON", "json", "application/json", as_json),
    "ris": Format("RIS", "ris", "application/x-research-info-systems", lambda one: ris(references(one.turns))),
    "bibtex": Format("BibTeX", "bib", "application/x-bibtex", lambda one: bibtex(references(one.turns))),
}
"""What a conversation can be saved as, by the name in the address."""


def file_name(title: str, ending: str) -> str:
    """Return a name for the file that every system takes: letters and digits of the title, and its ending."""
    words = re.findall(r"\w+", title)
    stem = "-".join(words)[:60].strip("-_") or "conversation"
    return f"isnad-{stem}.{ending}"


def _answer(turn: KeptTurn) -> dict[str, Any]:
    return cast("dict[str, Any]", turn.answer)


def _language(turn: KeptTurn) -> Language:
    return cast("Language", turn.answer["language"])


def _time(turn: KeptTurn) -> str:
    return datetime.fromtimestamp(turn.asked, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _facts(one: dict[str, Any], turn: KeptTurn) -> tuple[list[str], str | None]:
    """What a citation is of, as far as that is known, and the page's address."""
    facts = turn.articles[one["article"]]
    stated = (facts["title"], one["speaker"], facts["source"] or facts["agency"], facts["author"], facts["published"])
    place = f"{one['start']}–{one['end']}"
    address = str(facts["url"] or "")
    return [str(fact) for fact in (*filter(None, stated), facts["path"], place)], address if re.match(
        r"https?://[^\s<>\"]+\Z", address
    ) else None


def _struck(sentence: dict[str, Any]) -> bool:
    return sentence["support"] in (Support.UNSUPPORTED, Support.CONTRADICTED)


def _verdict(sentence: dict[str, Any], language: Language) -> str:
    verdict = VERDICTS[language].get(Support(sentence["support"]))
    return f"({verdict})" if verdict else ""


STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.75 Georgia, "Noto Serif", "Noto Naskh Arabic", serif; margin: 2.5rem auto; max-width: 44rem;
  overflow-wrap: anywhere; padding-inline: 1.2rem; }
[lang="ar"] { line-height: 2; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; } h3 { font-size: 0.9rem; }
section { border-block-start: 1px solid #8888; margin-block-start: 2rem; }
[dir="auto"] { text-align: start; unicode-bidi: plaintext; }
.note, .source, small { font-size: 0.85rem; opacity: 0.8; }
blockquote { border-inline-start: 3px solid #8888; margin: 0.4rem 0 1rem; padding-inline-start: 0.8rem; }
p { margin: 0.5rem 0; }
li:target { background: #8883; }
"""
