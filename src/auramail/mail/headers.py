"""The few header fields a list of messages needs, found without parsing the rest of the mail."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from auramail.reading.headers import decode_value

LONGEST_HEAD = 256 * 1024
LONGEST_FIELD = 2000
EPOCH = datetime.fromtimestamp(0, UTC)

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_WANTED = re.compile(
    rb"^(from|to|cc|bcc|subject|date|received|message-id|in-reply-to|references|x-gm-thrid|x-gmail-labels"
    rb"|content-type|content-disposition)[ \t]*:(.*(?:\r?\n[ \t].*)*)",
    re.IGNORECASE | re.MULTILINE,
)
_IDENTIFIER = re.compile(r"<([^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class Head:
    """The wanted fields, raw but unfolded; names in lower case; the topmost of several wins."""

    fields: Mapping[str, bytes]

    def text(self, name: str) -> str:
        """The decoded value on one line, cut where no list would show more of it; empty if there is none."""
        text = decode_value(self.fields.get(name, b"")[: 4 * LONGEST_FIELD])[:LONGEST_FIELD]
        # No database takes lone surrogates, and PostgreSQL no NUL.
        return text.replace("\0", "").encode("utf-8", "ignore").decode()

    def identifiers(self, name: str) -> list[str]:
        """The message ids in angle brackets (RFC 5322, 3.6.4)."""
        return _IDENTIFIER.findall(self.fields.get(name, b"").decode("utf-8", "replace"))

    @property
    def received(self) -> datetime | None:
        """When the mailbox took it in (the topmost Received), else when it says it was written; in UTC."""
        arrival = self.fields.get("received", b"").rpartition(b";")[2]
        return read_date(arrival) or read_date(self.fields.get("date", b""))


def read_head(raw: bytes) -> Head:
    """Find the wanted fields of a message; never fails."""
    fields: dict[str, bytes] = {}
    for name, value in _WANTED.findall(raw[: head_length(raw)]):
        fields.setdefault(name.decode().lower(), re.sub(rb"\r?\n", b"", value).strip())
    return Head(fields)


def head_length(raw: bytes) -> int:
    """Bytes up to the empty line that ends the header section."""
    end = _HEAD_END.search(raw, 0, LONGEST_HEAD)
    return end.start() if end else min(len(raw), LONGEST_HEAD)


def read_date(value: bytes) -> datetime | None:
    """An RFC 5322 date in UTC, or None if it is not one."""
    try:
        date = parsedate_to_datetime(value.decode("ascii", "replace").strip())
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
