"""A sort on a terminal of its own: the bar, the colours, and Ctrl-C."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from auramail.core.clock import SystemClock
from auramail.core.history import OPEN, Selection
from auramail.core.runs import RunState
from auramail.flow.fetch import PORTION
from auramail.wiring.house import House, open_house
from tests.fakes.google_server import GoogleServer
from tests.house import ANA, connect_gmail, newsletter, settings_for

pytestmark = pytest.mark.crash
PATIENCE = 30.0


@dataclass
class Desk:
    """Ana at her terminal, with more mail than one portion."""

    google: GoogleServer
    house: House
    environment: dict[str, str]

    def start(self, *arguments: str, stderr: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "auramail.cli", "sort", "--from", "gmail", *arguments],
            cwd=self.house.settings.auramail_home,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )

    def start_and_stall(self, *arguments: str, seconds: float) -> subprocess.Popen[bytes]:
        """A sort that has handled one portion and waits for the answer about the next."""
        stall = self.google.fault("messages.get", "slow", nth=PORTION + 2, seconds=seconds)
        sort = self.start(*arguments)
        deadline = time.monotonic() + PATIENCE
        while not stall.struck or self.handled() < PORTION:
            assert time.monotonic() < deadline, "it never got so far"
            time.sleep(0.02)
        return sort

    def handled(self) -> int:
        """Messages that the journal knows."""
        (account,) = self.house.accounts.all()
        return sum(1 for _ in self.house.ledger.entries(Selection(account.id)))


@pytest.fixture
def ana(home: Path, sqlite_url: str) -> Iterator[Desk]:
    assert sqlite_url
    clock = SystemClock()
    with GoogleServer(clock) as google:
        google.add_user(ANA, "Ana")
        for number in range(PORTION + 5):
            google.add_message(newsletter(number), ("INBOX", "UNREAD"))
        settings = settings_for(google, home)
        environment = {
            **os.environ,
            "AURAMAIL_HOME": str(home),
            "GOOGLE_API_ROOT_URL": google.url,
            "GOOGLE_CLIENT_SECRETS_PATH": str(settings.google_client_secrets_path),
            "GMAIL_UNITS_PER_MINUTE": str(settings.gmail_units_per_minute),
            "LANG": "en_US.UTF-8",
            "TERM": "xterm",
        }
        with open_house(settings, clock) as house:
            connect_gmail(google, house)
            yield Desk(google, house, environment)


@contextmanager
def a_terminal() -> Iterator[tuple[int, list[bytes]]]:
    """A terminal's end to write to, and what was written there once it is closed."""
    shown: list[bytes] = []
    ours, theirs = pty.openpty()
    yield theirs, shown
    os.close(theirs)
    with suppress(OSError):
        while piece := os.read(ours, 65536):
            shown.append(piece)
    os.close(ours)


def test_ctrl_c_cancels_after_the_step_in_hand_with_a_whole_receipt(ana: Desk) -> None:
    sort = ana.start_and_stall("--json", seconds=1)

    sort.send_signal(signal.SIGINT)
    out, err = sort.communicate(timeout=PATIENCE)

    receipt = json.loads(out)
    assert (sort.returncode, err) == (130, b"")
    assert receipt["listed"] == receipt["handled"] + sum(receipt["skipped"].values()) + sum(receipt["failed"].values())
    assert receipt["handled"] == PORTION + 5
    assert ana.house.runs.get(receipt["run"]).state is RunState.CANCELLED


def test_a_second_ctrl_c_stops_at_once_and_the_next_sort_settles_it(ana: Desk) -> None:
    sort = ana.start_and_stall(seconds=5)

    sort.send_signal(signal.SIGINT)
    time.sleep(0.3)
    sort.send_signal(signal.SIGINT)
    out, err = sort.communicate(timeout=PATIENCE)
    assert (out.count(b"\n"), err.strip()) == (1, b"")  # what it would take, and nothing of what it did
    assert sort.returncode == 130

    [left] = ana.house.runs.live_runs()
    following = ana.start("--json")
    out, _ = following.communicate(timeout=PATIENCE)
    assert following.returncode == 0
    assert json.loads(out)["failed"] == {}
    assert ana.house.runs.get(left.id).state is RunState.DONE
    assert not list(ana.house.ledger.entries(Selection(left.account_id, states=OPEN)))


def test_on_a_terminal_there_is_a_bar_and_in_a_pipe_there_is_none(ana: Desk) -> None:
    with a_terminal() as (terminal, shown):
        watched = ana.start(stderr=terminal)
        assert watched.wait(timeout=PATIENCE) == 0
        assert watched.stdout is not None
        watched.stdout.close()
    piped = ana.start()

    assert piped.communicate(timeout=PATIENCE)[1] == b""
    assert b"\x1b[" in b"".join(shown)
