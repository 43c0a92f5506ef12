"""An article as a row of the archive: pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from index.types import Article, Span, SpanKind

COLUMNS = "id, path, text, language, title, source, url, author, published, agency, dateline, spans"

_KINDS = {str(kind): kind for kind in SpanKind}


def article_id(text: str) -> str:
    """Return the name of this very text: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def article_row(article: Article) -> tuple[object, ...]:
    """Return an article's values in the order of COLUMNS."""
    published = article.published.isoformat() if article.published else None
    spans = json.dumps([(span.start, span.end, span.kind) for span in article.spans], separators=(",", ":"))
    stated = (article.title, article.source, article.url, article.author, published, article.agency, article.dateline)
    return (article.id, article.path, article.text, article.language, *stated, spans)


def row_article(row: Sequence[Any]) -> Article:
    """Return the article of values in the order of COLUMNS. Raises ValueError or TypeError where they are none."""
    name, path, text, language, title, source, url, author, published, agency, dateline, spans = row
    return Article(
        id=name,
        path=path,
        text=text,
        language=language,
        title=title,
        source=source,
        url=url,
        author=author,
        published=day(published),
        agency=agency,
        dateline=dateline,
        spans=tuple(Span(start, end, _KINDS.get(kind) or SpanKind(kind)) for start, end, kind in json.loads(spans)),
    )


def day(stored: str | None) -> date | None:
    """Return the day that a column holds."""
    return date.fromisoformat(stored) if stored else None
