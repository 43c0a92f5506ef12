"""PDF files made by hand, glyph by glyph, for what browsers do not print: older orders of letters, scans, secrets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ADVANCE = 6
"""Points that a glyph takes up, in a font of twelve points."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph and the text that the file says it stands for; None where it does not say."""

    text: str | None
    x: float
    y: float
    size: int = 12


def pdf(*pages: Sequence[Glyph], trailer: str = "") -> bytes:
    """Return a file of these pages, whose glyphs are drawn in the order given."""
    texts = list(dict.fromkeys(glyph.text for page in pages for glyph in page))
    codes = {text: number for number, text in enumerate(texts, start=33)}
    mapped = "\n".join(
        f"<{code:02X}> <{text.encode('utf-16-be').hex()}>" for text, code in codes.items() if text is not None
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{mapped.count(chr(10)) + 1 if mapped else 0} beginbfchar\n{mapped}\nendbfchar endcmap end end"
    )
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255"
        f" /Widths [{'500 ' * 256}] /ToUnicode 4 0 R >>",
        _stream(cmap),
    ]
    for number, page in enumerate(pages):
        drawn = "\n".join(
            f"BT /F {glyph.size} Tf 1 0 0 1 {glyph.x} {glyph.y} Tm <{codes[glyph.text]:02X}> Tj ET" for glyph in page
        )
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {6 + 2 * number} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>",
            _stream(drawn),
        ]
    body = "%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("ascii")


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
