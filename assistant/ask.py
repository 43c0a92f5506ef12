"""A question to an answer: retrieve, write, verify."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.question import is_foreign, read_question
from assistant.types import Answer
from assistant.wording import decline
from assistant.writers.extractive import ExtractiveWriter

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.types import Writer
    from index.archive import SqliteArchive
    from index.retrieve import Retriever
    from index.types import Filters, Language

PASSAGES = 20
"""Passages that a writer reads."""

SHOWN = 5
"""Passages that come with an answer."""


class Assistant:
    """Answers questions from one archive."""

    def __init__(self, archive: SqliteArchive, retriever: Retriever, writer: Writer) -> None:
        self.archive = archive
        self.retriever = retriever
        self._writer = writer

    def ask(
        self, text: str, *, language: Language | None = None, filters: Filters | None = None, speaker: str | None = None
    ) -> Answer:
        """Answer a question, or decline it with the reason.

        `language` is the language of the wording, the question's own when None; `speaker` asks for that speaker's
        statements only. Raises QuestionError where the question cannot be worked on.
        """
        started = time.perf_counter()
        question = read_question(text)
        if language is not None:
            question = replace(question, language=language)
        if speaker is not None:
            question = question.said_by(speaker)
        if is_foreign(text):
            return Answer(
                question.text, question.language, (), decline("foreign", question), (), time.perf_counter() - started
            )
        hits = tuple(self.retriever.search(question.text, filters, PASSAGES))
        draft = self._writer.write(question, hits)
        return Answer(
            question.text, question.language, draft.sentences, draft.reason, hits[:SHOWN], time.perf_counter() - started
        )


def open_assistant(folder: Path, encoder: str | None = None) -> Assistant:
    """Open the archive of a folder for questions, its indexes brought up to date.

    `encoder` names the encoder of its vectors; None is the bundled model, which finds the evidence in any case. Raises an
    ArchiveError or an EncoderError.
    """
    from index.archive import SqliteArchive
    from index.dense import FaissIndex
    from index.encode import BUNDLED, StaticEncoder, load_encoder
    from index.lexical import TantivyIndex
    from index.retrieve import Retriever

    words = StaticEncoder()
    questions = words if encoder in (None, BUNDLED) else load_encoder(encoder)
    archive = SqliteArchive.open(folder, encoder_name=questions.name, dimensions=questions.dimensions)
    dense, lexical = FaissIndex(folder), TantivyIndex(folder)
    dense.catch_up(archive)
    lexical.catch_up(archive)
    return Assistant(archive, Retriever(archive, dense, lexical, questions, words), ExtractiveWriter(words))
