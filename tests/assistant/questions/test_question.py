from __future__ import annotations

import pytest

from assistant.questions.checking import LONGEST, check_question
from assistant.questions.languages import is_foreign, question_language
from assistant.questions.question import Kind, read_question
from index.errors import QuestionError
from index.statement import Stance


@pytest.mark.parametrize(
    ("text", "kind", "speaker"),
    [
        ("What did Angela Merkel say about the gas pipeline?", "said", "Angela Merkel"),
        ("What has the Iranian foreign minister said about sanctions?", "said", "the Iranian foreign minister"),
        ("How did the White House respond to the strike?", "said", "the White House"),
        ("What is Macron's position on NATO?", "said", "Macron"),
        ("What was the Pentagon's reaction to the missile test?", "said", "the Pentagon"),
        ("What is the view of the central bank on inflation?", "said", "the central bank"),
        ("Did Netanyahu comment on the vote?", "said", "Netanyahu"),
        ("Tell me what Sadat said about peace", "said", "Sadat"),
        ("Merkel's statements on refugees", "said", "Merkel"),
        ("Who is the prime minister of Iraq?", "who", None),
        ("Which minister resigned over the floods?", "who", None),
        ("When did the embargo end?", "when", None),
        ("In which year was the dam built?", "when", None),
        ("Where was the summit held?", "where", None),
        ("In which city did the ministers meet?", "where", None),
        ("Which country sent troops to Mali?", "where", None),
        ("How many people died in the earthquake?", "how_many", None),
        ("What percentage of voters stayed at home?", "how_many", None),
        ("What was the airline's loss in 2020?", "how_many", None),
        ("What is the price of a ticket?", "how_many", None),
        ("What stake did the fund sell?", "how_many", None),
        ("ما هي كلفة الجسر الجديد؟", "how_many", None),
        ("ما قيمة الصفقة؟", "how_many", None),
        ("Why did the minister resign?", "why", None),
        ("What was the reason for the strike?", "why", None),
        ("What caused the blackout?", "why", None),
        ("What is in the agreement?", "what", None),
        ("Which weapons were used?", "what", None),
        ("What does it say about oil?", "what", None),
        ("According to the UN, how many refugees fled?", "how_many", "the UN"),
        ("ماذا قال السيسي عن سد النهضة؟", "said", "السيسي"),
        ("بماذا اتهم وزير الدفاع الإسرائيلي إيران؟", "said", "وزير الدفاع الإسرائيلي إيران"),
        ("ما موقف قطر من المقاطعة؟", "said", "قطر"),
        ("ما رأي الخبراء في الميزانية؟", "said", "الخبراء"),
        ("ما رد واشنطن على التجربة؟", "said", "واشنطن"),
        ("هل علّق نتنياهو على التصويت؟", "said", "نتنياهو"),
        ("تصريحات ميركل عن اللاجئين", "said", "ميركل"),
        ("من هو رئيس الوزراء العراقي؟", "who", None),
        ("من التقى أمير قطر في الدوحة؟", "who", None),
        ("متى انتهى الحصار؟", "when", None),
        ("في أي عام بُني السد؟", "when", None),
        ("أين عقدت القمة؟", "where", None),
        ("في أي مدينة اجتمع الوزراء؟", "where", None),
        ("كم عدد ضحايا الزلزال؟", "how_many", None),
        ("كم بلغت تكلفة النفق؟", "how_many", None),
        ("ماذا قدم الوزير إلى البرلمان؟", "what", None),
        ("لماذا استقال الوزير؟", "why", None),
        ("ما سبب انقطاع الكهرباء؟", "why", None),
        ("ما بنود الاتفاق؟", "what", None),
        ("كم لاجئا فر بحسب الأمم المتحدة؟", "how_many", "الأمم المتحدة"),
        ("ماذا قال Macron عن NATO؟", "said", "Macron"),
        ("What did السيسي say about the dam?", "said", "السيسي"),
    ],
)
def test_a_question_asks_for_this_and_for_the_words_of_that_speaker(text: str, kind: str, speaker: str | None) -> None:
    question = read_question(text)
    assert (question.kind, question.speaker) == (Kind(kind), speaker)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("What did Angela Merkel say about the gas pipeline?", ["gas", "pipeline"]),
        ("ماذا قال السيسي عن سد النهضة؟", ["سد", "النهضه"]),
        ("Who met the Emir of Qatar in Doha?", ["met", "emir", "qatar", "doha"]),
        ("كم عدد ضحايا الزلزال في المغرب؟", ["عدد", "ضحايا", "الزلزال", "المغرب"]),
    ],
)
def test_the_terms_of_a_question_are_its_topic_without_the_speaker(text: str, terms: list[str]) -> None:
    assert [term.text for term in read_question(text).terms] == terms


def test_names_are_written_with_capitals_and_stand_together_in_groups() -> None:
    question = read_question("Where did Rex Tillerson meet Mevlut Cavusoglu and the Iraqis?")
    assert question.name_groups == [["rex", "tillerson"], ["mevlut", "cavusoglu"], ["iraqis"]]
    assert question.first_names == {"rex": "tillerson", "mevlut": "cavusoglu"}


def test_what_stands_after_about_is_the_topic_of_all() -> None:
    assert read_question("Why did ministers argue about fish quotas?").topics == {"fish", "quotas"}


def test_an_office_asked_for_is_kept_with_its_country() -> None:
    assert read_question("من هو وزير الخارجية المغربي؟").office_phrases == [["وزير", "الخارجيه", "المغربي"]]
    assert read_question("ماذا قال وزير الخارجية المغربي؟").office_phrases == []


def test_an_arabic_speakers_name_is_tried_shorter_and_shorter() -> None:
    tried = [
        (question.speaker, [term.text for term in question.terms])
        for question in read_question("كيف وصف ماكرون سياسة بلاده؟").shorter_speakers()
    ]
    assert tried == [
        ("ماكرون سياسة بلاده", []),
        ("ماكرون سياسة", ["بلاده"]),
        ("ماكرون", ["سياسه", "بلاده"]),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("How did Tarek Ftiti of the Free Union describe it?", ["Tarek Ftiti of the Free Union", "Tarek Ftiti"]),
        ("What did MITI's Osamu Watanabe say about chips?", ["MITI's Osamu Watanabe", "Osamu Watanabe"]),
        ("What did Lavrov say about Turkey?", ["Lavrov"]),
        ("What did Kuwait's oil minister say?", ["Kuwait's oil minister"]),
    ],
)
def test_an_english_name_is_tried_without_what_it_belongs_to(text: str, names: list[str]) -> None:
    assert [question.speaker for question in read_question(text).shorter_speakers()] == names


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("كيف قالت طالبان إنها أسقطت المروحية؟", "طالبان"),
        ("ماذا ذكر المرصد السوري عما تتعرض له الزبداني؟", "المرصد السوري"),
        ("How did Haniyeh define Hamas?", "Haniyeh"),
        ("What did Zolotarev advise?", "Zolotarev"),
    ],
)
def test_a_speaker_ends_before_what_is_asked_about(text: str, speaker: str) -> None:
    assert read_question(text).speaker == speaker


def test_asking_one_speaker_leaves_the_name_out_of_the_topic() -> None:
    question = read_question("Merkel refugees").said_by("Angela Merkel")
    assert (question.kind, question.speaker) == (Kind.SAID, "Angela Merkel")
    assert [term.text for term in question.terms] == ["refugees"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the question is empty; write one in Arabic or English"),
        (" \n\t", "the question is empty; write one in Arabic or English"),
        ("؟!؟ ... «»", "the question '؟!؟ ... «»' holds no word; write one in Arabic or English"),
        ("x" * (LONGEST + 1), "the question has 2,001 characters; the most is 2,000"),
        ("What did\x00 Putin say?", "the question holds the control character U+0000; remove it"),
        ("What did \u202ePutin say?", "the question holds the control character U+202E; remove it"),
        ("What did \ud800Putin say?", "the question holds the control character U+D800; remove it"),
    ],
)
def test_a_question_that_cannot_be_worked_on_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(QuestionError) as refused:
        check_question(text)
    assert str(refused.value) == message


def test_a_question_of_the_greatest_length_is_taken_and_trimmed() -> None:
    assert check_question("  " + "x" * LONGEST + "\n") == "x" * LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "Qu'a dit Macron sur la Turquie ?",
        "Qui est le porte-parole du ministère ?",
        "Combien de soldats ont été tués à Alep ?",
        "Was hat Merkel über die Türkei gesagt?",
        "Wer ist der Sprecher des Ministeriums?",
        "Wie viele Soldaten wurden getötet?",
        "¿Qué dijo Sánchez sobre Turquía?",
        "¿Quién es el portavoz del ministerio?",
        "¿Cuántos soldados murieron en Alepo?",
        "Cosa ha detto Conte sulla Turchia?",
        "Chi è il portavoce del ministero?",
        "O que disse Lula sobre a Turquia?",
        "Quem é o porta-voz do ministério?",
        "Quantos soldados morreram em Alepo?",
        "Merkel Türkiye hakkında ne dedi?",
        "Bakanlık sözcüsü kim?",
        "Kaç asker öldü?",
        "Wat zei Rutte over Turkije?",
        "Что сказал Путин о Турции?",
        "Кто пресс-секретарь министерства?",
        "默克尔对土耳其说了什么？",
        "ماکرون درباره ترکیه چه گفت؟",
        "سخنگوی دولت کیست؟",
        "میکرون نے ترکی کے بارے میں کیا کہا؟",
        "حکومت کا ترجمان کون ہے؟",
    ],
)
def test_a_question_in_a_third_language_is_foreign(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lavrov Turkey", "en"),
        ("Le Monde", "en"),
        ("Recep Tayyip Erdoğan", "en"),
        ("Ursula von der Leyen Turkey", "en"),
        ("Charles de Gaulle", "en"),
        ("Turkish soldiers killed Idlib", "en"),
        ("What did Le Monde report about Syria?", "en"),
        ("What was said about Die Welt?", "en"),
        ("Why did Con Edison do it?", "en"),
        ("What did لافروف والرئيس التركي أردوغان say?", "en"),
        ("تصريحات أكار", "ar"),
        ("بوتين", "ar"),
        ("ماذا قال رئيس شركة گوگل عن تركيا؟", "ar"),
        ("ماذا قال Lavrov عن Turkey؟", "ar"),
        ("متى زار Erdogan موسكو؟", "ar"),
    ],
)
def test_names_of_any_language_do_not_change_the_language_of_a_question(text: str, language: str) -> None:
    assert not is_foreign(text)
    assert question_language(text) == language


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("How many Turkish soldiers were killed?", {"turkish", "soldiers"}),
        ("How many Turkish soldiers died in Idlib?", {"turkish", "soldiers"}),
        ("كم عسكريا تركيا جرح في الغارات؟", {"عسكريا", "تركيا"}),
        ("كم بلغ عدد القتلى؟", {"القتلي"}),
        ("How much does Syria pay for it?", set()),
        ("Who was killed?", set()),
    ],
)
def test_what_a_question_counts_is_told_from_what_it_did(text: str, counted: set[str]) -> None:
    assert read_question(text).counted == counted


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("Who is the Turkish defence minister?", [["turkish", "defence", "minister"]]),
        ("ما اسم الناطق بلسان الحكومة الألمانية؟", [["الناطق", "الحكومه", "الالمانيه"]]),
        ("Who met the minister?", []),
        ("Who is the Turkish president's spokesman?", [["turkish", "president", "spokesman"]]),
        ("What is the name of Russia's deputy foreign minister?", [["russia", "deputy", "foreign", "minister"]]),
        ("من وزير الدفاع الذي استقال؟", [["وزير", "الدفاع"]]),
    ],
)
def test_the_office_whose_holder_is_asked_for_is_known(text: str, offices: list[list[str]]) -> None:
    assert read_question(text).offices == offices


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who warned of a new wave of refugees?", True),
        ("When did the Kremlin announce the talks?", True),
        ("متى أعلن الكرملين المحادثات؟", True),
        ("When did the talks begin?", False),
        ("متى بدأت المحادثات؟", False),
    ],
)
def test_a_question_of_a_saying_is_told_from_one_of_an_event(text: str, expected: bool) -> None:
    assert read_question(text).asks_who_says is expected


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Who is the Turkish president's spokesman?", "spokesman"),
        ("Who is the spokesman of the Turkish president?", "spokesman"),
        ("من هو المتحدث باسم الرئيس التركي؟", "المتحدث"),
    ],
)
def test_of_two_offices_one_is_held_and_the_other_belongs_to_it(text: str, head: str) -> None:
    question = read_question(text)
    assert [term.text for term in question.terms if question.is_head(term.text)] == [head]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What did Lavrov deny?", ("deny", Stance.DENIED)),
        ("What did Lavrov accuse Turkey of?", ("accuse", Stance.ACCUSED)),
        ("مم حذر لافروف؟", ("حذر", Stance.WARNED)),
        ("What did Lavrov say about the promised aid?", None),
        ("Who denied it?", None),
    ],
)
def test_how_the_speaker_stands_to_what_is_asked_for_is_told_by_the_verb(
    text: str, expected: tuple[str, Stance] | None
) -> None:
    assert read_question(text).asked_stance == expected


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("How many US soldiers were killed?", ["us", "soldiers", "killed"]),
        ("When did the U.S. attack?", ["us", "attack"]),
        ("Who killed us?", ["killed"]),
        ("HOW MANY OF US WERE KILLED?", ["killed"]),
        ("Who is the Secretary of State?", ["secretary", "state"]),
        ("Who did state the reasons?", ["reasons"]),
    ],
)
def test_an_acronym_is_no_small_word_and_a_secretary_of_state_no_verb(question: str, terms: list[str]) -> None:
    assert [term.text for term in read_question(question).terms] == terms
