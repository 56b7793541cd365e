"""Limits in which tests move the time: those of this process, and those in a real Redis."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import redis

from auramail.ai.own_limits import OwnLimits
from auramail.core.clock import SystemClock
from auramail.core.errors import TryAgainError
from auramail.core.pace import Pace
from auramail.jobs.model_limits import PREFIX, SharedLimits
from auramail.ports.models import CallLimits
from auramail.ports.world import Clock
from tests.fakes.clock import FakeClock

SECRET = "canary-of-a-key"
_numbers = count()


class AheadClock(SystemClock):
    """The real time, and what a test lets pass besides."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.ahead)

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead


@dataclass(frozen=True, slots=True)
class Case:
    """`open` gives another worker's limits of the same model; `advance` lets seconds pass.

    `slack` is how many seconds may really pass between two lines of a test.
    """

    open: Callable[[], CallLimits]
    advance: Callable[[float], None]
    clock: Clock
    slack: float

    def waits(self, seconds: float, expected: float) -> bool:
        """Whether that is the wait to be told, but for the time that really passed."""
        return abs(seconds - expected) <= self.slack


def own_case(pace: Pace) -> Case:
    clock = FakeClock()
    limits = OwnLimits(pace, clock)
    return Case(lambda: limits, lambda seconds: clock.advance(seconds=seconds), clock, 1e-6)


def shared_case(url: str, pace: Pace) -> Case:
    """Limits of a model that no other case has; Redis's notes are moved back, as nobody moves its clock."""
    clock, model = AheadClock(), f"model-{next(_numbers)}"
    connection = redis.Redis.from_url(url, decode_responses=True)

    def advance(seconds: float) -> None:
        clock.ahead += seconds
        move_back(connection, model, seconds)

    return Case(lambda: SharedLimits(url, model, SECRET, pace, OwnLimits(pace, clock)), advance, clock, 2.0)


def move_back(connection: redis.Redis, model: str, seconds: float) -> None:
    for key in map(str, connection.scan_iter(f"{PREFIX}{model}:*")):
        if key.endswith(":closed"):
            until = float(str(connection.get(key))) - seconds
            connection.set(key, repr(until))
            connection.pexpireat(key, int(1000 * until))
        else:
            for name in map(str, connection.zrange(key, 0, -1)):
                connection.zincrby(key, -seconds, name)


def call(limits: CallLimits) -> float:
    """Make one call that takes no time; gives 0, or the seconds to wait if there was no room."""
    try:
        with limits.enter():
            return 0.0
    except TryAgainError as refused:
        return refused.after


def wait_and_call(limits: CallLimits, case: Case) -> float:
    """Come back as often as told, until there is room; gives the seconds that were waited."""
    waited = 0.0
    while wait := call(limits):
        case.advance(wait)
        waited += wait
    return waited
