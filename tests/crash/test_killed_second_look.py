"""A worker killed at any point of a second look: each message keeps one label of AuraMail's, and a way back."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from auramail.core.decisions import Asked
from auramail.core.history import OPEN, Selection, State
from auramail.core.privacy import Tier
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, Run, RunKind, RunState
from auramail.ops.privacy import give_consent
from auramail.ops.second_look import order_second_look
from auramail.ops.work import finish_run, finish_runs, held, owned, settle_account
from auramail.settings import Settings
from auramail.wiring.house import House, open_house
from tests.crash.peril import work_and_die
from tests.crash.test_killed_worker import wait_until_free
from tests.fakes.clock import FakeClock
from tests.fakes.google_server import GoogleServer
from tests.fakes.model_server import ModelServer
from tests.fakes.postgres import TEMPLATE, PostgresServer
from tests.flow.test_model_in_a_run import MODEL, answer, riddle
from tests.house import ANA, connect_gmail, settings_for

pytestmark = pytest.mark.crash
MOST_POINTS = 400
COUNT = 2
"""Messages without an answer."""


@dataclass
class Waiting:
    """Ana's installation with the second look in which a worker will be killed."""

    google: GoogleServer
    settings: Settings
    clock: FakeClock
    look: Run
    messages: list[str]
    before: dict[str, frozenset[str]]

    def open(self) -> House:
        return open_house(self.settings, self.clock)


def test_killed_second_look_on_sqlite(home: Path, sqlite_template: Path) -> None:
    for point in points(every=3):
        folder = home / str(point)
        folder.mkdir()
        shutil.copyfile(sqlite_template, folder / "auramail.db")
        if not survives(folder, point):
            return
    pytest.fail("the look has no end")


@pytest.mark.postgres
def test_killed_second_look_on_postgresql(home: Path, postgres: PostgresServer) -> None:
    for point in points(every=15):
        folder = home / str(point)
        folder.mkdir()
        name = postgres.create(TEMPLATE)
        try:
            killed = survives(folder, point, database_url=postgres.url(name))
        finally:
            postgres.drop(name)
        if not killed:
            return
    pytest.fail("the look has no end")


def points(every: int) -> Iterator[int]:
    """Of two changes alike each is hit somewhere; `every=1` takes two minutes, and was tried."""
    return iter(range(1, MOST_POINTS, every))


def survives(folder: Path, point: int, database_url: str = "") -> bool:
    """Kill a second look at the point, let the next worker go on, and hold the world against the promises."""
    clock = FakeClock()
    with GoogleServer(clock) as google, ModelServer(answer) as model:
        settings = settings_for(
            google,
            folder,
            database_url=database_url,
            openai_base_url=model.openai_url,
            openai_api_key=model.key,
            openai_model=MODEL,
            model_wait_seconds=5.0,
        )
        ana = install(google, model, settings, clock)
        came_through = work_and_die(ana.open, ana.look, point)
        with ana.open() as house:
            wait_until_free(house, ana.look.account_id)
            look_again(house, ana)
            check(house, ana)
        assert google.violations == []
        assert google.forbidden == []
    return not came_through


def install(google: GoogleServer, model: ModelServer, settings: Settings, clock: FakeClock) -> Waiting:
    google.add_user(ANA)
    messages = [google.add_message(riddle(number), ("INBOX", "UNREAD")) for number in range(COUNT)]
    busy = model.fault("429", times=None, retry_after=3600)
    with open_house(settings, clock) as house:
        account = connect_gmail(google, house)
        give_consent(house, account, account.user_id, Tier.FREE, MODEL)
        with owned(house, account.id) as is_owner:
            finish_run(house, house.runs.start(account.id, Order(query=MailQuery())), is_owner)
        before = dict(google.snapshot())
        busy.times = 0
        clock.advance(hours=2)
        look = house.runs.start(account.id, Order(kind=RunKind.SECOND_LOOK))
    return Waiting(google, settings, clock, look, messages, before)


def look_again(house: House, ana: Waiting) -> None:
    """What the next workers do: they go on with the look, and begin another for what it may have left."""
    for _ in range(2):
        with held(house, ana.look.account_id) as is_owner:
            finish_runs(house, ana.look.account_id, is_owner)
            settle_account(house, house.accounts.get(ana.look.account_id), is_owner)
            order_second_look(house, ana.look.account_id)
            finish_runs(house, ana.look.account_id, is_owner)
        ana.clock.advance(hours=1)


def check(house: House, ana: Waiting) -> None:
    account_id = ana.look.account_id
    run, receipt = house.runs.get(ana.look.id), house.runs.receipt(ana.look.id)
    entries = list(house.ledger.entries(Selection(account_id)))
    assert run.state is RunState.DONE
    assert receipt is not None
    assert receipt.is_whole
    assert not [entry for entry in entries if entry.state in OPEN]
    assert len(entries) == 2 * COUNT
    for message in ana.messages:
        assert {name for name in ana.google.label_names_of(message) if name.startswith("AI_")} == {"AI_Social"}
    assert house.unanswered.count(account_id) == 0
    speaking = house.ledger.known(account_id, ana.messages)
    newest = [entry for entry in entries if entry.revises is not None]
    assert {entry.message_id: (entry.run_id, State.APPLIED) for entry in newest} == speaking
    assert {entry.decision.model.asked for entry in newest if entry.decision and entry.decision.model} == {
        Asked.ANSWERED
    }
    for look in {entry.run_id for entry in newest}:
        with owned(house, account_id) as is_owner:
            undo = Order(kind=RunKind.UNDO, selection={"run_id": look})
            finish_run(house, house.runs.start(account_id, undo), is_owner)
    assert ana.google.snapshot() == ana.before
