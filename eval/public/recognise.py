"""Which of the sets that are to be run are public ones, by what is in them, and what each is asked of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.lines import read_text
from eval.public.bitext import read_bitext
from eval.public.collection import Collection
from eval.public.judged import is_beir, read_beir, read_trec
from eval.public.squad import read_squad, shares_questions, to_collection
from index.errors import QuestionSetError


def is_public(path: Path) -> bool:
    """Whether a set is a folder, or a file that is not JSON lines of questions."""
    if path.is_dir():
        return True
    if path.suffix == ".jsonl" or not path.is_file():
        return False
    lines = read_text(path).lstrip().splitlines()
    try:
        first = json.loads(lines[0]) if lines else {}
    except ValueError:
        return True
    return not isinstance(first, dict) or "data" in first


def read_public(sets: Sequence[Path], passages: Sequence[Path], qrels: Path | None) -> Iterator[Collection]:
    """Yield what public sets come to: one collection for all the questions that are asked of the same articles.

    A folder is BEIR's. Files are TREC's topics where there are `qrels`, in SQuAD's format where they begin as JSON
    does, and else sentences line by line. `passages` are the files that hold what is searched; without them, questions
    in SQuAD's format are asked of every file that has them, by their ids, and sentences are looked up in every other
    file of sentences.

    Raises:
        QuestionSetError: A file cannot be read, or is in none of the formats, or there is nothing to be searched or
            asked.
    """
    for collection in _collections(sets, passages, qrels):
        if not collection.questions:
            names = " and ".join(f"'{path}'" for path in sets)
            raise QuestionSetError(
                f"{names} hold no question in Arabic or English that has gold; is it the right file?"
            )
        yield collection


def _collections(sets: Sequence[Path], passages: Sequence[Path], qrels: Path | None) -> Iterator[Collection]:
    files = [path for path in sets if not path.is_dir()]
    for folder in sets:
        if folder.is_dir():
            if not is_beir(folder):
                raise QuestionSetError(f"'{folder}' is a folder without corpus.jsonl, by which BEIR's sets are known")
            yield read_beir(folder)
    if qrels is not None:
        if len(files) != 1 or len(passages) != 1:
            raise QuestionSetError("--qrels needs one file of topics, and with --passages one of documents")
        yield read_trec(files[0], qrels, passages[0])
        return
    marked = {path: read_text(path).lstrip().startswith("{") for path in dict.fromkeys([*files, *passages])}
    yield from _squads([path for path in files if marked[path]], [path for path in passages if marked[path]])
    yield from _bitexts([path for path in files if not marked[path]], [path for path in passages if not marked[path]])


def _squads(files: Sequence[Path], passages: Sequence[Path]) -> Iterator[Collection]:
    squads = {path: read_squad(path) for path in dict.fromkeys([*files, *passages])}
    for path in passages or files:
        searched = squads[path]
        asking = [squads[file] for file in files if shares_questions(squads[file], searched)]
        if not asking:
            raise QuestionSetError(f"'{path}' has none of the questions that are asked; are their ids the same?")
        yield to_collection(asking, searched)


def _bitexts(files: Sequence[Path], passages: Sequence[Path]) -> Iterator[Collection]:
    for path in passages or files:
        asking = [file for file in files if file != path]
        if not asking:
            raise QuestionSetError(
                f"'{path}' is neither a question set nor in SQuAD's format; name the translations of its lines, too"
            )
        yield read_bitext(asking, path)
