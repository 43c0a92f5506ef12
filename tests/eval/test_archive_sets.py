"""The questions on articles of the shared archives, whose articles are not in the project."""

from __future__ import annotations

import json
import lzma
from typing import TYPE_CHECKING

from eval.questions import load
from tests.parts.places import SETS

if TYPE_CHECKING:
    from pathlib import Path

HALVES = [load(SETS / "archives" / f"{half}.jsonl") for half in ("development", "test")]


def test_no_article_and_no_question_is_in_both_halves() -> None:
    articles = [{gold.article for question in half for gold in question.gold} for half in HALVES]
    texts = [{question.text for question in half} for half in HALVES]
    assert articles[0].isdisjoint(articles[1])
    assert texts[0].isdisjoint(texts[1])


def test_every_gold_text_stands_in_an_article_of_the_archives(shared: Path) -> None:
    wanted = {gold.text for half in HALVES for question in half for gold in question.gold}
    for file in sorted((shared / "archives").glob("*.jsonl.xz")):
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"] or ""
                wanted = {gold for gold in wanted if gold not in text}
    assert not wanted
