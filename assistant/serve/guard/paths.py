"""Which paths are whose: those for programs, those that tell of health, those whose answers never end. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAMS = ("/api", "/v1", "/mcp")
"""What programs are served under, by key; all else are pages."""

METRICS = "/metrics"
HEALTH = ("/healthz", "/readyz", METRICS)
"""What other programs watch the server by."""

HEARTBEAT = "/gradio_api/heartbeat/"
"""What every open page holds open."""

SAFE = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""


def is_under(path: str, prefix: str) -> bool:
    """Whether a path is a prefix or lies under it."""
    return path == prefix or path.startswith(f"{prefix}/")


def is_for_programs(path: str) -> bool:
    """Whether a path is served to programs."""
    return any(is_under(path, prefix) for prefix in PROGRAMS)


def is_endless(method: str, path: str) -> bool:
    """Whether what is sent there goes on until one side leaves: nobody waits for its end."""
    return path.startswith(HEARTBEAT) or (method == "GET" and is_under(path, "/mcp"))


def is_work(method: str, path: str) -> bool:
    """Whether a request takes a place at work."""
    return is_for_programs(path) and not is_endless(method, path)


def is_upload(method: str, path: str, uploads: Sequence[str]) -> bool:
    """Whether files are sent to one of the paths for uploads."""
    return method in ("POST", "PUT") and any(is_under(path, prefix) for prefix in uploads)


def is_counted(method: str, path: str) -> bool:
    """Whether a request counts towards its sender's rate: all of a program's, and what pages ask; not their parts."""
    return is_for_programs(path) or method not in SAFE
