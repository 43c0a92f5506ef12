"""The archive page without a browser: list, plots, facts and reports as HTML, and its routes over a real archive."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.ask import Assistant
from assistant.chat.archive.holdings import SHOWN, facts_html, taking_html
from assistant.chat.archive.listing import address, form_html, list_html, plots_html
from assistant.chat.archive.messages import ARCHIVE_MESSAGES
from assistant.holdings.catalogue import Listed, Listing
from assistant.holdings.intake import Taking
from tests.serving import serving
from tests.shown import HOSTILE
from tests.shown import Shown as Nested


class Shown(Nested):
    """The same, with elements that have no end."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "input":
            self.open.pop()


ONE = Listed("a1", "Zebra", "z.txt", "Times", "Amal", date(2020, 2, 17), "en")
TWO = Listed("b2", "حمار", "h.txt", None, None, None, "ar")
FOUND = Listing(120, [ONE, TWO], Counter({date(2020, 2, 17): 119}), {"Times": 119, None: 1}, {"en": 119, "ar": 1})
REPORT = {
    "added": 2,
    "updated": 1,
    "unchanged": 0,
    "duplicates": [{"path": "a.txt", "of": "b.txt"}],
    "rejected": [{"path": "c.doc", "reason": HOSTILE}],
    "near_duplicates": [{"path": "d.txt", "of": "e.txt"}],
    "encodings": [{"path": "f.txt", "encoding": "windows-1256"}],
}


def test_the_two_languages_say_the_same_things() -> None:
    english, arabic = ARCHIVE_MESSAGES["en"], ARCHIVE_MESSAGES["ar"]
    for one, other in zip(english, arabic, strict=True):
        if isinstance(one, dict):
            assert isinstance(other, dict)
            assert one.keys() == other.keys()
        else:
            fields = [set(part.partition("}")[0] for part in str(text).split("{")[1:]) for text in (one, other)]
            assert fields[0] == fields[1]


def test_a_row_opens_its_article_and_states_what_is_known() -> None:
    shown = Shown(list_html(FOUND, {}, 1, "en", editable=False))
    assert shown.texts["caption"] == "1–2 of 120"
    assert shown.texts["open"] == "Zebraحمار"
    assert shown.texts["meta"] == "Times · Amaloutlet not stated"
    assert shown.texts["day"] == "2020-02-17no date"
    assert "input" not in shown.tags
    assert list_html(FOUND, {}, 1, "en", editable=True).count('type="checkbox"') == 3


def test_the_pages_of_the_list_keep_what_was_asked_for() -> None:
    html = list_html(FOUND._replace(found=5000), {"words": "a b", "order": "title"}, 50, "ar", editable=False)
    shown = Shown(html)
    assert shown.texts["ol"] == "1…25…495051…75…100"
    assert shown.texts["caption"] == "2,451–2,452 من 5,000"
    assert 'href="./archive?words=a+b&amp;order=title&amp;page=49" rel="prev"' in html
    assert html.count('aria-current="page"') == 1
    assert "<nav" not in list_html(FOUND._replace(found=2), {}, 1, "en", editable=False)


def test_what_is_not_found_is_said() -> None:
    none = Listing(0, [], Counter(), {}, {})
    assert list_html(none, {}, 1, "en", editable=True) == '<p class="nothing">No article is like that.</p>'
    assert plots_html(none, {}, "en") == ""


def test_a_bar_narrows_the_list() -> None:
    html = plots_html(FOUND, {"words": "x"}, "en")
    shown = Shown(html)
    for link in ("from=2020-02-17&amp;to=2020-02-17", "source=Times", "language=ar"):
        assert f'href="./archive?words=x&amp;{link}"' in html
    assert "without a date: 1" in shown.texts["plot-note"]
    assert (
        shown.texts["plot-rows"]
        == "By outletOutletArticlesTimes119outlet not stated1By languageLanguageArticlesEnglish119Arabic1"
    )


def test_many_outlets_share_a_bar() -> None:
    sources: dict[str | None, int] = {f"S{number}": 20 - number for number in range(12)}
    shown = Shown(plots_html(FOUND._replace(sources=sources), {}, "en"))
    assert "S7134 other outlets42" in shown.texts["plot-rows"]
    assert "S8" not in shown.texts["plot-rows"]


def test_the_address_says_what_is_asked_for_and_nothing_else() -> None:
    assert address({"words": "", "order": "newest", "page": "1"}) == "./archive"
    assert address({"source": "A&B", "page": "2"}) == "./archive?source=A%26B&page=2"


def test_nothing_in_the_list_or_the_form_or_a_report_becomes_markup() -> None:
    hostile = ONE._replace(id=HOSTILE, title=HOSTILE, source=HOSTILE, author=HOSTILE)
    listing = Listing(120, [hostile], FOUND.days, {HOSTILE: 3}, {"en": 3})
    asked = {"words": HOSTILE, "source": HOSTILE, "author": HOSTILE, "from": HOSTILE}
    report = {**REPORT, "duplicates": [{"path": HOSTILE, "of": HOSTILE}], "encodings": []}
    for html in (
        list_html(listing, asked, 2, "en", editable=True),
        plots_html(listing, asked, "ar"),
        form_html(asked, [HOSTILE], "en"),
        taking_html(Taking("finished", 1, report=report), "ar"),
        taking_html(Taking("failed", 1, reason=HOSTILE), "en"),
    ):
        shown = Shown(html)
        assert {"script", "img"}.isdisjoint(shown.tags)
        assert {"onerror", "onclick"}.isdisjoint(shown.attributes)


def test_a_report_counts_and_names_what_became_of_the_files() -> None:
    shown = Shown(taking_html(Taking("finished", 6, report=REPORT), "en"))
    assert shown.texts["counts"] == "Added2Updated1Unchanged0Copies of the same text1Rejected1"
    assert shown.texts["rejected"] == f"Rejected (1){HOSTILE}"
    assert "a.txt has the text of b.txt" in shown.texts["taking"]
    assert "d.txt prints nearly the story of e.txt" in shown.texts["taking"]
    assert "f.txt read as windows-1256" in shown.texts["taking"]
    many = {**REPORT, "rejected": [{"path": "x", "reason": f"r{number}."} for number in range(SHOWN + 5)]}
    shown = Shown(taking_html(Taking("finished", 6, report=many), "ar"))
    assert shown.texts["rejected"].endswith(f"r{SHOWN - 1}.و5 غيرها")
    working = Taking("working", 3, done=1200)
    assert Shown(taking_html(working, "en")).texts["taking"] == "Reading: 1,200 articles so farStop"
    assert Shown(taking_html(replace(working, state="stopped"), "en")).texts["taking"] == (
        "Stopped. What was added before stays."
    )


def test_the_facts_are_those_of_the_command(seed_assistant: Assistant) -> None:
    facts = {
        "articles": 5, "passages": 21, "languages": {"ar": 4, "en": 1}, "encoder": "e", "dimensions": 640,
        "published_from": "2017-04-12", "published_to": "2017-04-13", "copies": 2, "stories_in_copies": 1,
        "vectors": {"lists": 0, "read": 0, "recall": 1.0}, "bytes": 2_500_000,
    }  # fmt: skip
    shown = Shown(facts_html(facts, "en"))
    assert shown.texts["facts"] == (
        "Articles5 (Arabic 4 · English 1)Passages21Published2017-04-12 to 2017-04-13Copies2 articles print 1 stories"
        "Encodere · 640Size2.5 MB"
    )


@pytest.fixture(scope="module")
def served_archive(seed_assistant: Assistant) -> Iterator[str]:
    with serving(seed_assistant) as address:
        yield address


def get(address: str, path: str, language: str = "en", **query: str) -> str:
    request = urllib.request.Request(
        f"{address}{path}?{urllib.parse.urlencode(query)}", headers={"accept-language": language}
    )
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as response:
        return str(response.read().decode())


def test_the_list_is_served_narrowed_and_in_the_language_of_the_interface(served_archive: str) -> None:
    assert Shown(get(served_archive, "/list")).texts["caption"].startswith("1–5 of 5By")
    narrowed = Shown(get(served_archive, "/list", "ar", words="الكرملين", **{"from": "2017-04-12"}))
    assert narrowed.texts["caption"].startswith("1–1 من 1حسب")
    assert Shown(get(served_archive, "/list", page="99")).texts["caption"].startswith("1–5 of 5By")
    assert Shown(get(served_archive, "/list", source="Nobody")).texts["nothing"] == "No article is like that."
    assert "Articles5 (" in Shown(get(served_archive, "/list/facts")).texts["facts"]
    assert 'value="لافروف"' in get(served_archive, "/list/form", words="لافروف")


@pytest.mark.parametrize(
    ("query", "language", "told"),
    [
        ({"from": "soon"}, "en", "“soon” is no day; write it as 2020-02-17."),
        ({"to": "2020-13-01"}, "ar", "«\u20682020-13-01\u2069» ليس يومًا؛ اكتبه على صورة \u20662020-02-17\u2069."),
        (
            {"from": "2020-02-02", "to": "2020-02-01"},
            "en",
            "The first day, 2020-02-02, is after the last, 2020-02-01; exchange them.",
        ),
    ],
)
def test_a_day_that_is_none_is_one_line(served_archive: str, query: dict[str, str], language: str, told: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(served_archive, "/list", language, **query)
    with refused.value as error:
        assert (error.code, json.loads(error.read())) == (422, {"detail": told})
