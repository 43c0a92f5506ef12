"""Systems other than ours: what they cite is looked up in the archive, and their faults stay theirs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.ask import open_assistant
from assistant.types import Citation, Support
from eval.cited import GivenAnswer, Lookup
from eval.questions import Question
from eval.systems import ChatSystem, FunctionSystem, load_function
from index.errors import BenchmarkError
from index.settings import load_settings
from index.text import detect_language
from index.types import Passage
from tests.archives import fill, write
from tests.librarian import cite, seed

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from tests.llm_server import LlmServer

QUESTION = "what did Lavrov say about Turkey"
SAID = "تركيا لم تنفذ عددا من التزاماتها الهامة لتسوية الأزمة في إدلب"
HELD = cite(seed(2), "تركيا لم تنفذ", "الأزمة في إدلب")
"""The same in its article, which has no-break spaces between some of the words."""
REFUSED = "روسيا لا ترى بديلا عن كل شيء"


@pytest.fixture(scope="module")
def lookup(seed_assistant: Assistant) -> Lookup:
    return Lookup(seed_assistant.archive, seed_assistant.verifier)


@pytest.fixture(scope="module")
def passages(seed_assistant: Assistant) -> list[Passage]:
    """Passages as they are sent to a server."""
    return [hit.passage for hit in seed_assistant.search("Lavrov commitments Idlib", None, 3)]


def _asked(text: str, *history: str) -> Question:
    return Question("set", "q", text, detect_language(text), None, (), "line 1", history=history)


def _quotes(citations: Sequence[Citation]) -> list[str]:
    return [citation.quote for citation in citations]


def test_a_quotation_is_the_run_that_holds_it_and_one_that_no_article_holds_is_lost(lookup: Lookup) -> None:
    cited = lookup.read_text(f"Lavrov said: “{SAID}”. Peskov said that «{REFUSED}».")
    [true, false] = cited.sentences
    assert (_quotes(true.citations), true.support) == ([HELD.quote], Support.SUPPORTED)
    assert (false.citations, false.support, cited.lost) == ((), Support.UNSUPPORTED, 1)


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»"])
def test_a_quotation_of_several_sentences_is_one(tmp_path: Path, lookup: Lookup, marks: str) -> None:
    said = "The bridge will open in May. It has been paid for"
    fill(tmp_path / "archive", *write(tmp_path, story=f"The minister arrived on Tuesday.\n\n{said}, he said."))
    assistant = open_assistant(tmp_path / "archive")
    with closing(assistant.archive):
        cited = Lookup(assistant.archive, assistant.verifier).read_text(f"He put it so: {marks.format(said)}.")
    assert ([_quotes(sentence.citations) for sentence in cited.sentences], cited.lost) == ([[said]], 0)


def test_words_between_marks_that_are_no_quotation_are_not_looked_for(lookup: Lookup) -> None:
    cited = lookup.read_text("The “safe zone” was named.")
    assert ([sentence.citations for sentence in cited.sentences], cited.lost) == ([()], 0)


def test_a_number_is_the_whole_passage_and_one_that_was_not_sent_is_lost(
    lookup: Lookup, passages: list[Passage]
) -> None:
    cited = lookup.read_text("Lavrov spoke of Turkey [2]. He left [1, 7].", passages)
    runs = [Citation(passage.article, passage.start, passage.end) for passage in passages]
    assert [sentence.citations for sentence in cited.sentences] == [(runs[1],), (runs[0],)]
    assert cited.lost == 1


def test_a_sentence_that_quotes_the_passage_it_numbers_cites_the_words_alone(lookup: Lookup) -> None:
    place = HELD
    passage = Passage(place.article, max(place.start - 50, 0), place.end + 50)
    cited = lookup.read_text(f"Lavrov: “{SAID}” [1].", [passage])
    [sentence] = cited.sentences
    assert [(c.start, c.end) for c in sentence.citations] == [(place.start, place.end)]


def test_an_answer_in_json_is_held_against_the_archive(lookup: Lookup, seed_assistant: Assistant) -> None:
    place = HELD
    name = place.article.path
    given = GivenAnswer.model_validate(
        {
            "sentences": [{"text": "Turkey has not met its commitments.", "citations": [1, 2, 3, 4, 5, 6]}],
            "citations": [
                {"n": 1, "article": name, "start": place.start, "end": place.end, "quote": HELD.quote},
                {"n": 2, "article": name, "start": place.start + 3, "end": place.end, "quote": SAID},
                {"n": 3, "article": name, "start": 0, "end": 9},
                {"n": 4, "article": name, "quote": REFUSED},
                {"n": 5, "article": "elsewhere.txt", "start": 0, "end": 5},
            ],
        }
    )
    cited = lookup.read_answer(given)
    [sentence] = cited.sentences
    assert [(c.start, c.end) for c in sentence.citations] == [(place.start, place.end), (0, 9)]
    assert cited.lost == 3


def test_what_the_program_itself_prints_is_read_back_as_it_was(lookup: Lookup, seed_assistant: Assistant) -> None:
    from assistant.rendering.answers import answer_json

    answer = seed_assistant.ask(QUESTION)
    system = FunctionSystem("ours", lambda text, history: answer_json(seed_assistant.ask(text)), lookup)
    again = system.ask(_asked(QUESTION))
    assert [(c.article.id, c.start, c.end) for c in again.citations] == [
        (c.article.id, c.start, c.end) for c in answer.citations
    ]
    assert [sentence.text for sentence in again.sentences] == [sentence.text for sentence in answer.sentences]
    assert [hit.passage for hit in again.passages] == [hit.passage for hit in answer.passages]
    assert again.notes == ()


def test_a_function_is_given_the_question_and_those_before_it(lookup: Lookup) -> None:
    asked = []

    def system(text: str, history: list[str]) -> str:
        asked.append((text, history))
        return "NO_ANSWER, sorry"

    answer = FunctionSystem("f", system, lookup).ask(_asked("And Peskov?", QUESTION))
    assert asked == [("And Peskov?", [QUESTION])]
    assert (answer.declined, answer.reason) == (True, "The system gave no answer.")


def _fail(text: str, history: list[str]) -> str:
    raise KeyError(text)


def _stall(text: str, history: list[str]) -> str:
    time.sleep(0.5)
    return "too late"


@pytest.mark.parametrize(
    ("function", "complaint"),
    [
        (_fail, "'f' failed: KeyError: 'q?'"),
        (_stall, "'f' gave no answer within 0.05 s"),
        (lambda text, history: 5, "'f' returned neither a text nor an answer (: input should be"),
        (lambda text, history: {"sentences": 5}, "'f' returned neither a text nor an answer (sentences: input should"),
    ],
)
def test_a_fault_of_a_function_is_one_line(lookup: Lookup, function: object, complaint: str) -> None:
    with pytest.raises(BenchmarkError) as raised:
        FunctionSystem("f", function, lookup, timeout=0.05).ask(_asked("q?"))  # type: ignore[arg-type]
    assert str(raised.value).startswith(complaint)


def test_a_function_is_found_by_its_name_in_the_current_folder(here: Path) -> None:
    Path("some_system.py").write_text("def ask(text, history):\n    return text\n", encoding="utf-8")
    assert load_function("some_system:ask")("q", []) == "q"
    for name, complaint in (
        ("some_system:tell", "'some_system:tell' is no function"),
        ("some_system", "'some_system' is no function"),
        ("no_such_system:ask", "cannot import 'no_such_system': No module named 'no_such_system'"),
    ):
        with pytest.raises(BenchmarkError) as raised:
            load_function(name)
        assert str(raised.value).startswith(complaint)


def _chat(server: LlmServer, lookup: Lookup, assistant: Assistant, *, passages: int, timeout: float = 20) -> ChatSystem:
    from assistant.writers.llm_client import open_model

    model = open_model(load_settings(llm="loopback", llm_url=server.url, llm_timeout=timeout))
    return ChatSystem(server.url, model, lookup, assistant, passages)


def test_a_server_is_sent_passages_and_its_numbers_are_theirs(
    server: LlmServer, lookup: Lookup, seed_assistant: Assistant
) -> None:
    server.reply("Lavrov spoke ", "[1", "]. ", f"He said “{SAID}” and ", f"“{REFUSED}”.")
    answer = _chat(server, lookup, seed_assistant, passages=3).ask(_asked(QUESTION, "Who is Lavrov?"))
    sent = [hit.passage for hit in seed_assistant.search(QUESTION, None, 3)]
    assert [hit.passage for hit in answer.passages] == sent
    assert all(passage.text in server.prompt() for passage in sent)
    assert "Who is Lavrov?" in server.prompt()
    first, second = answer.sentences
    assert first.citations == (Citation(sent[0].article, sent[0].start, sent[0].end),)
    assert (_quotes(second.citations), second.support) == ([HELD.quote], Support.UNSUPPORTED)
    assert answer.notes == ("1 of its citations found nowhere in the archive",)


def test_a_server_that_searches_for_itself_is_sent_the_question_alone(
    server: LlmServer, lookup: Lookup, seed_assistant: Assistant
) -> None:
    server.reply(f"«{SAID}»")
    answer = _chat(server, lookup, seed_assistant, passages=0).ask(_asked("ماذا قال لافروف عن تركيا؟"))
    assert (_quotes(answer.citations), answer.passages) == ([HELD.quote], ())
    assert "[1]\nBEGIN" not in server.prompt()


def test_a_server_may_decline(server: LlmServer, lookup: Lookup, seed_assistant: Assistant) -> None:
    server.reply("NO_", "ANSWER")
    assert _chat(server, lookup, seed_assistant, passages=2).ask(_asked(QUESTION)).declined is True


def test_a_fault_of_a_server_is_one_line(server: LlmServer, lookup: Lookup, seed_assistant: Assistant) -> None:
    server.status = 500
    with pytest.raises(BenchmarkError) as raised:
        _chat(server, lookup, seed_assistant, passages=1).ask(_asked(QUESTION))
    assert str(raised.value) == f"'{server.url}': The language model gave no usable answer (HTTP 500)."
    server.behave()
    server.reply("never")
    server.stall_after = 0
    with pytest.raises(BenchmarkError, match="it took too long"):
        _chat(server, lookup, seed_assistant, passages=1, timeout=0.3).ask(_asked(QUESTION))
