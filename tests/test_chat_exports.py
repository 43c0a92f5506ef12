"""Conversations as files: whole, read again by strict readers of each format, and harmless whatever an article says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.conversations.exports import FORMATS, file_name
from assistant.chat.conversations.references import Reference, bibtex, references, ris
from assistant.chat.conversations.store import Conversation, KeptTurn
from assistant.rendering.answers import answer_json, article_json, on_one_line
from assistant.types import Support
from index.types import Article
from tests.librarian import answered, article, cite, declined, seed

HOSTILE = '<script>alert(1)</script> \\ {x}} "y" 50% & #1_$ ~^ @misc{z, | `*q*` [l](javascript:x)'
ENGLISH = Article(
    id="en1",
    path="news/one.html",
    text="Peskov said: it is not on our agenda.\nHe left.",
    language="en",
    title=f"A title {HOSTILE}",
    source="The Daily* & Co",
    url="https://news.example/a_b?c={d}&e=f%20g",
    author="Ann Other and Sons",
    published=date(2017, 4, 2),
)
ARABIC = seed(0)
SAID = cite(ARABIC, "وقال لافروف في تصريحات", "البعض”.", speaker="لافروف")
LEFT = cite(ENGLISH, "Peskov said", "left.", speaker="Peskov")
AGENDA = cite(ENGLISH, "not on our agenda")
ASKED = 1_600_000_000.0  # 2020-09-13 12:26:40 UTC

FIRST = KeptTurn.from_answer(
    "t1", answered("ماذا قال لافروف؟", (SAID.quote, (SAID,)), ("And more.", (SAID, LEFT))), "<p>1</p>", ASKED
)
SECOND = KeptTurn.from_answer(
    "t2",
    replace(
        answered(HOSTILE, (f"Said: {HOSTILE}", (AGENDA, LEFT)), support=Support.UNSUPPORTED),
        understood="What did he say?",
        notes=("No model could be reached.",),
    ),
    "<p>2</p>",
    ASKED,
)
THIRD = KeptTurn.from_answer("t3", declined("Japan?", "Nothing on Japan."), "<p>3</p>", ASKED)
WHOLE = Conversation("c", "ماذا قال لافروف؟", None, (FIRST, SECOND, THIRD))


def bibtex_entries(text: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Read BibTeX strictly: (type, key, fields), values as a reader would see them."""
    position = 0
    while position < len(text):
        head = re.compile(r"@(\w+)\{([\w-]+),\n").match(text, position)
        assert head, text[position : position + 40]
        position = head.end()
        fields = {}
        while field := re.compile(r"  (\w+) = \{").match(text, position):
            depth, end = 1, field.end()
            while depth:  # as BibTeX does: every brace counts
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            fields[field[1]] = plain(text[field.end() : end - 1], verbatim=field[1] == "url")
            assert text[end : end + 2] == ",\n"
            position = end + 2
        assert text[position : position + 2] == "}\n"
        position += 3
        yield head[1], head[2], fields


def plain(value: str, *, verbatim: bool) -> str:
    """What TeX would print of a field; what would be a fault to it fails."""
    if verbatim:
        return value
    names = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}"}
    names |= {"textasciitilde": "~", "textasciicircum": "^"}
    assert not re.search(r"(?<!\\)[&%$#_~^]", value), value
    return re.sub(r"\\(\w+)\{\}|\\([&%$#_])|[{}]", lambda found: names.get(found[1], found[2] or ""), value)


def ris_entries(text: str) -> list[dict[str, list[str]]]:
    """Read RIS strictly: every line a tag, every entry from TY to ER."""
    entries: list[dict[str, list[str]]] = []
    for line in text.removesuffix("\r\n").split("\r\n"):
        found = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert found, line
        if found[1] == "TY":
            entries.append({})
        entries[-1].setdefault(found[1], []).append(found[2])
    assert all(entry["ER"] == [""] for entry in entries)
    return entries


def test_each_cited_article_is_one_entry_with_each_of_its_quotations_once() -> None:
    arabic, english = references(WHOLE.turns)
    assert (arabic.facts["article"], len(arabic.citations)) == (ARABIC.id, 1)
    assert [one["quote"] for one in english.citations] == [LEFT.quote, AGENDA.quote]
    assert references([THIRD]) == []


def test_ris_holds_the_facts_one_to_a_line() -> None:
    arabic, english = ris_entries(FORMATS["ris"].write(WHOLE))
    assert english == {
        "TY": ["NEWS"],
        "TI": [ENGLISH.title],
        "AU": ["Ann Other and Sons"],
        "T2": ["The Daily & Co"],  # an asterisk is not allowed here
        "PY": ["2017"],
        "DA": ["2017/04/02"],
        "UR": [ENGLISH.url],
        "LA": ["en"],
        "DB": ["Isnad"],
        "AN": ["en1"],
        "N1": [
            "Archived from news/one.html",
            "Characters 0-46, Peskov: “Peskov said: it is not on our agenda. He left.”",
            "Characters 19-36: “not on our agenda”",
        ],
        "ER": [""],
    }
    assert arabic["N1"][1] == f"Characters {SAID.start}-{SAID.end}, لافروف: “{' '.join(SAID.quote.split())}”"
    assert "UR" not in arabic


def test_bibtex_holds_the_facts_whatever_tex_makes_of_their_letters() -> None:
    (kind, key, arabic), (other, _, english) = bibtex_entries(FORMATS["bibtex"].write(WHOLE))
    assert (kind, other) == ("article", "article")
    assert re.fullmatch(r"isnad\d*-[0-9a-f]{10}", key)
    assert english == {
        "title": ENGLISH.title,
        "author": "Ann Other and Sons",
        "journal": "The Daily* & Co",
        "year": "2017",
        "month": "4",
        "day": "2",
        "date": "2017-04-02",
        "url": "https://news.example/a_b?c=%7Bd%7D&e=f%20g",
        "language": "english",
        "note": "Archived from news/one.html;"
        " Characters 0-46, Peskov: “Peskov said: it is not on our agenda. He left.”;"
        " Characters 19-36: “not on our agenda”",
    }
    assert (arabic["title"], arabic["language"]) == (ARABIC.title, "arabic")
    assert f"لافروف: “{' '.join(SAID.quote.split())}”" in arabic["note"]


def test_what_a_page_does_not_state_is_not_made_up() -> None:
    bare = article("x/bare.txt", "Bare words.")
    bare = replace(bare, title=None)
    cited = references([KeptTurn.from_answer("t", answered("Q?", ("Bare.", (cite(bare, "Bare words."),))), "", ASKED)])
    assert [(kind, fields) for kind, _, fields in bibtex_entries(bibtex(cited))] == [
        (
            "misc",
            {
                "title": "bare.txt",
                "howpublished": "x/bare.txt",
                "language": "english",
                "note": "Archived from x/bare.txt; Characters 0-11: “Bare words.”",
            },
        )
    ]
    assert list(ris_entries(ris(cited))[0]) == ["TY", "TI", "LA", "DB", "AN", "N1", "ER"]


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_makes_entries_that_can_be_read_again(title: str, quote: str) -> None:
    facts = {**article_json(ENGLISH, with_text=False), "title": title, "source": title, "author": title, "url": title}
    one = Reference(facts, ({"start": 0, "end": len(quote), "speaker": title, "quote": quote},))
    assert len(list(bibtex_entries(bibtex([one, one])))) == 2
    assert len(ris_entries(ris([one, one]))) == 2


def test_markdown_holds_questions_answers_and_every_citation_with_its_words() -> None:
    written = FORMATS["markdown"].write(replace(WHOLE, title="T*", turns=(FIRST, THIRD)))
    quote = "\n".join(f"    > {on_one_line(line)}" for line in SAID.quote.splitlines())
    assert written == (
        "# T\\*\n\n"
        "## ماذا قال لافروف؟\n\n"
        "*2020-09-13 12:26 UTC*\n\n"
        f"{on_one_line(SAID.quote)} [1]\n\n"
        "And more. [1] [2]\n\n"
        f"1.  {ARABIC.title} · لافروف · {ARABIC.agency}"
        f" · {ARABIC.path.replace('_', chr(92) + '_')} · {SAID.start}–{SAID.end}\n\n{quote}\n\n"
        '2.  A title \\<script\\>alert(1)\\</script\\> \\\\ \\{x\\}\\} "y" 50% \\& \\#1\\_\\$ \\~^ @misc\\{z, \\|'
        " \\`\\*q\\*\\`"
        " \\[l\\](javascript:x) · Peskov · The Daily\\* \\& Co · Ann Other and Sons · 2017-04-02 · news/one.html · 0–46"
        " · <https://news.example/a_b?c={d}&e=f%20g>\n\n"
        "    > Peskov said: it is not on our agenda.\n    > He left.\n\n"
        "## Japan?\n\n*2020-09-13 12:26 UTC*\n\n"
        "**The archive holds no answer.** Nothing on Japan.\n"
    )


def test_markdown_shows_how_a_question_was_understood_and_what_is_not_supported() -> None:
    written = FORMATS["markdown"].write(replace(WHOLE, turns=(SECOND,)))
    assert "*Understood as: What did he say?*\n\n*No model could be reached.*\n\n~~Said: " in written
    assert "~~ [1] [2] (not supported)\n\n1.  A title" in written


class Shown(HTMLParser):
    """The tags, their attributes, and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.found: list[dict[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_stands_alone_says_it_all_and_runs_nothing() -> None:
    shown = Shown(FORMATS["html"].write(WHOLE))
    assert {"script", "img", "link", "iframe"}.isdisjoint(shown.tags)
    assert not any(name.startswith("on") for one in shown.found for name in one)
    assert all(
        (one.get("href") or "#").startswith(("#", "https://news.example/")) and "src" not in one for one in shown.found
    )
    for text in (HOSTILE, SAID.quote, "Nothing on Japan.", "Understood as: What did he say?", "2020-09-13 12:26 UTC"):
        assert text in shown.text
    assert shown.tags.count("li") == 4
    ids = [one["id"] for one in shown.found if "id" in one]
    assert ids == ["c1-1", "c1-2", "c2-1", "c2-2"]
    assert {one["href"] for one in shown.found if (one.get("href") or "").startswith("#")} == {f"#{id}" for id in ids}


def test_every_paragraph_of_the_page_finds_its_own_direction() -> None:
    page = FORMATS["html"].write(WHOLE)
    assert page.startswith('<!DOCTYPE html>\n<html lang="ar" dir="rtl">')
    for tag in re.findall(r"<(?:p|h1|h2)\b[^>]*>", page):
        assert 'dir="auto"' in tag or 'class="note"' in tag or 'class="source"' in tag
    assert re.findall(r'<section lang="(\w\w)" dir="(\w+)">', page) == [("ar", "rtl"), ("en", "ltr"), ("en", "ltr")]


def test_json_holds_each_answer_as_the_command_line_prints_it() -> None:
    written = json.loads(FORMATS["json"].write(WHOLE))
    assert written["title"] == WHOLE.title
    assert [turn["answer"] for turn in written["turns"]] == [turn.answer for turn in WHOLE.turns]
    assert written["turns"][1] == {
        "question": HOSTILE,
        "understood": "What did he say?",
        "asked": "2020-09-13 12:26 UTC",
        "stated": ["No model could be reached."],
        "answer": SECOND.answer,
        "articles": {"en1": article_json(ENGLISH, with_text=False)},
    }
    assert written["turns"][2]["answer"] == answer_json(declined("Japan?", "Nothing on Japan."))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What did Lavrov say?", "isnad-What-did-Lavrov-say.md"),
        ("ماذا قال لافروف؟", "isnad-ماذا-قال-لافروف.md"),
        ("../../etc/passwd\r\nX: y", "isnad-etc-passwd-X-y.md"),
        ("?!", "isnad-conversation.md"),
        ("word " * 50, f"isnad-{'-'.join(['word'] * 12)}.md"),
    ],
)
def test_a_file_is_named_after_the_conversation_by_letters_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title, "md") == name
