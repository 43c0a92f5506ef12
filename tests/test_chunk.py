"""Passages are exact runs of whole sentences of the article's own words, about 120 words each."""

from __future__ import annotations

import json
import lzma
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunk import BRIDGED, LONGEST_SENTENCE, TARGET_WORDS, body_sentences, chunk
from index.cleaning.clean import clean
from index.types import Article, Passage, Span, SpanKind

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("0*.txt"))


def article(text: str, *spans: Span, cleaned: bool = False) -> Article:
    return Article("id", "path", text, "ar", spans=clean(text).spans if cleaned else spans)


def numbered(sentences: int, words: int = 10) -> str:
    """Sentences of so many words, each ending with its number."""
    return " ".join(f"{'كلمة ' * (words - 1)}رقم{number}." for number in range(sentences))


def test_a_short_article_is_one_passage_without_the_space_around_it() -> None:
    text = "\n  قال لافروف كذا. وقال كذا؟\u00a0\n"
    assert [text[start:end] for start, end in chunk(article(text))] == ["قال لافروف كذا. وقال كذا؟"]


@pytest.mark.parametrize("text", ["", " \n\u00a0", "*** … 🙂"])
def test_a_text_without_words_has_no_passages(text: str) -> None:
    assert chunk(article(text)) == []


def test_a_passage_ends_with_the_sentence_that_reaches_120_words_and_that_sentence_begins_the_next() -> None:
    text = numbered(30)
    passages = [text[start:end] for start, end in chunk(article(text))]
    ends = [[word for word in passage.split() if word.startswith("رقم")] for passage in passages]
    assert [(first, last) for first, *_, last in ends] == [
        ("رقم0.", "رقم11."),
        ("رقم11.", "رقم22."),
        ("رقم22.", "رقم29."),
    ]
    assert [len(passage.split()) for passage in passages] == [120, 120, 80]


def test_what_only_repeats_the_end_of_a_passage_is_no_passage() -> None:
    text = numbered(12)
    assert chunk(article(text)) == [(0, len(text))]


def test_a_sentence_without_an_end_is_cut_between_words() -> None:
    text = "كلمة " * 700 + "آخر"
    passages = [text[start:end] for start, end in chunk(article(text))]
    assert [len(passage.split()) for passage in passages] == [LONGEST_SENTENCE, LONGEST_SENTENCE, 221]
    assert " ".join(passages) == text


def test_a_long_marked_run_parts_passages_and_a_short_one_is_bridged() -> None:
    before, after = "قال لافروف كذا.", "وأضاف كذا."
    for length, joined in ((BRIDGED - 10, True), (BRIDGED + 10, False)):
        run = "ا" * length
        text = f"{before}\n{run}\n{after}"
        start = text.index(run)
        spans = Span(start, start + length, SpanKind.BOILERPLATE)
        passages = [text[first:last] for first, last in chunk(article(text, spans))]
        assert passages == ([text] if joined else [before, after])


def test_the_body_is_the_title_as_one_sentence_and_all_but_the_other_spans() -> None:
    text = "Putin speaks. Erdogan answers\nMOSCOW (Reuters) - He spoke. He left.\nShare"
    spans = (Span(0, 29, SpanKind.TITLE), Span(30, 48, SpanKind.DATELINE), Span(68, 73, SpanKind.BOILERPLATE))
    assert [text[start:end] for start, end in body_sentences(article(text, *spans))] == [
        "Putin speaks. Erdogan answers",
        "He spoke.",
        "He left.",
    ]


def test_no_passage_of_the_seed_articles_holds_a_repeat_or_another_story() -> None:
    for path in SEEDS:
        page = article(path.read_bytes().decode("utf-8"), cleaned=True)
        passages = [Passage(page, start, end).text for start, end in chunk(page)]
        assert all(len(passage.split()) <= TARGET_WORDS + 80 for passage in passages), path.name
        for span in page.spans:
            if span.kind is not SpanKind.TITLE and span.end - span.start > BRIDGED:
                assert not any(page.text[span.start : span.end] in passage for passage in passages[1:])
        assert not any("مملوك" in passage or "VK" in passage or "SHARE" in passage for passage in passages)


TEXTS = st.lists(
    st.sampled_from(
        [
            "كَلِمة",
            "ﷺ",
            "سوريـــا",
            "Lavrov",
            "said.",
            "نعم؟",
            "“لا.",
            "نعم”",
            "\u00a0",
            "\n",
            "\n\n",
            "👨‍👩‍👧",
            "12.04.2017",
            "\u200f",
        ]
    ),
    max_size=400,
).map(" ".join)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 1500), st.integers(1, 200), st.sampled_from(SpanKind)), max_size=3))
def test_passages_are_exact_in_order_and_hold_every_sentence_of_the_body(
    text: str, marks: list[tuple[int, int, SpanKind]]
) -> None:
    spans: list[Span] = []
    for start, length, kind in sorted(marks):
        start = max(start, spans[-1].end if spans else 0)
        if start + length <= len(text) and text[start : start + length].strip():
            spans.append(Span(start, start + length, kind))
    page = article(text, *spans)
    passages, body = chunk(page), body_sentences(page)
    starts, ends = {start for start, _ in body}, {end for _, end in body}
    assert all(start in starts and end in ends and Passage(page, start, end).text for start, end in passages)
    assert all(
        first < second and first_end < second_end for (first, first_end), (second, second_end) in pairwise(passages)
    )
    for start, end in body:
        assert any(first <= start and end <= last for first, last in passages)
    for first, last in passages:
        inner = [span for span in body if first <= span[0] and span[1] <= last]
        assert all(second[0] - previous[1] <= BRIDGED for previous, second in pairwise(inner))
        assert sum(len(text[start:end].split()) for start, end in inner[:-1]) < TARGET_WORDS


def test_passages_of_a_real_archive_are_of_about_120_words(shared: Path) -> None:
    counts: list[int] = []
    with lzma.open(shared / "archives" / "saudinewsnet.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, 4000, 20):
            page = article(json.loads(line)["text"], cleaned=True)
            counts += [len(Passage(page, start, end).text.split()) for start, end in chunk(page)]
    assert 100 <= sorted(counts)[len(counts) // 2] <= 150
    assert max(counts) < TARGET_WORDS + LONGEST_SENTENCE
