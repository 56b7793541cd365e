"""`auramail ask-later`: what had no answer of a language model in time is asked about when a person wants it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.fakes.model_server import ModelServer
from tests.flow.test_model_in_a_run import MODEL, answer, riddle
from tests.mail.letters import write_mbox


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer(answer) as started:
        monkeypatch.setenv("OPENAI_BASE_URL", started.openai_url)
        monkeypatch.setenv("OPENAI_API_KEY", started.key)
        monkeypatch.setenv("OPENAI_MODEL", MODEL)
        monkeypatch.setenv("MODEL_WAIT_SECONDS", "5")
        yield started


@pytest.fixture
def riddles(home: Path, sqlite_url: str) -> str:
    assert sqlite_url
    return f"mbox:{write_mbox(home / 'riddles.mbox', *(riddle(number) for number in range(3)))}"


def test_what_waits_is_counted_asked_about_and_taken_back(auramail: Command, riddles: str, server: ModelServer) -> None:
    busy = server.fault("429", times=None, retry_after=3600)
    first = auramail("sort", "--from", riddles, "--json").json()
    assert first["unasked"] == {"later": 3}
    assert "answer: 3" in auramail("ask-later", "--from", riddles, "--count").out
    busy.times = 0

    receipt = auramail("ask-later", "--from", riddles, "--json").json()

    assert (receipt["listed"], receipt["handled"], receipt["by_category"]) == (3, 3, {"SOCIAL": 3})
    assert receipt["model_calls"] >= 1
    assert "answer: 0" in auramail("ask-later", "--from", riddles, "--count").out
    assert auramail("undo", "--run", receipt["run"], "--json").json()["handled"] == 3


def test_where_nobody_would_answer_it_says_so_and_begins_nothing(auramail: Command, riddles: str) -> None:
    auramail("sort", "--from", riddles)

    told = auramail("ask-later", "--from", riddles)

    assert told.code == 1
    assert "No language model is set up" in told.err


def test_without_anything_to_ask_about_the_receipt_is_empty(
    auramail: Command, riddles: str, server: ModelServer
) -> None:
    auramail("sort", "--from", riddles)

    receipt = auramail("ask-later", "--from", riddles, "--json").json()

    assert (receipt["listed"], receipt["model_calls"]) == (0, 0)
    assert len(server.questions) >= 1
