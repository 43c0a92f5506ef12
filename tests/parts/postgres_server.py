"""A PostgreSQL server of the tests' own: a throw-away cluster on a free port of loopback, which can be killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from index.archive.address import Server, read_address

USER, PASSWORD, DATABASE = "isnad", "a pass:word/with@signs", "news"
_WRITTEN = "a%20pass%3Aword%2Fwith%40signs"  # as an address has it
_ACCOUNT = "postgres"  # what the server runs as where root starts it, which it refuses to run as

_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
lc_messages = 'C'
max_connections = 60
fsync = off
"""
"""The tests kill processes, not the machine: what a server wrote, it reads again."""


class Cluster:
    """A server with one database; its programs are in `programs`, its data in `folder`."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._data = folder / "data"
        self._log = folder / "log"
        self.port = _free_port()
        secret = folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        if os.geteuid() == 0:
            for place in (folder, secret):
                shutil.chown(place, _ACCOUNT)
        self._run(
            "initdb",
            *("--username", USER, "--pwfile", secret, "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        )
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"{_SETTINGS}port = {self.port}\n")
        self.start()
        self.run(f"CREATE DATABASE {DATABASE}", database="postgres")

    def address(self, schema: str = "isnad", *, database: str = DATABASE, user: str = f"{USER}:{_WRITTEN}") -> str:
        """The address of an archive in this server."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}?schema={schema}"

    def place(self, folder: Path, **named: str) -> Server:
        """The same as the program takes it, in a schema that no other test has; what goes with it is below a folder."""
        address = read_address(self.address(**{"schema": f"t{uuid.uuid4().hex[:12]}", **named}))
        assert isinstance(address, Server)
        return address.below(folder)

    def run(self, *statements: str, database: str = DATABASE, schema: str = "public") -> list[tuple[Any, ...]]:
        """Run statements one by one as the owner of all, and return the rows of the last one that has any."""
        rows: list[tuple[Any, ...]] = []
        with psycopg.connect(self.address(database=database).partition("?")[0], autocommit=True) as connection:
            connection.execute("SELECT set_config('search_path', %s, false)", (schema,))
            for statement in statements:
                cursor = connection.execute(statement.encode())
                rows = cursor.fetchall() if cursor.description else rows
        return rows

    @contextmanager
    def locked(self, table: str, schema: str) -> Iterator[None]:
        """Let nobody else read a table meanwhile: whoever would waits."""
        with psycopg.connect(self.address().partition("?")[0]) as connection:
            connection.execute(f"LOCK TABLE {schema}.{table} IN ACCESS EXCLUSIVE MODE".encode())
            yield

    def copy(self, schema: str, database: str) -> None:
        """Make a database of what `pg_dump` writes of a schema, as somebody would who puts back a copy."""
        self.run(f"CREATE DATABASE {database}", database="postgres")
        server = ("--host", "127.0.0.1", "--port", str(self.port), "--username", USER)
        environment = {"PGPASSWORD": PASSWORD, "LC_ALL": "C"}
        with subprocess.Popen(
            [self._programs / "pg_dump", *server, "--format", "custom", "--schema", schema, DATABASE],
            stdout=subprocess.PIPE,
            env=environment,
        ) as dump:
            subprocess.run(
                [self._programs / "pg_restore", *server, "--exit-on-error", "--dbname", database],
                stdin=dump.stdout,
                env=environment,
                check=True,
            )
        assert dump.returncode == 0

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        self._run("pg_ctl", "start", "--wait", "--silent", "--log", self._log)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: "fast" ends every connection, "immediate" leaves all to the next start's recovery."""
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode", mode)

    def kill(self) -> None:
        """Send the server SIGKILL, and wait until nothing of it is left."""
        os.kill(int((self._data / "postmaster.pid").read_text(encoding="utf-8").split()[0]), signal.SIGKILL)
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode", "immediate", may_fail=True)

    def drop_connections(self) -> int:
        """Let the server end every connection but this one; returns how many it ended."""
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        return sum(ended for (ended,) in self.run(f"SELECT pg_terminate_backend(pid)::int {others}"))

    def _run(self, program: str, *arguments: object, may_fail: bool = False) -> None:
        as_account = ["setpriv", f"--reuid={_ACCOUNT}", f"--regid={_ACCOUNT}", "--clear-groups", "--"]
        done = subprocess.run(
            [
                *(as_account if os.geteuid() == 0 else []),
                *map(str, (self._programs / program, "--pgdata", self._data, *arguments)),
            ],
            stdout=subprocess.DEVNULL,  # which a server that was started would hold open, were it a pipe
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C"},
            check=False,
        )
        if done.returncode and not may_fail:
            log = self._log.read_text(encoding="utf-8") if self._log.exists() else ""
            raise RuntimeError(f"{program} ended with {done.returncode}: {log[-2000:]}")


@contextmanager
def postgres_cluster(programs: Path) -> Iterator[Cluster]:
    """A server that runs while the block does, in a folder that goes with it."""
    # Not below pytest's own folder, which another account may not enter.
    folder = Path(tempfile.mkdtemp(prefix="isnad-postgres-"))
    try:
        cluster = Cluster(programs, folder)
        try:
            yield cluster
        finally:
            cluster.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
