"""Workers that get in each other's way: threads and processes on real databases."""

import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from auramail.core.errors import BusyError
from auramail.core.history import Selection, State
from auramail.core.runs import Order, Run
from auramail.storage.engine import Database
from auramail.storage.entries import entry_to_row
from auramail.storage.ledger import SqlLedger
from auramail.storage.runs import SqlRuns
from auramail.storage.tables import ActionRow
from auramail.storage.users import SqlUsers
from tests.fakes.clock import NOON, FakeClock
from tests.storage.builders import a_run, an_account, an_entry
from tests.storage.racing import at_once, record

RACERS = 6


@pytest.fixture
def runs(database: Database, clock: FakeClock) -> list[Run]:
    """A run for each racer, all of one account."""
    account = an_account(database, clock)
    return [a_run(database, clock, account.id) for _ in range(RACERS)]


@pytest.fixture
def ledger(database: Database, clock: FakeClock) -> SqlLedger:
    return SqlLedger(database, clock)


def test_of_threads_that_record_the_same_messages_one_wins_each(ledger: SqlLedger, runs: list[Run]) -> None:
    def record_all(racer: int) -> list[str]:
        messages = [f"m{(number * (racer + 1)) % 31}" for number in range(31)]
        return [
            entry.message_id
            for start in range(0, 31, 5)
            for entry in ledger.record([an_entry(runs[racer], message) for message in messages[start : start + 5]])
        ]

    won = Counter(message for messages in at_once(RACERS, record_all) for message in messages)

    assert won == {f"m{number}": 1 for number in range(31)}


def test_of_processes_that_record_the_same_messages_one_wins_each(database_url: str, runs: list[Run]) -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(int).result(timeout=60)
        other = pool.submit(record, database_url, runs[0].id, 60)
        mine = record(database_url, runs[1].id, 60)
        won = Counter([*mine, *other.result(timeout=60)])

    assert won == {f"m{number}": 1 for number in range(60)}


def test_of_threads_that_claim_the_same_entries_one_wins_each(ledger: SqlLedger, runs: list[Run]) -> None:
    ids = [entry.id for entry in ledger.record([an_entry(runs[0], f"m{number}") for number in range(20)])]

    def claim(racer: int) -> list[int]:
        mine = ids[racer:] + ids[:racer]
        return [moved for number in mine for moved in ledger.move([number], State.PLANNED, State.APPLYING)]

    won = Counter(number for numbers in at_once(RACERS, claim) for number in numbers)

    assert won == dict.fromkeys(ids, 1)


def test_of_threads_that_undo_the_same_entry_one_wins(ledger: SqlLedger, runs: list[Run]) -> None:
    (entry,) = ledger.record([an_entry(runs[0])])
    ledger.move([entry.id], State.PLANNED, State.APPLIED)

    undone = at_once(RACERS, lambda racer: ledger.record([an_entry(runs[racer], undo_of=entry.id)]))

    assert sum(len(recorded) for recorded in undone) == 1
    states = [found.state for found in ledger.entries(Selection(entry.account_id))]
    assert states == [State.UNDOING, State.PLANNED]


def test_of_threads_that_start_a_run_one_wins_and_the_others_are_told_which(
    database: Database, clock: FakeClock
) -> None:
    account = an_account(database, clock)

    def start(_: int) -> tuple[str, int]:
        try:
            return "started", SqlRuns(database, clock).start(account.id, Order()).id
        except BusyError as busy:
            return "busy", busy.run_id

    answers = at_once(RACERS, start)

    assert sorted(word for word, _ in answers) == ["busy"] * (RACERS - 1) + ["started"]
    assert len({run_id for _, run_id in answers}) == 1


def test_users_and_accounts_made_at_the_same_moment_are_made_once(database: Database, clock: FakeClock) -> None:
    users = at_once(RACERS, lambda _: SqlUsers(database, clock).local_user().id)
    accounts = at_once(RACERS, lambda _: an_account(database, clock).id)

    assert (len(set(users)), len(set(accounts))) == (1, 1)


@pytest.mark.parametrize("same", ["message", "undo"])
def test_the_tables_themselves_refuse_what_the_ledger_leaves_out(
    database: Database, ledger: SqlLedger, runs: list[Run], same: str
) -> None:
    (entry,) = ledger.record([an_entry(runs[0])])
    undo_of = entry.id if same == "undo" else None
    second = an_entry(runs[1], undo_of=undo_of, state=State.PLANNED)
    rows = [entry_to_row(each, in_force=True) | {"at": NOON} for each in ([second, second] if undo_of else [second])]

    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(insert(ActionRow), rows)

    assert list(ledger.entries(Selection(entry.account_id))) == [entry]
