"""What two archives of the same articles answer to the same questions."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from assistant.questions.examples import example_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.ask import Assistant
    from assistant.types import Answer

READ_FOR_QUESTIONS = 50
"""Articles that questions about statements are made from."""

TITLES = 20
"""Articles, all along the archive, whose titles are asked as well."""


def sample_questions(assistant: Assistant) -> list[str]:
    """Return questions that an archive can be asked: what its articles say, and the titles of some of them."""
    archive = assistant.archive
    said = example_questions(islice(archive.articles(), READ_FOR_QUESTIONS), assistant.quoting().ask)
    names = list(archive.arrivals().values())
    some = archive.held(names[:: max(1, len(names) // TITLES)][:TITLES])
    return list(dict.fromkeys([*said, *(held.title for held in some.values() if held.title)]))


def answers_that_differ(first: Assistant, second: Assistant, questions: Sequence[str]) -> list[str]:
    """Return the questions that two assistants answer by other sentences, or cite otherwise; no model writes."""
    return [
        question
        for question in questions
        if _told(first.quoting().ask(question)) != _told(second.quoting().ask(question))
    ]


def _told(answer: Answer) -> tuple[object, ...]:
    cited = [(one.article.id, one.start, one.end, one.quote, one.speaker) for one in answer.citations]
    return [(sentence.text, sentence.support) for sentence in answer.sentences], cited, answer.reason
