"""PDF documents to text; pypdfium2, its only home."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.reading.layout import Glyph, Line, line_of, plain_letters, right_to_left_share
from index.reading.paragraphs import joined, without_running_heads
from index.reading.records import Found, Record, checked
from index.reading.source import Source

if TYPE_CHECKING:
    import pypdfium2

_MOST_GARBLED = 0.2
"""The part of a document's glyphs that may stand for no known character."""
_LIGATURE_SLACK = 0.04
"""How much further than PDFium says a glyph of several letters may reach, as a part of its size."""
_HYPHEN = 2  # what PDFium puts for a hyphen that divides a word at a line's end


def read_document(source: Source) -> Iterator[Found]:
    """Yield a PDF as one article: its letters in the order of reading, its lines joined to paragraphs."""
    text = document_text(source.bytes())
    yield Record(source.path_of(text), text)


def document_text(content: bytes) -> str:
    """Return the text of a PDF; raise ReadError where it has none, is locked, damaged or garbled."""
    if not content:
        raise ReadError("it is empty")
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ReadError("it is locked with a password; save it without one") from error
        raise ReadError("it is no PDF, or damaged; copy it again") from error
    try:
        pages = [_glyphs(document, number) for number in range(len(document))]
    finally:
        document.close()
    glyphs = [glyph for page in pages for line in page for glyph in line if not glyph.text.isspace()]
    if not glyphs:
        raise ReadError(
            f"it holds no text, only pictures ({len(pages)} page{'s' * (len(pages) > 1)}); make its text with OCR"
        )
    garbled = sum(not glyph.is_known for glyph in glyphs) / len(glyphs)
    if garbled > _MOST_GARBLED:
        raise ReadError(f"its text is garbled: {garbled:.0%} of it are no known letters; make its text with OCR")
    laid = [_lines(page, number) for number, page in enumerate(pages)]
    return checked(joined(without_running_heads(laid)))


def _lines(page: list[list[Glyph]], number: int) -> list[Line]:
    share = right_to_left_share(glyph for line in page for glyph in line)
    return [line for glyphs in page if (line := line_of(glyphs, share, number)).text]


def _glyphs(document: pypdfium2.PdfDocument, number: int) -> list[list[Glyph]]:
    """Return the glyphs of a page, line by line as PDFium tells them, in the order that it has them in."""
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"its page {number + 1} is damaged; copy it again") from error
    lines: list[list[Glyph]] = [[]]
    for _, pieces in groupby(_characters(text), key=lambda glyph: (glyph.owner, glyph.left, glyph.y)):
        glyphs = list(pieces)
        if glyphs[0].text in "\r\n":
            lines.append([])
            continue
        if glyphs[0].owner and len(glyphs) > 1:
            letters = plain_letters("".join(glyph.text for glyph in glyphs))
            right = max(glyph.right for glyph in glyphs) + _LIGATURE_SLACK * glyphs[0].size
            glyphs = [replace(glyphs[0], text=letters, right=right)]
        lines[-1] += glyphs
        if glyphs[-1].text == "\u00ad":
            lines.append([])
    return [line for line in lines if line]


def _characters(text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    tight = [ctypes.c_double() for _ in range(4)]
    loose = raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetCharBox(text, index, *tight)
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        character = "\u00ad" if code == _HYPHEN else chr(code)
        owner = raw.FPDFText_GetTextObject(text, index)
        yield Glyph(
            text=character,
            left=x.value,
            right=max(tight[1].value, loose.right),
            middle=(tight[0].value + tight[1].value) / 2,
            y=y.value,
            size=raw.FPDFText_GetFontSize(text, index),
            owner=ctypes.cast(owner, ctypes.c_void_p).value or 0,
            is_known=raw.FPDFText_HasUnicodeMapError(text, index) != 1 and _is_known(character),
        )


def _is_known(character: str) -> bool:
    return character != "\ufffd" and (
        character in "\r\n\t" or unicodedata.category(character) not in ("Co", "Cn", "Cc", "Cs")
    )
