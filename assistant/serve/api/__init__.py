"""The REST API: what the command line prints with ``--json``, over HTTP."""

from __future__ import annotations

from assistant.serve.api.app import application

__all__ = ["application"]
