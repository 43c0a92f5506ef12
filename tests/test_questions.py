from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from eval.questions import Gold, GoldSpan, Located, Question, load, locate
from index.errors import QuestionSetError
from index.types import Article, Filters

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "eval" / "sets" / "seeds.jsonl"

TEXT = "وصل الوزير إلى موسكو. Reporters waited. Reporters waited."
ARTICLE = Article(id="a1", path="news/2020/visit.txt", text=TEXT, language="ar")
LINE = {
    "id": "q1",
    "question": "Where did the minister go?",
    "language": "en",
    "kind": "where",
    "gold": [{"article": "news/2020/visit.txt", "text": "وصل الوزير إلى موسكو."}],
}


def _written(folder: Path, *lines: object) -> Path:
    """A set of these lines; a string stands as it is, anything else as its JSON."""
    path = folder / "set.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_a_line_becomes_a_question(tmp_path: Path) -> None:
    path = _written(tmp_path, LINE, "", LINE | {"id": "q2", "gold": [], "unanswerable": True})
    gold = (Gold("news/2020/visit.txt", "وصل الوزير إلى موسكو."),)
    first = Question("set", "q1", "Where did the minister go?", "en", "where", gold, f"line 1 of '{path}'")
    second = Question("set", "q2", "Where did the minister go?", "en", "where", (), f"line 3 of '{path}'")
    assert load(path) == [first, second]
    assert [question.unanswerable for question in load(path)] == [False, True]


def test_a_line_may_hold_answers_a_conversation_filters_tags_and_a_note(tmp_path: Path) -> None:
    path = _written(
        tmp_path,
        {
            "id": "q1",
            "question": "And where to?",
            "language": "en",
            "gold": [{"article": "a1", "text": "موسكو", "start": 15, "end": 20}],
            "answers": ["Moscow", "موسكو"],
            "history": ["When did the minister leave?"],
            "filters": {
                "from": "2020-02-17",
                "to": "2020-03-01",
                "source": "SANA",
                "author": ["Ali", "Mona"],
                "in": "ar",
                "speaker": "Lavrov",
            },
            "tags": ["name", "follow-up"],
            "draft": True,
            "note": "does it say when?",
        },
        LINE | {"id": "q2", "filters": {"speaker": "Lavrov"}},
        LINE | {"id": "q3", "gold": [], "draft": True},
    )
    question, spoken, bare = load(path)
    assert question == Question(
        set="set",
        id="q1",
        text="And where to?",
        language="en",
        kind=None,
        gold=(Gold("a1", "موسكو", 15),),
        place=f"line 1 of '{path}'",
        answers=("Moscow", "موسكو"),
        history=("When did the minister leave?",),
        filters=Filters(
            date(2020, 2, 17), date(2020, 3, 1), frozenset({"SANA"}), "ar", author=frozenset({"Ali", "Mona"})
        ),
        speaker="Lavrov",
        tags=("name", "follow-up"),
        draft=True,
        note="does it say when?",
    )
    assert (spoken.filters, spoken.speaker) == (None, "Lavrov")
    assert (bare.gold, bare.draft) == ((), True)


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        ("{", "line 2 of '{path}' is not a question: Invalid JSON: EOF while parsing an object at line 1 column 1"),
        ("[]", "line 2 of '{path}' is not a question: Input should be an object"),
        (LINE | {"answer": "x"}, "line 2 of '{path}' is not a question: answer: Extra inputs are not permitted"),
        (
            LINE | {"kind": "whom"},
            "line 2 of '{path}' is not a question: kind: "
            "Input should be 'said', 'who', 'when', 'where', 'how_many', 'why' or 'what'",
        ),
        (LINE | {"language": "fr"}, "line 2 of '{path}' is not a question: language: Input should be 'ar' or 'en'"),
        (LINE | {"id": 2}, "line 2 of '{path}' is not a question: id: Input should be a valid string"),
        (LINE | {"id": "q1"}, "line 2 of '{path}' has the id 'q1' of line 1; give it one of its own"),
        (LINE | {"gold": [{"article": "a"}]}, "line 2 of '{path}' is not a question: gold.0.text: Field required"),
        (
            LINE | {"gold": [{"article": "a", "text": ""}]},
            "line 2 of '{path}' is not a question: gold.0.text: String should have at least 1 character",
        ),
        (
            LINE | {"id": "q2", "gold": []},
            "line 2 of '{path}' is not a question: "
            "Value error, an answerable question needs gold, or else say unanswerable",
        ),
        (
            LINE | {"id": "q2", "unanswerable": True},
            "line 2 of '{path}' is not a question: Value error, an unanswerable question has no gold",
        ),
        (
            LINE | {"id": "q2", "gold": [], "answers": ["Moscow"], "unanswerable": True},
            "line 2 of '{path}' is not a question: Value error, an unanswerable question has no answers",
        ),
        (LINE | {"question": " "}, "line 2 of '{path}' is not a question: question: Value error, it is blank"),
        (
            LINE | {"tags": ["name", "name"]},
            "line 2 of '{path}' is not a question: tags: Value error, 'name' stands there twice",
        ),
        (
            LINE | {"gold": [{"article": "a1", "text": "موسكو", "end": 20}]},
            "line 2 of '{path}' is not a question: gold.0: Value error, an end needs its start",
        ),
        (
            LINE | {"gold": [{"article": "a1", "text": "موسكو", "start": 15, "end": 21}]},
            "line 2 of '{path}' is not a question: gold.0: "
            "Value error, 15 to 21 is not the length of the text, 5 code points",
        ),
        (
            LINE | {"gold": [{"article": "a1", "text": "موسكو", "start": -1}]},
            "line 2 of '{path}' is not a question: gold.0.start: Input should be greater than or equal to 0",
        ),
        (
            LINE | {"filters": {"from": "17.2.2020"}},
            "line 2 of '{path}' is not a question: filters.from: "
            "Input should be a valid date in the format YYYY-MM-DD, input is too short",
        ),
        (
            LINE | {"filters": {"from": "2020-02-17", "to": "2020-02-16"}},
            "line 2 of '{path}' is not a question: filters: Value error, from 2020-02-17 is after to 2020-02-16",
        ),
        (
            LINE | {"filters": {"published_from": "2020-02-17"}},
            "line 2 of '{path}' is not a question: filters.published_from: Extra inputs are not permitted",
        ),
    ],
)
def test_a_bad_line_is_refused_by_its_number(tmp_path: Path, bad: object, complaint: str) -> None:
    path = _written(tmp_path, LINE, bad)
    with pytest.raises(QuestionSetError) as raised:
        load(path)
    assert str(raised.value) == complaint.replace("{path}", str(path))


def test_a_set_that_is_missing_empty_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="cannot read question set '.*none.jsonl': No such file or directory"):
        load(tmp_path / "none.jsonl")
    with pytest.raises(QuestionSetError, match="holds no question"):
        load(_written(tmp_path, "", " "))
    (tmp_path / "latin.jsonl").write_bytes(b'{}\n{"id": "\xe9"}\n')
    with pytest.raises(QuestionSetError, match="line 2 of '.*latin.jsonl' is not UTF-8"):
        load(tmp_path / "latin.jsonl")


@pytest.mark.parametrize("name", ["a1", "visit.txt", "2020/visit.txt", "news/2020/visit.txt"])
def test_an_article_goes_by_its_id_its_path_or_the_end_of_its_path(name: str) -> None:
    question = Question("set", "q", "?", "en", "what", (Gold(name, "موسكو"),), "line 1 of 'set.jsonl'")
    start = TEXT.index("موسكو")
    assert locate([question], [ARTICLE]) == [Located(question, (GoldSpan(ARTICLE, start, start + 5),))]


def test_of_a_text_that_stands_twice_the_first_is_gold() -> None:
    question = Question("set", "q", "?", "en", "what", (Gold("a1", "Reporters waited."),), "line 1 of 'set.jsonl'")
    [located] = locate([question], [ARTICLE])
    assert [(span.start, span.end) for span in located.gold] == [(22, 39)]


def test_an_offset_tells_which_of_two_places_is_meant() -> None:
    question = Question("set", "q", "?", "en", "what", (Gold("a1", "Reporters waited.", 40),), "line 1 of 'set.jsonl'")
    assert locate([question], [ARTICLE]) == [Located(question, (GoldSpan(ARTICLE, 40, 57),))]


@pytest.mark.parametrize(
    ("gold", "complaint"),
    [
        (Gold("other.txt", "موسكو"), "names article 'other.txt', which the archive does not hold; ingest it"),
        (Gold("isit.txt", "موسكو"), "names article 'isit.txt', which the archive does not hold; ingest it"),
        (Gold("2019/visit.txt", "م"), "names article '2019/visit.txt', which the archive does not hold; ingest it"),
        (Gold(".", "موسكو"), "names article '.', which the archive does not hold; ingest it"),
        (Gold("a1", "لندن"), ": the article 'news/2020/visit.txt' does not hold the gold text 'لندن'"),
        (Gold("a1", "موسكو", 14), ": at 14 the article 'news/2020/visit.txt' holds ' موسك', not 'موسكو'"),
        (Gold("a1", "waited.", 999), ": at 999 the article 'news/2020/visit.txt' holds '', not 'waited.'"),
    ],
)
def test_gold_that_the_archive_does_not_hold_is_refused_by_its_line(gold: Gold, complaint: str) -> None:
    question = Question("set", "q", "?", "en", "what", (gold,), "line 7 of 'set.jsonl'")
    with pytest.raises(QuestionSetError) as raised:
        locate([question], [ARTICLE])
    assert str(raised.value) == "line 7 of 'set.jsonl'" + (" " if complaint[0] == "n" else "") + complaint


def test_a_name_that_two_articles_share_is_refused() -> None:
    twin = Article(id="a2", path="old/visit.txt", text=TEXT, language="ar")
    question = Question("set", "q", "?", "en", "what", (Gold("visit.txt", "موسكو"),), "line 1 of 'set.jsonl'")
    with pytest.raises(
        QuestionSetError, match="may be any of 'news/2020/visit.txt', 'old/visit.txt'; write more of it"
    ):
        locate([question], [ARTICLE, twin])
    exact = Question("set", "q", "?", "en", "what", (Gold("old/visit.txt", "موسكو"),), "line 1 of 'set.jsonl'")
    assert [located.gold[0].article for located in locate([exact], [ARTICLE, twin])] == [twin]


def _seed_articles() -> list[Article]:
    return [
        Article(id=path.stem, path=f"seeds/{path.name}", text=path.read_text(encoding="utf-8"), language="ar")
        for path in sorted((ROOT / "seeds").glob("0*.txt"))
    ]


def test_every_gold_text_of_the_seed_set_stands_in_its_article() -> None:
    for located in locate(load(SEEDS), _seed_articles()):
        assert [span.article.text[span.start : span.end] for span in located.gold] == [
            gold.text for gold in located.question.gold
        ]


def test_a_gold_text_of_the_seed_set_can_mean_one_place_only() -> None:
    """But for the one paragraph that its page prints twice."""
    texts = {f"seeds/{Path(article.path).name}": article.text for article in _seed_articles()}
    repeated = {gold.text for q in load(SEEDS) for gold in q.gold if texts[gold.article].count(gold.text) > 1}
    assert [text.split("،")[0] for text in repeated] == [
        'اعربت الرئاسة الروسية (الكرملين) يوم الاحد عن قلقها بسبب تواجد "الإرهابيين" في محافظة إدلب'
    ]


def test_the_seed_set_asks_in_both_languages_of_every_article_and_in_every_kind() -> None:
    questions = load(SEEDS)
    kinds = {"said", "who", "when", "where", "how_many", "why", "what"}
    assert Counter((q.language, q.unanswerable) for q in questions) == {
        ("en", False): 43,
        ("ar", False): 45,
        ("en", True): 18,
        ("ar", True): 18,
    }
    for language in ("en", "ar"):
        assert {q.kind for q in questions if q.language == language and not q.unanswerable} == kinds
        articles = {gold.article for q in questions if q.language == language for gold in q.gold}
        assert articles == {article.path for article in _seed_articles()}
    assert {q.kind for q in questions if q.unanswerable} == kinds
