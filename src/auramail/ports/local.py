"""What local sources keep beside the person's file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from auramail.core.actions import Change
from auramail.core.queries import MailQuery


@dataclass(frozen=True, slots=True)
class LocalMessage:
    """Where a message of a local source lies and what lists and filters need of it; the original labels are ids."""

    id: str
    thread_id: str
    place: str
    """What the source finds it by: `offset:length` of an mbox, a file name of a Maildir."""
    received: datetime
    sender: str
    recipients: str
    subject: str
    size: int
    has_attachment: bool
    labels: frozenset[str]


class LocalIndex(Protocol):
    """Where local sources keep what they may not write into the person's file: an index, labels and moves."""

    def stamp(self, account_id: int) -> str:
        """What the source looked like when it was indexed (size, time, version); empty if never."""
        ...

    def replace(self, account_id: int, stamp: str, messages: Iterator[LocalMessage]) -> None:
        """Take in a new index, streaming, in one transaction; labels that messages got since are kept by id."""
        ...

    def find(self, account_id: int, query: MailQuery, zone: str) -> Iterator[LocalMessage]:
        """Messages with their labels as they are now, newest first; only `folders`, days and `unread` are applied."""
        ...

    def get(self, account_id: int, ids: Sequence[str]) -> dict[str, LocalMessage]:
        """The messages with their labels as they are now, by id."""
        ...

    def change(self, account_id: int, ids: Sequence[str], change: Change) -> frozenset[str]:
        """Change labels in one transaction; the ids that exist."""
        ...
