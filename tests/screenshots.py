"""Takes the README's pictures of the chat's pages from the running program: ``make screenshots``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image

from tests import chat_states

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from index.types import Language

ROOT = Path(__file__).parent.parent


STATES: dict[str, Callable[[Page, str, Language], None]] = {
    "ask": chat_states.answer,
    "check": chat_states.check_page,
    "statements": chat_states.statements_page,
    "archive": chat_states.archive_list,
    "evaluation": chat_states.evaluation_figures,
}
LANGUAGES: tuple[Language, ...] = ("en", "ar")
COLOURS = 64
"""So few that a picture is a third as large, and no eye sees the difference."""


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


def take(browser: Browser, address: str, name: str, language: Language) -> None:
    """Bring a page into its state, and save the picture under `docs/`."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale=language)
    page = context.new_page()
    STATES[name](page, address, language)
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    with Image.open(BytesIO(page.screenshot())) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(ROOT / "docs" / f"{name}-{language}.png", optimize=True)
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
        for name in STATES:
            for language in LANGUAGES:
                take(browser, address, name, language)
        browser.close()


if __name__ == "__main__":
    main()
