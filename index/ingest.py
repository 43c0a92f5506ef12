"""Ingesting: read, clean, chunk, encode, and add to the archive; nothing is half done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from index.adding import Portion, add, add_anew, to_article
from index.archive.check import Row
from index.archive.rows import article_id
from index.chunk import chunk
from index.reading import Decoded, Found, ReadOptions, Record, Rejection, Unmatched, covers, lies_under, read
from index.types import Archive, Article, Encoder, Held

BATCH = 256
"""How many passages are encoded at once, and about how many are added in one transaction."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of everything that was read."""

    added: int
    updated: int
    unchanged: int
    duplicates: tuple[tuple[str, str], ...]
    """Paths whose text the archive has already, each with the path that it has it under."""
    rejected: tuple[tuple[str, str], ...]
    """Paths that could not be read, or lines of them, each with the reason."""
    encodings: tuple[tuple[str, str], ...] = ()
    """Paths that are not in UTF-8, each with the encoding that it was read by."""
    unmatched: tuple[tuple[str, str], ...] = ()
    """Paths of which no record has a field that was to state a fact, each with that field."""
    removed: tuple[str, ...] = ()
    """Paths whose articles went because they are no longer there."""


def ingest(
    paths: Sequence[Path],
    archive: Archive,
    encoder: Encoder,
    *,
    source: str | None = None,
    prune: bool = False,
    options: ReadOptions | None = None,
    on_rejection: Callable[[Rejection], object] | None = None,
    progress: Callable[[int], object] | None = None,
) -> IngestReport:
    """Add or update the articles of files and folders.

    An article whose path and text the archive knows is left as it is, unless its file now states another fact about it.
    One whose text is known under another path is a duplicate and is not added. What a path held before goes when the
    path holds another text, unless that text has only moved. Killed at any instant, the archive holds every article as
    before or as after.

    Args:
        paths: files, folders and patterns; see `index.reading.read`.
        archive: its vectors must come from `encoder`.
        encoder: encodes the passages.
        source: what every article's source is, whatever its file states.
        prune: whether to remove the articles that stand under the paths and were not read there. Where a file or one of
            its records cannot be read, nothing of that file goes; where nothing at all can, nothing goes.
        options: what is known of the files.
        on_rejection: called with everything that could not be read.
        progress: called with the number of articles done since the last call, also while passages are encoded.
    """
    run = _Run(archive, encoder, progress)
    found = chain.from_iterable(read(path, options or ReadOptions()) for path in paths)
    while some := list(islice(found, BATCH)):
        for one in some:
            if isinstance(one, Rejection) and on_rejection:
                on_rejection(one)
        run.take([replace(one, source=source) if source and isinstance(one, Record) else one for one in some])
    return run.finish(paths if prune else [])


def rebuild(archive: Archive, encoder: Encoder, *, progress: Callable[[int], object] | None = None) -> None:
    """Clean, chunk and encode every article anew, in one step, so that the archive's vectors are this encoder's.

    What an article states stays as it is; only where it stated nothing may cleaning find more.
    """
    with archive.transaction():
        archive.change_encoder(encoder.name, encoder.dimensions)
        names = [article.id for article in archive.articles()]
        for start in range(0, len(names), BATCH):
            add_anew(archive, encoder, [archive.article(name) for name in names[start : start + BATCH]], progress)


def salvage(
    damaged: Archive, archive: Archive, encoder: Encoder, *, progress: Callable[[int], object] | None = None
) -> list[Row]:
    """Add every article of a damaged archive that is as it was added to another archive; returns those that are not."""
    lost: list[Row] = []
    rows = damaged.rows()
    while some := list(islice(rows, BATCH)):
        lost += [row for row in some if row.article is None]
        add_anew(archive, encoder, [row.article for row in some if row.article], progress)
    return lost


class _Run:
    """One ingest: the articles gathered for the next transaction, and what became of the others."""

    def __init__(self, archive: Archive, encoder: Encoder, progress: Callable[[int], object] | None) -> None:
        self._archive = archive
        self._encoder = encoder
        self._progress = progress
        self._taken = 0  # records that the batch is made from; a moving article is in it without one
        self._batch: dict[str, Article] = {}  # by id, in the order of adding
        self._places: dict[str, str] = {}  # what the batch puts at a path, by id
        self._offsets: list[list[tuple[int, int]]] = []  # of each article of the batch
        self._ahead: Sequence[str] = ()  # the ids of what is being taken
        self._held: dict[str, Held] = {}  # what the archive holds of it, as it stands
        self._seen: set[str] = set()  # the ids of all texts that were read
        self._read: set[str] = set()  # the paths where they were
        self._copies: dict[str, dict[str, None]] = {}  # of an id: the other paths where it was read, in order
        self._added = self._updated = self._unchanged = 0
        self._rejected: dict[str, str] = {}
        self._encodings: dict[str, str] = {}
        self._unmatched: dict[tuple[str, str], None] = {}

    def take(self, found: Sequence[Found]) -> None:
        """Add or update articles, or take note that they stand already, could not be read, or not without a remark."""
        names = {number: article_id(one.text) for number, one in enumerate(found) if isinstance(one, Record)}
        self._look_up(list(names.values()))
        for number, one in enumerate(found):
            match one:
                case Record():
                    self._take(one, names[number])
                case Rejection(path, reason):
                    self._rejected[path] = reason
                    self._count()
                case Decoded(path, encoding):
                    self._encodings[path] = encoding
                case Unmatched(path, field):
                    self._unmatched[path, field] = None

    def _look_up(self, names: Sequence[str]) -> None:
        """Find what is held of some texts, all at once: one look-up costs more than a hash."""
        self._ahead, self._held = names, self._archive.held(names)

    def _take(self, record: Record, name: str) -> None:
        if record.path in self._places:
            self._flush()
        self._seen.add(name)
        self._read.add(record.path)
        known = self._find(name)
        if known is not None and known.path != record.path:
            self._copies.setdefault(name, {})[record.path] = None
            self._count()
        elif known is not None and not _restates(record, known):
            self._unchanged += 1
            self._count()
        else:
            self._place(to_article(record))
            self._taken += 1
        if len(self._batch) >= BATCH or sum(map(len, self._offsets)) >= BATCH:
            self._flush()

    def _count(self) -> None:
        """Count a record that nothing is left to do for."""
        if self._progress:
            self._progress(1)

    def _find(self, name: str) -> Article | Held | None:
        """Return what is held of the article of an id when the batch is added; never its text, which the id names."""
        if name in self._batch:
            return self._batch[name]
        held = self._held.get(name)
        return held if held and held.path not in self._places else None

    def _place(self, article: Article) -> None:
        """Put an article into the batch; what stands at its path moves to where else it was read, if it was."""
        moving: Article | None = article
        while moving is not None:
            occupant = self._archive.find_path(moving.path)
            self._put(moving)
            if occupant is None:
                self._added += 1
            else:
                self._updated += 1
            moving = None
            if occupant is not None and (copies := self._copies.get(occupant.id)):
                path = next(iter(copies))
                del copies[path]
                moving = replace(occupant, path=path)

    def _put(self, article: Article) -> None:
        self._batch[article.id] = article
        self._places[article.path] = article.id
        self._offsets.append(chunk(article))

    def _flush(self) -> None:
        if not self._batch:
            return
        portion = Portion(self._progress, self._taken, sum(map(len, self._offsets)))
        add(self._archive, self._encoder, list(self._batch.values()), self._offsets, portion)
        self._batch, self._places, self._offsets, self._taken = {}, {}, [], 0
        self._look_up(self._ahead)

    def finish(self, pruned: Sequence[Path]) -> IngestReport:
        """Add the last batch, remove what stood at the path of a copy and was read nowhere, and prune some paths."""
        self._flush()
        removed = self._prune(pruned) if self._read else ()
        self._look_up(list(self._copies))
        duplicates = [
            (path, known.path) for name, paths in self._copies.items() if (known := self._find(name)) for path in paths
        ]
        for path, _ in duplicates:
            overtaken = self._archive.find_path(path)
            if overtaken is not None and overtaken.id not in self._seen:
                self._archive.remove(overtaken.id)
        return IngestReport(
            added=self._added,
            updated=self._updated,
            unchanged=self._unchanged,
            duplicates=tuple(duplicates),
            rejected=tuple(self._rejected.items()),
            removed=removed,
            encodings=tuple(self._encodings.items()),
            unmatched=tuple(self._unmatched),
        )

    def _prune(self, pruned: Sequence[Path]) -> tuple[str, ...]:
        """Remove what stands under these paths and was not read there, or move it to where else it was read."""
        # A record that cannot be read may be any of its file's: all of that file stay.
        kept = {path for rejected in self._rejected for path in (rejected, rejected.rpartition("#")[0]) if path}
        places = [covers(path) for path in pruned]
        gone = {
            path: name
            for path, name in (self._archive.paths().items() if places else ())
            if path not in self._read and any(covered(path) for covered in places) and not lies_under(path, kept)
        }
        removed = []
        with self._archive.transaction():
            for path, name in gone.items():
                if copies := self._copies.get(name):
                    self._put(replace(self._archive.article(name), path=next(iter(copies))))
                    del copies[next(iter(copies))]
                    self._updated += 1
                else:
                    self._archive.remove(name)
                    removed.append(path)
            self._flush()
        return tuple(removed)


def _restates(record: Record, known: Article | Held) -> bool:
    """Whether a record states something about an article that the archive has otherwise or not at all."""
    stated = (record.title, record.source, record.url, record.author, record.published)
    held = (known.title, known.source, known.url, known.author, known.published)
    return any(new is not None and new != old for new, old in zip(stated, held, strict=True))
