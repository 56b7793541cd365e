"""A running fake Google with one person in it, and a client that carries her token."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx2
import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.google_server import GoogleServer

OLENA = "olena@example.com"
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing here speaks TLS; the default context would read every certificate of the machine for each client."""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 11, 20, 12, 0, tzinfo=UTC))


@pytest.fixture
def google(clock: FakeClock) -> Iterator[GoogleServer]:
    with GoogleServer(clock) as server:
        server.add_user(OLENA, "Olena")
        yield server


@pytest.fixture
def client(google: GoogleServer) -> Iterator[httpx2.Client]:
    headers = {"Authorization": f"Bearer {google.grant().access_token}"}
    with httpx2.Client(base_url=google.url, headers=headers, timeout=10, verify=PLAIN) as session:
        yield session
