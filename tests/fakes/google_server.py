"""A fake Google over real HTTP: Gmail v1, Calendar v3, batch and OAuth, in this process or as one of its own.

`python -m tests.fakes.google_server --port N --seed FILE.json` serves until it is ended, so that a killed worker's
requests stay done; `tests.fakes.google_process` starts it so and talks to it.
"""

import argparse
import json
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from auramail.ports.world import Clock
from tests.fakes.google.control import PATH, perform
from tests.fakes.google.http import FakeHTTPServer
from tests.fakes.google.quota import Usage
from tests.fakes.google.wire import Request, Response
from tests.fakes.google.world import SERVICE_ACCOUNT, World


class GoogleServer(World):
    """Start with `with GoogleServer() as google:`; `google.url` is the root of every API and of OAuth."""

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        port: int = 0,
        latency: float = 0.0,
        sleep: Callable[[float], object] | None = None,
        units_per_minute: int | None = None,
        batch_concurrency: int = 50,
    ) -> None:
        """`latency` is waited for by `sleep`, in real seconds by default; the quota runs by the clock."""
        super().__init__(clock)
        self.quota.units_per_minute = units_per_minute
        self.api.batch_concurrency = batch_concurrency
        self.http = FakeHTTPServer(self._answer, port, latency, sleep)
        self.api.stopping = self.http.stopping

    @property
    def url(self) -> str:
        return self.http.url

    def reset_usage(self) -> None:
        """Begin counting anew; a batch is one HTTP call."""
        with self.api.lock:
            self.quota.usage = Usage()

    def write_client_secret(
        self, path: Path, url: str = "", redirect_uris: Sequence[str] = ("http://127.0.0.1:5000/callback",)
    ) -> None:
        """Write a `client_secret.json` of kind web that sends the product's OAuth here."""
        super().write_client_secret(path, url or self.url, redirect_uris)

    def write_service_account(self, path: Path, url: str = "", email: str = SERVICE_ACCOUNT) -> None:
        """Write the key file of a service account whose tokens come from here."""
        super().write_service_account(path, url or self.url, email)

    def start(self) -> None:
        self.http.start()

    def stop(self) -> None:
        self.http.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answer(self, request: Request) -> Response:
        if request.path == PATH:
            return perform(self, request)
        with self.api.lock:
            self.quota.usage.http_calls += 1
        return self.api.answer(request)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=Path, help="people and messages, see World.seed")
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--until-stdin-ends", action="store_true", help="end with the process that holds the pipe")
    options = parser.parse_args()
    ended = threading.Event()
    if options.until_stdin_ends:
        threading.Thread(target=_end_with_stdin, args=(ended,), daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    with GoogleServer(port=options.port, latency=options.latency) as server:
        if options.seed:
            server.seed(json.loads(options.seed.read_text(encoding="utf-8")))
        print(server.url, flush=True)
        ended.wait()


def _end_with_stdin(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


if __name__ == "__main__":
    main()
