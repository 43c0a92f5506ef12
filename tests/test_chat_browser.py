"""The chat page in a browser: asking, opening citations, both directions, declines, hostile text, small screens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from assistant.types import Answer
from index.archive import SqliteArchive
from index.encode import StaticEncoder
from index.ingest import ingest
from tests.librarian import SEEDS, Librarian, answered, article, cite, declined, run, seed
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

pytestmark = [
    pytest.mark.browser,
    # gradio's queue keeps statistics by ways of pandas that pandas has deprecated
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'", "ignore:The copy keyword is deprecated"),
]

ENGLISH = "what did Lavrov say about Turkey"
ARABIC = "ماذا قال لافروف عن تركيا؟"
JAPAN = "What did Lavrov say about Japan?"
HOSTILE = "What does the hostile page say?"

FIRST, SECOND, THIRD = seed(0), seed(1), seed(2)
STATEMENTS = (
    cite(FIRST, "أكد وزير الخارجية الروسي سيرغي", "التوتر هناك.", speaker="سيرغي لافروف"),
    cite(FIRST, "وقال لافروف في تصريحات", "البعض”.", speaker="لافروف"),
    cite(SECOND, "وشدد لافروف", '"خفض التصعيد".', speaker="لافروف"),
    cite(THIRD, "وكان وزير الخارجية الروسي، سيرغي لافروف", "عن الإرهابيين.", speaker="سيرغي لافروف"),
)

ATTACK = '<script>window.hacked = 1</script><img src="/x" onerror="window.hacked = 2"> {{7*7}} ${7*7} </template></div>'
PAGE = article(
    'x" onmouseover="window.hacked = 3',
    f"A headline with {ATTACK} in it\n\n"
    f"The minister\u202e said\u202c: “{ATTACK}”\r\nand\u00a0more 😀.\r\n\r\nThe end of it all.\r\n",
)
ATTACKS = (cite(PAGE, "The minister", "more 😀.", speaker=ATTACK), cite(PAGE, ATTACK, "end"), cite(PAGE, "said", "”"))

WHEN = "When did Tillerson get to Moscow?"
WHEN_AR = "متى وصل تيلرسون إلى موسكو؟"
_ARRIVAL = cite(seed(4), "وكان تيلرسون", "مع روسيا.")
_TUESDAY = run(seed(4), "يوم الثلاثاء")[1:]
ARRIVAL = replace(_ARRIVAL, highlights=(_TUESDAY,), also=(FIRST,))

SHELF = Librarian(
    (
        answered(WHEN, (f"In the article: “{ARRIVAL.quote}” (that is, Tuesday, 11 April 2017)", (ARRIVAL,))),
        answered(WHEN_AR, (f"في مقال: «{ARRIVAL.quote}» (أي الثلاثاء 11 نيسان/أبريل 2017)", (ARRIVAL,))),
        answered(ENGLISH, *((f"Sergey Lavrov said: “{c.quote}”", (c,)) for c in STATEMENTS)),
        answered(ARABIC, *((c.quote, (c,)) for c in STATEMENTS)),
        answered(HOSTILE, (f"It says {ATTACK}", ATTACKS)),
        declined(JAPAN, "Nothing on Japan.", (FIRST, STATEMENTS[0].start, STATEMENTS[1].end), run(SECOND, "وشدد")),
    )
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(SHELF, [ENGLISH, ARABIC]) as address:
        yield address


class Broken:
    """An assistant with a fault."""

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Answer:
        raise RuntimeError(question)

    def stream(self, question: str, *, history: Sequence[str] = ()) -> Iterator[str | Answer]:
        yield self.ask(question)


@pytest.fixture
def chat(page: Page, address: str) -> Iterator[Page]:
    """The opened page, which must ask nothing of another machine and report no error."""
    elsewhere: list[str] = []
    troubles: list[str] = []

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            elsewhere.append(request.url)

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            troubles.append(message.text)

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(address)
    page.locator("#question textarea").wait_for()
    yield page
    assert elsewhere == []
    assert troubles == []


def ask(page: Page, question: str) -> Locator:
    """Type a question, press Enter, and wait for its turn."""
    before = page.locator(".turn").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    turn = page.locator(".turn").nth(before)
    turn.locator(":is(.answer, .declined, .error)").wait_for()
    return turn


def marked(page: Page, number: int, kind: str = "citation") -> str:
    """The text that the open article highlights for a number."""
    marks = page.locator(f"#reader mark[data-{kind}='{number}']")
    marks.first.wait_for()
    return "".join(marks.all_text_contents())


def is_in_view(locator: Locator) -> bool:
    """Whether something lies within the window and is not covered, as by the head of the article."""
    return bool(
        locator.evaluate(
            """mark => {
                const box = mark.getClientRects()[0];
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return mark.contains(top);
            }"""
        )
    )


def computed(locator: Locator, name: str) -> str:
    return str(locator.evaluate("(element, name) => getComputedStyle(element)[name]", name))


def test_a_clicked_citation_shows_its_very_words_in_the_article(chat: Page) -> None:
    turn = ask(chat, ENGLISH)
    for number, citation in enumerate(STATEMENTS, 1):
        turn.locator(f".answer .chip[data-citation='{number}']").click()
        assert marked(chat, number) == citation.quote
        mark = chat.locator(f"#reader mark[data-citation='{number}']").first
        assert "current" in (mark.get_attribute("class") or "")
        assert is_in_view(mark)
        assert chat.locator("#reader .article-text").text_content() == citation.article.text
        assert chat.locator("#reader .path").text_content() == citation.article.path
        assert chat.locator("#opened").text_content() == turn.locator(
            f".answer .chip[data-citation='{number}']"
        ).get_attribute("aria-label")


def test_the_lavrov_question_asked_of_the_seed_articles_leads_to_the_very_words(page: Page, tmp_path: Path) -> None:
    from assistant.ask import open_assistant

    encoder = StaticEncoder()
    with SqliteArchive.open(tmp_path, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True) as archive:
        ingest([SEEDS], archive, encoder)
    assistant = open_assistant(tmp_path)
    for question in (ENGLISH, ARABIC):
        answer = assistant.ask(question)
        with serving(assistant) as address:
            page.goto(address)
            turn = ask(page, question)
            assert turn.locator(".answer .sentence").count() == len(answer.sentences)
            for number, citation in enumerate(answer.citations, 1):
                turn.locator(f".answer .chip[data-citation='{number}']").first.click()
                assert marked(page, number) == citation.quote
                assert page.locator("#reader .article-text").text_content() == citation.article.text
                assert page.locator("#reader .path").text_content() == citation.article.path


def test_a_follow_up_shows_how_it_was_understood_and_an_opened_page_has_no_past(page: Page, tmp_path: Path) -> None:
    from assistant.ask import open_assistant

    encoder = StaticEncoder()
    with SqliteArchive.open(tmp_path, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True) as archive:
        ingest([SEEDS], archive, encoder)
    with serving(open_assistant(tmp_path)) as address:
        page.goto(address)
        assert ask(page, ENGLISH).locator(".understood").count() == 0
        for question, understood in (
            ("And about Syria?", "Understood as: What did Lavrov say about Syria?"),
            ("   ", None),  # it cannot be asked, and changes nothing
            ("وماذا عن أردوغان؟", "فُهم السؤال هكذا: ماذا قال أردوغان عن سوريا؟"),
        ):
            turn = ask(page, question)
            assert turn.locator(".question").text_content() == question
            assert turn.locator(".understood").all_text_contents() == [understood] * bool(understood)
        assert computed(turn.locator(".understood"), "direction") == "rtl"
        page.reload()
        assert ask(page, "And about Syria?").locator(".understood").count() == 0


def test_every_run_that_an_answer_cites_in_an_article_is_highlighted_the_clicked_one_stands_out(chat: Page) -> None:
    ask(chat, ENGLISH).locator(".answer .chip[data-citation='2']").click()
    assert (marked(chat, 1), marked(chat, 2)) == (STATEMENTS[0].quote, STATEMENTS[1].quote)
    first, second = (chat.locator(f"#reader mark[data-citation='{number}']").first for number in (1, 2))
    assert computed(first, "backgroundColor") != computed(second, "backgroundColor")
    chat.locator("#reader .runs .chip[data-citation='1']").click()
    assert chat.locator("mark.current").all_text_contents() == [STATEMENTS[0].quote]


def test_a_citation_opens_by_keyboard_with_its_focus_visible(chat: Page) -> None:
    turn = ask(chat, ENGLISH)
    chip = turn.locator(".answer .chip[data-citation='4']")
    turn.locator(".answer .chip[data-citation='3']").focus()
    chat.keyboard.press("Tab")
    assert chip.evaluate("chip => chip === document.activeElement")
    assert computed(chip, "outlineStyle") == "solid"
    chat.keyboard.press("Enter")
    assert marked(chat, 4) == STATEMENTS[3].quote
    assert chip.get_attribute("aria-current") == "true"


def test_an_answer_opens_its_first_citation_and_a_decline_closes_it(chat: Page) -> None:
    ask(chat, ENGLISH)
    assert marked(chat, 1) == STATEMENTS[0].quote
    ask(chat, JAPAN)
    assert chat.locator("#reader mark").count() == 0


def test_both_languages_keep_their_direction_in_one_conversation(chat: Page) -> None:
    english, arabic = ask(chat, ENGLISH), ask(chat, ARABIC)
    assert computed(english.locator(".question"), "direction") == "ltr"
    assert computed(english.locator(".sentence p").first, "direction") == "ltr"
    assert computed(english.locator(".sentence blockquote").first, "direction") == "rtl"
    assert computed(arabic.locator(".question"), "direction") == "rtl"
    assert computed(arabic.locator(".sentence p").first, "direction") == "rtl"
    assert computed(arabic.locator(".verdict"), "direction") == "rtl"
    assert computed(chat.locator("#reader .article-text p").first, "direction") == "rtl"
    assert chat.locator(".chip").count() == chat.locator("bdi > .chip").count()
    for paragraph in (english.locator("blockquote").first, arabic.locator(".sentence p").first):
        edges = paragraph.evaluate(
            """paragraph => {
                const letters = document.createRange();
                letters.setStart(paragraph.firstChild, 0);
                letters.setEnd(paragraph.firstChild, 10);
                const line = letters.getBoundingClientRect(), box = paragraph.getBoundingClientRect();
                return [box.right - line.right, line.left - box.left];
            }"""
        )
        assert edges[0] < 2 < edges[1]


def test_the_question_box_follows_what_is_typed(chat: Page) -> None:
    box = chat.locator("#question textarea")
    box.focus()
    for question, direction in ((ARABIC, "rtl"), (ENGLISH, "ltr")):
        box.fill(question)
        assert computed(box, "direction") == direction


def test_a_decline_looks_unlike_an_answer_and_offers_what_is_near(chat: Page) -> None:
    answer, decline = ask(chat, ENGLISH), ask(chat, JAPAN)
    assert decline.locator(".answer, [data-citation], .sources").count() == 0
    assert computed(decline.locator(".declined"), "borderTop").startswith("1px dashed")
    assert computed(answer.locator(".answer"), "borderTopWidth") == "0px"
    assert decline.locator("h3").text_content() == "The archive holds no answer"
    assert decline.locator("h4").text_content() == "Nearest passages, not an answer"
    decline.locator(".chip[data-passage='1']").click()
    assert marked(chat, 1, "passage") == FIRST.text[STATEMENTS[0].start : STATEMENTS[1].end]
    assert chat.locator("#reader mark[data-citation]").count() == 0
    assert "Not an answer" in chat.locator("#reader .runs").inner_text()


def test_an_example_is_asked_when_it_is_clicked(chat: Page) -> None:
    chat.get_by_role("button", name=ARABIC).click()
    chat.locator(".turn .answer").wait_for()
    assert chat.locator(".turn .question").all_text_contents() == [ARABIC]


def test_hostile_text_stays_text(chat: Page) -> None:
    turn = ask(chat, HOSTILE)
    for number, citation in enumerate(ATTACKS, 1):
        turn.locator(f".answer .chip[data-citation='{number}']").click()
        assert marked(chat, number) == citation.quote
    assert chat.locator("#reader .article-text").text_content() == PAGE.text
    assert turn.locator(".sentence p").evaluate("p => p.firstChild.textContent") == f"It says {ATTACK}"
    assert chat.locator("#workspace :is(script, img)").count() == 0
    assert chat.evaluate("window.hacked") is None


def test_a_fault_of_the_program_leaves_no_question_waiting(page: Page) -> None:
    with serving(Broken()) as address:
        page.goto(address)
        turn = ask(page, ENGLISH)
        assert turn.locator(".error p").text_content() == (
            "This question met a fault of the program; the terminal that serves this page shows it."
        )
        assert turn.locator(".error p").is_visible()
        assert page.locator(".pending").count() == 0


@pytest.mark.parametrize(
    ("question", "shown", "message"),
    [
        ("   ", "   ", "the question is empty; type one"),
        (
            "<b>" + "x" * 9_997,
            "<b>" + "x" * 397 + "… (10,000 characters)",
            "the question has 10000 characters; ask one of at most 2000",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_line_and_changes_nothing_else(
    chat: Page, question: str, shown: str, message: str
) -> None:
    former = ask(chat, ENGLISH)
    before = former.inner_html(), chat.locator("#masthead").inner_html()
    turn = ask(chat, question)
    assert turn.locator(".question").text_content() == shown
    assert turn.locator(".error p").all_text_contents() == [message]
    assert re.sub(r' aria-current="true"', "", before[0]) == former.inner_html()
    assert before[1] == chat.locator("#masthead").inner_html()
    assert chat.locator("#question textarea").input_value() == question
    assert ask(chat, ARABIC).locator(".answer .sentence").count() == 4


def test_markup_and_overrides_in_a_question_stay_in_its_turn(chat: Page) -> None:
    question = f"\u202e{ATTACK} \ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    turn = ask(chat, question)
    assert turn.locator(".question").text_content() == question
    assert turn.locator(".declined > p").text_content() == "Nothing on the shelf."
    assert computed(turn.locator(".declined > p"), "unicodeBidi") == "plaintext"
    assert chat.evaluate("window.hacked") is None


def test_a_small_screen_stacks_the_article_and_leads_there_and_back(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    turn = ask(page, ARABIC)
    chip = turn.locator(".answer .chip[data-citation='2']")
    chip.click()
    mark = page.locator("#reader mark.current[data-citation='2']").first
    mark.wait_for()
    assert is_in_view(mark)
    page.locator(".back").click()
    assert is_in_view(chip)
    assert chip.evaluate("chip => chip === document.activeElement")
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> None:
    """Contrast of at least 4.5 to 1 (WCAG 2.2, success criterion 1.4.3)."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    ask(page, JAPAN)
    ask(page, ENGLISH)
    page.locator("mark.current").first.wait_for()
    low = page.evaluate(
        """() => {
            const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            const channels = (color) => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = color;
                canvas.fillRect(0, 0, 1, 1);
                return canvas.getImageData(0, 0, 1, 1).data;
            };
            const luminance = (color) => {
                const [r, g, b] = [...channels(color)].map((value) => value / 255)
                    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ground = (element) => {
                for (; element; element = element.parentElement) {
                    const color = getComputedStyle(element).backgroundColor;
                    if (channels(color)[3] === 255) return color;
                }
                return "white";
            };
            const low = [];
            for (const selector of [
                "#masthead h1", "#masthead nav a", "#masthead nav a[aria-current]", ".to-arabic",
                ".question", ".sentence p", ".answer .chip", ".chip[aria-current]",
                ".sources h3", ".source .name", ".source .fact", ".verdict", ".declined h3", ".declined > p",
                ".declined h4", ".excerpt", ".article-head h2", ".article-head .meta", ".article-text p",
                "mark.current",
            ]) {
                const element = document.querySelector(selector);
                const both = [luminance(getComputedStyle(element).color), luminance(ground(element))].sort();
                const contrast = (both[1] + 0.05) / (both[0] + 0.05);
                if (contrast < 4.5) low.push([selector, contrast]);
            }
            return low;
        }"""
    )
    assert low == []
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == scheme
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("question", [WHEN, WHEN_AR])
def test_what_was_asked_for_stands_out_in_the_answer_and_in_the_article(
    chat: Page, question: str, scheme: Literal["light", "dark"]
) -> None:
    chat.emulate_media(color_scheme=scheme)
    turn = ask(chat, question)
    for asked, around in (
        (turn.locator(".answer mark.asked"), turn.locator(".answer .sentence > :last-child")),
        (chat.locator("#reader .asked"), chat.locator("#reader mark.current").first),
    ):
        assert asked.all_text_contents() == ["يوم الثلاثاء"]
        weight, plain = (
            int(place.evaluate("element => getComputedStyle(element).fontWeight")) for place in (asked, around)
        )
        assert weight > plain
        assert asked.is_visible()
    assert turn.locator(".source.also .name").all_text_contents() == [FIRST.title]
