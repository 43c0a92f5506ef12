"""Where sentences end in Arabic and English news, which quotations they hold, and which lines only wrap: pure."""

from __future__ import annotations

import re

_CLOSERS = re.escape("\"'”’»›“〞〟)]\u200f\u200e")
_STOP = re.compile(
    rf"[.!?؟۔…\n](?:(?<!\n)[.!?؟۔…]*[{_CLOSERS}]*(?=\s|$)"  # one set of marks first: a search skips to the next of them
    r"|(?<=[ء-ي]{3}[.!؟])(?=[ء-ي]{3})"  # a space forgotten, as in "بوجهم.وذكرت"
    r"|(?<=\n)\n*)"
)
_ALWAYS = r"mr|mrs|ms|dr|prof|gen|col|lt|sen|rep|gov|st|vs|e\.g|i\.e|و?[دأ]"
_MOSTLY = (
    r"inc|co|corp|ltd|jr|sr|u\.s|u\.k|u\.n|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[a-z]"
    r"|(?<!\d )و?م|ص|ج"  # after a number م is the year's
)
_ABBREVIATION = re.compile(
    rf"(?:^|[\s(\"“«])(?:(?P<always>{_ALWAYS})|(?P<number>nos?)|(?P<mostly>{_MOSTLY}))\.$", re.IGNORECASE
)
_LONGEST_ABBREVIATION = len(" prof.")
_OPENS_SENTENCE = re.compile(
    r"\s+[\"“'‘]?(?:The|An?|In|On|At|It|Its|He|His|She|Her|They|Their|We|I|This|That|These|For|After|When)\s"
)
_CONTINUES = re.compile(r"\s*[\"“«'‘(\[]*(?!al-|el-)[a-z](?![A-Z])")
_NUMBER = re.compile(r"\s*\d")

_QUOTATIONS = (("“", "”"), ("«", "»"), ("‹", "›"), ("„", "“”"), ("‘", "’"), ("〝", "〞〟"))
_OPENER = re.compile(f'["{"".join(opener for opener, _ in _QUOTATIONS)}]')
_APOSTROPHE = re.compile(r"(?<=\w)[’‘](?=\w)")
_MAX_QUOTATION = 600
"""Code points after which an open quotation mark is taken for a slip and no longer holds its sentence together."""


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of ``text[start:end]`` as offsets into the whole text, white space trimmed.

    A sentence ends at a line's end, unless the lines are those of a wrapped paragraph, or at a full stop, question or
    exclamation mark of either script with the closing quotation marks that follow it; not before a small Latin letter.
    A mark inside an open quotation of the same paragraph ends none: a quotation is not cut.
    """
    end = len(text) if end is None else end
    wraps = wrapping_newlines(text, start, end)
    found: list[tuple[int, int]] = []
    begin = start
    paragraph_end = start
    for match in _STOP.finditer(text, start, end):
        if match.start() in wraps:
            continue
        if match.group()[0] != "\n":
            while paragraph_end < match.end() or paragraph_end in wraps:
                newline = text.find("\n", max(match.end(), paragraph_end + 1), end)
                paragraph_end = newline if newline >= 0 else end + 1
            if not _ends_sentence(text, begin, match.start(), match.end(), min(paragraph_end, end)):
                continue
        _append_trimmed(found, text, begin, match.end())
        begin = match.end()
    _append_trimmed(found, text, begin, end)
    return found


def _ends_sentence(text: str, begin: int, stop: int, after: int, paragraph_end: int) -> bool:
    if _CONTINUES.match(text, after, paragraph_end):
        return False
    if (
        text[stop] == "."
        and after == stop + 1
        and (found := _ABBREVIATION.search(text, max(begin, after - _LONGEST_ABBREVIATION), after))
    ):
        if found["number"] and _NUMBER.match(text, after):
            return False
        if found["always"] or (found["mostly"] and not _OPENS_SENTENCE.match(text, after)):
            return False
    if not _OPENER.search(text, begin, after):
        return True
    head = text[begin:after]
    rest = text[after : min(paragraph_end, begin + _MAX_QUOTATION)]
    return not _is_quotation_open(head, rest)


def _is_quotation_open(head: str, rest: str) -> bool:
    """Whether a quotation that begins in the head is closed in the rest."""
    if head.count('"') % 2 and '"' in rest:
        return True
    if "’" in head or "’" in rest:
        head, rest = _APOSTROPHE.sub(" ", head), _APOSTROPHE.sub(" ", rest)
    return any(
        head.count(opener) > sum(map(head.count, closers)) and any(closer in rest for closer in closers)
        for opener, closers in _QUOTATIONS
        if opener in head
    )


def _append_trimmed(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end].lstrip()
    if any(map(str.isalnum, piece)):
        start = end - len(piece)
        found.append((start, start + len(piece.rstrip())))


_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+")
_WIDTHS = range(40, 101)
"""Code points that the full lines of a wrapped paragraph have."""
_FULL = 0.85
"""The part of the width beyond which a line that cannot take the next line's first word counts as full."""


def wrapping_newlines(text: str, start: int = 0, end: int | None = None) -> frozenset[int]:
    """Return the offsets of the line ends that only wrap a paragraph, as newswires do at 70 columns.

    The lines of a block are wrapped where they are of that width, as a rule had no room for the next line's first word,
    and mostly do not end like a sentence. A line that is further indented than the others opens a paragraph.
    """
    found: set[int] = set()
    for block in _BLOCK.finditer(text, start, len(text) if end is None else end):
        if block.group().count("\n", 0, -1):
            found.update(_wraps_of_block(block.group(), block.start()))
    return frozenset(found)


def _wraps_of_block(block: str, start: int) -> list[int]:
    lines = block.rstrip("\n").split("\n")
    widths = sorted([len(line.rstrip()) for line in lines[:-1]])
    width = widths[len(widths) * 9 // 10]
    if width not in _WIDTHS:
        return []
    indents = [len(line) - len(line.lstrip()) for line in lines]
    wraps = []
    full = ended = 0
    position = start
    for line, following, indent in zip(lines, lines[1:], indents[1:], strict=False):
        position += len(line)
        if indent <= min(indents):
            wraps.append(position)
            full += len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) > width * _FULL
            ended += line.rstrip()[-1] in ".!?؟:"
        position += 1
    return wraps if full * 2 >= len(wraps) >= ended * 2 else []
