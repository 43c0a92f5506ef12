"""Who is meant by a title that stands for «he» in Arabic articles: وقال سموه, وأكد معاليه. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.agreement_ar import is_person
from assistant.speech.nouns_ar import TITLES_AR, is_known
from assistant.speech.reports import WordRun
from assistant.speech.speaker_ar import speaker_end
from assistant.words.lexicon import HONORIFICS_AR
from index.text import fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.speech.mentions import Speakers

_BEARERS = {
    fold_text(title): (frozenset(fold_text(words).split()), re.compile(rf"(?<!\w)(?:{written})(?=\s+\w)"))
    for titles, words, written in (
        ("سموه سموها", "سمو السمو الأمير الأميرة", "صاحبة? السمو|سمو الأميرة?|الأميرة?"),
        ("معاليه معاليها", "معالي الوزير الوزيرة وزير وزيرة", "معالي"),
        ("سعادته سعادتها", "سعادة السفير السفيرة", "سعادة"),
        ("فضيلته", "فضيلة الشيخ إمام خطيب", "فضيلة|الشيخ"),
        ("سماحته", "سماحة المفتي مفتي", "سماحة"),
        ("جلالته جلالتها", "جلالة الملك الملكة ملك ملكة العاهل", "جلالة|الملك|العاهل"),
        ("فخامته", "فخامة الرئيس رئيس", "فخامة|الرئيس"),
        ("دولته", "دولة رئيس", "دولة رئيس"),
    )
    for title in titles.split()
}
"""Each such title with the words of those who bear it, and how an article first names one."""

_BEFORE = 60
_AFTER = 260
"""Characters of an article beside a bearer's name that are read."""

_HIGHNESS = fold_text("سمو")

FEWEST = 3
"""Words of a bearer's title and name, at least."""


def title_for_he(run: WordRun, verb: int) -> str:
    """Return the title right after a verb that stands for its subject; "" where none does."""
    following = run.folded[verb + 1] if 0 <= verb < len(run.words) - 1 else ""
    return following if following in _BEARERS else ""


def find_bearer(title: str, speakers: Speakers, spoke: Sequence[int], text: str) -> int | None:
    """Return the speaker whom a title means: the last one who bears it, else the first whom the text calls so.

    Of a preacher or a minister without it in his name the last speaker is meant, where that is somebody's own name.
    """
    for speaker in reversed(spoke):
        if any(word.text in _BEARERS[title][0] for mention in speakers.mentions(speaker) for word in tokens(mention)):
            return speaker
    if spoke and _HIGHNESS not in _BEARERS[title][0] and is_person(speakers.mentions(spoke[-1])[-1]):
        return spoke[-1]
    named = _first_bearer(title, text)
    return speakers.add(named) if named else None


def _name_end(run: WordRun, first: int, last: int) -> int:
    """Return where a name ends at the latest: at a bare noun after a family name, الأمير سالم الحموي موقع."""
    for at in range(first + 2, last):
        word, before = run.folded[at], run.folded[at - 1]
        family = before.startswith("ال") and before not in TITLES_AR | HONORIFICS_AR
        if family and not (word.startswith(("ال", "و", "ب", "ل")) or is_known(word)):
            return at
    return last


def _first_bearer(title: str, text: str) -> str:
    """Return how a text first names one who bears a title: "" where it names nobody so."""
    for match in _BEARERS[title][1].finditer(text):
        start = max(0, match.start() - _BEFORE)
        run = WordRun.of(text[start : match.end() + _AFTER])
        first = next((at for at, word in enumerate(run.words) if word.start == match.start() - start), 0)
        last = _name_end(run, first, speaker_end(run, first)) if first else first
        if last - first >= FEWEST:
            return run.excerpt(first, last)
    return ""
