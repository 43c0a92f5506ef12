"""Kept conversations: whose they are, what is found in them, two pages and many threads at one, files that fail."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from assistant.chat.conversations.kept_answer import restore_answer
from assistant.chat.conversations.store import UNDO_SECONDS, Conversations, KeptTurn
from assistant.rendering.answers import answer_json
from assistant.types import Narrowed, Resolved, Support
from index.archive.file import CONVERSATIONS
from index.archive.sqlite import SqliteArchive
from index.errors import ConversationsError, UnknownArticleError, UnknownConversationError
from index.types import Filters
from tests.archives import bundled
from tests.librarian import Librarian, answered, cite, declined, run, seed

ME, YOU = "browser:me", "user:you"
SAID = cite(seed(0), "وقال لافروف في تصريحات", "البعض”.", speaker="لافروف")


def test_a_kept_answer_is_restored_as_it_was_given_from_articles_that_are_still_there() -> None:
    cited = replace(SAID, highlights=((1900, 1905),), resolved=(Resolved(1900, 1905, date(2020, 2, 17)),))
    narrowed = Narrowed(Filters(date(2020, 2, 1), None, frozenset({"سانا"})), "لافروف", from_question=True)
    given = replace(
        answered("And he?", (SAID.quote, (SAID, cited)), ("No more.", ()), support=Support.PARTIAL),
        understood="What did he say?",
        notes=("A note.",),
        narrowed=narrowed,
        passages=declined("?", "", run(seed(1), "وشدد")).passages,
    )
    shelf = Librarian((given,))
    kept = json.loads(json.dumps(answer_json(given)))
    assert restore_answer(kept, cast("SqliteArchive", shelf)) == given
    with pytest.raises(UnknownArticleError):
        restore_answer(kept, cast("SqliteArchive", Librarian(())))


class Clock:
    """The time, as a test sets it."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Iterator[Conversations]:
    conversations = Conversations(tmp_path, clock)
    yield conversations
    conversations.close()


def turn(id: str, question: str = "What did Lavrov say?", asked: float = 1_000.0) -> KeptTurn:
    return KeptTurn.from_answer(id, answered(question, (SAID.quote, (SAID,))), f"<p>{id}</p>", asked)


def titles(kept: Conversations, words: str = "", person: str = ME) -> list[str]:
    return [one.title for one in kept.find(person, words)]


def test_a_conversation_comes_back_with_its_turns_and_citations_as_they_were(kept: Conversations) -> None:
    follow_up = replace(declined("And Syria?", "Nothing."), understood="What did Lavrov say about Syria?")
    second = KeptTurn.from_answer("t2", follow_up, "<p>2</p>", 2_000.5, {"source": ["سانا"]})
    begun = kept.keep(ME, None, turn("t1"))
    assert kept.keep(ME, begun.id, second).changed == 2_000.5
    loaded = kept.load(ME, begun.id)
    assert (loaded.title, loaded.token, loaded.turns) == ("What did Lavrov say?", None, (turn("t1"), second))
    assert loaded.turns[0].answer == answer_json(answered("What did Lavrov say?", (SAID.quote, (SAID,))))
    assert loaded.turns[0].articles[seed(0).id]["title"] == seed(0).title


def test_conversations_outlive_the_program(tmp_path: Path) -> None:
    first = Conversations(tmp_path)
    name = first.keep(ME, None, turn("t1")).id
    first.close()
    second = Conversations(tmp_path)
    assert second.load(ME, name).turns == (turn("t1"),)
    second.close()


def test_nobody_sees_or_changes_the_conversation_of_another(kept: Conversations) -> None:
    mine = kept.keep(ME, None, turn("t1")).id
    assert kept.find(YOU) == kept.find(YOU, "Lavrov") == []
    for work in (
        lambda: kept.load(YOU, mine),
        lambda: kept.keep(YOU, mine, turn("t2"), ["t1"]),
        lambda: kept.rename(YOU, mine, "Mine"),
        lambda: kept.delete(YOU, mine),
        lambda: kept.share(YOU, mine),
        lambda: kept.stop_sharing(YOU, mine),
        lambda: kept.load_shared(mine),
    ):
        with pytest.raises(UnknownConversationError):
            work()
    assert kept.load(ME, mine).turns == (turn("t1"),)


def test_a_shared_conversation_is_read_by_its_token_until_sharing_stops(kept: Conversations) -> None:
    name = kept.keep(ME, None, turn("t1")).id
    token = kept.share(ME, name)
    assert len(token) == 22
    assert kept.share(ME, name) == token
    assert kept.load_shared(token) == kept.load(ME, name)
    assert [one.shared for one in kept.find(ME)] == [True]
    kept.stop_sharing(ME, name)
    with pytest.raises(UnknownConversationError, match="not shared, or no longer"):
        kept.load_shared(token)
    assert kept.share(ME, name) != token


def test_a_turn_is_found_by_its_owner_and_by_who_has_the_link(kept: Conversations) -> None:
    name = kept.keep(ME, None, turn("a")).id
    kept.keep(ME, name, turn("b"))
    kept.keep(ME, name, turn("c"))
    token = kept.share(ME, name)
    assert kept.find_turn("b", ME) == kept.find_turn("b", YOU, token) == kept.find_turn("b", None, token)
    assert [one.id for one in kept.find_turn("b", ME)] == ["a", "b"]
    for person, given in ((YOU, None), (None, None), (YOU, "x")):
        with pytest.raises(UnknownConversationError):
            kept.find_turn("b", person, given)


def test_the_list_is_newest_first_by_the_last_question(kept: Conversations) -> None:
    first = kept.keep(ME, None, turn("a", "One?", 1.0)).id
    kept.keep(ME, None, turn("b", "Two?", 2.0))
    assert titles(kept) == ["Two?", "One?"]
    kept.keep(ME, first, turn("c", "Three?", 3.0))
    assert titles(kept) == ["One?", "Two?"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("turkey", ["About TURKEY?"]),
        ("  لافرُوف تَصريحـات ", ["ماذا قال؟", "About TURKEY?"]),  # in the answers, as the indexes fold
        ("about لافروف", ["About TURKEY?"]),  # one word of the question, one of the answer
        ("قالَ", ["ماذا قال؟", "About TURKEY?"]),
        ("My own title", ["My own title"]),
        ("100%", []),
        ("_", []),
        ("turkey japan", []),
    ],
)
def test_words_are_found_in_titles_questions_and_answers_of_both_scripts(
    kept: Conversations, words: str, found: list[str]
) -> None:
    kept.keep(ME, None, turn("a", "About TURKEY?", 1.0))
    kept.keep(ME, None, turn("b", "ماذا قال؟", 2.0))
    name = kept.keep(ME, None, KeptTurn.from_answer("c", declined("Japan?", "Nothing."), "", 3.0)).id
    kept.rename(ME, name, "  My own \n title ")
    assert titles(kept, words) == found


def test_a_title_is_the_first_question_shortened_and_never_blank(kept: Conversations) -> None:
    long = kept.keep(ME, None, turn("a", "word " * 100))
    assert long.title == ("word " * 16).strip() + " …"
    with pytest.raises(ConversationsError, match="the title is empty; type one"):
        kept.rename(ME, long.id, " \n ")


def test_what_was_deleted_comes_back_for_a_while_and_is_then_gone(
    kept: Conversations, clock: Clock, tmp_path: Path
) -> None:
    name = kept.keep(ME, None, turn("t1", "Zanzibar?")).id
    token = kept.share(ME, name)
    kept.delete(ME, name)
    assert kept.find(ME) == []
    for work in (lambda: kept.load(ME, name), lambda: kept.load_shared(token), lambda: kept.keep(ME, name, turn("t2"))):
        with pytest.raises(UnknownConversationError):
            work()
    with pytest.raises(UnknownConversationError):
        kept.undelete(YOU, name)
    kept.undelete(ME, name)
    assert kept.load(ME, name).turns == (turn("t1", "Zanzibar?"),)
    kept.delete(ME, name)
    clock.now += UNDO_SECONDS + 1
    with pytest.raises(UnknownConversationError):
        kept.undelete(ME, name)
    kept.keep(ME, None, turn("t3"))
    kept.close()
    assert b"Zanzibar" not in (tmp_path / CONVERSATIONS).read_bytes()


def test_an_edited_question_replaces_the_turns_after_it_and_no_turn_that_another_page_added(
    kept: Conversations,
) -> None:
    name = kept.keep(ME, None, turn("a")).id
    kept.keep(ME, name, turn("b"))
    kept.keep(ME, name, turn("elsewhere"))
    kept.keep(ME, name, turn("edited"), ["a", "b"])
    assert [one.id for one in kept.load(ME, name).turns] == ["edited", "elsewhere"]


def test_a_question_asked_again_keeps_its_place(kept: Conversations) -> None:
    name = kept.keep(ME, None, turn("a")).id
    for one in "bcd":
        kept.keep(ME, name, turn(one))
    kept.keep(ME, name, turn("again"), ["b"])
    assert [one.id for one in kept.load(ME, name).turns] == ["a", "again", "c", "d"]


def test_turns_are_replaced_within_their_conversation_only(kept: Conversations) -> None:
    other = kept.keep(ME, None, turn("a")).id
    kept.keep(ME, kept.keep(ME, None, turn("b")).id, turn("c"), ["a", "b"])
    assert [one.id for one in kept.load(ME, other).turns] == ["a"]


def test_many_threads_over_two_connections_lose_no_turn(tmp_path: Path) -> None:
    stores = [Conversations(tmp_path), Conversations(tmp_path)]
    name = stores[0].keep(ME, None, turn("0")).id
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: stores[n % 2].keep(ME, name, turn(str(n))), range(1, 60)))
    assert {one.id for one in stores[1].load(ME, name).turns} == {str(number) for number in range(60)}
    for store in stores:
        store.close()


def damage(file: Path) -> None:
    file.write_bytes(b"no database at all" * 100)


def another_program(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE x (y)")
    connection.close()


def newer(file: Path) -> None:
    Conversations(file.parent).find(ME)
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 2")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (damage, "is damaged (file is not a database); move it away, and another is made"),
        (Path.mkdir, "cannot be written (unable to open database file); make room or allow writing"),
        (another_program, "is another program's database; move it away"),
        (newer, "has format 2, this program knows up to 1; update Isnad"),
    ],
    ids=["damaged", "unwritable", "another", "newer"],
)
def test_a_file_that_cannot_be_used_is_one_line_and_left_alone(tmp_path: Path, spoil: object, message: str) -> None:
    assert callable(spoil)
    file = tmp_path / CONVERSATIONS
    spoil(file)
    before = file.read_bytes() if file.is_file() else None
    kept = Conversations(tmp_path)
    for work in (lambda: kept.find(ME), lambda: kept.keep(ME, None, turn("a"))):
        with pytest.raises(ConversationsError) as told:
            work()
        assert str(told.value) == f"conversations are not kept: '{file}' {message}"
    assert (file.read_bytes() if file.is_file() else None) == before


def test_once_the_file_can_be_used_again_conversations_are_kept_again(tmp_path: Path) -> None:
    file = tmp_path / CONVERSATIONS
    damage(file)
    kept = Conversations(tmp_path)
    with pytest.raises(ConversationsError):
        kept.find(ME)
    file.unlink()
    kept.keep(ME, None, turn("a"))
    assert titles(kept) == ["What did Lavrov say?"]
    kept.close()


def test_an_archive_is_made_anew_beside_conversations_that_are_left(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    kept.keep(ME, None, turn("a"))
    encoder = bundled()
    with SqliteArchive.open(tmp_path, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True) as archive:
        assert archive.count_articles() == 0
    assert titles(kept) == ["What did Lavrov say?"]
    kept.close()
