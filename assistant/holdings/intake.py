"""Files that somebody uploads: kept for a while, ingested by a process of their own, deleted."""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import shutil
import signal
import tempfile
import threading
import unicodedata
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from index.archive.address import folder_of
from index.errors import ArchiveLockedError, ArchiveWriteError, IsnadError
from index.followers.index_folder import Turn, writing_turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from index.archive.address import Address
    from index.types import Backend

Json = dict[str, Any]

FOLDER = "uploads"
"""Where in the archive's folder uploaded files lie until they are ingested."""

MOST_BYTES = 256 * 2**20
MOST_FILES = 1000
"""What may be uploaded at once."""

LONGEST_NAME = 200
"""Bytes of a file's name that are kept, its endings among them."""

_ENDINGS = 24  # code points at the end of a name that are kept in any case

MOST_MEMORY = 4 * 2**30
"""Bytes of memory that reading the files may take."""

ENDED = "reading the files met a fault of the program, or took too much memory; its terminal shows more"

_SPAWN = multiprocessing.get_context("spawn")  # a copy of this process would share its locks and threads

_FORBIDDEN = re.compile(r'[/\\:*?"<>|#\x00-\x1f\x7f-\x9f]')


@dataclass(frozen=True, slots=True)
class Taking:
    """How an ingest of uploaded files stands.

    `done` counts articles; `report` is that of `isnad ingest --json`, there once the state is "finished"; `reason` is
    there once it is "failed".
    """

    state: Literal["working", "finished", "failed", "stopped"]
    files: int
    done: int = 0
    report: Json | None = None
    reason: str | None = None


class Intake:
    """Takes uploaded files into an archive, and articles out of it; one thing at a time. Threads may share it.

    What reads the files runs in a process of its own: no file can bring down the one that answers questions, nor make
    it wait. What a killed process left lying is deleted when the next one begins.
    """

    def __init__(self, archive: Address, encoder: str | None = None, backend: Backend = "torch") -> None:
        self._archive = archive
        self._folder = folder_of(archive)
        self._encoder = encoder
        self._backend = backend
        self._lock = threading.Lock()
        self._taking: Taking | None = None
        self._process: SpawnProcess | None = None
        self._thread: threading.Thread | None = None
        sweep(self._folder)

    @property
    def taking(self) -> Taking | None:
        """How the last ingest stands; None where there was none."""
        return self._taking

    @property
    def is_working(self) -> bool:
        """Whether files are being ingested now."""
        return self._taking is not None and self._taking.state == "working"

    def take(self, files: Sequence[tuple[str, BinaryIO]], source: str | None = None) -> Future[Taking]:
        """Begin to ingest files, each given as the name that it was sent under and its bytes, which are copied.

        `source` is the outlet of their articles, where that is known. Returns what gives how it ended. Raises
        ArchiveLockedError where files are being ingested already, and ArchiveWriteError where there is no room for
        them.
        """
        with self._turn():
            self._taking = Taking("working", len(files))
            held = ExitStack()
            try:
                folder = held.enter_context(_uploads(self._folder))
                paths = _written(files, folder)
                ours, theirs = _SPAWN.Pipe(duplex=False)
                arguments = (self._archive, self._encoder, self._backend, paths, source, theirs, os.getpid())
                self._process = _SPAWN.Process(target=_ingest, args=arguments)
                self._process.start()
                theirs.close()
            except BaseException:
                self._taking = None
                held.close()
                raise
            ended: Future[Taking] = Future()
            self._thread = threading.Thread(target=self._follow, args=(ours, self._process, held, ended))
            self._thread.start()
        return ended

    def remove(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Remove articles and return their paths by id; all go, or none where one is unknown.

        Raises UnknownArticleError, and ArchiveLockedError while files are being ingested.
        """
        from assistant.holdings.following import catch_up
        from index.archive.opening import open_at

        with self._turn(), open_at(self._archive) as opened:
            removed = opened.remove_all(article_ids)
            catch_up(opened)
        return removed

    def stop(self) -> None:
        """Stop the ingest that is running; what it has added stays."""
        with self._lock:
            if self._taking and self.is_working and self._process:
                self._taking = replace(self._taking, state="stopped")
                self._process.terminate()

    def close(self) -> None:
        """Stop what is running, and wait until nothing of it is left."""
        self.stop()
        self.wait()

    def wait(self) -> None:
        """Wait until nothing is running."""
        if self._thread:
            self._thread.join()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock:
            if self.is_working:
                raise ArchiveLockedError("other files are being taken in; try again when they are done")
            yield

    def _follow(self, connection: Connection, process: SpawnProcess, held: ExitStack, ended: Future[Taking]) -> None:
        """Take note of what the process says, until it ends; delete the files."""
        last: Json | str | int | None = None
        with held, connection:
            with suppress(EOFError):
                while True:
                    last = connection.recv()
                    if isinstance(last, int):
                        self._note(process, done=last)
            process.join()
        match last:
            case dict():
                ended.set_result(self._note(process, state="finished", report=last))
            case str():
                ended.set_result(self._note(process, state="failed", reason=last))
            case _:
                ended.set_result(self._note(process, state="failed", reason=ENDED))

    def _note(self, process: SpawnProcess, **changes: Any) -> Taking:  # noqa: ANN401  (fields of several types)
        """Change how an ingest stands unless it was stopped; return how it does."""
        with self._lock:
            if self._taking is None or self._process is not process:  # stopped, and the next one has begun
                return Taking("stopped", 0)
            if self.is_working:
                self._taking = replace(self._taking, **changes)
            return self._taking


@contextmanager
def _uploads(beside: Path) -> Iterator[Path]:
    """Give a new folder for files, deleted at the end. Raises ArchiveWriteError."""
    try:
        (beside / FOLDER).mkdir(exist_ok=True)
        sweep(beside)
        folder = Path(tempfile.mkdtemp(dir=beside / FOLDER))
    except OSError as error:
        raise ArchiveWriteError(f"cannot keep files in '{beside / FOLDER}': {error.strerror}; make room") from error
    try:
        with writing_turn(folder, 0):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(beside: Path) -> None:
    """Delete the uploaded files that a killed process left in an archive's folder."""
    for folder in (beside / FOLDER).glob("*/"):
        with writing_turn(folder, 0) as turn:
            if turn is Turn.OURS:  # those of a living process are its turn
                shutil.rmtree(folder, ignore_errors=True)


def _written(files: Sequence[tuple[str, BinaryIO]], folder: Path) -> list[Path]:
    """Write files to a folder, under names that are safe. Raises ArchiveWriteError."""
    paths: dict[Path, None] = {}
    try:
        for given, stream in files:
            path = folder / "files" / safe_name(given)
            path.parent.mkdir(exist_ok=True)
            first, number = path, 1
            while path in paths:
                number += 1
                path = first.with_name(f"{number}-{first.name}")
            paths[path] = None
            with path.open("xb") as file:
                shutil.copyfileobj(stream, file)
    except OSError as error:
        raise ArchiveWriteError(f"cannot keep files in '{folder}': {error.strerror}; make room") from error
    return list(paths)


def safe_name(given: str) -> str:
    """Return a name under which a file can be kept and shown: no folders, no commands to a terminal or a page.

    The letters of every script stay.
    """
    last = re.split(r"[/\\]", given)[-1]
    shown = "".join(c if unicodedata.category(c)[0] != "C" else "" for c in unicodedata.normalize("NFC", last))
    name = _FORBIDDEN.sub("_", shown).strip(" .")
    stem, ending = name[:-_ENDINGS], name[-_ENDINGS:]
    while len(f"{stem}{ending}".encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{ending}" or "file"


def _ingest(
    archive: Address,
    encoder_name: str | None,
    backend: Backend,
    paths: Sequence[Path],
    source: str | None,
    connection: Connection,
    parent: int,
) -> None:
    """Ingest files; say how many articles are done, and at last what became of them, or why nothing did."""
    from assistant.commands.options import create_archive, take_in
    from assistant.rendering.archive import ingest_json
    from index.encoders.static import load_encoder
    from index.reading import ReadOptions

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to stop
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    done = 0

    def count(articles: int) -> None:
        nonlocal done
        done += articles
        connection.send(done)
        if os.getppid() != parent:
            raise SystemExit

    try:
        encoder = load_encoder(encoder_name, backend)
        with create_archive(archive, encoder) as opened:
            report, copies = take_in(paths, opened, encoder, source, ReadOptions(uploaded=True), progress=count)
            known = opened.held([name for copy in copies for name in copy])
        near = [(known[one].path, known[first].path) for one, first in copies if one in known and first in known]
        connection.send(ingest_json(report, near=near))
    except IsnadError as error:
        connection.send(str(error))
