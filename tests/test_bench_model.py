"""`isnad bench model`: its rows, its table, JSON and drawing, and what it does with bad input."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copytree

import pytest

from eval.benchmarks.candidates import load_candidates
from eval.benchmarks.plot import to_svg
from eval.benchmarks.report import to_table
from eval.benchmarks.rows import LEGEND, PUBLISHED, Row
from eval.benchmarks.speed import make_minilm_shape, measure_speed
from index.encoders.static import BUNDLED_FOLDER, StaticEncoder
from index.types import Vectors
from tests.console import isnad_here
from tests.encoders import DemoEncoder, build_transformer
from tests.made_up_sets import make_names, make_sets

SVG = "{http://www.w3.org/2000/svg}"
BUNDLED = f"{StaticEncoder().name} (bundled)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to run in, with a candidate of our own format, the made-up sets, and names to search among."""
    copytree(BUNDLED_FOLDER, tmp_path / "candidate")
    for name, make in (("sets", make_sets), ("corpora", make_names)):
        (tmp_path / name).mkdir()
        make(tmp_path / name)
    return tmp_path


def _bench(folder: Path, *arguments: str) -> tuple[int, str, str]:
    places = ["--benchmarks", "sets", "--corpora", "corpora"]
    done = isnad_here("bench", "model", *places, *arguments, folder=folder)
    return done.returncode, done.stdout, done.stderr


def test_each_model_gets_a_row_and_the_published_ones_follow(folder: Path) -> None:
    code, out, err = _bench(folder, "candidate", "--no-speed", "--json", "figures.json", "--plot", "figures.svg")
    assert (code, err) == (0, "")
    rows = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["rows"]
    assert [(row["name"], row["encoder"], row["published"]) for row in rows] == [
        (BUNDLED, StaticEncoder().name, False),
        ("candidate", StaticEncoder().name, False),
        *((row.name, None, True) for row in PUBLISHED),
    ]
    ours, theirs = (row["figures"] for row in rows[:2])
    assert ours == theirs
    right = {"ar→en": 1.0, "en→ar": 1.0}
    four = {"ar→ar": 1.0, **right, "en→en": 1.0}
    assert {name: ours[name] for name in ("NTREX F1", "Tatoeba accuracy", "TICO-19 accuracy")} == {
        "NTREX F1": right,
        "Tatoeba accuracy": right,
        "TICO-19 accuracy": right,
    }
    assert {name: ours[name] for name in ("XQuAD R@1", "retriever R@1", "retriever R@5", "retriever MRR")} == {
        "XQuAD R@1": four,
        "retriever R@1": four,
        "retriever R@5": four,
        "retriever MRR": four,
    }
    assert [set(ours[f"names{stage} R@1"]) for stage in ("", ", words", ", sounds")] == [set(right)] * 3
    assert ours["size"]["dimensions"] == StaticEncoder().dimensions
    assert [line for line in out.splitlines() if line.startswith("candidate")]
    ET.parse(folder / "figures.svg")


def test_the_same_models_give_the_same_json(folder: Path) -> None:
    for name in ("one.json", "two.json"):
        assert _bench(folder, "--no-speed", "--no-names", "--json", name)[0] == 0
    assert (folder / "one.json").read_bytes() == (folder / "two.json").read_bytes()


def test_what_is_left_out_is_not_measured(folder: Path) -> None:
    leave_out = ["--no-bundled", "--no-vectors", "--no-retrieval", "--no-names", "--no-speed"]
    assert _bench(folder, "candidate", *leave_out, "--json", "figures.json")[0] == 0
    rows = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["rows"]
    assert (rows[0]["name"], list(rows[0]["figures"])) == ("candidate", ["size"])


@pytest.mark.slow
def test_any_sentence_transformers_model_is_measured_beside_a_transformer_of_minilm_shape(folder: Path) -> None:
    build_transformer(folder / "other")
    code, _, err = _bench(folder, "other", "--no-names", "--json", "figures.json")
    assert (code, err) == (0, "")
    rows = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["rows"]
    assert [row["name"] for row in rows[:3]] == [BUNDLED, "other", "MiniLM's shape, random weights"]
    assert rows[1]["figures"]["size"]["dimensions"] == 32
    assert set(rows[1]["figures"]["retriever R@1"]) == {"ar→ar", "ar→en", "en→ar", "en→en"}
    assert rows[2]["figures"]["speed"]["× MiniLM"] == 1
    assert rows[0]["figures"]["speed"]["× MiniLM"] > 1


@pytest.mark.slow
def test_a_model_of_the_hub_is_as_large_as_its_copy_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tmp_path / "models--nobody--tiny"
    commit = "0123456789abcdef0123456789abcdef01234567"
    (model / "refs").mkdir(parents=True)
    (model / "refs" / "main").write_text(commit, encoding="utf-8")
    build_transformer(model / "snapshots" / commit)
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    (candidate,) = load_candidates(["nobody/tiny"], bundled=False)
    size = sum(file.stat().st_size for file in (model / "snapshots").rglob("*") if file.is_file())
    assert (candidate.name, candidate.megabytes) == ("nobody/tiny", size / 1e6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--benchmarks", "none"],
            "cannot read test set 'none/ntrex/newstest2019.ar.txt': No such file or directory",
        ),
        (["--corpora", "none"], "cannot read the names in 'none/names.tsv.xz': "),
        (["missing/model"], "cannot load the embedding model 'missing/model': "),
        (["candidate", "./candidate"], "the model './candidate' is given twice; "),
        (["bundled"], "the model 'bundled' is given twice; "),
        ([str(BUNDLED_FOLDER)], f"the model '{BUNDLED_FOLDER}' is given twice; "),
        (["--no-bundled"], "no model to measure: name one, or leave out --no-bundled "),
        (["--json", "none/figures.json"], "cannot write figures 'none/figures.json': No such file or directory; "),
        (["--json", "sets"], "cannot write figures 'sets': Is a directory; "),
        (["--plot", "figures.png"], "--plot draws SVG, and 'figures.png' does not end in .svg "),
    ],
)
def test_bad_input_is_one_line_before_anything_is_measured(
    folder: Path, arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")  # the port that nobody serves
    before = sorted(folder.iterdir())
    code, out, err = _bench(folder, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"isnad: {message}")
    assert err.count("\n") == 1
    assert sorted(folder.iterdir()) == before


def test_a_disk_that_fills_up_meanwhile_costs_the_file_and_not_the_table(folder: Path) -> None:
    (folder / "full.json").symlink_to("/dev/full")
    code, out, err = _bench(folder, "--no-vectors", "--no-retrieval", "--no-names", "--no-speed", "--json", "full.json")
    assert (code, err) == (2, "isnad: cannot write figures 'full.json': No space left on device; give another file\n")
    assert out.startswith("Size and speed ")


def test_a_file_that_is_there_keeps_its_content_when_the_measuring_never_starts(folder: Path) -> None:
    (folder / "figures.json").write_text("earlier", encoding="utf-8")
    assert _bench(folder, "missing/model", "--benchmarks", "none", "--json", "figures.json")[0] == 2
    assert (folder / "figures.json").read_text(encoding="utf-8") == "earlier"


MODEL = Row(
    "a model whose long name has more letters than fit",
    {
        "NTREX F1": {"ar→en": 0.9542, "en→ar": 0.9},
        "Tatoeba accuracy": {"ar→en": 0.8, "en→ar": 0.812},
        "XQuAD R@1": {"ar→ar": 1.0},
        "size": {"dimensions": 256.0, "MB": 27.69},
        "speed": {"sentences/s": 5759.4, "× MiniLM": 148.02},
    },
)
OTHER = Row("other", {"size": {"dimensions": 384.0, "MB": 12.0}})
TABLE = """\
Sentences                                      NTREX F1   Tatoeba accuracy
                                          ar→en   en→ar      ar→en   en→ar
…ose long name has more letters than fit   95.4    90.0       80.0    81.2*
static-similarity-mrl-multilingual-v1 °    95.4    95.4       85.9       –
potion-multilingual-128M °                 59.4    58.7       40.2       –
paraphrase-multilingual-MiniLM-L12-v2 °    91.8    93.6       90.6       –
multilingual-e5-small °                    96.7    94.9          –       –
LaBSE °                                    99.1*   98.6*      91.1*      –

Retrieval                                 XQuAD R@1
                                              ar→ar
…ose long name has more letters than fit      100.0*
BM25, Snowball stems °                         87.4

Size and speed                                         size                    speed
                                          dimensions     MB   sentences/s   × MiniLM
…ose long name has more letters than fit         256   27.7          5759*     148.0*
other                                            384   12.0*            –          –
"""


def test_the_table_is_aligned_in_blocks_of_what_was_measured_and_marks_the_best_of_each_column() -> None:
    table, _, legend = to_table([MODEL, OTHER, *PUBLISHED]).rpartition("\n\n")
    assert f"{table}\n" == TABLE
    assert legend == f"{LEGEND}\n"


def test_a_drawing_has_a_mark_for_each_figure_and_each_model_that_has_one() -> None:
    drawn = ET.fromstring(to_svg([MODEL, OTHER, *PUBLISHED]))
    # MODEL's five figures; its mark stands in the legend and above its figures, too.
    assert len(list(drawn.iter(f"{SVG}circle"))) == 5 + 2
    # Beside those on NTREX, Tatoeba ar→en and XQuAD ar→ar; six rows in the legend.
    assert len([path for path in drawn.iter(f"{SVG}path") if path.get("transform")]) == 10 + 4 + 1 + 6
    texts = [element.text for element in drawn.iter(f"{SVG}text")]
    assert texts[:3] == [
        "Embedding models on public test sets, in hundredths",
        f"{MODEL.name}, 27.7 MB, 5,759 sentences/s, 148.0 × MiniLM's shape",
        "static-similarity-mrl-multilingual-v1 (published)",
    ]
    assert texts[texts.index("NTREX F1") :][:5] == ["NTREX F1", "ar→en", "95.4", "en→ar", "90.0"]


def test_a_drawing_survives_any_name() -> None:
    row = Row('<b> & "c"', {"STS17": {"ar-ar": 1.0}})
    assert '<b> & "c"' in [element.text for element in ET.fromstring(to_svg([row])).iter(f"{SVG}text")]


def test_the_published_rows_are_those_of_the_benchmarks_readme(shared: Path) -> None:
    lines = (shared / "benchmarks" / "README.md").read_text(encoding="utf-8").splitlines()
    start = lines.index("| model | NTREX | Tatoeba acc. | STS17 |") + 2
    quoted = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start : start + 5]]
    assert [
        [
            row.name,
            *(
                " / ".join(f"{100 * value:.1f}" for value in row.figures.get(group, {}).values()) or "–"
                for group in ("NTREX F1", "Tatoeba accuracy", "STS17")
            ),
        ]
        for row in PUBLISHED[:5]
    ] == [[name.split(" (")[0], *figures] for name, *figures in quoted]
    bm25 = PUBLISHED[5].figures["XQuAD R@1"]
    sentence = f"R@1 {bm25['ar→ar']:.3f} (ar→ar), {bm25['en→en']:.3f} (en→en)".replace("0.", ".")
    assert sentence in " ".join(lines)
    assert len(PUBLISHED) == 6


class _Diary(DemoEncoder):
    """Writes down when it encodes, and how much."""

    def __init__(self, name: str, diary: list[tuple[str, int]]) -> None:
        self.name, self._diary = name, diary

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], object] | None = None) -> Vectors:
        self._diary.append((self.name, len(texts)))
        return super().encode_passages(texts, progress)


def test_encoders_take_turns_after_a_first_text_each() -> None:
    diary: list[tuple[str, int]] = []
    speeds = measure_speed([_Diary("a", diary), _Diary("b", diary)], ["one", "two", "three"], rounds=2)
    assert diary == [("a", 1), ("b", 1), ("a", 3), ("b", 3), ("a", 3), ("b", 3)]
    assert len(speeds) == 2
    assert min(speeds) > 0


@pytest.mark.slow
def test_the_bundled_model_encodes_twenty_times_as_fast_as_a_transformer_of_minilm_shape(
    shared: Path, tmp_path: Path
) -> None:
    sentences = (shared / "benchmarks" / "ntrex" / "newstest2019.en.txt").read_text(encoding="utf-8").splitlines()[:64]
    reference = make_minilm_shape(tmp_path)
    shape = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    assert {name: shape[name] for name in ("num_hidden_layers", "hidden_size", "num_attention_heads")} == {
        "num_hidden_layers": 12,
        "hidden_size": 384,
        "num_attention_heads": 12,
    }
    assert reference.dimensions == 384
    ours, theirs = measure_speed([StaticEncoder(), reference], sentences, rounds=3)
    assert ours > 20 * theirs
