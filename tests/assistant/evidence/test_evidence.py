"""How much of a question each sentence of a page says, and what a sentence must hold for a kind of question."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.evidence.answer_type import NEEDED, find_asked_for, tells_cause
from assistant.evidence.answering import find_answering
from assistant.evidence.coverage import BY_SPEAKER, NEAR, SAID, Asked, Coverage, cover
from assistant.evidence.events import TOLD, events_of, raise_by_event
from assistant.evidence.features import Found
from assistant.evidence.holders import keeps_together
from assistant.evidence.pages import Page
from assistant.questions.question import Question, read_question
from assistant.words.matching import Matcher
from index.text import tokens
from index.types import Article, Hit, Passage, Span, SpanKind
from tests.parts.archives import bundled
from tests.parts.librarian import article, seed

MATCHER = Matcher(bundled())
SEED_PAGES = [Page.of(seed(number)) for number in range(5)]


def covered(question: str | Question, *texts: str) -> list[Coverage]:
    """Some texts' pages, graded for the words of a question."""
    asked = read_question(question) if isinstance(question, str) else question
    pages = [Page.of(article(f"{number}.txt", text)) for number, text in enumerate(texts)]
    return cover(pages, Asked.of(asked, [term.text for term in asked.terms], MATCHER), MATCHER)


def held(question: str, text: str) -> bool:
    """Whether the only sentence of a text holds the sort of thing that no answer to a question goes without."""
    (page,) = covered(question, text)
    assert len(page.page.sentences) == 1
    kind = read_question(question).kind
    assert kind in NEEDED
    return bool(find_asked_for(kind, page, 0))


@pytest.mark.parametrize("page", SEED_PAGES, ids=lambda page: page.article.path)
def test_a_page_holds_every_word_of_its_own_sentences_in_order(page: Page) -> None:
    assert [page.words(number) for number in range(len(page.sentences))] == [
        [token.text for token in tokens(page.article.text[start:end])] for start, end in page.sentences
    ]


@pytest.mark.parametrize("page", SEED_PAGES, ids=lambda page: page.article.path)
def test_no_sentence_of_a_page_reaches_into_boilerplate_or_teasers(page: Page) -> None:
    left_out = [span for span in page.article.spans if span.kind in (SpanKind.BOILERPLATE, SpanKind.TEASER)]
    assert not [
        (span, start, end)
        for span in left_out
        for start, end in page.sentences
        if span.start < end and start < span.end
    ]


def test_the_seeds_have_boilerplate_and_teasers() -> None:
    kinds = {span.kind for page in SEED_PAGES for span in page.article.spans}
    assert {SpanKind.BOILERPLATE, SpanKind.TEASER} <= kinds


def test_what_stands_beside_a_statement_counts_for_it_where_the_same_one_says_it() -> None:
    told = "Novak said that Turkey must wait. {} said that the talks would go on."
    (own,) = covered("What did Novak say about Turkey?", told.format("He"))
    (anothers,) = covered("What did Hale say about Turkey?", told.format("Hale"))
    (own_term, others_term) = (page.asked.terms.index("turkey") for page in (own, anothers))
    assert own.spoken_scores[1] == pytest.approx(NEAR * own.asked.weights[own_term], abs=0.01)
    assert anothers.spoken_scores[1] < 0.5 * anothers.scores[1] <= NEAR * anothers.asked.weights[others_term]


def test_a_page_of_marks_alone_has_no_sentence_and_says_nothing() -> None:
    (page,) = covered("What did Lavrov say about Turkey?", "*** ---\n\n…\n")
    assert (page.page.sentences, page.grades.shape, page.names_all) == ((), (0, 1), False)


def test_a_sentence_is_the_word_of_the_one_who_reports_the_other() -> None:
    page = Page.of(article("a.txt", "The spokesman said that Putin said the talks would begin."))
    assert page.speaker(0) == "The spokesman"


def test_what_says_who_speaks_and_when_is_told_from_what_is_said() -> None:
    text = "The minister said on Monday that the talks would begin on Friday."
    page = Page.of(article("a.txt", text))
    assert [text[start:end] for start, end in page.attributions(0)] == ["The minister said on Monday that ", "."]


def test_a_sentence_without_a_statement_is_nobody_s_word() -> None:
    assert Page.of(article("a.txt", "The talks began on Monday.")).speaker(0) is None


def test_a_sentence_says_a_word_by_itself_by_its_speaker_or_by_its_neighbour() -> None:
    text = "Sergei Lavrov said the talks would begin.\n\nHe added that the border was closed.\n\nIt rained in Geneva."
    (page,) = covered("Lavrov", text)
    assert page.grades[:, 0].round(2).tolist() == [1.0, pytest.approx(BY_SPEAKER), 0.0]
    assert page.scores.round(2).tolist() == [1.0, pytest.approx(BY_SPEAKER), pytest.approx(NEAR * BY_SPEAKER)]


def test_whom_a_page_names_in_full_it_need_not_so_name_again() -> None:
    texts = "Rex Tillerson arrived.\n\nTillerson then met the press.", "Tillerson then met the press."
    graded = [covered("When did Rex Tillerson arrive?", text)[0] for text in texts]
    rex = graded[0].asked.terms.index("rex")
    assert [page.grades[-1, rex] >= SAID for page in graded] == [True, False]


def test_pages_graded_together_are_graded_as_each_is_alone() -> None:
    question = read_question("What did Lavrov say about the Turkish soldiers in Idlib?")
    asked = Asked.of(question, [term.text for term in question.terms], MATCHER)
    together = cover(SEED_PAGES, asked, MATCHER)
    alone = [cover([page], asked, MATCHER)[0] for page in SEED_PAGES]
    for first, second in zip(together, alone, strict=True):
        assert np.allclose(first.grades, second.grades, atol=1e-5)
        assert np.allclose(first.scores, second.scores, atol=1e-5)


def test_the_weights_of_a_question_s_words_are_one_together_the_topic_s_the_most() -> None:
    question = read_question("What did Sergei Lavrov say about Turkey?")
    asked = Asked.of(question, ["said", "turkey"], MATCHER)
    assert asked.weights.sum() == pytest.approx(1.0)
    assert asked.weights[1] > asked.weights[0]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("When did the talks begin?", "The talks began on 12 March 2017.", True),
        ("When did the talks begin?", "The talks began well.", False),
        ("متى بدأت المحادثات؟", "بدأت المحادثات قبل يومين.", True),
        ("متى بدأت المحادثات؟", "بدأت المحادثات في موسكو.", False),
    ],
)
def test_when_needs_a_date(question: str, text: str, expected: bool) -> None:
    assert held(question, text) is expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How many soldiers were killed?", "Five soldiers were killed.", True),
        ("How many soldiers were killed?", "Soldiers were killed.", False),
        (
            "How many soldiers were killed?",
            "Soldiers were killed in the raid, which the ministry confirmed after it had met 5 reporters.",
            False,
        ),
        ("كم جنديا قتل؟", "قتل خمسة جنود في الغارة.", True),
        ("كم جنديا قتل؟", "قتل جنديين تركيين في الغارة.", True),
        ("كم جنديا قتل؟", "قتل جنود يوم الاثنين.", False),
    ],
)
def test_how_many_needs_a_number_close_to_what_is_counted(question: str, text: str, expected: bool) -> None:
    assert held(question, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقال وزير الخارجية التركي إن بلاده لن تنسحب.", True),
        ("وقال وزير الخارجية الروسي إن على القوات التابعة للجانب التركي في المنطقة أن تنسحب.", False),
        ("قال التركي إن بلاده لن تنسحب.", False),
    ],
)
def test_an_office_is_said_with_the_words_that_belong_to_it(text: str, expected: bool) -> None:
    (page,) = covered("من هو وزير الخارجية التركي؟", text)
    assert keeps_together(page, 0) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Did Peskov and Lavrov meet?", False),
        ("Where did Rex Lavrov go in Russia?", True),
        ("Did Lavrov go to Japan?", False),
    ],
)
def test_every_name_and_country_of_a_question_must_stand_on_the_page(question: str, expected: bool) -> None:
    (page,) = covered(question, "وصل لافروف إلى روسيا. ثم اجتمع مع الوفد.")
    assert page.names_all is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry opened nine new schools in spring.", True),
        ("The ministry of Jordan opened nine new schools in spring.", False),
        ("*** ---", False),
    ],
)
def test_a_page_that_names_no_country_need_not_name_its_own(text: str, expected: bool) -> None:
    (page,) = covered("How many schools did the Tunisian ministry open?", text)
    assert page.names_all is expected


def test_a_month_alone_is_no_name_that_a_page_must_say() -> None:
    (page,) = covered("Where did the ministers meet in August?", "The ministers met in Geneva.")
    assert page.names_all


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How many Russian soldiers were killed?", "Two Turkish soldiers were killed.", False),
        ("How many Russian soldiers were killed?", "Two Turkish soldiers were killed by Russian fire.", True),
        ("How many Russian soldiers were killed?", "Two soldiers were killed in Turkey.", True),
        ("كم جنديا روسيا قتل؟", "قتل جنديان تركيان في الغارة.", False),
    ],
)
def test_what_is_asked_about_belongs_to_no_other_country(question: str, text: str, expected: bool) -> None:
    (page,) = covered(question, text)
    assert page.keeps_country(0) is expected


def test_a_span_marked_by_hand_takes_its_sentence_off_the_page() -> None:
    text = "The talks began. Read more here."
    page = Page.of(Article("a", "a.txt", text, "en", spans=(Span(17, 32, SpanKind.BOILERPLATE),)))
    assert [text[start:end] for start, end in page.sentences] == ["The talks began."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("died", "مصرعهم"),
        ("resigned", "استقالة"),
        ("قتل", "وفيات"),
        ("fatalities", "killed"),
        ("شيد", "built"),
        ("وسيفتتح", "inaugurated"),
        ("bought", "acquisition"),
    ],
)
def test_words_of_one_event_are_known_in_both_languages_and_with_what_is_joined_to_them(one: str, other: str) -> None:
    assert events_of(one) & events_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rose", "fell"),
        ("accepted", "رفض"),
        ("bought", "sold"),
        ("فتح", "أغلق"),
        ("lake", "died"),
        ("وسلامة", "blamed"),
        ("resigned", "التركي"),
    ],
)
def test_opposites_and_unlike_words_tell_no_one_event(one: str, other: str) -> None:
    assert not events_of(one) & events_of(other)


def test_a_word_of_the_same_event_is_raised_and_no_grade_is_lowered() -> None:
    graded = np.array([[0.1, 0.0, 0.9]], np.float32)
    raise_by_event(graded, ["died"], ["killed", "harbour", "death"])
    assert graded.tolist() == [[np.float32(TOLD), 0.0, np.float32(0.9)]]


MINE = (
    "Water fills the mine of Sorvik\n\nTwelve miners were trapped on Monday when water filled the mine of Sorvik.\n\n"
    "The pit belongs to the Hallberg company.\n\nIt was dug in 1952 by the state.\n"
)


def answering(question: str, text: str, articles: int = 1) -> list[str]:
    """The sentences of a text that may answer a question among so many articles, the best first.

    Their vectors tell nothing, and the search found nothing else.
    """
    (page,) = covered(question, text)
    likeness = np.full(len(page.page.sentences), 0.3, np.float32)
    hit = Hit(Passage(page.page.article, 0, len(text)), 1.0)
    found = find_answering(Found([page], [likeness], [hit]), articles)
    return [page.page.text(one.number) for one in found]


def test_a_sentence_need_not_say_again_what_the_first_one_says() -> None:
    """The mine and its place are what the article is about; that somebody owns it is what one sentence says."""
    assert answering("Who owns the mine of Sorvik?", MINE)[0] == "The pit belongs to the Hallberg company."


def test_among_many_articles_a_sentence_must_say_more_of_the_question_to_answer() -> None:
    """Some sentence of a large archive comes near to any question by chance."""
    near, plain = "Which company owns the harbour and the pit?", "What belongs to the Hallberg company?"
    assert [len(answering(near, MINE, articles)) for articles in (1, 100, 10_000_000)] == [1, 1, 0]
    assert len(answering(plain, MINE, 10_000_000)) == 1


@pytest.mark.parametrize("question", ["Why was the mine of Sorvik sold?", "Who attacked the mine of Sorvik?"])
def test_what_an_article_is_about_answers_no_question_of_what_it_does_not_tell(question: str) -> None:
    assert answering(question, MINE) == []


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Why was the harvest poor?", "The minister blamed the drought for the poor harvest.", True),
        ("Why was the harvest poor?", "The harvest was poor because of the drought.", True),
        ("لماذا وصل الوزير إلى دمشق؟", "وصل الوزير إلى دمشق يوم الأحد، ليبحث تطورات الأزمة.", True),
        ("لماذا وصل الوزير إلى ليبيا؟", "وصل الوزير إلى ليبيا ليلا وليس معه وفد.", None),
        ("Why was the harvest poor?", "The poor harvest led to a ban on exports.", False),
        ("Why was the harvest poor?", "The drought had not led to the poor harvest.", None),
        ("Why was the harvest poor?", "The harvest was poor this year.", None),
        ("لماذا تراجعت أسعار النفط؟", "ونتيجة لزيادة الإنتاج، تراجعت أسعار النفط.", True),
        ("لماذا تراجعت أسعار النفط؟", "وأدى تراجع أسعار النفط إلى هبوط الروبل.", False),
        ("لماذا تراجعت أسعار النفط؟", "وأرجع الوزير تراجع أسعار النفط إلى زيادة الإنتاج.", True),
    ],
)
def test_what_is_asked_about_must_be_the_effect_of_a_cause(question: str, text: str, expected: bool | None) -> None:
    (page,) = covered(question, text)
    assert tells_cause(page, 0) is expected
