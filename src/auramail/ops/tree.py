"""The process tree: everything the product is, started and stopped as one."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from types import FrameType, TracebackType
from typing import Final, Self

from auramail.core.clock import SystemClock
from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.jobs.embedded_redis import EmbeddedRedis
from auramail.settings import Settings, child_environment
from auramail.storage.ownership import own_folder
from auramail.wiring.house import upgrade_database

START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.05
ANSWER_SECONDS: Final = 5.0
RESTARTS: Final = 5
"""Times a part may die, before it was well for a while, until the tree gives up."""
WELL_SECONDS: Final = 60.0
REDIS: Final = "redis"
ANYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # nosec B104  # where one asks, not listens


class ProcessTree:
    """Web, workers, scheduler and, without REDIS_URL, a Redis.

    Each is in a session of its own, so that Ctrl-C reaches only this process, which then ends the others. A part
    that dies is started again.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._clock = SystemClock()
        self._stack = contextlib.ExitStack()
        self._stop = threading.Event()
        self._parts: dict[str, subprocess.Popen[bytes]] = {}
        self._redis: EmbeddedRedis | None = None
        self._environment: Mapping[str, str] = {}
        self._deaths: list[float] = []

    def __enter__(self) -> Self:
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        with contextlib.ExitStack() as stack:
            stack.enter_context(own_folder(self._settings.auramail_home))
            check_port(self._settings.host, self._settings.port)
            upgrade_database(self._settings)
            if not self._settings.redis_url:
                self._redis = stack.enter_context(EmbeddedRedis(self._settings.auramail_home / REDIS, self._clock))
            redis = self._redis.url if self._redis else self._settings.redis_url
            self._environment = child_environment(REDIS_URL=redis)
            stack.callback(self._end_parts)
            for name in ("web", "scheduler", *(f"worker {n + 1}" for n in range(self._settings.max_workers))):
                self._start(name)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def wait_until_ready(self) -> bool:
        """Wait until a page answers; False if it was told to stop first.

        Raises NeedsPersonError if there is none within a minute.
        """
        deadline = self._clock.monotonic() + START_SECONDS
        while self._clock.monotonic() < deadline:
            if self._stop.wait(LOOK_SECONDS):
                return False
            self._restart_dead()
            if answers(self._settings.host, self._settings.port):
                return True
        raise self._broken()

    def watch(self) -> int:
        """Keep the parts alive until told to stop; the exit code."""
        while not self._stop.wait(1.0):
            self._restart_dead()
        return 0

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._stop.set()

    def _start(self, name: str) -> None:
        self._parts[name] = subprocess.Popen(
            [sys.executable, "-m", "auramail.cli", name.partition(" ")[0], "--with-parent"],
            stdin=subprocess.PIPE,
            env=self._environment,
            start_new_session=True,
        )

    def _restart_dead(self) -> None:
        if self._redis and not self._redis.is_alive():
            self._count_death()
            self._redis.start()
        for name, part in list(self._parts.items()):
            if part.poll() is not None and not self._stop.is_set():
                self._count_death()
                _end_group(part)
                self._start(name)

    def _count_death(self) -> None:
        now = self._clock.monotonic()
        self._deaths = [then for then in self._deaths if now - then < WELL_SECONDS] + [now]
        if len(self._deaths) > RESTARTS:
            raise self._broken()

    def _end_parts(self) -> None:
        """Ask all parts to end, then end what is left of them: what was interrupted is settled at the next start."""
        for part in self._parts.values():
            part.terminate()
        deadline = self._clock.monotonic() + STOP_SECONDS
        for part in self._parts.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                part.wait(timeout=max(deadline - self._clock.monotonic(), 0.0))
            _end_group(part)

    def _broken(self) -> NeedsPersonError:
        return NeedsPersonError(
            Wording.of("A part of AuraMail does not stay up."),
            Wording.of(
                "See the logs in {folder}, or run: auramail doctor", folder=self._settings.auramail_home / "logs"
            ),
        )


def _end_group(part: subprocess.Popen[bytes]) -> None:
    """End a part and its children; grandchildren in groups of their own see their standard input end."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(part.pid, signal.SIGKILL)
    part.wait()
    if part.stdin:
        part.stdin.close()


def answers(host: str, port: int) -> bool:
    """Whether a page is given, and not only the port open."""
    connection = http.client.HTTPConnection(ANYWHERE.get(host, host), port, timeout=ANSWER_SECONDS)
    with contextlib.closing(connection):
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False


def check_port(host: str, port: int) -> None:
    """Raise NeedsPersonError if something listens there already, or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise NeedsPersonError(
                Wording.of("{host}:{port} cannot be used: {why}", host=host, port=port, why=error.strerror),
                Wording.of("Stop what listens there, or choose another port: PORT=5001 auramail up"),
            ) from error
