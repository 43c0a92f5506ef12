"""Isnad as LlamaIndex sees it: exact nodes, cited answers, and an example that runs."""

from __future__ import annotations

import asyncio
import json

import pytest
from llama_index.core.schema import MetadataMode

from assistant.ask import Assistant
from assistant.llama_index import IsnadQueryEngine, IsnadRetriever
from assistant.rendering.answers import answer_json, answer_text
from index.errors import QuestionError
from index.types import Filters
from tests.console import example

ASKED = "what did Lavrov say about Turkey"


def test_the_nodes_are_the_hits_with_exact_offsets_and_scores(seed_assistant: Assistant) -> None:
    nodes = IsnadRetriever(seed_assistant, top_k=4).retrieve(ASKED)
    hits = seed_assistant.search(ASKED, None, 4)
    assert len(nodes) == 4
    for found, hit in zip(nodes, hits, strict=True):
        article, start, end = hit.passage.article, hit.passage.start, hit.passage.end
        assert found.score == hit.score
        assert found.node.metadata == {
            "article": article.id,
            "path": article.path,
            "title": article.title,
            "source": article.source or article.agency,
            "published": article.published.isoformat() if article.published else None,
            "start": start,
            "end": end,
            "score": hit.score,
        }
        assert found.text == seed_assistant.archive.article(article.id).text[start:end]
        assert (found.node.start_char_idx, found.node.end_char_idx) == (start, end)  # type: ignore[attr-defined]
        assert found.node.ref_doc_id == article.id
    assert len({found.node_id for found in nodes}) == 4


def test_what_a_model_reads_of_a_node_is_its_text_and_the_facts_of_its_article(seed_assistant: Assistant) -> None:
    (found,) = IsnadRetriever(seed_assistant, top_k=1).retrieve(ASKED)
    read = found.node.get_content(MetadataMode.LLM)
    assert found.text in read
    assert f"title: {found.node.metadata['title']}" in read
    assert "start:" not in read


def test_filters_narrow_what_is_retrieved_and_what_is_answered(seed_assistant: Assistant) -> None:
    nobody = Filters(source="Nobody's Daily")
    assert IsnadRetriever(seed_assistant, filters=nobody).retrieve(ASKED) == []
    response = IsnadQueryEngine(seed_assistant, filters=nobody).query(ASKED)
    nothing = "The archive holds no article that this search may look into."
    assert str(response) == f"Outlet: Nobody's Daily\n\n{nothing}"


def test_a_response_is_the_answer_and_its_source_nodes_are_the_citations(seed_assistant: Assistant) -> None:
    response = IsnadQueryEngine(seed_assistant).query(ASKED)
    answer = seed_assistant.ask(ASKED)
    assert str(response) == answer_text(answer)
    assert [found.text for found in response.source_nodes] == [cited.quote for cited in answer.citations]
    for found, cited in zip(response.source_nodes, answer.citations, strict=True):
        assert (found.score, found.node.metadata["score"]) == (None, None)
        assert found.node.metadata["article"] == cited.article.id
        assert (found.node.metadata["start"], found.node.metadata["end"]) == (cited.start, cited.end)
    assert response.metadata is not None
    assert response.metadata | {"seconds": 0} == answer_json(answer) | {"seconds": 0}
    json.dumps(response.metadata)


def test_a_declined_question_has_no_source_nodes(seed_assistant: Assistant) -> None:
    response = IsnadQueryEngine(seed_assistant).query("What did Lavrov say about Japan?")
    assert response.source_nodes == []
    assert response.metadata is not None
    assert response.metadata["declined"] is True


def test_both_can_be_awaited(seed_assistant: Assistant) -> None:
    async def both() -> tuple[list[str], str]:
        nodes = await IsnadRetriever(seed_assistant, top_k=2).aretrieve(ASKED)
        return [found.node_id for found in nodes], str(await IsnadQueryEngine(seed_assistant).aquery(ASKED))

    ids, text = asyncio.run(both())
    assert ids == [found.node_id for found in IsnadRetriever(seed_assistant, top_k=2).retrieve(ASKED)]
    assert text == str(IsnadQueryEngine(seed_assistant).query(ASKED))


def test_a_query_that_cannot_be_worked_on_is_an_error(seed_assistant: Assistant) -> None:
    with pytest.raises(QuestionError):
        IsnadRetriever(seed_assistant).retrieve("?!")
    with pytest.raises(QuestionError):
        IsnadQueryEngine(seed_assistant).query("?!")


def test_the_example_runs_and_prints_what_it_promises(seed_assistant: Assistant) -> None:
    archive = seed_assistant.archive.folder
    printed = example("llama_index_query.py", str(archive), ASKED)
    answer = seed_assistant.ask(ASKED)
    assert answer_text(answer) in printed
    for cited in answer.citations:
        assert f"{cited.article.path} {cited.start} " in printed
