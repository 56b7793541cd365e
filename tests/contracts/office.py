"""An account with a journal, for tests of what is written in it."""

from dataclasses import dataclass

from auramail.core.accounts import Account
from auramail.core.history import Entry, Selection, State
from auramail.core.runs import Run
from auramail.ports.journal import Ledger
from auramail.storage.engine import Database
from tests.fakes.clock import FakeClock
from tests.storage.builders import a_run, an_entry


@dataclass
class Office:
    """A ledger with an account, and runs for it."""

    ledger: Ledger
    database: Database
    clock: FakeClock
    account: Account

    def run(self, *, dry_run: bool = False) -> Run:
        return a_run(self.database, self.clock, self.account.id, dry_run=dry_run)

    def record(self, *entries: Entry) -> list[Entry]:
        return self.ledger.record(entries)

    def applied(self, run: Run, message_id: str = "m1") -> Entry:
        (entry,) = self.record(an_entry(run, message_id))
        return self.carry_out(entry)

    def carry_out(self, entry: Entry, target: State = State.APPLIED) -> Entry:
        assert self.ledger.move([entry.id], State.PLANNED, State.APPLYING) == [entry.id]
        assert self.ledger.move([entry.id], State.APPLYING, target) == [entry.id]
        return self.now(entry)

    def undo(self, entry: Entry, target: State = State.APPLIED) -> Entry:
        (undo,) = self.record(an_entry(self.run(), entry.message_id, undo_of=entry.id))
        return self.carry_out(undo, target)

    def now(self, entry: Entry) -> Entry:
        (found,) = self.ledger.entries(Selection(entry.account_id, ids=frozenset({entry.id})))
        return found

    def state(self, entry: Entry) -> State:
        return self.now(entry).state

    def known(self, *ids: str) -> dict[str, tuple[int, State]]:
        return dict(self.ledger.known(self.account.id, ids or ("m1",)))
