"""A small model hub on loopback: one repository, served from a folder as the Hugging Face hub serves its own."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

REPOSITORY = "small-models/small"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@contextmanager
def serve_hub(folder: Path) -> Iterator[str]:
    """Serve a model's folder as REPOSITORY until the block ends; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Hub, folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Hub(BaseHTTPRequestHandler):
    def __init__(self, folder: Path, *arguments: object) -> None:
        self.folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]  # what the server hands to every handler

    def do_HEAD(self) -> None:  # noqa: N802  (the name that http.server looks for)
        self._answer()

    def do_GET(self) -> None:  # noqa: N802
        self.wfile.write(self._answer())

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self) -> bytes:
        """Send status and headers; return the body."""
        path = self.path.partition("?")[0]
        about = f"/api/models/{REPOSITORY}"
        if path == "/":
            return self._send(200, b"")
        if path in (about, f"{about}/revision/main", f"{about}/revision/{COMMIT}"):
            return self._send(200, json.dumps({"id": REPOSITORY, "sha": COMMIT}).encode("utf-8"))
        if path.startswith(f"{about}/revision/"):
            return self._send(404, b"", {"X-Error-Code": "RevisionNotFound"})
        if REPOSITORY not in path:
            return self._send(404, b"", {"X-Error-Code": "RepoNotFound"})
        file = self.folder / path.removeprefix(f"/{REPOSITORY}/resolve/{COMMIT}/").lstrip("/")
        if not file.is_file():
            return self._send(404, b"", {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT})
        content = file.read_bytes()
        tag = hashlib.sha256(content).hexdigest()
        return self._send(200, content, {"ETag": f'"{tag}"', "X-Repo-Commit": COMMIT})

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> bytes:
        self.send_response(status)
        for header, value in (headers or {}).items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return body
