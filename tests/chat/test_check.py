"""Verdicts as HTML and as lines, without a browser; and the report that is made of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assistant.chat.check.routes import Given, check_quotation, check_text, verdict_lines
from assistant.chat.check.verdicts import MOST_PLACES, finding_html, quotation_html
from assistant.desk import Desk
from assistant.rendering.check import audit_json, finding_markdown, places_markdown
from assistant.types import Support
from assistant.verification.audit import Auditor, Finding, Quoted
from assistant.verification.manuscript import Claim
from assistant.verification.quotations import find_quotation
from assistant.verification.reasons import Lack, LackKind
from tests.chat.test_page import plain
from tests.parts.librarian import article, cite
from tests.parts.shown import HOSTILE, Shown

if TYPE_CHECKING:
    from assistant.ask import Assistant

PAGE = replace(plain("Twelve people were killed in Idlib. The minister denied it."), title="T")
FINDING = Finding(
    Claim("Forty people were killed in Homs.", 1, ()),
    Support.CONTRADICTED,
    (cite(PAGE, "Twelve people were killed in Idlib."),),
    (),
    (Lack(LackKind.NUMBER, 0, 5), Lack(LackKind.NAME, 28, 32), Lack(LackKind.NEGATION, 0, 33)),
)


def test_a_verdict_is_a_sign_and_a_word_with_the_evidence_and_what_that_lacks() -> None:
    shown = Shown(finding_html(FINDING, "en"))
    assert shown.texts["mark"] == "✗ contradicted"
    assert shown.texts["claim"].startswith("✗ contradictedForty people were killed in Homs.")
    assert shown.texts["lacking"] == "FortyHoms"
    assert shown.texts["lacks"] == (
        "Not in the evidence: the number Forty, the name HomsOne of the two denies what the other says."
    )
    assert shown.texts["evidence"] == "1 TTwelve people were killed in Idlib."
    assert Shown(finding_html(FINDING, "ar")).texts["lacks"].startswith("لا يرد في المصدر: العدد Forty، الاسم Homs")


@pytest.mark.parametrize(("support", "sign"), [(support, sign) for support, sign in zip(Support, "✓≈?✗", strict=True)])
def test_every_verdict_has_a_sign_of_its_own(support: Support, sign: str) -> None:
    assert Shown(finding_html(replace(FINDING, support=support), "ar")).texts["mark"].startswith(f"{sign} ")


def test_a_sentence_without_evidence_says_so_and_its_quotations_tell_whether_they_exist() -> None:
    (place,) = find_quotation("were killed in Idlib", [PAGE])
    quoted = (Quoted("were killed in Idlib", place), Quoted("we never said so", None))
    shown = Shown(finding_html(replace(FINDING, evidence=(), lacks=(), quotations=quoted), "en"))
    assert shown.texts["evidence"] == "Nothing in the archive comes near this sentence."
    assert shown.texts["quotations"] == "✓ verbatim were killed in Idlib 1✗ not in the archive we never said so "


def test_a_folded_quotation_shows_letter_by_letter_where_the_article_differs() -> None:
    page = article("a.txt", "قال: تخلي موسكو عن الأسد غير ممكن على الإطلاق، وزاد.")
    quotation = "تَخلي موسكو عن الأسد غير ممكن على الاطلاق"
    html = quotation_html(quotation, find_quotation(quotation, [page]), (), "en")
    shown = Shown(html)
    assert shown.texts["blockquote"] == "تخلي موسكو عن الأسد غير ممكن على الإطلاق"
    assert html.count('<mark class="letter">') == 2
    assert '<mark class="letter">لإ</mark>' in html  # lam and alef are one sign
    assert shown.texts["tbody"] == "تَتاإ"
    assert "≈ but for spelling" in shown.texts["outcome"]


def test_many_places_are_counted_and_the_first_shown() -> None:
    page = plain("He said so. " * (MOST_PLACES + 3))
    html = quotation_html("He said so", find_quotation("He said so", [page]), (), "en")
    assert html.count("<li>") == MOST_PLACES
    assert "Places: 53" in html
    assert "and 3 more" in html


def test_nothing_of_a_text_or_an_article_becomes_markup() -> None:
    page = replace(plain(f"x {HOSTILE} y"), title=HOSTILE, source=HOSTILE)
    finding = Finding(
        Claim(HOSTILE, 1, (HOSTILE,)),
        Support.PARTIAL,
        (cite(page, HOSTILE, "y"),),
        (Quoted(HOSTILE, None),),
        (Lack(LackKind.NAME, 3, 20),),
    )
    places = find_quotation(HOSTILE, [page])
    for html in (finding_html(finding, "ar"), quotation_html(HOSTILE, places, (), "en")):
        shown = Shown(html)
        assert {"script", "img"}.isdisjoint(shown.tags)
        assert {"onerror", "onclick"}.isdisjoint(shown.attributes)


def test_the_verdicts_on_a_text_come_one_by_one_and_are_those_of_the_command_line(seed_assistant: Assistant) -> None:
    text = "Lavrov said that Turkey has not fulfilled its obligations on Idlib. Japan announced a budget in 1950."
    total, *found = check_text(seed_assistant, text, "en")
    assert total == {"total": 2}
    audit: dict[str, Any] = audit_json(Auditor(seed_assistant).audit_text(text))
    assert [line["json"] for line in found] == audit["sentences"]
    assert found[0]["verdict"] == "supported"


def test_a_quotation_is_found_with_progress_or_its_nearest_passages_are(seed_assistant: Assistant) -> None:
    *progress, found = check_quotation(seed_assistant, "تخلي موسكو عن الأسد غير ممكن", "en")
    assert progress == [{"read": 5, "of": 5}]
    assert found["json"]["exists"] == "verbatim"  # type: ignore[index]
    *_, absent = check_quotation(seed_assistant, "we shall fight in Idlib", "en")
    assert absent["json"] == {"quote": "we shall fight in Idlib", "exists": "absent", "places": []}
    assert "Nearest passages" in str(absent["html"])


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (Given(text="# Heading"), "the text holds no sentence to check; give prose in Arabic or English"),
        (Given(text="...", kind="quotation"), "the quotation holds no word; give the words to look for"),
        (Given(text="x" * 1_000_001), "the text has 1,000,001 characters; the most is 1,000,000"),
    ],
)
def test_what_cannot_be_checked_is_one_line(seed_assistant: Assistant, given: Given, error: str) -> None:
    lines = [json.loads(line) for line in verdict_lines(Desk(lambda: seed_assistant), given, "en")]
    assert lines == [{"error": error}]


def test_a_report_in_markdown_quotes_the_evidence() -> None:
    assert finding_markdown(FINDING) == (
        "- ✗ **contradicted**: Forty people were killed in Homs.\n"
        "  > Twelve people were killed in Idlib.\n"
        "  > — T · a.txt · 0–35\n"
    )
    places = find_quotation("the minister denied it", [PAGE])
    assert places_markdown("the minister denied it", places) == (
        "**folded**: “the minister denied it”\n\n> The minister denied it\n> — T · a.txt · 36–58 · folded\n"
    )
