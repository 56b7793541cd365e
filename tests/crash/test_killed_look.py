"""A worker killed by SIGKILL at any point of a look for new mail: no message is lost, and none is handled twice."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from auramail.core.history import OPEN, Selection, State
from auramail.ops.live import look_for_new_mail, start_live
from auramail.ops.work import finish_runs, held, settle_account
from auramail.settings import Settings
from auramail.wiring.house import House, open_house
from tests.crash.peril import look_and_die
from tests.fakes.clock import FakeClock
from tests.fakes.google_server import GoogleServer
from tests.fakes.postgres import TEMPLATE, PostgresServer
from tests.house import ANA, connect_gmail, newsletter, note, settings_for

pytestmark = pytest.mark.crash
MOST_POINTS = 400
KNOWN, EXPIRED = "known", "expired"
HISTORIES = (KNOWN, EXPIRED)


@pytest.mark.parametrize("history", HISTORIES)
def test_killed_look_on_sqlite(history: str, home: Path, sqlite_template: Path) -> None:
    for point in points(every=1 if history == KNOWN else 3):
        folder = home / str(point)
        folder.mkdir()
        shutil.copyfile(sqlite_template, folder / "auramail.db")
        if not survives(folder, point, history):
            return
    pytest.fail("the look has no end")


@pytest.mark.postgres
@pytest.mark.parametrize("history", HISTORIES)
def test_killed_look_on_postgresql(history: str, home: Path, postgres: PostgresServer) -> None:
    for point in points(every=5):
        folder = home / str(point)
        folder.mkdir()
        name = postgres.create(TEMPLATE)
        try:
            killed = survives(folder, point, history, database_url=postgres.url(name))
        finally:
            postgres.drop(name)
        if not killed:
            return
    pytest.fail("the look has no end")


def points(every: int = 1) -> Iterator[int]:
    return iter(range(1, MOST_POINTS, every))


def survives(folder: Path, point: int, history: str, database_url: str = "") -> bool:
    """Kill a look at the point, look again, and hold the world against the promises; False if it came through."""
    clock = FakeClock()
    with GoogleServer(clock) as google:
        settings = settings_for(google, folder, database_url=database_url, redis_url="unix:///nowhere/redis.sock")
        account_id, came = install(google, settings, clock, history)
        came_through = look_and_die(lambda: open_house(settings, clock), account_id, point)
        with open_house(settings, clock) as house:
            look_again(house, account_id, clock)
            check(house, google, account_id, came)
        assert google.violations == []
        assert google.forbidden == []
    return not came_through


def install(google: GoogleServer, settings: Settings, clock: FakeClock, history: str) -> tuple[int, set[str]]:
    """Ana's mailbox kept sorted, and mail that came since, on several pages."""
    google.add_user(ANA)
    google.add_message(newsletter(99), ("INBOX", "UNREAD"))
    clock.advance(seconds=10)
    with open_house(settings, clock) as house:
        account = connect_gmail(google, house)
        start_live(house, account)
    clock.advance(seconds=10)
    google.mailbox().longest_page = 2
    came = {google.add_message(newsletter(number), ("INBOX", "UNREAD"), clock.now()) for number in range(3)}
    came |= {google.add_message(note(1), ("INBOX", "UNREAD")), google.add_message(newsletter(8), ("SPAM",))}
    if history == EXPIRED:
        google.expire_history()
    return account.id, came


def look_again(house: House, account_id: int, clock: FakeClock) -> None:
    """What the next worker does; the one after it finds nothing more."""
    for _ in range(2):
        clock.advance(minutes=5)
        with held(house, account_id) as is_owner:
            look_for_new_mail(house, account_id, is_owner)
            finish_runs(house, account_id, is_owner)
            settle_account(house, house.accounts.get(account_id), is_owner)


def check(house: House, google: GoogleServer, account_id: int, came: set[str]) -> None:
    entries = list(house.ledger.entries(Selection(account_id)))
    assert sorted(entry.message_id for entry in entries) == sorted(came)
    assert not [entry for entry in entries if entry.state in OPEN]
    for entry in entries:
        assert entry.state is State.APPLIED
        assert google.labels_of(entry.message_id) == entry.after
    (day,) = house.days.unfinished(account_id)
    receipt = house.runs.receipt(day.id)
    assert receipt is not None
    assert receipt.is_whole
    assert receipt.listed == len(came)
    assert house.live.acts(account_id) == []
