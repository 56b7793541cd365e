"""How raw messages of a local source become lines of its index: stable ids, threads, and what lists need."""

import hashlib
import re
from datetime import datetime

from auramail.core.labels import INBOX
from auramail.mail.headers import EPOCH, Head, head_length, read_head
from auramail.mail.labels import takeout_labels
from auramail.ports.local import LocalMessage

LARGEST_MESSAGE = 64 * 1024 * 1024
"""Bytes read of one message; Gmail takes in 50 MB at most, so what is longer is no mail but a damaged file."""

_TAKEOUT_FIELDS = re.compile(rb"^x-(?:gm-thrid|gmail-labels):.*\r?\n(?:[ \t].*\r?\n)*", re.IGNORECASE | re.MULTILINE)


def fingerprint(raw: bytes) -> str:
    """The id of a message: a hash of its bytes, without the fields that differ from one Takeout to the next."""
    end = head_length(raw)
    digest = hashlib.sha256(_TAKEOUT_FIELDS.sub(b"", raw[:end]))
    digest.update(memoryview(raw)[end:])
    return digest.hexdigest()[:16]


def is_copy_of(identifier: str, raw: bytes) -> bool:
    """Whether these are the bytes the id was made from."""
    return identifier.partition("-")[0] == fingerprint(raw)


class Indexing:
    """One pass over a source. It remembers what was seen as numbers of 64 bits: a million messages are 100 MB."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._copies: dict[int, int] = {}
        self._threads: dict[int, int] = {}

    def describe(
        self, raw: bytes, place: str, labels: frozenset[str] | None = None, received: datetime | None = None
    ) -> LocalMessage:
        """The index line of a message; `labels` and `received` are what the source knows, if the mail does not say.

        Labels that Takeout wrote into the mail come first, and without any word on it a message lies in the inbox.
        """
        head = read_head(raw)
        identifier = self._number(fingerprint(raw))
        named = head.text("x-gmail-labels") if "x-gmail-labels" in head.fields else None
        kept = takeout_labels(named) if named is not None else labels
        return LocalMessage(
            id=identifier,
            thread_id=self._thread(head, identifier),
            place=place,
            received=head.received or received or EPOCH,
            sender=head.text("from"),
            recipients=", ".join(filter(None, (head.text("to"), head.text("cc"), head.text("bcc")))),
            subject=head.text("subject"),
            size=len(raw),
            has_attachment=has_attachment(raw, head),
            labels=frozenset({INBOX}) if kept is None else kept,
        )

    def _number(self, identifier: str) -> str:
        """A second identical message is a message of its own, told apart by its number."""
        number = int(identifier, 16)
        if number not in self._seen:
            self._seen.add(number)
            return identifier
        self._copies[number] = self._copies.get(number, 1) + 1
        return f"{identifier}-{self._copies[number]}"

    def _thread(self, head: Head, identifier: str) -> str:
        """Gmail's thread if the mail names it, else the chain of References and In-Reply-To (RFC 5322, 3.6.4).

        The first message of a chain names the thread, so answers find it even when they lie before it.
        """
        gmail_thread = head.fields.get("x-gm-thrid", b"")
        if gmail_thread.isdigit():
            return format(int(gmail_thread), "x")
        own = head.identifiers("message-id")
        chain = head.identifiers("references") or head.identifiers("in-reply-to") or own
        if not chain:
            return identifier.partition("-")[0]
        thread = self._root(chain[0])
        if own and thread != _number_of(own[0]):
            self._threads[_number_of(own[0])] = thread
        return format(thread, "016x")

    def _root(self, message_id: str) -> int:
        number = _number_of(message_id)
        return self._threads.get(number, number)


def _number_of(message_id: str) -> int:
    return int.from_bytes(hashlib.sha256(message_id.encode()).digest()[:8], "big")


def has_attachment(raw: bytes, head: Head) -> bool:
    """Whether some part calls itself an attachment (RFC 2183); found by search, not by parsing."""
    if head.fields.get("content-disposition", b"").lower().startswith(b"attachment"):
        return True
    if not head.fields.get("content-type", b"").lower().startswith(b"multipart/"):
        return False
    mark = b"isposition:"
    at = raw.find(mark)
    while at >= 0:
        at += len(mark)
        if raw[at : at + 40].lstrip().lower().startswith(b"attachment"):
            return True
        at = raw.find(mark, at)
    return False
