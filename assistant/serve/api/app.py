"""The API as one application, which is mounted at /api."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from assistant.serve.api.archive import archive_routes
from assistant.serve.api.asking import asking_routes
from assistant.serve.api.descriptions import describe
from assistant.serve.api.intake import intake_routes
from assistant.serve.api.page import page_html
from assistant.serve.api.refusals import add_refusals
from assistant.serve.api.work import Work

if TYPE_CHECKING:
    from anyio import CapacityLimiter

    from assistant.desk import Desk

SUMMARY = "Answers from Arabic and English news, every sentence cited to the exact place in the article."

DESCRIPTION = """\
Each answer is the object that the command of the same name prints with `--json`. Offsets count Unicode code points \
into the text of an article: `text[start:end]` is the quotation.

What cannot be done is answered with `{"error": {"code": ..., "message": ...}}`, and the message is one line that says \
what is wrong and what to do.
"""


def application(desk: Desk, threads: CapacityLimiter) -> FastAPI:
    """Make the application over a desk, which works in as many threads at once as `threads` lets.

    It lets in everybody. Who may change the archive has "write" among ``request.state.permissions``.
    """
    made = FastAPI(
        title="Isnad",
        version=version("isnad"),
        summary=SUMMARY,
        description=DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    work = Work(desk, threads)
    for router in (asking_routes(desk, work), archive_routes(desk, work), intake_routes(desk, work)):
        made.include_router(router)

    @made.get("/docs", include_in_schema=False)
    def docs(request: Request) -> HTMLResponse:
        """The description as a page."""
        url = request.url
        return HTMLResponse(page_html(made.openapi(), f"{url.scheme}://{url.netloc}{request.scope['root_path']}"))

    add_refusals(made)
    describe(made)
    return made
