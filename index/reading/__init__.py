"""Reading: files of many formats to records, and what could not be read, with the reason."""

from __future__ import annotations

from index.reading.files import FORMATS, UPLOADED, ReadOptions
from index.reading.paths import covers, lies_under, read
from index.reading.records import FACTS, Decoded, Found, Record, Rejection, Unmatched

__all__ = [
    "FACTS",
    "FORMATS",
    "UPLOADED",
    "Decoded",
    "Found",
    "ReadOptions",
    "Record",
    "Rejection",
    "Unmatched",
    "covers",
    "lies_under",
    "read",
]
