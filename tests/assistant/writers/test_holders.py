"""Who holds an office, and who speaks, under every name of the office, the body or the country."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant, open_assistant
from tests.parts.archives import asked, fill, write


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who is the Turkish president's spokesman?", [["ابراهيم كالن"]]),
        ("من وزير الخارجية الأمريكي؟", [["ريكس تيلرسون"]]),
        ("من هي المستشارة الألمانية؟", [["أنجيلا ميركل"]]),
        ("What is the name of Russia's deputy foreign minister?", [["أوليغ سيرومولوتوف"], ["ميخائيل بوغدانوف"]]),
    ],
)
def test_the_holder_of_an_office_is_told_by_a_sentence_that_names_them(
    seed_assistant: Assistant, question: str, names: list[list[str]]
) -> None:
    cited = seed_assistant.ask(question).citations
    assert [[one.article.text[start:end] for start, end in one.highlights] for one in cited] == names


def test_the_holder_of_an_office_is_the_one_whom_most_articles_name(tmp_path: Path) -> None:
    """The words «مكالمة طويلة» stand where a name may; one article has them there."""
    texts = {
        "a": "وصل وزير الزراعة الأردني سامي الخطيب إلى دمشق يوم الأحد لحضور مؤتمر عن المياه.\n",
        "b": "قال سامي الخطيب وزير الزراعة الأردني إن موسم القمح هذا العام أفضل من سابقه.\n",
        "c": "افتتح وزير الزراعة الأردني، سامي الخطيب، سدا جديدا في الجنوب بحضور السكان.\n",
        "d": "تلقى وزير الزراعة الأردني مكالمة طويلة من نظيره السوري بشأن تصدير الخضار.\n",
    }
    fill(tmp_path / "archive", *write(tmp_path, **texts))
    answer = open_assistant(tmp_path / "archive").ask("من هو وزير الزراعة الأردني؟")
    named = [cited.article.text[start:end] for cited in answer.citations for start, end in cited.highlights]
    assert named == ["سامي الخطيب"]


def test_one_holder_in_two_spellings_is_told_once(seed_assistant: Assistant) -> None:
    cited = seed_assistant.ask("من هو المتحدث باسم الكرملين؟").citations
    assert len(cited) == 1
    assert "بيسكوف" in cited[0].quote


HOLDERS = {
    "premier": "استقبل رئيس الحكومة التونسية الباجي قائد الساحلي وفدا من التجار يوم الأحد في العاصمة.\n",
    "former": "زار رئيس الحكومة التونسية السابق كريم السعدي معرض الكتاب مع أسرته يوم الأحد.\n",
    "club": "وصل رئيس الاتحاد التونسي لكرة القدم فؤاد النجار إلى المطار مع لاعبي المنتخب مساء الأحد.\n",
    "president": "ألقى الرئيس التونسي سالم الحموي كلمة أمام البرلمان يوم الأحد عن الميزانية الجديدة.\n",
    "mayor": "افتتح أمين مدينة زمرين المهندس هاني الرملي حديقة جديدة يوم الأحد بحضور السكان.\n",
    "bank": "Bank of Halim chief Adam Novak met his aide and the bank's chief economist, Ivo Lind, on Sunday.\n",
}
"""Invented people who lead what there is."""


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("من هو رئيس الحكومة التونسية؟", "الباجي قائد الساحلي"),
        ("من هو رئيس الاتحاد التونسي لكرة القدم؟", "فؤاد النجار"),
        ("Who is the mayor of Zamrin?", "هاني الرملي"),
        ("Who is the head of the Bank of Halim?", "Adam Novak"),
    ],
)
def test_a_holder_is_found_by_the_offices_own_name_in_either_language(
    tmp_path: Path, question: str, holder: str
) -> None:
    (cited,) = asked(tmp_path, question, **HOLDERS)
    assert [cited.article.text[start:end] for start, end in cited.highlights] == [holder]


@pytest.mark.parametrize("question", ["What did the Tunisian prime minister say?", "ماذا قال رئيس الوزراء التونسي؟"])
def test_a_prime_minister_speaks_under_every_name_of_the_office(tmp_path: Path, question: str) -> None:
    texts = {
        "one": "قال رئيس الحكومة التونسية سالم الحموي إن الحصاد قد فشل.",
        "two": "Tunisian Prime Minister Salem al-Hamwi said that the harvest had failed.",
        "three": "قال رئيس الاتحاد التونسي فؤاد النجار إن الملعب قد اكتمل.",
    }
    assert {cited.quote for cited in asked(tmp_path, question, **texts)} == {texts["one"], texts["two"]}


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What did Salem al-Hamwi say about the PKK?", "قال سالم الحموي إن حزب العمال الكردستاني بدأ الهجوم."),
        ("ماذا قال صندوق النقد الدولي عن الأجور؟", "The IMF said that wages would fall."),
        ("What did the IMF say about prices?", "توقع صندوق النقد الدولي أن ترتفع الأسعار."),
    ],
)
def test_a_body_is_the_same_by_its_acronym_and_by_its_name(tmp_path: Path, question: str, quote: str) -> None:
    texts = {
        "one": "قال سالم الحموي إن حزب العمال الكردستاني بدأ الهجوم.\n\nقال سالم الحموي إن الحصاد قد فشل.\n",
        "two": "The IMF said that wages would fall.\n\nThe World Bank said that rents would rise.\n",
        "three": "توقع صندوق النقد الدولي أن ترتفع الأسعار.\n",
    }
    assert [cited.quote for cited in asked(tmp_path, question, **texts)] == [quote]


def test_us_in_capitals_is_a_country(tmp_path: Path) -> None:
    texts = {
        "one": "قتل ثلاثة جنود أمريكيين في انفجار قرب المطار يوم الأحد.\n",
        "two": "قتل سبعة جنود فرنسيين في كمين على الطريق يوم الأحد.\n",
    }
    assert [cited.quote for cited in asked(tmp_path, "How many US soldiers were killed?", **texts)] == [
        texts["one"].strip()
    ]


def test_a_company_that_is_called_by_an_office_holds_none(tmp_path: Path) -> None:
    texts = {
        "one": "American President Cos Ltd said its American President Lines unit will lease four ships on Sunday.\n",
        "two": "American President Adam Novak visited the harbour on Sunday with his family.\n",
    }
    (cited,) = asked(tmp_path, "Who is the American president?", **texts)
    assert [cited.article.text[start:end] for start, end in cited.highlights] == ["Adam Novak"]


@pytest.mark.parametrize(
    "other",
    [
        "Pennzoil Co chairman Hugh Liedtke said that he would settle with Texaco Inc for less.\n",
        "Texaco Inc said its chief trial lawyer, Richard Miller, had left on Sunday.\n",
    ],
)
def test_the_chairman_of_one_company_is_not_that_of_another_nor_its_lawyer(tmp_path: Path, other: str) -> None:
    texts = {"one": "Texaco Inc chairman Alfred DeCrane said that oil prices would rise this year.\n", "two": other}
    (cited,) = asked(tmp_path, "Who is the chairman of Texaco?", **texts)
    assert [cited.article.text[start:end] for start, end in cited.highlights] == ["Alfred DeCrane"]


def test_who_holds_an_office_that_no_article_fills_is_declined(tmp_path: Path) -> None:
    fill(tmp_path / "archive", *write(tmp_path, a="وصل وزير الزراعة الأردني إلى دمشق يوم الأحد لحضور مؤتمر.\n"))
    assert open_assistant(tmp_path / "archive").ask("من هو وزير الزراعة الأردني؟").citations == ()
