"""Whose words answer, where nothing in the question parts a speaker's name from what is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.ask import open_assistant
from tests.parts.archives import fill, write

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.ask import Assistant

TEXTS = {
    "banks": "Ontario minister Monte Kwinter said the decision on the banking centers would backfire on Ottawa.",
    "unions": "وصف طارق الفتيتي من الاتحاد الوطني الحر إقالة الوزير عبيد البريكي بالمسرحية.",
    "police": "قال سليم حداد إنه لن يغير مدير الشرطة. وقال سمير حداد إن الميناء يعمل.",
    "tweets": "وقال أحد المحققين ويدعى فاليري زولوتاريف: «لا أنصح أي شخص بمراسلة إرهابيين خطيرين».",
    "talks": "وقال ماركو روبيو إن باراك أوباما استسلم لخصوم بلاده في المحادثات.",
    "bombs": "قال حيدر العبادي رئيس الوزراء العراقي إن القرار الجديد بفرض عقوبات خطأ.",
    "weather": "Barack Obama said that the weather was fine.",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("speakers")
    fill(folder / "archive", *write(folder, **TEXTS))
    return open_assistant(folder / "archive")


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("كيف وصف كوينتر عاقبة القرار بشأن المراكز المصرفية؟", "banks"),
        ("How did Tarek Ftiti of the Free National Union describe the sacking of Abid Briki?", "unions"),
        ("How did the union's Tarek Ftiti describe the sacking of Abid Briki?", "unions"),
        ("What did Valery Zolotarev advise about contacting dangerous terrorists?", "tweets"),
    ],
)
def test_as_much_is_taken_for_a_name_as_whoever_speaks_on_the_topic_is_called(
    assistant: Assistant, question: str, article: str
) -> None:
    assert [cited.article.text for cited in assistant.ask(question).citations] == [TEXTS[article]]


@pytest.mark.parametrize(
    "question",
    [
        "What did Samir Haddad say about the police chief?",  # a namesake did
        "What did Obama say about his opponents in the talks?",  # Rubio did, of Obama
        "How did Araqchi describe the new resolution on sanctions?",  # who sounds like an Iraqi
    ],
)
def test_nobody_elses_words_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).citations == ()
