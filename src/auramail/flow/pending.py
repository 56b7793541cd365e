"""Pending: changes that are recorded and wait to be made together, as long as nobody else touches those messages."""

from collections.abc import Iterable, Sequence

from auramail.core.actions import Change
from auramail.core.decisions import Category
from auramail.core.errors import MarkExpiredError
from auramail.core.history import Entry
from auramail.core.mail_events import EventKind, MailEvent
from auramail.flow.apply import apply
from auramail.flow.desk import Desk
from auramail.flow.settle import PORTION, TELLING, portions, settle_entries

APPLY_AT = 1000
"""Changes waiting to be made: enough to make equal changes cheap, few enough to be seen soon."""
LONE = 400
"""Fewer equal changes than this wait for more of their kind: grouped, any number up to a thousand costs the same."""
MOST = 3000
"""From this many on nothing waits any more."""


class Pending:
    """The planned entries of one run.

    They may wait over several slices. Between planning and making, a person may change such a message: where the
    mailbox tells what happened since the mark, those messages are asked about again, the others need not be.
    """

    def __init__(self, desk: Desk, mark: str, carried: Sequence[Entry]) -> None:
        """`mark` is where the history stood before the oldest of `carried` was planned; empty if nobody knows."""
        self._desk = desk
        self._entries = {entry.message_id: entry for entry in carried}
        self.mark = mark

    def __bool__(self) -> bool:
        return bool(self._entries)

    @property
    def is_worth_making(self) -> bool:
        """Whether enough wait."""
        return len(self._entries) >= APPLY_AT

    def begin(self) -> None:
        """Look where the history stands before anything is read, and settle what was carried from nobody knows when."""
        if self._desk.watched is None or self.mark:
            return
        mark = self._desk.watched.mark()
        self._settle(self._entries)
        self.mark = mark

    def add(self, entries: Sequence[Entry]) -> None:
        """Take in what was planned just now; what looks dangerous does not wait."""
        self._entries |= {entry.message_id: entry for entry in entries}
        self._apply([entry for entry in entries if _is_urgent(entry)])

    def make(self, *, everything: bool) -> None:
        """Make the changes that are worth a call by now, or everything."""
        touched, mark = self._touched()
        self._settle(touched)
        self.mark = mark
        chosen = list(self._entries.values())
        if not everything and self._desk.account.is_metered:
            chosen = worth_making(chosen)
        self._apply(chosen)

    def _apply(self, chosen: Sequence[Entry]) -> None:
        for entry in chosen:
            del self._entries[entry.message_id]
        apply(chosen, self._desk.mailbox, self._desk.ledger, self._desk.is_owner)

    def _touched(self) -> tuple[set[str], str]:
        """Pending messages that somebody else changed since the mark, and the mark of now.

        The old mark holds until all of them are settled: until then it alone tells that they were touched.
        """
        watched = self._desk.watched
        if watched is None:
            return set(), ""
        touched: set[str] = set()
        mark = self.mark
        try:
            for page in watched.changes(mark):
                touched |= {event.message_id for event in page.events if self._matters(event)}
                mark = page.mark
        except MarkExpiredError:
            return set(self._entries), watched.mark()
        return touched, mark

    def _matters(self, event: MailEvent) -> bool:
        entry = self._entries.get(event.message_id)
        if entry is None or event.kind is EventKind.ADDED:
            return False
        concerned = entry.change.add | entry.change.remove | TELLING
        return event.kind is EventKind.DELETED or not event.changed.isdisjoint(concerned)

    def _settle(self, message_ids: Iterable[str]) -> None:
        for unsure in portions(list(message_ids), PORTION):
            entries = [self._entries.pop(message_id) for message_id in unsure]
            settle_entries(entries, self._desk.mailbox, self._desk.ledger, self._desk.is_owner)


def worth_making(entries: Sequence[Entry]) -> list[Entry]:
    """Those whose change is shared by enough others, costs nothing, or cannot wait; all, if too many wait.

    Where too few wait to make it worth while, only what cannot wait.
    """
    if len(entries) >= MOST:
        return list(entries)
    if len(entries) < APPLY_AT:
        return [entry for entry in entries if _is_urgent(entry)]
    shared: dict[Change, int] = {}
    for entry in entries:
        shared[entry.change] = shared.get(entry.change, 0) + 1
    return [entry for entry in entries if not entry.change or shared[entry.change] >= LONE]


def _is_urgent(entry: Entry) -> bool:
    return bool(entry.change) and entry.decision is not None and entry.decision.category is Category.DANGER
