"""The kinds of FAISS index that vectors are searched by, chosen by how many there are.

Few are compared one by one. Many are parted into lists around centres (Sivic and Zisserman 2003,
https://doi.org/10.1109/ICCV.2003.1238663), and the lists nearest to a question are compared, as half floats, which is
how the archive keeps them: what is found has its exact score, and a little is not found.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import BinaryIO

import faiss
import numpy as np
from numpy.typing import NDArray

from index.types import Found, Vectors

Index = faiss.IndexIDMap | faiss.IndexIVFScalarQuantizer

FLAT_MOST = 20_000
"""Vectors up to which each is compared: 640 numbers each take some 2 ms on one core."""

GROWN = 2
"""Times as many vectors as its lists were made for, from which an index is made anew."""

_LISTS, _PROBED = 1.5, 0.25
"""Lists, times the root of the vectors' count, and the share of them that a search reads.

Of the 200 nearest of 130,000 passages of news, .90 are found so, in a seventh of the time of reading all.
"""
_LEARNT_FROM, _ROUNDS = 64, 6  # vectors a list that its centre is learnt from, and rounds of learning
_WRITTEN = 1 << 20  # bytes written at once
_AT_ONCE = 4096
_FEW = 10  # where one in so many is allowed, every list is read: only the allowed ones cost

# A question is answered on one core: threads that wait for each other take longer, and other questions use the rest.
faiss.omp_set_num_threads(1)


def make_flat(dimensions: int) -> faiss.IndexIDMap:
    """Return an index that compares every vector."""
    return faiss.IndexIDMap(faiss.IndexFlatIP(dimensions))


def make_lists(sample: Vectors, count: int) -> faiss.IndexIVFScalarQuantizer:
    """Return an index for `count` vectors, its centres learnt from a sample of them."""
    dimensions, lists = sample.shape[1], lists_for(count)
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimensions),
        dimensions,
        lists,
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
        False,  # half floats of the vectors themselves, not of how far they lie from their centre
    )
    index.cp.niter, index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = _ROUNDS, 1, _LEARNT_FROM
    index.train(sample)
    index.nprobe = max(1, int(lists * _PROBED))
    return index


def read(stream: BinaryIO) -> Index:
    """Read an index from the beginning of a file; one that is parted into lists is mapped, not read."""
    place = f"/dev/fd/{stream.fileno()}"  # this very file, should another have taken its name meanwhile
    index = faiss.read_index(place, faiss.IO_FLAG_MMAP_IFC)
    if isinstance(index, faiss.IndexIVFScalarQuantizer):
        return index
    index = faiss.read_index(place)
    assert isinstance(index, faiss.IndexIDMap)
    return index


def write(index: Index, stream: BinaryIO) -> int:
    """Write an index and return the checksum of its bytes, of which only some are in memory twice. Raises OSError."""
    checksum = 0

    def take(some: bytes) -> int:
        nonlocal checksum
        checksum = zlib.crc32(some, checksum)
        return stream.write(some)

    faiss.write_index(index, faiss.PyCallbackIOWriter(take, _WRITTEN))  # type: ignore[attr-defined]
    return checksum


def copy(index: Index) -> Index:
    """Return a copy that can be changed, which one that is mapped cannot."""
    twin = faiss.deserialize_index(faiss.serialize_index(index))
    assert isinstance(twin, faiss.IndexIDMap | faiss.IndexIVFScalarQuantizer)
    return twin


def lists_for(count: int) -> int:
    """Return how many lists so many vectors are parted into."""
    return int(_LISTS * count**0.5)


def sample_size(count: int) -> int:
    """Return how many vectors the centres for so many are learnt from."""
    return min(count, lists_for(count) * _LEARNT_FROM)


def outgrown(index: Index, count: int) -> bool:
    """Whether an index is of the wrong kind, or its lists too few, for so many vectors."""
    if isinstance(index, faiss.IndexIDMap):
        return count > FLAT_MOST
    return index.nlist < lists_for(count // GROWN) or count <= FLAT_MOST // GROWN


def search(
    index: Index,
    vector: Vectors,
    top_k: int,
    allowed: NDArray[np.int64] | None,
    *,
    without: NDArray[np.int64] | None = None,
    exact: bool = False,
) -> Found:
    """Return the nearest of `allowed` numbers (of all when None), best first, but for those it is to do `without`.

    Where few are allowed, or with `exact`, none is missed.
    """
    parameters = faiss.SearchParameters()
    if isinstance(index, faiss.IndexIVFScalarQuantizer):
        parameters = faiss.SearchParametersIVF()
        every = exact or (allowed is not None and _FEW * len(allowed) < index.ntotal)
        parameters.nprobe = index.nlist if every else index.nprobe
    if allowed is not None or (without is not None and len(without)):
        selector = _selector(allowed, without)
        parameters.sel = selector  # does not keep it alive: the name does, until the search is over
    scores, numbers = index.search(vector[np.newaxis].astype(np.float32), min(top_k, index.ntotal), params=parameters)
    found = numbers[0] >= 0  # FAISS fills up with -1
    return Found(numbers[0][found], scores[0][found])


def _selector(allowed: NDArray[np.int64] | None, without: NDArray[np.int64] | None) -> faiss.IDSelector:
    # FAISS's type hints describe its C++ functions; the Python ones take arrays.
    if allowed is None:
        return faiss.IDSelectorNot(faiss.IDSelectorBatch(without))  # type: ignore[arg-type]
    if without is not None and len(without):
        allowed = np.setdiff1d(allowed, without)
    bits = np.zeros(int(allowed.max(initial=0)) + 1, dtype=bool)
    bits[allowed] = True
    return faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))  # type: ignore[call-arg, arg-type]


def lists_of(index: Index) -> tuple[int, int]:
    """Return how many lists there are and how many a search reads; 0 and 0 where every vector is compared."""
    return (0, 0) if isinstance(index, faiss.IndexIDMap) else (index.nlist, index.nprobe)


def numbers_in(index: Index) -> NDArray[np.int64]:
    """Return the numbers of all vectors, in the index's order."""
    if isinstance(index, faiss.IndexIDMap):
        return np.asarray(faiss.vector_to_array(index.id_map), np.int64)
    lists = _inverted_lists(index)
    held = [faiss.rev_swig_ptr(lists.get_ids(at), lists.list_size(at)).copy() for at in range(index.nlist)]
    return np.concatenate(held).astype(np.int64)


def vectors_in(index: Index) -> Iterable[tuple[NDArray[np.int64], Vectors]]:
    """Yield all vectors with their numbers, some at a time."""
    if isinstance(index, faiss.IndexIDMap):
        numbers = numbers_in(index)
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            yield some, index.index.reconstruct_n(start, len(some))
        return
    lists = _inverted_lists(index)
    for at in range(index.nlist):
        size = lists.list_size(at)
        if size:
            codes = faiss.rev_swig_ptr(lists.get_codes(at), size * index.code_size)
            vectors = codes.view("<f2").reshape(size, index.d).astype(np.float32)
            yield faiss.rev_swig_ptr(lists.get_ids(at), size).astype(np.int64), vectors


def _inverted_lists(index: faiss.IndexIVFScalarQuantizer) -> faiss.InvertedLists:
    lists = index.invlists
    assert lists is not None
    return lists
