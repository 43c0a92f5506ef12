"""An ingest that several processes share comes to what one alone comes to, and keeps its promises when they end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner

from assistant.cli import cli
from assistant.holdings.sharing import MUCH, share
from assistant.speech.background import SpreadStatements
from assistant.speech.statements import StatementFinder
from index.archive.sqlite import SqliteArchive
from index.errors import EncoderMismatchError, NotAnArchiveError, WorkersError
from index.followers.statement_index import StatementIndex
from index.ingest import IngestReport, ingest
from index.preparing import Prepare
from index.reading import ReadOptions, Record, Rejection
from index.reading.spread import read_by
from index.types import Encoder
from index.workers import HERE, Lost, Task, Workers
from index.workers.processes import Processes
from tests.parts.archives import bundled
from tests.parts.encoders import DemoEncoder
from tests.parts.faults import open_archive, story, texts, told, write_stories
from tests.parts.places import ROOT
from tests.parts.tasks import DeadlyEncoder

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
PAGE_HTML = "<html><head><title>Talks</title></head><body><article><p>{}</p></article></body></html>"


@pytest.fixture(scope="module")
def three() -> Iterator[Processes]:
    with Processes(3, enough=0) as processes:
        yield processes


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of many formats, among them what cannot be read, copies and another encoding, in the current folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "news"
    folder.mkdir()
    lines = write_stories(folder / "a.jsonl", range(300)).read_text(encoding="utf-8")
    (folder / "a.jsonl").write_text(f"{lines}{{\n{lines.splitlines()[0]}\n", encoding="utf-8")
    for number in range(300, 340):
        page = PAGE_HTML.format(story(number).replace("\n\n", "</p><p>"))
        (folder / f"b{number}.html").write_text(page, encoding="utf-8")
    (folder / "b320.html").write_bytes(b"")
    (folder / "c.csv").write_text("id,text,title\n1,One text of two,\n2,,\n3,One text of two,Told\n", encoding="utf-8")
    (folder / "d.txt").write_bytes(story(340).encode("utf-8"))
    (folder / "e.txt").write_bytes(story(5).encode("utf-8"))
    (folder / "f.txt").write_bytes(story(345).encode("cp1256"))
    (folder / "g.docx").write_bytes(b"PK")
    return folder


def _archive(folder: Path, encoder: Encoder) -> SqliteArchive:
    return SqliteArchive.open(folder, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True)


def _told(folder: Path, news: Sequence[Path], workers: Workers, encoder: Encoder) -> tuple[object, ...]:
    """Ingest files, and return the report, the rejections and all that then stands in the archive, in its order."""
    rejections: list[Rejection] = []
    done: list[int] = []
    with _archive(folder, encoder) as archive:
        report = ingest(news, archive, encoder, on_rejection=rejections.append, progress=done.append, workers=workers)
        assert archive.verify() == []
        passages = [(*stored[:-1], stored.vector.tobytes()) for stored in archive.added_since(0)]
        return report, rejections, sum(done), list(archive.articles()), passages


def test_whoever_prepares_them_the_articles_passages_vectors_and_report_are_the_same(
    news: Path, three: Processes
) -> None:
    alone = _told(Path("alone"), [news], HERE, bundled())
    shared = _told(Path("shared"), [news], three, bundled())
    assert shared == alone
    report = alone[0]
    assert isinstance(report, IngestReport)
    assert (report.added, len(report.duplicates), len(report.rejected)) == (342, 2, 5)
    assert report.encodings == (("news/f.txt", "Windows-1256"),)


def test_what_was_taken_in_alone_is_known_when_the_work_is_shared(news: Path, three: Processes) -> None:
    first, *_ = _told(Path("archive"), [news], HERE, bundled())
    again, *_ = _told(Path("archive"), [news], three, bundled())
    assert isinstance(first, IngestReport)
    assert isinstance(again, IngestReport)
    assert (again.added, again.updated, again.unchanged) == (0, 0, first.added)
    assert (again.duplicates, again.rejected) == (first.duplicates, first.rejected)


def test_texts_that_change_places_come_to_the_same_whoever_prepares_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, three: Processes
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps({"text": story(number)}) for number in range(40)]
    told_of: list[object] = []
    for name, workers in (("alone", HERE), ("shared", three)):
        Path("news.jsonl").write_text("\n".join(lines), encoding="utf-8")
        _told(Path(name), [Path("news.jsonl")], workers, DemoEncoder())
        Path("news.jsonl").write_text("\n".join([*lines[7:], *lines[3:9], *lines[:2]]), encoding="utf-8")
        told_of.append(_told(Path(name), [Path("news.jsonl")], workers, DemoEncoder()))
    assert told_of[0] == told_of[1]


def test_an_article_that_ends_every_worker_is_rejected_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, three: Processes
) -> None:
    monkeypatch.chdir(tmp_path)
    every = [story(0), story(1), "A deadly text, said twice.", *map(story, range(2, 30)), "A deadly text, said twice."]
    Path("news.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in every), encoding="utf-8")
    report, rejections, done, *_ = _told(Path("archive"), [Path("news.jsonl")], three, DeadlyEncoder())
    why = "the process was ended by SIGKILL; divide it or leave it out"
    reasons = {f"news.jsonl#{line}": f"cannot prepare 'news.jsonl#{line}': {why}" for line in (3, 32)}
    assert report == IngestReport(30, 0, 0, (), tuple(reasons.items()))
    assert rejections == [Rejection(path, reason, original=every[2]) for path, reason in reasons.items()]
    assert done == 32


class _EndedAtTheSecond:
    """Workers that end whenever they are to read the second file of a portion."""

    def map(
        self, task: Task[_Item, _Result], portions: Iterable[Sequence[_Item]]
    ) -> Iterator[Sequence[_Result | Lost]]:
        for items in portions:
            yield [
                Lost("the process was ended by SIGSEGV") if n == 1 else task([one])[0] for n, one in enumerate(items)
            ]


def test_a_file_that_ends_those_who_read_it_is_rejected_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = [Path(f"{number}.html") for number in range(3)]
    for path in paths:
        path.write_text(PAGE_HTML.format(f"It was said in {path.stem} that talks would go on."), encoding="utf-8")
    first, second, third = read_by(_EndedAtTheSecond(), paths, ReadOptions())
    assert isinstance(first, Record)
    assert isinstance(third, Record)
    assert (first.path, third.path) == ("0.html", "2.html")
    reason = "the process was ended by SIGSEGV while reading it; convert it to text"
    assert second == Rejection("1.html", f"cannot read '1.html': {reason}")


def test_a_worker_with_another_encoder_says_so(three: Processes) -> None:
    class Renamed(DemoEncoder):
        name = "demo-17"

        def __reduce__(self) -> tuple[type[DemoEncoder], tuple[()]]:
            return DemoEncoder, ()

    with pytest.raises(EncoderMismatchError, match=r"^a worker has the encoder 'demo-16', not 'demo-17'; install"):
        list(three.map(Prepare(Renamed()), [["text"]]))


def test_statements_found_by_workers_are_those_found_alone(tmp_path: Path, three: Processes) -> None:
    file = write_stories(tmp_path / "news.jsonl", range(120))
    with _archive(tmp_path / "archive", DemoEncoder()) as archive:
        ingest([file], archive, DemoEncoder())
        alone = StatementIndex(tmp_path / "alone", StatementFinder())
        alone.catch_up(archive)
        shown: list[int] = []
        with SpreadStatements(archive, archive.folder, three) as spread:
            spread.finish(shown.append)
        shared = StatementIndex(archive.folder, StatementFinder())
        shared.catch_up(archive, lambda articles: pytest.fail("they were found already"))
        assert list(shared.statements()) == list(alone.statements()) != []
        assert sum(shown) == 120


INGEST = """
import sys
from pathlib import Path
from assistant.commands.options import create_archive, take_in
from index.workers.processes import Processes
from tests.parts.faults import ENCODER

if __name__ == "__main__":
    folder, file = map(Path, sys.argv[1:])
    with Processes(2, HOW) as workers, create_archive(folder, ENCODER) as archive:
        report, _ = take_in([file], archive, ENCODER, None, workers=workers)
        print(report.added, flush=True)
"""


HOW = ["enough=0", "forked=True"]  # processes that are started when they are needed, and copies of the first


def _start(here: Path, folder: Path, file: Path, how: str) -> subprocess.Popen[str]:
    script = here / "ingest.py"
    script.write_text(INGEST.replace("HOW", how), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, script, folder, file],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def _workers_of(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children")
    tasks = children.parent.parent
    found = [int(name) for file in tasks.glob("*/children") for name in file.read_text(encoding="ascii").split()]
    return [one for one in found if b"resource_tracker" not in Path(f"/proc/{one}/cmdline").read_bytes()]


def _wait_for(folder: Path, articles: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with suppress(NotAnArchiveError), open_archive(folder) as archive:
            if archive.count_articles() >= articles:
                return
        time.sleep(0.02)
    pytest.fail("nothing was added")


@pytest.mark.slow
@pytest.mark.parametrize("how", HOW)
def test_a_shared_ingest_that_is_killed_leaves_no_half_article_and_is_taken_up_again(tmp_path: Path, how: str) -> None:
    file = write_stories(tmp_path / "news.jsonl", range(600))
    with _start(tmp_path, tmp_path / "archive", file, how) as process:
        _wait_for(tmp_path / "archive", 100)
        os.kill(process.pid, signal.SIGKILL)
    with open_archive(tmp_path / "archive") as archive:
        assert archive.verify() == []
        stand = texts(archive)
    assert stand == {f"news.jsonl#{number}": story(number) for number in range(len(stand))}
    assert 100 <= len(stand) < 600
    with _start(tmp_path, tmp_path / "archive", file, how) as process:
        assert process.stdout is not None
        assert process.stdout.read() == f"{600 - len(stand)}\n"
    with _start(tmp_path, tmp_path / "undisturbed", file, how) as process:
        assert process.wait() == 0
    assert told(tmp_path / "archive") == told(tmp_path / "undisturbed")


@pytest.mark.slow
@pytest.mark.parametrize("how", HOW)
def test_workers_that_are_killed_in_the_midst_change_nothing(tmp_path: Path, how: str) -> None:
    file = write_stories(tmp_path / "news.jsonl", range(600))
    killed = 0
    with _start(tmp_path, tmp_path / "archive", file, how) as process:
        for articles in (100, 200, 300):
            _wait_for(tmp_path / "archive", articles)
            for worker in _workers_of(process.pid)[:1]:
                os.kill(worker, signal.SIGKILL)
                killed += 1
        assert process.stdout is not None
        assert process.stdout.read() == "600\n"
    assert killed >= 1
    with open_archive(tmp_path / "archive") as archive:
        assert archive.verify() == []
        assert texts(archive) == {f"news.jsonl#{number}": story(number) for number in range(600)}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("127.0.0.1:1", "[Errno 111] Connection refused"),
        ("ray://127.0.0.1:1", "[Errno 111] Connection refused"),
        ("nonsense", "Invalid address format: nonsense"),
    ],
)
def test_a_cluster_that_is_not_there_is_told_in_one_line_and_no_archive_is_made(
    tmp_path: Path, address: str, reason: str
) -> None:
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    ran = CliRunner().invoke(
        cli, ["ingest", str(tmp_path / "a.txt"), "--archive", str(tmp_path / "archive"), "--ray", address]
    )
    assert isinstance(ran.exception, WorkersError)
    assert str(ran.exception) == (
        f"cannot work on a Ray cluster at '{address}': {reason}; start one with `ray start --head`, "
        "or correct the address"
    )
    assert not (tmp_path / "archive").exists()


def test_the_command_line_shares_an_ingest_and_says_the_same(news: Path) -> None:
    said = []
    for name, options in (("alone", ["--workers", "0"]), ("shared", ["--workers", "2"])):
        ran = CliRunner().invoke(cli, ["ingest", "news", "--json", "--archive", name, *options])
        assert ran.exit_code == 0
        said.append(json.loads(ran.stdout.replace(name, "NAME")))
    assert said[0] == said[1]
    assert said[0]["added"] == 342
    alone, shared = (Path(name, "rejects.jsonl").read_text(encoding="utf-8") for name in ("alone", "shared"))
    assert alone == shared != ""


def _ingested(here: Path, name: str, *options: str) -> tuple[object, ...]:
    """Run the command line's ingest; return what it says, and all that then stands in the archive and beside it."""
    ran = subprocess.run(
        [sys.executable, "-c", "from assistant.cli import main; main()"]
        + ["ingest", "news.jsonl", "--json", "--archive", name, *options],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=here,
        check=True,
    )
    with SqliteArchive.open(here / name) as archive:
        assert archive.verify() == []
        passages = [(*stored[:-1], stored.vector.tobytes()) for stored in archive.added_since(0)]
        words = (here / name / "words" / "words.arrays").read_bytes()
        statements = StatementIndex(archive.folder, StatementFinder())
        statements.catch_up(archive, lambda articles: pytest.fail("they were found already"))
        said = ran.stdout.replace(name, "NAME")
        _, _, arrays = words.partition(b"\n")  # the head names the archive
        return said, list(archive.articles()), passages, list(statements.statements()), arrays


def test_much_is_taken_in_by_copies_of_the_process_and_comes_to_what_one_alone_makes_of_it(tmp_path: Path) -> None:
    write_stories(tmp_path / "news.jsonl", range(700))
    assert (tmp_path / "news.jsonl").stat().st_size > MUCH
    assert _ingested(tmp_path, "shared") == _ingested(tmp_path, "alone", "--workers", "0")


def test_copies_share_the_work_where_there_is_much_of_it_and_the_model_is_bundled(tmp_path: Path) -> None:
    little, much = tmp_path / "little.txt", tmp_path / "much.txt"
    little.write_bytes(b"a" * (MUCH - 1))
    much.write_bytes(b"a" * MUCH)
    for encoder, paths in ((bundled(), [little]), (DemoEncoder(), [much])):
        with share(None, None, encoder, paths) as workers:
            assert workers is None
    with share(0, None, bundled(), [much]) as workers:
        assert workers is None


def test_processes_and_a_cluster_at_once_are_a_usage_error() -> None:
    ran = CliRunner().invoke(cli, ["ingest", "a.txt", "--workers", "2", "--ray", "auto"])
    assert ran.exit_code == 2
    assert "--workers are of this machine and --ray is for others; leave one out" in ran.stderr
