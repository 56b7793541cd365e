"""What the tests of the queue stand on: a real Redis, empty for each test."""

from collections.abc import Iterator

import pytest
import redis

from auramail.core.clock import SystemClock
from auramail.jobs.embedded_redis import EmbeddedRedis
from auramail.jobs.queue import RQDoorbell
from tests.fakes.clock import FakeClock


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), SystemClock()) as server:
        yield server.url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The address of a Redis that holds nothing."""
    with redis.Redis.from_url(redis_server) as connection:
        connection.flushall()
    return redis_server


@pytest.fixture
def bell(redis_url: str, clock: FakeClock) -> Iterator[RQDoorbell]:
    doorbell = RQDoorbell(redis_url, clock)
    yield doorbell
    doorbell.close()
