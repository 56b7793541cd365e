from auramail.core.history import State
from auramail.storage.engine import Database
from auramail.storage.ledger import SqlLedger
from tests.fakes.clock import FakeClock
from tests.storage.builders import a_run, an_account, an_entry


def test_accounts_with_something_begun_and_not_closed_are_known(database: Database, clock: FakeClock) -> None:
    ledger = SqlLedger(database, clock)
    states = (State.APPLYING, State.PLANNED, State.APPLIED, State.HELD, State.FAILED)
    runs = [a_run(database, clock, an_account(database, clock, f"/mail/{state}").id) for state in states]
    for run, state in zip(runs, states, strict=True):
        ledger.record([an_entry(run, "m1", state), an_entry(run, "m2", state)])

    assert ledger.accounts_with_open_entries() == [runs[0].account_id, runs[1].account_id]
