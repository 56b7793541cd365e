"""Survey: list ids, which is cheap, and drop those the journal already knows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from auramail.core.history import State
from auramail.core.listings import Listed
from auramail.core.runs import Run
from auramail.ports import Ledger, Mailbox


@dataclass(slots=True)
class Listing:
    """What a survey has seen so far: every id listed, and why some need no reading (reason's code → count).

    `ours` are messages this same run handled before it was interrupted; they count as listed even where the mailbox
    no longer lists them, because the run moved them away itself.
    """

    ids: set[str] = field(default_factory=set)
    ours: set[str] = field(default_factory=set)
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return len(self.ids | self.ours)

    @property
    def done(self) -> int:
        return len(self.ours) + sum(self.skipped.values())

    def skip(self, code: str, count: int = 1) -> None:
        if count:
            self.skipped[code] += count

    def leave_rest(self, code: str) -> None:
        """Count what was listed and is neither recorded nor skipped as skipped for this reason."""
        self.skip(code, self.count - self.done)


def survey(run: Run, mailbox: Mailbox, ledger: Ledger, listing: Listing) -> Iterator[list[Listed]]:
    """Yield pages of messages that need reading, newest first, keeping the listing up to date."""
    for page in mailbox.list_ids(run.order.query):
        new = [message for message in page.messages if message.id not in listing.ids]
        listing.ids.update(message.id for message in new)
        known = ledger.known(run.account_id, [message.id for message in new])
        fresh = []
        for message in new:
            if message.id in listing.ours:
                continue
            entry = known.get(message.id)
            if entry is None or (run.order.again and entry[1] is State.UNDONE):
                fresh.append(message)
            else:
                listing.skip("undone" if entry[1] is State.UNDONE else "already_handled")
        yield fresh
