"""Made-up corpora in the formats that a training reads: seven words, their translations, and texts of them."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

WORDS = {"car": "سيارة", "house": "بيت", "king": "ملك", "war": "حرب", "peace": "سلام", "bread": "خبز", "sea": "بحر"}
ROWS = 200


def make_corpora(folder: Path) -> tuple[Path, Path]:
    """Write all the files that a training reads into a folder; returns those of the corpora and of the archives.

    The sentences, questions and half of the terms are of a dataset that may be used, the rest of one that may not.
    """
    corpora, archives = folder / "corpora", folder / "archives"
    corpora.mkdir()
    archives.mkdir()
    draws = random.Random(0)
    drawn = [draws.sample(list(WORDS.items()), 4) for _ in range(ROWS)]
    parallel = [(" ".join(pair[0] for pair in row), " ".join(pair[1] for pair in row)) for row in drawn]
    terms = list(WORDS.items())
    write_tables(
        corpora,
        {
            "sentences": [(*row, "tatoeba-challenge") for row in parallel],
            "terms": [(english, arabic, "muse" if at > 3 else "omw-arb") for at, (english, arabic) in enumerate(terms)],
            "names": [("Sami", "سامي", "anetac"), ("Samira", "سميرة", "wd-names")],
            "qa-ar": [(arabic, f"{arabic} {arabic}. " * 3, "arcd-train") for _, arabic in parallel],
            "qa-en": [(english, f"{english} {english}. " * 3, "tydiqa-en-train") for english, _ in parallel],
        },
    )
    for name, column in (("saudinewsnet", 1), ("antcorpus", 1), ("reuters21578", 0)):
        articles = [
            {"title": row[column], "text": f"{row[column]} {row[column]}. " * 4 + f"{row[column]}."} for row in parallel
        ]
        articles += [{"title": "", "text": parallel[0][column]}, {"title": "no text", "text": ""}]
        with lzma.open(archives / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
    return corpora, archives


def write_tables(corpora: Path, tables: dict[str, list[tuple[str, ...]]]) -> None:
    """Write tables of pairs, by name."""
    for name, rows in tables.items():
        with lzma.open(corpora / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
            file.writelines("\t".join(row) + "\n" for row in rows)
