"""The command `isnad check`: verdicts on a quotation, or on every sentence of a text."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands import options
from assistant.commands.options import archive_option, json_option, print_json, print_text
from index.errors import QuestionError, ReadError

if TYPE_CHECKING:
    from index.archive.address import Address


@click.command()
@click.argument("file", required=False, type=click.Path(allow_dash=True), metavar="[FILE|-]")
@click.option("--quote", type=options.text, metavar="TEXT", help="The quotation to look for.")
@json_option
@archive_option
def check(file: str | None, quote: str | None, as_json: bool, archive: Address | None) -> None:
    """Check a quotation, or every sentence of a text.

    FILE, or - for standard input, is prose, a Markdown answer from any assistant, or an answer of `isnad ask --json`.
    Each sentence is supported, partial, unsupported or contradicted by the best evidence in the archive, which is
    named. A quotation stands in the archive verbatim; or folded, that is, the same but for diacritics, letter forms,
    digits, quotation marks and spacing; or it is absent. The command exits with 1 if a sentence is unsupported or
    contradicted, or a quotation absent.
    """
    if (file is None) == (quote is None):
        raise click.UsageError("give either a FILE (- for standard input) or --quote TEXT")
    passes = _check_text(_read(file), as_json, archive) if file else _check_quotation(quote or "", as_json, archive)
    if not passes:
        click.get_current_context().exit(1)


def _check_quotation(quote: str, as_json: bool, archive: Address | None) -> bool:
    from assistant.rendering.check import places_json, places_text
    from assistant.verification.quotations import find_quotation

    with (
        options.open_archive(archive) as opened,
        options.progress_bar("reading", opened.count_articles()) as advance,
    ):
        places = find_quotation(quote, opened.articles(), progress=advance)
    if as_json:
        print_json(places_json(quote, places))
    else:
        print_text(places_text(quote, places))
    return bool(places)


def _check_text(text: str, as_json: bool, archive: Address | None) -> bool:
    from assistant.rendering.check import audit_json, audit_text
    from assistant.verification.audit import Auditor

    assistant = options.open_for_questions(archive)
    with closing(assistant.archive):
        audit = Auditor(assistant).audit_text(text)
        if as_json:
            print_json(audit_json(audit))
        else:
            print_text(audit_text(audit))
    return audit.passes


def _read(file: str) -> str:
    """Return the text of a file, or of standard input."""
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise ReadError(f"cannot read {file!r}: {error.strerror or error}; name a readable file") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"cannot read {file!r}: not UTF-8 at byte {error.start}; convert it") from error
    if not text.strip():
        raise QuestionError(f"{file!r} is empty; give prose in Arabic or English")
    return text
