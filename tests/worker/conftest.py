"""What the tests of the worker stand on: an installation with a real Redis and a fake Google, and real processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from auramail.core.accounts import Account
from auramail.core.clock import SystemClock
from auramail.core.queries import MailQuery
from auramail.core.runs import Order, Run, RunState
from auramail.flow.fetch import PORTION
from auramail.wiring.house import House, open_house
from tests.fakes.google_server import GoogleServer
from tests.house import ANA, connect_gmail, newsletter, note, settings_for

PATIENCE = 30.0
MANY = PORTION + 20
STALL = 20.0
"""Seconds for which a stalled call waits if nobody is killed in it; no test waits that long."""
ENDED = {RunState.DONE, RunState.CANCELLED, RunState.FAILED}


@dataclass
class Workplace:
    """Ana's installation, seen from beside the worker processes that work in it."""

    google: GoogleServer
    house: House
    account: Account
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    pipes: list[int] = field(default_factory=list)
    """Our ends of the workers' standard inputs; a worker ends when its pipe is closed."""

    @property
    def home(self) -> Path:
        return self.house.settings.auramail_home

    def start_worker(self) -> subprocess.Popen[bytes]:
        settings = self.house.settings
        environment = {
            **os.environ,
            "AURAMAIL_HOME": str(self.home),
            "REDIS_URL": settings.redis_url,
            "GOOGLE_API_ROOT_URL": self.google.url,
            "GOOGLE_CLIENT_SECRETS_PATH": str(settings.google_client_secrets_path),
            "GMAIL_UNITS_PER_MINUTE": str(settings.gmail_units_per_minute),
        }
        theirs, ours = os.pipe()
        with (self.home / "worker.stderr").open("ab") as stderr:
            worker = subprocess.Popen(
                [sys.executable, "-m", "auramail.cli", "worker", "--with-parent"],
                cwd=self.home,
                env=environment,
                stdin=theirs,
                stderr=stderr,
                start_new_session=True,
            )
        os.close(theirs)
        self.workers.append(worker)
        self.pipes.append(ours)
        return worker

    def order(self, **order: object) -> Run:
        """Order a run as a page does: a line in the database, and a ring."""
        run = self.house.runs.start(self.account.id, Order(query=MailQuery(), **order))  # type: ignore[arg-type]
        self.house.queue.ring(self.account.id)
        return run

    def wait_for_end(self, run: Run) -> Run:
        wait_until(lambda: self.house.runs.get(run.id).state in ENDED)
        return self.house.runs.get(run.id)

    def interrupt(self, **order: object) -> tuple[Run, subprocess.Popen[bytes]]:
        """A run that has handled its first messages and now waits long for Google's answer about the others."""
        deliver(self, MANY)
        stall = self.google.fault("messages.get", "slow", nth=MANY - 1, seconds=STALL)
        run = self.order(**order)
        worker = self.start_worker()
        wait_until(lambda: stall.struck > 0)
        return run, worker

    def logs(self) -> str:
        """Everything the processes wrote, to files and to stderr."""
        files = [*(self.home / "logs").glob("*"), self.home / "worker.stderr"]
        return "\n".join(path.read_text(encoding="utf-8") for path in files if path.is_file())


def deliver(place: Workplace, count: int) -> None:
    for number in range(count):
        place.google.add_message(newsletter(number) if number % 2 else note(number), ("INBOX", "UNREAD"))


def wait_until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return [int(child) for child in found]


def is_running(pid: int) -> bool:
    """Whether a process works still; one that waits for being buried does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


@pytest.fixture
def ana(home: Path, sqlite_url: str, redis_url: str) -> Iterator[Workplace]:
    """Ana's installation and Gmail account; its workers are ended with the test."""
    assert sqlite_url
    clock = SystemClock()
    with GoogleServer(clock, latency=0.01) as google:
        google.add_user(ANA, "Ana")
        with open_house(settings_for(google, home, redis_url=redis_url), clock) as house:
            place = Workplace(google, house, connect_gmail(google, house))
            yield place
            for worker in place.workers:
                worker.terminate()
                worker.wait(timeout=10)
            for pipe in place.pipes:
                os.close(pipe)
        assert google.violations == []
        assert google.forbidden == []
