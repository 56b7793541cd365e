"""Whatever a model's server does, every message of a run is accounted for, and so is every call."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from threading import Event, Lock
from typing import Any

import pytest

from auramail.core.errors import TryAgainError
from auramail.core.privacy import Tier
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, Run, RunState
from auramail.flow.desk import Outcome
from auramail.ops.privacy import give_consent
from auramail.ops.work import finish_run
from tests.fakes.clock import FakeClock
from tests.fakes.model_dialects import Refusal
from tests.fakes.model_server import ModelServer, Question, Reply
from tests.flow.test_model_in_a_run import MODEL, answer, riddle
from tests.house import GmailHome, gmail_home

MESSAGES = 45
"""Enough for company, and for some slices of the small quota."""
CALLS = 25
UNITS = {"plentiful": 10_000_000, "scarce": 600}
NEVER = 10**30
"""A figure that fits into no database."""


class Unruly:
    """Does something else each time, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._lock = Lock()
        self.released = Event()
        self.on_question: Callable[[int], object] = lambda number: number
        self.asked = 0

    def __call__(self, question: Question) -> Any:
        deeds: list[Callable[[], Any]] = [
            lambda: answer(question),
            lambda: answer(question, category="IMPORTANT", kind="personal", confidence=100),
            lambda: answer(question, category="DELETE", kind="spam", confidence=10**4000),
            lambda: answer(question, due="tomorrow", amount="1e999 UAH"),
            lambda: answer(question)[:-3],
            lambda: "[" * 10_000,
            lambda: {"answers": [{"mail": "0"}] * 20},
            lambda: Reply(answer(question), tokens_in=NEVER, tokens_out=-NEVER),
            lambda: Reply("", finish="SAFETY"),
            lambda: Reply(answer(question), finish="MAX_TOKENS"),
            lambda: Refusal(429, "slow down", 1),
            lambda: Refusal(503, "overloaded"),
            lambda: Refusal(400, "bad"),
            lambda: Refusal(500, "\ud800"),
            self._hang,
        ]
        with self._lock:
            self.asked += 1
            self.on_question(self.asked)
            deed = deeds[(self._seed + self.asked * (2 * self._seed + 1)) % len(deeds)]
        return deed()

    def _hang(self) -> Refusal:
        self.released.wait(0.6)
        return Refusal(503, "too late")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as started:
        yield started


@pytest.fixture(params=list(product(["gemini", "openai"], UNITS)), ids="-".join)
def ana(
    request: pytest.FixtureRequest, home: Path, clock: FakeClock, sqlite_url: str, server: ModelServer
) -> Iterator[GmailHome]:
    """Ana's account with much mail and one of the providers, with much quota and with little."""
    assert sqlite_url
    model, quota = request.param
    with gmail_home(home, clock, **at(server), language_model=model, gmail_units_per_minute=UNITS[quota]) as opened:
        give_consent(opened.house, opened.account, opened.account.user_id, Tier.FREE, MODEL)
        for number in range(MESSAGES):
            opened.deliver(riddle(number), age=number)
        yield opened


def at(server: ModelServer) -> dict[str, Any]:
    return {
        "openai_base_url": server.openai_url,
        "openai_api_key": server.key,
        "openai_model": MODEL,
        "gemini_base_url": server.gemini_url,
        "gemini_api_key": server.key,
        "model_wait_seconds": 0.3,
        "model_prices": f"{MODEL}=0.30/2.50",
        "model_calls_per_run": CALLS,
    }


def to_the_end(ana: GmailHome, run: Run) -> Outcome:
    for _ in range(100):
        with ana.house.lock.hold(ana.account.id) as is_owner:
            try:
                return finish_run(ana.house, run, is_owner)
            except TryAgainError as wait:
                ana.clock.advance(seconds=max(wait.after, 1.0))
    raise AssertionError("it never ends")


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_whatever_the_model_does(ana: GmailHome, server: ModelServer, seed: int) -> None:
    server.script = unruly = Unruly(seed)

    outcome = to_the_end(ana, ana.house.runs.start(ana.account.id, Order(query=MailQuery())))
    unruly.released.set()

    receipt = outcome.receipt
    assert (outcome.state, receipt.listed, receipt.handled) == (RunState.DONE, MESSAGES, MESSAGES)
    assert receipt.is_whole
    assert len(ana.entries()) == MESSAGES
    assert receipt.model_micros >= 0
    assert 0 < receipt.model_calls <= CALLS


@pytest.mark.parametrize("nth", [1, 3])
def test_nothing_is_lost_where_the_person_stops_the_run_meanwhile(
    ana: GmailHome, server: ModelServer, nth: int
) -> None:
    server.script = unruly = Unruly(nth)
    run = ana.house.runs.start(ana.account.id, Order(query=MailQuery()))
    unruly.on_question = lambda number: ana.house.runs.cancel(run.id) if number == nth else None

    outcome = to_the_end(ana, run)
    unruly.released.set()

    assert outcome.receipt.is_whole
    assert outcome.receipt.listed == MESSAGES
    assert len(ana.entries()) == outcome.receipt.handled
