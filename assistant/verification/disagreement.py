"""Do two sentences that answer one question disagree: in figures, in days, or does one deny what the other says?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from assistant.questions.question import Kind
from assistant.verification.content import Content, same_day, same_number
from assistant.verification.polarity import is_negator
from assistant.verification.signals import DENIED, OPPOSITE, SIGNALS, Evidence
from assistant.words.opposites import sides
from assistant.words.quantities import Quantity
from index.dates import FoundDate, find_dates
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.types import Citation
    from assistant.verification.verify import Verifier

Item = TypeVar("Item", Quantity, FoundDate)

SAID, SAID_BUT_FOR_IT = 0.7, 0.5
"""Share of a sentence that the other one must say for the two to be about one thing: all of it, or but for a figure."""

ONE_TIME = timedelta(days=31)
"""How far apart two articles may be for their figures and days to be of one event: prices and meetings come again."""


def disagree(kind: Kind, first: Citation, second: Citation, verifier: Verifier) -> bool:
    """Tell whether two sentences answer a question of a kind in ways that cannot both hold.

    Figures and days are compared where they were asked for; else one sentence must affirm what the other denies. Of
    two that name who or where, one may deny another thing.
    """
    if kind in (Kind.SAID, Kind.WHO, Kind.WHERE):
        return False  # what is quoted of somebody is one speaker's
    if kind is Kind.HOW_MANY:
        one, other = Content.of(first.quote), Content.of(second.quote)
        numbers = _asked_for(first, one.numbers), _asked_for(second, other.numbers)
        if not all(numbers) or any(same_number(a, one, b, other) for a in numbers[0] for b in other.numbers):
            return False
        told = any(same_number(b, other, a, one) for b in numbers[1] for a in one.numbers)
        return not told and _are_about_one_thing(first, second, verifier)
    if kind is Kind.WHEN:
        days = _asked_for(first, find_dates(first.quote)), _asked_for(second, find_dates(second.quote))
        published = first.article.published, second.article.published
        agreeing = [same_day(a, b, *published) for a in days[0] for b in days[1]]
        differ = bool(agreeing) and all(agrees is False for agrees in agreeing)
        return differ and _are_about_one_thing(first, second, verifier)
    return _may_differ(first, second) and any(_denies(a, b, verifier) for a, b in ((first, second), (second, first)))


def _may_differ(first: Citation, second: Citation) -> bool:
    """Tell whether only one sentence negates anything, or they hold words that say opposite things: cheap, and sure."""
    one, other = ([word.text for word in tokens(citation.quote)] for citation in (first, second))
    if any(map(is_negator, one)) != any(map(is_negator, other)):
        return True
    held = {item for word in other for item in sides(word).items()}
    return any((group, -side) in held for word in one for group, side in sides(word).items())


def _are_about_one_thing(first: Citation, second: Citation, verifier: Verifier) -> bool:
    one, other = first.article.published, second.article.published
    if one and other and abs(one - other) > ONE_TIME:
        return False
    texts = _but_for_it(first), _but_for_it(second)
    said = (_signals(a, b, None, verifier)["said"] for a, b in (texts, texts[::-1]))
    return all(share >= SAID_BUT_FOR_IT for share in said)


def _denies(first: Citation, second: Citation, verifier: Verifier) -> bool:
    signals = _signals(first.quote, second.quote, second.article.published, verifier)
    denied = signals["negation_once"] and max(signals["negation_asked"], signals["negation_given"]) >= DENIED
    return signals["said"] >= SAID and bool(denied or signals["opposite"] >= OPPOSITE)


def _signals(text: str, evidence: str, published: date | None, verifier: Verifier) -> dict[str, float]:
    found = verifier.signals(text, Evidence(evidence, published=published))
    return dict(zip(SIGNALS, found.tolist(), strict=True))


def _but_for_it(citation: Citation) -> str:
    """Return the words of a quotation but for what was asked for in it."""
    text = citation.quote
    for start, end in sorted(citation.highlights, reverse=True):
        text = f"{text[: start - citation.start]} {text[end - citation.start :]}"
    return text


def _asked_for(citation: Citation, found: Sequence[Item]) -> list[Item]:
    """Return those numbers or dates of a quotation that stand where what was asked for does."""
    runs = [(start - citation.start, end - citation.start) for start, end in citation.highlights]
    return [item for item in found if any(start < item.end and item.start < end for start, end in runs)]
