"""Ingesting: read, clean, chunk, encode, and add to the archive; nothing is half done.

What is read is prepared in portions, by workers where there are some; one writer adds it, in the order of reading.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from index.adding import add, add_anew
from index.archive.check import Row
from index.archive.rows import article_id
from index.preparing import Marks, Prepare, Prepared, prepare, to_article, with_marks
from index.reading import Decoded, Found, ReadOptions, Record, Rejection, Unmatched, covers, lies_under
from index.reading.spread import read_by
from index.types import Archive, Article, Encoder, Held
from index.workers import HERE, Lost, Workers

BATCH = 256
"""About how many passages are encoded at once, and about how many are added in one transaction."""
LETTERS = 700
"""Code points of an article to a passage of it, about."""


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
    workers: Workers = HERE,
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
        progress: called with the number of articles done since the last call, also while passages are encoded here.
        workers: what reads pages and documents and prepares articles; what comes of it is the same for any.
    """
    run = _Run(archive, encoder, progress)
    ahead: deque[_Portion] = deque()

    def fresh() -> Iterator[list[str]]:
        for found in _portions(read_by(workers, paths, options or ReadOptions())):
            ahead.append(run.look_ahead([_from(source, one) for one in found]))
            yield [record.text for record in ahead[-1].fresh.values()]

    shows = progress if workers is HERE else None  # what others have done is counted here, when it comes
    for results in workers.map(Prepare(encoder, shows), fresh()):
        portion = ahead.popleft()
        if progress and shows is None:
            progress(len(results))
        for rejection in run.take(portion, dict(zip(portion.fresh, results, strict=True))):
            if on_rejection:
                on_rejection(rejection)
    return run.finish(paths if prune else [])


def _from(source: str | None, found: Found) -> Found:
    return replace(found, source=source) if source and isinstance(found, Record) else found


def _portions(found: Iterable[Found]) -> Iterator[list[Found]]:
    """Part what is read into portions of about a batch of passages."""
    portion: list[Found] = []
    letters = 0
    for one in found:
        portion.append(one)
        letters += len(one.text) if isinstance(one, Record) else 0
        if len(portion) >= BATCH or letters >= BATCH * LETTERS:
            yield portion
            portion, letters = [], 0
    if portion:
        yield portion


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


class _Portion(NamedTuple):
    """Some of what was read, the ids of its records, and those of them that are to be prepared, by place."""

    found: list[Found]
    names: dict[int, str]
    fresh: dict[int, Record]


class _Run:
    """One ingest: the articles gathered for the next transaction, and what became of the others."""

    def __init__(self, archive: Archive, encoder: Encoder, progress: Callable[[int], object] | None) -> None:
        self._archive = archive
        self._encoder = encoder
        self._progress = progress
        self._batch: dict[str, Prepared] = {}  # by id, in the order of adding
        self._places: dict[str, str] = {}  # what the batch puts at a path, by id
        self._passages = 0  # of the batch
        self._ahead: Sequence[str] = ()  # the ids of what is being taken
        self._held: dict[str, Held] = {}  # what the archive holds of it, as it stands
        self._free: set[str] = set()  # the paths of it at which nothing stands
        self._sent: set[str] = set()  # the ids of all records that were to be prepared
        self._lost: dict[str, str] = {}  # of these, those that no worker could prepare, and why
        self._seen: set[str] = set()  # the ids of all texts that were read
        self._read: set[str] = set()  # the paths where they were
        self._copies: dict[str, dict[str, None]] = {}  # of an id: the other paths where it was read, in order
        self._added = self._updated = self._unchanged = 0
        self._rejected: dict[str, str] = {}
        self._encodings: dict[str, str] = {}
        self._unmatched: dict[tuple[str, str], None] = {}

    def look_ahead(self, found: list[Found]) -> _Portion:
        """Choose the records to prepare: all that will be added, as far as that can be told before the others are."""
        names = {place: article_id(one.text) for place, one in enumerate(found) if isinstance(one, Record)}
        held = self._archive.held(list(names.values()))
        fresh: dict[int, Record] = {}
        for place, record in enumerate(found):
            if not isinstance(record, Record) or (name := names[place]) in self._sent:
                continue
            known = held.get(name)
            if known is None or (known.path == record.path and _restates(record, known)):
                self._sent.add(name)
                fresh[place] = record
        return _Portion(found, names, fresh)

    def take(self, portion: _Portion, results: Mapping[int, Marks | Lost]) -> Iterator[Rejection]:
        """Add or update articles, or take note that they stand already or not without a remark; yield the rejected."""
        self._look_up(list(portion.names.values()), [one.path for one in portion.found if isinstance(one, Record)])
        for place, one in enumerate(portion.found):
            if self._progress and place not in results and isinstance(one, Record | Rejection):
                self._progress(1)
            match one:
                case Record(path):
                    name, marks = portion.names[place], results.get(place)
                    if isinstance(marks, Lost):
                        self._lost[name], marks = marks.reason, None
                    if name in self._lost:
                        reason = f"cannot prepare {path!r}: {self._lost[name]}; divide it or leave it out"
                        yield self._reject(Rejection(path, reason, original=one.text))
                    else:
                        self._take(one, name, marks)
                case Rejection():
                    yield self._reject(one)
                case Decoded(path, encoding):
                    self._encodings[path] = encoding
                case Unmatched(path, field):
                    self._unmatched[path, field] = None

    def _look_up(self, names: Sequence[str], paths: Sequence[str] = ()) -> None:
        """Find what is held of some texts and at some paths, all at once: one look-up costs more than a hash."""
        self._ahead, self._held = names, self._archive.held(names)
        self._free = set(paths) - self._archive.taken(paths)

    def _reject(self, rejection: Rejection) -> Rejection:
        self._rejected[rejection.path] = rejection.reason
        return rejection

    def _take(self, record: Record, name: str, marks: Marks | None) -> None:
        if record.path in self._places:
            self._flush()
        self._seen.add(name)
        self._read.add(record.path)
        known = self._find(name)
        if known is not None and known.path != record.path:
            self._copies.setdefault(name, {})[record.path] = None
        elif known is not None and not _restates(record, known):
            self._unchanged += 1
        else:
            self._place(with_marks(record, name, marks) if marks else self._prepare(to_article(record)))
        if len(self._batch) >= BATCH or self._passages >= BATCH:
            self._flush()

    def _prepare(self, article: Article) -> Prepared:
        """Prepare the article of which only now is known that it has to be added."""
        (prepared,) = prepare(self._encoder, [article])
        return prepared

    def _find(self, name: str) -> Article | Held | None:
        """Return what is held of the article of an id when the batch is added; never its text, which the id names."""
        if name in self._batch:
            return self._batch[name].article
        held = self._held.get(name)
        return held if held and held.path not in self._places else None

    def _place(self, prepared: Prepared) -> None:
        """Put an article into the batch; what stands at its path moves to where else it was read, if it was."""
        moving: Prepared | None = prepared
        while moving is not None:
            path = moving.article.path
            occupant = None if path in self._free else self._archive.find_path(path)
            self._put(moving)
            if occupant is None:
                self._added += 1
            else:
                self._updated += 1
            moving = None
            if occupant is not None and (copies := self._copies.get(occupant.id)):
                path = next(iter(copies))
                del copies[path]
                moving = self._prepare(replace(occupant, path=path))

    def _put(self, prepared: Prepared) -> None:
        self._batch[prepared.article.id] = prepared
        self._places[prepared.article.path] = prepared.article.id
        self._passages += len(prepared.offsets)

    def _flush(self) -> None:
        if not self._batch:
            return
        add(self._archive, self._batch.values())
        self._free -= self._places.keys()
        self._batch, self._places, self._passages = {}, {}, 0
        self._held = self._archive.held(self._ahead)

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
                    self._put(self._prepare(replace(self._archive.article(name), path=next(iter(copies)))))
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
