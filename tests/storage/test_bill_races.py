"""Workers that spend the same day's money at the same moment: threads and processes on real databases."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import date

import pytest

from auramail.core.costs import Cap, Spent
from auramail.core.questions import Part, Tokens
from auramail.storage.accounts import SqlAccounts
from auramail.storage.answers import SqlAnswers
from auramail.storage.bills import SqlBills
from auramail.storage.engine import Database
from auramail.storage.model_reading import SqlModelReading
from auramail.storage.vault import AESVault
from tests.fakes.answering import a_question, an_answer
from tests.fakes.clock import FakeClock
from tests.storage.builders import an_account
from tests.storage.racing import at_once, reserve

DAY = date(2026, 3, 14)
VAULT = AESVault([("key", bytes(range(32)))])
RACERS = 8
TRIES = 10


@pytest.fixture
def bills(database: Database, clock: FakeClock) -> SqlBills:
    return SqlBills(database, clock, lambda: VAULT, "fake-1")


@pytest.mark.parametrize(
    ("cap", "allowed"), [(Cap(calls=37), 37), (Cap(micros=4199), 41), (Cap(calls=37, micros=3000), 30)]
)
def test_threads_together_spend_exactly_the_cap(bills: SqlBills, cap: Cap, allowed: int) -> None:
    def spend(racer: int) -> int:
        mine = bills.of(f"model-{racer % 3}")
        return sum(mine.reserve(DAY, cap, 100) for _ in range(TRIES))

    assert sum(at_once(RACERS, spend)) == allowed
    assert bills.of_day(DAY) == Spent(calls=allowed, micros=100 * allowed)


def test_processes_together_spend_exactly_the_cap(database_url: str, bills: SqlBills) -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(int).result(timeout=60)
        other = pool.submit(reserve, database_url, DAY, 75, 100)
        mine = reserve(database_url, DAY, 75, 100)
        theirs = other.result(timeout=60)

    assert mine + theirs == 75
    assert bills.of_day(DAY) == Spent(calls=75, micros=75)


def test_nothing_is_lost_when_threads_settle_release_and_hit_at_once(
    database: Database, clock: FakeClock, bills: SqlBills
) -> None:
    account_id = an_account(database, clock).id

    def work(racer: int) -> None:
        mine = bills.of(f"model-{racer % 2}")
        for number in range(TRIES):
            assert mine.reserve(DAY, Cap(), 100)
            if number % 2:
                mine.release(DAY, 100)
            else:
                question = a_question(Part(f"m{racer}-{number}", "text"), account_id=account_id, run_id=1)
                mine.settle(DAY, question, an_answer(tokens=Tokens(9, 1), micros=70), 100)
            mine.hit(DAY)

    at_once(RACERS, work)

    calls, answered = RACERS * TRIES, RACERS * TRIES // 2
    reading = SqlModelReading(database, lambda: VAULT)
    whole = Spent(calls, answered + calls, calls, Tokens(9 * answered, answered), 70 * answered)
    assert bills.of_day(DAY) == whole
    assert sum((day.spent for day in reading.days(DAY)), start=Spent()) == whole
    assert reading.of_run(1).calls == answered


def test_an_account_may_be_removed_while_its_calls_are_written_down(
    database: Database, clock: FakeClock, bills: SqlBills
) -> None:
    account_id = an_account(database, clock).id
    answers = SqlAnswers(database, clock)

    def work(racer: int) -> None:
        if racer == 0:
            SqlAccounts(database, clock).remove(account_id)
            return
        for number in range(TRIES):
            question = a_question(Part(f"m{number}", "text"), account_id=account_id)
            answers.put(f"{racer}-{number}", account_id, an_answer())
            bills.settle(DAY, question, an_answer(micros=7), 0)

    at_once(RACERS, work)

    assert bills.of_day(DAY).micros == 7 * (RACERS - 1) * TRIES
    assert SqlModelReading(database, lambda: VAULT).sent(account_id, "m0") == []
