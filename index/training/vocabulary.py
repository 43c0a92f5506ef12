"""The vocabulary, learnt from the prepared rows, and the rows as its token numbers."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from tqdm import tqdm

from index.errors import TrainingError
from index.text import detect_language
from index.training.late import Lexicon
from index.training.prepare import read_prepared
from index.training.recipe import LATE_SOURCES, Recipe
from index.training.tokenizer import UNKNOWN, train_tokenizer
from index.training.tokens import save, tokenize
from index.training.work import Work, digest, replace_text

logger = logging.getLogger(__name__)

PARALLEL = ("sentences", "terms", "names")
ARABIC_NEWS = 4  # every so manieth Arabic article: that balances the English, and keeps the learning short


def learn_vocabulary(work: Work, recipe: Recipe, given: Path | None) -> dict[str, Any]:
    """Write `tokenizer.json`, learnt or as given, the tokens of all rows and the words of some; returns the figures.

    Learning is not the same twice: the trainer of unigram models sums and sorts in the order of hash tables that are
    seeded anew in every process. Raises TrainingError where the given file is no tokenizer.
    """
    if given:
        tokenizer = _read_tokenizer(given)
    else:
        tokenizer = train_tokenizer(tqdm(_texts(work), desc="read", mininterval=5), recipe.vocabulary)
    logger.info("vocabulary of %d pieces", tokenizer.get_vocab_size())
    content = given.read_text(encoding="utf-8") if given else tokenizer.to_str()
    replace_text(work.tokenizer, content)
    for folder in (work.tokens, work.words):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    lexicon = Lexicon.from_tokenizer(tokenizer)
    counts = {}
    for name in tqdm(recipe.sources, desc="tokenize"):
        rows = list(read_prepared(work.rows / f"{name}.tsv"))
        left, right = (tokenize(tokenizer, [row[side] for row in rows], recipe.longest) for side in (0, 1))
        save(work.tokens / f"{name}.npz", left, right)
        counts[name] = len(left.ids) + len(right.ids)
        if name in LATE_SOURCES:
            save(work.words / f"{name}.npz", *(lexicon.number([row[side] for row in rows]) for side in (0, 1)))
    save(work.lexicon, lexicon.subwords())
    return {
        "digest": digest(content.encode()),
        "pieces": tokenizer.get_vocab_size(),
        "tokens": counts,
        "words": len(lexicon.numbers),
    }


def _read_tokenizer(file: Path) -> Tokenizer:
    # Looked at first: the library's error is a bare Exception.
    try:
        content = file.read_text(encoding="utf-8")
        settings = json.loads(content)
        known = settings["model"]["type"], [token["content"] for token in settings["added_tokens"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"'{file}' is no tokenizer.json ({error!r}); give another --tokenizer") from error
    if known != ("Unigram", [UNKNOWN]):
        raise TrainingError(f"'{file}' is no unigram vocabulary with the one special token {UNKNOWN}; learn one")
    return Tokenizer.from_str(content)


def _texts(work: Work) -> Iterator[str]:
    """Yield the texts that the vocabulary is learnt from: both sides of the parallel rows, and articles."""
    for name in PARALLEL:
        for row in read_prepared(work.rows / f"{name}.tsv"):
            yield from (row.left, row.right)
    arabic = 0
    for row in read_prepared(work.rows / "headlines.tsv"):
        if detect_language(row.right) == "ar":
            arabic += 1
            if arabic % ARABIC_NEWS:
                continue
        yield row.right
