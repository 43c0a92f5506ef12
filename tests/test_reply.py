"""A reply becomes claims with the numbers of their passages, or is of no use."""

from __future__ import annotations

import pytest

from assistant.writers.markers import MarkerReader
from assistant.writers.reply import LONGEST_REPLY, claims, trouble_of
from index.types import Language


def claimed(reply: str) -> list[tuple[str, tuple[int, ...]]]:
    reader = MarkerReader()
    return [(claim.text, claim.numbers) for claim in claims([*reader.feed(reply), *reader.close()])]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("It rains [1]. It snows [2].", [("It rains.", (1,)), ("It snows.", (2,))]),
        ("It rains. [1] It snows. [2]", [("It rains.", (1,)), ("It snows.", (2,))]),
        ("It rains.[1][2] It snows.", [("It rains.", (1, 2)), ("It snows.", ())]),
        ("It rains [1] and snows [2][1].", [("It rains and snows.", (1, 2))]),
        ("[1] It rains.\n[2] It snows.", [("It rains.", (1,)), ("It snows.", (2,))]),
        ("It rains.\n[1]\nIt snows.\n[2]", [("It rains.", (1,)), ("It snows.", (2,))]),
        ("تمطر [١]. وتثلج [٢]؟", [("تمطر.", (1,)), ("وتثلج؟", (2,))]),
        ("No marker here", [("No marker here", ())]),
        ("[1]", []),
        ("", []),
    ],
)
def test_a_marker_belongs_to_the_sentence_that_it_ends(reply: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert claimed(reply) == expected


def test_lists_headings_and_bold_lose_their_marks() -> None:
    reply = "## Answer\n\n- It **rains** hard [1].\n2. It snows [2].\n"
    assert claimed(reply) == [("Answer", ()), ("It rains hard.", (1,)), ("It snows.", (2,))]


@pytest.mark.parametrize("heading", ["Sources:", "**References**", "المصادر:", "Sources: [1], [2]"])
def test_a_list_of_sources_is_left_out(heading: str) -> None:
    assert claimed(f"It rains [1].\n\n{heading}\n[1] A made-up title, http://example.org\n") == [("It rains.", (1,))]


def test_a_sentence_that_comes_again_is_told_once() -> None:
    assert claimed("It rains [1]. It rains [2]. IT RAINS.") == [("It rains.", (1,))]


LONG = " ".join(f"The {number} ministers met in town number {number * 7}." for number in range(400))


@pytest.mark.parametrize(
    ("reply", "language", "trouble"),
    [
        ("The minister said that the bridge will open in May.", "en", None),
        ("قال الوزير إن الجسر سيفتح في أيار.", "ar", None),
        ("Yes.", "ar", None),
        ("قال الوزير: “The bridge will open in May and nothing will stop it.”", "ar", None),
        ("", "en", "empty"),
        (" \n…!?", "en", "empty"),
        ("the bridge " * 40, "en", "rubbish"),
        ("The bridge will open. " * 20, "en", "rubbish"),
        (LONG[: LONGEST_REPLY + 1], "en", "rubbish"),
        ("The minister said that the bridge will open.", "ar", "language"),
        ("قال الوزير إن الجسر سيفتح.", "en", "language"),
        ("Le ministre a dit que le pont sera ouvert dans le mois de mai.", "en", "language"),
        ("Министр сказал, что мост откроется в мае.", "en", "language"),
        ("部长说这座桥将在五月开放 它将会很漂亮 我们 都 很 高兴", "ar", "language"),
    ],
)
def test_a_reply_of_no_use_is_told_by_what_is_wrong_with_it(
    reply: str, language: Language, trouble: str | None
) -> None:
    assert trouble_of(reply, language) == trouble
