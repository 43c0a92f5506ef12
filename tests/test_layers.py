"""The house stands: arrows between the layers point down, and each heavy library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# From the ground up: a layer may import itself and the layers before it.
LAYERS = ["prompts", "index", "assistant", "eval"]

PEERS = "eval/benchmarks/peers/"  # run in environments of their own, never imported

# The only files, or folders, that may import a library. An empty list: nothing may.
HOMES = {
    "pymilvus": ["index/followers/milvus_collection.py", "index/followers/milvus_server.py"],
    "milvus_lite": ["index/followers/milvus_server.py"],
    "faiss": ["index/followers/dense.py", "index/followers/nearest.py", "index/followers/nearest_signs.py", PEERS],
    "tantivy": ["index/followers/lexical.py"],
    "sqlite3": [
        "index/archive/file.py",
        "index/archive/sqlite.py",
        "index/followers/copy_clusters.py",
        "index/followers/copy_index.py",
        "index/followers/kept_file.py",
        "index/followers/statement_index.py",
        "assistant/chat/conversations/file.py",
        "assistant/chat/conversations/store.py",
    ],
    "psycopg": [
        "index/archive/postgres.py",
        "index/archive/postgres_connections.py",
        "index/archive/postgres_server.py",
    ],
    "psycopg_pool": [],
    "Stemmer": ["index/text.py"],
    "trafilatura": ["index/reading/pages.py"],
    "pypdfium2": ["index/reading/documents.py"],
    "zstandard": ["index/reading/compression.py"],
    "model2vec": [],
    "sentence_transformers": [
        "index/encoders/transformer.py",
        "index/training/",
        "assistant/verification/entailment.py",
        PEERS,
    ],
    "torch": ["index/training/"],
    "gradio": ["assistant/chat/blocks.py", "assistant/chat/endpoints.py", "assistant/chat/theme.py"],
    "fastapi": ["assistant/chat/", "assistant/serve/", "eval/chat/routes.py"],
    "uvicorn": ["assistant/serve/guard/"],
    "h11": ["assistant/serve/guard/connections.py", "eval/benchmarks/serving.py"],
    "prometheus_client": ["assistant/serve/guard/measures.py"],
    "llama_index": ["assistant/writers/llm_client.py", "assistant/llama_index.py", PEERS],
    "langchain_core": ["assistant/langchain.py"],
    "txtai": [PEERS],
    "haystack": [PEERS],
    "mcp": ["assistant/serve/tools/"],
    "mcp_types": ["assistant/serve/tools/"],
    "ray": ["index/workers/cluster.py"],
    "httpx": ["assistant/writers/llm_client.py"],
    "openai": ["assistant/writers/llm_client.py"],
}


def _imported(source: str) -> Iterator[str]:
    """Every module that a source imports by name: at the top, inside a function, for types only, or by a string."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case (
                ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(module)), *_])
                | ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[ast.Constant(value=str(module)), *_])
            ):
                yield module


def _arrows() -> Iterator[tuple[str, str]]:
    """(file, top-level package that it imports), over every source file of every layer."""
    for layer in LAYERS:
        for file in sorted((ROOT / layer).rglob("*.py")):
            for module in _imported(file.read_text(encoding="utf-8")):
                yield file.relative_to(ROOT).as_posix(), module.partition(".")[0]


def test_arrows_point_down() -> None:
    upward = [
        f"{file} imports {package}"
        for file, package in _arrows()
        if package in LAYERS and LAYERS.index(package) > LAYERS.index(file.partition("/")[0])
    ]
    assert upward == []


def test_no_layer_imports_the_tests() -> None:
    assert [file for file, package in _arrows() if package == "tests"] == []


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_is_imported_only_at_home(library: str) -> None:
    strays = [
        file
        for file, package in _arrows()
        if package == library
        and not any(file == home or (home.endswith("/") and file.startswith(home)) for home in HOMES[library])
    ]
    assert strays == []


def test_an_import_is_seen_wherever_it_hides() -> None:
    source = """
import a.b, c
from d.e import f
from . import neighbour
if TYPE_CHECKING:
    import g
def late():
    from h import i
    importlib.import_module("j.k")
    __import__("l")
"""
    assert sorted(_imported(source)) == ["a.b", "c", "d.e", "g", "h", "j.k", "l"]
