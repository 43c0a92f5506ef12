"""The bundled encoder, and the form that its folder may have."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from index.encoders.static import BUNDLED_FOLDER, StaticEncoder, load_encoder
from index.errors import EncoderError

DIMENSIONS = 640
TEXTS = [
    "Lavrov spoke about Turkey on 12 April.",
    "قالَ وزير الخارجية الروسي سيرغي لافروف: «إنّ أنقرة…» ١٢٣",
    "😀 mixed نصّ and text 2020",
    "word " * 600,
]


@pytest.fixture(scope="module")
def bundled() -> StaticEncoder:
    return StaticEncoder()


def test_rows_are_of_unit_length_and_questions_are_encoded_like_passages(bundled: StaticEncoder) -> None:
    rows = bundled.encode_passages(TEXTS)
    assert rows.dtype == np.float32
    assert rows.shape == (4, bundled.dimensions) == (4, DIMENSIONS)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(4), abs=1e-6)
    assert bundled.encode_questions(TEXTS) == pytest.approx(rows, abs=1e-6)


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
def test_a_text_without_a_subword_is_a_row_of_zeros(bundled: StaticEncoder, text: str) -> None:
    assert not bundled.encode_passages([text]).any()
    assert bundled.encode_words([text])[0].spans == []
    assert bundled.encode_words([text])[0].vectors.shape == (0, DIMENSIONS)


def test_no_texts_give_no_rows(bundled: StaticEncoder) -> None:
    assert bundled.encode_passages([]).shape == (0, DIMENSIONS)
    assert bundled.encode_words([]) == []


def test_a_word_is_a_run_of_letters_digits_or_punctuation_of_the_text_as_given(bundled: StaticEncoder) -> None:
    text = "قالَ مُحمّد: «نعم» ١٢٣ year2020 😀"
    (words,) = bundled.encode_words([text])
    assert [text[start:end] for start, end in words.spans] == [
        *("قال", "مُحمّد", ":", "«", "نعم", "»", "١٢٣", "year", "2020", "😀"),
    ]
    assert words.vectors.shape == (10, DIMENSIONS)


def test_spellings_that_fold_alike_have_one_vector(bundled: StaticEncoder) -> None:
    rows = bundled.encode_passages(["إدلب ١٢ مؤسسة", "ادلب 12 مُؤسّسه"])
    assert np.array_equal(rows[0], rows[1])


@given(text=st.text(alphabet=st.sampled_from("abال كتبَُـ؟،.«»1٢\u00a0\u200f😀ﷺ\n")))
def test_summed_words_point_where_the_text_points(bundled: StaticEncoder, text: str) -> None:
    (words,) = bundled.encode_words([text])
    assert all(0 <= start < end <= len(text) for start, end in words.spans)
    total = words.vectors.sum(axis=0)
    length = np.linalg.norm(total)
    expected = total / length if length > 0 else total
    assert bundled.encode_passages([text])[0] == pytest.approx(expected, abs=1e-4)


def test_a_common_word_is_one_piece_and_pieces_are_folded(bundled: StaticEncoder) -> None:
    assert bundled.split_words(["Russia", "إدلبَ"]) == [["russia"], ["ادلب"]]
    assert "".join(bundled.split_words(["Zbigniewowa"])[0]) == "zbigniewowa"


def test_the_sum_of_a_word_is_that_of_its_pieces(bundled: StaticEncoder) -> None:
    words = ["Russia", "Zbigniewowa", "", "إدلبَ"]
    rows = [found.vectors.sum(axis=0) for found in bundled.encode_words(words)]
    assert np.allclose(bundled.sum_words(words), rows, atol=1e-5)
    assert bundled.sum_words([]).shape == (0, DIMENSIONS)


def test_the_bundled_encoder_is_the_default_and_has_a_name_of_its_own(bundled: StaticEncoder) -> None:
    assert bundled.name == "isnad-static-ar-en-v2"
    for name in (None, "bundled"):
        encoder = load_encoder(name)
        assert isinstance(encoder, StaticEncoder)
        assert encoder.name == bundled.name


def test_what_is_sent_of_an_encoder_is_what_loads_it(bundled: StaticEncoder, tmp_path: Path) -> None:
    shutil.copytree(BUNDLED_FOLDER, tmp_path / "model")
    for encoder in (bundled, StaticEncoder(tmp_path / "model")):
        sent = pickle.dumps(encoder)
        assert len(sent) < 1000
        assert np.array_equal(
            pickle.loads(sent).encode_passages(["قال لافروف"]), bundled.encode_passages(["قال لافروف"])
        )


def test_translations_are_nearer_than_other_words(bundled: StaticEncoder) -> None:
    english = bundled.encode_passages(["Turkey", "army", "Russian foreign minister", "prices of oil"])
    arabic = bundled.encode_passages(["تركيا", "الجيش", "وزير الخارجية الروسي", "أسعار النفط"])
    assert (english @ arabic.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_the_model_and_its_tokenizer_are_under_40_megabytes() -> None:
    assert sum(file.stat().st_size for file in BUNDLED_FOLDER.rglob("*") if file.is_file()) < 40_000_000


def test_the_bundled_encoder_needs_neither_torch_nor_the_hub() -> None:
    code = (
        "import sys; from index.encoders.static import StaticEncoder; StaticEncoder().encode_words(['a']);"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers', 'huggingface_hub')"
        " if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert result.stdout.strip() == "[]"


def test_a_folder_without_a_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"^cannot load the embedding model in '.*'; reinstall Isnad$"):
        StaticEncoder(tmp_path)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model.safetensors", b"not tensors"),
        ("config_sentence_transformers.json", b"{"),
        ("config_sentence_transformers.json", b"{}"),
    ],
)
def test_a_damaged_model_is_a_clear_error(tmp_path: Path, file: str, content: bytes) -> None:
    for path in BUNDLED_FOLDER.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / file).write_bytes(content)
    with pytest.raises(EncoderError, match=r"^cannot load the embedding model in "):
        StaticEncoder(tmp_path)


def test_progress_counts_every_text(bundled: StaticEncoder) -> None:
    done: list[int] = []
    bundled.encode_passages(["text"] * 1100, done.append)
    assert done == [1024, 76]


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled model, which is stored in eight bits a number, as sentence-transformers stores one in sixteen."""
    folder = tmp_path_factory.mktemp("half")
    shutil.copytree(BUNDLED_FOLDER, folder, dirs_exist_ok=True)
    stored = load_file(folder / "model.safetensors")
    rows = stored["embeddings"].astype(np.float32) * stored["weights"][:, None]
    save_file({"embedding.weight": rows.astype(np.float16)}, folder / "model.safetensors")
    (folder / "config.json").unlink()  # with it, model2vec would look for its own tensors
    return folder


def test_sixteen_bits_a_number_have_the_same_directions(bundled: StaticEncoder, half: Path) -> None:
    rows = StaticEncoder(half).encode_passages(TEXTS)
    assert (rows * bundled.encode_passages(TEXTS)).sum(axis=1).min() > 0.99999


@pytest.mark.slow
def test_other_programs_load_sixteen_bits_a_number(half: Path) -> None:
    """As they would: no setting of ours, half precision as stored."""
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

    ours = StaticEncoder(half).encode_passages(TEXTS)
    assert np.abs(SentenceTransformer(str(half), device="cpu").encode(TEXTS) - ours).max() < 2e-3
    assert np.abs(StaticModel.from_pretrained(half).encode(TEXTS) - ours).max() < 2e-3


@pytest.mark.slow
def test_model2vec_and_sentence_transformers_give_the_same_vectors(bundled: StaticEncoder) -> None:
    reference = load_encoder(str(BUNDLED_FOLDER))
    assert np.abs(bundled.encode_passages(TEXTS) - reference.encode_passages(TEXTS)).max() < 1e-5


@pytest.mark.slow
def test_other_programs_load_the_bundled_folder(bundled: StaticEncoder) -> None:
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

    ours = bundled.encode_passages(TEXTS)
    theirs = SentenceTransformer(str(BUNDLED_FOLDER), device="cpu").encode([*TEXTS, ""])
    assert np.abs(theirs[:-1] - ours).max() < 1e-5
    assert not theirs[-1].any()
    assert np.abs(StaticModel.from_pretrained(BUNDLED_FOLDER).encode(TEXTS) - ours).max() < 1e-5
