"""A mailbox in columns: what searches ask of messages as arrays of one row each, so that 100,000 take a millisecond."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from tests.fakes.google.messages import StoredMessage
from tests.fakes.google.word_index import WordIndex

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

_FACTS_KEPT = 64
_FEW = 100
"""New messages that are put in their places one by one; more are sorted in together."""


class Columns:
    """A row for every message there ever was; those deleted are never `alive` again. Not locked."""

    def __init__(self) -> None:
        self.messages: list[StoredMessage] = []
        self._arrays: dict[str, NDArray[Any]] = {
            "received": np.zeros(64, np.int64),
            "bytes": np.zeros(64, np.int64),
            "id": np.zeros(64, np.uint64),
            "thread": np.zeros(64, np.int64),
            "alive": np.zeros(64, np.bool_),
        }
        self._labels: dict[str, Mask] = {}
        self._threads: dict[str, int] = {}
        self._order: Rows = np.zeros(0, np.int64)
        self._headers: dict[str, WordIndex] = {}
        self._facts: OrderedDict[str, tuple[Mask, Mask]] = OrderedDict()

    def add(self, message: StoredMessage) -> None:
        row = len(self.messages)
        if row == len(self._arrays["alive"]):
            self._arrays = {name: _doubled(array) for name, array in self._arrays.items()}
            self._labels = {name: _doubled(array) for name, array in self._labels.items()}
        message.row = row
        self.messages.append(message)
        self._arrays["received"][row] = message.received
        self._arrays["bytes"][row] = len(message.raw)
        self._arrays["id"][row] = int(message.id, 16)
        self._arrays["thread"][row] = self._threads.setdefault(message.thread_id, len(self._threads))
        self._arrays["alive"][row] = True
        for label in message.labels:
            self.mark(row, label, on=True)

    def remove(self, message: StoredMessage) -> None:
        self._arrays["alive"][message.row] = False

    def mark(self, row: int, label: str, *, on: bool) -> None:
        if label not in self._labels:
            self._labels[label] = np.zeros(len(self._arrays["alive"]), np.bool_)
        self._labels[label][row] = on

    @property
    def alive(self) -> Mask:
        return self._arrays["alive"][: len(self.messages)]

    @property
    def received(self) -> NDArray[np.int64]:
        return self._arrays["received"][: len(self.messages)]

    @property
    def bytes(self) -> NDArray[np.int64]:
        return self._arrays["bytes"][: len(self.messages)]

    def label(self, label: str) -> Mask:
        if label not in self._labels:
            return np.zeros(len(self.messages), np.bool_)
        return self._labels[label][: len(self.messages)]

    def labelled(self, but: frozenset[str]) -> Mask:
        """Rows with any label that is none of `but`."""
        found = np.zeros(len(self.messages), np.bool_)
        for name in self._labels.keys() - but:
            found |= self.label(name)
        return found

    def count_threads(self, rows: Mask) -> int:
        has_any = np.zeros(len(self._threads), np.bool_)
        has_any[self._arrays["thread"][: len(self.messages)][rows]] = True
        return int(has_any.sum())

    def with_words(self, header: str, wanted: Sequence[str]) -> Mask:
        """Rows where the words follow each other in a header (lower case)."""
        found = np.zeros(len(self.messages), np.bool_)
        found[self._index(header).rows_with(wanted)] = True
        return found

    def with_value(self, header: str, value: str) -> Mask:
        """Rows with exactly this value of a header, angle brackets apart."""
        found = np.zeros(len(self.messages), np.bool_)
        found[self._index(header).rows_of(value)] = True
        return found

    def where(self, fact: str, holds: Callable[[StoredMessage], bool], among: Mask) -> Mask:
        """Rows of which something holds that must be read in the message; what was read once is known from then on."""
        known, true = self._facts.pop(fact, (np.zeros(0, np.bool_), np.zeros(0, np.bool_)))
        missing = len(self.messages) - len(known)
        known, true = (np.concatenate([array, np.zeros(missing, np.bool_)]) for array in (known, true))
        for row in np.nonzero(among & ~known)[0].tolist():
            true[row] = holds(self.messages[row])
        known |= among
        self._facts[fact] = known, true
        if len(self._facts) > _FACTS_KEPT:
            self._facts.popitem(last=False)
        return among & true

    def newest_first(self, rows: Mask) -> "Found":
        order = self._ordered()
        return Found(self.messages, order[rows[order]])

    def _index(self, header: str) -> WordIndex:
        index = self._headers.setdefault(header, WordIndex(header))
        index.catch_up(self.messages)
        return index

    def _ordered(self) -> Rows:
        """Every row, newest first; equal moments by id."""
        received, ids = self.received, self._arrays["id"][: len(self.messages)]
        new = range(len(self._order), len(self.messages))
        if len(new) > _FEW:
            self._order = np.lexsort((ids, received))[::-1].astype(np.int64)
        for row in new if len(new) <= _FEW else ():
            place = bisect_left(
                self._order, place_of(self.messages[row]), key=lambda other: place_of(self.messages[other])
            )
            self._order = np.insert(self._order, place, row)
        return self._order


class Found(Sequence[StoredMessage]):
    """Messages found, newest first; none is touched until it is asked for."""

    def __init__(self, messages: Sequence[StoredMessage], rows: Rows) -> None:
        self._messages = messages
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> StoredMessage: ...
    @overload
    def __getitem__(self, index: slice) -> "Found": ...
    def __getitem__(self, index: int | slice) -> "StoredMessage | Found":
        if isinstance(index, slice):
            return Found(self._messages, self._rows[index])
        return self._messages[int(self._rows[index])]

    def __iter__(self) -> Iterator[StoredMessage]:
        return (self._messages[row] for row in self._rows.tolist())


def place_of(message: StoredMessage) -> tuple[int, int]:
    """Where a message stands in a listing: the smaller, the earlier."""
    return -message.received, -int(message.id, 16)


def _doubled(array: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([array, np.zeros(len(array), array.dtype)])
