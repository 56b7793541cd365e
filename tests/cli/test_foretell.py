"""`auramail sort` says what it will take, asks before it takes much, and says afterwards what it took."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auramail.cli import foretell
from auramail.core.clock import SystemClock
from auramail.core.estimates import Estimate
from auramail.core.runs import Order
from auramail.settings import read_settings
from auramail.wiring.house import open_house
from tests.cli.conftest import Command
from tests.fakes.google_server import GoogleServer
from tests.house import ANA, connect_gmail, newsletter, settings_for


@pytest.fixture
def google(home: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleServer]:
    """Ana's Gmail with twelve newsletters, reached as the environment says."""
    assert sqlite_url
    with GoogleServer(SystemClock()) as server:
        server.add_user(ANA, "Ana")
        for number in range(12):
            server.add_message(newsletter(number), ("INBOX", "UNREAD"))
        settings = settings_for(server, home)
        monkeypatch.setenv("AURAMAIL_HOME", str(home))
        monkeypatch.setenv("GOOGLE_API_ROOT_URL", server.url)
        monkeypatch.setenv("GOOGLE_CLIENT_SECRETS_PATH", str(settings.google_client_secrets_path))
        monkeypatch.setenv("GMAIL_UNITS_PER_MINUTE", "10000000")
        with open_house(settings) as house:
            connect_gmail(server, house)
        yield server
        assert server.violations == []


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have the command believe that a person sits at it. Call inside the test: pytest replaces the streams."""

    def sit_down() -> None:
        for stream in (sys.stdin, sys.stderr):
            monkeypatch.setattr(stream, "isatty", lambda: True)

    return sit_down


def runs() -> int:
    with open_house(read_settings()) as house:
        return len(house.runs.latest([account.id for account in house.accounts.all()], 10))


def test_one_line_before_and_one_after(auramail: Command, google: GoogleServer) -> None:
    answer = auramail("sort", "--from", "gmail")

    assert google.snapshot()
    assert answer.out.startswith("Messages to read: 12 (handled before: 0); Gmail units: 310; time: 0:00:00.\n")
    assert "Said beforehand: 12 messages, 310 units" in answer.out
    assert "it was: 12, " in answer.out


def test_programs_get_the_estimate_beside_the_receipt(auramail: Command, google: GoogleServer) -> None:
    assert google.snapshot()

    receipt = auramail("sort", "--from", "gmail", "--json").json()

    assert (receipt["estimate"]["messages"], receipt["handled"]) == (12, 12)


@pytest.mark.parametrize("as_json", [True, False])
def test_an_estimate_alone_starts_nothing(auramail: Command, google: GoogleServer, as_json: bool) -> None:
    before = google.snapshot()

    answer = auramail("sort", "--from", "gmail", "--estimate", *(("--json",) if as_json else ()))

    assert answer.code == 0
    assert (answer.json()["messages"] == 12) if as_json else answer.out.startswith("Messages to read: 12 ")
    assert google.snapshot() == before
    assert runs() == 0


def test_a_file_is_estimated_too(auramail: Command, mail: str) -> None:
    told = auramail("sort", "--from", mail, "--estimate", "--json").json()

    assert (told["messages"], told["quota_units"], told["is_exact"]) == (5, 0, True)


def test_all_of_a_mailbox_is_not_cut_at_the_usual_limit(
    auramail: Command, google: GoogleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert google.snapshot()
    monkeypatch.setenv("MAX_MESSAGES_TO_PROCESS", "10")

    usual = auramail("sort", "--from", "gmail", "--estimate", "--json").json()
    everything = auramail("sort", "--from", "gmail", "--all", "--json").json()

    assert usual["messages"] == 10
    assert everything["handled"] == 12


@pytest.mark.parametrize(
    ("options", "code", "problem"),
    [
        (("--folder", "nosuch"), 1, "There is no folder or label nosuch"),
        (("--limit", "-5"), 2, "--limit"),
        (("--all", "--limit", "5"), 2, "Say one of --all and --limit."),
    ],
)
@pytest.mark.parametrize("estimate", [(), ("--estimate",)])
def test_what_cannot_be_is_one_line_and_nothing_starts(
    auramail: Command,
    google: GoogleServer,
    options: tuple[str, ...],
    code: int,
    problem: str,
    estimate: tuple[str, ...],
) -> None:
    before = google.snapshot()

    answer = auramail("sort", "--from", "gmail", *options, *estimate)

    assert (answer.code, answer.out) == (code, "")
    assert problem in answer.err
    assert answer.err.count("\n") == 1
    assert google.snapshot() == before
    assert runs() == 0


def test_a_query_that_gmail_refuses_is_one_line(auramail: Command, google: GoogleServer) -> None:
    google.fault("messages.list", "400", times=9)

    answer = auramail("sort", "--from", "gmail", "--query", "from:((")

    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert runs() == 0


@pytest.mark.parametrize(
    ("typed", "yes", "starts"), [("n\n", False, False), ("\n", False, False), ("y\n", False, True), ("", True, True)]
)
def test_many_messages_are_asked_about(
    at_a_terminal: Callable[[], None], monkeypatch: pytest.MonkeyPatch, typed: str, yes: bool, starts: bool
) -> None:
    at_a_terminal()
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: typed.strip())

    assert foretell.is_wanted(Order(estimate=Estimate(1001)), yes=yes) is starts


def test_few_messages_and_programs_are_not_asked(at_a_terminal: Callable[[], None]) -> None:
    assert foretell.is_wanted(Order(estimate=Estimate(5000)), yes=False)  # nobody sits there

    at_a_terminal()

    assert foretell.is_wanted(Order(estimate=Estimate(1000)), yes=False)


def test_an_upper_bound_and_a_model_are_named_as_such() -> None:
    told = foretell.told_in_words(Estimate(20000, is_exact=False, model_calls=3000, tokens=2_940_000, money=1.41))

    assert told[0].say().startswith("Messages to read, at most: 20000 ")
    assert told[1].say() == "Language model: about 3000 calls, 2940000 tokens, 1.41 USD."


@pytest.mark.parametrize(("seconds", "shown"), [(0.4, "0:00:00"), (65, "0:01:05"), (40_000, "11:06:40")])
def test_durations_read_alike_in_every_language(seconds: float, shown: str) -> None:
    assert foretell.duration(seconds) == shown
