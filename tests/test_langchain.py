"""Isnad as LangChain sees it: exact documents, cited answers, and an example that runs."""

from __future__ import annotations

import asyncio

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough

from assistant.ask import Assistant
from assistant.langchain import IsnadChain, IsnadRetriever
from assistant.rendering.answers import answer_json, answer_text
from index.errors import QuestionError
from index.types import Filters
from tests.console import example

ASKED = "what did Lavrov say about Turkey"


def test_the_documents_are_the_hits_with_exact_offsets_and_scores(seed_assistant: Assistant) -> None:
    documents = IsnadRetriever(seed_assistant, top_k=4).invoke(ASKED)
    hits = seed_assistant.search(ASKED, None, 4)
    assert len(documents) == 4
    for found, hit in zip(documents, hits, strict=True):
        article, start, end = hit.passage.article, hit.passage.start, hit.passage.end
        assert found.metadata == {
            "article": article.id,
            "path": article.path,
            "title": article.title,
            "source": article.source or article.agency,
            "published": article.published.isoformat() if article.published else None,
            "start": start,
            "end": end,
            "score": hit.score,
        }
        assert found.page_content == seed_assistant.archive.article(article.id).text[start:end]
    assert len({found.id for found in documents}) == 4


def test_a_chain_answers_and_its_context_are_the_citations(seed_assistant: Assistant) -> None:
    cited = IsnadChain(seed_assistant).invoke(ASKED)
    answer = seed_assistant.ask(ASKED)
    assert cited["answer"] == answer_text(answer)
    assert cited["isnad"] | {"seconds": 0} == answer_json(answer) | {"seconds": 0}
    for found, one in zip(cited["context"], answer.citations, strict=True):
        assert found.page_content == one.quote
        assert found.metadata["article"] == one.article.id
        assert (found.metadata["start"], found.metadata["end"]) == (one.start, one.end)
        assert found.metadata["speaker"] == one.speaker


def test_a_declined_question_has_no_context(seed_assistant: Assistant) -> None:
    cited = IsnadChain(seed_assistant).invoke("What did Lavrov say about Japan?")
    assert (cited["context"], cited["isnad"]["declined"]) == ([], True)


def test_filters_narrow_what_is_retrieved_and_what_is_answered(seed_assistant: Assistant) -> None:
    nobody = Filters(source="Nobody's Daily")
    assert IsnadRetriever(seed_assistant, filters=nobody).invoke(ASKED) == []
    assert IsnadChain(seed_assistant, filters=nobody).invoke(ASKED)["isnad"]["declined"] is True


def test_both_are_steps_of_chains_and_can_be_awaited(seed_assistant: Assistant) -> None:
    retriever = IsnadRetriever(seed_assistant, top_k=1)
    prompt = ChatPromptTemplate.from_template("{passages}\n{question}")
    model = FakeListChatModel(responses=["Promises were not kept [1]."])
    chain = {"passages": retriever, "question": RunnablePassthrough()} | prompt | model | StrOutputParser()
    assert chain.invoke(ASKED) == "Promises were not kept [1]."

    async def both() -> tuple[list[str | None], str]:
        documents = await retriever.ainvoke(ASKED)
        return [found.id for found in documents], (await IsnadChain(seed_assistant).ainvoke(ASKED))["answer"]

    ids, text = asyncio.run(both())
    assert ids == [found.id for found in retriever.invoke(ASKED)]
    assert text == IsnadChain(seed_assistant).invoke(ASKED)["answer"]


def test_a_query_that_cannot_be_worked_on_is_an_error(seed_assistant: Assistant) -> None:
    with pytest.raises(QuestionError):
        IsnadRetriever(seed_assistant).invoke("?!")
    with pytest.raises(QuestionError):
        IsnadChain(seed_assistant).invoke("?!")


def test_the_example_runs_and_prints_what_it_promises(seed_assistant: Assistant) -> None:
    archive = seed_assistant.archive.folder
    printed = example("langchain_query.py", str(archive), ASKED)
    for number, hit in enumerate(seed_assistant.search(ASKED, None, 3), 1):
        assert f"[{number}] {hit.passage.text}" in printed
    answer = seed_assistant.ask(ASKED)
    assert answer_text(answer) in printed
    for cited in answer.citations:
        assert f"{cited.article.path} {cited.start} {cited.end} {cited.quote}" in printed
