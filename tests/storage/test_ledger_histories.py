"""The journal after any history of sorting, failing, undoing and settling."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from auramail.core.history import OPEN, Entry, Selection, State
from auramail.core.runs import Run
from auramail.storage.engine import Database
from auramail.storage.ledger import SqlLedger
from auramail.storage.tables import ActionRow
from tests.fakes.clock import FakeClock
from tests.storage.builders import a_run, an_account, an_entry

MESSAGES = ("m1", "m2")
STEPS = ("sort", "sort", "suggest", "propose", "undo", "undo", "apply", "apply", "apply", "fail", "skip", "decline")


@dataclass
class World:
    """A ledger, and how often what each message's entry did was made and taken back in the mailbox."""

    ledger: SqlLedger
    database: Database
    clock: FakeClock
    account_id: int
    changes: dict[int, int] = field(default_factory=dict)
    """Entry id → how often it or an undo above it was applied: it is in effect when that is odd."""

    def step(self, what: str, which: int) -> None:
        entries = list(self.ledger.entries(Selection(self.account_id)))
        if what in {"sort", "suggest", "propose"}:
            state = State.PLANNED if what == "sort" else State.HELD
            self.ledger.record([an_entry(self._run(dry_run=what == "propose"), MESSAGES[which % 2], state)])
        elif what == "undo" and entries:
            entry = entries[which % len(entries)]
            if any(later.undo_of and later.state is State.APPLIED for later in entries if later.id > entry.id):
                return  # what a later undo has overtaken is taken back without effect, which cannot be counted here
            self.ledger.record([an_entry(self._run(), entry.message_id, undo_of=entry.id)])
        elif what == "decline":
            self.ledger.move([entry.id for entry in entries], State.HELD, State.DECLINED)
        else:
            self._close([entry for entry in entries if entry.state in OPEN], what, which)

    def _close(self, entries: Sequence[Entry], what: str, which: int) -> None:
        target = {"apply": State.APPLIED, "fail": State.FAILED, "skip": State.SKIPPED}.get(what)
        if not entries or target is None:
            return
        entry = entries[which % len(entries)]
        assert self.ledger.move([entry.id], State.PLANNED, target) == [entry.id]
        if target is State.APPLIED:
            first = self._first_hand(entry)
            self.changes[first] = self.changes.get(first, 0) + 1

    def _first_hand(self, entry: Entry) -> int:
        while entry.undo_of is not None:
            (entry,) = self.ledger.entries(Selection(self.account_id, ids=frozenset({entry.undo_of})))
        return entry.id

    def _run(self, *, dry_run: bool = False) -> Run:
        return a_run(self.database, self.clock, self.account_id, dry_run=dry_run)


@pytest.fixture
def world(sqlite_url: str, clock: FakeClock) -> Iterator[World]:
    database = Database(sqlite_url)
    yield World(SqlLedger(database, clock), database, clock, an_account(database, clock).id)
    database.close()


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 7)), min_size=5, max_size=25))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_journal_always_says_what_is_in_effect(world: World, steps: list[tuple[str, int]]) -> None:
    with world.database.write() as session:
        session.execute(delete(ActionRow))
    world.changes.clear()

    for what, which in steps:
        world.step(what, which)

    with world.database.read() as session:
        rows = session.scalars(select(ActionRow)).all()
    speaking = [row.message_id for row in rows if row.in_force and row.undo_of is None]
    assert len(speaking) == len(set(speaking))
    for row in rows:
        undos = [undo for undo in rows if undo.undo_of == row.id and undo.state in OPEN]
        assert len(undos) == (row.state == State.UNDOING)
        if row.undo_of is None and row.id in world.changes:
            in_effect = world.changes[row.id] % 2 == 1
            assert row.state in ({State.APPLIED, State.UNDOING} if in_effect else {State.UNDONE})
