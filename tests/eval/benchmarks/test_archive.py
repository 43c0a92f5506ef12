"""`isnad bench archive`: its corpora, the processes that it measures, its table, JSON and drawing, and bad input."""

from __future__ import annotations

import json
import os
import sys
import xml.etree.ElementTree as ET
from importlib.metadata import version
from pathlib import Path
from random import Random

import pytest

from eval.benchmarks.archive import LEGEND, Row, compare, summarize, to_table
from eval.benchmarks.archive_corpus import Question, perturbed, read_articles, sized
from eval.benchmarks.archive_plot import to_svg
from eval.benchmarks.archive_runs import Asking, Ingest, Run, System, measure, recall
from eval.benchmarks.environments import PEERS, SCRIPTS, environment
from eval.benchmarks.sets import LANGUAGES, read_xquad
from index.errors import BenchmarkError, QuestionSetError
from tests.parts.console import isnad_here
from tests.parts.made_up_sets import make_sets

SVG = "{http://www.w3.org/2000/svg}"

ARTICLES = [
    {"id": "1", "title": "Cocoa", "text": "Showers continued in the cocoa zone. Arrivals rose. Farmers sold beans."},
    {"id": "2", "text": "تساقطت الأمطار على المدينة. أغلقت المدارس أبوابها."},
    {"id": "3", "text": "Shares fell in London. Traders blamed the weather."},
]

# Finds the articles that share most words with a question; prints, since libraries do.
LIBRARY = """
import json
PACKAGE = "pip"
def ingest(articles, model, folder):
    print("taking in")
    folder.mkdir()
    (folder / "texts").write_bytes(articles.read_bytes())
def open_search(model, folder):
    rows = [json.loads(line) for line in (folder / "texts").read_text(encoding="utf-8").splitlines()]
    def search(question, top_k):
        asked = set(question.lower().rstrip("?؟").split())
        shared = lambda row: len(asked & set(row["text"].lower().rstrip(".").split()))
        return [row["id"] for row in sorted(rows, key=shared, reverse=True)][:top_k]
    return search
"""
KILLED = """
import os
import signal
PACKAGE = "pip"
def ingest(articles, model, folder):
    os.kill(os.getpid(), signal.SIGKILL)
"""
BROKEN = """
PACKAGE = "pip"
def ingest(articles, model, folder):
    raise MemoryError("no room for it")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to run in, with articles and the made-up sets."""
    (tmp_path / "sets").mkdir()
    make_sets(tmp_path / "sets")
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES)
    (tmp_path / "articles.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def _bench(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = isnad_here("bench", "archive", "articles.jsonl", "--benchmarks", "sets", *arguments, folder=folder)
    return done.returncode, done.stdout, done.stderr


def _system(folder: Path, name: str, script: str) -> System:
    file = folder / f"{name}.py"
    file.write_text(script, encoding="utf-8")
    return System(name, file, Path(sys.executable))


def test_articles_are_read_once_each_in_an_order_that_stays(folder: Path) -> None:
    file = folder / "articles.jsonl"
    once = read_articles([file])
    assert sorted(article.text for article in once) == sorted(article["text"] for article in ARTICLES)
    assert read_articles([file, file]) == once


def test_a_file_without_an_article_is_named(folder: Path) -> None:
    with pytest.raises(
        QuestionSetError, match=r"^no article in '.*nothing\.jsonl': cannot read .*; give what `isnad ingest` takes$"
    ):
        read_articles([folder / "articles.jsonl", folder / "nothing.jsonl"])


def test_a_smaller_archive_is_part_of_a_larger_one_and_no_text_comes_twice(folder: Path) -> None:
    articles = read_articles([folder / "articles.jsonl"])
    small, large = ([article.text for article in sized(articles, size)] for size in (2, 30))
    assert large[:2] == small
    assert len(set(large)) == 30


def test_a_copy_has_its_sentences_rotated_and_a_tenth_of_its_words_exchanged() -> None:
    text = "One two three four five. Six seven eight nine ten. This is the third of them."
    words = perturbed(text, "other", Random(1)).split()
    assert len(words) == len(text.split())
    assert words.count("other") == 2  # of sixteen
    rotations = [text.split()[turn:] + text.split()[:turn] for turn in (5, 10)]
    assert min(sum(a != b for a, b in zip(words, rotation, strict=True)) for rotation in rotations) == 2


def test_recall_counts_the_first_five_by_direction() -> None:
    questions = [
        Question("?", "ar→en", "1"),
        Question("?", "ar→en", "2"),
        Question("?", "en→en", "1"),
    ]
    found = [["a", "b", "c", "d", "1"], ["a", "b", "c", "d", "e", "2"], ["1"]]
    assert recall(found, questions) == {"ar→en": 0.5, "en→en": 1.0}


def test_a_library_is_measured_by_a_process_that_runs_its_script(folder: Path) -> None:
    corpus = folder / "corpus.jsonl"
    texts = ["Wheat grows.", *(f"Showers {number} continued." for number in range(5)), "The king lives."]
    rows = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    corpus.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    questions = [Question("What grows?", "en→en", "0"), Question("Who reigns?", "en→en", "6")]
    (run,) = measure(_system(folder, "library", LIBRARY), corpus, questions, folder / "run")
    assert (run.system, run.version) == ("library", version("pip"))
    assert run.ingest.disk_bytes == corpus.stat().st_size
    assert run.asking is not None
    assert run.asking.recall == {"en→en": 0.5}
    assert len(run.asking.seconds) == 1  # the first answer is counted apart
    assert min(run.ingest.seconds, run.asking.first_seconds, *run.asking.seconds) > 0
    assert 5e6 < run.ingest.peak_bytes < 1e9
    assert not (folder / "run").exists()


def test_a_library_that_fails_has_a_row_that_says_so_and_the_next_one_is_measured(folder: Path) -> None:
    systems = [_system(folder, "broken", BROKEN), _system(folder, "library", LIBRARY)]
    xquad = {language: read_xquad(folder / "sets", language) for language in LANGUAGES}
    rows = list(compare(read_articles([folder / "articles.jsonl"]), xquad, systems, [4], ["en"], 3))
    assert [(row.system, row.articles, row.copies, row.failure) for row in rows] == [
        ("broken", 4, 1, "broken failed at 'ingest': MemoryError: no room for it"),
        ("library", 4, 1, None),
    ]
    assert rows[1].figures["recall@5 en→en"] == 1
    assert to_table(rows).endswith(f"{LEGEND}\nbroken at 4: broken failed at 'ingest': MemoryError: no room for it\n")


def test_a_library_that_is_killed_is_told_by_the_signal(folder: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"^killed failed at 'ingest': killed by signal 9$"):
        measure(_system(folder, "killed", KILLED), folder / "articles.jsonl", [], folder / "run")


def test_an_interpreter_that_is_missing_is_named(folder: Path) -> None:
    system = System("lost", folder / "lost.py", folder / "bin" / "python")
    with pytest.raises(BenchmarkError, match=r"^cannot run lost: '.*/bin/python': No such file or directory$"):
        measure(system, folder / "articles.jsonl", [], folder / "run")


def test_corpora_are_averaged_but_for_memory_and_latencies() -> None:
    runs = [
        Run("one", "1", Ingest(2.0, 10_000_000, 300_000_000), Asking(1.0, (0.001, 0.002), 200_000_000, {"ar→ar": 0.5})),
        Run("one", "1", Ingest(4.0, 20_000_000, 100_000_000), Asking(2.0, (0.003, 0.004), 100_000_000, {"ar→en": 0.7})),
    ]
    assert summarize(runs, 30) == pytest.approx(
        {
            "ingest seconds": 3,
            "articles/s": 10,
            "disk MB": 15,
            "ingest MB": 300,
            "asking MB": 200,
            "first seconds": 1.5,
            "p50 ms": 2.5,
            "p95 ms": 3.85,
            "recall@5 ar→ar": 0.5,
            "recall@5 ar→en": 0.7,
        }
    )


def test_the_table_holds_others_against_isnad_at_the_same_size() -> None:
    rows = [
        Row("isnad", "1.0", 10, 0, {"ingest seconds": 2.0, "p50 ms": 4.0, "recall@5 en→en": 1.0}),
        Row("isnad with statements", "", 10, 0, {"ingest seconds": 3.0}),
        Row("other", "2.1", 10, 0, {"ingest seconds": 211.0, "p50 ms": 0.02, "recall@5 en→en": 0.905}),
        Row("isnad", "1.0", 2000, 0, {"ingest seconds": 1234.5, "p50 ms": 8.0, "recall@5 en→en": 0.9}),
    ]
    assert to_table(rows) == (
        "| articles |                       |    ingest, s |      p50, ms | en→en |\n"
        "|----------|-----------------------|--------------|--------------|-------|\n"
        "|       10 | isnad 1.0             |          2.0 |          4.0 | 1.000 |\n"
        "|       10 | isnad with statements |   3.0 (1.5×) |            – |     – |\n"
        "|       10 | other 2.1             | 211.0 (106×) | 0.0 (0.005×) |  .905 |\n"
        "|    2,000 | isnad 1.0             |      1,234.5 |          8.0 |  .900 |\n"
        f"\n{LEGEND}\n"
    )


def test_the_drawing_has_a_line_a_figure_and_hollow_points_for_copies() -> None:
    def figures(by: float) -> dict[str, float]:
        names = ("articles/s", "p50 ms", "p95 ms", "ingest MB", "asking MB", "disk MB")
        return dict.fromkeys(names, by)

    rows = [Row("isnad", "1.0", 10, 0, figures(1)), Row("isnad", "1.0", 20, 5, figures(2)), Row("x", "", 20, 5, {})]
    drawing = ET.fromstring(to_svg(rows))
    assert len(list(drawing.iter(f"{SVG}polyline"))) == 6
    assert [mark.get("fill") for mark in drawing.iter(f"{SVG}circle")].count("#fff") == 6
    texts = [text.text for text in drawing.iter(f"{SVG}text")]
    assert texts[-1] == (
        "Hollow points: 15 articles of the news, the others copies with sentences rotated and a tenth of words changed."
    )
    assert "x" not in texts  # nothing was measured of it


def test_every_library_has_a_script_and_its_pins() -> None:
    files = {file.name for file in SCRIPTS.iterdir()}
    assert {name for peer in PEERS.values() for name in (peer.script, f"requirements-{peer.library}.txt")} <= files


def test_two_scripts_of_a_library_run_in_one_environment(folder: Path) -> None:
    (folder / "txtai").mkdir()
    pins = (SCRIPTS / "requirements-txtai.txt").read_text(encoding="utf-8")
    (folder / "txtai" / "installed.txt").write_text(pins, encoding="utf-8")
    interpreters = {environment(name, folder, print) for name in ("txtai", "txtai-whole")}
    assert interpreters == {folder / "txtai" / "bin" / "python"}


def test_an_environment_is_made_once_for_the_same_pins(folder: Path) -> None:
    (folder / "txtai").mkdir()
    pins = (SCRIPTS / "requirements-txtai.txt").read_text(encoding="utf-8")
    (folder / "txtai" / "installed.txt").write_text(pins, encoding="utf-8")
    said: list[str] = []
    assert environment("txtai", folder, said.append) == folder / "txtai" / "bin" / "python"
    assert said == []


@pytest.mark.slow
def test_an_environment_that_cannot_be_made_is_one_clear_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    (folder / "envs" / "txtai").mkdir(parents=True)
    (folder / "envs" / "txtai" / "installed.txt").write_text("txtai==1.0\n", encoding="utf-8")  # of other pins
    first = (SCRIPTS / "requirements-txtai.txt").read_text(encoding="utf-8").splitlines()[1]
    for _ in range(2):  # what was half made is not taken for whole
        code, out, err = _bench(folder, "--against", "txtai", "--environments", "envs")
        assert (code, out) == (2, "")
        assert err == (
            "making an environment for txtai in 'envs/txtai'\n"
            f"isnad: cannot make an environment for txtai: No matching distribution found for {first};"
            " let pip reach a package index, or leave txtai out\n"
        )


@pytest.mark.slow
def test_isnad_itself_is_measured_by_the_same_protocol(folder: Path) -> None:
    code, out, err = _bench(folder, "--sizes", "5,2", "--into", "en", "--json", "figures.json", "--plot", "curve.svg")
    assert (code, err) == (0, "")
    rows = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["rows"]
    assert [(row["system"], row["articles"], row["copies"], row["failure"]) for row in rows] == [
        (name, size, copies, None)
        for size, copies in ((2, 0), (5, 2))
        for name in ("isnad", "isnad, vectors and BM25", "isnad with statements")
    ]
    for row in rows:
        recalls = {name: value for name, value in row["figures"].items() if name.startswith("recall")}
        assert recalls == ({} if row["system"] != "isnad" else {"recall@5 ar→en": 1.0, "recall@5 en→en": 1.0})
        assert min(row["figures"].values()) > 0
    assert [line.split("|")[1:3] for line in out.splitlines()[2:4]] == [
        ["        2 ", " isnad 0.1.0             "],
        ["        2 ", " isnad, vectors and BM25 "],
    ]
    ET.parse(folder / "curve.svg")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ["--against", "faiss"],
            "invalid value for '--against': 'faiss' is none of llama-index, txtai, txtai-whole, haystack",
        ),
        (["--sizes", "1k"], "invalid value for '--sizes': '1k' are no numbers; write them as 1000,10000"),
        (["--sizes", "0,5"], "invalid value for '--sizes': '0,5' names an archive without articles; write"),
        (["--plot", "a.svg"], "--plot draws a curve, and --sizes names fewer than two"),
        (["--plot", "a.png", "--sizes", "1,2"], "--plot draws SVG, and 'a.png' does not end in .svg"),
        (["--json", "none/a.json"], "cannot write figures 'none/a.json': No such file or directory; give another"),
    ],
)
def test_bad_input_is_one_line(folder: Path, arguments: list[str], complaint: str) -> None:
    code, out, err = _bench(folder, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"isnad: {complaint}")
