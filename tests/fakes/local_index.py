"""A `ports.LocalIndex` in memory, held to the same contract as the one in the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from auramail.core.actions import Change
from auramail.core.labels import UNREAD
from auramail.core.queries import MailQuery
from auramail.ports.local import LocalMessage


@dataclass
class MemoryIndex:
    _stamps: dict[int, str] = field(default_factory=dict)
    _messages: dict[int, dict[str, LocalMessage]] = field(default_factory=dict)
    _changes: dict[int, dict[str, Change]] = field(default_factory=dict)
    """What makes the labels of now out of those in the file."""

    def stamp(self, account_id: int) -> str:
        return self._stamps.get(account_id, "")

    def replace(self, account_id: int, stamp: str, messages: Iterator[LocalMessage]) -> None:
        taken_in = {message.id: message for message in messages}
        self._messages[account_id] = taken_in
        self._stamps[account_id] = stamp

    def find(self, account_id: int, query: MailQuery, zone: str) -> Iterator[LocalMessage]:
        after, before = (
            datetime.combine(day, time(), ZoneInfo(zone)) if day else None for day in (query.after, query.before)
        )
        messages = self.get(account_id, sorted(self._messages.get(account_id, {})))
        for message in sorted(messages.values(), key=lambda message: (message.received, message.id), reverse=True):
            if (
                (not query.folders or message.labels & set(query.folders))
                and (after is None or message.received >= after)
                and (before is None or message.received < before)
                and (not query.unread or UNREAD in message.labels)
            ):
                yield message

    def get(self, account_id: int, ids: Sequence[str]) -> dict[str, LocalMessage]:
        messages = self._messages.get(account_id, {})
        changes = self._changes.get(account_id, {})
        return {
            identifier: replace(message, labels=changes.get(identifier, Change()).after(message.labels))
            for identifier in ids
            if (message := messages.get(identifier))
        }

    def change(self, account_id: int, ids: Sequence[str], change: Change) -> frozenset[str]:
        found = self.get(account_id, ids)
        for identifier, message in found.items():
            original, labels = self._messages[account_id][identifier].labels, change.after(message.labels)
            difference = Change(add=labels - original, remove=original - labels)
            self._changes.setdefault(account_id, {})[identifier] = difference
        return frozenset(found)
