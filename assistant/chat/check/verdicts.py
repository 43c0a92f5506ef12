"""Verdicts on a text or a quotation as HTML, each with its evidence beside it. Pure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from assistant.chat.reader.article import Run, RunKind, article_label, chip_html
from assistant.rendering.check import named_characters
from assistant.types import Support
from assistant.verification.quotations import Existence, differences
from assistant.verification.reasons import LackKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.types import Citation
    from assistant.verification.audit import Finding, Quoted
    from assistant.verification.quotations import Difference, Place
    from index.types import Article, Hit, Language

SIGNS = {Support.SUPPORTED: "✓", Support.PARTIAL: "≈", Support.UNSUPPORTED: "?", Support.CONTRADICTED: "✗"}
FOUND_SIGNS = {Existence.VERBATIM: "✓", Existence.FOLDED: "≈", Existence.ABSENT: "✗"}

_ALEFS = ("ا", "أ", "إ", "آ", "ٱ")

MOST_PLACES = 50
"""Places of a quotation that are shown; what stands in more of them is counted."""


class Words(NamedTuple):
    """What the page for checking says in one language; a field in braces is filled in with `str.format`."""

    support: dict[Support, str]
    existence: dict[Existence, str]
    lacks: dict[LackKind, str]
    lacking: str
    no_evidence: str
    differs: str
    given: str
    found: str
    nothing: str
    places: str
    more: str
    absent: str
    nearest: str


WORDS: dict[Language, Words] = {
    "en": Words(
        support={
            Support.SUPPORTED: "supported",
            Support.PARTIAL: "partly supported",
            Support.UNSUPPORTED: "unsupported",
            Support.CONTRADICTED: "contradicted",
        },
        existence={
            Existence.VERBATIM: "verbatim",
            Existence.FOLDED: "but for spelling",
            Existence.ABSENT: "not in the archive",
        },
        lacks={
            LackKind.NUMBER: "the number {}",
            LackKind.DATE: "the date {}",
            LackKind.NAME: "the name {}",
            LackKind.SPEAKER: "that {} says so",
            LackKind.NEGATION: "One of the two denies what the other says.",
        },
        lacking="Not in the evidence:",
        no_evidence="Nothing in the archive comes near this sentence.",
        differs="The article writes it otherwise in these places:",
        given="Quotation",
        found="Article",
        nothing="nothing",
        places="Places: {count}",
        more="and {count} more",
        absent="No article holds these words.",
        nearest="Nearest passages, which do not hold the quotation",
    ),
    "ar": Words(
        support={
            Support.SUPPORTED: "مدعومة",
            Support.PARTIAL: "مدعومة جزئيًا",
            Support.UNSUPPORTED: "غير مدعومة",
            Support.CONTRADICTED: "يناقضها المصدر",
        },
        existence={
            Existence.VERBATIM: "مطابق حرفيًا",
            Existence.FOLDED: "مطابق إلا في الرسم",
            Existence.ABSENT: "غير موجود في الأرشيف",
        },
        lacks={
            LackKind.NUMBER: "العدد {}",
            LackKind.DATE: "التاريخ {}",
            LackKind.NAME: "الاسم {}",
            LackKind.SPEAKER: "نسبة القول إلى {}",
            LackKind.NEGATION: "أحد النصين ينفي ما يثبته الآخر.",
        },
        lacking="لا يرد في المصدر:",
        no_evidence="ليس في الأرشيف ما يقارب هذه الجملة.",
        differs="يختلف رسم المقال في المواضع الآتية:",
        given="الاقتباس",
        found="المقال",
        nothing="لا شيء",
        places="المواضع: {count}",
        more="و{count} غيرها",
        absent="لا يحتوي أي مقال على هذه الكلمات.",
        nearest="أقرب المقاطع، وليس فيها الاقتباس",
    ),
}


def finding_html(finding: Finding, language: Language) -> str:
    """A sentence with its verdict in a word and a sign, its evidence, what that lacks, and its quotations."""
    words = WORDS[language]
    numbers = {(run.article.id, run.start, run.end): number for number, run in enumerate(_runs(finding), 1)}
    evidence = "".join(_evidence(citation, numbers, language) for citation in finding.evidence)
    quoted = "".join(_quoted(one, numbers, language) for one in finding.quotations)
    quotations = f'<ul class="quotations">{quoted}</ul>' if quoted else ""
    return (
        f'<li class="finding chip-group {finding.support}" data-verdict="{finding.support}">'
        f'<div class="claim">{badge(finding.support, language)}<p dir="auto">{_claim(finding)}</p>'
        f"{_lacks(finding, language)}{quotations}</div>"
        f'<div class="evidence">{evidence or f"<p>{escape(words.no_evidence)}</p>"}</div></li>'
    )


def badge(verdict: Support | Existence, language: Language) -> str:
    """A verdict as a sign and a word, in its colour."""
    words = WORDS[language]
    sign, word = (
        (SIGNS[verdict], words.support[verdict])
        if isinstance(verdict, Support)
        else (FOUND_SIGNS[verdict], words.existence[verdict])
    )
    return f'<bdi class="mark {verdict}"><span aria-hidden="true">{sign}</span> {escape(word)}</bdi>'


def _runs(finding: Finding) -> Iterator[Citation | Place]:
    yield from finding.evidence
    yield from (quoted.place for quoted in finding.quotations if quoted.place)


def _claim(finding: Finding) -> str:
    """The sentence, with what its evidence lacks underlined."""
    text = finding.claim.text
    lacking = [(start, end) for kind, start, end in finding.lacks if kind is not LackKind.NEGATION]
    edges = sorted({0, len(text), *(edge for pair in lacking for edge in pair)})
    return "".join(
        f'<span class="lacking">{escape(text[start:end])}</span>'
        if any(first <= start and end <= last for first, last in lacking)
        else escape(text[start:end])
        for start, end in zip(edges, edges[1:], strict=False)
    )


def _lacks(finding: Finding, language: Language) -> str:
    words, text = WORDS[language], finding.claim.text
    named = [
        words.lacks[kind].format(f"<bdi>{escape(text[start:end])}</bdi>")
        for kind, start, end in finding.lacks
        if kind is not LackKind.NEGATION
    ]
    comma = "، " if language == "ar" else ", "
    lines = [f"{escape(words.lacking)} {comma.join(dict.fromkeys(named))}"] if named else []
    if any(kind is LackKind.NEGATION for kind, *_ in finding.lacks):
        lines.append(escape(words.lacks[LackKind.NEGATION]))
    return "".join(f'<p class="lacks">{line}</p>' for line in lines)


def _chip(run: Citation | Place, number: int, language: Language) -> str:
    return chip_html(RunKind.CITATION, Run(number, run.start, run.end), run.article, language)


def _evidence(citation: Citation, numbers: dict[tuple[str, int, int], int], language: Language) -> str:
    number = numbers[citation.article.id, citation.start, citation.end]
    return (
        f'<p class="source">{_chip(citation, number, language)} {source_html(citation.article)}</p>'
        f'<blockquote dir="auto" lang="{citation.article.language}">{escape(" ".join(citation.quote.split()))}'
        "</blockquote>"
    )


def _quoted(quoted: Quoted, numbers: dict[tuple[str, int, int], int], language: Language) -> str:
    existence = quoted.place.existence if quoted.place else Existence.ABSENT
    place = quoted.place
    chip = _chip(place, numbers[place.article.id, place.start, place.end], language) if place else ""
    return f'<li>{badge(existence, language)} <q dir="auto">{escape(quoted.text)}</q> {chip}</li>'


def source_html(article: Article) -> str:
    """An article's title, outlet and day, in a line."""
    facts = [article.source or article.agency, article.published and article.published.isoformat()]
    return f'<bdi class="name">{escape(article_label(article))}</bdi>' + "".join(
        f'<bdi class="fact">{escape(fact)}</bdi>' for fact in facts if fact
    )


def quotation_html(quotation: str, places: Sequence[Place], nearest: Sequence[Hit], language: Language) -> str:
    """The verdict on a quotation: the places where it stands and what differs there, or else the nearest passages."""
    words = WORDS[language]
    existence = places[0].existence if places else Existence.ABSENT
    told = words.places.format(count=f"{len(places):,}") if places else words.absent
    head = f'<p class="outcome">{badge(existence, language)} <span>{escape(told)}</span></p>'
    if places:
        body = "".join(
            _place(quotation, place, number, language) for number, place in enumerate(places[:MOST_PLACES], 1)
        )
        left = len(places) - MOST_PLACES
        more = f'<p class="more">{escape(words.more.format(count=f"{left:,}"))}</p>' if left > 0 else ""
        return f'{head}<ol class="places chip-group">{body}</ol>{more}'
    if not nearest:
        return head
    passages = [hit.passage for hit in nearest]
    body = "".join(
        f'<li><p class="source">{chip_html(RunKind.PASSAGE, Run(number, one.start, one.end), one.article, language)} '
        f'{source_html(one.article)}</p><blockquote dir="auto" lang="{one.article.language}">{escape(one.text)}'
        f"</blockquote></li>"
        for number, one in enumerate(passages, 1)
    )
    return f'{head}<h3>{escape(words.nearest)}</h3><ol class="places chip-group">{body}</ol>'


def _place(quotation: str, place: Place, number: int, language: Language) -> str:
    words = WORDS[language]
    different = differences(quotation, place) if place.existence is Existence.FOLDED else []
    edges = sorted(
        {
            *(place.start, place.end),
            *(edge for one in different for edge in (_shown_from(place, one), one.start + len(one.found))),
        }
    )
    changed = {_shown_from(place, one) for one in different if one.found}
    quote = "".join(
        f'<mark class="letter">{escape(place.article.text[start:end])}</mark>'
        if start in changed
        else escape(place.article.text[start:end])
        for start, end in zip(edges, edges[1:], strict=False)
    )
    rows = "".join(
        f"<tr><td>{_letters(one.given, words)}</td><td>{_letters(one.found, words)}</td></tr>" for one in different
    )
    table = (
        f'<table class="letters"><caption>{escape(words.differs)}</caption><thead><tr><th scope="col">'
        f'{escape(words.given)}</th><th scope="col">{escape(words.found)}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
        if rows
        else ""
    )
    return (
        f'<li><p class="source">{_chip(place, number, language)} {badge(place.existence, language)} '
        f"{source_html(place.article)}</p>"
        f'<blockquote dir="auto" lang="{place.article.language}">{quote}</blockquote>{table}</li>'
    )


def _shown_from(place: Place, different: Difference) -> int:
    """Return where to mark a difference from: an alef after a lam is one sign with it, not to be parted."""
    joined = different.found[:1] in _ALEFS and place.article.text[different.start - 1 : different.start] == "ل"
    return max(place.start, different.start - joined) if different.found else different.start


def _letters(characters: str, words: Words) -> str:
    """Some characters; what cannot be seen of them by its name."""
    return f"<bdi>{escape(named_characters(characters))}</bdi>" if characters else f"<em>{escape(words.nothing)}</em>"
