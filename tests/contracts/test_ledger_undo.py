"""What every journal promises about taking back what was done (`ports.Ledger`)."""

import pytest

from auramail.core.history import State
from auramail.storage.engine import Database
from auramail.storage.ledger import SqlLedger
from tests.contracts.office import Office
from tests.fakes.clock import FakeClock
from tests.storage.builders import a_run, an_account, an_entry


@pytest.fixture
def office(database: Database, clock: FakeClock) -> Office:
    return Office(SqlLedger(database, clock), database, clock, an_account(database, clock))


def test_recording_an_undo_claims_what_it_takes_back(office: Office) -> None:
    entry = office.applied(office.run())

    (undo,) = office.record(an_entry(office.run(), undo_of=entry.id))

    assert office.state(entry) is State.UNDOING
    assert (undo.undo_of, office.state(undo)) == (entry.id, State.PLANNED)


def test_a_second_undo_of_the_same_entry_is_left_out(office: Office) -> None:
    entry = office.applied(office.run())
    office.record(an_entry(office.run(), undo_of=entry.id))

    assert office.record(an_entry(office.run(), undo_of=entry.id)) == []


def test_two_undos_of_one_entry_in_one_batch_are_one(office: Office) -> None:
    entry = office.applied(office.run())
    run = office.run()

    assert len(office.record(an_entry(run, undo_of=entry.id), an_entry(run, undo_of=entry.id))) == 1


@pytest.mark.parametrize("state", [State.PLANNED, State.FAILED, State.SKIPPED, State.HELD])
def test_what_was_not_applied_cannot_be_taken_back(office: Office, state: State) -> None:
    (entry,) = office.record(an_entry(office.run(), "m1", state))

    assert office.record(an_entry(office.run(), undo_of=entry.id)) == []
    assert office.state(entry) is state


def test_another_accounts_entry_cannot_be_taken_back(office: Office) -> None:
    entry = office.applied(office.run())
    other = an_account(office.database, office.clock, "/mail/ben.mbox")

    stolen = an_entry(a_run(office.database, office.clock, other.id), undo_of=entry.id)

    assert office.record(stolen) == []
    assert office.state(entry) is State.APPLIED


def test_an_applied_undo_makes_what_it_takes_back_undone(office: Office) -> None:
    entry = office.applied(office.run())

    undo = office.undo(entry)

    assert (office.state(entry), undo.state) == (State.UNDONE, State.APPLIED)


@pytest.mark.parametrize("target", [State.FAILED, State.SKIPPED])
def test_an_undo_that_came_to_nothing_leaves_the_entry_applied(office: Office, target: State) -> None:
    entry = office.applied(office.run())

    office.undo(entry, target)

    assert office.state(entry) is State.APPLIED
    assert office.undo(entry).state is State.APPLIED
    assert office.state(entry) is State.UNDONE


def test_an_undo_recorded_as_impossible_leaves_the_entry_applied(office: Office) -> None:
    entry = office.applied(office.run())

    (refused,) = office.record(an_entry(office.run(), "m1", State.SKIPPED, undo_of=entry.id, code="purged"))

    assert (office.state(entry), office.state(refused)) == (State.APPLIED, State.SKIPPED)


def test_a_run_does_not_try_the_same_undo_twice(office: Office) -> None:
    entry = office.applied(office.run())
    run = office.run()
    (undo,) = office.record(an_entry(run, undo_of=entry.id))
    office.carry_out(undo, State.FAILED)

    assert office.record(an_entry(run, undo_of=entry.id)) == []
    assert office.state(entry) is State.APPLIED


def test_a_late_word_on_a_failed_undo_does_not_disturb_the_next_one(office: Office) -> None:
    entry = office.applied(office.run())
    failed = office.undo(entry, State.FAILED)
    office.record(an_entry(office.run(), undo_of=entry.id))

    office.ledger.move([failed.id], State.FAILED, State.SKIPPED)

    assert office.state(entry) is State.UNDOING


def test_undo_of_an_undo_applies_the_entry_again(office: Office) -> None:
    entry = office.applied(office.run())
    undo = office.undo(entry)

    redo = office.undo(undo)

    assert [office.state(each) for each in (entry, undo, redo)] == [State.APPLIED, State.UNDONE, State.APPLIED]
    assert office.known() == {"m1": (entry.run_id, State.APPLIED)}


def test_undo_of_an_undo_of_an_undo_undoes_the_entry_again(office: Office) -> None:
    entry = office.applied(office.run())
    undo = office.undo(entry)
    redo = office.undo(undo)

    last = office.undo(redo)

    states = [office.state(each) for each in (entry, undo, redo, last)]
    assert states == [State.UNDONE, State.APPLIED, State.UNDONE, State.APPLIED]


def test_an_entry_applied_again_can_be_undone_directly(office: Office) -> None:
    entry = office.applied(office.run())
    office.undo(office.undo(entry))

    office.undo(entry)

    assert office.state(entry) is State.UNDONE


def test_an_undo_is_in_force_beside_the_entry_of_its_message(office: Office) -> None:
    entry = office.applied(office.run())
    office.undo(entry)
    newer = office.run()

    (again,) = office.record(an_entry(newer, "m1"))
    office.carry_out(again)
    undo = office.undo(again)

    assert (office.state(again), undo.state) == (State.UNDONE, State.APPLIED)
