"""The assistant: wording, filters, a changing archive, and threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

from assistant.ask import Assistant, open_assistant
from assistant.types import Answer, Narrowed
from index.archive.sqlite import SqliteArchive
from index.errors import NotAnArchiveError, QuestionError
from index.followers.copy_index import CopyIndex
from index.types import Filters, Language
from tests.archives import articles, fill, runs, write
from tests.console import isnad
from tests.test_extractive import EVERY, ON_TURKEY

NOTHING_TO_SEARCH = "The archive holds no article that this search may look into."

HARVEST = "Adam Novak said on Monday that the harvest had failed in the whole province."
RAIN = "Adam Novak said on Friday that rain had saved what was left of the harvest."
ASKED = "What did Adam Novak say about the harvest?"


@pytest.mark.parametrize(
    ("question", "language", "opening"),
    [
        ("what did Lavrov say about Turkey", None, "“"),
        ("what did Lavrov say about Turkey", "ar", "«"),
        ("ماذا قال لافروف عن تركيا؟", None, "«"),
        ("ماذا قال لافروف عن تركيا؟", "en", "“"),
    ],
)
def test_the_wording_follows_the_question_unless_a_language_is_asked_for(
    seed_assistant: Assistant, question: str, language: Language | None, opening: str
) -> None:
    answer = seed_assistant.ask(question, language=language)
    assert answer.language == (language or ("ar" if opening == "«" else "en"))
    assert [f": {opening}" in sentence.text for sentence in answer.sentences] == [True] * 4


@pytest.mark.parametrize("question", EVERY[::3])
def test_a_language_asked_for_changes_the_wording_alone(seed_assistant: Assistant, question: str) -> None:
    english, arabic = seed_assistant.ask(question, language="en"), seed_assistant.ask(question, language="ar")
    assert english.citations == arabic.citations
    assert (english.reason is None) is (arabic.reason is None)
    assert english.reason is None or english.reason != arabic.reason


@pytest.mark.parametrize("question", ["Qu'a dit Lavrov sur la Turquie ?", "Что сказал Лавров о Турции?"])
def test_a_third_language_is_declined_without_passages(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.ask(question)
    assert (answer.declined, answer.passages) == (True, ())
    assert answer.reason == "The question is in neither Arabic nor English; please ask in one of them."


@pytest.mark.parametrize("question", ["", " \n", "؟!", "x" * 10_000, "Lavrov\x00", "Lavrov \u202e"])
def test_a_question_that_cannot_be_worked_on_is_an_error(seed_assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError):
        seed_assistant.ask(question)


def test_questions_leave_the_other_cores_to_others(seed_assistant: Assistant) -> None:
    """Whatever library numpy multiplies by; of Apple's nothing is told."""
    assert seed_assistant.search("Turkey")
    assert {pool["num_threads"] for pool in threadpool_info() if "numpy.libs" in pool["filepath"]} <= {1}


def test_a_speaker_asked_for_beside_the_question_gives_their_statements_only(seed_assistant: Assistant) -> None:
    assert runs(seed_assistant.ask("What was said about Turkey?", speaker="Lavrov")) == ON_TURKEY
    latin, arabic = (seed_assistant.ask("What was said about Turkey?", speaker=name) for name in ("Peskov", "بيسكوف"))
    assert latin.citations == arabic.citations
    assert sorted(articles(runs(latin))) == ["000", "001", "002"]
    assert ["بيسكوف" in (cited.speaker or "") for cited in latin.citations] == [True] * len(latin.citations)
    assert seed_assistant.ask("What was said about Turkey?", speaker="Napoleon").citations == ()


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over two articles on one matter, a week apart, of different outlets and languages."""
    folder = tmp_path_factory.mktemp("dated")
    early = write(folder, early=f"Harvest\n\n05.03.2017 | 10:00\n\n{HARVEST}\n")
    late = write(folder, late="الحصاد\n\n12.03.2017 | 10:00\n\nقال آدم نوفاك إن المطر أنقذ ما تبقى من الحصاد.\n")
    fill(folder / "archive", *early, source="Gazette")
    fill(folder / "archive", *late, source="Courier")
    return open_assistant(folder / "archive")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (None, ["ear", "lat"]),
        (Filters(published_from=date(2017, 3, 6)), ["lat"]),
        (Filters(published_to=date(2017, 3, 5)), ["ear"]),
        (Filters(source="Gazette"), ["ear"]),
        (Filters(language="ar"), ["lat"]),
        (Filters(source="Gazette", language="ar"), []),
    ],
)
def test_filters_leave_articles_out_by_date_source_and_language(
    dated: Assistant, filters: Filters | None, expected: list[str]
) -> None:
    answer = dated.ask(ASKED, filters=filters)
    assert sorted(articles(runs(answer))) == expected
    assert answer.reason == (None if expected else NOTHING_TO_SEARCH)


NOVAK = {
    "june": "05.06.2015 | 10:00\n\nAdam Novak said that the harvest in the north had failed.",
    "july": "20.07.2015 | 10:00\n\nAdam Novak said that rain had saved the harvest in the south.",
    "later": "10.09.2015 | 10:00\n\nIn August 2015, Adam Novak said that the harvest of maize was good.",
    "undated": "Adam Novak said that the harvest of apples was late. Forty farms joined the orchard union in July.",
    "arabic": "21.07.2015 | 10:00\n\nقال آدم نوفاك إن الحصاد في الجنوب لم يضع.",
}


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over what one man said of one matter in some months of 2015, asked on 29 July."""
    folder = tmp_path_factory.mktemp("months")
    fill(folder / "archive", *write(folder, **{name: f"Harvest\n\n{text}\n" for name, text in NOVAK.items()}))
    return open_assistant(folder / "archive", today=lambda: date(2015, 7, 29))


def cited(answer: Answer) -> list[str]:
    return sorted({Path(citation.article.path).stem for citation in answer.citations})


@pytest.mark.parametrize(
    ("question", "first", "last", "expected"),
    [
        ("What did Adam Novak say about the harvest in July 2015?", (7, 1), (7, 31), ["arabic", "july"]),
        ("What did Adam Novak say in June 2015 about the harvest?", (6, 1), (6, 30), ["june"]),
        ("What did Adam Novak say about the harvest between June and July?", (6, 1), (7, 31), None),
        ("In June 2015, what did Adam Novak say about the harvest?", (6, 1), (6, 30), ["june"]),
        ("What did Adam Novak say last week?", (7, 20), (7, 26), ["arabic", "july"]),
        ("ماذا قال آدم نوفاك عن الحصاد في تموز 2015؟", (7, 1), (7, 31), ["arabic", "july"]),
        ("ماذا قال آدم نوفاك الأسبوع الماضي؟", (7, 20), (7, 26), ["arabic", "july"]),
    ],
)
def test_words_for_a_time_are_a_filter_that_the_answer_states(
    months: Assistant, question: str, first: tuple[int, int], last: tuple[int, int], expected: list[str] | None
) -> None:
    answer = months.ask(question)
    days = Filters(date(2015, *first), date(2015, *last))
    assert answer.narrowed == Narrowed(days, from_question=True)
    assert cited(answer) == (["arabic", "july", "june"] if expected is None else expected)
    assert answer.notes == ()


def test_who_said_nothing_then_is_declined_for_that_time_and_not_answered_from_another(months: Assistant) -> None:
    answer = months.ask("What did Adam Novak say about the harvest in May 2015?")
    assert (answer.declined, answer.reason) == (True, "No article from 1 to 31 May 2015 answers this question.")
    assert answer.narrowed is None or answer.narrowed.from_question
    yesterday = months.ask("ماذا قال آدم نوفاك أمس؟")
    assert yesterday.reason == "لا يجيب عن هذا السؤال أي مقال من 28 إلى 29 تموز/يوليو 2015."


def test_another_article_answers_where_it_states_the_time_and_a_note_says_so(months: Assistant) -> None:
    assistant = open_assistant(months.archive.folder, today=lambda: date(2015, 12, 1))
    answer = assistant.ask("What did Adam Novak say in August 2015?")
    assert (cited(answer), answer.narrowed) == (["later"], None)
    assert answer.notes == (
        "No article from 1 to 31 August 2015 answers this; what follows is from other articles that tell of that time "
        "or state no date.",
    )


def test_days_that_are_given_go_before_words_and_other_filters_join_them(months: Assistant) -> None:
    question = "What did Adam Novak say about the harvest in July 2015?"
    june = Filters(date(2015, 6, 1), date(2015, 6, 30))
    assert months.ask(question, filters=june).narrowed == Narrowed(june)
    arabic = months.ask(question, filters=Filters(language="ar"))
    assert arabic.narrowed == Narrowed(Filters(date(2015, 7, 1), date(2015, 7, 31), language="ar"), from_question=True)
    assert cited(arabic) == ["arabic"]


def test_a_follow_up_keeps_to_the_time_asked_about(months: Assistant) -> None:
    history = ["What did Adam Novak say about the harvest in July 2015?"]
    assert cited(months.ask("And in June?", history=history)) == ["june"]
    assert cited(months.ask("And about rain?", history=history)) == ["july"]


@pytest.mark.parametrize("speaker", ["Adam Novak", "نوفاك"])
def test_a_speaker_is_found_by_either_script_and_unknown_ones_narrow_nothing(months: Assistant, speaker: str) -> None:
    found = {Path(hit.passage.article.path).stem for hit in months.search("weather", speaker=speaker)}
    assert found == set(NOVAK)
    assert months.search("harvest", speaker="Napoleon") == []
    july = Filters(date(2015, 7, 1), date(2015, 7, 31))
    assert len(months.search("harvest", july, speaker=speaker)) == 2
    declined = months.ask("What about the harvest?", speaker="Napoleon")
    assert declined.reason == "The archive holds no statement by Napoleon on this."
    assert declined.passages != ()


def test_an_empty_archive_declines(tmp_path: Path) -> None:
    fill(tmp_path)
    for filters in (None, Filters(source="Gazette")):
        answer = open_assistant(tmp_path).ask(ASKED, filters=filters)
        assert (answer.declined, answer.reason, answer.passages) == (True, NOTHING_TO_SEARCH, ())


def test_a_folder_without_an_archive_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchiveError):
        open_assistant(tmp_path)


def test_what_another_process_adds_and_removes_is_seen_at_the_next_question(tmp_path: Path) -> None:
    first, second = write(tmp_path, one=f"One\n\n{HARVEST}\n", two=f"Two\n\n{RAIN}\n")
    assert isnad("ingest", first, folder=tmp_path).returncode == 0
    assistant = open_assistant(tmp_path / ".isnad")

    def quoted() -> set[str]:
        return {cited.quote for cited in assistant.ask(ASKED).citations}

    assert quoted() == {HARVEST}
    assert isnad("ingest", second, folder=tmp_path).returncode == 0
    assert quoted() == {HARVEST, RAIN}
    (cited,) = (cited for cited in assistant.ask(ASKED).citations if cited.quote == HARVEST)
    assert isnad("archive", "remove", cited.article.id, folder=tmp_path).returncode == 0
    assert quoted() == {RAIN}
    assert [hit.passage.article.path for hit in assistant.search("harvest")] == [second.name]


def test_an_article_that_changes_is_cited_as_it_now_stands(tmp_path: Path) -> None:
    (path,) = write(tmp_path, news=f"News\n\n{HARVEST}\n")
    fill(tmp_path / "archive", path)
    assistant = open_assistant(tmp_path / "archive")
    assert [cited.quote for cited in assistant.ask(ASKED).citations] == [HARVEST]
    write(tmp_path, news=f"News, corrected\n\n{RAIN}\n")
    fill(tmp_path / "archive", path)
    assert [cited.quote for cited in assistant.ask(ASKED).citations] == [RAIN]


@pytest.mark.parametrize(
    ("history", "question", "understood"),
    [
        (["what did Lavrov say about Turkey"], "And Peskov?", "What did Peskov say about Turkey?"),
        (["what did Lavrov say about Turkey", "And about Idlib?"], "And Peskov?", "What did Peskov say about Idlib?"),
        (["ماذا قال لافروف عن تركيا؟"], "وبيسكوف؟", "ماذا قال بيسكوف عن تركيا؟"),
    ],
)
def test_a_follow_up_is_answered_as_the_question_that_it_stands_for(
    seed_assistant: Assistant, history: list[str], question: str, understood: str
) -> None:
    followed, alone = seed_assistant.ask(question, history=history), seed_assistant.ask(understood)
    assert (followed.question, followed.understood, alone.understood) == (question, understood, None)
    assert (followed.sentences, followed.language) == (alone.sentences, alone.language)
    assert followed.citations != ()


def test_a_new_topic_drops_the_old_one(seed_assistant: Assistant) -> None:
    history = ["what did Lavrov say about Turkey", "And Peskov?"]
    new = "When did the Kremlin reject abandoning Assad?"
    answer = seed_assistant.ask(new, history=history)
    assert answer.understood is None
    assert answer.sentences == seed_assistant.ask(new).sentences


def test_a_history_that_cannot_be_worked_on_is_no_error(seed_assistant: Assistant) -> None:
    history = ["what did Lavrov say about Turkey", *["", "\x00", "x" * 10_000, "Qu'a dit Macron sur la Syrie ?"] * 300]
    assert seed_assistant.ask("And Peskov?", history=history).understood is None
    assert seed_assistant.ask("And Peskov?", history=[*history, history[0]]).understood is not None


def test_threads_that_ask_at_once_get_the_answers_that_one_alone_gets(seed_assistant: Assistant) -> None:
    questions = EVERY[::6] * 2
    expected = [seed_assistant.ask(question).sentences for question in questions]
    fresh = open_assistant(seed_assistant.archive.folder)
    with ThreadPoolExecutor(8) as pool:
        assert [answer.sentences for answer in pool.map(fresh.ask, questions)] == expected


def test_threads_that_ask_while_articles_arrive_lose_none(tmp_path: Path) -> None:
    """Each answer quotes the first article, and the last answers all of them."""
    archive = tmp_path / "archive"
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    sentences = [HARVEST.replace("Monday", day) for day in days]
    paths = write(tmp_path, **{day: f"{day}\n\n{text}\n" for day, text in zip(days, sentences, strict=True)})
    fill(archive, paths[0])
    assistant = open_assistant(archive)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(assistant.ask, ASKED) for _ in range(20)]
        for path in paths[1:]:
            fill(archive, path)
            asked += [pool.submit(assistant.ask, ASKED) for _ in range(5)]
        quoted = [{cited.quote for cited in answer.result().citations} for answer in asked]
    assert [sentences[0] in found for found in quoted] == [True] * len(asked)
    assert {cited.quote for cited in assistant.ask(ASKED).citations} == set(sentences)


def test_many_near_copies_of_one_story_leave_room_for_another(tmp_path: Path) -> None:
    fields = "The fields of {0} lay dry, the wells of {0} were empty, and {1} farmers of the province had gone away. "
    report = (
        f"{HARVEST} He spoke in Prague after a meeting with the union of farmers, which asks for help before winter. "
        + fields.format("Brno", "many")
        + "The government will meet on Wednesday to decide what it can pay, and from which of its funds it is taken.\n"
    )
    copies = {f"copy{number}": f"Headline {number}\n\n{report}Page {number}.\n" for number in range(15)}
    fill(tmp_path / "archive", *write(tmp_path, **copies, rain=f"Rain\n\n{RAIN} Reporters heard him in Brno.\n"))
    with SqliteArchive.open(tmp_path / "archive") as archive:
        index = CopyIndex(archive.folder)
        index.catch_up(archive)
        assert [len(cluster) for cluster in index.clusters()] == [15]
        names = {name for cluster in index.clusters() for name in cluster}
    assistant = open_assistant(tmp_path / "archive")
    with closing(assistant.archive):
        answer = assistant.ask(ASKED)
        shown = [hit.passage.article.id for hit in answer.passages]
        assert len(names.intersection(shown)) == 1
        assert len(shown) > shown.count(next(iter(names.intersection(shown))))
    told = {cited.quote: len(cited.also) for cited in answer.citations}
    assert told == {HARVEST: 14, RAIN: 0}
