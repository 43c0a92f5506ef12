"""Writers in several processes, and servers and connections that go away: nothing is lost, nothing doubled."""

from __future__ import annotations

import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.archive.address import Address, Server
from index.archive.opening import open_at
from index.archive.rows import article_id
from index.errors import ArchiveUnreachableError
from index.followers.index_folder import State
from index.types import Archive
from tests.parts.archive_place import create
from tests.parts.contracts import add_lines, article_of
from tests.parts.faults import End, Warm, begin, check, start, states, take_in, told, warm_process, write_stories
from tests.parts.interrupted import Before, before_an_ingest, check_interrupted
from tests.parts.postgres_server import Cluster

WRITE = """
import json, random, sys
from index.archive.opening import open_at
from index.errors import UnknownArticleError
from tests.parts.contracts import add_lines, article_of
from tests.parts.faults import address_of
number = int(sys.argv[2])
chosen = random.Random(number)
with open_at(address_of(json.loads(sys.argv[1])), wait_seconds=60) as archive:
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(60):
        path = f"{chosen.randrange(20)}"
        with archive.transaction():
            for line in range(chosen.randrange(1, 4)):
                add_lines(archive, article_of(f"{number}\\n{turn}\\n{line}", path=path))
        if turn % 5 == 4:
            held = archive.paths()
            try:
                archive.remove(held[chosen.choice(sorted(held))])
            except UnknownArticleError:
                pass  # another one removed or replaced it first
"""

HOLD = """
import json, sys
from index.archive.opening import open_at
from tests.parts.contracts import add_lines, article_of
from tests.parts.faults import address_of
with open_at(address_of(json.loads(sys.argv[1]))) as archive, archive.transaction():
    add_lines(archive, article_of("lost", path="lost"))
    print("ready", flush=True)
    sys.stdin.readline()
"""

WHAT_BECAME_OF_IT = (
    "; nothing of the change under way is in it",
    "; do it again once the server answers",  # it was being committed
    "; see that its server runs, and that the address is right",  # it had not begun: the archive was being opened
    "; see that its server runs",
)


@pytest.fixture
def server(postgres: Cluster, tmp_path: Path) -> Server:
    return postgres.place(tmp_path)


class Follower:
    """What an index does: takes in what came and went since the state that it reflects."""

    def __init__(self) -> None:
        self.generation = 0
        self.numbers: set[int] = set()
        self.came: list[int] = []

    def catch_up(self, archive: Archive) -> None:
        generation = archive.generation
        came = [passage.number for passage in archive.added_since(self.generation)]
        self.came += [number for number in came if number not in self.numbers]
        self.numbers = (self.numbers | set(came)) - set(archive.removed_since(self.generation))
        self.generation = generation


def test_a_follower_misses_nothing_of_what_four_processes_write_at_once(server: Server) -> None:
    create(server).close()
    writers = [start(WRITE, server, number) for number in range(4)]
    begin(writers)
    follower, looks = Follower(), 0
    with open_at(server) as archive:
        while any(writer.poll() is None for writer in writers):
            follower.catch_up(archive)
            looks += 1
        assert [writer.communicate()[1] for writer in writers] == [""] * 4
        follower.catch_up(archive)
        assert follower.numbers == set(archive.standing().tolist())
        assert len(set(follower.came)) == len(follower.came)
        assert looks > 20
        assert archive.verify() == []
        assert len(archive.paths()) == archive.count_articles() <= 20


def test_it_comes_to_what_a_folders_archive_comes_to(server: Server, tmp_path: Path) -> None:
    file = write_stories(tmp_path / "news.jsonl", range(30))
    for address in (server, tmp_path / "archive"):
        take_in(address, file)
        write_stories(file, range(10, 40), editions=dict.fromkeys(range(10, 15), 2))
        take_in(address, file)
        write_stories(file, range(30))
    assert told(server) == told(tmp_path / "archive")
    assert (check(server).problems, states(check(server))) == ((), {State.CURRENT})


# An ingest that is disturbed at random instants


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with warm_process() as process:
        yield process


class Copies:
    """Copies of an archive and of what lies beside it, each a database of its own."""

    def __init__(self, cluster: Cluster, here: Path) -> None:
        self._cluster = cluster
        self._here = here
        self._made = 0
        cluster.run("CREATE DATABASE kept", database="postgres")
        self.original = cluster.place(here, database="kept", schema="isnad")

    def make(self) -> Server:
        self._made += 1
        name = f"copy{self._made}"
        # A sequence writes its numbers ahead, and in a database made from a template relies on what was written of the
        # template's: a server that then ends at once would give numbers again. After a checkpoint it writes them anew.
        self._cluster.run(f"CREATE DATABASE {name} TEMPLATE kept", "CHECKPOINT", database="postgres")
        copy = self._cluster.place(self._here, database=name, schema="isnad")
        shutil.copytree(self.original.folder, copy.folder)
        return copy

    def drop(self, copy: Address) -> None:
        assert isinstance(copy, Server)
        self._cluster.run(f"DROP DATABASE copy{self._made}", database="postgres")
        shutil.rmtree(copy.folder)

    def quiet(self) -> None:
        """Wait until the server has noticed that a killed process has gone: it may be about to commit."""
        others = "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        while self._cluster.run(others, database="postgres"):
            time.sleep(0.01)


@pytest.fixture(scope="module")
def copies(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    return Copies(postgres, tmp_path_factory.mktemp("copies"))


@pytest.fixture(scope="module")
def before(copies: Copies, warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Before:
    return before_an_ingest(tmp_path_factory.mktemp("before"), copies.original, copies.make, warm)


def _disturbed(
    before: Before, warm: Warm, copies: Copies, count: int, disturb: Callable[[float], object] | None = None
) -> list[End]:
    """Disturb as many ingests, each at an instant of its own; without what disturbs they are sent SIGKILL.

    On a busy machine an ingest may be over at every one of them: then more are disturbed.
    """
    instants = random.Random(count)
    ends: list[End] = []
    reached: set[int] = set()
    for turn in range(3 * count):
        if turn >= count and len(reached) > 1:
            break
        copy, instant = copies.make(), before.seconds * (turn % count + instants.random()) / count
        thread = threading.Thread(target=disturb, args=(instant,)) if disturb else None
        if thread:
            thread.start()
        end = warm.ingest(copy, before.file, kill_after=None if disturb else instant)
        if thread:
            thread.join()
        copies.quiet()
        assert "\n" not in end.error
        reached.add(check_interrupted(before, copy, end))
        copies.drop(copy)
        ends.append(end)
    assert len(reached) > 1  # it did fall into the midst of them
    return ends


def test_an_ingest_killed_at_random_instants_loses_nothing(before: Before, warm: Warm, copies: Copies) -> None:
    ends = _disturbed(before, warm, copies, 10)
    assert any(end.killed for end in ends)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_ingest_killed_at_forty_instants_loses_nothing(before: Before, warm: Warm, copies: Copies) -> None:
    _disturbed(before, warm, copies, 40)


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_a_server_that_ends_at_random_instants_of_an_ingest_loses_nothing(
    before: Before, warm: Warm, copies: Copies, postgres: Cluster, how: str
) -> None:
    def end_and_start(instant: float) -> None:
        time.sleep(instant)
        postgres.stop("immediate") if how == "stopped" else postgres.kill()
        postgres.start()

    ends = _disturbed(before, warm, copies, 6, end_and_start)
    lines = [end.error for end in ends if end.error]
    assert lines  # a change under way is given up, a read is tried again
    assert [line for line in lines if not line.startswith("the archive 'postgresql://isnad@127.0.0.1:")] == []
    assert [line for line in lines if not line.endswith(WHAT_BECAME_OF_IT)] == []


def test_connections_that_are_dropped_at_random_instants_lose_nothing(
    before: Before, warm: Warm, copies: Copies, postgres: Cluster
) -> None:
    def drop(instant: float) -> None:
        time.sleep(instant)
        everywhere = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        for _ in range(10):  # most of what a single one meets is a read, which is tried again
            postgres.run(f"SELECT pg_terminate_backend(pid) {everywhere}")

    _disturbed(before, warm, copies, 8, drop)


def test_reads_go_on_while_connections_are_dropped_and_a_change_is_whole_or_told_to_be_lost(
    postgres: Cluster, server: Server
) -> None:
    with create(server) as archive:
        lines = "".join(f"line {number}\n" for number in range(700))
        add_lines(archive, article_of(lines, path="kept"))
        kept, over, failures = next(archive.articles()), threading.Event(), []

        def read() -> None:
            try:
                while not over.is_set():
                    assert archive.article(kept.id) == kept
                    assert len(archive.table().ids) >= 1
                    assert archive.statistics().articles >= 1
                    assert len(archive.passages(range(1, 701))) == 700
            except BaseException as failure:  # noqa: BLE001  (a thread's failure is told below)
                failures.append(failure)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        certain, open_ended = {"kept"}, set()
        for turn in range(40):
            dropping = threading.Timer(random.Random(turn).random() / 50, postgres.drop_connections)
            dropping.start()
            try:
                add_lines(archive, article_of(f"{turn}\n" * 5, path=str(turn)))
                certain.add(str(turn))
            except ArchiveUnreachableError as error:
                assert str(error).endswith(WHAT_BECAME_OF_IT[:2])
                if str(error).endswith(WHAT_BECAME_OF_IT[1]):
                    open_ended.add(str(turn))
            dropping.join()
        over.set()
        for reader in readers:
            reader.join()
        # A read is tried again once: what is dropped twice within a thousandth of a second may say so.
        assert [failure for failure in failures if not isinstance(failure, ArchiveUnreachableError)] == []
        stand = set(archive.paths())
        assert certain <= stand <= certain | open_ended
        assert len(certain) > 1
        assert archive.verify() == []
        assert [len(list(archive.added_since(0)))] == [700 + 5 * (len(stand) - 1)]


def test_a_writer_that_is_killed_gives_its_turn_back(server: Server) -> None:
    with create(server, wait_seconds=30) as archive:
        holder = start(HOLD, server)
        assert archive.paths() == {}
        holder.kill()
        holder.communicate()
        add_lines(archive, article_of("kept", path="kept"))
        assert archive.paths() == {"kept": article_id("kept")}


def test_a_server_that_starts_while_a_read_waits_answers_it(postgres: Cluster, server: Server) -> None:
    with create(server) as archive:
        add_lines(archive, article_of("text"))
        postgres.stop("immediate")
        starting = threading.Timer(1.0, postgres.start)
        starting.start()
        try:
            assert archive.count_articles() == 1
        finally:
            starting.join()
        postgres.stop("fast")
        postgres.start()
        add_lines(archive, article_of("more", path="b"))  # nothing had begun: a step is begun on a new connection
        assert archive.count_articles() == 2
