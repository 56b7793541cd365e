"""Comma-separated values: streamed, with a byte-order mark for spreadsheets, and with no cell that is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

BYTE_ORDER_MARK = "\ufeff"
# What spreadsheets read as the start of a formula, also behind blanks and in full width (OWASP, CSV Injection).
FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def harmless(cell: str) -> str:
    """The cell as text that no spreadsheet computes: one line, behind an apostrophe if it looks like a formula."""
    line = " ".join(UNPRINTABLE.sub("", cell).split("\n")).replace("\r", " ")
    return f"'{line}" if FORMULA.match(cell) or FORMULA.match(line) else line


def write_sheet(headings: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """The lines of the file, one at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")  # RFC 4180
    yield BYTE_ORDER_MARK
    writer.writerow(headings)
    for row in rows:
        yield _taken(buffer)
        writer.writerow([harmless(cell) for cell in row])
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
