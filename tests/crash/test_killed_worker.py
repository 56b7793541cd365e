"""A worker killed by SIGKILL between any two steps: nothing is lost, done twice or unaccounted for."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from auramail.core.accounts import Account
from auramail.core.errors import BusyError
from auramail.core.history import OPEN, Entry, Selection, State
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, Run, RunKind, RunState
from auramail.ops.work import finish_run, owned, settle_account
from auramail.settings import Settings
from auramail.wiring.house import House, open_house
from tests.crash.peril import work_and_die
from tests.fakes.clock import FakeClock
from tests.fakes.google_server import GoogleServer
from tests.fakes.postgres import TEMPLATE, PostgresServer
from tests.house import ANA, connect_gmail, newsletter, note, settings_for

pytestmark = pytest.mark.crash
MOST_POINTS = 400
VERBS = (RunKind.SORT, RunKind.UNDO, RunKind.APPROVE)


@dataclass
class Installation:
    """One installation with Ana's mailbox as it is before the run that a worker will be killed in."""

    google: GoogleServer
    settings: Settings
    clock: FakeClock
    account: Account
    run: Run
    untouched: dict[str, frozenset[str]]
    """Label ids before AuraMail did anything."""
    restored_by_person: set[str] = field(default_factory=set)

    def open(self) -> House:
        return open_house(self.settings, self.clock)


@pytest.mark.parametrize("verb", VERBS)
def test_killed_worker_on_sqlite(verb: RunKind, home: Path, sqlite_template: Path) -> None:
    for point in points():
        folder = home / str(point)
        folder.mkdir()
        shutil.copyfile(sqlite_template, folder / "auramail.db")
        if not survives(verb, folder, point):
            return
    pytest.fail("the run has no end")


@pytest.mark.postgres
@pytest.mark.parametrize("verb", VERBS)
def test_killed_worker_on_postgresql(verb: RunKind, home: Path, postgres: PostgresServer) -> None:
    for point in points(every=3):
        folder = home / str(point)
        folder.mkdir()
        name = postgres.create(TEMPLATE)
        try:
            killed = survives(verb, folder, point, database_url=postgres.url(name))
        finally:
            postgres.drop(name)
        if not killed:
            return
    pytest.fail("the run has no end")


@pytest.mark.parametrize("verb", [RunKind.SORT, RunKind.APPROVE])
def test_what_the_person_put_back_after_the_kill_is_not_moved_again(
    verb: RunKind, home: Path, sqlite_template: Path
) -> None:
    for point in points():
        folder = home / str(point)
        folder.mkdir()
        shutil.copyfile(sqlite_template, folder / "auramail.db")
        if not survives(verb, folder, point, person_restores=True):
            return
    pytest.fail("the run has no end")


def points(every: int = 1) -> Iterator[int]:
    return iter(range(1, MOST_POINTS, every))


def survives(verb: RunKind, folder: Path, point: int, *, person_restores: bool = False, database_url: str = "") -> bool:
    """Kill a worker at the point, let the next one go on, and hold everything against the promises.

    False if the worker came through before it reached the point.
    """
    clock = FakeClock()
    with GoogleServer(clock) as google:
        settings = settings_for(google, folder, database_url=database_url)
        ana = install(google, settings, clock, verb)
        came_through = work_and_die(ana.open, ana.run, point)
        if person_restores:
            ana.restored_by_person = put_back(ana)
        with ana.open() as house:
            wait_until_free(house, ana.account.id)
            with owned(house, ana.account.id) as is_owner:
                settle_account(house, ana.account, is_owner)
            check(house, ana)
            if not person_restores:
                check_undo(house, ana)
        assert google.violations == []
        assert google.forbidden == []
    return not came_through


def wait_until_free(house: House, account_id: int) -> None:
    """PostgreSQL frees a dead worker's lock when it notices that the connection is gone, a moment after the kill."""
    for _ in range(600):
        try:
            with house.lock.hold(account_id):
                return
        except BusyError:
            time.sleep(0.05)
    pytest.fail("the dead worker still owns the account")


def install(google: GoogleServer, settings: Settings, clock: FakeClock, verb: RunKind) -> Installation:
    google.add_user(ANA)
    for number in range(3):
        google.add_message(newsletter(number), ("INBOX", "UNREAD"))
    google.add_message(newsletter(7), ("INBOX", "STARRED"))
    google.add_message(note(1), ("INBOX", "UNREAD", "Friends"))
    google.add_message(newsletter(8), ("SPAM",))
    untouched = google.snapshot()
    with open_house(settings, clock) as house:
        account = connect_gmail(google, house)
        order = prepare(house, account, verb)
        return Installation(google, settings, clock, account, house.runs.start(account.id, order), untouched)


def prepare(house: House, account: Account, verb: RunKind) -> Order:
    """The order of the run that will be killed, with what must have happened before it."""
    if verb is RunKind.SORT:
        return Order(query=MailQuery())
    with owned(house, account.id) as is_owner:
        first = Order(query=MailQuery(), dry_run=verb is RunKind.APPROVE)
        done = finish_run(house, house.runs.start(account.id, first), is_owner)
    return Order(kind=verb, selection={"run_id": done.receipt.run})


def put_back(ana: Installation) -> set[str]:
    """The person finds newsletters gone from the inbox and puts them back."""
    moved = {
        message
        for message, labels in ana.google.snapshot().items()
        if "INBOX" in ana.untouched[message] and "INBOX" not in labels
    }
    for message in moved:
        ana.google.relabel(message, add=("INBOX",))
    return moved


def check(house: House, ana: Installation) -> None:
    """What must hold once the next worker has been there."""
    run = house.runs.get(ana.run.id)
    receipt = house.runs.receipt(ana.run.id)
    entries = list(house.ledger.entries(Selection(ana.account.id)))

    assert run.state is RunState.DONE
    assert receipt is not None
    assert receipt.is_whole
    assert receipt.listed == (6 if ana.run.order.kind is RunKind.SORT else receipt.handled)
    assert not [entry for entry in entries if entry.state in OPEN | {State.UNDOING}]
    mine = [entry for entry in entries if entry.run_id == ana.run.id]
    assert len({entry.message_id for entry in mine}) == len(mine) == 6
    for entry in mine:
        check_effect(entry, ana)


def check_effect(entry: Entry, ana: Installation) -> None:
    """CONFIRMED means it happened, and nothing else did."""
    now = ana.google.labels_of(entry.message_id)
    if entry.message_id in ana.restored_by_person:
        assert "INBOX" in now
    elif entry.state is State.APPLIED:
        assert now == entry.after
    elif entry.state is State.HELD:
        assert now == entry.before


def check_undo(house: House, ana: Installation) -> None:
    """All that is applied can be taken back, to the labels from before AuraMail."""
    with owned(house, ana.account.id) as is_owner:
        for run in house.runs.latest([ana.account.id], 10):
            applied = Selection(ana.account.id, run_id=run.id, states=frozenset({State.APPLIED}))
            if run.order.kind is not RunKind.UNDO and list(house.ledger.entries(applied)):
                order = Order(kind=RunKind.UNDO, selection={"run_id": run.id})
                finish_run(house, house.runs.start(ana.account.id, order), is_owner)
    assert ana.google.snapshot() == ana.untouched
