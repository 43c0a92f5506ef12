"""The encoding of a text: by its byte-order mark, UTF-8, or the code page in which its letters are likely. Pure."""

from __future__ import annotations

import codecs
import math

from index.errors import ReadError

SAMPLE = 2**18
"""Bytes from the beginning of a file of many records by which its encoding is told."""

UTF_8 = "utf-8"

_MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32"),  # it begins like the next one
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF32_BE, "utf-32"),
)

_NAMES = {"cp1256": "Windows-1256", "iso8859-6": "ISO-8859-6", "cp1252": "Windows-1252"}

_LETTERS = "اليمونرتبعةدفسهقأكحجشطصإخىضزذثئغءظؤآ"
_PER_MILLE = (
    *(150.7, 114.7, 76.8, 64.4, 54.0, 52.1, 46.7, 46.4, 34.8, 33.3, 32.8, 30.3, 26.0, 24.1, 23.7, 22.1, 20.3, 18.5),
    *(17.8, 14.0, 10.0, 9.7, 9.4, 8.7, 8.5, 8.5, 6.8, 6.4, 6.3, 5.8, 4.3, 3.8, 3.4, 2.3, 1.2, 1.0),
)
"""How frequent each letter is in 1,500 Arabic news articles."""
_LIKELIHOOD = {letter: math.log(share / 1000) for letter, share in zip(_LETTERS, _PER_MILLE, strict=True)}
_OTHER = -9.0  # of a character that Arabic news do not write
_PUNCTUATION = frozenset(
    "،؛؟٪ـ«»“”‘’–—…•·°£€§©®\u00a0\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u200c\u200d\u200e\u200f"
)

_LEAST_LIKELIHOOD = -4.0
"""A letter's mean in Arabic is about -3.1, by the other Arabic code page below -4.5, in Russian or Greek below -4.6."""
_LEAST_LETTERS = 10

_WESTERN = frozenset("àáâäåæçèéêëíîïñóôöøúüßœÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÚÜŒ‘’“”„–—…•·«»€£§©®™°½¼¾\u00a0\u00ad")
_MOST_WESTERN = 0.2
"""The part of a text in English, or in a language like it, that is beyond ASCII at most."""


def name_of(encoding: str) -> str:
    """Return how an encoding is called."""
    name = codecs.lookup(encoding).name
    return _NAMES.get(name, name.upper())


def is_utf_8(encoding: str) -> bool:
    """Whether an encoding is UTF-8, marked or not."""
    return codecs.lookup(encoding).name in ("utf-8", "ascii")


def find_mark(data: bytes) -> str | None:
    """Return the encoding that a text's byte-order mark states."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def find_code_page(data: bytes) -> str | None:
    """Return the code page of a text that is not UTF-8; None where too little tells, or it is none of those known.

    Arabic letters are told by how frequent each is: on pieces of 40 bytes, cut from other articles,
    that finds Windows-1256 and ISO-8859-6 without a mistake.
    """
    found = [(score, page) for page in ("cp1256", "iso8859-6") if (score := _arabic(data, page)) is not None]
    if found and max(found)[0] > _LEAST_LIKELIHOOD:
        return max(found)[1]
    return "cp1252" if _is_western(data) else None


def _arabic(data: bytes, page: str) -> float | None:
    """Return the mean likelihood of a text's letters as Arabic; None where it has too few."""
    if not _is_in(data, page):
        return None
    text = data.decode(page)
    likelihoods = [_LIKELIHOOD.get(letter, _OTHER) for letter in text if letter > "\x7f" and letter not in _PUNCTUATION]
    return sum(likelihoods) / len(likelihoods) if len(likelihoods) >= _LEAST_LETTERS else None


def _is_western(data: bytes) -> bool:
    if not _is_in(data, "cp1252"):
        return False
    text = data.decode("cp1252")
    beyond = [character for character in text if character > "\x7f"]
    return len(beyond) <= _MOST_WESTERN * len(text) and _WESTERN.issuperset(beyond)


def decode(data: bytes, encoding: str | None = None, *, declared: str | None = None) -> tuple[str, str]:
    """Return a whole text and its encoding, the one given or else the one found; raise ReadError where none is.

    What a text declares of itself counts where it is not UTF-8.
    """
    encoding = encoding or find_mark(data) or (None if b"\0" in data else UTF_8)
    if encoding is None:
        raise ReadError("it is binary, not text")
    try:
        return data.decode(encoding).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError as error:
        is_marked = data.startswith(codecs.BOM_UTF8)
        page = None
        if encoding == UTF_8 and not is_marked:
            page = declared if _is_in(data, declared) else find_code_page(data)
        if page is None:
            raise undecodable(encoding, error.start) from error
    return data.decode(page), page


def _is_in(data: bytes, encoding: str | None) -> bool:
    try:
        data.decode(encoding or "ascii")
    except (LookupError, UnicodeError):
        return False
    return True


def find_encoding(head: bytes, *, is_whole: bool) -> str:
    """Return the encoding of a file of many lines by its beginning; UTF-8 where only some of its lines are not.

    Args:
        head: the first bytes of the file.
        is_whole: whether that is all of it; else its last line may be cut anywhere.
    """
    if mark := find_mark(head):
        return mark
    lines = head.split(b"\n") if is_whole else head.split(b"\n")[:-1] or [head[:-4]]
    foreign = [line for line in lines if not line.isascii()]
    wrong = [line for line in foreign if not _is_in(line, "utf-8")]
    return (len(wrong) * 2 > len(foreign) and find_code_page(b"\n".join(wrong))) or UTF_8


def undecodable(encoding: str, place: int) -> ReadError:
    """Return the error of a text that is not in its encoding, from this byte on."""
    return ReadError(
        f"not {name_of(encoding)} at byte {place}; convert it to UTF-8, or name its encoding with --encoding"
    )
