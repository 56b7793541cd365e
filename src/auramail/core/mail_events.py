"""Mail events: what happened in a mailbox since a mark in its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    ADDED = "added"
    DELETED = "deleted"
    LABELLED = "labelled"
    UNLABELLED = "unlabelled"


@dataclass(frozen=True, slots=True)
class MailEvent:
    """One thing that happened to one message, whoever did it.

    `mark` is its place in the history (an unsigned 64-bit number as text). `labels` are the label ids the message had
    after it; `changed` those put on or taken off.
    """

    mark: str
    kind: EventKind
    message_id: str
    thread_id: str = ""
    labels: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of events in the order they happened, and the mark up to which they go."""

    events: Sequence[MailEvent]
    mark: str
