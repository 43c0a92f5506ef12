"""Made-up test sets in the published formats, of two sentences that any bilingual model tells apart."""

from __future__ import annotations

import json
import lzma
from itertools import product
from pathlib import Path

PARAGRAPHS = {
    "ar": ["القمح ينمو في السهل.", "الملك يعيش في قلعة."],
    "en": ["Wheat grows on the plain.", "The king lives in a castle."],
}
QUESTIONS = {
    "ar": [["أين ينمو القمح؟"], ["أين يعيش الملك؟", "من يعيش في قلعة؟"]],
    "en": [["Where does wheat grow?"], ["Where does the king live?", "Who lives in a castle?"]],
}


def make_sets(folder: Path) -> Path:
    """Write them into a folder; returns the folder."""
    for name in ("xquad", "ntrex", "tatoeba", "sts17", "tico19"):
        (folder / name).mkdir()
    for language in ("ar", "en"):
        paragraphs = [
            {
                "context": context,
                "qas": [
                    {"id": f"{place}-{number}", "question": question, "answers": [_last_word(context)]}
                    for number, question in enumerate(questions)
                ],
            }
            for place, (context, questions) in enumerate(zip(PARAGRAPHS[language], QUESTIONS[language], strict=True))
        ]
        published = {"data": [{"paragraphs": paragraphs[:1]}, {"paragraphs": paragraphs[1:]}]}
        (folder / "xquad" / f"xquad.{language}.json").write_text(json.dumps(published), encoding="utf-8")
        for bitext in ("ntrex/newstest2019", "tatoeba/tatoeba"):
            lines = "".join(f"{line}\n" for line in PARAGRAPHS[language])
            (folder / f"{bitext}.{language}.txt").write_text(lines, encoding="utf-8")
    pairs = "".join(f"{english}\t{arabic}\n" for arabic, english in zip(*PARAGRAPHS.values(), strict=True))
    (folder / "tico19" / "pairs.tsv").write_text(pairs, encoding="utf-8")
    rows = "5.0\tking\tking\n2.5\tking\twheat\n0.0\tking\tthirty\n"
    for languages in ("ar-ar", "ar-en", "en-en"):
        (folder / "sts17" / f"{languages}.tsv").write_text(rows, encoding="utf-8")
    return folder


def _last_word(context: str) -> dict[str, object]:
    """The answer that a made-up paragraph gives to its questions."""
    word = context.removesuffix(".").split()[-1]
    return {"text": word, "answer_start": context.index(word)}


def make_names(folder: Path) -> Path:
    """Write more than 20,000 names that no list of names holds, "aaaa aaaa" and on, into a folder; returns it."""
    pairs = zip(product("bdfgkmnrstwz", repeat=4), product("بدفجكمنرستوز", repeat=4), strict=True)
    with lzma.open(folder / "names.tsv.xz", "wt", preset=0, encoding="utf-8") as file:
        file.writelines(f"{''.join(english)}\t{''.join(arabic)}\tmade-up\n" for english, arabic in pairs)
    return folder
