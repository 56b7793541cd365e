"""`auramail live` and `auramail reconcile`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auramail.wiring.house import open_house
from tests.cli.conftest import Command
from tests.fakes.clock import FakeClock
from tests.fakes.google_server import GoogleServer
from tests.house import ANA, connect_gmail, newsletter, note, settings_for


@pytest.fixture
def google(
    home: Path, sqlite_url: str, redis_url: str, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[GoogleServer]:
    """Ana's Gmail, connected; the command line finds it by the environment."""
    assert sqlite_url
    del clock
    with GoogleServer() as server:
        server.add_user(ANA, "Ana")
        settings = settings_for(server, home, redis_url=redis_url)
        for name in ("google_api_root_url", "google_client_secrets_path", "redis_url", "gmail_units_per_minute"):
            monkeypatch.setenv(name.upper(), str(getattr(settings, name)))
        with open_house(settings) as house:
            connect_gmail(server, house)
        yield server
        assert server.violations == []


def test_on_status_and_off_say_how_it_stands(auramail: Command, google: GoogleServer) -> None:
    assert google.url
    assert "is not kept sorted" in auramail("live", "status").out

    on = auramail("live", "on")
    assert (on.code, "is kept sorted since" in on.out) == (0, True)
    assert "is kept sorted since" in auramail("live", "status", "--from", f"gmail:{ANA}").out
    assert "is not kept sorted" in auramail("live", "off").out
    assert "is not kept sorted" in auramail("live", "status").out


@pytest.mark.parametrize("command", [("live", "on"), ("live", "off"), ("live", "status"), ("reconcile",)])
def test_for_a_file_there_is_one_clear_line(auramail: Command, mail: str, command: tuple[str, ...]) -> None:
    answer = auramail(*command, "--from", mail)

    assert answer.code == 1
    assert len(answer.err.splitlines()) == 1
    assert "only Gmail" in answer.err


def test_an_unknown_folder_is_one_clear_line_and_nothing_is_turned_on(auramail: Command, google: GoogleServer) -> None:
    assert google.url

    answer = auramail("live", "on", "--folder", "Nowhere")

    assert (answer.code, len(answer.err.splitlines())) == (1, 1)
    assert "is not kept sorted" in auramail("live", "status").out


def test_the_proof_is_one_line_and_its_reasons(auramail: Command, google: GoogleServer) -> None:
    google.add_message(note(1), ("INBOX", "UNREAD"))

    answer = auramail("reconcile")

    assert answer.code == 0
    assert "1 in the mailbox = 0 handled + 1 skipped + 0 queued" in answer.out
    assert "older than live sorting" in answer.out


def test_what_was_missed_is_sorted_now_and_said(auramail: Command, google: GoogleServer) -> None:
    auramail("live", "on")
    message = google.add_message(newsletter(1), ("INBOX", "UNREAD"))
    google.mailbox().history.clear()

    answer = auramail("reconcile")

    assert answer.code == 0
    assert "Missed until now, queued and sorted: 1" in answer.out
    assert "AI_Newsletters" in google.label_names_of(message)


def test_the_proof_for_programs_is_one_json_object(auramail: Command, google: GoogleServer) -> None:
    google.add_message(note(1), ("INBOX", "UNREAD"))

    proof = auramail("reconcile", "--json").json()

    assert proof["listed"] == proof["handled"] + sum(proof["skipped"].values()) + proof["queued"] == 1
    assert proof["is_whole"] is True
