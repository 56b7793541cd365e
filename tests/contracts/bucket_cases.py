"""Buckets in which tests move the time: one of this process, and one in a real Redis."""

from collections.abc import Callable
from dataclasses import dataclass

import redis

from auramail.core.quota import Bucket
from auramail.jobs.limits import PREFIX, SharedBucket
from auramail.mail.gmail.quota import LocalBucket
from tests.fakes.clock import FakeClock

STAMPS = ("counted", "refused_at")


@dataclass(frozen=True, slots=True)
class Case:
    """`open` gives another worker's bucket of the same account; `advance` lets seconds pass, also backwards."""

    open: Callable[[], Bucket]
    advance: Callable[[float], None]


def local_case(units_per_minute: int) -> Case:
    clock = FakeClock()
    bucket = LocalBucket(units_per_minute, clock)
    return Case(lambda: bucket, lambda seconds: clock.advance(seconds=seconds))


def shared_case(url: str, units_per_minute: int) -> Case:
    """Nobody moves Redis's clock; what it noted the time of is moved the other way instead."""
    connection = redis.Redis.from_url(url, decode_responses=True)

    def advance(seconds: float) -> None:
        for stamp in STAMPS:
            held = connection.hget(f"{PREFIX}7", stamp)
            if held:
                connection.hset(f"{PREFIX}7", stamp, repr(float(str(held)) - seconds))

    return Case(lambda: SharedBucket(url, 7, LocalBucket(units_per_minute, FakeClock())), advance)
