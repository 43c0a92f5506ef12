"""The server of the tools: what a client may list, call and read, whatever it is connected by."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from anyio.from_thread import check_cancelled
from anyio.to_thread import run_sync
from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    ReadResourceResult,
    ResourceLink,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    Tool,
    ToolAnnotations,
)
from pydantic import ValidationError
from pydantic.json_schema import GenerateJsonSchema

from assistant.rendering.answers import shortened
from assistant.serve.tools.arguments import complaint
from assistant.serve.tools.catalogue import INSTRUCTIONS, TOOLS
from index.errors import IsnadError, UnknownArticleError

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from mcp.server.context import ServerRequestContext
    from mcp_types import CallToolRequestParams, PaginatedRequestParams, ReadResourceRequestParams

    from assistant.desk import Desk
    from index.types import Article

    Context = ServerRequestContext[Any, Any]

ARTICLES = "isnad://articles/"
"""What the address of an article begins with; its id follows."""


def server(desk: Desk, threads: CapacityLimiter) -> Server[Any]:
    """Return the server of the tools over a desk; it may have many clients at once.

    It works in as many threads at once as `threads` lets.
    A call that its client gives up ends at the next article that is read, or piece that is written.
    """
    answers = _Answers(desk, threads)
    return Server(
        "isnad",
        version=version("isnad"),
        title="Isnad",
        description="Arabic and English news, every sentence cited to the exact place in an article.",
        instructions=INSTRUCTIONS,
        get_tool_input_schema={tool.name: tool.input_schema for tool in tools()}.get,
        on_list_tools=answers.list_tools,
        on_call_tool=answers.call_tool,
        on_list_resources=answers.list_resources,
        on_list_resource_templates=answers.list_templates,
        on_read_resource=answers.read_resource,
    )


class _Answers:
    """What each request is answered with."""

    def __init__(self, desk: Desk, threads: CapacityLimiter) -> None:
        self._desk = desk
        self._threads = threads

    async def list_tools(self, context: Context, params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=tools())

    async def call_tool(self, context: Context, params: CallToolRequestParams) -> CallToolResult:
        kind = TOOLS.get(params.name)
        if kind is None:
            raise MCPError(INVALID_PARAMS, f"there is no tool {shortened(params.name, 60)!r}; see tools/list")
        try:
            arguments = kind.takes.model_validate(params.arguments or {})
            await self._desk.opened()
            found = await run_sync(kind.work, self._desk, arguments, _going, limiter=self._threads)
        except ValidationError as error:
            return _failed(complaint(error))
        except IsnadError as error:
            return _failed(str(error))
        links = [_link(article) for article in found.articles]
        return CallToolResult(content=[TextContent(text=found.text), *links], structured_content=found.json)

    async def list_resources(self, context: Context, params: PaginatedRequestParams | None) -> ListResourcesResult:
        return ListResourcesResult(resources=[])  # an archive may hold millions; a tool gives the ids that matter

    async def list_templates(
        self, context: Context, params: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        return ListResourceTemplatesResult(resource_templates=[TEMPLATE])

    async def read_resource(self, context: Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        address = str(params.uri)
        try:
            archive = (await self._desk.opened()).archive
            article = await run_sync(archive.article, address.removeprefix(ARTICLES), limiter=self._threads)
        except UnknownArticleError as error:
            line = f"there is no resource {shortened(address)!r}; a tool names the articles that there are"
            raise MCPError(INVALID_PARAMS, line, data={"uri": address}) from error
        except IsnadError as error:
            raise MCPError(INTERNAL_ERROR, str(error), data={"uri": address}) from error
        content = TextResourceContents(uri=address, mime_type="text/plain", text=article.text)
        return ReadResourceResult(contents=[content])


TEMPLATE = ResourceTemplate(
    uri_template=ARTICLES + "{id}",
    name="article",
    title="The text of an article",
    description="The whole text of an article, to the letter, by the id that every citation, passage, place and "
    "statement has as `article`; offsets count its Unicode code points.",
    mime_type="text/plain",
)


class _Untitled(GenerateJsonSchema):
    """Leaves out the title of a field, which says its name again: models read all of it."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


@cache
def tools() -> list[Tool]:
    """Return the tools as clients see them."""
    return [
        Tool(
            name=kind.name,
            title=kind.title,
            description=kind.description,
            input_schema=kind.takes.model_json_schema(schema_generator=_Untitled),
            output_schema=kind.returns.model_json_schema(mode="serialization", schema_generator=_Untitled),
            annotations=ToolAnnotations(
                title=kind.title, read_only_hint=True, idempotent_hint=True, open_world_hint=False
            ),
        )
        for kind in TOOLS.values()
    ]


def _going(articles: int) -> None:
    """End a piece of work in a thread where its client has given it up."""
    check_cancelled()


def _link(article: Article) -> ResourceLink:
    name = article.title or article.path
    return ResourceLink(uri=ARTICLES + article.id, name=shortened(name), mime_type="text/plain")


def _failed(line: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=" ".join(line.split()))], is_error=True)
