"""A running fake Google with one person in it, and a client that carries her token."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from tests.fakes.google_server import GoogleServer

OLENA = "olena@example.com"
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing here speaks TLS; the default context would read every certificate of the machine for each client."""


@dataclass
class StillClock:
    """Time that passes only when told to."""

    time: datetime = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    running: float = field(default=1000.0)

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.running

    def pass_by(self, **span: float) -> None:
        self.time += timedelta(**span)
        self.running += timedelta(**span).total_seconds()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def google(clock: StillClock) -> Iterator[GoogleServer]:
    with GoogleServer(clock) as server:
        server.add_user(OLENA, "Olena")
        yield server


@pytest.fixture
def client(google: GoogleServer) -> Iterator[httpx2.Client]:
    headers = {"Authorization": f"Bearer {google.grant().access_token}"}
    with httpx2.Client(base_url=google.url, headers=headers, timeout=10, verify=PLAIN) as session:
        yield session
