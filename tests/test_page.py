"""The page of a report: what it shows, that it needs nothing, and that nothing from outside becomes markup."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from eval.baseline import compare, scores_of
from eval.outcome import Outcome
from eval.page.page import to_html
from eval.page.words import WORDS
from eval.run import METRICS, Report
from eval.scored import Scored
from tests.rows import BESIDE, DECLINED, ENDS, EVERY, GOLD, LATE, REPORT, RIGHT, UNBACKED

HOSTILE = '<script>alert("x")</script>&\'"</style></title><img src=x onerror=alert(1)>'


class _Page(HTMLParser):
    """The elements of a page, and what its paragraphs of class `text` say."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.marked: list[str] = []
        self._open: list[list[str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag == "p" and "text" in (attributes.get("class") or "").split():
            assert attributes["dir"] == "auto"
            self.texts.append("")
            self._open = [self.texts]
        elif tag == "mark":
            self.marked.append("")
            self._open.append(self.marked)

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._open = []
        elif tag == "mark":
            self._open.remove(self.marked)

    def handle_data(self, data: str) -> None:
        for texts in self._open:
            texts[-1] += data

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.elements if name in (attributes.get("class") or "").split()]


def test_a_question_shows_its_answer_and_each_run_marked_within_its_context() -> None:
    page = _Page(to_html(Report((LATE,))))
    assert page.texts == ["نعم. [1][2]", "قال. نعم.", "قال. نعم. ثم سافر.", "قال. نعم. ثم سافر.", "لا"]
    assert page.marked == [BESIDE.text, GOLD.text, GOLD.text, "لا"]
    assert [run["class"] for run in page.with_class("run")] == ["run beside", "run meets", "run meets", "run missed"]


def test_each_question_says_what_went_wrong_in_both_languages() -> None:
    page = to_html(EVERY)
    assert [row["data-outcome"] for row in _Page(page).with_class("question")] == [found.value for found in ENDS]
    for found in Outcome:
        english, arabic = WORDS[f"outcome {found.value}"]
        badge = f'<span class="en" lang="en">{english}</span><span class="ar" lang="ar">{arabic}</span>'
        assert f'<span class="badge">{badge}</span>' in page


def test_a_sentence_that_its_citations_do_not_bear_out_says_so_whatever_its_system_claims() -> None:
    assert UNBACKED.support == ("supported",)
    assert '<span class="tag bad">' + _label("unsupported") in to_html(Report((UNBACKED,)))
    assert '<span class="tag bad">' not in to_html(Report((RIGHT,)))


def _label(key: str) -> str:
    english, arabic = WORDS[key]
    return f'<span class="en" lang="en">{english}</span><span class="ar" lang="ar">{arabic}</span>'


def test_every_measure_has_a_name_in_both_languages() -> None:
    assert [metric for metric in METRICS if metric not in WORDS] == []


def test_the_matrix_has_a_cell_for_each_direction_with_its_interval_and_its_number() -> None:
    english = replace(RIGHT, id="x", direction="ar→en", scores=RIGHT.scores | {"hit@1": 0.0})
    page = to_html(Report((RIGHT, english)))
    assert page.count('<table class="matrix">') == 4
    cell = '<td style="--share: 0%"><bdi>0.000</bdi><small><bdi>0.00–0.00</bdi> <bdi>n=1</bdi></small></td>'
    assert page.count(cell) == 1
    assert page.count('<td class="empty">–</td>') == 8  # two directions of four have no question, four times


def test_curves_are_drawn_of_what_the_rows_have_numbers_for() -> None:
    unsure = replace(LATE, confidence=0.2, judged={"verifier": (False,)})
    every = to_html(Report((replace(RIGHT, confidence=0.9), unsure)))
    few = to_html(Report((RIGHT, LATE)))
    assert (every.count("<svg"), few.count("<svg")) == (4, 2)
    assert "<svg" not in to_html(Report((), labelled=(Scored("support", "a", "x", {"verdict": 1.0}),)))


def test_nothing_from_outside_becomes_markup() -> None:
    evil = replace(GOLD, text=HOSTILE, path=HOSTILE, article=HOSTILE, before=HOSTILE, after=HOSTILE)
    row = replace(
        UNBACKED,
        set=HOSTILE,
        id=HOSTILE,
        question=HOSTILE,
        kind=HOSTILE,
        direction=HOSTILE,
        language=HOSTILE,
        answer=(HOSTILE,),
        answers=(HOSTILE,),
        history=(HOSTILE,),
        tags=(HOSTILE,),
        notes=(HOSTILE,),
        support=(HOSTILE,),
        gold=(evil,),
        evidence=(evil,),
    )
    rows = (row, replace(DECLINED, set=HOSTILE, reason=HOSTILE), replace(DECLINED, id="f", reason=None, error=HOSTILE))
    labelled = (Scored(HOSTILE, HOSTILE, HOSTILE, {HOSTILE: 1.0}),)
    report = Report(rows, labelled, system=HOSTILE, commit=HOSTILE, sets={HOSTILE: HOSTILE})
    known = {one.key: dict.fromkeys(one.scores, 0.5) for one in scores_of(report)}
    page = _Page(to_html(report, compare(scores_of(report), known)))
    harmless = _Page(to_html(EVERY, compare(scores_of(EVERY), {one.key: one.scores for one in scores_of(EVERY)})))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in harmless.elements} | {"td", "tr", "small"}
    assert sum(tag == "script" for tag, _ in page.elements) == 1
    assert [attributes for _, attributes in page.elements if "onerror" in attributes] == []
    assert page.texts.count(HOSTILE * 3) == 2


def test_the_page_needs_nothing_beside_itself_and_may_load_nothing() -> None:
    page = _Page(to_html(REPORT))
    assert {tag for tag, _ in page.elements} & {"link", "img", "iframe", "object"} == set()
    assert [attributes for _, attributes in page.elements if attributes.keys() & {"src"}] == []
    assert [attributes["href"] for _, attributes in page.elements if "href" in attributes] == ["#questions"]
    [policy] = [attributes["content"] for tag, attributes in page.elements if "http-equiv" in attributes]
    assert (policy or "").startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")


def test_a_comparison_says_what_is_a_regression_and_names_the_changed_questions() -> None:
    before = Report(tuple(replace(RIGHT, id=f"q{n}") for n in range(7)))
    after = Report(tuple(replace(row, scores=row.scores | {"hit@1": 0.0}) for row in before.rows))
    page = to_html(after, compare(scores_of(after), {one.key: one.scores for one in scores_of(before)}))
    assert page.count('<td class="regression">') == 1
    assert page.count("hit@1 1.00 → 0.00</p>") == 7
    assert _label("baseline") not in to_html(after)
