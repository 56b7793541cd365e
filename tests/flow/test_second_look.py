"""What had no answer of a language model in time is asked about again, and never against the person."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auramail.flow.desk import Outcome
from auramail.ops.second_look import order_second_look
from auramail.ops.work import finish_run, owned
from tests.fakes.clock import FakeClock
from tests.fakes.model_server import ModelServer
from tests.flow.test_model_in_a_run import allow, answer, riddle
from tests.house import GmailHome, gmail_home

MODEL = "llama3.2"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(answer) as started:
        yield started


@pytest.fixture
def settings(server: ModelServer) -> dict[str, Any]:
    return {
        "openai_base_url": server.openai_url,
        "openai_api_key": server.key,
        "openai_model": MODEL,
        "openai_is_cloud": "yes",
        "model_wait_seconds": 5.0,
    }


@pytest.fixture
def ana(home: Path, clock: FakeClock, settings: dict[str, Any], sqlite_url: str) -> Iterator[GmailHome]:
    assert sqlite_url
    with gmail_home(home, clock, **settings) as opened:
        yield opened


def look(home: GmailHome) -> Outcome | None:
    """What the worker does when the scheduler rings."""
    with owned(home.house, home.account.id) as is_owner:
        run = order_second_look(home.house, home.account.id)
        outcome = None if run is None else finish_run(home.house, run, is_owner)
    assert outcome is None or outcome.receipt.is_whole
    return outcome


def sort_unheard(home: GmailHome, server: ModelServer, **order: object) -> tuple[str, int]:
    """A message that the busy model said nothing about, and the run; then the model has time again."""
    allow(home)
    busy = server.fault("429", times=None, retry_after=3600)
    message = home.deliver(riddle())
    run = home.sort(**order).receipt.run
    busy.times = 0
    home.clock.advance(hours=2)
    return message, run


def test_message_is_labelled_anew_when_the_model_has_time(ana: GmailHome, server: ModelServer) -> None:
    message, _ = sort_unheard(ana, server)
    assert "AI_Review" in ana.names(message)

    outcome = look(ana)

    assert outcome is not None
    assert (outcome.receipt.listed, outcome.receipt.handled, outcome.receipt.model_calls) == (1, 1, 1)
    assert "AI_Social" in ana.names(message)
    assert "AI_Review" not in ana.names(message)
    assert ana.house.unanswered.count(ana.account.id) == 0
