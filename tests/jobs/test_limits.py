"""The quota of an account, shared by workers through a real Redis, and what becomes of it without one."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from auramail.core.clock import SystemClock
from auramail.core.quota import Bucket
from auramail.jobs.embedded_redis import EmbeddedRedis
from auramail.jobs.limits import SharedBucket
from auramail.mail.gmail.quota import LocalBucket
from tests.fakes.clock import FakeClock


def bucket(url: str, account_id: int = 1) -> SharedBucket:
    return SharedBucket(url, account_id, LocalBucket(6000, FakeClock()))


def read_until(bucket: Bucket, end: float) -> int:
    """List as fast as the quota allows; the units that cost."""
    units = 0
    while (now := time.monotonic()) < end:
        wait = bucket.take(5)
        units += 0 if wait else 5
        time.sleep(min(wait, end - now))  # two workers that really wait are what is tested
    return units


def test_two_workers_spend_the_limit_and_no_more(redis_url: str) -> None:
    workers = [bucket(redis_url), bucket(redis_url)]
    workers[0].take(6000)
    end = time.monotonic() + 4

    with ThreadPoolExecutor(2) as pool:
        spent = sum(pool.map(lambda worker: read_until(worker, end), workers))

    assert 0.95 * 400 <= spent <= 1.02 * 400  # 100 units a second


def test_accounts_have_buckets_of_their_own(redis_url: str) -> None:
    bucket(redis_url, 3).take(6000)
    bucket(redis_url, 3).refused(None)

    assert bucket(redis_url, 4).take(6000) == 0
    assert bucket(redis_url, 4).standing().refusals == 0


def test_an_account_that_is_not_used_is_forgotten_in_the_end(redis_url: str) -> None:
    bucket(redis_url).take(20)
    bucket(redis_url, 2).refused(None)

    with redis.Redis.from_url(redis_url) as connection:
        for key in ("auramail:quota:1", "auramail:quota:2"):
            assert 6 * 86_400 < int(str(connection.ttl(key))) <= 7 * 86_400


def test_without_redis_each_process_keeps_to_the_limit_by_itself(tmp_path: Path) -> None:
    alone = bucket(f"unix://{tmp_path}/none.sock")

    assert alone.take(6000) == 0
    assert alone.take(500) == pytest.approx(5)
    alone.refused(15_000)
    assert alone.standing().a_minute == 3000
    assert alone.standing().named == 15_000


def test_a_redis_that_goes_leaves_no_full_bucket_and_one_that_comes_back_is_used_again(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path / "redis", SystemClock()) as server:
        worker = bucket(server.url)
        assert worker.take(6000) == 0

    assert worker.take(500) == pytest.approx(5)  # as this process has spent what there was

    with EmbeddedRedis(tmp_path / "redis", SystemClock()) as server:
        assert bucket(server.url).take(20, 0.9) > 0
        assert worker.standing().spent > 0
