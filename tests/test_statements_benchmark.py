"""Labelled statements: how they are read and counted, and what the finder must reach on them."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from eval.benchmarks.statements import WIDTH, Label, Score, find_articles, read_labels, score
from index.archive.sqlite import article_id
from index.errors import QuestionSetError
from index.statement import Stance
from tests.console import isnad
from tests.librarian import article

ROOT = Path(__file__).parent.parent
TEXT = "Lavrov said that talks went on. Peskov denied it had failed. Nobody stayed."


def _label(words: str, speaker: str, stance: Stance = Stance.SAID, *, direct: bool = False) -> Label:
    start, name = TEXT.index(words), TEXT.index(speaker)
    return Label(
        words=(start, start + len(words)),
        verb=None,
        speakers=((name, name + len(speaker)),),
        role=None,
        stance=stance,
        direct=direct,
        nested=False,
        addressee=None,
        said_on=None,
    )


def test_a_statement_counts_by_its_words_and_its_speaker() -> None:
    found = article("a.txt", TEXT)
    right = [_label("talks went on", "Lavrov"), _label("it had failed", "Peskov", Stance.DENIED)]
    assert score(found, right) == Score(labelled=2, found=2, words=2, both=2, exact=2, stance=2, direct=2)
    assert score(found, [_label("talks went on", "Peskov")]) == Score(
        1, 2, words=1, both=0, exact=1, stance=1, direct=1
    )
    assert score(found, [_label("Nobody stayed", "Peskov")]) == Score(labelled=1, found=2)
    longer = _label("that talks went on", "Lavrov", Stance.STRESSED, direct=True)
    assert score(found, [longer]) == Score(labelled=1, found=2, words=1, both=1)


def test_a_label_is_taken_once() -> None:
    found = article("a.txt", TEXT)
    twice = [_label("talks went on", "Lavrov")] * 2
    assert score(found, twice) == Score(labelled=2, found=2, words=1, both=1, exact=1, stance=1, direct=1)


def test_scores_add_up_and_divide() -> None:
    total = Score(labelled=3, found=2, words=2, both=1) + Score(labelled=1, found=2, words=2, both=2)
    assert (total.precision, total.recall, total.f1, total.speaker_accuracy) == (0.75, 0.75, 0.75, 0.75)
    nothing = Score()
    assert (nothing.precision, nothing.recall, nothing.f1, nothing.speaker_accuracy) == (0, 0, 0, 0)


def _write_labels(folder: Path, record: str = "1", name: str = "wire.jsonl.xz") -> Path:
    line = {"file": name, "record": record, "article": article_id(TEXT), "split": "test", "statements": []}
    (folder / "labels.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    return folder / "labels.jsonl"


def _write_archive(folder: Path, text: str = TEXT) -> None:
    with lzma.open(folder / "wire.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "0", "text": "Another article."}) + "\n" + json.dumps({"id": "1", "text": text}))


def test_the_articles_of_labels_are_found_in_their_files(tmp_path: Path) -> None:
    _write_archive(tmp_path)
    labels = read_labels(_write_labels(tmp_path))
    assert [found.text for found in find_articles(labels, tmp_path, tmp_path)] == [TEXT]


def test_an_article_that_is_missing_or_changed_is_named(tmp_path: Path) -> None:
    labels = read_labels(_write_labels(tmp_path))
    with pytest.raises(QuestionSetError, match=r"^there is no '.*wire\.jsonl\.xz', in which articles were labelled; "):
        list(find_articles(labels, tmp_path, tmp_path))
    _write_archive(tmp_path, TEXT + " Changed.")
    with pytest.raises(QuestionSetError, match=r"^'wire\.jsonl\.xz' holds no longer the text that was labelled as 1$"):
        list(find_articles(labels, tmp_path, tmp_path))


def test_a_line_that_is_no_label_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_text('{"file": "a"}\n', encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"labels\.jsonl' line 1 is no labelled article: Field required$"):
        read_labels(tmp_path / "labels.jsonl")


def test_every_label_points_into_an_article_and_no_article_is_labelled_twice() -> None:
    labelled = read_labels()
    assert len({one.article for one in labelled}) == len(labelled)
    assert sum(len(one.statements) for one in labelled) >= 150
    for one in labelled:
        for label in one.statements:
            assert 0 <= label.words[0] < label.words[1]
            assert label.speakers


@pytest.mark.slow
def test_who_said_what_is_found_as_well_as_the_readme_says(shared: Path) -> None:
    result = isnad("bench", "statements", "--archives", shared / "archives", folder=ROOT)
    assert result.returncode == 0
    rows = {line[:WIDTH].strip(): line[WIDTH:].split() for line in result.stdout.splitlines()[1:]}
    f1 = {name: float(cells[4]) for name, cells in rows.items()}
    speakers = {name: float(cells[5]) for name, cells in rows.items()}
    assert f1["test en"] >= 0.85
    assert f1["test"] >= 0.74
    assert speakers["test"] >= 0.9
