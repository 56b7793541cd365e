"""What every keeper of unanswered questions promises (`ports.Unanswered`), and what the journal does for it."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import event

from auramail.core.actions import Change
from auramail.core.decisions import Asked, Category, ModelNote
from auramail.core.history import Entry, Selection, State
from auramail.core.wording import Wording
from auramail.storage.accounts import SqlAccounts
from auramail.storage.engine import Database
from auramail.storage.ledger import SqlLedger
from auramail.storage.unanswered import OLDEST, PAUSES, SqlUnanswered
from tests.contracts.office import Office
from tests.fakes.clock import FakeClock
from tests.storage.builders import a_decision, an_account, an_entry

TRIES = len(PAUSES) + 1


@dataclass
class Desk(Office):
    unanswered: SqlUnanswered

    def unheard(
        self, message_id: str = "m1", asked: Asked = Asked.LATER, state: State = State.PLANNED, *, dry_run: bool = False
    ) -> Entry:
        """An entry about which a model was to be asked, carried out if it was planned."""
        decision = replace(a_decision(), model=ModelNote(asked))
        (entry,) = self.record(an_entry(self.run(dry_run=dry_run), message_id, state, decision=decision))
        return self.carry_out(entry) if state is State.PLANNED else entry

    def revised(self, entry: Entry, state: State = State.PLANNED) -> list[Entry]:
        decision = replace(a_decision(Category.SOCIAL), model=ModelNote(Asked.ANSWERED))
        new = replace(an_entry(self.run(), entry.message_id, state, decision=decision), revises=entry.id)
        return self.record(replace(new, before=entry.after, change=Change(frozenset({"Label_2"}))))

    def taken(self, most: int = 100) -> list[str]:
        return [listed.id for listed in self.unanswered.take(self.account.id, most)]

    def asked(self, entry: Entry) -> Asked | None:
        decision = self.now(entry).decision
        return decision.model.asked if decision is not None and decision.model is not None else None

    @property
    def count(self) -> int:
        return self.unanswered.count(self.account.id)


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Desk:
    account = an_account(database, clock)
    return Desk(SqlLedger(database, clock), database, clock, account, SqlUnanswered(database, clock))


@pytest.mark.parametrize("asked", list(Asked))
def test_only_what_time_or_an_operator_may_change_waits(desk: Desk, asked: Asked) -> None:
    desk.unheard(asked=asked)

    assert desk.count == int(asked in {Asked.LATER, Asked.SPENT, Asked.PROBLEM})


def test_dry_run_waits_for_nothing(desk: Desk) -> None:
    desk.unheard(state=State.HELD, dry_run=True)

    assert desk.count == 0


def test_nothing_is_due_at_once_and_everything_is_a_while_later(desk: Desk) -> None:
    desk.unheard("m1")
    assert (desk.taken(), desk.unanswered.accounts()) == ([], [])

    desk.clock.advance(minutes=5)

    assert desk.unanswered.accounts() == [desk.account.id]
    assert desk.taken() == ["m1"]


def test_what_somebody_took_is_let_alone_for_a_while(desk: Desk) -> None:
    for number in range(3):
        desk.unheard(f"m{number}")
    desk.clock.advance(minutes=5)
    assert desk.taken(most=2) == ["m0", "m1"]

    assert desk.taken() == ["m2"]

    desk.clock.advance(hours=1)
    assert desk.taken() == ["m0", "m1", "m2"]


def test_paused_account_is_let_alone(desk: Desk) -> None:
    desk.unheard()
    desk.clock.advance(hours=1)
    SqlAccounts(desk.database, desk.clock).pause(desk.account.id, Wording.of("Sign in again."))

    assert desk.unanswered.accounts() == []


def test_all_is_hastened_together(desk: Desk) -> None:
    desk.unheard("m1")
    assert not desk.unanswered.is_due(desk.account.id)

    desk.unanswered.hasten(desk.account.id)

    assert desk.unanswered.is_due(desk.account.id)


def test_undone_message_is_not_looked_at_again(desk: Desk) -> None:
    entry = desk.unheard()
    desk.undo(entry)
    desk.clock.advance(hours=1)

    assert (desk.count, desk.unanswered.of(desk.account.id, ["m1"]), desk.taken()) == (0, {}, [])
    assert desk.unanswered.accounts() == []


@pytest.mark.parametrize("state", [State.FAILED, State.SKIPPED])
def test_what_came_to_nothing_is_not_looked_at_again(desk: Desk, state: State) -> None:
    decision = replace(a_decision(), model=ModelNote(Asked.LATER))
    (entry,) = desk.record(an_entry(desk.run(), decision=decision))
    desk.carry_out(entry, state)
    desk.clock.advance(hours=1)

    assert desk.taken() == []


def test_what_is_still_being_done_waits(desk: Desk) -> None:
    decision = replace(a_decision(), model=ModelNote(Asked.LATER))
    (entry,) = desk.record(an_entry(desk.run(), decision=decision))
    desk.clock.advance(hours=1)
    assert desk.taken() == []

    desk.carry_out(entry)
    desk.clock.advance(hours=1)

    assert desk.taken() == ["m1"]


def test_after_enough_tries_it_is_given_up_and_the_journal_says_so(desk: Desk) -> None:
    entry = desk.unheard()

    given_up = [desk.unanswered.tried([entry.id]) for _ in range(TRIES)]

    assert given_up == [0] * (TRIES - 1) + [1]
    assert (desk.count, desk.asked(entry)) == (0, Asked.NEVER)


def test_each_try_is_followed_by_a_longer_pause(desk: Desk) -> None:
    entry = desk.unheard()

    for pause in PAUSES:
        desk.unanswered.tried([entry.id])
        desk.clock.advance(seconds=pause.total_seconds() - 1)
        assert not desk.unanswered.is_due(desk.account.id)
        desk.clock.advance(seconds=1)
        assert desk.unanswered.is_due(desk.account.id)


def test_what_is_too_old_is_given_up(desk: Desk) -> None:
    entry = desk.unheard()
    desk.clock.advance(days=OLDEST.days + 1)

    assert desk.taken() == []
    assert (desk.count, desk.asked(entry)) == (0, Asked.NEVER)


def test_answer_in_an_entrys_place_settles_it_in_the_same_breath(desk: Desk) -> None:
    entry = desk.unheard()

    (new,) = desk.revised(entry)

    assert desk.count == 0
    assert desk.known() == {"m1": (new.run_id, State.PLANNED)}
    assert (desk.state(entry), desk.asked(entry)) == (State.APPLIED, Asked.LATER)


@pytest.mark.parametrize("before", [State.UNDONE, State.UNDOING, State.PLANNED])
def test_nothing_comes_in_the_place_of_what_is_not_standing(desk: Desk, before: State) -> None:
    decision = replace(a_decision(), model=ModelNote(Asked.LATER))
    (entry,) = desk.record(an_entry(desk.run(), decision=decision))
    if before is not State.PLANNED:
        desk.carry_out(entry)
        (undo,) = desk.record(an_entry(desk.run(), undo_of=entry.id))
        if before is State.UNDONE:
            desk.carry_out(undo)

    assert desk.state(entry) is before
    assert desk.revised(entry) == []


def test_proposal_is_replaced_by_a_newer_one(desk: Desk) -> None:
    entry = desk.unheard(state=State.HELD)

    (new,) = desk.revised(entry, State.HELD)

    assert desk.state(entry) is State.REPLACED
    assert desk.known() == {"m1": (new.run_id, State.HELD)}


@pytest.mark.parametrize("target", [State.FAILED, State.SKIPPED])
def test_earlier_entry_speaks_again_where_the_newer_came_to_nothing(desk: Desk, target: State) -> None:
    entry = desk.unheard()
    (new,) = desk.revised(entry)

    desk.carry_out(new, target)

    assert desk.known() == {"m1": (entry.run_id, State.APPLIED)}


def test_declined_proposal_leaves_the_earlier_entry_speaking(desk: Desk) -> None:
    entry = desk.unheard()
    (new,) = desk.revised(entry, State.HELD)

    desk.ledger.move([new.id], State.HELD, State.DECLINED)

    assert desk.known() == {"m1": (entry.run_id, State.APPLIED)}


def test_undone_second_look_leaves_the_earlier_entry_speaking_until_it_is_made_again(desk: Desk) -> None:
    entry = desk.unheard()
    new = desk.carry_out(desk.revised(entry)[0])

    undo = desk.undo(new)
    assert (desk.known(), desk.state(new)) == ({"m1": (entry.run_id, State.APPLIED)}, State.UNDONE)

    desk.undo(undo)
    assert (desk.known(), desk.state(new)) == ({"m1": (new.run_id, State.APPLIED)}, State.APPLIED)


def test_entries_are_given_newest_first_on_request(desk: Desk) -> None:
    ids = [desk.unheard(f"m{number}").id for number in range(3)]
    mine = Selection(desk.account.id)

    assert [entry.id for entry in desk.ledger.entries(mine)] == ids
    assert [entry.id for entry in desk.ledger.entries(mine, newest_first=True)] == ids[::-1]


def test_scheduler_looks_into_an_index_of_each_account(sqlite_url: str, clock: FakeClock) -> None:
    database = Database(sqlite_url)
    asked: list[tuple[str, Any]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *seen: asked.append((seen[2], seen[3])))
    SqlUnanswered(database, clock).accounts()
    statement, values = asked[-1]

    with database.engine.connect() as connection:
        plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    database.close()

    lookup = next(step for step in plan if "unanswered" in step)
    assert lookup.startswith("SEARCH unanswered USING INDEX ix_unanswered_account_id_due")
