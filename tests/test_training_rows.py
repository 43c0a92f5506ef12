"""The rows that a training prepares: read, let through or not, and made."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest

from index.errors import TrainingError
from index.training.benchmark_texts import BenchmarkTexts
from index.training.corpora import LONGEST, Article, Row, read_archive, read_table, table_file
from index.training.gate import Gate
from index.training.held_out import HeldOut, Name, split_folded
from index.training.licences import LICENCES, PERMITTED, licence_of
from index.training.prepare import Options, prepare, read_prepared
from index.training.work import Work
from tests.made_up_corpora import ROWS, WORDS, make_corpora, write_tables

SOURCES = {
    "sentences",
    "terms",
    "names",
    "aligned",
    "questions",
    "headlines",
    "pseudo",
    "questions-across",
    "headlines-across",
    "cloze",
    "cloze-across",
}


def _prepare(folder: Path, **options: object) -> tuple[Work, dict[str, dict[str, dict[str, int]]]]:
    corpora, archives = make_corpora(folder)
    work = Work(folder / "work")
    return work, prepare(work, Options(corpora, archives, **options))  # type: ignore[arg-type]


def _rows(work: Work, source: str) -> list[Row]:
    return list(read_prepared(work.rows / f"{source}.tsv"))


def test_every_source_has_rows_counted_by_dataset(tmp_path: Path) -> None:
    work, figures = _prepare(tmp_path)
    counts = {name: sum(datasets.values()) for name, datasets in figures["rows"].items()}
    assert {file.stem: len(_rows(work, file.stem)) for file in work.rows.iterdir()} == {
        name: count for name, count in counts.items() if name != "news"
    }
    assert counts.keys() == SOURCES | {"news"}
    assert figures["rows"]["headlines"] == {"saudinewsnet": ROWS, "antcorpus": ROWS, "reuters21578": ROWS}
    assert figures["rows"]["terms"] == {"omw-arb": 4, "muse": 3}
    assert figures["rows"]["questions"] == {"arcd-train": ROWS, "tydiqa-en-train": ROWS}
    assert figures["dropped"] == {}


def test_renderings_say_in_the_other_language_what_their_texts_say(tmp_path: Path) -> None:
    work, _ = _prepare(tmp_path)
    back = {split_folded(arabic)[0]: english for english, arabic in WORDS.items()}
    for row in _rows(work, "pseudo"):
        english = [word.strip(".") for word in row.left.split()]
        assert english == [back[word] for word in split_folded(row.right)]


def test_a_cloze_row_is_a_sentence_and_the_rest_of_its_text(tmp_path: Path) -> None:
    work, _ = _prepare(tmp_path)
    texts = {row.right for row in (*_rows(work, "headlines"), *_rows(work, "questions"))}
    for row in _rows(work, "cloze"):
        words = Counter(f"{row.left} {row.right}".split())
        assert any(words == Counter(text.split()) for text in texts)


def test_one_seed_prepares_the_same_files_and_another_others(tmp_path: Path) -> None:
    contents = []
    for name, seed in (("one", 0), ("two", 0), ("three", 1)):
        (tmp_path / name).mkdir()
        work, _ = _prepare(tmp_path / name, seed=seed)
        contents.append({file.name: file.read_bytes() for file in work.rows.iterdir()})
    assert contents[0] == contents[1]
    assert contents[0]["pseudo.tsv"] != contents[2]["pseudo.tsv"]


def test_a_permissive_training_uses_nothing_restricted_and_says_what_it_left(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    work, figures = _prepare(tmp_path, licences="permissive")
    used = {row.dataset for source in SOURCES for row in _rows(work, source)}
    assert used == {"tatoeba-challenge", "omw-arb", "wd-names", "arcd-train", "tydiqa-en-train", "antcorpus", "aligned"}
    assert figures["left out"] == {
        "muse": {"licence": "non-commercial", "rows": 3},
        "anetac": {"licence": "unstated", "rows": 1},
        "saudinewsnet": {"licence": "non-commercial", "rows": ROWS + 1},
        "reuters21578": {"licence": "research only", "rows": ROWS + 1},
    }
    assert "left out 3 of muse: its licence is non-commercial" in caplog.messages


def test_a_dataset_that_the_table_does_not_know_is_unstated_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    corpora, archives = make_corpora(tmp_path)
    write_tables(corpora, {"names": [("Samira", "سميرة", "our-own")]})
    prepare(Work(tmp_path / "work"), Options(corpora, archives, licences="permissive"))
    assert "left out 1 of our-own: its licence is unknown here, so unstated" in caplog.messages


def test_the_table_of_licences_knows_every_dataset_of_the_shared_corpora(shared: Path) -> None:
    rows = (shared / "corpora" / "SOURCES.md").read_text(encoding="utf-8").splitlines()
    listed = {name for row in rows if row.count("|") == 5 for name in row.split("|")[1].strip().split(", ")}
    assert listed - {"dataset", "---"} == LICENCES.keys() - {"saudinewsnet", "antcorpus", "reuters21578"}


def test_the_table_of_licences_permits_no_dataset_whose_licence_is_restricted_or_not_stated(shared: Path) -> None:
    restricted = re.compile(r"none stated|unverified|NC|GPL|research")
    for table, column in (("corpora", 3), ("archives", 3)):
        for line in (shared / table / "SOURCES.md").read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            for dataset in cells[0].removesuffix(".jsonl.xz").split(", "):
                if dataset in LICENCES:
                    assert (licence_of(dataset) in PERMITTED) != bool(restricted.search(cells[column])), dataset


NAMES = [
    Name("Qamishli", "القامشلي", "place", "transliterated"),
    Name("Red Sea", "البحر الأحمر", "place", "translated"),
]


def _gate(texts: list[str]) -> Gate:
    return Gate.from_parts("all", HeldOut.from_names(NAMES), BenchmarkTexts(texts))


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("in Qamishli today", "في القامشلي اليوم", "held-out name"),
        ("the Red Sea", "والبحر الأحمر", "held-out name"),
        ("the Red House", "البيت الأحمر", None),
        ("What of Qamishli?", "Qamishli is a town.", None),
        ("«Oh», no!", "لا", "test text"),
        ("- the king -", "the king lives in a castle", "test text"),
        ("the king lives in a castle", "the king lives", None),
        ("the king", "", "empty"),
    ],
)
def test_the_gate_drops_names_under_test_and_texts_of_test_sets(left: str, right: str, reason: str | None) -> None:
    gate = _gate(["Oh, no.", "The king"])
    assert list(gate.admit("source", [Row(left, right, "x")])) == ([] if reason else [Row(left, right, "x")])
    assert gate.dropped == ({"source": {reason: 1}} if reason else {})


def test_an_article_whose_headline_is_a_test_text_is_dropped() -> None:
    gate = _gate(["The king"])
    kept = Article("The queen", "The king lives.", "en", "x")
    assert list(gate.admit_articles([Article("THE KING", "He lives.", "en", "x"), kept])) == [kept]


def test_the_texts_of_a_folder_are_lines_cells_questions_and_contexts(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "a.txt").write_text("one line\nanother\n", encoding="utf-8")
    (tmp_path / "set" / "b.tsv").write_text("4.5\ta cell\tits neighbour\n", encoding="utf-8")
    squad = {"data": [{"paragraphs": [{"context": "a context", "qas": [{"question": "who?", "answers": ["king"]}]}]}]}
    (tmp_path / "set" / "c.json").write_text(json.dumps(squad), encoding="utf-8")
    texts = BenchmarkTexts.from_folder(tmp_path)
    assert len(texts) == 7
    known = ["one line", "another", "a cell", "its neighbour", "a context", "who?", "king", "line"]
    assert [text for text in known if text not in texts] == ["king", "line"]


def test_tables_and_archives_may_be_uncompressed(tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_text("car\tسيارة\tx\tmore\n\nking\u2028of  men\tملك\tx\n", encoding="utf-8")
    assert read_table(table_file(tmp_path, "terms")) == [Row("car", "سيارة", "x"), Row("king of men", "ملك", "x")]
    news = tmp_path / "ours.jsonl"
    news.write_text('{"title": null, "text": "ملك\\n في قلعة"}\n{"title": "x", "text": ""}\n', encoding="utf-8")
    assert read_archive(news) == [Article("", "ملك في قلعة", "ar", "ours")]


def test_long_texts_are_cut_after_so_many_words(tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_text("car " * (LONGEST + 9) + "\tx\tx\n", encoding="utf-8")
    assert read_table(tmp_path / "terms.tsv")[0].left == " ".join(["car"] * LONGEST)


def test_a_table_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"' holds no names\.tsv\.xz and no names\.tsv; add it, or give another"):
        table_file(tmp_path, "names")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("terms.tsv", b"car\tx\ty\ncar\tx\n", "line 2 has 2 of 3 columns; set them off by tabs"),
        ("terms.tsv", b"\xff\tx\ty\n", "can't decode byte 0xff"),
        ("terms.tsv.xz", b"no archive", "give UTF-8, in a whole file"),
        ("news.jsonl", b'{"text": "x"}\n', r"line 1 is no JSON object with the texts 'title' and 'text' \('title'\)"),
        ("news.jsonl", b"\n[]\n", "line 2 is no JSON object"),
        ("news.jsonl", b"{\n", "line 1 is no JSON object"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(
    name: str, content: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    read = read_table if name.startswith("terms") else read_archive
    with pytest.raises(TrainingError, match=message) as caught:
        read(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_the_test_texts_of_the_shared_sets_are_dropped_from_the_shared_tables(shared: Path) -> None:
    """Held against a plain look-up, with another folding, of every cell of every table."""
    texts = BenchmarkTexts.from_folder(shared / "benchmarks")
    lines = (shared / "benchmarks" / "tatoeba" / "tatoeba.en.txt").read_text(encoding="utf-8").splitlines()
    lines += (shared / "benchmarks" / "ntrex" / "newstest2019.ar.txt").read_text(encoding="utf-8").splitlines()
    plain = {re.sub(r"\W+", " ", line.lower()).strip() for line in lines}
    gate = Gate.from_parts("all", HeldOut({}), texts)
    left = 0
    for name in ("sentences", "terms", "names", "qa-ar", "qa-en"):
        with lzma.open(table_file(shared / "corpora", name), "rt", encoding="utf-8") as file:
            rows = [Row(*line.rstrip("\n").split("\t")[:3]) for line in file]
        for row in gate.admit(name, rows):
            left += not plain.isdisjoint(re.sub(r"\W+", " ", text.lower()).strip() for text in (row.left, row.right))
    assert left == 0
    assert gate.dropped["sentences"]["test text"] >= 1
