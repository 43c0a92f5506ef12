"""Takes the README's pictures of the chat page from the running program: ``make screenshots``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent


class Picture(NamedTuple):
    """A picture of the page: what is asked, one after the other, and the number that is clicked at the end."""

    name: str
    questions: tuple[str, ...]
    click: int
    scheme: Literal["light", "dark"]


PICTURES = (
    Picture("screenshot.png", ("what did Lavrov say about Turkey",), 2, "light"),
    Picture(
        "screenshot-arabic.png", ("What did Lavrov say about Japan?", "بماذا وصف بيسكوف العملية التركية؟"), 1, "dark"
    ),
)


@contextmanager
def chat() -> Iterator[str]:
    """Run `isnad chat` on a new archive; gives the page's address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with TemporaryDirectory() as archive:
        command = [str(Path(sys.executable).with_name("isnad")), "chat", "--port", str(port), "--archive", archive]
        with subprocess.Popen(command, cwd=ROOT) as process:
            try:
                while not _listens(port):
                    if process.poll() is not None:
                        raise SystemExit(process.returncode)
                    time.sleep(0.1)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()


def _listens(port: int) -> bool:
    with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Ask, click, and save the picture under `docs/`."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, device_scale_factor=1.5, color_scheme=picture.scheme
    )
    page = context.new_page()
    page.goto(address)
    for number, question in enumerate(picture.questions):
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        page.locator(".turn").nth(number).locator(":is(.answer, .declined)").wait_for()
    page.locator(".turn").last.locator(f".answer .chip[data-citation='{picture.click}']").click()
    page.screenshot(path=ROOT / "docs" / picture.name)
    context.close()


def main() -> None:
    """Take every picture."""
    from playwright.sync_api import sync_playwright

    chromium = subprocess.run(
        [ROOT / "tests" / "browser.sh"], stdout=subprocess.PIPE, encoding="utf-8", check=True
    ).stdout.strip()
    with chat() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        for picture in PICTURES:
            take(browser, address, picture)
        browser.close()


if __name__ == "__main__":
    main()
