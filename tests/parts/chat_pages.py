"""What the tests of the chat in a browser share: prepared answers, and how a page is asked and looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.parts.librarian import Librarian, answered, article, cite, declined, run, seed

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Locator, Page, Request

MARKS = [
    pytest.mark.browser,
    # gradio's queue keeps statistics by ways of pandas that pandas has deprecated
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'", "ignore:The copy keyword is deprecated"),
]

expect.set_options(timeout=30_000)  # as all else in the browser waits

SCROLLS = 100
"""Tenths of a second in which a page has scrolled to where it goes."""

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


@contextmanager
def watched(page: Page, address: str) -> Iterator[None]:
    """Hold a page to asking nothing of another machine than its own, and to reporting no error."""
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
    yield
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
    """Whether something comes to lie within the window and is not covered, as by the head of the article."""
    script = """mark => {
        const box = mark.getClientRects()[0];
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return mark.contains(top);
    }"""
    for _ in range(SCROLLS):
        if locator.evaluate(script):
            return True
        locator.page.wait_for_timeout(100)
    return False


def computed(locator: Locator, name: str) -> str:
    return str(locator.evaluate("(element, name) => getComputedStyle(element)[name]", name))
