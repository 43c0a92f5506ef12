"""Bodies by their acronyms and their names in both languages."""

from __future__ import annotations

import pytest

from assistant.words.bodies import acronym_of, find_bodies
from index.text import tokens


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the UN and the International Monetary Fund", [("un", "un"), ("imf", "international monetary fund")]),
        ("قال الأمين العام للأمم المتحدة", [("un", "للامم المتحده")]),
        ("وصندوق النقد الدولي وبالناتو", [("imf", "وصندوق النقد الدولي"), ("nato", "وبالناتو")]),
        ("حزب العمال البريطاني", []),
        ("the islamic state of affairs and the state", [("isis", "islamic state")]),
        ("", []),
    ],
)
def test_a_body_is_found_by_each_of_its_names(text: str, named: list[tuple[str, str]]) -> None:
    words = [token.text for token in tokens(text)]
    found = [(acronym_of(body), " ".join(words[place] for place in places)) for body, places in find_bodies(words)]
    assert found == named
