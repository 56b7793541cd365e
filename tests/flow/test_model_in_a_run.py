"""A run with a language model behind it: asked over HTTP, counted in the receipt, done without where it fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auramail.core.runs import RunState
from tests.contracts.model_cases import answer
from tests.fakes.clock import FakeClock
from tests.fakes.model_server import ModelServer
from tests.house import ANA, GmailHome, gmail_home
from tests.mail.letters import letter

RIDDLE = letter("Hm", sender="x@unknown.example", to=ANA, date=FakeClock().now(), message_id="7@x", body="Yes and no.")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(lambda _: answer(category="SOCIAL", kind="social", confidence=95)) as started:
        yield started


def sort_riddle(home: GmailHome) -> str:
    message = home.deliver(RIDDLE)
    outcome = home.sort()
    assert outcome.state is RunState.DONE
    assert outcome.receipt.handled == 1
    return message


@pytest.mark.usefixtures("sqlite_url")
def test_what_the_model_was_asked_is_counted(home: Path, clock: FakeClock, server: ModelServer) -> None:
    settings = {"gemini_api_key": server.key, "gemini_base_url": server.gemini_url}

    with gmail_home(home, clock, **settings) as ana:
        message = sort_riddle(ana)
        (entry,) = ana.entries()

        assert server.http_calls == 1
        assert entry.decision is not None
        assert entry.decision.model_calls == 1
        assert "AI_Social" in ana.names(message)


@pytest.mark.usefixtures("sqlite_url")
@pytest.mark.parametrize(
    ("settings", "setting"),
    [
        ({"gemini_api_key": "wrong"}, "GEMINI_API_KEY"),
        ({"openai_base_url": "http://127.0.0.1:1"}, "OPENAI_MODEL"),
    ],
)
def test_run_goes_on_without_a_model_that_cannot_be_asked_and_says_so(
    home: Path, clock: FakeClock, server: ModelServer, settings: dict[str, str], setting: str
) -> None:
    with gmail_home(home, clock, gemini_base_url=server.gemini_url, **settings) as ana:
        ana.deliver(RIDDLE)

        outcome = ana.sort()
        run = ana.house.runs.get(outcome.receipt.run)
        undone = ana.undo(run_id=run.id)

        assert (outcome.state, outcome.receipt.handled) == (RunState.DONE, 1)
        assert run.hint is not None
        assert setting in run.hint.say()
        assert (undone.state, undone.problem) == (RunState.DONE, None)
