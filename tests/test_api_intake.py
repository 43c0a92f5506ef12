"""Articles sent to the API and removed by it, by those who may change the archive and by nobody else."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ask import open_assistant
from assistant.holdings.intake import FOLDER, Intake
from assistant.serve.api import holdings
from assistant.serve.api import intake as routes
from tests.api import JSON, Reply, form, get, post, request, serving_api
from tests.archives import fill
from tests.librarian import SEEDS

VISIT = b"Minister visits Prague\n\nThe minister Jan Novak arrived in Prague on Monday, the agency said.\n"
PRAGUE = {"question": "Who arrived in Prague?"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    fill(tmp_path / "archive", SEEDS)
    return tmp_path / "archive"


@pytest.fixture
def address(archive: Path) -> Iterator[str]:
    with serving_api(open_assistant(archive), Intake(archive), may_write=True) as address:
        yield address


def send(address: str, *files: tuple[str, bytes], path: str = "/api/articles", **fields: str) -> Reply:
    body, headers = form(*files, **fields)
    return request(address, "POST", path, body, headers)


def message(reply: Reply) -> tuple[int, str]:
    return reply.status, reply.json["error"]["message"]


def test_files_are_taken_in_answered_from_and_removed(address: str, archive: Path) -> None:
    assert post(address, "/api/ask", PRAGUE).json["declined"]
    reply = send(address, ("visit.txt", VISIT), ("a.docx", b"PK"), source="Agency")
    report = holdings.Report.model_validate_json(reply.text)
    assert (reply.status, report.added, [one.path for one in report.rejected]) == (200, 1, ["upload:/a.docx"])
    (cited,) = post(address, "/api/ask", PRAGUE).json["citations"]
    assert (cited["path"], cited["source"]) == ("upload:/visit.txt", "Agency")
    assert list((archive / FOLDER).iterdir()) == []
    removed = request(address, "DELETE", f"/api/articles/{cited['article']}")
    assert removed.json == {"article": cited["article"], "path": "upload:/visit.txt"}
    assert post(address, "/api/ask", PRAGUE).json["declined"]
    assert message(request(address, "DELETE", f"/api/articles/{cited['article']}")) == (
        404,
        f"there is no article '{cited['article']}'; GET /api/articles lists them",
    )


def test_articles_come_as_json_and_one_of_the_same_id_takes_the_place_of_the_former(address: str) -> None:
    article = {"text": VISIT.decode(), "id": "visit", "title": "وصول الوزير", "published": "2020-02-17", "source": "ق"}
    assert post(address, "/api/articles", {"articles": [article, {"text": "It rained in Brno."}]}).json["added"] == 2
    again = article | {"text": VISIT.decode().replace("Monday", "Friday")}
    report = post(address, "/api/articles", {"articles": [again, {"text": "It rained in Brno."}]}).json
    assert (report["added"], report["updated"], report["unchanged"]) == (0, 1, 1)
    (listed,) = get(address, "/api/articles?source=%D9%82").json["articles"]
    assert (listed["path"], listed["title"], listed["published"]) == (
        "upload:/articles.jsonl#visit",
        "وصول الوزير",
        "2020-02-17",
    )
    assert "Friday" in get(address, f"/api/articles/{listed['article']}").json["text"]


def test_who_does_not_wait_is_told_that_it_has_begun(address: str) -> None:
    assert get(address, "/api/intake").json["state"] == "none"
    begun = send(address, ("visit.txt", VISIT), path="/api/articles?wait=false")
    assert (begun.status, begun.json["state"]) == (202, "working")
    assert message(send(address, ("visit.txt", VISIT))) == (
        409,
        "other files are being taken in; try again when they are done",
    )
    assert request(address, "DELETE", "/api/articles/x").status == 409
    while (taking := holdings.Taking.model_validate_json(get(address, "/api/intake").text)).state == "working":
        time.sleep(0.1)
    assert (taking.state, taking.report and taking.report.added) == ("finished", 1)


@pytest.mark.parametrize("may_write", [True, False])
def test_an_archive_changes_for_those_alone_who_may(archive: Path, may_write: bool) -> None:
    """Nobody may where the server has no intake, and only who has the permission where it has one."""
    intake = None if may_write else Intake(archive)
    with serving_api(open_assistant(archive), intake, may_write=may_write) as address:
        name = get(address, "/api/articles?limit=1").json["articles"][0]["article"]
        refused = [
            send(address, ("visit.txt", VISIT)),
            request(address, "POST", "/api/articles", "{", JSON),
            request(address, "DELETE", f"/api/articles/{name}"),
            get(address, "/api/intake"),
        ]
        told = (
            "this archive is not to be changed; start the server with --allow-edit"
            if may_write
            else "this request may not change the archive; send a key with the permission to write"
        )
        assert [message(reply) for reply in refused] == [(403, told)] * 4
        assert get(address, "/api/articles").json["total"] == 5


def test_what_is_no_upload_is_refused_in_one_line(address: str) -> None:
    assert message(request(address, "POST", "/api/articles", b"x", {"content-type": "text/plain"})) == (
        415,
        "send files as multipart/form-data, or articles as application/json",
    )
    assert message(send(address, ("visit.txt", VISIT), path="/api/articles?source=x")) == (
        422,
        "there is no field 'source'; leave it out",
    )
    assert message(send(address)) == (422, "there is no file; send one or several as `file`")
    assert message(send(address, ("", b"x"))) == (
        422,
        "'file' is no such field; send files as `file`, and their outlet as `source`",
    )
    assert message(send(address, ("a.txt", b"x"), outlet="x"))[1].startswith("'outlet' is no such field")
    body, headers = form(("visit.txt", VISIT), source="A")
    part, _, _ = body.partition(b"A\r\n")
    assert message(request(address, "POST", "/api/articles", part + b"B\r\n" + body, headers)) == (
        422,
        "there are several fields 'source'; send the files of each outlet by themselves",
    )
    bodies = [body.replace(b"\r\n--edge-of-a-part--", b"--edge-of-a-part--"), *(body[:-n] for n in (4, 9, 40, 120))]
    cut = [request(address, "POST", "/api/articles", one, headers) for one in bodies]
    assert [message(reply) for reply in cut] == [(400, "the form is cut off; send it whole")] * 5
    assert message(request(address, "POST", "/api/articles", b"x", {"content-type": "multipart/form-data"})) == (
        400,
        "Missing boundary in multipart.",
    )
    assert message(request(address, "POST", "/api/articles", "{", JSON)) == (
        400,
        "the body is not JSON (EOF while parsing an object at line 1 column 1); correct it there",
    )
    assert message(post(address, "/api/articles", {"articles": []}))[1].startswith("articles: list should have")
    assert message(post(address, "/api/articles", {"articles": [{"text": "x", "body": "x"}]})) == (
        422,
        "there is no field 'articles.0.body'; leave it out",
    )
    assert message(request(address, "POST", "/api/articles", '{"articles": [{"text": "\\ud800"}]}', JSON))[0] == 400
    assert get(address, "/api/intake").json["state"] == "none"


def test_what_is_too_large_is_refused_before_it_is_read(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = {"content-length": str(300 * 2**20)}
    _, headers = form(("visit.txt", VISIT))
    assert message(request(address, "POST", "/api/articles", b"", headers | huge)) == (
        413,
        "the body has more than 257 MB; send less at once",
    )
    assert message(request(address, "POST", "/api/articles", b"", JSON | huge))[0] == 413
    monkeypatch.setattr(routes, "MOST_JSON", 2**20)
    pieces = (b"[" * 2**16 for _ in range(20))
    sent = {"transfer-encoding": "chunked", **JSON}
    chunked = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    assert message(request(address, "POST", "/api/articles", chunked, sent)) == (
        413,
        "the body has more than 1 MB; send less at once",
    )


def test_a_report_is_the_one_that_the_command_prints(archive: Path, address: str) -> None:
    from click.testing import CliRunner

    from assistant.cli import cli

    (archive.parent / "visit.txt").write_bytes(VISIT)
    command = ["ingest", str(archive.parent / "visit.txt"), "--json", "--archive", str(archive)]
    printed = json.loads(CliRunner().invoke(cli, command).stdout)
    sent = send(address, ("again.txt", VISIT)).json
    assert list(sent) == list(printed)
    holdings.Report.model_validate(printed)
