"""Where an archive is: folders and databases told apart, and no password told to anybody."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from index.archive.address import Server, folder_of, read_address, without_password


def server(written: str) -> Server:
    address = read_address(written)
    assert isinstance(address, Server)
    return address


@pytest.mark.parametrize("path", [".isnad", "/var/lib/news", "أرشيف", "news:2020", "a/b c", "C:\\news", "x-y://z"])
def test_what_names_no_server_is_a_folder(path: str) -> None:
    assert read_address(path) == Path(path)
    assert read_address(Path(path)) == folder_of(Path(path)) == Path(path)


@pytest.mark.parametrize(
    ("written", "shown", "uri", "schema"),
    [
        ("postgresql://db/news", "postgresql://db/news", "postgresql://db/news", "isnad"),
        ("postgres://db:5433/news", "postgresql://db:5433/news", "postgresql://db:5433/news", "isnad"),
        ("postgresql://u:p%40ss@db/news", "postgresql://u@db/news", "postgresql://u:p%40ss@db/news", "isnad"),
        ("postgresql://u:p@ss@db/news", "postgresql://u@db/news", "postgresql://u:p@ss@db/news", "isnad"),
        ("postgresql://db/news?schema=isnad", "postgresql://db/news", "postgresql://db/news", "isnad"),
        ("postgresql://db/news?schema=old", "postgresql://db/news?schema=old", "postgresql://db/news", "old"),
        ("postgresql://db/n?password=x", "postgresql://db/n", "postgresql://db/n?password=x", "isnad"),
        (
            "postgresql:///news?host=/run/postgresql&sslmode=require&schema=b",
            "postgresql:///news?host=/run/postgresql&schema=b",
            "postgresql:///news?host=%2Frun%2Fpostgresql&sslmode=require",
            "b",
        ),
        ("postgresql://a:1,b:2/n", "postgresql://a:1,b:2/n", "postgresql://a:1,b:2/n", "isnad"),
        ("postgresql://[::1]:5432/n", "postgresql://[::1]:5432/n", "postgresql://[::1]:5432/n", "isnad"),
        (
            "postgresql://db/n?options=-c%20a%3D1",
            "postgresql://db/n",
            "postgresql://db/n?options=-c%20a%3D1",
            "isnad",
        ),
    ],
)
def test_an_address_is_parted_into_what_libpq_takes_what_is_shown_and_the_schema(
    written: str, shown: str, uri: str, schema: str
) -> None:
    found = server(written)
    assert (str(found), found.uri, found.schema) == (shown, uri, schema)


def test_the_folder_is_named_after_the_database_whoever_asks() -> None:
    below = Path("kept")
    folders = {
        "postgresql://ann:x@db:5432/news": "db-5432-news",
        "postgresql://bob@db:5432/news": "db-5432-news",
        "postgresql://db:5432/news?schema=old": "db-5432-news-schema-old",
        "postgresql:///news?host=/run/postgresql": "news-host-run-postgresql",
        "postgresql://[::1]/أخبار": "1-أخبار",
        "postgresql://db/..": "db-..",
    }
    assert {written: folder_of(server(written).below(below)).name for written in folders} == folders
    assert folder_of(server("postgresql://db/a/../../b").below(below)).parent == below


def test_an_address_can_be_handed_to_another_process_with_its_password() -> None:
    address = server("postgresql://u:secret@db/news").below(Path("kept"))
    assert pickle.loads(pickle.dumps(address)) == address
    assert address.uri == "postgresql://u:secret@db/news"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("mysql://u:secret@db/news", "an archive is a folder, or postgresql://USER@HOST/DATABASE"),
        ("postgresql://u:sec/ret@db/news", "in a password, / ? # and @ are written as %2F %3F %23 and %40"),
        ("postgresql://u:sec?ret@db/news", "in a password, / ? # and @ are written as %2F %3F %23 and %40"),
        ("postgresql://u:sec#ret@db/news", "in a password, / ? # and @ are written as %2F %3F %23 and %40"),
        ("postgresql://db/n?schema=A-B", "a schema is named with small letters, digits and _"),
        ("postgresql://db/n?schema=a;drop", "a schema is named with small letters, digits and _"),
        ("postgresql://db/n?schema=", "a schema is named with small letters, digits and _"),
    ],
)
def test_a_wrong_address_is_told_why(wrong: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        read_address(wrong)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://u:secret@db/news",
        "postgresql://u:sec/ret?secret#@db/news",
        "mysql://u:se@cret:secret@db/news?x=y",
        "postgresql://db/n?password=secret&x=y",
        "postgresql://db/n?x=y&sslpassword=secret",
    ],
)
def test_what_may_be_a_password_is_left_out(written: str) -> None:
    shown = without_password(written)
    assert "…" in shown
    assert "secret" not in shown
    assert "ret" not in shown
