"""What the keeper of runs promises (`ports.Runs`), and what it offers beyond."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from auramail.core.accounts import Account
from auramail.core.errors import BusyError, NotFoundError
from auramail.core.policy import Autonomy
from auramail.core.queries import MailQuery
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Progress, RunKind, RunState
from auramail.core.wording import Wording
from auramail.storage.engine import Database
from auramail.storage.runs import SqlRuns
from tests.fakes.clock import NOON, FakeClock
from tests.storage.builders import an_account

HALFWAY = Progress(100, 50, {"NEWSLETTER": 30, "SOCIAL": 20}, "Знижки\0", "reading")


@pytest.fixture
def runs(database: Database, clock: FakeClock) -> SqlRuns:
    return SqlRuns(database, clock)


@pytest.fixture
def account(database: Database, clock: FakeClock) -> Account:
    return an_account(database, clock)


def a_receipt(run_id: int) -> Receipt:
    return Receipt(run=run_id, listed=3, handled=1, skipped={"gone": 1}, failed={"unreadable": 1}, seconds=1.5)


def test_a_run_is_queued_with_its_order(runs: SqlRuns, account: Account) -> None:
    order = Order(
        kind=RunKind.UNDO,
        query=MailQuery(folders=("INBOX",), text="from:Ана", after=date(2026, 3, 1), unread=True, limit=7),
        dry_run=True,
        autonomy=Autonomy.LABEL_ONLY,
        again=True,
        selection={"run_id": 5},
    )

    run = runs.start(account.id, order)

    assert (run.order, run.state, run.created, run.started) == (order, RunState.QUEUED, NOON, None)
    assert runs.get(run.id) == runs.live(account.id) == run


def test_a_second_run_is_refused_with_the_id_of_the_first(runs: SqlRuns, account: Account) -> None:
    run = runs.start(account.id, Order())

    with pytest.raises(BusyError) as caught:
        runs.start(account.id, Order())

    assert caught.value.run_id == run.id


def test_another_account_is_not_kept_waiting(runs: SqlRuns, database: Database, clock: FakeClock) -> None:
    first, second = an_account(database, clock, "/mail/a"), an_account(database, clock, "/mail/b")

    assert runs.start(first.id, Order()).id != runs.start(second.id, Order()).id
    assert [run.account_id for run in runs.live_runs()] == [first.id, second.id]


def test_the_next_run_may_start_when_the_first_is_over(runs: SqlRuns, account: Account) -> None:
    run = runs.start(account.id, Order())
    runs.finish(run.id, RunState.DONE, a_receipt(run.id))

    assert runs.live(account.id) is None
    assert runs.start(account.id, Order()).id > run.id


@pytest.mark.parametrize("missing", ["get", "cancel"])
def test_what_does_not_exist_is_not_found(runs: SqlRuns, missing: str) -> None:
    with pytest.raises(NotFoundError):
        getattr(runs, missing)(999)
    with pytest.raises(NotFoundError):
        runs.finish(999, RunState.DONE, a_receipt(999))
    with pytest.raises(NotFoundError):
        runs.start(999, Order())


def test_a_run_is_claimed_once(runs: SqlRuns, account: Account, clock: FakeClock) -> None:
    run = runs.start(account.id, Order())
    clock.advance(seconds=3)

    assert runs.claim(run.id)
    assert not runs.claim(run.id)
    found = runs.get(run.id)
    assert (found.state, found.started) == (RunState.RUNNING, NOON + timedelta(seconds=3))


class TestProgress:
    def test_progress_makes_a_queued_run_a_running_one(self, runs: SqlRuns, account: Account) -> None:
        run = runs.start(account.id, Order())

        assert not runs.note(run.id, HALFWAY)
        assert not runs.note(run.id, replace(HALFWAY, done=60))

        found = runs.get(run.id)
        assert (found.state, found.started) == (RunState.RUNNING, NOON)
        assert found.progress == replace(HALFWAY, done=60, subject="Знижки")

    def test_a_worker_hears_that_it_should_stop(self, runs: SqlRuns, account: Account) -> None:
        run = runs.start(account.id, Order())
        runs.claim(run.id)

        assert runs.cancel(run.id)

        assert runs.note(run.id, HALFWAY)
        assert runs.get(run.id).cancel_asked

    def test_a_worker_whose_run_was_closed_by_another_hears_that_it_should_stop(
        self, runs: SqlRuns, account: Account
    ) -> None:
        run = runs.start(account.id, Order())
        runs.finish(run.id, RunState.FAILED, a_receipt(run.id))

        assert runs.note(run.id, HALFWAY)
        assert runs.get(run.id).progress == Progress()


class TestFinish:
    def test_a_finished_run_has_its_receipt_and_its_problem(
        self, runs: SqlRuns, account: Account, clock: FakeClock
    ) -> None:
        run = runs.start(account.id, Order())
        runs.note(run.id, HALFWAY)
        clock.advance(minutes=2)
        problem, hint = Wording.of("Google says no: {why}", why="{odd}"), Wording.of("Ask again")

        runs.finish(run.id, RunState.FAILED, a_receipt(run.id), problem, hint)

        found = runs.get(run.id)
        assert (found.state, found.problem, found.hint) == (RunState.FAILED, problem, hint)
        assert found.finished == NOON + timedelta(minutes=2)
        assert found.progress == replace(HALFWAY, subject="", phase="finished")
        assert runs.receipt(run.id) == a_receipt(run.id)

    def test_the_first_word_on_a_run_stands(self, runs: SqlRuns, account: Account) -> None:
        run = runs.start(account.id, Order())
        runs.finish(run.id, RunState.DONE, a_receipt(run.id))

        runs.finish(run.id, RunState.FAILED, replace(a_receipt(run.id), listed=9), Wording.of("Too late"))

        assert (runs.get(run.id).state, runs.get(run.id).problem) == (RunState.DONE, None)
        assert runs.receipt(run.id) == a_receipt(run.id)

    def test_a_run_that_is_not_over_has_no_receipt(self, runs: SqlRuns, account: Account) -> None:
        assert runs.receipt(runs.start(account.id, Order()).id) is None


class TestCancel:
    def test_a_run_nobody_took_up_is_over_at_once(self, runs: SqlRuns, account: Account) -> None:
        run = runs.start(account.id, Order())

        assert runs.cancel(run.id)

        assert (runs.get(run.id).state, runs.live(account.id)) == (RunState.CANCELLED, None)
        assert runs.receipt(run.id) == Receipt(run=run.id, listed=0, handled=0)

    def test_what_is_over_cannot_be_cancelled(self, runs: SqlRuns, account: Account) -> None:
        run = runs.start(account.id, Order())
        runs.finish(run.id, RunState.DONE, a_receipt(run.id))

        assert not runs.cancel(run.id)
        assert not runs.get(run.id).cancel_asked


def test_the_latest_runs_come_page_by_page(
    runs: SqlRuns, account: Account, database: Database, clock: FakeClock
) -> None:
    ids = []
    for _ in range(5):
        run = runs.start(account.id, Order())
        runs.finish(run.id, RunState.DONE, a_receipt(run.id))
        ids.append(run.id)
    other = runs.start(an_account(database, clock, "/mail/ben").id, Order())

    first = runs.latest([account.id], 2)
    second = runs.latest([account.id], 2, before_id=first[-1].id)

    assert [run.id for run in first + second] == ids[:0:-1]
    assert runs.latest([account.id, other.account_id], 1) == [other]
    assert runs.latest([], 5) == []
