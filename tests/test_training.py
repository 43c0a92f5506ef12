"""The training of the bundled model, on rows small enough to read and, marked slow, on the real ones."""

from __future__ import annotations

import csv
import json
import lzma
import random
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.encode import StaticEncoder
from index.training.__main__ import main
from index.training.prepare import prepare
from index.training.pseudo import Dictionary, pseudo_parallel
from index.training.tokenizer import normalizer, train_tokenizer


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("مُؤَسَّسَة", "موسسه"),
        ("أإآٱا", "ااااا"),
        ("على شئ", "علي شي"),
        ("العـــربية", "العربيه"),
        ("کی", "كي"),
        ("٢٠٢٤ ۲۰۲۴", "2024 2024"),
        ("ﻻ", "لا"),
        ("Café ÉTÉ", "cafe ete"),
        ("a\u200bb\u202ec", "abc"),
    ],
)
def test_spellings_of_one_word_are_folded_into_one(text: str, folded: str) -> None:
    assert normalizer().normalize_str(text) == folded


def test_no_piece_crosses_from_letters_to_digits_or_punctuation() -> None:
    tokenizer = train_tokenizer(["abc123, abc123, abc123 قال123! قال123!"] * 20, vocabulary=60)
    encoding = tokenizer.encode("abc123,قال")
    spans = [encoding.offsets[at] for at in range(len(encoding.ids))]
    borders = {3, 6, 7}
    assert not [span for span in spans if any(span[0] < border < span[1] for border in borders)]


DICTIONARY = Dictionary.from_rows(
    terms=[["car", "سيارة", "muse"], ["big", "كبير", "muse"], ["large", "كبير", "x"], ["try", "حاول", "x"]],
    names=[["Sami", "سامي"], ["Big", "كبير"], ["New York", "نيويورك"]],
    seed=0,
)


def test_a_dictionary_trusts_some_sources_more_and_takes_names_only_where_terms_are_silent() -> None:
    assert DICTIONARY.to_english == {
        "سياره": Counter({"car": 4}),
        "كبير": Counter({"big": 4, "large": 1}),
        "حاول": Counter({"try": 1}),
        "سامي": Counter({"sami": 1}),
    }
    assert DICTIONARY.to_arabic["big"] == Counter({"كبير": 4})


@pytest.mark.parametrize(
    ("word", "translation"), [("سياره", "car"), ("والسيارات", "car"), ("وسامي", "sami"), ("غريب", None)]
)
def test_an_arabic_word_is_found_behind_its_affixes(word: str, translation: str | None) -> None:
    assert DICTIONARY.english(word) == translation


@pytest.mark.parametrize(("word", "translation"), [("cars", "سياره"), ("tries", "حاول"), ("strange", None)])
def test_an_english_word_is_found_behind_its_ending(word: str, translation: str | None) -> None:
    assert DICTIONARY.arabic(word) == translation


def test_pseudo_parallel_text_replaces_words_and_keeps_numbers() -> None:
    arabic = ["السيارة سامي، ١٢ كبير حاول سامي سامي سامي وغريب", "سيارة واحدة"]
    english = ["Cars try Sami: 12 cars, cars cars strange cars try"]
    ((first, rendered), (second, back)) = pseudo_parallel(DICTIONARY, arabic, english, seed=0)
    assert first == arabic[0]
    assert rendered in {f"car sami 12 {size} try sami sami sami" for size in ("big", "large")}
    assert second == english[0]
    assert back == "سياره حاول سامي 12 سياره سياره سياره سياره حاول"


def write_corpora(folder: Path) -> tuple[Path, Path]:
    """Write all the files that a training reads, a few made-up rows each."""
    corpora, archives = folder / "corpora", folder / "archives"
    corpora.mkdir()
    archives.mkdir()
    words = {"car": "سيارة", "house": "بيت", "king": "ملك", "war": "حرب", "peace": "سلام", "bread": "خبز", "sea": "بحر"}
    draws = random.Random(0)
    sentences = [draws.sample(list(words.items()), 4) for _ in range(200)]
    parallel = [[" ".join(pair[0] for pair in row), " ".join(pair[1] for pair in row), "x"] for row in sentences]
    tables = {
        "sentences": parallel,
        "terms": [[english, arabic, "muse"] for english, arabic in words.items()],
        "names": [["Sami", "سامي", "x"]],
        "qa-ar": [[arabic, f"{arabic} {arabic}", "x"] for _, arabic, _ in parallel],
        "qa-en": [[english, f"{english} {english}", "x"] for english, _, _ in parallel],
    }
    for name, rows in tables.items():
        with lzma.open(corpora / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
            csv.writer(file, delimiter="\t", lineterminator="\n").writerows(rows)
    for name, column in (("saudinewsnet", 1), ("antcorpus", 1), ("reuters21578", 0)):
        articles = [{"title": row[column], "text": f"{row[column]} " * 3} for row in parallel]
        articles.append({"title": "", "text": parallel[0][column]})
        with lzma.open(archives / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
    return corpora, archives


def test_prepared_sources_hold_every_row_and_leave_out_articles_without_a_headline(tmp_path: Path) -> None:
    sources = {source.name: source for source in prepare(*write_corpora(tmp_path), seed=0)}
    assert {name: len(source.pairs) for name, source in sources.items()} == {
        "sentences": 200,
        "terms": 7,
        "names": 1,
        "questions": 400,
        "pseudo": 200 + 400,
        "headlines": 600,
    }
    assert sum(source.share for source in sources.values()) == pytest.approx(13)


@pytest.mark.slow
def test_one_command_trains_a_model_that_matches_translations(tmp_path: Path) -> None:
    corpora, archives = write_corpora(tmp_path)
    options = [
        "--corpora",
        str(corpora),
        "--archives",
        str(archives),
        "--out",
        str(tmp_path / "model"),
        "--steps",
        "60",
    ]
    result = CliRunner().invoke(main, [*options, "--name", "small"], catch_exceptions=False)
    assert result.exit_code == 0
    encoder = StaticEncoder(tmp_path / "model")
    assert encoder.name == "small"
    english, arabic = ["car", "bread", "sea", "king"], ["سيارة", "خبز", "بحر", "ملك"]
    cosines = encoder.encode_passages(english) @ encoder.encode_passages(arabic).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2, 3]
    figures = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    assert figures["recipe"]["steps"] == 60
    assert figures["pairs"]["sentences"] == 200


FEWEST_WORDS = 3  # shorter texts are what anyone says: "Oh, no." stands in Tatoeba and among the rows


@pytest.mark.slow
@pytest.mark.timeout(1200)  # folds all texts of the corpora and archives
def test_no_prepared_row_is_in_a_public_test_set(shared: Path) -> None:
    fold = normalizer().normalize_str
    benchmarks = shared / "benchmarks"
    held_out = {line for path in benchmarks.rglob("*.txt") for line in path.read_text(encoding="utf-8").splitlines()}
    for path in benchmarks.rglob("*.tsv"):
        held_out.update(cell for line in path.read_text(encoding="utf-8").splitlines() for cell in line.split("\t"))
    for path in benchmarks.rglob("*.json"):
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                held_out.add(paragraph["context"])
                held_out.update(question["question"] for question in paragraph["qas"])
    folded = {fold(text) for text in held_out if len(text.split()) >= FEWEST_WORDS}
    found = [
        (source.name, text)
        for source in prepare(shared / "corpora", shared / "archives", seed=0)
        for pair in source.pairs
        for text in pair
        if fold(text) in folded
    ]
    assert found == []
