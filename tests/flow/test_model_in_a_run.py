"""A run with a language model behind it: asked on the person's terms, counted, and done without where it fails."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auramail.core.decisions import Asked, ModelNote
from auramail.core.privacy import Tier
from auramail.core.runs import RunState
from auramail.flow.sorting import BACKLOG
from auramail.ops.privacy import give_consent, never
from tests.fakes.clock import FakeClock
from tests.fakes.judging_model import FENCED, GOOD
from tests.fakes.model_server import ModelServer, Question
from tests.house import ANA, GmailHome, gmail_home
from tests.mail.letters import letter

MODEL = "llama3.2"


def riddle(number: int = 7, body: str = "Yes and no, {number}.") -> bytes:
    return letter(
        "Hm",
        sender=f"x{number}@unknown.example",
        to=ANA,
        date=FakeClock().now(),
        message_id=f"{number}@x",
        body=body.format(number=number),
    )


def answer(question: Question, **changes: Any) -> str:
    told = GOOD | changes
    tags = [tag.strip() for _, tag, _ in FENCED.findall(question.text)]
    return json.dumps(told if tags == [""] else {"answers": [{"mail": tag} | told for tag in tags]})


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(answer) as started:
        yield started


@pytest.fixture
def settings(server: ModelServer) -> dict[str, Any]:
    """A server that counts as somebody else's, though it is on this computer."""
    return {
        "openai_base_url": server.openai_url,
        "openai_api_key": server.key,
        "openai_model": MODEL,
        "openai_is_cloud": "yes",
        "model_prices": f"{MODEL}=0.30/2.50",
        "model_wait_seconds": 5.0,
    }


@pytest.fixture
def ana(home: Path, clock: FakeClock, settings: dict[str, Any], sqlite_url: str) -> Iterator[GmailHome]:
    assert sqlite_url
    with gmail_home(home, clock, **settings) as opened:
        yield opened


def allow(home: GmailHome, tier: Tier = Tier.FREE) -> None:
    give_consent(home.house, home.account, home.account.user_id, tier, MODEL)


def note(home: GmailHome, message: str) -> ModelNote:
    (entry,) = [one for one in home.entries() if one.message_id == message]
    assert entry.decision is not None
    assert entry.decision.model is not None
    return entry.decision.model


def test_what_the_model_was_asked_is_counted_and_its_version_kept(ana: GmailHome, server: ModelServer) -> None:
    allow(ana)
    message = ana.deliver(riddle())

    receipt = ana.sort().receipt

    told = note(ana, message)
    assert (told.asked, told.model, told.prompt) == (Asked.ANSWERED, MODEL, "judge-2")
    assert (receipt.model_calls, receipt.model_answers) == (1, 1)
    assert receipt.tokens_sent == told.tokens.sent > 0
    assert receipt.model_micros == told.micros > 0
    assert len(server.questions) == 1
    assert "AI_Social" in ana.names(message)


def test_model_alone_takes_nothing_out_of_the_inbox(ana: GmailHome) -> None:
    allow(ana)
    message = ana.deliver(riddle())

    ana.sort()

    (entry,) = ana.entries()
    assert "INBOX" in ana.labels()[message]
    assert entry.outcome is not None
    assert "only a language model" in entry.outcome.say()


def test_what_left_the_computer_can_be_read_word_for_word(ana: GmailHome, server: ModelServer) -> None:
    allow(ana)
    message = ana.deliver(riddle())
    ana.sort()

    (sent,) = ana.house.model_reading.sent(ana.account.id, message)

    assert sent.text
    assert sent.text in server.questions[0].text
    assert sent.rules
    assert sent.rules in server.questions[0].system


def test_without_consent_nothing_leaves(ana: GmailHome, server: ModelServer) -> None:
    message = ana.deliver(riddle())

    receipt = ana.sort().receipt

    assert server.questions == []
    assert (note(ana, message).asked, note(ana, message).detail) == (Asked.WITHHELD, "no_consent")
    assert receipt.unasked == {"withheld": 1}


def test_sender_kept_from_the_cloud_stays_here(ana: GmailHome, server: ModelServer) -> None:
    allow(ana)
    never(ana.house, ana.account, ana.account.user_id, "@unknown.example", wanted=True)
    message = ana.deliver(riddle())

    ana.sort()

    assert server.questions == []
    assert note(ana, message).detail == "sender"


@pytest.mark.parametrize("settings", [{"cloud": "off"}], indirect=False)
def test_operators_switch_turns_the_cloud_off_for_all(
    home: Path, clock: FakeClock, sqlite_url: str, server: ModelServer, settings: dict[str, Any]
) -> None:
    given = {"gemini_api_key": server.key, "gemini_base_url": "https://generativelanguage.googleapis.com"} | settings
    assert sqlite_url
    with gmail_home(home, clock, **given) as ana:
        allow(ana)
        ana.deliver(riddle())

        assert ana.sort().receipt.unasked == {}
    assert server.http_calls == 0


def test_backlog_is_asked_about_in_company(ana: GmailHome, server: ModelServer) -> None:
    allow(ana)
    server.script = lambda question: answer(question, category="IMPORTANT", kind="personal")
    for number in range(BACKLOG):
        ana.deliver(riddle(number, "About the garden, part {number}."))

    receipt = ana.sort().receipt

    assert receipt.model_answers == BACKLOG
    assert receipt.model_calls == len(server.questions) <= 6


def test_same_mail_is_not_paid_for_twice(ana: GmailHome, server: ModelServer) -> None:
    allow(ana)
    message = ana.deliver(riddle())
    run = ana.sort().receipt.run
    ana.undo(run_id=run)

    receipt = ana.sort(again=True).receipt

    assert len(server.questions) == 1
    assert (receipt.model_calls, receipt.model_hits, receipt.model_micros) == (0, 1, 0)
    assert "AI_Social" in ana.names(message)


def test_run_whose_allowance_is_spent_goes_on_alone_and_says_so(
    home: Path, clock: FakeClock, sqlite_url: str, server: ModelServer, settings: dict[str, Any]
) -> None:
    assert sqlite_url
    with gmail_home(home, clock, **settings, model_calls_per_run=2) as ana:
        allow(ana)
        for number in range(5):
            ana.deliver(riddle(number))

        receipt = ana.sort().receipt

    assert len(server.questions) == 2
    assert (receipt.handled, receipt.unasked) == (5, {"spent": 3})


def test_day_whose_allowance_is_spent_asks_no_more_in_any_run(
    home: Path, clock: FakeClock, sqlite_url: str, server: ModelServer, settings: dict[str, Any]
) -> None:
    assert sqlite_url
    with gmail_home(home, clock, **settings, model_calls_per_day=1) as ana:
        allow(ana)
        ana.deliver(riddle(1))
        ana.sort()
        ana.deliver(riddle(2))

        receipt = ana.sort().receipt

    assert len(server.questions) == 1
    assert (receipt.handled, receipt.unasked) == (1, {"spent": 1})


@pytest.mark.parametrize("told", [("0/0", 1), ("0.30/2.50", 0)])
def test_run_without_money_still_asks_a_model_that_costs_nothing(
    home: Path, clock: FakeClock, sqlite_url: str, server: ModelServer, settings: dict[str, Any], told: tuple[str, int]
) -> None:
    assert sqlite_url
    price, asked = told
    poor = settings | {"model_prices": f"{MODEL}={price}", "model_dollars_per_run": 0, "model_dollars_per_day": 0}
    with gmail_home(home, clock, **poor) as ana:
        allow(ana)
        ana.deliver(riddle())

        ana.sort()

    assert len(server.questions) == asked


def test_busy_model_does_not_keep_the_run_and_is_asked_later(ana: GmailHome, server: ModelServer) -> None:
    allow(ana)
    server.fault("429", times=None, retry_after=3600)
    message = ana.deliver(riddle())

    outcome = ana.sort()

    assert outcome.state is RunState.DONE
    assert outcome.receipt.unasked == {"later": 1}
    assert note(ana, message).asked is Asked.LATER
    assert "AI_Review" in ana.names(message)


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
        allow(ana)
        ana.deliver(riddle())

        outcome = ana.sort()
        run = ana.house.runs.get(outcome.receipt.run)
        undone = ana.undo(run_id=run.id)

        assert (outcome.state, outcome.receipt.handled) == (RunState.DONE, 1)
        assert run.hint is not None
        assert setting in run.hint.say()
        assert (undone.state, undone.problem) == (RunState.DONE, None)
