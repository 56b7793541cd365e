"""What the tests of the flow stand on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.house import GmailHome, gmail_home


@pytest.fixture
def ana(home: Path, sqlite_url: str, clock: FakeClock) -> Iterator[GmailHome]:
    """Ana's installation, over an up-to-date SQLite database, and her Gmail account."""
    assert sqlite_url
    with gmail_home(home, clock) as opened:
        yield opened
