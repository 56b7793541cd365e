"""The process tree: everything the product is, started and stopped as one."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from types import FrameType, TracebackType
from typing import Self

from auramail.core.clock import SystemClock
from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.jobs.embedded_redis import EmbeddedRedis
from auramail.settings import Settings, child_environment
from auramail.storage.ownership import own_folder
from auramail.wiring import upgrade_database

START_SECONDS = 60.0
STOP_SECONDS = 5.0
RESTARTS = 5
"""Times a part may die before the tree gives up."""


class ProcessTree:
    """Web, workers, scheduler and, without REDIS_URL, a Redis.

    Each is in a session of its own, so that Ctrl-C reaches only this process, which then ends the others. A part
    that dies is started again.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stack = contextlib.ExitStack()
        self._stop = threading.Event()
        self._parts: dict[str, subprocess.Popen[bytes]] = {}
        self._environment: Mapping[str, str] = {}
        self._deaths = 0

    def __enter__(self) -> Self:
        check_port(self._settings.host, self._settings.port)
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        with contextlib.ExitStack() as stack:
            home = self._settings.auramail_home
            stack.enter_context(own_folder(home))
            upgrade_database(self._settings)
            redis = self._settings.redis_url or stack.enter_context(EmbeddedRedis(home / "redis", SystemClock())).url
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

    def wait_until_ready(self) -> None:
        """Wait until the web server answers; raises NeedsPersonError if it does not within a minute."""
        for _ in range(int(START_SECONDS / 0.05)):
            if self._stop.wait(0.05):
                return
            self._restart_dead()
            with contextlib.suppress(OSError), socket.create_connection((self._settings.host, self._settings.port), 1):
                return
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
        for name, part in list(self._parts.items()):
            if part.poll() is not None and not self._stop.is_set():
                self._deaths += 1
                if self._deaths > RESTARTS:
                    raise self._broken()
                self._start(name)

    def _end_parts(self) -> None:
        """Ask each part to end, then end its whole session: what was interrupted is settled at the next start."""
        for part in self._parts.values():
            part.terminate()
        for part in self._parts.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                part.wait(timeout=STOP_SECONDS)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(part.pid, signal.SIGKILL)
            part.wait()

    def _broken(self) -> NeedsPersonError:
        return NeedsPersonError(
            Wording.of("A part of AuraMail does not stay up."),
            Wording.of(
                "See the logs in {folder}, or run: auramail doctor", folder=self._settings.auramail_home / "logs"
            ),
        )


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
