"""One collection of a Milvus server: passages by their numbers, and the mark of the state that they reflect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.batches import batches
from index.errors import IndexServerError
from index.followers.index_folder import Mark, sealed, unsealed
from index.followers.milvus_server import PATIENCE, SOON, MilvusServer, told

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.types import Vectors

Row = dict[str, Any]
"""A passage: its `number`, what filters ask of its article, and its `vector`."""

MOST = 16_384
"""Hits that a server gives at most."""

_MARK = "isnad.mark"  # a property of the collection, so that it goes with it
_AT_ONCE = 1_000  # rows in one request
_LONGEST = 65_535  # bytes of a text, the most that a field can hold


class Saved(NamedTuple):
    """What a collection says of itself.

    `made_by` are the facts that it was made by. It is `whole` where no process was stopped while it wrote, and holds so
    many `passages` then.
    """

    mark: Mark
    made_by: dict[str, Any]
    whole: bool
    passages: int


class Space(NamedTuple):
    """The kind of its vectors: of so many numbers, or sparse where None; what finds them, and with which parameters."""

    dimensions: int | None
    index_type: str
    build: dict[str, int]
    search: dict[str, int]


class Hits(NamedTuple):
    """Passages found, best first; `vectors` only where they were asked for."""

    numbers: NDArray[np.int64]
    scores: NDArray[np.float32]
    vectors: list[dict[int, float]]


class MilvusCollection:
    """The collection of a name, be it there or not. Everything raises IndexServerError where the server fails."""

    def __init__(self, server: MilvusServer, name: str) -> None:
        self._place = server.place
        self._client = server.client
        self._name = re.sub(r"\W", "_", name)

    def exists(self) -> bool:
        """Tell whether it is there, be it damaged."""
        try:
            with told(self._place):
                return bool(self._client.has_collection(self._name, timeout=SOON))
        except IndexServerError:
            if self._place.is_file:
                return True  # Milvus Lite looks into it to tell
            raise

    def saved(self) -> Saved | None:
        """Read what it says of itself, and make it ready to be searched.

        None where it is not there or says nothing, and where the file that it is in is damaged.
        """
        if not self.exists():
            return None
        try:
            with told(self._place):
                properties = self._client.describe_collection(self._name, timeout=SOON)["properties"]
                self._client.load_collection(self._name, timeout=PATIENCE)
            facts = unsealed(properties.get(_MARK, "").encode())
            mark = Mark(facts["identity"], facts["generation"])
            return Saved(mark, facts["made_by"], facts["whole"], facts["passages"])
        except IndexServerError:
            if self._place.is_file:
                return None
            raise
        except (ValueError, KeyError):
            return None

    def save(self, saved: Saved) -> None:
        """Let it say this of itself; where it is whole, after all that was written is safe."""
        facts = {
            "identity": saved.mark.identity,
            "generation": saved.mark.generation,
            "made_by": saved.made_by,
            "whole": saved.whole,
            "passages": saved.passages,
        }
        with told(self._place):
            if self._place.is_file and saved.whole:  # a server keeps what it has acknowledged
                self._client.flush(self._name, timeout=PATIENCE)
            self._client.alter_collection_properties(self._name, {_MARK: sealed(facts).decode()}, timeout=PATIENCE)

    def make(self, space: Space) -> None:
        """Make it anew, without a passage."""
        from pymilvus import DataType

        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("number", DataType.INT64, is_primary=True)
        schema.add_field("day", DataType.INT32)
        for name in ("article", "language", "source", "author"):
            schema.add_field(name, DataType.VARCHAR, max_length=_LONGEST)
        if space.dimensions is None:
            schema.add_field("vector", DataType.SPARSE_FLOAT_VECTOR)
        else:
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=space.dimensions)
        index = self._client.prepare_index_params()
        index.add_index("vector", index_type=space.index_type, metric_type="IP", params=space.build)
        self.drop()
        with told(self._place):
            self._client.create_collection(
                self._name, schema=schema, index_params=index, consistency_level="Strong", timeout=PATIENCE
            )

    def drop(self) -> None:
        """Delete it, if it is there."""
        with told(self._place):
            self._client.drop_collection(self._name, timeout=PATIENCE)

    def put(self, rows: Iterable[Row], *, all_new: bool = False) -> None:
        """Add passages; one of a number that is there takes its place, which takes longer than if all are new."""
        write = self._client.insert if all_new else self._client.upsert
        with told(self._place):
            for some in batches(rows, _AT_ONCE):
                write(self._name, some, timeout=PATIENCE)

    def remove(self, numbers: Sequence[int]) -> None:
        """Remove passages; one that is not there is none."""
        with told(self._place):
            for some in batches(numbers, _AT_ONCE):
                self._client.delete(self._name, ids=some, timeout=PATIENCE)

    def count(self) -> int:
        """Count its passages."""
        with told(self._place):
            return int(self._client.query(self._name, output_fields=["count(*)"], timeout=PATIENCE)[0]["count(*)"])

    def rows(self, *fields: str) -> Iterator[list[Row]]:
        """Yield the numbers and these fields of all passages, some at a time."""
        with told(self._place):
            pages = self._client.query_iterator(
                self._name, batch_size=_AT_ONCE, output_fields=["number", *fields], timeout=PATIENCE
            )
            try:
                while some := list(pages.next()):
                    yield some
            finally:
                pages.close()

    def search(
        self,
        vector: Vectors | dict[int, float],
        top_k: int,
        expression: str,
        parameters: dict[str, int],
        *,
        with_vectors: bool = False,
    ) -> Hits:
        """Return the passages with the greatest inner product, at most MOST, of those that an expression passes."""
        with told(self._place):
            (found,) = self._client.search(
                self._name,
                data=[vector],
                anns_field="vector",
                filter=expression,
                limit=min(top_k, MOST),
                output_fields=["vector"] if with_vectors else ["number"],
                search_params={"metric_type": "IP", "params": parameters},
                timeout=SOON,
            )
        vectors = [hit["entity"]["vector"] for hit in found] if with_vectors else []
        return Hits(np.array(found.ids, np.int64), np.array(found.distances, np.float32), vectors)
