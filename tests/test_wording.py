from __future__ import annotations

import pytest

from assistant.question import Question, read_question
from assistant.types import Citation
from assistant.wording import decline, quote_sentence
from index.types import Article
from tests.librarian import cite

TITLED = Article("t1", "t.txt", 'The bridge\n\nHe said "open\nin May". It cost 40 million.', "en", title="The bridge")
BARE = Article("b1", "b.txt", "Nothing is stated here.", "en")
MAY = cite(TITLED, "He said", 'May".', speaker="The\nminister")
COST = cite(TITLED, "It cost", "million.")
ENGLISH_QUESTION = read_question("What did the minister say about the bridge?")
ARABIC_QUESTION = read_question("ماذا قال الوزير عن الجسر؟")


@pytest.mark.parametrize(
    ("question", "citation", "sentence"),
    [
        (ENGLISH_QUESTION, MAY, 'The minister: “He said "open\nin May".”'),
        (ARABIC_QUESTION, MAY, 'The minister: «He said "open\nin May".»'),
        (ENGLISH_QUESTION, COST, "In the article “The bridge”: “It cost 40 million.”"),
        (ARABIC_QUESTION, COST, "في مقال «The bridge»: «It cost 40 million.»"),
        (ENGLISH_QUESTION, cite(BARE, "Nothing", "here."), "“Nothing is stated here.”"),
        (ENGLISH_QUESTION, cite(TITLED, "The bridge"), "“The bridge”"),
        (ENGLISH_QUESTION, cite(TITLED, '"open', 'May"'), 'In the article “The bridge”: "open\nin May"'),
    ],
)
def test_a_sentence_quotes_to_the_letter_in_the_marks_of_the_questions_language(
    question: Question, citation: Citation, sentence: str
) -> None:
    assert quote_sentence(citation, question) == sentence


def test_a_quotation_that_begins_and_ends_with_two_quotations_gets_marks_of_its_own() -> None:
    two = Article("q1", "q.txt", "“Yes” and “no”", "en")
    assert quote_sentence(cite(two, "“Yes", "no”"), ENGLISH_QUESTION) == "““Yes” and “no””"


def test_a_speaker_named_in_another_script_bears_both_names() -> None:
    said = quote_sentence(MAY, ARABIC_QUESTION, "الوزير")
    assert said == 'الوزير (The minister): «He said "open\nin May".»'


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (ENGLISH_QUESTION, "The archive holds no statement by the minister on this."),
        (ARABIC_QUESTION, "لا يحتوي الأرشيف على تصريح في هذا الشأن منسوب إلى: الوزير."),
    ],
)
def test_a_decline_is_worded_in_the_questions_language(question: Question, reason: str) -> None:
    assert decline("speaker", question) == reason
