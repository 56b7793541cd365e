from collections.abc import Iterator

import pytest
import redis

from auramail.jobs.cache import PREFIX, AnswerCache


@pytest.fixture
def cache(redis_url: str) -> Iterator[AnswerCache]:
    opened = AnswerCache(redis_url)
    yield opened
    opened.close()


def test_an_answer_is_kept_for_its_account_and_name(cache: AnswerCache) -> None:
    cache.put(1, "dashboard", b"numbers", 300)

    assert cache.get(1, "dashboard") == b"numbers"
    assert cache.get(1, "report") is None
    assert cache.get(2, "dashboard") is None


def test_forgetting_an_account_forgets_all_of_it_and_nothing_else(cache: AnswerCache) -> None:
    for account, name in ((1, "dashboard"), (1, "report"), (2, "dashboard")):
        cache.put(account, name, b"numbers", 300)

    cache.forget(1)

    assert [cache.get(1, "dashboard"), cache.get(1, "report")] == [None, None]
    assert cache.get(2, "dashboard") == b"numbers"


def test_an_answer_is_kept_no_longer_than_asked(cache: AnswerCache, redis_url: str) -> None:
    cache.put(1, "dashboard", b"numbers", 300)

    with redis.Redis.from_url(redis_url) as connection:
        assert 0 < connection.ttl(f"{PREFIX}1:0:dashboard") <= 300


@pytest.mark.parametrize("address", ["unix:///nowhere/redis.sock", "redis://127.0.0.1:1"])
def test_without_redis_nothing_is_kept_and_nothing_is_said(address: str) -> None:
    cache = AnswerCache(address)

    cache.put(1, "dashboard", b"numbers", 300)
    cache.forget(1)

    assert cache.get(1, "dashboard") is None
