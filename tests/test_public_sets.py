"""Public test sets, read unchanged: made-up ones in the published formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eval.cli import evaluate
from eval.public.collection import Collection
from eval.public.recognise import is_public, read_public
from eval.questions import GoldSpan, Located
from eval.report_file import read_report
from index.errors import QuestionSetError
from tests.made_up_sets import PARAGRAPHS, make_sets


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the made-up sets in it."""
    monkeypatch.chdir(make_sets(tmp_path))
    return tmp_path


def _golds(collection: Collection) -> list[tuple[str, str, str, list[str]]]:
    """Set, question, language and gold of each question."""
    return [
        (one.question.set, one.question.text, one.question.language, [_text(span) for span in one.gold])
        for one in collection.questions
    ]


def _text(span: GoldSpan) -> str:
    return span.article.text[span.start : span.end]


def _read(*sets: str, passages: tuple[str, ...] = (), qrels: str | None = None) -> list[Collection]:
    return list(
        read_public([Path(one) for one in sets], [Path(one) for one in passages], qrels and Path(qrels) or None)
    )


def test_a_file_in_squads_format_is_asked_of_its_own_paragraphs(sets: Path) -> None:
    [collection] = _read("xquad/xquad.en.json")
    assert [(article.path, article.text) for article in collection.articles] == [
        ("xquad.en.json#0", PARAGRAPHS["en"][0]),
        ("xquad.en.json#1", PARAGRAPHS["en"][1]),
    ]
    assert _golds(collection) == [
        ("xquad.en", "Where does wheat grow?", "en", ["plain"]),
        ("xquad.en", "Where does the king live?", "en", ["castle"]),
        ("xquad.en", "Who lives in a castle?", "en", ["castle"]),
    ]
    first = collection.questions[0]
    assert (first.whole_articles, first.asked, first.question.answers) == (True, True, ("plain",))


def test_two_files_that_share_their_questions_are_asked_in_all_directions(sets: Path) -> None:
    arabic, english = _read("xquad/xquad.ar.json", "xquad/xquad.en.json")
    assert [name for name, *_ in _golds(arabic)] == ["xquad.ar"] * 3 + ["xquad.en in xquad.ar"] * 3
    assert _golds(english)[0] == ("xquad.ar in xquad.en", "أين ينمو القمح؟", "ar", ["plain"])
    assert english.questions[0].question.answers == ("plain", "السهل")


def test_questions_may_be_asked_of_the_paragraphs_of_another_file_alone(sets: Path) -> None:
    [collection] = _read("xquad/xquad.ar.json", passages=("xquad/xquad.en.json",))
    assert [(name, gold) for name, _, _, gold in _golds(collection)] == [
        ("xquad.ar in xquad.en", ["plain"]),
        ("xquad.ar in xquad.en", ["castle"]),
        ("xquad.ar in xquad.en", ["castle"]),
    ]


def _squad(name: str, *paragraphs: tuple[str, list[dict[str, object]]]) -> None:
    content = {
        "version": "1.1",
        "data": [{"title": "x", "paragraphs": [{"context": c, "qas": q} for c, q in paragraphs]}],
    }
    Path(name).write_text(json.dumps(content), encoding="utf-8")


def test_an_answer_is_taken_where_it_stands_nearest_and_else_the_whole_paragraph_is_gold(sets: Path) -> None:
    asked: list[dict[str, object]] = [
        {"id": "a", "question": "Who came?", "answers": [{"text": "Ann", "answer_start": 12}]},
        {"id": "b", "question": "Who went?", "answers": [{"text": "ann", "answer_start": 0}]},
        {"id": "c", "question": "Who stayed?", "answers": [], "is_impossible": True},
        {"id": "d", "question": "Qui est venu, et quand est-ce ?", "answers": [{"text": "Ann", "answer_start": 0}]},
    ]
    _squad("own.json", ("Ann came. Ann went.", asked), ("Anne est venue.", [asked[3] | {"id": "e"}]))
    [collection] = _read("own.json")
    assert _eval("own.json").stderr == "2 questions in neither Arabic nor English are not asked\n"
    gold = [[(span.start, span.end) for span in one.gold] for one in collection.questions]
    assert (gold, collection.left_out) == ([[(10, 13)], [(0, 19)], []], 2)
    assert [article.path for article in collection.articles] == ["own.json#0"]


BEIR = {
    "corpus.jsonl": """{"_id": "d1", "title": "Wheat", "text": "It grows on the plain."}
{"_id": "d2", "text": "Kings."}
""",
    "queries.jsonl": '{"_id": "q1", "text": "cereals"}\n{"_id": "q2", "text": "monarchs"}\n',
    "qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n",
}


@pytest.fixture
def beir(sets: Path) -> Path:
    """A folder as BEIR publishes its sets."""
    for name, content in BEIR.items():
        path = sets / "scifact" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return sets / "scifact"


def _judged(located: Located) -> list[tuple[str, float]]:
    return [(span.article.text, span.grade) for span in located.gold]


def test_a_folder_of_beir_is_its_documents_and_the_queries_that_have_a_relevant_one(beir: Path) -> None:
    [collection] = _read("scifact")
    assert [article.title for article in collection.articles] == ["Wheat", None]
    [located] = collection.questions
    assert (located.question.set, located.question.id, located.question.text) == ("scifact", "q1", "cereals")
    assert _judged(located) == [("Wheat\n\nIt grows on the plain.", 2.0)]
    assert (located.whole_articles, located.asked) == (True, False)


TOPICS = """<top>
<num> Number: 301
<title> cereal
 crops

<desc> Description:
What grows?
</top>
<top><num>302</num><title>kings</title></top>
"""


@pytest.mark.parametrize("topics", [TOPICS, "301\tcereal crops\n302\tkings\n"])
def test_trecs_topics_are_asked_by_their_titles(sets: Path, topics: str) -> None:
    Path("topics.txt").write_text(topics, encoding="utf-8")
    Path("qrels.txt").write_text("301 0 d1 1\n301 0 d2 0\n302 Q0 d2 3\n", encoding="utf-8")
    Path("docs.jsonl").write_text(
        '{"docno": "d1", "text": "Wheat."}\n{"id": "d2", "contents": "Kings."}\n', encoding="utf-8"
    )
    [collection] = _read("topics.txt", passages=("docs.jsonl",), qrels="qrels.txt")
    assert [(one.question.id, one.question.text, _judged(one)) for one in collection.questions] == [
        ("301", "cereal crops", [("Wheat.", 1.0)]),
        ("302", "kings", [("Kings.", 3.0)]),
    ]


def test_sentences_are_looked_up_among_their_translations_both_ways(sets: Path) -> None:
    Path("ntrex/newstest2019.en.txt").write_text("Wheat.\n\nKings\u2028and queens.\n", encoding="utf-8")
    Path("ntrex/newstest2019.ar.txt").write_text("القمح.\nسطر.\nMWPs\n", encoding="utf-8")
    english, arabic = _read("ntrex/newstest2019.en.txt", "ntrex/newstest2019.ar.txt")
    assert _golds(arabic) == [
        ("newstest2019.en in newstest2019.ar", "Wheat.", "en", ["القمح."]),
        ("newstest2019.en in newstest2019.ar", "Kings\u2028and queens.", "en", ["MWPs"]),
    ]
    assert [article.language for article in arabic.articles] == ["ar", "ar", "ar"]
    assert [one.question.id for one in english.questions] == ["1", "3"]


@pytest.mark.parametrize(
    ("name", "content", "public"),
    [
        ("set.jsonl", "x", False),
        ("set.txt", '{"id": "q1"}\n', False),
        ("set.json", '{"data": []}', True),
        ("set.json", '{\n "data": []\n}', True),
        ("set.txt", "A sentence.\n", True),
        ("set.txt", "", False),
    ],
)
def test_a_public_set_is_known_by_what_is_in_it(sets: Path, name: str, content: str, public: bool) -> None:
    Path(name).write_text(content, encoding="utf-8")
    assert is_public(Path(name)) == public


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("scifact/corpus.jsonl", '{"_id": "d1"}\n', "line 1 of 'scifact/corpus.jsonl' is not a document: text: Field"),
        ("scifact/queries.jsonl", "\n[]\n", "line 2 of 'scifact/queries.jsonl' is not a query: Input should be"),
        ("scifact/qrels/test.tsv", "h\nq1\td1\tx\n", "line 2 of 'scifact/qrels/test.tsv' is no judgement of 3 cells"),
        ("scifact/qrels/test.tsv", "h\nq9\td1\t1\n", "the judgements of 'scifact' name a query 'q9' that is not there"),
        ("scifact/qrels/test.tsv", "h\nq1\td9\t1\n", "query 'q1' of 'scifact' is judged on 'd9', not in 'scifact/corp"),
    ],
)
def test_a_bad_line_of_a_folder_is_named(beir: Path, name: str, content: str, complaint: str) -> None:
    Path(name).write_text(content, encoding="utf-8")
    with pytest.raises(QuestionSetError) as raised:
        _read("scifact")
    assert str(raised.value).startswith(complaint)


def _eval(*arguments: str) -> Result:
    return CliRunner().invoke(evaluate, arguments)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("ntrex/newstest2019.en.txt",),
            "'ntrex/newstest2019.en.txt' is neither a question set nor in SQuAD's format; ",
        ),
        (("ntrex",), "'ntrex' is a folder without corpus.jsonl, by which BEIR's sets are known"),
        (
            ("xquad/xquad.en.json", "--passages", "other.json"),
            "'other.json' has none of the questions that are asked; ",
        ),
        (
            ("ntrex/newstest2019.en.txt", "--passages", "one.txt"),
            "'ntrex/newstest2019.en.txt' has 2 lines and 'one.txt' 1",
        ),
        (("one.txt", "--qrels", "one.txt"), "--qrels needs one file of topics, and with --passages one of documents"),
        (("french.json",), "'french.json' hold no question in Arabic or English that has gold; "),
        (("bad.json",), "'bad.json' is not in SQuAD's format: data: Field required"),
    ],
)
def test_what_cannot_be_run_is_one_line_and_runs_nothing(
    sets: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    _squad("other.json", ("Ann came.", [{"id": "x", "question": "Who came?"}]))
    Path("one.txt").write_text("One.\n", encoding="utf-8")
    Path("bad.json").write_text('{\n"rows": []}', encoding="utf-8")
    _squad("french.json", ("Anne est venue.", [{"id": "x", "question": "Qui est venu, et quand est-ce ?"}]))
    result = _eval(*arguments, "--json", "report.json")
    assert isinstance(result.exception, QuestionSetError)
    assert str(result.exception).startswith(complaint)
    assert not Path("report.json").exists()


def test_passages_are_for_public_sets_alone(sets: Path) -> None:
    Path("set.jsonl").write_text("{}", encoding="utf-8")
    result = _eval("set.jsonl", "--passages", "xquad/xquad.en.json")
    assert result.exit_code == 2
    assert "--passages and --qrels are for public sets; question sets are asked of the archive" in result.stderr


def test_public_sets_are_run_by_direction_over_archives_made_for_them(sets: Path) -> None:
    result = _eval("xquad/xquad.ar.json", "xquad/xquad.en.json", "--json", "report.json")
    assert (result.exit_code, result.exception) == (0, None)
    report = read_report(Path("report.json"))
    directions = {group.name: (group.rows, group.means["recall@1"]) for group in report.groups()["direction"]}
    assert directions == {"ar→ar": (3, 1.0), "ar→en": (3, 1.0), "en→ar": (3, 1.0), "en→en": (3, 1.0)}
    assert all(row.asked for row in report.rows)
    assert not Path(".isnad").exists()


def test_only_retrieval_is_measured_of_what_asks_for_documents_and_where_nothing_else_is_wanted(beir: Path) -> None:
    result = _eval("scifact", "xquad/xquad.en.json", "--retrieval-only", "--json", "report.json")
    assert (result.exit_code, result.exception) == (0, None)
    report = read_report(Path("report.json"))
    assert [(row.set, row.asked, row.declined, len(row.scores)) for row in report.rows] == [
        ("scifact", False, False, 7),
        *[("xquad.en", False, False, 7)] * 3,
    ]
