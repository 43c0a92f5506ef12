"""txtai without a splitter: an article is one row with one vector, as its index has it where nobody cuts passages."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

_PASSAGES = run_path(str(Path(__file__).with_name("txtai.py")))  # a script is loaded by its path, and so is another

PACKAGE = _PASSAGES["PACKAGE"]
open_search = _PASSAGES["open_search"]


def ingest(articles: Path, model: str, folder: Path) -> None:
    """Index the articles and save the index."""
    _PASSAGES["save"](_PASSAGES["rows"](articles), model, folder)
