"""The process tree as a person meets it: `auramail up` in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from auramail.jobs.embedded_redis import embedded_url

pytestmark = pytest.mark.crash
PATIENCE = 60.0


@dataclass
class Up:
    """One `auramail up`."""

    home: Path
    port: int
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def first_line(self) -> str:
        return self.process.stdout.readline().strip() if self.process.stdout else ""

    def parts(self) -> dict[str, int]:
        """Every process below this one by what it is."""
        found: dict[str, int] = {}
        for pid in descendants(self.process.pid):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            name = words[3].decode() if b"auramail.cli" in words else "redis"
            found.setdefault(name, pid)
        return found


def descendants(pid: int) -> list[int]:
    """Child processes and theirs, parents first."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []
    return [below for child in children for below in (int(child), *descendants(int(child)))]


def is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def wait_until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def start(home: Path, sqlite_url: str) -> Iterator[Callable[..., Up]]:
    """Starts `auramail up`; what still runs at the end is stopped."""
    assert sqlite_url
    started: list[Up] = []

    def run(folder: Path = home, port: int = 0) -> Up:
        chosen = port or free_port()
        environment = {**os.environ, "AURAMAIL_HOME": str(folder), "PORT": str(chosen)}
        process = subprocess.Popen(
            [sys.executable, "-m", "auramail.cli", "up"],
            cwd=home,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(Up(folder, chosen, process))
        return started[-1]

    yield run
    for up in started:
        up.process.terminate()
        up.process.communicate(timeout=20)


def test_it_starts_tells_its_address_refuses_a_second_one_and_leaves_nothing(
    start: Callable[..., Up], home: Path, tmp_path: Path
) -> None:
    up = start()

    assert up.address in up.first_line()
    with urllib.request.urlopen(up.address, timeout=10) as answer:  # noqa: S310  # our own address
        assert answer.status == 200
    assert set(up.parts()) == {"web", "worker", "scheduler", "redis"}

    for second, problem in ((start(), "running already"), (start(tmp_path / "other", up.port), "cannot be used")):
        _, said = second.process.communicate(timeout=PATIENCE)
        assert second.process.returncode == 1
        assert problem in said
        assert said.count("\n") == 1

    left = descendants(up.process.pid)
    begun = time.monotonic()
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(timeout=PATIENCE) == 0
    assert time.monotonic() - begun < 10
    assert not [pid for pid in left if is_running(pid)]
    assert not (home / "redis" / "redis.sock").exists()


def test_a_part_that_dies_is_started_again(start: Callable[..., Up]) -> None:
    up = start()
    assert up.first_line()
    before = up.parts()

    for name in ("redis", "scheduler", "worker"):
        os.kill(before[name], signal.SIGKILL)

    wait_until(
        lambda: (
            up.parts().keys() == before.keys() and not set(up.parts().values()) - {before["web"]} & set(before.values())
        )
    )
    with redis.Redis.from_url(embedded_url(up.home / "redis")) as connection:
        wait_until(lambda: bool(connection.ping()))
    assert up.process.poll() is None


def test_when_it_is_killed_its_parts_end_and_the_next_start_takes_over(start: Callable[..., Up]) -> None:
    killed = start()
    assert killed.first_line()
    parts = killed.parts()

    killed.process.kill()
    killed.process.wait(timeout=PATIENCE)

    wait_until(lambda: not [pid for name, pid in parts.items() if name != "redis" and is_running(pid)])
    following = start(killed.home, killed.port)
    assert following.address in following.first_line()
    assert not is_running(parts["redis"])
