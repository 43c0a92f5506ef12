"""Every command over an archive in PostgreSQL says what it says over a folder's."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from assistant.ask import open_assistant
from assistant.chat.conversations.store import Conversations
from assistant.cli import cli
from assistant.holdings.intake import Intake
from index.archive.address import Server, folder_of
from index.archive.opening import open_at
from index.errors import ArchiveUnreachableError, SettingsError
from tests.conftest import ROOT
from tests.console import isnad
from tests.librarian import SEEDS
from tests.postgres_server import Cluster
from tests.test_resemblance import STORY

QUESTIONS = ("what did Lavrov say about Turkey", "ماذا قال لافروف عن تركيا؟", "Who arrived in Prague?")


class Pair(NamedTuple):
    """Two archives that the same was done to; `here` is the current folder, below which the server's indexes lie."""

    folder: Path
    server: Server
    uri: str
    here: Path

    def run(self, *arguments: str) -> tuple[Result, Result]:
        """Run a command over each."""
        ran = [CliRunner().invoke(cli, [*arguments, "--archive", where]) for where in (str(self.folder), self.uri)]
        return ran[0], ran[1]

    def printed(self, *arguments: str, code: int = 0) -> str:
        """What a command prints over either, which must be the same but for times and sizes."""
        said = []
        for done in self.run(*arguments):
            assert (done.exit_code, done.stderr, done.exception if code == 0 else None) == (code, "", None)
            said.append(done.stdout)
        if "--json" in arguments:
            of_folder, of_server = (_lasting(json.loads(text)) for text in said)
            assert of_server == of_folder
        else:
            assert said[1] == said[0]
        return said[0]


def _lasting(printed: object) -> object:
    """What is printed, without what differs from one run or one store to the next."""
    if isinstance(printed, dict):
        return {key: _lasting(value) for key, value in printed.items() if key not in ("seconds", "bytes", "rejects")}
    return [_lasting(value) for value in printed] if isinstance(printed, list) else printed


@pytest.fixture
def pair(postgres: Cluster, here: Path) -> Pair:
    """Two archives that are not made yet."""
    server = postgres.place(here / ".isnad-server")
    return Pair(here / "archive", server, postgres.address(server.schema), here)


@pytest.fixture
def made(pair: Pair) -> Pair:
    """The seed articles in both."""
    assert json.loads(pair.printed("ingest", str(SEEDS), "--json"))["added"] == 5
    return pair


def test_all_commands_say_the_same(pair: Pair) -> None:
    texts = {"visit": STORY, "again": "Another headline\n\n" + STORY.replace("On Monday", "Yesterday")}
    facts = {"source": "Daily", "author": "Ann Lee", "date": "2020-02-17"}
    lines = [json.dumps({"id": name, "text": text, **facts}) for name, text in (texts | {"empty": ""}).items()]
    (pair.here / "more.jsonl").write_text("\n".join(lines), encoding="utf-8")
    taken = json.loads(pair.printed("ingest", str(SEEDS), "more.jsonl", "--json"))
    assert (taken["added"], len(taken["rejected"]), len(taken["near_duplicates"])) == (7, 1, 1)
    assert pair.server.folder.is_dir()
    assert sorted(path.name for path in pair.here.iterdir()) == [".isnad-server", "archive", "more.jsonl"]
    assert json.loads(pair.printed("ingest", str(SEEDS), "--json"))["unchanged"] == 5

    for question in QUESTIONS:
        pair.printed("ask", question, "--json", "--audit")
        pair.printed("search", question, "--json")
    assert json.loads(pair.printed("ask", QUESTIONS[0], "--json"))["citations"] != []
    pair.printed("ask", "Who said it would rain?", "--source", "daily", "--json")
    hits = json.loads(pair.printed("search", "bridge", "--author", "lee", "--from", "2020-01-01", "--json"))["hits"]
    assert {Path(hit["path"]).name for hit in hits} == {"more.jsonl#visit", "more.jsonl#again"}
    pair.printed("check", "--quote", "لا بديل عن التعاون مع تركيا", "--json")
    pair.printed("check", "--quote", "no such words", code=1)
    assert len(json.loads(pair.printed("statements", "--json"))["statements"]) > 10

    listed = json.loads(pair.printed("archive", "list", "--json"))["articles"]
    pair.printed("archive", "list")
    for article in listed:
        pair.printed("archive", "show", article["article"], "--json")
    counted = json.loads(pair.printed("archive", "stats", "--json"))
    assert (counted["articles"], counted["generation"], counted["copies"]) == (7, 7, 2)
    assert pair.printed("archive", "verify") == "7 articles, nothing wrong\n"

    pair.printed("archive", "remove", listed[0]["article"], listed[2]["article"])
    assert pair.printed("archive", "remove", "--source", "Daily").count("removed") == 2
    assert pair.printed("archive", "rebuild") == "rebuilt 3 articles\n"
    pair.printed("search", QUESTIONS[0], "--json")
    assert pair.printed("archive", "verify").endswith("3 articles, nothing wrong\n")
    assert json.loads(pair.printed("ingest", str(SEEDS), "--prune", "--json"))["added"] == 2
    pair.printed("ask", QUESTIONS[1], "--json")


def test_errors_say_the_same_of_either(made: Pair) -> None:
    for arguments in (("archive", "show", "abc"), ("archive", "remove", "abc"), ("ask", "who?", "--source", "Nobody")):
        of_folder, of_server = (str(done.exception) for done in made.run(*arguments))
        assert of_server.replace(str(made.server), str(made.folder)) == of_folder


def test_question_sets_are_asked_of_it(made: Pair) -> None:
    file = ROOT / "eval" / "sets" / "seeds.jsonl"
    reports = []
    for number, where in enumerate((str(made.folder), made.uri)):
        report = made.here / f"report-{number}.json"
        done = CliRunner().invoke(cli, ["eval", str(file), "--archive", where, "--scores", str(report)])
        assert (done.exit_code, done.exception) == (0, None)
        reports.append(report.read_text(encoding="utf-8"))
    assert '"scored"' in reports[0]
    assert reports[1] == reports[0]
    drafts = [CliRunner().invoke(cli, ["eval", "new", "--archive", where]) for where in (str(made.folder), made.uri)]
    assert (drafts[0].exit_code, drafts[0].stdout) == (0, drafts[1].stdout)


def test_what_can_be_read_is_saved_into_a_folder_and_back(made: Pair, postgres: Cluster, tmp_path: Path) -> None:
    again = postgres.place(tmp_path)
    for source, new in ((made.uri, str(tmp_path / "saved")), (str(tmp_path / "saved"), postgres.address(again.schema))):
        done = CliRunner().invoke(cli, ["archive", "salvage", new, "--archive", source])
        assert (done.exit_code, done.stdout) == (0, "saved 5 articles, lost 0\n")
    with open_at(made.server) as old, open_at(again) as new_one:
        assert list(new_one.articles()) == list(old.articles())


def test_files_are_uploaded_removed_and_conversations_kept(made: Pair) -> None:
    with closing((assistant := open_assistant(made.server)).archive):
        intake = Intake(made.server)
        before = assistant.archive.count_articles()
        intake.take([("visit.txt", io.BytesIO(b"Minister visits Brno\n\nThe minister Eva Bila arrived in Brno.\n"))])
        intake.wait()
        assert intake.taking is not None
        assert (intake.taking.state, intake.taking.reason) == ("finished", None)
        assert assistant.archive.count_articles() == before + 1
        answer = assistant.ask("Who arrived in Brno?")
        assert [cited.article.path for cited in answer.citations] == ["upload:/visit.txt"]
        name = answer.citations[0].article.id
        assert intake.remove([name]) == {name: "upload:/visit.txt"}
        assert assistant.ask("Who arrived in Brno?").declined
    with closing(Conversations(folder_of(made.server))) as kept:
        assert kept.find("nobody") == []
    assert (made.server.folder / "conversations.sqlite3").exists()


@pytest.mark.slow
def test_the_chat_takes_the_seeds_into_an_empty_database_and_is_served(postgres: Cluster, tmp_path: Path) -> None:
    server = postgres.place(tmp_path)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}
    environment |= {"ISNAD_ARCHIVE": postgres.address(server.schema)}
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "chat", "--port", "0"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with direct.open(f"{address}/list/facts", timeout=60) as response:
                assert "5" in response.read().decode()
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=60) == ("", "")
        finally:
            process.kill()
    with open_at(server) as archive:
        assert archive.count_articles() == 5


def test_the_command_line_says_what_is_wrong_in_one_line_without_the_password(tmp_path: Path) -> None:
    unreachable = {"ISNAD_ARCHIVE": "postgresql://isnad:secret@127.0.0.1:1/news"}
    done = isnad("archive", "stats", folder=tmp_path, environment=unreachable)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "isnad: the archive 'postgresql://isnad@127.0.0.1:1/news' cannot be reached: connection to server at "
        '"127.0.0.1", port 1 failed: Connection refused; see that its server runs, and that the address is right\n'
    )
    done = isnad("archive", "stats", "--archive", "mysql://a:secret@b/c", folder=tmp_path, environment=unreachable)
    assert done.stderr == (
        "isnad: invalid value for '--archive': 'mysql://a:…@b/c': an archive is a folder, or "
        "postgresql://USER@HOST/DATABASE (see `isnad archive stats --help`)\n"
    )


def test_without_psycopg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, pair: Pair) -> None:
    for module in [name for name in sys.modules if name.startswith(("psycopg", "index.archive.postgres"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SettingsError) as caught:
        open_at(pair.server)
    assert str(caught.value) == (
        f"the archive is '{pair.server}': import of psycopg halted; None in sys.modules; run `pip install "
        "'isnad[postgres]'`"
    )


def test_a_server_that_goes_while_an_assistant_is_open_is_one_line_and_its_return_an_answer(
    made: Pair, postgres: Cluster
) -> None:
    with closing((assistant := open_assistant(made.server)).archive):
        before = assistant.ask(QUESTIONS[0])
        postgres.stop("immediate")
        try:
            with pytest.raises(ArchiveUnreachableError, match=r"cannot be reached: .*; see that its server runs"):
                assistant.ask(QUESTIONS[0])
        finally:
            postgres.start()
        assert assistant.ask(QUESTIONS[0]).citations == before.citations
