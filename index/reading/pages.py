"""HTML pages to records; trafilatura, its only home."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.errors import ReadError
from index.reading.encodings import decode
from index.reading.records import Found, Record, checked, day, encodable, one_line
from index.reading.source import Source

_MOST_BYTES = 5 * 10**6
"""The size of a page at most. Taking the story from among as many small pieces as that holds takes half a minute."""
_DECLARED = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096  # browsers look for the declaration in 1,024 bytes
_FEWEST_WORDS = 10
"""The words of an article's longest paragraph at least: of links, headings and buttons none has so many."""


def read_page(source: Source) -> Iterator[Found]:
    """Yield the article of a page: its story without what is printed around it, and what its head states."""
    data = source.bytes()
    if len(data) > _MOST_BYTES:
        raise ReadError(f"a page of more than {_MOST_BYTES // 10**6} MB; take the article out of it")
    declared = _DECLARED.search(data[:_HEAD])
    html, encoding = decode(data, source.encoding, declared=declared[1].decode("ascii") if declared else None)
    yield from source.remarks(encoding)

    import trafilatura  # a fifth of a second, which is spent only where there are pages
    from trafilatura.settings import Document

    # Elsewhere in the page stand other days than that of publication.
    stated_dates = {"extensive_search": False, "original_date": True}
    found = trafilatura.bare_extraction(
        checked(html), with_metadata=True, include_comments=False, date_extraction_params=stated_dates
    )
    if not isinstance(found, Document) or not found.text or not _has_prose(found.text):
        raise ReadError("the page holds no article, only headings or links; pass the page of one article")
    text = encodable("\n\n".join(filter(None, map(str.strip, found.text.split("\n")))))
    yield Record(
        path=source.path_of(text),
        text=text,
        title=one_line(found.title),
        source=one_line(found.sitename),
        url=one_line(found.url),
        author=one_line(found.author),
        published=day(found.date),
    )


def _has_prose(text: str) -> bool:
    return max(len(line.split()) for line in text.split("\n")) >= _FEWEST_WORDS
