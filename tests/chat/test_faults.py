"""What went wrong is told in the reader's language, and no kind of error is without words."""

from __future__ import annotations

import json

import pytest

import index.errors
from assistant.ask import Assistant
from assistant.chat.check.routes import Given, verdict_lines
from assistant.chat.faults import ARABIC, told
from assistant.desk import Desk
from index.errors import ArchiveLockedError, IsnadError, QuestionError, TrainingError

KINDS = [kind for kind in vars(index.errors).values() if isinstance(kind, type) and issubclass(kind, IsnadError)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_an_error_is_its_message_in_english_and_behind_a_sentence_in_arabic(kind: type[IsnadError]) -> None:
    error = kind("the thing 'x' failed; mend it")
    assert told(error, "en") == "the thing 'x' failed; mend it"
    sentence, _, message = told(error, "ar").partition(" \u2068")
    assert sentence in ARABIC.values()
    assert message == "the thing 'x' failed; mend it\u2069"


def test_the_sentence_is_that_of_the_nearest_kind() -> None:
    assert told(ArchiveLockedError("busy"), "ar").startswith("يكتب برنامج آخر في الأرشيف الآن")
    assert told(TrainingError("no rows"), "ar").startswith("تعذّر إتمام ذلك.")


def test_the_page_for_checking_tells_it_so(seed_assistant: Assistant) -> None:
    with pytest.raises(QuestionError) as caught:
        raise QuestionError("the text is in neither Arabic nor English; check one in these languages")
    given = Given(text="Мост открыли в мае.", kind="text")
    (line,) = verdict_lines(Desk(lambda: seed_assistant), given, "ar")
    assert json.loads(line) == {"error": told(caught.value, "ar")}
