"""Finishing what was ordered, whoever orders it and whatever stands in the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auramail.core.clock import SystemClock
from auramail.core.errors import NotFoundError
from auramail.core.runs import Order, RunKind, RunState
from auramail.jobs.embedded_redis import EmbeddedRedis
from auramail.jobs.limits import PREFIX
from auramail.jobs.queue import LATER
from auramail.ops.unexpected import unexpected
from auramail.ops.work import abandon_live, look_after, owned, what_to_undo
from tests.fakes.clock import FakeClock
from tests.house import GmailHome, gmail_home, newsletter


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), SystemClock()) as server:
        yield server.url


@pytest.fixture
def ana(home: Path, sqlite_url: str, redis_server: str, clock: FakeClock) -> Iterator[GmailHome]:
    assert sqlite_url
    with gmail_home(home, clock, redis_url=redis_server) as opened:
        opened.house.queue.connection.flushall()
        yield opened


def later(ana: GmailHome) -> float | None:
    """In how many seconds the account is rung for, if at all."""
    due = ana.house.queue.connection.zscore(LATER, str(ana.account.id))
    return None if due is None else float(due) - ana.clock.now().timestamp()


def test_looking_after_an_account_finishes_its_run(ana: GmailHome) -> None:
    ana.deliver(newsletter(1))
    run = ana.house.runs.start(ana.account.id, Order())

    assert look_after(ana.house, ana.account.id) == 1

    assert ana.house.runs.get(run.id).state is RunState.DONE
    assert later(ana) is None


def test_where_the_mailbox_asks_to_wait_the_bell_is_rung_later_and_the_run_goes_on_then(ana: GmailHome) -> None:
    ana.deliver(newsletter(1))
    ana.google.fault("messages.list", "429", retry_after=300)
    run = ana.house.runs.start(ana.account.id, Order())

    assert look_after(ana.house, ana.account.id) == 0

    assert ana.house.runs.get(run.id).state is RunState.RUNNING
    assert later(ana) == pytest.approx(300, abs=60)
    ana.clock.advance(seconds=400)
    ana.house.queue.connection.delete(f"{PREFIX}{ana.account.id}")  # the quota goes by Redis's own clock
    assert ana.house.queue.ring_due() == 1
    assert look_after(ana.house, ana.account.id) == 1
    assert ana.house.runs.get(run.id).state is RunState.DONE


def test_where_somebody_else_is_at_it_the_bell_is_rung_again_soon(ana: GmailHome) -> None:
    with ana.house.lock.hold(ana.account.id):
        assert look_after(ana.house, ana.account.id) == 0

    assert later(ana) == 5


def test_the_end_of_a_run_forgets_the_answers_kept_for_the_account(ana: GmailHome) -> None:
    ana.house.cache.put(ana.account.id, "dashboard", b"old", 300)
    ana.house.runs.start(ana.account.id, Order())

    look_after(ana.house, ana.account.id)

    assert ana.house.cache.get(ana.account.id, "dashboard") is None


def test_owning_an_account_first_finishes_what_others_left(ana: GmailHome) -> None:
    ana.deliver(newsletter(1))
    left = ana.house.runs.start(ana.account.id, Order())

    with owned(ana.house, ana.account.id):
        assert ana.house.runs.get(left.id).state is RunState.DONE


def test_a_run_without_a_grant_ends_with_what_to_do_and_pauses_the_account(ana: GmailHome) -> None:
    ana.google.revoke()
    run = ana.house.runs.start(ana.account.id, Order())

    look_after(ana.house, ana.account.id)

    ended = ana.house.runs.get(run.id)
    assert ended.state is RunState.FAILED
    assert ended.hint is not None
    assert ana.house.accounts.get(ana.account.id).paused is not None
    assert later(ana) is None


def test_a_run_that_cannot_go_on_is_closed_with_a_whole_receipt_and_its_reference(ana: GmailHome) -> None:
    run = ana.house.runs.start(ana.account.id, Order())

    abandon_live(ana.house, ana.account.id, unexpected("abc123"))
    abandon_live(ana.house, ana.account.id, unexpected("later"))

    ended = ana.house.runs.get(run.id)
    assert ended.problem is not None
    assert "abc123" in ended.problem.say()
    receipt = ana.house.runs.receipt(run.id)
    assert receipt is not None
    assert receipt.is_whole


def test_what_is_undone_is_a_run_a_message_or_the_last_run_that_changed_something(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    sorted_run = ana.sort().receipt.run
    ana.sort()

    mine = ana.account.id
    assert what_to_undo(ana.house, sorted_run, None) == (mine, {"run_id": sorted_run})
    assert what_to_undo(ana.house, None, message) == (mine, {"message_id": message})
    assert what_to_undo(ana.house, None, None) == (mine, {"run_id": sorted_run})


def test_after_an_undo_there_is_nothing_more_to_take_back(ana: GmailHome) -> None:
    ana.deliver(newsletter(1))
    ana.sort()
    ana.undo(run_id=1)
    assert ana.house.runs.latest([ana.account.id], 1)[0].order.kind is RunKind.UNDO

    with pytest.raises(NotFoundError, match="no run"):
        what_to_undo(ana.house, None, None)
    with pytest.raises(NotFoundError, match="nothing to a message"):
        what_to_undo(ana.house, None, "unknown")
    with pytest.raises(NotFoundError):
        what_to_undo(ana.house, 99, None)
