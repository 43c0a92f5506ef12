"""What a browser would make of a piece of HTML, without a browser; and text that would like to be HTML."""

from __future__ import annotations

from html.parser import HTMLParser

HOSTILE = '<img src=x onerror=alert(1)> <script>alert(1)</script> " onclick="alert(1)" {{7*7}} ${7*7} </template>'


class Shown(HTMLParser):
    """What a browser would make of a piece of HTML: its tags, its text by class, and the text of its marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.attributes: set[str] = set()
        self.marked: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append((tag, dict(attrs)))
        self.seen.append(self.open[-1])
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for tag, attributes in self.open:
            number = attributes.get("data-citation") or attributes.get("data-passage")
            if tag == "mark" and number:
                self.marked[number] = self.marked.get(number, "") + data
            for name in [tag, *(attributes.get("class") or "").split()]:
                self.texts[name] = self.texts.get(name, "") + data
