"""The archive in PostgreSQL, on a real server: what every archive must do, and what only a server can refuse."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from index.archive.address import Address, Server, read_address
from index.archive.opening import open_at
from index.archive.rows import article_id
from index.errors import (
    ArchiveError,
    ArchiveUnreachableError,
    ArchiveVersionError,
    ArchiveWriteError,
    NotAnArchiveError,
)
from tests.parts.archive_contract import ArchiveContract
from tests.parts.archive_place import ArchivePlace, create, refusal
from tests.parts.archive_states_contract import ArchiveStatesContract
from tests.parts.contracts import add_lines, article_of
from tests.parts.postgres_server import PASSWORD, Cluster


@pytest.fixture
def server(postgres: Cluster, tmp_path: Path) -> Server:
    """Where an archive can be made."""
    return postgres.place(tmp_path / "beside")


class PostgresPlace(ArchivePlace):
    @pytest.fixture
    def address(self, server: Server) -> Server:
        return server

    @pytest.fixture
    def elsewhere(self, postgres: Cluster, tmp_path: Path) -> Server:
        return postgres.place(tmp_path / "beside")

    @pytest.fixture(autouse=True)
    def _cluster(self, postgres: Cluster) -> None:
        self._server = postgres

    def change(self, address: Address, *statements: str) -> None:
        assert isinstance(address, Server)
        self._server.run(*statements, schema=address.schema)


class TestPostgresArchive(PostgresPlace, ArchiveContract):
    pass


class TestPostgresArchiveStates(PostgresPlace, ArchiveStatesContract):
    pass


def test_an_archive_is_made_once_by_two_that_make_it_at_once(server: Server) -> None:
    identities: list[str] = []

    def open_one() -> None:
        with create(server) as archive:
            identities.append(archive.identity)

    threads = [threading.Thread(target=open_one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(identities), len(set(identities))) == (6, 1)


def test_generations_are_committed_in_the_order_of_their_numbers(server: Server) -> None:
    """Else a follower that has seen the later one would never look for what comes with the earlier one."""
    with create(server) as first, create(server, wait_seconds=30) as second, open_at(server) as follower:
        under_way = threading.Thread(target=lambda: add_lines(second, article_of("second", path="2")))
        with first.transaction():
            add_lines(first, article_of("first", path="1"))
            under_way.start()
            under_way.join(0.5)
            assert under_way.is_alive()  # it waits, without a generation
            assert (follower.generation, list(follower.added_since(0))) == (0, [])
        under_way.join()
        assert follower.generation == 2
        came = [(passage.number, follower.passages([passage.number])[0].text) for passage in follower.added_since(0)]
        assert came == [(1, "first"), (2, "second")]
        assert [passage.number for passage in follower.added_since(1)] == [2]


def test_other_threads_wait_for_a_step_as_long_as_it_takes(server: Server) -> None:
    with create(server, wait_seconds=0.1) as archive:
        entered = threading.Event()

        def hold() -> None:
            with archive.transaction():
                entered.set()
                threading.Event().wait(0.6)
                add_lines(archive, article_of("first", path="1"))

        thread = threading.Thread(target=hold)
        thread.start()
        entered.wait()
        add_lines(archive, article_of("second", path="2"))
        thread.join()
        assert list(archive.paths()) == ["1", "2"]


def test_more_threads_than_connections_read_at_once(server: Server) -> None:
    with create(server) as archive:
        add_lines(archive, article_of("a\nb\nc", published=date(2020, 1, 1)))
        told: list[object] = []

        def read() -> None:
            for _ in range(5):
                told.append((archive.statistics().passages, len(archive.passages([1, 2, 3])), archive.table().ids))

        threads = [threading.Thread(target=read) for _ in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert told == [(3, 3, [next(archive.articles()).id])] * 150


def test_a_server_that_does_not_answer_is_told(postgres: Cluster) -> None:
    address = read_address(f"postgresql://isnad:{'secret'}@127.0.0.1:1/news")
    assert refusal(ArchiveUnreachableError, lambda: open_at(address)) == (
        "the archive 'postgresql://isnad@127.0.0.1:1/news' cannot be reached: connection to server at \"127.0.0.1\", "
        "port 1 failed: Connection refused; see that its server runs, and that the address is right"
    )
    message = refusal(ArchiveUnreachableError, lambda: open_at(read_address("postgresql://no.such.host.invalid/news")))
    assert message.startswith("the archive 'postgresql://no.such.host.invalid/news' cannot be reached: failed to resol")


@pytest.mark.parametrize("user", ["isnad:wrong", "nobody:wrong", "isnad"])
def test_a_wrong_password_is_told_and_not_shown(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, user: str
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    message = refusal(ArchiveUnreachableError, lambda: open_at(read_address(postgres.address(user=user))))
    assert message.startswith(
        f"the archive 'postgresql://{user.partition(':')[0]}@127.0.0.1:{postgres.port}/news' cannot be reached: "
    )
    assert "password" in message
    assert message.endswith("; name a role that may, in the address, and its password in ~/.pgpass or PGPASSWORD")
    assert "wrong" not in message


def test_a_missing_database_is_told(postgres: Cluster) -> None:
    address = read_address(postgres.address(database="nothing"))
    message = refusal(NotAnArchiveError, lambda: create(address))
    assert message.startswith(f"there is no archive in 'postgresql://isnad@127.0.0.1:{postgres.port}/nothing': ")
    assert message.endswith('database "nothing" does not exist; make the database with createdb')


def test_an_address_that_libpq_does_not_take_is_told_without_its_password(postgres: Cluster) -> None:
    for wrong in (postgres.address() + "&colour=red", postgres.address(user="isnad:100%sure")):
        address = read_address(wrong)
        assert refusal(ArchiveUnreachableError, partial(open_at, address)) == (
            f"the address 'postgresql://isnad@127.0.0.1:{postgres.port}/news' has an option that PostgreSQL does not "
            "know, or a password with a bare %; correct it, and write % as %25"
        )


def test_another_programs_schema_is_not_an_archive_and_stays_as_it_is(postgres: Cluster, server: Server) -> None:
    postgres.run(f"CREATE SCHEMA {server.schema}", f"CREATE TABLE {server.schema}.letters (text text)")
    line = (
        f"the schema '{server.schema}' of '{server}' holds another program's tables; choose another with ?schema=NAME"
    )
    assert refusal(NotAnArchiveError, lambda: open_at(server)) == line
    assert refusal(NotAnArchiveError, lambda: create(server)) == line
    for table in ("meta", "articles", "passages", "removed"):
        postgres.run(f"CREATE TABLE {server.schema}.{table} (colour text)")
    assert refusal(NotAnArchiveError, lambda: open_at(server)) == line


def test_an_empty_schema_is_made_an_archive(postgres: Cluster, server: Server) -> None:
    """Where the role may make tables in a schema of its own, and no schema."""
    postgres.run(f"CREATE SCHEMA {server.schema}")
    with create(server) as archive:
        assert archive.count_articles() == 0


def test_a_newer_format_asks_for_an_update(postgres: Cluster, server: Server) -> None:
    create(server).close()
    postgres.run("UPDATE meta SET value = '7' WHERE key = 'format'", schema=server.schema)
    assert refusal(ArchiveVersionError, lambda: open_at(server)) == (
        f"the archive '{server}' has format 7, this program knows up to 1; update Isnad"
    )


def test_a_database_that_cannot_hold_every_letter_is_refused(postgres: Cluster, tmp_path: Path) -> None:
    postgres.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0", database="postgres")
    server = postgres.place(tmp_path, database="latin")
    assert refusal(NotAnArchiveError, lambda: create(server)) == (
        f"the database of '{server}' keeps texts in LATIN1; make one with `createdb --encoding UTF8 --template "
        "template0`"
    )


@pytest.fixture
def reader(postgres: Cluster, server: Server) -> Iterator[Server]:
    """The same archive for a role that may only read it."""
    create(server).close()
    postgres.run(
        f"CREATE ROLE {server.schema} LOGIN PASSWORD 'reads'",
        f"GRANT USAGE ON SCHEMA {server.schema} TO {server.schema}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {server.schema} TO {server.schema}",
    )
    address = read_address(postgres.address(server.schema, user=f"{server.schema}:reads"))
    assert isinstance(address, Server)
    yield address.below(server.folder.parent)
    postgres.run(f"DROP OWNED BY {server.schema}", f"DROP ROLE {server.schema}")


def test_a_role_that_may_only_read_reads_and_is_told_that_it_cannot_write(server: Server, reader: Server) -> None:
    with create(server) as archive:
        add_lines(archive, article_of("text"))
    assert reader.folder == server.folder
    with create(reader) as archive:
        assert [article.text for article in archive.articles()] == ["text"]
        assert (archive.statistics().passages, archive.verify()) == (1, [])
        told = "permission denied for table meta"
        line = f"the archive '{reader}' does not allow this: {told}; grant the role what it lacks"
        for act in (lambda: add_lines(archive, article_of("new")), lambda: archive.remove("abc")):
            assert refusal(ArchiveWriteError, act) == line


def test_a_server_that_may_only_be_read_says_that_it_cannot_be_written(postgres: Cluster, server: Server) -> None:
    create(server).close()
    postgres.run("ALTER DATABASE news SET default_transaction_read_only = on")
    try:
        with open_at(server) as archive:
            assert list(archive.articles()) == []
            assert refusal(ArchiveWriteError, lambda: add_lines(archive, article_of("new"))) == (
                f"cannot write to the archive '{server}': cannot execute SELECT FOR UPDATE in a read-only transaction; "
                "make room or allow writing"
            )
    finally:
        postgres.run("ALTER DATABASE news RESET default_transaction_read_only", database="postgres")


def test_what_pg_dump_writes_comes_back_whole_and_no_number_comes_again(
    postgres: Cluster, server: Server, tmp_path: Path
) -> None:
    with create(server) as archive:
        for text in ("one", "عنوان\0", "gone"):
            add_lines(archive, article_of(text, path=text))
        archive.remove(article_id("gone"))
        articles, numbers = list(archive.articles()), archive.standing().tolist()
        identity, generation = archive.identity, archive.generation
    postgres.copy(server.schema, "restored")
    with open_at(postgres.place(tmp_path, database="restored", schema=server.schema)) as restored:
        assert (list(restored.articles()), restored.standing().tolist()) == (articles, numbers)
        assert (restored.identity, restored.generation, restored.verify()) == (identity, generation, [])
        add_lines(restored, article_of("new", path="new"))
        assert restored.standing().tolist() == [*numbers, 4]


def test_an_archive_that_was_removed_or_replaced_is_no_longer_written(postgres: Cluster, server: Server) -> None:
    with create(server) as archive:
        postgres.run(f"DROP SCHEMA {server.schema} CASCADE")
        assert refusal(NotAnArchiveError, archive.count_articles).startswith(
            f"the archive '{server}' was removed since it was opened: "
        )
        create(server).close()
        line = f"the archive '{server}' was removed or replaced since it was opened; start again"
        assert refusal(NotAnArchiveError, lambda: archive.generation) == line
        assert refusal(NotAnArchiveError, lambda: add_lines(archive, article_of("text"))) == line
    with open_at(server) as archive:
        assert archive.count_articles() == 0


def test_a_statement_that_the_server_cuts_off_is_one_line(postgres: Cluster, server: Server) -> None:
    with create(server) as archive:
        add_lines(archive, article_of("text"))
    slow = read_address(postgres.address(server.schema) + "&options=-c%20statement_timeout%3D500")
    line = "cannot use the archive '.*': canceling statement due to statement timeout"
    with postgres.locked("articles", server.schema), pytest.raises(ArchiveError, match=line), open_at(slow) as archive:
        list(archive.articles())
    with open_at(slow) as archive:
        assert len(list(archive.articles())) == 1


def test_no_error_nor_its_cause_shows_the_password(postgres: Cluster) -> None:
    address = read_address(postgres.address(database="nothing"))
    with pytest.raises(NotAnArchiveError) as caught:
        open_at(address)
    shown = f"{address} {address!r} {caught.value!r} {caught.value.__cause__!r}"
    assert [secret for secret in (PASSWORD, "pass%3A") if secret in shown] == []
