"""An mbox file as a source of mail: Google Takeout's, or any other (RFC 4155, with mboxrd's and mboxo's quoting)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from auramail.core.accounts import SourceKind
from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.mail.gunzip import is_gzip, unpacked
from auramail.mail.indexing import LARGEST_MESSAGE, Indexing
from auramail.ports.local import LocalMessage

INDEX_VERSION = "1"
"""Part of the stamp: counted up when the index of an unchanged file would come out differently."""

BLOCK = 4 * 1024 * 1024
LONGEST_SEPARATOR = 1024

_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_SEPARATOR = re.compile(
    rb"From (?:[^\n]*\d\d:\d\d[^\n]*|\S*[ \t]*)\r?\n(?:>?From |[!-9;-~]+[ \t]*:)"  # before a header field
    rb"|From [^\n]*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [^\n]*\d\d:\d\d[^\n]*\r?\n(?:\r?\n|\Z)"  # before an empty message
)


@dataclass(frozen=True, slots=True)
class MboxOrigin:
    """The messages of one mbox file, which may be packed with gzip; `cache` is where it is then unpacked, once."""

    file: Path
    cache: Path

    @property
    def kind(self) -> SourceKind:
        return SourceKind.MBOX

    @property
    def path(self) -> str:
        return str(self.file)

    def stamp(self) -> str:
        """Size and time of the file. Raises NeedsPersonError if it is missing or a folder."""
        check_is_file(self.file)
        state = self.file.stat()
        return f"mbox {INDEX_VERSION} {state.st_size} {state.st_mtime_ns}"

    def messages(self) -> Iterator[LocalMessage]:
        """All messages in file order; raises NeedsPersonError if it is no mbox."""
        indexing = Indexing()
        for offset, length, raw in read_mbox(self._plain()):
            yield indexing.describe(raw, f"{offset}:{length}")

    def read(self, place: str) -> bytes | None:
        offset, _, length = place.partition(":")
        with self._plain().open("rb") as file:
            raw = read_span(file, int(offset), int(length))
        return raw if raw or length == "0" else None

    def _plain(self) -> Path:
        check_is_file(self.file)
        return unpacked(self.file, self.cache) if is_gzip(self.file) else self.file


def check_is_file(path: Path) -> None:
    """Raises NeedsPersonError unless there is a file to read."""
    if path.is_dir():
        raise NeedsPersonError(
            Wording.of("{path} is a folder, not an mbox file.", path=path),
            Wording.of("Name the file in it, or write maildir:{path} if it is a Maildir.", path=path),
        )
    if not path.is_file():
        raise NeedsPersonError(
            Wording.of("There is no file {path}.", path=path), Wording.of("Check the path of the mbox file.")
        )


def read_mbox(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Every message of an unpacked mbox with its offset and length, one in memory at a time.

    Raises NeedsPersonError if the file does not begin as an mbox does.
    """
    with path.open("rb") as scanned, path.open("rb") as file:
        for offset, length in spans(scanned, path):
            yield offset, length, read_span(file, offset, length)


def read_span(file: BinaryIO, offset: int, length: int) -> bytes:
    """The message at a place of an mbox as it was before the mbox: `>From ` lines lose one `>`."""
    file.seek(offset)
    raw = file.read(min(length, LARGEST_MESSAGE))
    return _QUOTED_FROM.sub(rb"\1", raw) if b"From " in raw else raw


def spans(file: BinaryIO, path: Path, block: int = BLOCK) -> Iterator[tuple[int, int]]:
    """Offset and length of each message, without its separator line and the empty line after it.

    The file is read in blocks of so many bytes; it may be larger than memory.
    """
    start = -1
    for end, following in _boundaries(file, path, max(block, LONGEST_SEPARATOR)):
        if start >= 0:
            yield start, max(0, end - start)
        start = following


def _boundaries(file: BinaryIO, path: Path, block: int) -> Iterator[tuple[int, int]]:
    """Where one message ends and where the next begins, from the first separator to the end of the file.

    A separator is a `From ` line after an empty line and before a header section: mail should quote other such lines,
    but many programs wrote mbox files without.
    """
    buffer = file.read(block)
    position = _beginning(buffer, path)
    if position is None:
        return
    yield position, _next_line(buffer, position)
    base = 0
    at_end = False
    while not at_end:
        more = file.read(block)
        at_end = not more
        limit = len(buffer) if at_end else max(0, len(buffer) - LONGEST_SEPARATOR)
        while (newline := buffer.find(b"\nFrom ", position, limit + len(b"From "))) >= 0:
            position = newline + 1
            end = _end_before(buffer, newline)
            if end is not None and _SEPARATOR.match(buffer, position, position + LONGEST_SEPARATOR):
                yield base + end, base + _next_line(buffer, position)
        if not at_end:
            keep = max(0, limit - len(b"\n\r\n"))
            base, buffer, position = base + keep, buffer[keep:] + more, max(position, limit) - keep
    last = _end_before(buffer, len(buffer) - 1) if buffer.endswith(b"\n") else None
    yield base + (len(buffer) if last is None else last), base + len(buffer)


def _beginning(buffer: bytes, path: Path) -> int | None:
    """Where the first separator stands; None in an empty file. Raises NeedsPersonError if it is no mbox."""
    content = buffer.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not content:
        return None
    if not content.startswith(b"From "):
        raise NeedsPersonError(
            Wording.of("{path} is no mbox file: it does not begin with “From ”.", path=path),
            Wording.of("Choose the .mbox file from your Takeout archive (unpack the .zip or .tgz first)."),
        )
    return len(buffer) - len(content)


def _next_line(buffer: bytes, position: int) -> int:
    return buffer.find(b"\n", position) + 1 or len(buffer)


def _end_before(buffer: bytes, newline: int) -> int | None:
    """Where the message ends that an empty line, whose line feed is at `newline`, closes; None if it is not empty."""
    if buffer[newline - 1 : newline] == b"\n":
        return newline
    if buffer[newline - 2 : newline] == b"\n\r":
        return newline - 1
    return None
