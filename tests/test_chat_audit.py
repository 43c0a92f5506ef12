"""The audit of an answer, and an answer on the clipboard: pure but for the verdicts, which are real ones."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from assistant.chat.ask.audit import AGREES, DIFFERS, Examination, Examined, audit_html, examine
from assistant.chat.ask.clipboard import answer_footnotes
from assistant.types import Answer, Citation, Sentence, Support
from assistant.verification.reasons import QUOTED, Reason
from assistant.verification.verify import Verifier
from index.archive.sqlite import SqliteArchive
from tests.archives import bundled
from tests.librarian import Librarian, answered, article, cite, declined
from tests.shown import HOSTILE, Shown

BRIDGE = article("bridge.txt", "The minister said that the bridge will open in May 2024.\n\nIt cost 40 million.")
OPENS, COST = cite(BRIDGE, "The minister", "2024.", speaker="The minister"), cite(BRIDGE, "It cost", "million.")


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(bundled())


@pytest.mark.parametrize(
    ("sentence", "citation", "reasons"),
    [
        ("The minister: “The minister said that the bridge will open in May 2024.”", OPENS, {QUOTED}),
        (
            "The bridge will open in May 2024.",
            OPENS,
            {Reason("words", True, 1.0), Reason("dates", True)},
        ),
        ("It cost 50 million.", COST, {Reason("numbers", False, 1.0)}),
        ("The bridge will open in June 2024.", OPENS, {Reason("date_differs", False, 1.0)}),
        ("The bridge will not open in May 2024.", OPENS, {Reason("denial", False)}),
        ("The mayor said that the bridge will open in May 2024.", OPENS, {Reason("speaker", False)}),
        ("It cost 40 million, said Ahmed Hassan of Acme Corp in Paris.", COST, {Reason("numbers", True)}),
    ],
)
def test_the_reasons_say_what_agrees_and_what_differs(
    verifier: Verifier, sentence: str, citation: Citation, reasons: set[Reason]
) -> None:
    assert reasons <= set(verifier.explain(sentence, (citation,)))


def test_every_reason_has_words_in_both_languages() -> None:
    assert AGREES["en"].keys() == AGREES["ar"].keys()
    assert DIFFERS["en"].keys() == DIFFERS["ar"].keys()


def test_both_verdicts_stand_beside_each_citation(verifier: Verifier) -> None:
    answer = answered("Q?", (f"“{COST.quote}”", (COST,)), ("It will open in May.", (OPENS, COST)))
    archive = cast("SqliteArchive", Librarian((answer,)))
    shown = Shown(audit_html(answer, examine(answer, verifier, archive)))
    assert shown.texts["yes"] == "word for word at 58–77word for word at 0–56word for word at 58–77"
    assert shown.texts["cited"] == "1bridge.txt2bridge.txt1bridge.txt"
    assert shown.texts["thead"] == "CitationThe quotation existsIt supports"
    assert shown.texts["agrees"].startswith(
        "quotes word for word, adding only whose words they are or where they stand"
    )


def test_words_that_left_the_archive_are_said_to_have_left_it(verifier: Verifier) -> None:
    answer = answered("Q?", (f"“{COST.quote}”", (COST,)))
    other = replace(COST, article=replace(BRIDGE, text=BRIDGE.text.replace("40", "41")))
    changed = cast("SqliteArchive", Librarian((answered("Q?", ("x", (other,))),)))
    assert examine(answer, verifier, changed)[0].citations[0].exists is False
    assert examine(answer, verifier, cast("SqliteArchive", Librarian(())))[0].citations[0].exists is None
    sentence = answer.sentences[0]
    for exists, words in ((False, "not at 58–77 any more"), (None, "the article left the archive")):
        one = Examination(sentence, (QUOTED,), (Examined(COST, exists, Support.SUPPORTED),))
        assert Shown(audit_html(answer, [one])).texts["no"] == words


def test_a_sentence_without_a_citation_says_so_and_nothing_becomes_markup(verifier: Verifier) -> None:
    page = replace(BRIDGE, title=HOSTILE)
    struck = Sentence(HOSTILE, (), Support.UNSUPPORTED)
    quoted = Sentence("One.", (Citation(page, 0, 3, speaker=HOSTILE),), Support.SUPPORTED)
    answer = Answer(HOSTILE, "en", (struck, quoted), None, (), 0.1)
    audit = audit_html(answer, examine(answer, verifier, cast("SqliteArchive", Librarian((answer,)))))
    assert Shown(audit).texts["differs"].startswith("no citation stands behind it")
    for html in (
        audit,
        answer_footnotes(answer),
        answer_footnotes(declined(HOSTILE, HOSTILE)),
    ):
        shown = Shown(html)
        assert {"script", "img"}.isdisjoint(shown.tags)
        assert {"onerror", "onclick"}.isdisjoint(shown.attributes)


def test_a_pasted_answer_has_its_citations_as_footnotes_with_title_outlet_date_and_place() -> None:
    page = replace(BRIDGE, title="The bridge", source="Daily")
    first, second = Citation(page, 0, 56), Citation(page, 58, 77, also=(replace(BRIDGE, path="copy.txt"),))
    shown = Shown(answer_footnotes(answered("Q?", ("One & two.", (first, second)), ("Two.", (second,)))))
    assert shown.texts["p"] == "One & two.[1][2]Two.[2]"
    assert shown.texts["li"] == (
        "The bridge · Daily · bridge.txt (0–56)The bridge · Daily · bridge.txt (58–77); also in copy.txt"
    )
    assert Shown(answer_footnotes(declined("Q?", "No."))).texts["em"] == "No."
