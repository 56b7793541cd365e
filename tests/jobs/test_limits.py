"""The quota of an account, shared by workers through a real Redis."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from auramail.core.clock import SystemClock
from auramail.jobs.embedded_redis import EmbeddedRedis
from auramail.jobs.limits import SharedBucket


@pytest.fixture(scope="module")
def redis_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), SystemClock()) as server:
        yield server.url


def test_units_are_given_until_the_bucket_is_empty_and_then_the_wait_is_told(redis_address: str) -> None:
    bucket = SharedBucket(redis_address, 1, 6000)

    assert bucket.take(5990) == 0
    wait = bucket.take(1000)

    assert 9.0 < wait <= 10.0  # 990 units are missing at 100 a second


def test_workers_share_one_bucket_and_never_take_more_than_it_holds(redis_address: str) -> None:
    workers = [SharedBucket(redis_address, 2, 6000) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda worker: sum(worker.take(20) == 0 for _ in range(150)), workers))

    assert 300 <= sum(taken) <= 306  # 6,000 units are 300 reads; two per cent may have flowed in meanwhile


def test_accounts_have_buckets_of_their_own(redis_address: str) -> None:
    SharedBucket(redis_address, 3, 6000).take(6000)

    assert SharedBucket(redis_address, 4, 6000).take(6000) == 0


def test_a_call_dearer_than_the_bucket_is_given_when_it_is_full(redis_address: str) -> None:
    assert SharedBucket(redis_address, 5, 100).take(250) == 0


def test_without_redis_nothing_is_held_up(tmp_path: Path) -> None:
    assert SharedBucket(f"unix://{tmp_path}/none.sock", 6, 6000).take(20) == 0
