"""The indexes that passages are searched by: beside the archive, or where the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from index.followers.dense import FaissIndex
    from index.followers.lexical import TantivyIndex
    from index.followers.milvus_dense import MilvusDenseIndex
    from index.followers.milvus_lexical import MilvusLexicalIndex
    from index.settings import IndexPlace
    from index.types import Archive


class SearchIndexes(NamedTuple):
    """The two indexes of one archive."""

    dense: FaissIndex | MilvusDenseIndex
    lexical: TantivyIndex | MilvusLexicalIndex


def search_indexes(folder: Path, place: IndexPlace | None = None) -> SearchIndexes:
    """Return the indexes of the archive in a folder; without a place, they lie beside it. Nothing is opened yet."""
    if place is None:
        from index.followers.dense import FaissIndex
        from index.followers.lexical import TantivyIndex

        return SearchIndexes(FaissIndex(folder), TantivyIndex(folder))
    from index.followers.milvus_dense import MilvusDenseIndex
    from index.followers.milvus_lexical import MilvusLexicalIndex

    return SearchIndexes(MilvusDenseIndex(folder, place), MilvusLexicalIndex(folder, place))


def forget(folder: Path, place: IndexPlace, archive: Archive) -> None:
    """Delete what a place holds of the archive in a folder. Raises ArchiveError."""
    from index.followers.milvus_dense import MilvusDenseIndex
    from index.followers.milvus_lexical import MilvusLexicalIndex

    for index in (MilvusDenseIndex(folder, place), MilvusLexicalIndex(folder, place)):
        index.forget(archive)
