"""The fake Google as a process of its own, and the handle a test holds it by: it outlives any worker it serves."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from auramail.core.clock import SystemClock
from tests.fakes.google.control import PATH, from_wire, to_wire
from tests.fakes.google.oauth import OAuth

ROOT = Path(__file__).parents[2]


class GoogleProcess:
    """`with GoogleProcess(seed_file) as google:` — the words of `World` that matter to crash tests, over the wire."""

    def __init__(self, seed: Path | None = None, *, latency: float = 0.0) -> None:
        command = [sys.executable, "-m", "tests.fakes.google_server", "--until-stdin-ends", "--latency", str(latency)]
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
        self._process = subprocess.Popen(
            [*command, *(["--seed", str(seed)] if seed else [])],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        stdout = self._process.stdout
        self.url = stdout.readline().strip() if stdout else ""
        if not self.url:
            self.stop()
            raise RuntimeError("the fake Google did not start")

    def call(self, name: str, **arguments: Any) -> Any:
        """Any method of `World` that `control.CALLS` lists, and `fault`, `before`, `consent`, `grant`, `seen`."""
        body = json.dumps({"call": name, "arguments": to_wire(arguments)}).encode()
        with urllib.request.urlopen(f"{self.url}{PATH}", data=body, timeout=30) as answer:  # noqa: S310  # our own URL
            return from_wire(json.load(answer))["answer"]

    def add_message(self, raw: bytes, labels: Collection[str] = ("INBOX",), date: datetime | None = None) -> str:
        added: str = self.call("add_message", raw=raw, labels=list(labels), date=date)
        return added

    def labels_of(self, message_id: str) -> frozenset[str]:
        return frozenset(self.call("labels_of", message_id=message_id))

    def snapshot(self, user: str = "") -> dict[str, frozenset[str]]:
        return {message: frozenset(labels) for message, labels in self.call("snapshot", user=user).items()}

    def fault(self, method: str, kind: str, **when: Any) -> None:
        """As `World.fault`: `nth`, `times`, `seconds`, `retry_after`."""
        self.call("fault", method=method, kind=kind, **when)

    def before(self, method: str, call: str, nth: int = 1, **arguments: Any) -> None:
        """Have `call` made inside the fake just before the nth call of a method from now on."""
        self.call("before", method=method, nth=nth, act={"call": call, "arguments": arguments})

    def write_client_secret(self, path: Path, redirect_uris: Sequence[str]) -> None:
        """Write a `client_secret.json` of kind web that sends the product's OAuth here."""
        OAuth(SystemClock()).write_client_secret(path, self.url, redirect_uris)

    @property
    def violations(self) -> list[str]:
        found: list[str] = self.call("seen")["violations"]
        return found

    @property
    def forbidden(self) -> list[str]:
        found: list[str] = self.call("seen")["forbidden"]
        return found

    def stop(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        self._process.wait(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
