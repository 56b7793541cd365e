"""One person's fake mailbox: messages, labels, drafts and the history of every change to them."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.fakes.google import labels
from tests.fakes.google.columns import Columns
from tests.fakes.google.errors import invalid, not_found
from tests.fakes.google.labels import StoredLabel
from tests.fakes.google.messages import StoredMessage
from tests.fakes.google.pubsub import PubSub

_REFERENCES = re.compile(rb"^(?:References|In-Reply-To):((?:.|\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
_OWN_ID = re.compile(rb"^Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_IDS = re.compile(rb"<[^<>\s]+>")

FIRST_HISTORY_ID = 4_200_000
_EXCLUSIVE = {"TRASH": {"INBOX", "SPAM"}, "SPAM": {"INBOX", "TRASH"}}
"""What adding a label takes off: a message is in the trash, in spam or in the inbox, as Gmail's own buttons do it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the history; `labels` are the message's after it, `changed` those added or removed."""

    id: int
    kind: str
    message: str
    thread: str
    labels: frozenset[str]
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be delivered; labels go by id or name."""

    raw: bytes
    labels: frozenset[str]
    received: datetime
    thread: str = ""


class Mailbox:
    """Not locked: the server calls it under its own lock."""

    def __init__(self, address: str, pubsub: PubSub) -> None:
        self.address = address
        self.pubsub = pubsub
        self.messages: dict[str, StoredMessage] = {}
        self.columns = Columns()
        self.threads: dict[str, list[StoredMessage]] = {}
        self.labels = {name: StoredLabel(name, name) for name in labels.SYSTEM}
        self.read: set[str] = set()
        """Ids of the messages whose text somebody has fetched."""
        self.drafts: dict[str, str] = {}
        """Draft id → message id."""
        self.history: list[Record] = []
        self.history_id = FIRST_HISTORY_ID
        self.history_floor = FIRST_HISTORY_ID
        """Older start ids answer 404."""
        self.longest_page = 500
        """Entries of a list given at once, however many are asked for."""
        self._thread_ids: dict[bytes, str] = {}
        """Message-ID → thread id."""
        self._ids = 0
        self._label_ids = 0

    def new_id(self) -> str:
        """A new id as Gmail's look: 16 hexadecimal digits, no two alike in any mailbox."""
        self._ids += 1
        return hashlib.blake2b(f"{self.address} {self._ids}".encode(), digest_size=8).hexdigest()

    def add(self, raw: bytes, label_ids: Iterable[str], received: int, thread: str = "") -> StoredMessage:
        """Take a message in; without `thread` it joins the thread its References name, or starts one."""
        return self._take_in(self.new_id(), raw, label_ids, received, thread)

    def add_all(self, letters: Collection[Letter]) -> list[str]:
        """Take many in at once, in their order; gives their ids, which rise as Gmail's do."""
        ids = sorted(self.new_id() for _ in letters)
        for message_id, letter in zip(ids, letters, strict=True):
            received = round(letter.received.timestamp() * 1000)
            self._take_in(message_id, letter.raw, letter.labels, received, letter.thread)
        return ids

    def _take_in(
        self, message_id: str, raw: bytes, label_ids: Iterable[str], received: int, thread: str
    ) -> StoredMessage:
        message = StoredMessage(message_id, thread, raw, received, set(label_ids))
        message.thread_id = thread or self._thread_of(message)
        self.messages[message_id] = message
        self.columns.add(message)
        self.threads.setdefault(message.thread_id, []).append(message)
        self._note("messagesAdded", message)
        return message

    def get(self, message_id: str) -> StoredMessage:
        if not re.fullmatch(r"[0-9a-f]{1,16}", message_id):
            raise invalid("Invalid id value")
        if message_id not in self.messages:
            raise not_found()
        return self.messages[message_id]

    def delete(self, message_id: str) -> None:
        """For ever: what a person does in the trash, or Gmail after 30 days; no request reaches this."""
        message = self.messages.pop(message_id)
        self.columns.remove(message)
        self.threads[message.thread_id].remove(message)
        if not self.threads[message.thread_id]:
            del self.threads[message.thread_id]
        self.drafts = {draft: inside for draft, inside in self.drafts.items() if inside != message_id}
        self._note("messagesDeleted", message)

    def relabel(self, message: StoredMessage, add: Collection[str], remove: Collection[str]) -> None:
        """A set operation; only real differences enter the history."""
        gone = set(remove)
        for label in add:
            gone |= _EXCLUSIVE.get(label, set())
        gone = (gone - set(add)) & message.labels
        new = set(add) - message.labels
        message.labels = (message.labels | new) - gone
        for label in new | gone:
            self.columns.mark(message.row, label, on=label in new)
        if new:
            self._note("labelsAdded", message, frozenset(new))
        if gone:
            self._note("labelsRemoved", message, frozenset(gone))

    def check_labels(self, label_ids: Iterable[str]) -> None:
        for label in label_ids:
            if label not in self.labels or label in labels.NOT_APPLICABLE:
                raise invalid(f"Invalid label: {label}")

    def label_named(self, name: str) -> StoredLabel | None:
        wanted = labels.comparable(name)
        return next((label for label in self.labels.values() if labels.comparable(label.name) == wanted), None)

    def create_label(self, wish: dict[str, Any]) -> StoredLabel:
        name = labels.check_name(wish.get("name"))
        if self.label_named(name):
            raise labels.conflict()
        if len(self.labels) >= labels.MOST_LABELS:
            raise invalid("Too many labels")
        self._label_ids += 1
        label = StoredLabel(f"Label_{self._label_ids}", name)
        self._dress(label, wish)
        self.labels[label.id] = label
        return label

    def change_label(self, label_id: str, wish: dict[str, Any]) -> StoredLabel:
        label = self.own_label(label_id)
        name = labels.check_name(wish.get("name", label.name))
        namesake = self.label_named(name)
        if namesake and namesake is not label:
            raise labels.conflict()
        self._dress(label, wish)
        label.name = name
        return label

    def delete_label(self, label_id: str) -> None:
        """The label leaves every message that had it, as in Gmail."""
        label = self.own_label(label_id)
        for message in self.messages.values():
            if label.id in message.labels:
                self.relabel(message, (), (label.id,))
        del self.labels[label_id]

    def own_label(self, label_id: str) -> StoredLabel:
        label = self.labels.get(label_id)
        if label is None:
            raise not_found()
        if label.is_system:
            raise invalid("Invalid update request for system label", "invalidArgument")
        return label

    def records_since(self, start: int) -> list[Record]:
        if start < self.history_floor:
            raise not_found()
        return self.history[bisect_right(self.history, start, key=lambda record: record.id) :]

    def expire_history(self) -> None:
        """Forget all history up to now: every start id known so far answers 404."""
        self.history.clear()
        self.history_id += 1
        self.history_floor = self.history_id

    def _dress(self, label: StoredLabel, wish: dict[str, Any]) -> None:
        if "color" in wish:
            label.background, label.text = labels.check_colour(wish["color"])
        label.messages = wish.get("messageListVisibility", label.messages)
        label.labels = wish.get("labelListVisibility", label.labels)

    def _note(self, kind: str, message: StoredMessage, changed: frozenset[str] = frozenset()) -> None:
        self.history_id += 7  # ids rise with gaps: "not contiguous", says history.list
        message.history_id = self.history_id
        self.history.append(
            Record(self.history_id, kind, message.id, message.thread_id, frozenset(message.labels), changed)
        )
        self.pubsub.announce(self.address, self.history_id)

    def _thread_of(self, message: StoredMessage) -> str:
        head = message.raw.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
        named = _REFERENCES.findall(head)
        known = [self._thread_ids[name] for line in named for name in _IDS.findall(line) if name in self._thread_ids]
        thread = known[0] if known else message.id
        for own in _OWN_ID.findall(head):
            self._thread_ids.setdefault(own, thread)
        return thread
