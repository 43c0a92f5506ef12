"""Isnad as LangChain sees it: a retriever of exact passages, and a chain whose answers are cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable
from pydantic import PrivateAttr

from assistant.questions.checking import check_question
from assistant.rendering.answers import Json, answer_json, answer_text, place_json

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.runnables import RunnableConfig

    from assistant.ask import Assistant
    from index.types import Article, Filters


class Cited(TypedDict):
    """An answer: the text that `isnad ask` prints, the cited runs by their numbers, what `isnad ask --json` prints."""

    answer: str
    context: list[Document]
    isnad: Json


class IsnadRetriever(BaseRetriever):
    """Finds the passages of an archive, each a document whose offsets count into the article's text.

    ``article.text[start:end]`` is the document's text, to the letter. Raises QuestionError where a query cannot be
    worked on, and ArchiveError where the archive cannot be read.
    """

    _assistant: Assistant = PrivateAttr()
    _filters: Filters | None = PrivateAttr()
    _top_k: int = PrivateAttr()

    def __init__(self, assistant: Assistant, *, filters: Filters | None = None, top_k: int = 10) -> None:
        super().__init__()
        self._assistant = assistant
        self._filters = filters
        self._top_k = top_k

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self._assistant.search(check_question(query), self._filters, self._top_k)
        return [_document(hit.passage.article, hit.passage.start, hit.passage.end, score=hit.score) for hit in hits]


class IsnadChain(Runnable[str, Cited]):
    """Answers questions from an archive, as a step of a chain; a declined question has no context.

    Raises what the retriever does.
    """

    def __init__(self, assistant: Assistant, *, filters: Filters | None = None) -> None:
        self._assistant = assistant
        self._filters = filters

    def invoke(self, input: str, config: RunnableConfig | None = None, **kwargs: object) -> Cited:
        """Answer a question; `config` is what LangChain hands on from step to step."""
        return self._call_with_config(self._answer, input, config)

    def _answer(self, question: str) -> Cited:
        answer = self._assistant.ask(question, filters=self._filters)
        cited = [_document(one.article, one.start, one.end, speaker=one.speaker) for one in answer.citations]
        return Cited(answer=answer_text(answer), context=cited, isnad=answer_json(answer))


def _document(article: Article, start: int, end: int, **more: object) -> Document:
    return Document(
        id=f"{article.id}:{start}-{end}",
        page_content=article.text[start:end],
        metadata={**place_json(article, start, end), **more},
    )
