"""The words said, without the speaker and the verb, and what an article states beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.speech.circumstances import role_of
from assistant.speech.statements import find_statements
from index.statement import Stance
from tests.librarian import article

WEISS = "Hal Weiss, chairman, of Rocky Co"
Told = tuple[str, Stance, bool, str]


def told(text: str) -> list[Told]:
    """Who says what in a text: speaker, stance, whether it is a quotation, the words."""
    return [
        (said.speaker, said.stance, said.direct, text[slice(*said.words)])
        for said in find_statements(article("a.txt", text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lavrov said that talks went on.", ("Lavrov", Stance.SAID, False, "talks went on")),
        ("Lavrov said on Monday the talks went on.", ("Lavrov", Stance.SAID, False, "the talks went on")),
        ("In a speech, Lavrov said talks went on.", ("Lavrov", Stance.SAID, False, "talks went on")),
        ("Lavrov said in a statement it would pull out.", ("Lavrov", Stance.SAID, False, "it would pull out")),
        ("Lavrov told reporters in Moscow that talks went on.", ("Lavrov", Stance.SAID, False, "talks went on")),
        ("Lavrov told a news conference the talks went on.", ("Lavrov", Stance.SAID, False, "the talks went on")),
        ("“We will go on,” Lavrov told reporters.", ("Lavrov", Stance.SAID, True, "We will go on")),
        ("Talks went on until midnight, Lavrov said.", ("Lavrov", Stance.SAID, False, "Talks went on until midnight")),
        ("Talks went on for days, analysts said.", ("analysts", Stance.SAID, False, "Talks went on for days")),
        ("Talks went on for days, according to Lavrov.", ("Lavrov", Stance.SAID, False, "Talks went on for days")),
        ("Lavrov denied that talks had failed.", ("Lavrov", Stance.DENIED, False, "talks had failed")),
        ("Lavrov accused Turkey of delay.", ("Lavrov", Stance.ACCUSED, False, "Turkey of delay")),
        ("Lavrov called for a ceasefire.", ("Lavrov", Stance.SAID, False, "a ceasefire")),
        ("Lavrov warned of a long war.", ("Lavrov", Stance.WARNED, False, "a long war")),
        ("Hal Weiss, chairman, of Rocky Co, said sales fell.", (WEISS, Stance.SAID, False, "sales fell")),
        ("Officials, who asked not to be named, said sales fell.", ("Officials", Stance.SAID, False, "sales fell")),
        ("The company reported a loss for the year.", None),
        ("قال لافروف إن الحوار مستمر.", ("لافروف", Stance.SAID, False, "الحوار مستمر")),
        ("قال لافروف في تصريح صحفي أمس إن الحوار مستمر.", ("لافروف", Stance.SAID, False, "الحوار مستمر")),
        ("وقال لافروف: «سنواصل الحوار».", ("لافروف", Stance.SAID, True, "سنواصل الحوار")),
        ("أكد لافروف ضرورة الحوار.", ("لافروف", Stance.STRESSED, False, "ضرورة الحوار")),
        ("أكد لـ«الحياة» وزير الخارجية أن الحوار مستمر.", ("وزير الخارجية", Stance.STRESSED, False, "الحوار مستمر")),
        ("شدد لافروف، الأربعاء، على ضرورة الحوار.", ("لافروف", Stance.STRESSED, False, "ضرورة الحوار")),
        ("أعرب لافروف عن قلقه من التصعيد.", ("لافروف", Stance.SAID, False, "قلقه من التصعيد")),
        ("نفى لافروف وجود أي صفقة.", ("لافروف", Stance.DENIED, False, "وجود أي صفقة")),
        ("دعا لافروف أنقرة إلى وقف القصف.", ("لافروف", Stance.DEMANDED, False, "أنقرة إلى وقف القصف")),
        ("اتهمت موسكو أنقرة بالمماطلة.", ("موسكو", Stance.ACCUSED, False, "أنقرة بالمماطلة")),
        ("رحب لافروف بالاتفاق الجديد.", ("لافروف", Stance.PRAISED, False, "بالاتفاق الجديد")),
        ("توقف القصف فجر اليوم بحسب بيسكوف.", ("بيسكوف", Stance.SAID, False, "توقف القصف فجر اليوم")),
        ("ووفقا للمتحدث باسم الكرملين، فإن القصف توقف.", ("المتحدث باسم الكرملين", Stance.SAID, False, "القصف توقف")),
        ("توقف القصف فجر اليوم، حسبما ذكر المرصد.", ("المرصد", Stance.SAID, False, "توقف القصف فجر اليوم")),
        ("وجاء في بيان الرئاسة أن القصف توقف.", ("بيان الرئاسة", Stance.SAID, False, "القصف توقف")),
        ("سارت الأعمال حسب الخطة الموضوعة.", None),
        ("لفت اللاعب الأنظار في المباراة.", None),
    ],
)  # fmt: skip
def test_the_words_said_stand_without_speaker_and_verb(text: str, expected: Told | None) -> None:
    assert told(text) == ([expected] if expected else told(text)[:0])


def test_a_quotation_that_its_verb_interrupts_is_two_runs() -> None:
    assert [words for *_, words in told('"We will go," Lavrov said, "and stay there."')] == [
        "We will go",
        "and stay there",
    ]


def test_a_participle_goes_on_with_what_the_speaker_says() -> None:
    assert told("قال لافروف إن الحوار مستمر، مؤكدا أن الاتفاق قائم ومحذرا من التصعيد.") == [
        ("لافروف", Stance.SAID, False, "الحوار مستمر"),
        ("لافروف", Stance.STRESSED, False, "الاتفاق قائم"),
        ("لافروف", Stance.WARNED, False, "التصعيد"),
    ]
    assert told("Lavrov said talks went on, adding that Turkey was late.") == [
        ("Lavrov", Stance.SAID, False, "talks went on"),
        ("Lavrov", Stance.SAID, False, "Turkey was late"),
    ]


def test_a_quotation_without_a_verb_goes_on_only_after_a_statement() -> None:
    assert told("“We stay,” Lavrov said. “We never leave.” The talks ended. “Quiet Nights” is a song.") == [
        ("Lavrov", Stance.SAID, True, "We stay"),
        ("Lavrov", Stance.SAID, True, "We never leave"),
    ]


def test_what_is_expected_below_a_verb_of_saying_is_the_same_speakers() -> None:
    assert told("Lavrov said he expects the talks to go on.") == [
        ("Lavrov", Stance.SAID, False, "he expects the talks to go on"),
        ("Lavrov", Stance.EXPECTED, False, "the talks to go on"),
    ]


@pytest.mark.parametrize(
    ("mentions", "role"),
    [
        (["Russian Foreign Minister Sergei Lavrov", "Lavrov"], "Russian Foreign Minister"),
        (["Lavrov", "the foreign minister"], "the foreign minister"),
        (["وزير الخارجية الروسي سيرغي لافروف", "الوزير"], "وزير الخارجية الروسي"),
        (["سيرغي لافروف، وزير الخارجية"], "وزير الخارجية"),
        (["a bank official"], None),
        (["الكرملين"], None),
        (["Lavrov"], None),
    ],
)
def test_the_office_is_what_stands_beside_a_name(mentions: list[str], role: str | None) -> None:
    assert role_of(mentions) == role


@pytest.mark.parametrize(
    ("text", "addressee", "said_on"),
    [
        ("Lavrov told reporters on Monday that talks went on.", "reporters", date(2020, 2, 17)),
        ("Lavrov said to Reuters that talks went on.", "Reuters", None),
        ("On 3 May 2019, Lavrov said talks went on.", None, date(2019, 5, 3)),
        ("Lavrov said talks went on until 3 May 2019.", None, None),
        ("قال لافروف أمس إن الحوار مستمر.", None, date(2020, 2, 18)),
        ("قال لافروف للصحفيين إن الحوار مستمر.", "للصحفيين", None),
        ("قال لافروف لوكالة الأناضول إن الحوار مستمر.", "لوكالة الأناضول", None),
    ],
)
def test_whom_and_when_are_what_the_sentence_states(text: str, addressee: str | None, said_on: date | None) -> None:
    """2020-02-19 was a Wednesday."""
    (said,) = find_statements(replace(article("a.txt", text), published=date(2020, 2, 19)))
    assert (text[slice(*said.addressee)] if said.addressee else None, said.said_on) == (addressee, said_on)


def test_without_a_date_of_its_own_an_article_has_no_yesterday() -> None:
    (said,) = find_statements(article("a.txt", "قال لافروف أمس إن الحوار مستمر."))
    assert said.said_on is None
