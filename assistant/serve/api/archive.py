"""The routes that show the archive."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

import numpy as np
from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.asking import narrow
from assistant.holdings.facts import Facts
from assistant.rendering.answers import article_json, articles_json
from assistant.serve.api import holdings
from assistant.serve.api.descriptions import described
from assistant.serve.api.refusals import shown
from assistant.serve.api.requests import Listed
from index.errors import UnknownArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.ask import Assistant
    from assistant.desk import Desk
    from assistant.rendering.answers import Json
    from assistant.serve.api.work import Work
    from index.types import Archive, Article

ArticleName = Annotated[str, Path(max_length=100, description="The id of an article.")]


def archive_routes(desk: Desk, work: Work) -> APIRouter:
    """Return the routes, which do their work with an assistant."""
    router = APIRouter(tags=["archive"])
    facts = cache(lambda: Facts(desk.assistant.archive))

    @router.get("/stats", **described("stats", holdings.Stats))
    async def stats() -> Response:
        """Count what the archive holds."""
        return await work.answer(lambda _: facts().count())

    @router.get("/articles", **described("articles", holdings.Articles))
    async def articles(sent: Annotated[Listed, Query()]) -> Response:
        """List the articles in the order in which they came, a page at a time."""
        return await work.answer(lambda assistant: _listed(assistant, sent))

    @router.get("/articles/{article_id}", **described("article", holdings.Article, 404))
    async def article(article_id: ArticleName) -> Response:
        """Show an article with the exact text that offsets count into, and the marked runs of it."""

        def found(assistant: Assistant) -> Json:
            article = assistant.archive.article(article_id)
            return article_json(article, with_text=True) | {"copies": facts().copies_of(article_id)}

        try:
            return await work.answer(found)
        except UnknownArticleError as error:
            raise unknown(article_id) from error

    return router


def unknown(article_id: str) -> HTTPException:
    """Return what is raised where no article has an id."""
    return HTTPException(HTTPStatus.NOT_FOUND, f"there is no article {shown(article_id)}; GET /api/articles lists them")


def _listed(assistant: Assistant, sent: Listed) -> Json:
    archive = assistant.archive
    narrowed = narrow(sent.narrowing(), archive)
    table = archive.table()
    places = np.flatnonzero(table.passing(narrowed.filters)).tolist()
    names = [table.ids[place] for place in places[sent.offset : sent.offset + sent.limit]]
    return articles_json(_standing(archive, names), len(places))


def _standing(archive: Archive, names: Sequence[str]) -> Iterator[Article]:
    """Yield articles, without those that another process has removed meanwhile."""
    for name in names:
        try:
            yield archive.article(name)
        except UnknownArticleError:
            continue
