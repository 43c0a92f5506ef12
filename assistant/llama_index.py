"""Isnad as LlamaIndex sees it: a retriever of exact passages, and a query engine whose answers are cited."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from assistant.questions.checking import check_question
from assistant.rendering.answers import answer_json, answer_text, place_json

if TYPE_CHECKING:
    from llama_index.core.prompts.mixin import PromptMixinType

    from assistant.ask import Assistant
    from index.types import Article, Filters

PLACES = ["article", "path", "start", "end", "score"]
"""Metadata that says where a node stands; it is kept out of the text that models read."""


class IsnadRetriever(BaseRetriever):
    """Finds the passages of an archive, each a node whose offsets count into the article's text.

    ``article.text[start:end]`` is the node's text, to the letter. Raises QuestionError where a query cannot be worked
    on, and ArchiveError where the archive cannot be read.
    """

    def __init__(self, assistant: Assistant, *, filters: Filters | None = None, top_k: int = 10) -> None:
        super().__init__()
        self._assistant = assistant
        self._filters = filters
        self._top_k = top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._assistant.search(check_question(query_bundle.query_str), self._filters, self._top_k)
        return [_node(hit.passage.article, hit.passage.start, hit.passage.end, hit.score) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class IsnadQueryEngine(BaseQueryEngine):
    """Answers from an archive: the text is what `isnad ask` prints, the metadata what `isnad ask --json` prints.

    The source nodes are the cited runs, in the order of their numbers; a declined question has none. Raises what the
    retriever does.
    """

    def __init__(self, assistant: Assistant, *, filters: Filters | None = None) -> None:
        super().__init__(callback_manager=None)
        self._assistant = assistant
        self._filters = filters

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._assistant.ask(query_bundle.query_str, filters=self._filters)
        nodes = [_node(cited.article, cited.start, cited.end, None) for cited in answer.citations]
        return Response(answer_text(answer), source_nodes=nodes, metadata=answer_json(answer))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _node(article: Article, start: int, end: int, score: float | None) -> NodeWithScore:
    node = TextNode(
        id_=f"{article.id}:{start}-{end}",
        text=article.text[start:end],
        start_char_idx=start,
        end_char_idx=end,
        metadata={**place_json(article, start, end), "score": score},
        excluded_embed_metadata_keys=PLACES,
        excluded_llm_metadata_keys=PLACES,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
    )
    return NodeWithScore(node=node, score=score)
