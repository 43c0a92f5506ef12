"""One sentence as words with what stands between them, and a report found in it: verb and speaker. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from index.text import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SPEAKER = 12
"""Words that a speaker's name and role may take."""

LONGEST_QUOTED_NAME = 5
"""Words of a name in quotation marks, at most."""

FARTHEST_THAT = 30
"""Words that may stand between a report and the particle that opens what it reports."""

_FIRST_SHAPE = "\ufb50"
"""The first of the characters that stand for one shape of an Arabic letter."""

COLON = -1
"""Stands for the number of a verb where a colon reports."""

COMMA = re.compile("[،,]")
MARKS_SPEECH = re.compile(r"[:\"“«{﴿]")
OPENS_QUOTATION = re.compile('[“«"‘{﴿]')
_MARK = re.compile('[“”«"‘{﴿]')
_QUOTATION = re.compile(
    r"{[^{}]*}|﴿[^﴾]*﴾|“[^“”]*(?:“[^”]*”[^“”]*)*”|«[^«»]*»|\"(?!\S[^\"]*\s\"\w)[^\"]*\"|”[^“”]*[”“]"
)


class Report(NamedTuple):
    """A reporting verb of one sentence and the words that name its speaker, all by their numbers in the sentence.

    `verb` is `COLON` where a colon reports; ``[first, last)`` is empty where the sentence names no speaker. A `nested`
    report is told by another speaker.
    """

    verb: int
    first: int
    last: int
    nested: bool

    @property
    def named(self) -> bool:
        """Whether the sentence names the speaker."""
        return self.first < self.last

    @property
    def begins(self) -> int:
        """The number of the word, of the verb and the speaker, that comes first."""
        return max(0, min(self.verb, self.first) if self.named else self.verb)

    @property
    def ends(self) -> int:
        """The number after that of the word, of the verb and the speaker, that comes last."""
        return max(self.verb + 1, self.last)


@dataclass(frozen=True)
class WordRun:
    """The words of one sentence; ``gaps[i]`` is what stands before word i, the last one what stands after them all."""

    text: str
    words: list[Token]

    @classmethod
    def of(cls, text: str) -> WordRun:
        """Take a sentence apart."""
        return cls(text, tokens(text))

    @cached_property
    def gaps(self) -> list[str]:
        """What stands before each word, and after the last."""
        bounds = [0, *(bound for word in self.words for bound in word[:2]), len(self.text)]
        return [self.text[end:start] for end, start in zip(bounds[::2], bounds[1::2], strict=True)]

    @cached_property
    def folded(self) -> list[str]:
        """The folded words."""
        return [word.text for word in self.words]

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return [match.span() for match in _QUOTATION.finditer(self.text)]

    def excerpt(self, first: int, last: int) -> str:
        """Return the text of the words ``[first, last)``, with the mark that closes a quotation opened among them."""
        start, end = self.words[first].start, self.words[last - 1].end
        end = max(end, *(right for left, right in self._quotations if start < left < end), end)
        return self.text[start:end]

    def verb_span(self, report: Report) -> tuple[int, int]:
        """Return where the verb of a report stands, or its colon."""
        if report.verb == COLON:
            colon = self.text.index(":")
            return colon, colon + 1
        start, end, _ = self.words[report.verb][:3]
        return start, end

    def is_definite(self, number: int) -> bool:
        """Tell whether a word begins with the Arabic article, and not with the «إل» of إلغاء; none behind the last."""
        if number >= len(self.words):
            return False
        start = self.words[number].start
        shaped = self.text[start] >= _FIRST_SHAPE and self.folded[number].startswith("ال")  # ﺍﻟﻤﻜﺘﺐ
        return shaped or self.text.startswith("ال", start)

    def is_quoted(self, number: int) -> bool:
        """Tell whether a word stands within quotation marks."""
        start = self.words[number].start
        return any(left < start < right for left, right in self._quotations)

    def is_capital(self, number: int) -> bool:
        """Tell whether a word begins with a capital letter."""
        return self.text[self.words[number].start].isupper()

    def quotations_from(self, start: int, end: int) -> Iterator[int]:
        """Yield where the quotations open within ``[start, end)``, one that is not closed as well."""
        opened = {left for left, _ in self._quotations}
        for match in _MARK.finditer(self.text, start, end):
            at = match.start()
            if at in opened or (match[0] != "”" and not any(left < at < right for left, right in self._quotations)):
                yield at

    def after_quoted_name(self, number: int) -> int:
        """Return the number of the word after a few quoted ones that begin with this one; `number` where none are."""
        start = self.words[number].start
        end = next((right for left, right in self._quotations if left < start < right), 0)
        last = number
        while last < len(self.words) and self.words[last].end <= end:
            last += 1
        return last if last - number <= LONGEST_QUOTED_NAME else number
