"""Twenty people who ask at once: each has their answer soon, from the application as it is served."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.archives import fill

pytestmark = pytest.mark.slow

PEOPLE, WITHIN = 20, 2.0
"""Seconds that two cores are given for twenty people."""

TOWNS = [f"{first}{last}" for first in ("Ash", "Birch", "Elm", "Oak", "Thorn") for last in ("ford", "ham", "ton", "by")]
ARTICLES = 3000

ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def articles() -> str:
    """Articles of some length, in both languages, each about one town."""
    chosen = random.Random(7)
    words = [
        "council",
        "water",
        "road",
        "school",
        "harvest",
        "bridge",
        "market",
        "winter",
        "budget",
        "minister",
        "hospital",
        "election",
    ]
    rows = []
    for number in range(ARTICLES):
        town = TOWNS[number % len(TOWNS)]
        told = " ".join(
            f"The {chosen.choice(words)} of {town} needs a new {chosen.choice(words)}"
            + (f", said the mayor of {town}." if place % 4 == 0 else " and costs more than last year.")
            for place in range(12)
        )
        rows.append({"title": f"{town} {number}", "text": f"{told} وقال رئيس بلدية {town} إن العمل رقم {number} بدأ."})
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def answered(address: str, question: str) -> float:
    """Ask as gradio's own client does, and return the seconds until the answer is there."""
    begun = time.monotonic()
    sent = urllib.request.Request(
        f"{address}/gradio_api/call/ask",
        json.dumps({"data": [question, *[None] * 8]}).encode(),
        {"content-type": "application/json"},
    )
    with ask(sent, timeout=60) as response:
        event = json.loads(response.read())["event_id"]
    with ask(f"{address}/gradio_api/call/ask/{event}", timeout=60) as response:
        told = response.read().decode()
    assert "event: complete" in told
    return time.monotonic() - begun


def processor_seconds(process: int) -> float:
    """The seconds that the cores have worked for a process and its threads: what others do counts for nothing."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_twenty_people_who_ask_at_once_have_their_answers_within_two_seconds(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(articles(), encoding="utf-8")
    fill(tmp_path / "archive", file)
    command = "from assistant.cli import main; main()"
    arguments = ["chat", "--port", "0", "--archive", str(tmp_path / "archive")]
    with subprocess.Popen(
        [sys.executable, "-c", command, *arguments], stdout=subprocess.PIPE, encoding="utf-8"
    ) as served:
        assert served.stdout is not None
        address = served.stdout.readline().strip()
        try:
            for _ in range(3):
                answered(address, "What did the mayor of Ashford say about the bridge?")
            questions = [f"What did the mayor of {town} say about the winter?" for town in TOWNS][:PEOPLE]
            worked = processor_seconds(served.pid)
            with ThreadPoolExecutor(PEOPLE) as people:
                waited = list(people.map(lambda question: answered(address, question), questions))
            worked = processor_seconds(served.pid) - worked
        finally:
            served.terminate()
    assert len(waited) == PEOPLE
    # On a machine with nothing else to do the last one waits about as long as one core works.
    assert worked < WITHIN, f"{worked:.2f} s of work; the last answer came after {max(waited):.2f} s"
