"""The Milvus indexes on Milvus Lite: what every dense and lexical index must do, and what these can go through."""

from __future__ import annotations

from pathlib import Path

from index.followers.milvus_dense import MilvusDenseIndex
from index.followers.milvus_lexical import MilvusLexicalIndex
from index.settings import IndexPlace
from tests.contracts import DenseIndexContract, LexicalIndexContract


def place_of(folder: Path) -> IndexPlace:
    return IndexPlace(f"{folder.parent}/milvus.db")


class TestMilvusDenseIndex(DenseIndexContract):
    def open(self, folder: Path) -> MilvusDenseIndex:
        return MilvusDenseIndex(folder, place_of(folder), wait_seconds=1.0)


class TestMilvusLexicalIndex(LexicalIndexContract):
    def open(self, folder: Path) -> MilvusLexicalIndex:
        return MilvusLexicalIndex(folder, place_of(folder), wait_seconds=1.0)
