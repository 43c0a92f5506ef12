"""The lexical index: BM25 over folded stems with tantivy, whose only home this is."""

from __future__ import annotations

import hashlib
import inspect
import shutil
import tempfile
import weakref
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.errors import ArchiveWriteError, UnknownArticleError
from index.index_folder import (
    LOCK,
    Findings,
    Mark,
    State,
    Turn,
    compare,
    is_unsealed,
    sealed,
    sole_turn,
    unsealed,
    write_whole,
    writing_turn,
)
from index.text import stems
from index.types import Archive, Found

FORMAT = 2
_STATE = "state.json"
_WRITING = "writing"  # is there while the files are not those of the state, and after a process was killed then
_MEMORY = 64_000_000  # bytes that tantivy gathers before it writes a segment


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

    def search(self, query: str, top_k: int, allowed: NDArray[np.int64] | None = None) -> Found:
        """Return the best of `allowed` passage numbers (of all when None) for the words of a query, best first.

        No character of the query has a meaning but as part of a word. Equal scores come in the order of arrival.
        """
        held, words = self._held, list(dict.fromkeys(stems(query)))
        if held is None or not words or (allowed is not None and not len(allowed)):
            return Found(np.zeros(0, np.int64), np.zeros(0, np.float32))
        schema, should, must = held.index.schema, tantivy.Occur.Should, tantivy.Occur.Must
        asked = tantivy.Query.boolean_query(
            [(should, tantivy.Query.term_query(schema, "stems", word, "freq")) for word in words]
        )
        if allowed is not None:
            among = tantivy.Query.term_set_query(schema, "number", allowed.tolist())
            asked = tantivy.Query.boolean_query([(must, asked), (must, tantivy.Query.const_score_query(among, 0.0))])
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
        if (state["format"], state["stemming"]) != (FORMAT, _stemming()):
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


def _load(folder: Path) -> _Held | None:
    """Open what was saved; None where nothing was, or it is not whole, or was made from other stems."""
    try:
        state = unsealed((folder / _STATE).read_bytes())
        if (state["format"], state["stemming"]) != (FORMAT, _stemming()) or state["files"] != _checksums(folder):
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
            "stemming": _stemming(),
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
    for number, text in _texts(archive, since or 0):
        if since is not None:  # it may have come after the mark and been taken in all the same
            writer.delete_documents_by_term("number", number)
        writer.add_document(tantivy.Document(number=number, stems=" ".join(stems(text))))
    writer.commit()
    writer.wait_merging_threads()


def _texts(archive: Archive, since: int) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each passage that came after a generation."""
    for article_id, passages in groupby(archive.added_since(since), key=lambda passage: passage.article_id):
        try:
            text = archive.article(article_id).text
        except UnknownArticleError:
            continue  # another process has removed it since
        for passage in passages:
            yield passage.number, text[passage.start : passage.end]


def _numbers(searcher: tantivy.Searcher) -> NDArray[np.int64]:
    """Return the numbers of all documents."""
    hits = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1), count=False).hits
    return np.array(searcher.fast_field_values("number", [address for _, address in hits]), np.int64)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_text_field("stems", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


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


def _stemming() -> str:
    """Name the way words become stems: an index made by another version of it is made anew."""
    return hashlib.sha256(Path(inspect.getfile(stems)).read_bytes()).hexdigest()[:12]
