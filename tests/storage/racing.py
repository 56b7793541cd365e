"""Racers for `test_races.py`, in a module of their own so that other processes can import them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TypeVar

from auramail.core.clock import SystemClock
from auramail.core.costs import Cap
from auramail.storage.bills import SqlBills
from auramail.storage.engine import Database
from auramail.storage.ledger import SqlLedger
from auramail.storage.runs import SqlRuns
from tests.storage.builders import an_entry

Result = TypeVar("Result")


def at_once(count: int, act: Callable[[int], Result]) -> list[Result]:
    """What the act gives when so many threads do it at the same moment, each told its number."""
    barrier = Barrier(count)

    def start(number: int) -> Result:
        barrier.wait(timeout=30)
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(start, range(count)))


def record(url: str, run_id: int, messages: int) -> list[str]:
    """Record messages one by one, as a worker with a database of its own; those it won."""
    database = Database(url)
    ledger = SqlLedger(database, SystemClock())
    run = SqlRuns(database, SystemClock()).get(run_id)
    won = [entry.message_id for number in range(messages) for entry in ledger.record([an_entry(run, f"m{number}")])]
    database.close()
    return won


def reserve(url: str, day: date, calls: int, tries: int) -> int:
    """Reserve one call after the other of a cap, as a worker with a database of its own; how many it was given."""
    database = Database(url)
    bills = SqlBills(database, SystemClock(), None, "fake-1")
    given = sum(bills.reserve(day, Cap(calls=calls), 1) for _ in range(tries))
    database.close()
    return given
