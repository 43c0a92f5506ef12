"""What the tests of cleaning say of a page, and the sentences that its stories are made of."""

from __future__ import annotations

from datetime import date

from index.cleaning.clean import Cleaned, clean


def marked(text: str, found: Cleaned | None = None) -> list[tuple[str, str]]:
    return [(span.kind.value, text[span.start : span.end]) for span in (found or clean(text)).spans]


def facts(text: str) -> tuple[str | None, date | None, str | None, str | None]:
    found = clean(text)
    return found.title, found.published, found.agency, found.dateline


LEAD = "أعلن وزير الخارجية الروسي سيرغي لافروف اليوم أن بلاده تتمسك بموقفها من الأزمة في سورية."
MORE = "وأضاف لافروف في مؤتمر صحفي أن المشاورات مستمرة مع الشركاء الدوليين والإقليميين لحل هذه المسائل."
STORY = "The foreign minister said his country would keep to its position in the talks this week."
REST = "He added that consultations with partners in the region would go on until they had a result."
