"""Sentence-transformers models as encoders: built on the spot, loaded from folders, used by the whole program."""

from __future__ import annotations

import errno
import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.encoders.name import ENDS, name_folder
from index.encoders.static import load_encoder
from index.encoders.transformer import SentenceTransformerEncoder, batches
from index.errors import EncoderError
from index.types import Backend
from tests.conftest import ROOT
from tests.console import isnad, isnad_here
from tests.encoders import build_transformer
from tests.hub import COMMIT, REPOSITORY, serve_hub
from tests.librarian import SEEDS

pytestmark = pytest.mark.slow

PROMPTS = {"query": "query: ", "passage": "passage: "}
TEXTS = ["sun", "the moon over the river " * 5, "", "قمر", "a star"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_transformer(tmp_path_factory.mktemp("models") / "small", PROMPTS)


@pytest.fixture(scope="module")
def encoder(folder: Path) -> SentenceTransformerEncoder:
    loaded = load_encoder(str(folder))
    assert isinstance(loaded, SentenceTransformerEncoder)
    return loaded


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(folder, tmp_path / "small")


def refusal(name: str | Path, backend: Backend = "torch") -> str:
    with pytest.raises(EncoderError) as caught:
        load_encoder(str(name), backend)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Vectors


def test_questions_and_passages_are_encoded_behind_their_prompts(
    folder: Path, encoder: SentenceTransformerEncoder
) -> None:
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(folder), device="cpu")
    for prompt, rows in (
        ("passage: ", encoder.encode_passages(TEXTS)),
        ("query: ", encoder.encode_questions(TEXTS)),
    ):
        expected = reference.encode([prompt + text for text in TEXTS], normalize_embeddings=True)
        assert rows == pytest.approx(expected, abs=1e-6)
        assert rows.dtype == np.float32
    assert np.abs(encoder.encode_passages(TEXTS) - encoder.encode_questions(TEXTS)).max() > 0.01


def test_sentence_transformers_itself_forgets_the_passage_prompt(folder: Path) -> None:
    """It gives every model an empty "document" prompt and takes that one first: the reason for choosing it here."""
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(folder), device="cpu")
    assert np.array_equal(reference.encode_document(["sun"]), reference.encode(["sun"]))


def test_no_texts_give_no_rows(encoder: SentenceTransformerEncoder) -> None:
    assert encoder.encode_passages([]).shape == encoder.encode_questions([]).shape == (0, 32)


def test_a_transformer_alone_gets_mean_pooling_and_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bare = build_transformer(tmp_path / "bare")
    capfd.readouterr()
    loaded = load_encoder(str(bare))
    assert loaded.dimensions == 32
    assert np.linalg.norm(loaded.encode_passages(TEXTS), axis=1) == pytest.approx(np.ones(5), abs=1e-6)
    assert capfd.readouterr() == ("", "")


def test_a_static_model_of_half_precision_gives_an_empty_text_zeros(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "query": 1, "sun": 2, "moon": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    rows = np.array([[0, 0, 0], [0, 0, 4], [3, 0, 0], [0, 5, 0]], np.float16)
    static = StaticEmbedding(tokenizer, embedding_weights=rows)
    SentenceTransformer(modules=[static], prompts={"query": "query "}, device="cpu").save_pretrained(str(tmp_path))
    encoder = load_encoder(str(tmp_path))
    assert encoder.dimensions == 3
    assert encoder.encode_passages(["sun", "moon", ""]).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert encoder.encode_questions(["sun"])[0] == pytest.approx([0.6, 0, 0.8])


# Batches


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (0, [[3], [1], [0], [2]]),
        (59, [[3], [1, 0], [2]]),
        (60, [[3, 1], [0, 2]]),
        (1 << 40, [[3, 1, 0, 2]]),
    ],
)
def test_a_batch_fits_the_memory_as_if_all_were_as_long_as_its_longest(memory: int, expected: list[list[int]]) -> None:
    assert list(batches([20, 25, 20, 30], memory)) == expected


def test_a_batch_has_a_bound_whatever_the_memory() -> None:
    assert [len(batch) for batch in batches([1] * 600, 1 << 40)] == [256, 256, 88]
    assert list(batches([], 1 << 40)) == []


def test_every_text_is_counted_and_has_its_own_row_whatever_the_order(encoder: SentenceTransformerEncoder) -> None:
    texts = [letter * length for length, letter in enumerate("abcdefghij" * 30)]
    done: list[int] = []
    rows = encoder.encode_passages(texts, done.append)
    assert sum(done) == 300
    assert rows[[3, 250]] == pytest.approx(encoder.encode_passages([texts[3], texts[250]]), abs=1e-6)


# Names


def test_a_name_tells_what_the_folder_holds_and_not_where_it_stands(copy: Path, tmp_path: Path) -> None:
    name = name_folder(copy)
    assert name == load_encoder(str(copy)).name
    assert name.startswith("small@")
    (copy / "onnx").mkdir()
    (copy / "onnx" / "config.json").write_text("{}", encoding="utf-8")
    (copy / "README.md").write_text("other words", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    assert name_folder(copy.rename(tmp_path / "elsewhere" / "small")) == name


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("tokenizer.json", b'"##a"', b'"##_"'),
        ("1_Pooling/config.json", b'"mean"', b'"cls"'),
        ("config_sentence_transformers.json", b"query: ", b"search: "),
    ],
)
def test_a_name_changes_with_vocabulary_and_settings(copy: Path, file: str, old: bytes, new: bytes) -> None:
    name = name_folder(copy)
    content = (copy / file).read_bytes()
    (copy / file).write_bytes(content.replace(old, new))
    assert old in content
    assert name_folder(copy) != name


def test_a_name_does_not_change_with_the_version_that_saved_the_folder(copy: Path) -> None:
    name = name_folder(copy)
    for file in ("config.json", "config_sentence_transformers.json"):
        settings = json.loads((copy / file).read_text(encoding="utf-8"))
        stamps = {key: "another" for key in settings if key in ("__version__", "transformers_version")}
        assert len(stamps) == 1
        (copy / file).write_text(json.dumps(settings | stamps), encoding="utf-8")
    assert name_folder(copy) == name


def test_what_is_sent_of_an_encoder_is_what_loads_it(encoder: SentenceTransformerEncoder) -> None:
    sent = pickle.dumps(encoder)
    assert len(sent) < 1000
    loaded = pickle.loads(sent)
    assert loaded.name == encoder.name
    assert np.array_equal(loaded.encode_passages(["some text"]), encoder.encode_passages(["some text"]))


def test_of_large_files_both_ends_and_the_size_are_read(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    names = set()
    for content in (bytes(3 * ENDS), b"\1" + bytes(3 * ENDS - 1), bytes(3 * ENDS - 1) + b"\1", bytes(3 * ENDS + 1)):
        weights.write_bytes(content)
        names.add(name_folder(tmp_path))
    assert len(names) == 4


# What is said when it fails


def test_a_model_that_cannot_be_loaded_is_one_clear_line(copy: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert refusal(missing) == (
        f"cannot load the embedding model '{missing}': no such folder; give a folder or a hub name"
    )
    assert refusal(tmp_path) == (
        f"cannot load the embedding model '{tmp_path}': it holds neither modules.json nor config.json; "
        "give the folder of a sentence-transformers model"
    )
    pointer = b"version https://git-lfs.github.com/spec/v1\n"  # what a clone without git-lfs leaves of a large file
    (copy / "model.safetensors").write_bytes(pointer)
    assert refusal(copy).startswith(f"cannot load the embedding model '{copy}': Error while deserializing header")
    (copy / "model.safetensors").unlink()
    assert refusal(copy).startswith(f"cannot load the embedding model '{copy}': Error no file named model.safetensors")
    (copy / "tokenizer.json").write_bytes(pointer)
    assert refusal(copy) == (
        f"cannot load the embedding model '{copy}': 'tokenizer.json' is not JSON; check the folder"
    )


def test_a_model_with_code_of_its_own_is_refused(copy: Path) -> None:
    config = json.loads((copy / "config.json").read_text(encoding="utf-8"))
    config |= {"model_type": "own", "auto_map": {"AutoConfig": "own.Config", "AutoModel": "own.Model"}}
    (copy / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert refusal(copy) == (
        f"cannot load the embedding model '{copy}': it brings code of its own, which Isnad does not run; "
        "choose a model without"
    )


@pytest.mark.parametrize("backend", ["onnx", "openvino"])
def test_a_back_end_that_is_not_installed_is_named_with_the_command_that_installs_it(
    folder: Path, backend: Backend
) -> None:
    message = refusal(folder, backend)
    assert message.startswith(f"the back end '{backend}' cannot be used: No module named ")
    assert message.endswith(f"; run `pip install 'sentence-transformers[{backend}]'`, or set ISNAD_BACKEND to torch")


# The hub

SCRIPT = """
import sys
from index.encoders.static import load_encoder
from index.errors import EncoderError
for name in sys.argv[1:]:
    try:
        encoder = load_encoder(name)
        print(encoder.name, encoder.dimensions)
    except EncoderError as error:
        print(error)
"""


def load_from(hub: str, home: Path, *names: str) -> list[str]:
    """Load models by these names in a process of its own; a line each."""
    environment = os.environ | {"HF_ENDPOINT": hub, "HF_HOME": str(home)}
    environment.pop("SENTENCE_TRANSFORMERS_HOME", None)
    loaded = subprocess.run(
        [sys.executable, "-c", SCRIPT, *names], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert loaded.stderr == ""
    return loaded.stdout.splitlines()


def test_a_hub_name_is_fetched_once_and_remembered_with_its_commit(folder: Path, tmp_path: Path) -> None:
    remedy = "check the name and the network, or give the folder of a copy"
    named, pinned, missing = REPOSITORY, f"{REPOSITORY}@{COMMIT}", "small-models/none"
    with serve_hub(folder) as hub:
        assert load_from(hub, tmp_path, missing, f"{named}@v2", named, pinned) == [
            f"cannot load the embedding model '{missing}': the hub has no such model, or keeps it private; {remedy}",
            f"cannot load the embedding model '{named}@v2': the hub has the model, but not that revision; {remedy}",
            *[f"{pinned} 32"] * 2,
        ]
        (tokenizer,) = tmp_path.rglob("tokenizer.json")
        tokenizer.unlink()
        assert load_from(hub, tmp_path, named) == [f"{pinned} 32"]
    assert load_from(hub, tmp_path, named, pinned, missing) == [
        *[f"{pinned} 32"] * 2,
        f"cannot load the embedding model '{missing}': no whole copy here, and the hub {hub} cannot be reached "
        f"([Errno {errno.ECONNREFUSED}] Connection refused); {remedy}",
    ]


# The whole program


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A folder to run the program in, with an archive of the seed articles made by the bundled encoder."""
    made = isnad_here("ingest", SEEDS, folder=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    yield tmp_path


def encoder_of(folder: Path) -> str:
    stats = isnad_here("archive", "stats", "--json", folder=folder)
    return str(json.loads(stats.stdout)["encoder"])


def test_an_archive_made_by_another_model_answers_and_is_refused_without_it(folder: Path, tmp_path: Path) -> None:
    setting = {"ISNAD_ENCODER": str(folder)}
    made = isnad("ingest", SEEDS, "--json", folder=tmp_path, environment=setting)
    assert (made.returncode, made.stderr, json.loads(made.stdout)["added"]) == (0, "", 5)
    assert encoder_of(tmp_path) == name_folder(folder)

    answered = isnad("ask", "what did Lavrov say about Turkey", "--json", folder=tmp_path, environment=setting)
    assert (answered.returncode, answered.stderr) == (0, "")
    assert json.loads(answered.stdout)["declined"] is False

    refused = isnad_here("ask", "what did Lavrov say about Turkey", folder=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"isnad: the archive '.isnad' was made with the encoder '{name_folder(folder)}', not 'isnad-static-ar-en-v2'; "
        "run `isnad archive rebuild` to encode its articles anew, or set ISNAD_ENCODER to the one that made it\n"
    )


def test_the_way_out_encodes_an_archive_anew(folder: Path, home: Path) -> None:
    (home / "isnad.toml").write_text(f"encoder = {json.dumps(os.fspath(folder))}", encoding="utf-8")
    assert isnad_here("search", "Turkey", folder=home).returncode == 2
    rebuilt = isnad_here("archive", "rebuild", folder=home)
    assert (rebuilt.returncode, rebuilt.stdout, rebuilt.stderr) == (0, "rebuilt 5 articles\n", "")
    assert encoder_of(home) == name_folder(folder)
    found = isnad_here("search", "Turkey", "-k", "1", folder=home)
    assert (found.returncode, found.stderr) == (0, "")


def test_question_sets_are_run_with_the_encoder_that_is_set(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "isnad.toml").write_text(f"encoder = {json.dumps(os.fspath(folder))}", encoding="utf-8")
    first = (ROOT / "eval" / "sets" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "one.jsonl").write_text(first, encoding="utf-8")
    shutil.copytree(SEEDS, tmp_path / "seeds")
    run = isnad_here("eval", "one.jsonl", "--articles", "seeds", folder=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")


def test_weights_that_change_in_their_place_are_another_model(home: Path, tmp_path: Path) -> None:
    model = build_transformer(tmp_path / "model", PROMPTS)
    (home / "isnad.toml").write_text('encoder = "model"', encoding="utf-8")
    assert isnad_here("archive", "rebuild", folder=home).returncode == 0
    build_transformer(model, PROMPTS, seed=1)
    refused = isnad_here("search", "Turkey", folder=home)
    assert refused.returncode == 2
    assert f"not '{name_folder(model)}'" in refused.stderr
