from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from eval.baseline import compare
from eval.page import to_html
from eval.run import Report
from tests.test_report import BESIDE, DECLINED, GOLD, LATE, REPORT, RIGHT

HOSTILE = '<script>alert("x")</script>&\'"'


class _Page(HTMLParser):
    """The elements of a page, and the paragraphs of class `text` with their classes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._class: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        names = attributes.get("class") or ""
        self._class = names if "text" in names.split() else None
        if self._class:
            assert attributes["dir"] == "auto"
            self.texts.append((self._class, ""))

    def handle_endtag(self, tag: str) -> None:
        self._class = None

    def handle_data(self, data: str) -> None:
        if self._class:
            names, text = self.texts[-1]
            self.texts[-1] = (names, text + data)


def test_each_question_shows_its_answer_evidence_and_gold_with_what_meets_marked() -> None:
    assert _Page(to_html(Report((LATE,)))).texts == [
        ("text", "نعم."),
        ("text", BESIDE.text),
        ("text gold", GOLD.text),
        ("text gold", GOLD.text),
        ("text", "لا"),
    ]


def test_questions_got_wrong_come_first_and_stand_open() -> None:
    opened = ["open" in attributes for tag, attributes in _Page(to_html(REPORT)).elements if tag == "details"]
    assert opened == [True, False, False, False]


def test_nothing_from_outside_becomes_markup() -> None:
    evil = replace(GOLD, text=HOSTILE, path=HOSTILE, article=HOSTILE)
    row = replace(RIGHT, set=HOSTILE, id=HOSTILE, question=HOSTILE, answer=(HOSTILE,), gold=(evil,), evidence=(evil,))
    declined = replace(DECLINED, set=HOSTILE, reason=HOSTILE)
    failed = replace(DECLINED, id="f", reason=None, error=HOSTILE)
    report = Report((row, declined, failed))
    page = to_html(report, compare(report, Report((replace(row, scores=row.scores | {"hit@1": 0.0}),))))
    assert "<script" not in page
    assert (HOSTILE in [text for _, text in _Page(page).texts]) is True


def test_the_page_needs_nothing_beside_itself() -> None:
    elements = _Page(to_html(REPORT)).elements
    assert {tag for tag, _ in elements} & {"script", "link", "img", "iframe"} == set()
    assert [attributes for _, attributes in elements if attributes.keys() & {"src", "href"}] == []


def test_a_comparison_names_regressions_and_changed_questions() -> None:
    before = Report(tuple(replace(RIGHT, id=f"q{n}") for n in range(3)))
    after = Report(tuple(replace(row, scores=row.scores | {"hit@1": 0.0}) for row in before.rows))
    page = to_html(after, compare(after, before))
    assert page.count('<td class="worse">regression</td>') == 1
    assert page.count('<bdi class="worse">worse: hit@1</bdi>') == 3
    assert "Since the baseline" not in to_html(after)
