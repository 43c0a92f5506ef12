"""Ingesting: read, clean, chunk, encode, and add to the archive; nothing is half done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from index.archive import SqliteArchive, article_id
from index.archive_check import Row
from index.chunk import chunk
from index.clean import clean
from index.errors import UnknownArticleError
from index.reading import Decoded, ReadOptions, Record, Rejection, Unmatched, read
from index.text import detect_language
from index.types import Archive, Article, Encoder

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


def ingest(
    paths: Sequence[Path],
    archive: Archive,
    encoder: Encoder,
    *,
    source: str | None = None,
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
        options: what is known of the files.
        on_rejection: called with everything that could not be read.
        progress: called with the number of articles done since the last call, also while passages are encoded.
    """
    run = _Run(archive, encoder, progress)
    for path in paths:
        for found in read(path, options or ReadOptions()):
            if isinstance(found, Record):
                run.take(replace(found, source=source) if source else found)
                continue
            run.note(found)
            if isinstance(found, Rejection) and on_rejection:
                on_rejection(found)
    return run.finish()


def rebuild(archive: SqliteArchive, encoder: Encoder, *, progress: Callable[[int], object] | None = None) -> None:
    """Clean, chunk and encode every article anew, in one step, so that the archive's vectors are this encoder's.

    What an article states stays as it is; only where it stated nothing may cleaning find more.
    """
    with archive.transaction():
        archive.change_encoder(encoder.name, encoder.dimensions)
        names = [article.id for article in archive.articles()]
        for start in range(0, len(names), BATCH):
            _add_anew(archive, encoder, [archive.article(name) for name in names[start : start + BATCH]], progress)


def salvage(
    damaged: SqliteArchive, archive: SqliteArchive, encoder: Encoder, *, progress: Callable[[int], object] | None = None
) -> list[Row]:
    """Add every article of a damaged archive that is as it was added to another archive; returns those that are not."""
    lost: list[Row] = []
    rows = damaged.rows()
    while some := list(islice(rows, BATCH)):
        lost += [row for row in some if row.article is None]
        _add_anew(archive, encoder, [row.article for row in some if row.article], progress)
    return lost


def _add_anew(
    archive: SqliteArchive, encoder: Encoder, articles: Sequence[Article], progress: Callable[[int], object] | None
) -> None:
    """Clean and chunk articles that an archive held, and add them."""
    cleaned = [_cleaned(article) for article in articles]
    offsets = [chunk(article) for article in cleaned]
    _add(archive, encoder, cleaned, offsets, _Portion(progress, len(cleaned), sum(map(len, offsets))))


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
        self._seen: set[str] = set()  # the ids of all texts that were read
        self._copies: dict[str, dict[str, None]] = {}  # of an id: the other paths where it was read, in order
        self._added = self._updated = self._unchanged = 0
        self._rejected: dict[str, str] = {}
        self._encodings: dict[str, str] = {}
        self._unmatched: dict[tuple[str, str], None] = {}

    def note(self, found: Rejection | Decoded | Unmatched) -> None:
        """Take note of what could not be read, or not without saying how."""
        match found:
            case Rejection(path, reason):
                self._rejected[path] = reason
                self._count()
            case Decoded(path, encoding):
                self._encodings[path] = encoding
            case Unmatched(path, field):
                self._unmatched[path, field] = None

    def take(self, record: Record) -> None:
        """Add or update an article, or take note that it stands already."""
        if record.path in self._places:
            self._flush()
        name = article_id(record.text)
        self._seen.add(name)
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

    def _find(self, name: str) -> Article | None:
        """Return the article of an id as it stands when the batch is added."""
        if name in self._batch:
            return self._batch[name]
        with suppress(UnknownArticleError):
            article = self._archive.article(name)
            return article if article.path not in self._places else None
        return None

    def _place(self, article: Article) -> None:
        """Put an article into the batch; what stands at its path moves to where else it was read, if it was."""
        moving: Article | None = article
        while moving is not None:
            occupant = self._archive.find_path(moving.path)
            self._batch[moving.id] = moving
            self._places[moving.path] = moving.id
            self._offsets.append(chunk(moving))
            if occupant is None:
                self._added += 1
            else:
                self._updated += 1
            moving = None
            if occupant is not None and (copies := self._copies.get(occupant.id)):
                path = next(iter(copies))
                del copies[path]
                moving = replace(occupant, path=path)

    def _flush(self) -> None:
        portion = _Portion(self._progress, self._taken, sum(map(len, self._offsets)))
        _add(self._archive, self._encoder, list(self._batch.values()), self._offsets, portion)
        self._batch, self._places, self._offsets, self._taken = {}, {}, [], 0

    def finish(self) -> IngestReport:
        """Add the last batch, and remove what stood at the path of a copy and was read nowhere."""
        self._flush()
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
            encodings=tuple(self._encodings.items()),
            unmatched=tuple(self._unmatched),
        )


def _restates(record: Record, known: Article) -> bool:
    """Whether a record states something about an article that the archive has otherwise or not at all."""
    stated = (record.title, record.source, record.url, record.author, record.published)
    held = (known.title, known.source, known.url, known.author, known.published)
    return any(new is not None and new != old for new, old in zip(stated, held, strict=True))


def to_article(record: Record) -> Article:
    """Return the article of a record as the archive would hold it: its spans marked, its facts filled in."""
    return _cleaned(
        Article(
            id=article_id(record.text),
            path=record.path,
            text=record.text,
            language=detect_language(record.text),
            title=record.title,
            source=record.source,
            url=record.url,
            author=record.author,
            published=record.published,
        )
    )


def _cleaned(article: Article) -> Article:
    """Mark an article's spans, and fill in what its file did not state but its text does."""
    cleaned = clean(article.text)
    return replace(
        article,
        title=article.title or cleaned.title,
        published=article.published or cleaned.published,
        agency=article.agency or cleaned.agency,
        dateline=article.dateline or cleaned.dateline,
        spans=cleaned.spans,
    )


class _Portion:
    """The progress of articles whose passages are encoded together, in any order and by a large model slowly.

    As large a part of the articles counts as done as of their passages is encoded.
    """

    def __init__(self, progress: Callable[[int], object] | None, articles: int, passages: int) -> None:
        self._progress = progress
        self._articles = articles
        self._passages = max(passages, 1)
        self._encoded = self._shown = 0

    def encoded(self, passages: int) -> None:
        """Count passages that were encoded since the last call."""
        self._encoded += passages
        self._show(self._articles * self._encoded // self._passages)

    def finish(self) -> None:
        """Count every article, those without a passage too."""
        self._show(self._articles)

    def _show(self, articles: int) -> None:
        if self._progress and articles > self._shown:
            self._progress(articles - self._shown)
            self._shown = articles


def _add(
    archive: Archive,
    encoder: Encoder,
    articles: Sequence[Article],
    offsets: Sequence[Sequence[tuple[int, int]]],
    portion: _Portion,
) -> None:
    """Encode the passages of some articles together, and add the articles in one transaction."""
    texts = [
        article.text[start:end] for article, places in zip(articles, offsets, strict=True) for start, end in places
    ]
    vectors = encoder.encode_passages(texts, portion.encoded)
    with archive.transaction():
        row = 0
        for article, places in zip(articles, offsets, strict=True):
            archive.add(article, places, vectors[row : row + len(places)])
            row += len(places)
    portion.finish()
