"""The lexical index: BM25 over folded stems with tantivy, whose only home this is."""

from __future__ import annotations

import shutil
import tempfile
import weakref
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.archive.table import name_key, name_keys
from index.batches import batches
from index.errors import ArchiveWriteError
from index.followers.index_folder import (
    LOCK,
    Findings,
    Mark,
    State,
    Turn,
    compare,
    is_unsealed,
    sealed,
    sole_turn,
    texts_since,
    unsealed,
    write_whole,
    writing_turn,
)
from index.followers.passage_stems import PassageStems
from index.followers.query_stems import query_stems, stemming
from index.types import Archive, Article, Filters, Found, Term

FORMAT = 2
_STATE = "state.json"
_WRITING = "writing"  # is there while the files are not those of the state, and after a process was killed then
_MEMORY = 64_000_000  # bytes that tantivy gathers before it writes a segment
_AT_ONCE = 1_000  # passages whose stems are found together
_FEW = 1_000  # numbers that are faster looked up one by one than as a set, for which tantivy walks through all


@dataclass(frozen=True, slots=True)
class _Held:
    """An index and the state that it reflects; its searcher sees no later change."""

    mark: Mark
    index: tantivy.Index
    searcher: tantivy.Searcher


class TantivyIndex:
    """An index of an archive's passages by their stems, kept in ``folder/lexical``; threads may share it.

    The folder can be deleted at any time. Where it cannot be written, a copy in the temporary folder is searched, which
    goes with this object.
    """

    def __init__(self, folder: Path, *, wait_seconds: float = 5.0) -> None:
        self._folder = folder / "lexical"
        self._wait_seconds = wait_seconds
        self._held: _Held | None = None

    def catch_up(self, archive: Archive) -> None:
        """Take in what changed in the archive, and save.

        Where another process writes for longer than the wait, what it had saved before is searched.
        """
        mark = Mark.of(archive)
        if self._held is not None and self._held.mark == mark:
            return
        held = _load(self._folder)
        if held is None or held.mark != mark:
            with writing_turn(self._folder, self._wait_seconds) as turn:
                serves = held is not None and held.mark.leads_to(mark)
                if turn is not Turn.ANOTHERS or not serves:
                    if turn is not Turn.OURS:
                        self._folder = self._private_copy()
                    held = _caught_up(self._folder, archive)
        self._held = held

    def search(
        self,
        query: str | Sequence[Sequence[Term]],
        top_k: int,
        allowed: NDArray[np.int64] | None = None,
        filters: Filters | None = None,
    ) -> Found:
        """Return the best of `allowed` passage numbers (of all when None) for the words of a query, best first.

        Of these, the passages whose articles pass the filters. No character of the query has a meaning but as part of a
        word. A query that is no string gives for each word what may stand for it; of these the best match counts, times
        its weight. Equal scores come in the order of arrival.
        """
        held, words = self._held, query_stems(query)
        if held is None or not words or (allowed is not None and not len(allowed)):
            return Found(np.zeros(0, np.int64), np.zeros(0, np.float32))
        schema = held.index.schema
        asked = _any(_best(schema, stands) for stands in words)
        among = [] if filters is None else list(_passing(schema, filters))
        if allowed is not None:
            among.append(_numbered(schema, allowed.tolist()))
        if among:
            scoreless = [tantivy.Query.const_score_query(query, 0.0) for query in among]
            asked = tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in (asked, *scoreless)])
        hits = held.searcher.search(asked, top_k, count=False).hits
        numbers = np.array(held.searcher.fast_field_values("number", [address for _, address in hits]), np.int64)
        scores = np.array([score for score, _ in hits], np.float32)
        order = np.lexsort((numbers, -scores))
        return Found(numbers[order], scores[order])

    def verify(self, archive: Archive) -> Findings:
        """Check that every saved file is whole, and that the index holds the archive's passages and no others."""
        if not (self._folder / _STATE).exists():
            return Findings(State.MISSING)
        with sole_turn(self._folder, self._wait_seconds):
            return self._verify(archive)

    def _verify(self, archive: Archive) -> Findings:
        line = (self._folder / _STATE).read_bytes()
        if is_unsealed(line):
            return Findings(State.MISSING)
        try:
            state = unsealed(line)
        except ValueError:
            return Findings(State.DAMAGED, (f"the file '{_STATE}' is not as it was written",))
        if (state["format"], state["stemming"]) != (FORMAT, stemming()):
            return Findings(State.MISSING)
        written, stand = state["files"], _checksums(self._folder)
        if bent := sorted(name for name in written.keys() | stand.keys() if written.get(name) != stand.get(name)):
            if (self._folder / _WRITING).exists():
                return Findings(State.BEHIND)
            return Findings(State.DAMAGED, tuple(f"the file '{name}' is not as it was written" for name in bent))
        held = _load(self._folder) or _load(self._private_copy())  # tantivy opens nothing in a read-only folder
        if held is None:
            return Findings(State.DAMAGED, ("its files cannot be opened",))
        return compare(held.mark, _numbers(held.searcher), archive)

    def discard(self) -> None:
        """Delete what is saved, so that the next catching up makes it anew. Raises ArchiveError."""
        with sole_turn(self._folder, self._wait_seconds):
            _empty(self._folder)
        self._held = None

    def _private_copy(self) -> Path:
        """Copy what is saved, if anything, to a folder of this object's own."""
        copy = Path(tempfile.mkdtemp(prefix="isnad-lexical-"))
        weakref.finalize(self, shutil.rmtree, copy, ignore_errors=True)
        with suppress(OSError):  # what cannot be copied is made again
            for file in (self._folder / _STATE, *_files(self._folder)):
                shutil.copyfile(file, copy / file.name)
        return copy


def _best(schema: tantivy.Schema, stands: dict[str, float]) -> tantivy.Query:
    """Return a query that scores the best match of some stems, times its weight."""
    each = [
        tantivy.Query.boost_query(tantivy.Query.term_query(schema, "stems", stem, "freq"), weight)
        for stem, weight in stands.items()
    ]
    return each[0] if len(each) == 1 else tantivy.Query.disjunction_max_query(each)


def _load(folder: Path) -> _Held | None:
    """Open what was saved; None where nothing was, or it is not whole, or was made from other stems."""
    try:
        state = unsealed((folder / _STATE).read_bytes())
        if (state["format"], state["stemming"]) != (FORMAT, stemming()) or state["files"] != _checksums(folder):
            return None
        return _hold(Mark(state["identity"], state["generation"]), tantivy.Index.open(str(folder)))
    except (OSError, ValueError, KeyError, TypeError):  # tantivy raises ValueError for all that it cannot open
        return None


def _hold(mark: Mark, index: tantivy.Index) -> _Held:
    index.config_reader("manual")  # no thread that watches the folder: catch_up says when to look
    index.reload()
    return _Held(mark, index, index.searcher())


def _caught_up(folder: Path, archive: Archive) -> _Held:
    """Bring the index in a folder up to the archive, or make it anew; the caller has the turn to write."""
    mark, held = Mark.of(archive), _load(folder)  # loaded again: the process before us may have saved
    if held is not None and held.mark == mark:
        return held
    try:
        (folder / _WRITING).touch()
        if held is not None and held.mark.leads_to(mark):
            index = held.index
            _take_in(index, archive, held.mark.generation)
        else:
            _empty(folder)
            index = tantivy.Index(_schema(), str(folder))
            _take_in(index, archive, None)
        state = {
            "format": FORMAT,
            "stemming": stemming(),
            "identity": mark.identity,
            "generation": mark.generation,
            "files": _checksums(folder),
        }
        write_whole(folder / _STATE, sealed(state))
        (folder / _WRITING).unlink()
        return _hold(mark, index)
    except (OSError, ValueError) as error:  # tantivy raises ValueError where it cannot write
        raise ArchiveWriteError(f"cannot write the index in '{folder}': {error}; make room or delete it") from error


def _take_in(index: tantivy.Index, archive: Archive, since: int | None) -> None:
    """Commit what came and went since a generation; None where the index is new."""
    writer = index.writer(_MEMORY, num_threads=1)  # one thread, so that documents keep the order of arrival
    if since is not None:
        for number in archive.removed_since(since):
            writer.delete_documents_by_term("number", number)
    stems = PassageStems()
    for some in batches(texts_since(archive, since or 0), _AT_ONCE):
        found = iter(stems.of([text for *_, text in some]))
        for article, passages in groupby(some, key=itemgetter(1)):
            facts = _facts(article)
            for number, *_ in passages:
                if since is not None:  # it may have come after the mark and been taken in all the same
                    writer.delete_documents_by_term("number", number)
                writer.add_document(tantivy.Document(number=number, stems=next(found), **facts))
    writer.commit()
    writer.wait_merging_threads()


def _numbers(searcher: tantivy.Searcher) -> NDArray[np.int64]:
    """Return the numbers of all documents."""
    hits = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1), count=False).hits
    return np.array(searcher.fast_field_values("number", [address for _, address in hits]), np.int64)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_text_field("stems", tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("day", fast=True)
    for name in ("article", "language", "source"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("author", tokenizer_name="whitespace", index_option="position")
    return builder.build()


def _facts(article: Article) -> dict[str, str | int]:
    """Return what filters ask of an article, as its passages' documents hold it; a fact that is None is left out."""
    facts: dict[str, str | int] = {"article": article.id, "language": article.language}
    if article.published:
        facts["day"] = article.published.toordinal()
    if article.source is not None:
        facts["source"] = name_key(article.source)
    if article.author is not None:
        facts["author"] = name_key(article.author)
    return facts


def _passing(schema: tantivy.Schema, filters: Filters) -> Iterator[tantivy.Query]:
    """Yield what a document must match for its article to pass the filters."""

    def term(field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(schema, field, value, "basic")

    def author(key: str) -> tantivy.Query:
        words = key.split(" ")
        return tantivy.Query.phrase_query(schema, "author", list(words)) if words[1:] else term("author", key)

    if filters.published_from or filters.published_to:
        first, last = filters.published_from or date.min, filters.published_to or date.max
        yield tantivy.Query.range_query(schema, "day", tantivy.FieldType.Integer, first.toordinal(), last.toordinal())
    if filters.language is not None:
        yield term("language", filters.language)
    if filters.source is not None:
        yield _any(term("source", key) for key in name_keys(filters.source))
    if filters.author is not None:
        yield _any(author(key) for key in name_keys(filters.author))
    if filters.articles is not None:
        yield _any(term("article", name) for name in filters.articles)


def _numbered(schema: tantivy.Schema, numbers: list[int]) -> tantivy.Query:
    if len(numbers) > _FEW:
        return tantivy.Query.term_set_query(schema, "number", numbers)
    return _any(tantivy.Query.term_query(schema, "number", number) for number in numbers)


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """Match what one of the queries does; of none, nothing."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _empty(folder: Path) -> None:
    """Delete the state first: without it nothing else is believed."""
    (folder / _STATE).unlink(missing_ok=True)
    for file in _files(folder):
        file.unlink()


def _files(folder: Path) -> list[Path]:
    """Return tantivy's own files, but for its locks."""
    return [path for path in folder.iterdir() if path.name not in (LOCK, _STATE, _WRITING) and path.suffix != ".lock"]


def _checksums(folder: Path) -> dict[str, int]:
    # tantivy believes what it reads and panics over some of it: only files that are whole reach it.
    return {file.name: zlib.crc32(file.read_bytes()) for file in _files(folder)}
