"""What the API answers where it does not do what it was asked: a status, a code, and one line."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import compile_path

from assistant.rendering.answers import json_text
from index.errors import FilterError, IsnadError, QuestionError, UnknownArticleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI

CODES: Mapping[int, tuple[str, str]] = {
    400: ("malformed", "The body is not JSON, or not the form that its content type says."),
    401: ("unauthenticated", "The request comes without a key, or with one that is not known."),
    403: ("forbidden", "The key does not allow this, or nobody may change this archive."),
    404: ("not_found", "No article has this id, or there is no such path."),
    405: ("method_not_allowed", "The path takes other methods; `allow` names them."),
    409: ("busy", "Articles are being taken in; try again when they are done."),
    413: ("too_large", "The body is larger than anything that could be done with it."),
    415: ("unsupported_media_type", "The body is of another content type."),
    422: ("invalid", "A field is missing, unknown, of another type or of no use; the message names it."),
    429: ("too_many", "There were too many requests; `retry-after` says how many seconds to wait."),
    503: ("unavailable", "The server is busy or shutting down, or cannot read its archive; try again later."),
}
"""The codes of refusals and when they come, by their statuses."""

RETRY = {"retry-after": "5"}
"""What comes with a refusal that may be none in some seconds."""

MOST_SHOWN = 60
"""Code points of what was sent that a message repeats."""

_MADE_PLAIN = {
    "Not Found": "there is no such path; /api/openapi.json lists them",
    "Method Not Allowed": "this path takes other methods; the header field `allow` lists them",
    "There was an error parsing the body": "the body cannot be read as JSON; correct it",
}
"""What the libraries below say, and what is said instead."""


class Printed(JSONResponse):
    """An object as the command line prints it with ``--json``."""

    def render(self, content: object) -> bytes:
        """Return the bytes of an object and the end of its last line."""
        return f"{json_text(content)}\n".encode()


def refusal(status: int, message: str, headers: Mapping[str, str] | None = None) -> Printed:
    """Return a response that refuses."""
    return Printed(refusal_json(status, message), status, headers)


def refusal_json(status: int, message: str) -> dict[str, object]:
    """Return the object that a refusal is."""
    code, _ = CODES.get(status, ("failed", ""))
    return {"error": {"code": code, "message": " ".join(message.split())}}


def status_of(error: IsnadError) -> HTTPStatus:
    """Return the status of an error: somebody's who asked, or one of the archive's."""
    match error:
        case QuestionError() | FilterError():
            return HTTPStatus.UNPROCESSABLE_ENTITY
        case UnknownArticleError():
            return HTTPStatus.NOT_FOUND
        case _:
            return HTTPStatus.SERVICE_UNAVAILABLE


def add_refusals(application: FastAPI) -> None:
    """Have an application refuse in this way whatever goes wrong."""

    @application.exception_handler(IsnadError)
    async def failed(request: Request, error: IsnadError) -> Response:
        status = status_of(error)
        return refusal(status, str(error), RETRY if status == HTTPStatus.SERVICE_UNAVAILABLE else None)

    @application.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        headers = error.headers
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:  # it names those of one route only
            headers = {"allow": ", ".join(sorted(_methods(application, request)))}
        return refusal(error.status_code, _MADE_PLAIN.get(error.detail, error.detail), headers)

    @application.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            place = f"{first['ctx']['error']} at character {first['loc'][-1]}"
            return refusal(HTTPStatus.BAD_REQUEST, f"the body is not JSON ({place}); correct it there")
        return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, explained(first))

    @application.exception_handler(ClientDisconnect)
    async def cut_off(request: Request, error: ClientDisconnect) -> Response:
        return refusal(HTTPStatus.BAD_REQUEST, "the request was cut off")  # which nobody is there to read

    @application.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        return refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "the program has a fault; its log shows which")


def _methods(application: FastAPI, request: Request) -> set[str]:
    """Return the methods that the path of a request takes."""
    path = request.scope["path"].removeprefix(request.scope["root_path"])
    known = application.openapi()["paths"]
    taken = (operations for template, operations in known.items() if compile_path(template)[0].match(path))
    return {method.upper() for operations in taken for method in operations}


def explained(error: Mapping[str, object]) -> str:
    """Return in one line what pydantic found wrong, and with which field."""
    loc = error["loc"]
    assert isinstance(loc, tuple)
    name = ".".join(str(part) for part in loc[1:])  # it begins with the body or the query
    match error["type"]:
        case "extra_forbidden":
            return f"there is no field {shown(name)}; leave it out"
        case "missing":
            return f"{name or 'the body'} is missing; send it"
        case _:
            told = str(error["msg"]).removeprefix("Value error, ")
            return f"{name or 'the body'}: {told[:1].lower()}{told[1:]}"


def shown(value: str) -> str:
    """Return what was sent as a message repeats it."""
    return repr(value if len(value) <= MOST_SHOWN else f"{value[:MOST_SHOWN]}…")
