"""The language model at the command line."""

from collections.abc import Iterator
from io import StringIO

import pytest

from auramail.core.questions import Part
from auramail.settings import read_settings
from auramail.wiring.house import House, open_house
from tests.cli.conftest import Command
from tests.fakes.model_server import ModelServer
from tests.web.modelled import MODEL, SHOWN, spend


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as started:
        yield started


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch, mail: str, server: ModelServer) -> str:
    """Mail with a model in the cloud in the settings; the source to name."""
    for name, value in {
        "OPENAI_BASE_URL": server.openai_url,
        "OPENAI_API_KEY": server.key,
        "OPENAI_MODEL": MODEL,
        "OPENAI_IS_CLOUD": "yes",
        "MODEL_PRICES": f"{MODEL}=0.30/2.50",
    }.items():
        monkeypatch.setenv(name, value)
    return mail


@pytest.fixture
def gemini(monkeypatch: pytest.MonkeyPatch, mail: str) -> str:
    monkeypatch.setenv("GEMINI_API_KEY", "AIza-canary-model-key")
    return mail


@pytest.fixture
def house(cloud: str) -> Iterator[House]:
    assert cloud
    with open_house(read_settings()) as opened:
        yield opened


def standing(auramail: Command, source: str) -> str:
    return str(auramail("model", "--from", source, "--json").json()["standing"])


def test_without_a_model_it_says_so(auramail: Command, mail: str) -> None:
    told = auramail("model", "--from", mail)

    assert (told.code, told.out) == (0, "No language model is set up: everything is decided on this computer.\n")
    assert "No language model is asked" in auramail("model", "check").out


def test_status_says_which_where_and_what_stands_in_the_way(auramail: Command, cloud: str) -> None:
    told = auramail("model", "status", "--from", cloud)

    assert told.code == 0
    for words in ("auramail model allow", MODEL, "cloud", "0 of 500 calls", "$0.0000 of $1.00", "consent       none"):
        assert words in told.out


def test_allowing_and_withdrawing(auramail: Command, cloud: str) -> None:
    allowed = auramail("model", "allow", "--from", cloud, "--yes")
    ready = standing(auramail, cloud)
    auramail("model", "off", "--from", cloud)
    off = standing(auramail, cloud)
    auramail("model", "on", "--from", cloud)
    auramail("model", "withdraw", "--from", cloud)

    assert allowed.code == 0
    assert (ready, off, standing(auramail, cloud)) == ("ready", "switched_off", "no_consent")


@pytest.mark.parametrize(
    ("answers", "code", "stands"),
    [("n\n", 130, "no_consent"), ("y\nn\n", 130, "no_consent"), ("", 130, "no_consent"), ("y\ny\n", 0, "ready")],
)
def test_what_is_sent_is_said_before_the_yes(
    auramail: Command, gemini: str, monkeypatch: pytest.MonkeyPatch, answers: str, code: int, stands: str
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(answers))

    told = auramail("model", "allow", "--from", gemini)

    assert told.code == code
    assert "at most 6,000 characters" in told.out
    assert "people at Google may read it" in told.out
    assert "Are you outside the European Economic Area" in told.err
    assert standing(auramail, gemini) == stands


def test_yes_to_a_paid_key_does_not_hold_for_a_free_one(auramail: Command, gemini: str) -> None:
    told = auramail("model", "allow", "--from", gemini, "--tier", "paid", "--yes")

    assert "once the key is paid for" in told.out
    assert standing(auramail, gemini) == "no_consent"


def test_nothing_in_the_cloud_is_nothing_to_allow(auramail: Command, mail: str) -> None:
    refused = auramail("model", "allow", "--from", mail, "--yes")

    assert refused.code == 1
    assert "nothing to allow" in refused.err
    assert refused.err.count("\n") == 1


def test_senders_are_kept_from_the_cloud(auramail: Command, cloud: str) -> None:
    auramail("model", "never", "--from", cloud, "@clinic.example")
    auramail("model", "never", "--from", cloud, "a@b.example")
    auramail("model", "never", "--from", cloud, "@clinic.example", "--remove")
    wrong = auramail("model", "never", "--from", cloud, "nobody")

    assert auramail("model", "--from", cloud, "--json").json()["never"] == {"senders": ["a@b.example"], "labels": []}
    assert wrong.code == 1
    assert "no address, no @domain and no label" in wrong.err


def test_check_says_whether_it_answers(
    auramail: Command, cloud: str, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = auramail("model", "check")
    monkeypatch.setenv("OPENAI_MODEL", "no-such-model")
    bad = auramail("model", "check")

    assert cloud
    assert (good.code, good.out) == (0, f"{MODEL} answers.\n")
    assert bad.code == 1
    assert "There is no language model no-such-model." in bad.err
    assert "OPENAI_MODEL" in bad.err
    assert server.questions == []
    assert "no-such-model" in auramail("model", "--from", cloud).out


def test_costs_by_day(auramail: Command, cloud: str, house: House) -> None:
    account = house.account_from(cloud)
    spend(house, account, Part("m1", "one"), micros=470)

    told = auramail("model", "costs", "--from", cloud, "--days", "3", "--json").json()
    shown = auramail("model", "costs", "--from", cloud).out

    assert [(day["model"], day["calls"], day["dollars"]) for day in told["days"]] == [(MODEL, 1, 0.00047)]
    assert (told["own"]["tokens_sent"], told["own"]["tokens_answered"]) == (900, 80)
    assert "0.0005" in shown
    assert MODEL in shown


def test_what_was_sent_is_shown(auramail: Command, cloud: str, house: House) -> None:
    account = house.account_from(cloud)
    spend(house, account, Part("m1", SHOWN + "\x1b[31m", {"code": 1}))

    shown = auramail("model", "sent", "--from", cloud, "m1")
    (told,) = auramail("model", "sent", "m1", "--json").json()
    unknown = auramail("model", "sent", "m2")

    assert "[one-time code]" in shown.out
    assert "masked: code 1" in shown.out
    assert "\x1b" not in shown.out
    assert told["rules"] == "Judge the letter."
    assert unknown.code == 1
    assert "knows no such message" in unknown.err


def test_history_tells_of_the_model(auramail: Command, cloud: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_ASK_BELOW", "1")
    auramail("sort", "--from", cloud)

    notes = [line["model"] for line in auramail("history", "--json").lines() if line["model"]]

    assert {(note["asked"], note["detail"]) for note in notes} == {("withheld", "no_consent")}
