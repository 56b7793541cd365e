"""What the tests of the queue stand on: a real Redis, empty for each test."""

from collections.abc import Iterator

import pytest

from auramail.jobs.queue import RQDoorbell
from tests.fakes.clock import FakeClock


@pytest.fixture
def bell(redis_url: str, clock: FakeClock) -> Iterator[RQDoorbell]:
    doorbell = RQDoorbell(redis_url, clock)
    yield doorbell
    doorbell.close()
