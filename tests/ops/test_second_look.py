"""When a second look is begun, and when it is put off."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auramail.core.clock import SystemClock
from auramail.core.errors import NeedsPersonError, TryAgainError
from auramail.core.runs import RunKind
from auramail.core.wording import Wording
from auramail.jobs.embedded_redis import EmbeddedRedis
from auramail.ops.second_look import check_model, order_second_look, ring_for_second_looks
from auramail.ops.work import look_after
from tests.fakes.clock import FakeClock
from tests.fakes.google.faults import Fault
from tests.fakes.model_server import ModelServer
from tests.flow.test_model_in_a_run import MODEL, allow, answer, riddle
from tests.house import GmailHome, gmail_home


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), SystemClock()) as server:
        yield server.url


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(answer) as started:
        yield started


@pytest.fixture
def ana(home: Path, sqlite_url: str, redis_server: str, clock: FakeClock, server: ModelServer) -> Iterator[GmailHome]:
    assert sqlite_url
    settings = {"openai_base_url": server.openai_url, "openai_api_key": server.key, "openai_model": MODEL}
    with gmail_home(home, clock, redis_url=redis_server, openai_is_cloud="yes", **settings) as opened:
        opened.house.queue.connection.flushall()
        yield opened


@pytest.fixture
def busy(ana: GmailHome, server: ModelServer) -> Fault:
    """Three messages that the model was too busy for, a while ago, and the fault that keeps it so."""
    allow(ana)
    fault = server.fault("429", times=None, retry_after=3600)
    for number in range(3):
        ana.deliver(riddle(number))
    ana.sort()
    ana.clock.advance(hours=2)
    return fault


def rung(ana: GmailHome) -> list[int]:
    return [job.args[0] for job in ana.house.queue.queue.jobs]


def test_scheduler_rings_for_who_waits_and_the_worker_looks(ana: GmailHome, busy: Fault) -> None:
    busy.times = 0
    ring_for_second_looks(ana.house)
    assert rung(ana) == [ana.account.id]

    assert look_after(ana.house, ana.account.id) == 1

    (look, sort) = ana.house.runs.latest([ana.account.id], 10)
    assert [look.order.kind, sort.order.kind] == [RunKind.SECOND_LOOK, RunKind.SORT]
    assert ana.house.unanswered.count(ana.account.id) == 0
    assert look_after(ana.house, ana.account.id) == 0


@pytest.mark.usefixtures("busy")
def test_look_that_nobody_would_answer_is_not_begun(ana: GmailHome, server: ModelServer) -> None:
    server.fault("401", "models", times=None)
    units = ana.google.usage.units

    assert look_after(ana.house, ana.account.id) == 0

    assert ana.google.usage.units == units
    ring_for_second_looks(ana.house)
    assert rung(ana) == []
    ana.clock.advance(hours=2)
    ring_for_second_looks(ana.house)
    assert rung(ana) == [ana.account.id]


def test_who_is_closed_until_later_is_asked_then(ana: GmailHome, busy: Fault) -> None:
    busy.times = 0
    until = ana.clock.now()
    ana.clock.advance(hours=-1)
    ana.house.models.limits.close(until)

    with pytest.raises(TryAgainError) as closed:
        check_model(ana.house, ana.account)

    assert closed.value.after == pytest.approx(3600)
    assert order_second_look(ana.house, ana.account.id) is None


@pytest.mark.usefixtures("busy")
def test_paused_account_is_not_looked_at(ana: GmailHome) -> None:
    ana.house.accounts.pause(ana.account.id, Wording.of("Sign in again."))

    with pytest.raises(NeedsPersonError, match="Sign in"):
        check_model(ana.house, ana.house.accounts.get(ana.account.id))

    ring_for_second_looks(ana.house)
    assert rung(ana) == []
