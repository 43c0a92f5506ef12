"""What the tests of faults stand on: generated articles, all that an archive tells, and ingests in processes to kill.

Run as a module it is a warm process: it has everything imported, and forks for each line of JSON on its input.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import index.ingest
from assistant.holdings.following import catch_up, followers
from index.archive.address import Address, Server
from index.archive.opening import open_at
from index.encoders.static import StaticEncoder
from index.errors import IsnadError
from index.followers.copy_index import CopyIndex
from index.followers.dense import FaissIndex
from index.followers.index_folder import State
from index.followers.lexical import TantivyIndex
from index.followers.statement_index import StatementIndex
from index.followers.verify import Verdict, verify
from index.followers.word_index import WordIndex
from index.ingest import IngestReport
from index.types import Archive
from index.words import QuestionWords
from tests.encoders import DemoEncoder

ROOT = Path(__file__).parent.parent
ENCODER = DemoEncoder()
BATCH = 16  # passages in a transaction, so that a small ingest has many

_SPEAKERS = ("Sergei Lavrov", "Hulusi Akar", "Emmanuel Macron", "سيرغي لافروف", "خلوصي أكار", "إيمانويل ماكرون")


def story(number: int, edition: int = 1) -> str:
    """The text of an article in Arabic or English, of some three passages and as many statements."""
    speaker = _SPEAKERS[number % 6]
    if number % 6 < 3:
        said = f"{speaker} said on Monday that round {number} of the talks would go on. "
        rest = f"The delegations met again in hall {number} to read edition {edition} of the common text. " * 18
        return (
            f"Talks, round {number}\n\nMOSCOW (Reuters) - {said}{rest}\n\n{speaker} said that hall {number} was cold.\n"
        )
    said = f"قال {speaker} يوم الاثنين إن الجولة {number} من المحادثات مستمرة. "
    rest = f"واجتمعت الوفود من جديد في القاعة {number} لقراءة الصيغة {edition} من النص المشترك. " * 18
    title, end = f"المحادثات، الجولة {number}\n\nموسكو - رويترز -", f"وقال {speaker} إن القاعة {number} باردة."
    return f"{title} {said}{rest}\n\n{end}\n"


def write_stories(file: Path, numbers: range, editions: dict[int, int] | None = None) -> Path:
    """Write stories as lines of JSON, each in its edition, the first unless another is given; returns the file."""
    chosen = editions or {}
    lines = ({"id": str(number), "text": story(number, chosen.get(number, 1))} for number in numbers)
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return file


def open_archive(address: Address, *, create: bool = False) -> Archive:
    return open_at(address, encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=create)


def take_in(address: Address, *files: Path) -> IngestReport:
    """Ingest files as the command line does, in small transactions, and bring every index up to date."""
    batch, index.ingest.BATCH = index.ingest.BATCH, BATCH
    try:
        with open_archive(address, create=True) as archive:
            report = index.ingest.ingest(files, archive, ENCODER)
            catch_up(archive)
    finally:
        index.ingest.BATCH = batch
    return report


@cache
def _model() -> StaticEncoder:
    return StaticEncoder()


def check(address: Address) -> Verdict:
    with open_archive(address) as archive:
        return verify(archive, followers(archive, _model()))


def states(verdict: Verdict) -> set[State]:
    """How the indexes stand, but for the words, which are saved only where much has come."""
    return {state for name, state in verdict.states.items() if name != "words"}


def texts(archive: Archive) -> dict[str, str]:
    """Every article's text, by the end of its path."""
    return {Path(article.path).name: article.text for article in archive.articles()}


@dataclass(frozen=True, slots=True)
class Told:
    """All that an archive and its indexes tell, free of the numbers that depend on the order of events."""

    articles: frozenset[object]
    passages: frozenset[object]
    near: tuple[object, ...]
    matching: frozenset[object]
    said: frozenset[object]
    alike: tuple[object, ...]
    copies: frozenset[object]


def told(address: Address) -> Told:
    """Open an archive as a reader does, and ask everything of it."""
    with open_archive(address) as archive:
        dense, lexical, words, copies, statements = followers(archive, _model()).values()
        assert isinstance(dense, FaissIndex)
        assert isinstance(lexical, TantivyIndex)
        assert isinstance(words, WordIndex)
        assert isinstance(statements, StatementIndex)
        assert isinstance(copies, CopyIndex)
        for follower in (dense, lexical, words, statements, copies):
            follower.catch_up(archive)

        def places(numbers: list[int]) -> list[tuple[str, int, int]]:
            return [(passage.article.id, passage.start, passage.end) for passage in archive.passages(numbers)]

        (question,) = ENCODER.encode_questions(["The delegations met again in hall 7"])
        near, matching = dense.search(question, 10_000), lexical.search("hall 7 القاعة 9", 10_000)
        numbers, model = archive.standing(), _model()
        asked = QuestionWords.of("hall 7", model.encode_words(["hall 7"])[0])
        stories: dict[int, list[str]] = {}
        for name, cluster in copies.clusters_of([article.id for article in archive.articles()]).items():
            stories.setdefault(cluster, []).append(name)
        return Told(
            articles=frozenset(archive.articles()),
            passages=frozenset(
                (stored.article_id, stored.start, stored.end, stored.vector.tobytes())
                for stored in archive.added_since(0)
            ),
            near=_ranked(places(near.numbers.tolist()), near.scores.tolist()),
            # Scores count passages that are gone until tantivy merges its segments: the order of events is in them.
            matching=frozenset(places(matching.numbers.tolist())),
            said=frozenset(statements.statements()),
            alike=_ranked(places(numbers.tolist()), words.rerank(asked, numbers)[1].tolist()),
            copies=frozenset(map(frozenset, stories.values())),
        )


def _ranked(places: list[tuple[str, int, int]], scores: list[float]) -> tuple[object, ...]:
    """Found places with their scores; what scores alike comes in any order."""
    ranked = [(round(score, 4), place) for place, score in zip(places, scores, strict=True)]
    return tuple(sorted(ranked, key=lambda one: (-one[0], one[1])))


def json_of(address: Address) -> list[str]:
    """An address as JSON holds it, for another process."""
    if isinstance(address, Server):
        return [address.uri, address.name, address.schema, str(address.folder)]
    return [str(address)]


def address_of(parts: list[str]) -> Address:
    match parts:
        case [uri, name, schema, folder]:
            return Server(uri, name, schema, Path(folder))
        case _:
            return Path(parts[0])


def start(code: str, address: Address, *arguments: object) -> subprocess.Popen[str]:
    """Start a process on an archive, and wait until it is ready to begin."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, json.dumps(json_of(address)), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def run_together(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """Let processes begin, all at once, and return what each said at its end."""
    begin(processes)
    ends = [process.communicate(timeout=120) for process in processes]
    assert [error for _, error in ends] == [""] * len(processes)
    return [said.strip() for said, _ in ends]


def begin(processes: Sequence[subprocess.Popen[str]]) -> None:
    """Let processes that are ready begin."""
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()


@dataclass(frozen=True, slots=True)
class End:
    """How a forked ingest ended."""

    killed: bool
    reported: bool
    """Whether it had said that everything was added before it ended."""
    error: str
    """The line with which it gave up; empty where it did not."""
    seconds: float


class Warm:
    """A process that forks ingests."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ingest(
        self, address: Address, file: Path, *, kill_after: float | None = None, room: tuple[str, int] | None = None
    ) -> End:
        """Run an ingest to its end, or send it SIGKILL after so many seconds.

        With `room`, ("archive", bytes) or ("indexes", bytes), the system lets it write no file further than so many
        bytes from that stage on, as if the disk were full then.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([json_of(address), str(file), kill_after, room]) + "\n")
        self._process.stdin.flush()
        return End(**json.loads(self._process.stdout.readline()))


@contextmanager
def warm_process() -> Iterator[Warm]:
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # a fork keeps only the thread that forks
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **one_thread, "PYTHONPATH": str(ROOT)},
    ) as process:
        yield Warm(process)
        assert process.stdin is not None
        process.stdin.close()


def _serve() -> None:
    for line in sys.stdin:
        parts, file, kill_after, room = json.loads(line)
        read, write = os.pipe()
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            _ingest(address_of(parts), Path(file), write, room)
        os.close(write)
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        seconds = time.monotonic() - began
        with open(read, encoding="utf-8") as told:
            added, _, error = told.read().partition("\n")
        end = End(killed=os.WIFSIGNALED(status), reported=added == "added", error=error, seconds=seconds)
        assert end.killed or os.waitstatus_to_exitcode(status) == 0
        print(json.dumps(asdict(end)), flush=True)  # noqa: T201


def _ingest(address: Address, file: Path, report: int, room: tuple[str, int] | None) -> None:
    """Do what `take_in` does, tell between the archive and its indexes, and end without the parent's clean-up."""
    code = 1
    try:
        if room and room[0] == "archive":
            resource.setrlimit(resource.RLIMIT_FSIZE, (room[1], room[1]))
        index.ingest.BATCH = BATCH
        try:
            with open_archive(address, create=True) as archive:
                index.ingest.ingest([file], archive, ENCODER)
                os.write(report, b"added")
                if room and room[0] == "indexes":
                    resource.setrlimit(resource.RLIMIT_FSIZE, (room[1], room[1]))
                catch_up(archive)
        except IsnadError as error:
            os.write(report, f"\n{error}".encode())
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)


if __name__ == "__main__":
    _serve()
