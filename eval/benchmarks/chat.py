"""The chat as people wait for it: until its page can be used, until first words are seen, and when many ask at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.benchmarks.serving import serving
from index.errors import BenchmarkError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PATIENCE = 120.0
"""Seconds after which an answer is taken for lost."""

BOX = "#question textarea"
ANSWERED = ".turn:last-child :is(.answer, .declined, .error):not(.fault *)"
"""An answer, a decline or an error of the last turn; one that waits for its answer holds, hidden, what a fault says."""

WATCH = """(answered) => {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const before = document.querySelectorAll(".turn").length;
    const painted = (then) => requestAnimationFrame(() => setTimeout(then));
    window.waited = null;
    const seen = new MutationObserver(() => {
      if (document.querySelectorAll(".turn").length <= before || !document.querySelector(answered)) return;
      seen.disconnect();
      painted(() => (window.waited = performance.now() - event.timeStamp));
    });
    seen.observe(document.querySelector(".log"), { childList: true, subtree: true });
  }, true);
}"""
"""Takes the milliseconds from Enter until the first words of an answer have been painted."""

NAMELESS = """{
  const send = window.fetch;
  window.fetch = (address, request) => send(address, { ...request, credentials: "omit" });
}"""
"""Asks without the cookie that a browser is known by, so that no conversation is kept."""

_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


@dataclass(frozen=True, slots=True)
class Start:
    """One start, in seconds: of `import gradio` alone; of the chat until a question can be typed, and is answered."""

    gradio: float
    usable: float
    answered: float


@dataclass(frozen=True, slots=True)
class Waits:
    """What people waited for, in seconds: starts, first words question by question, and rounds of many at once."""

    starts: tuple[Start, ...]
    first_words: tuple[float, ...]
    rounds: tuple[tuple[float, ...], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the figures, in seconds; of starts the medians."""
        together = [seconds for some in self.rounds for seconds in some]
        return {
            "starts": len(self.starts),
            "import_gradio": _middle([start.gradio for start in self.starts]),
            "usable": _middle([start.usable for start in self.starts]),
            "usable_beyond_gradio": _middle([start.usable - start.gradio for start in self.starts]),
            "answered": _middle([start.answered for start in self.starts]),
            "questions": len(self.first_words),
            "first_words_p50": _middle(self.first_words),
            "first_words_p95": _late(self.first_words),
            "people": len(self.rounds[0]),
            "at_once_p95": _late(together),
            "at_once_slowest": round(max(together), 3),
        }

    def to_text(self) -> str:
        """Return the figures for reading."""
        told = self.to_json()
        return (
            f"import gradio           {told['import_gradio']:6.2f} s, median of {told['starts']} starts\n"
            f"page usable after       {told['usable']:6.2f} s, {told['usable_beyond_gradio']:+.2f} s beside it\n"
            f"first answer after      {told['answered']:6.2f} s\n"
            f"first words after Enter {told['first_words_p50']:6.3f} s p50, {told['first_words_p95']:.3f} s p95 of"
            f" {told['questions']} questions\n"
            f"{told['people']:2} people at once       {told['at_once_p95']:6.2f} s p95, {told['at_once_slowest']:.2f} s"
            f" the slowest of {len(self.rounds)} rounds\n"
        )


def measure(archive: Path, questions: Sequence[str], starts: int = 5, people: int = 20, rounds: int = 3) -> Waits:
    """Measure the chat over an archive in Chromium, its questions asked in turn; nothing is kept of what is asked.

    Each start stands beside an import of gradio in the same minute, as other work on the machine slows both. Raises
    BenchmarkError where there is no browser, or the archive cannot be served.
    """
    with _browser() as browser:
        begun = tuple(_start(archive, questions[0], browser) for _ in range(starts))
        with serving(archive, "chat") as address:
            page = _opened(browser, address)
            _ask(page, questions[0])  # the first answer loads what all need
            page.wait_for_selector("gradio-app #page", timeout=PATIENCE * 1000)
            page.evaluate(WATCH, ANSWERED)
            first_words = tuple(_ask(page, question) for question in questions)
            page.context.close()
            with ThreadPoolExecutor(people) as crowd:
                told = [
                    tuple(crowd.map(_answered, [address] * people, _turned(questions, number * people, people)))
                    for number in range(rounds)
                ]
    return Waits(begun, first_words, tuple(told))


def _start(archive: Path, question: str, browser: Browser) -> Start:
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", "import gradio"], check=True)
    gradio = time.monotonic() - begun
    begun = time.monotonic()
    with serving(archive, "chat") as address:
        page = _opened(browser, address)
        page.fill(BOX, question)
        usable = time.monotonic() - begun
        page.press(BOX, "Enter")
        page.wait_for_selector(ANSWERED)
        answered = time.monotonic() - begun
        page.context.close()
    return Start(gradio, usable, answered)


@contextmanager
def _browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise BenchmarkError("the chat is measured in a browser; run `pip install 'isnad[dev]'`") from error
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("ISNAD_CHROMIUM"),
                args=["--no-sandbox"] if os.geteuid() == 0 else [],  # Chromium refuses to sandbox for root
            )
        except Error as error:
            raise BenchmarkError(
                "no Chromium can be started; run `playwright install chromium`, or set ISNAD_CHROMIUM"
            ) from error
        with browser:
            yield browser


def _opened(browser: Browser, address: str) -> Page:
    """Open the page, and wait no longer than until its box is there."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.add_init_script(NAMELESS)
    page.goto(address, wait_until="commit")
    page.wait_for_selector(BOX)
    return page


def _ask(page: Page, question: str) -> float:
    """Ask in the page, and return the seconds until the first words of the answer were painted."""
    before = page.locator(".turn").count()
    page.fill(BOX, question)
    page.press(BOX, "Enter")
    page.locator(".turn").nth(before).locator(":is(.answer, .declined, .error)").wait_for()
    page.wait_for_function("window.waited !== null")
    page.locator("#question .stop").wait_for(state="hidden")
    return float(page.evaluate("(window.waited ?? 0) / 1000"))


def _answered(address: str, question: str) -> float:
    """Ask as the page does, and return the seconds until the answer was there."""
    begun = time.monotonic()
    sent = urllib.request.Request(
        f"{address}/turn", json.dumps({"question": question}).encode(), {"content-type": "application/json"}
    )
    with _open(sent, timeout=PATIENCE) as response:
        for line in response:
            if json.loads(line).get("final"):
                return time.monotonic() - begun
    raise BenchmarkError(f"the answer to {question!r} broke off; the log of the server says why")


def _turned(questions: Sequence[str], first: int, count: int) -> list[str]:
    return [questions[(first + number) % len(questions)] for number in range(count)]


def _middle(seconds: Sequence[float]) -> float:
    return round(float(np.median(seconds)), 3)


def _late(seconds: Sequence[float]) -> float:
    return round(float(np.percentile(seconds, 95)), 3)
