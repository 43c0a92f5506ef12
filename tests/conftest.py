"""What the tests stand on: the data folder, a browser, and the rule that CI skips nothing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.parts.archives import fill

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.ask import Assistant
    from tests.parts.llm_server import LlmServer
    from tests.parts.postgres_server import Cluster

ROOT = Path(__file__).parent.parent


def _is_set(variable: str) -> bool:
    return os.environ.get(variable, "0") not in ("", "0")


def _skip_unless_required(variable: str, reason: str) -> NoReturn:
    if _is_set(variable):
        pytest.fail(f"{reason}, and {variable} is set", pytrace=False)
    pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With ISNAD_NO_SKIPS=1 a skipped test is a failed one; an expected failure is no skip."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _is_set("ISNAD_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and ISNAD_NO_SKIPS is set: {report.longreprtext}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """With ISNAD_NO_SKIPS=1 a file that skips itself as a whole is an error."""
    report = yield
    if report.skipped and _is_set("ISNAD_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and ISNAD_NO_SKIPS is set: {report.longreprtext}"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data folder beside the checkout: corpora, archives and public test sets that no commit could hold."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        _skip_unless_required("ISNAD_REQUIRE_SHARED", f"the data folder is missing: {folder}")
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, an empty one."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def seed_assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over an archive of the seed articles, as a user's would be; nothing may change the archive."""
    from assistant.ask import open_assistant

    folder = tmp_path_factory.mktemp("seed-archive")
    fill(folder, ROOT / "seeds")
    return open_assistant(folder)


@pytest.fixture(scope="session")
def seed_daily(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the seed articles, all of one outlet; nothing may change it."""
    folder = tmp_path_factory.mktemp("seed-daily")
    fill(folder, ROOT / "seeds", source="Seed Daily")
    return folder


@pytest.fixture(scope="session")
def served() -> Iterator[LlmServer]:
    """A server that speaks for language models."""
    from tests.parts.llm_server import llm_server

    with llm_server() as server:
        yield server


@pytest.fixture
def server(served: LlmServer) -> LlmServer:
    """The same, well-behaved until the test tells it otherwise."""
    served.behave()
    return served


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, installed by `make test` where the machine has none."""
    found = subprocess.run(
        [ROOT / "tests" / "browser.sh", "--find"], stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    if found.returncode != 0:
        _skip_unless_required("ISNAD_REQUIRE_BROWSER", "no Chromium is installed: run `make test`, which provides one")
    return found.stdout.strip()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server, as `.ci/run` installs it where the machine has none."""
    found = subprocess.run(
        [ROOT / "tests" / "postgres.sh", "--find"], stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    if found.returncode != 0:
        _skip_unless_required("ISNAD_REQUIRE_POSTGRES", "no PostgreSQL server is installed: run `tests/postgres.sh`")
    from tests.parts.postgres_server import postgres_cluster

    with postgres_cluster(Path(found.stdout.strip())) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless browser; one a file, since playwright keeps an event loop running in the thread that holds it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox"] if os.geteuid() == 0 else [],  # Chromium refuses to sandbox for root
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, with no cookies and a window wide enough for the article beside the answer."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the chat is served over prepared answers."""
    from tests.parts.chat_pages import ARABIC, ENGLISH, SHELF
    from tests.parts.serving import serving

    with serving(SHELF, [ENGLISH, ARABIC]) as address:
        yield address


@pytest.fixture
def chat(page: Page, address: str) -> Iterator[Page]:
    """The chat opened there, which must ask nothing of another machine and report no error."""
    from tests.parts.chat_pages import watched

    with watched(page, address):
        page.goto(address)
        page.locator("#question textarea").wait_for()
        yield page
