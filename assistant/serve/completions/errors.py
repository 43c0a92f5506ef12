"""What OpenAI's clients are told that cannot be served: a status, and an error in the shape that they read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.rendering.answers import Json


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not served: one line, the parameter to be mended, and a code for programs."""

    message: str
    param: str | None = None
    code: str | None = None
    status: int = 400

    def body(self) -> Json:
        """Return the body to be sent."""
        kind = "server_error" if self.status >= 500 else "invalid_request_error"
        return {"error": {"message": self.message, "type": kind, "param": self.param, "code": self.code}}
