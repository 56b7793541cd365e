"""What a run costs at the fake Google: units and calls as it counts them, seconds by a clock that skips its waits."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx2

from auramail.core.accounts import Account
from auramail.core.errors import TryAgainError
from auramail.core.queries import MailQuery
from auramail.core.runs import Order
from auramail.flow.acquaint import acquaint
from auramail.flow.desk import Outcome
from auramail.ops.work import finish_run
from auramail.wiring.house import House, open_house
from bench.floor import A_MINUTE, Floor, floor_of
from bench.mailboxes import Contents, fill
from bench.naive import MOST, UNITS_A_MESSAGE, NaiveClient
from bench.senders import PERSON
from tests.fakes.google_server import GoogleServer
from tests.fakes.virtual_clock import VirtualClock
from tests.house import connect_gmail, settings_for

LATENCY = 0.08
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one way to sort `messages` messages. `floor` is the least that this work can cost."""

    messages: int
    read: int
    units: int
    calls: int
    seconds: float
    floor: Floor
    is_reckoned: bool = False
    """Measured for fewer messages and carried on at the pace of the quota."""
    unread_protected: int = 0

    @property
    def units_to_floor(self) -> float:
        return self.units / self.floor.units

    @property
    def seconds_to_floor(self) -> float:
        return self.seconds / self.floor.seconds(LATENCY)

    @property
    def calls_a_message(self) -> float:
        return self.calls / self.messages


@dataclass(frozen=True, slots=True)
class Bench:
    """A fake Google with a full mailbox, the house that sorts it, and the clock both live by."""

    google: GoogleServer
    house: House
    account: Account
    contents: Contents
    clock: VirtualClock


@contextmanager
def open_bench(count: int) -> Iterator[Bench]:
    """80 ms to Google and back, 6,000 units a minute, 50 parts at once; all by the virtual clock."""
    clock = VirtualClock(NOW)
    with (
        tempfile.TemporaryDirectory() as folder,
        GoogleServer(clock, latency=LATENCY, sleep=clock.sleep, units_per_minute=A_MINUTE) as google,
    ):
        google.add_user(PERSON)
        contents = fill(google, count)
        settings = settings_for(google, Path(folder), gmail_units_per_minute=A_MINUTE)
        with open_house(settings, clock, clock.sleep) as house:
            yield Bench(google, house, connect_gmail(google, house, PERSON), contents, clock)
        assert google.violations == []
        assert google.forbidden == []


def sort_all(house: House, account: Account, order: Order) -> Outcome:
    """Do a run to its end, waiting where a worker would give the account back to the queue."""
    run = house.runs.start(account.id, order)
    with house.lock.hold(account.id) as is_owner:
        while True:
            try:
                return finish_run(house, run, is_owner)
            except TryAgainError as error:
                house.sleep(error.after)


def measure(count: int, order: Order | None = None, *, survey: bool = False) -> Cost:
    """Sort a mailbox of `count` messages with AuraMail, with a survey if the person said yes to it.

    Whom the person writes to is known already: that is learned once an account, from the newest hundred of what they
    sent, and is no part of a run.
    """
    with open_bench(count) as bench:
        with bench.house.mailbox(bench.account) as mailbox:
            acquaint(bench.account, mailbox, bench.house.accounts)
        bench.house.preferences.allow_survey(bench.account.id, wanted=survey)
        before = bench.google.snapshot()
        bench.google.reset_usage()
        started = bench.clock.monotonic()
        outcome = sort_all(bench.house, bench.account, order or Order(query=MailQuery()))
        seconds = bench.clock.monotonic() - started
        received, read = set(bench.contents.received), bench.google.mailbox().read
        assert outcome.receipt.is_whole
        assert outcome.receipt.handled == count, outcome.receipt
        groups = changes_between(before, bench.google.snapshot())
        return Cost(
            messages=count,
            read=len(read & received),
            units=bench.google.usage.units,
            calls=bench.google.usage.http_calls,
            seconds=seconds,
            floor=floor_of(count, count, groups),
            unread_protected=len(bench.contents.protected.keys() & received - read),
        )


def measure_naive(count: int) -> Cost:
    """The same mailbox by the naive client, which changes every message; from `MOST` messages on reckoned."""
    measured = min(count, MOST)
    with open_bench(measured) as bench:
        headers = {"Authorization": f"Bearer {bench.google.grant().access_token}"}
        bench.google.reset_usage()
        started = bench.clock.monotonic()
        with httpx2.Client(base_url=bench.google.url, headers=headers) as http:
            NaiveClient(http, bench.clock.sleep).sort(measured)
        seconds, usage = bench.clock.monotonic() - started, bench.google.usage
        more = count - measured
        return Cost(
            messages=count,
            read=count,
            units=usage.units + more * UNITS_A_MESSAGE,
            calls=usage.http_calls + more * 2,
            seconds=seconds + more * UNITS_A_MESSAGE * 60 / A_MINUTE,
            floor=floor_of(count, count, (count,)),
            is_reckoned=more > 0,
        )


def changes_between(before: dict[str, frozenset[str]], after: dict[str, frozenset[str]]) -> list[int]:
    """How many messages each different change of labels was made to."""
    made = Counter((after[one] - labels, labels - after[one]) for one, labels in before.items())
    return [count for change, count in made.items() if any(change)]
