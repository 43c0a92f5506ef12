"""Copies of one story are known whatever was done to them, and stories written by one pattern are kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.archive.sqlite import article_id
from index.cleaning.clean import clean
from index.followers.resemblance import AT_ODDS, SKETCH, Story, _letters, _words, read_stories, resemblance, same_story
from index.text import fold_text
from index.types import Article, Span, SpanKind

TEXTS = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("قَالَ ةﷺﻻ،١٢ـ\u00a0 \n.1aE’")))

STORY = (
    "On Monday the minister of agriculture Adam Novak said that the price of wheat would rise by a tenth before the "
    "summer, and that the government would buy what the mills of the country cannot store.\n\n"
    "He told reporters in Prague that the farmers had waited long enough for this step, which his party had promised "
    "before the last election and which two of its partners had held up for years.\n\n"
    "The union of farmers welcomed the announcement and called off the strike that was to begin in three provinces.\n"
)
ARABIC = (
    "قال وزير الزراعة آدم نوفاك أمس إن أسعار القمح سترتفع بنسبة عشرة في المئة قبل الصيف المقبل، وإن الحكومة ستشتري كل "
    "ما لا تستطيع مطاحن البلاد تخزينه من المحصول الجديد خلال هذا العام.\n\n"
    "وأضاف في حديث إلى الصحفيين في العاصمة أن المزارعين انتظروا هذه الخطوة طويلا، وأن حزبه وعد بها قبل الانتخابات "
    "الأخيرة، بينما أخرها شريكان له في الحكم عدة سنوات متتالية.\n\n"
    "ورحب اتحاد المزارعين بالإعلان وألغى الإضراب الذي كان مقررا أن يبدأ في ثلاث محافظات.\n"
)
VERDICT = (
    "أصدرت وزارة الداخلية اليوم بيانا بشأن تنفيذ حكم القتل في أحد الجناة، وفيما يلي نص البيان: أقدم {0} بن {1} على قتل "
    "{2} بن {3} وذلك بإطلاق النار عليه من مسدس إثر مشاجرة حدثت بينهما، وبفضل من الله تمكنت سلطات الأمن من القبض على "
    "{0} بن {1} وأسفر التحقيق معه عن توجيه الاتهام إليه بارتكاب جريمته، وصدر بحق {0} صك يقضي بثبوت ما نسب إليه، وقد تم "
    "تنفيذ حكم القتل بالجاني {0} بن {1} اليوم، ووزارة الداخلية إذ تعلن ذلك لتؤكد للجميع حرص الحكومة على استتباب الأمن."
)


def _article(text: str, published: date | None = None) -> Article:
    return Article(article_id(text), "a.txt", text, "en", published=published, spans=clean(text).spans)


def _story(article: Article) -> Story:
    (story,) = read_stories([article])
    return story


def _same(one: str, other: str) -> bool:
    first, second = _story(_article(one)), _story(_article(other))
    assert same_story(first, second) is same_story(second, first)
    return same_story(first, second)


@pytest.mark.parametrize("story", [STORY, ARABIC])
def test_a_story_is_known_under_another_headline_dateline_or_agency_and_cut_by_a_paragraph(story: str) -> None:
    first, *rest = story.split("\n\n")
    for copy in (
        "A headline of its own\n\n" + story,
        "PRAGUE (Reuters) - " + story,
        "موسكو – سانا\n\n" + story,
        "\n\n".join([first, *rest[:-1]]),
        story.replace("minister of agriculture", "agriculture minister").replace("وأضاف", "وتابع"),
        fold_text(story),
    ):
        assert _same(story, copy)


def test_one_pattern_filled_with_other_names_is_another_story() -> None:
    one = VERDICT.format("سعد", "علي", "طلال", "أحمد")
    other = VERDICT.format("مفرح", "سلمان", "بدر", "حسن")
    assert not _same(one, other.replace("مسدس", "سلاح"))
    assert resemblance(_story(_article(STORY)), _story(_article(ARABIC))) == 0
    assert not _same(one, STORY)


def test_one_pattern_filled_with_other_figures_is_another_story() -> None:
    text = STORY.replace("a tenth", "{} percent").replace("three provinces", "{} of {} provinces")
    assert not _same(text.format(10, 3, 14), text.format(12, 5, 13))
    assert _same(text.format(10, 3, 14), text.format(10, 3, 13))
    assert AT_ODDS == 3


def test_what_returns_after_more_than_a_week_is_another_story() -> None:
    days = [date(2020, 2, 1), date(2020, 2, 8), date(2020, 2, 9), None]
    first, *others = [_story(_article(STORY, day)) for day in days]
    assert [same_story(first, other) for other in others] == [True, False, True]


def test_what_is_too_short_is_like_nothing() -> None:
    short = _story(_article("Qtly div 18 cts vs 18 cts prior. Pay May 1. Record April 10."))
    assert (short.sketch, resemblance(short, short), same_story(short, short)) == ([], 0, False)
    assert len(_story(_article(STORY)).sketch) == SKETCH


def test_marked_runs_are_not_compared() -> None:
    tail = " ".join(f"boilerplate{number}" for number in range(200))
    marked = (Span(len(STORY), len(STORY) + len(tail), SpanKind.BOILERPLATE),)
    article = replace(_article(STORY + tail), spans=marked)
    assert _story(article).words.tolist() == _story(replace(_article(STORY), spans=())).words.tolist()


@given(TEXTS)
def test_words_are_those_of_the_folded_text_and_odd_where_they_begin_with_a_digit(text: str) -> None:
    words = "".join(sign if sign.isalnum() else " " for sign in fold_text(text)).split()
    assert "".join(map(chr, _letters(text).tolist())).split() == words
    other, found = _words(["other words", text])
    assert other.tolist() == _words(["other words"])[0].tolist()
    numbers = found.tolist()
    assert len(numbers) == len(words)
    named = dict(zip(words, numbers, strict=True))
    assert [named[word] for word in words] == numbers
    assert [number & 1 for number in numbers] == [word[0] in "0123456789" for word in words]


@given(st.lists(st.integers(0, 40), min_size=60, max_size=200), st.integers(0, 2**32 - 1))
def test_a_story_is_the_same_as_itself(words: list[int], seed: int) -> None:
    story = Story.of(np.array(words, np.uint32) * 2 ^ np.uint32(seed), None)
    assert not story.sketch or (resemblance(story, story), same_story(story, story)) == (1, True)
    assert sorted(set(story.shingles.tolist())) == story.shingles.tolist()
