"""What the tests of live sorting stand on: Ana's Gmail, and a real Redis."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.house import GmailHome, gmail_home


@pytest.fixture
def live_ana(home: Path, sqlite_url: str, redis_url: str, clock: FakeClock) -> Iterator[GmailHome]:
    assert sqlite_url
    with gmail_home(home, clock, redis_url=redis_url) as opened:
        yield opened
