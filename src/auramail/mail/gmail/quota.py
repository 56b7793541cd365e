"""Gmail's prices in quota units and the bucket they are taken from."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Protocol

from auramail.core.errors import TryAgainError
from auramail.core.wording import Wording
from auramail.mail.gmail.calls import Call, Method
from auramail.ports import Clock, Usage

UNITS: Final[Mapping[Method, int]] = MappingProxyType(
    {  # since 2026-05-01, https://developers.google.com/workspace/gmail/api/reference/quota
        Method.GET_PROFILE: 1,
        Method.LIST_MESSAGES: 5,
        Method.GET_MESSAGE: 20,
        Method.MODIFY: 5,
        Method.BATCH_MODIFY: 50,
        Method.LIST_LABELS: 1,
        Method.CREATE_LABEL: 5,
        Method.LIST_HISTORY: 2,
        Method.WATCH: 100,
        Method.STOP: 50,
    }
)
LONGEST_WAIT: Final = 10.0
"""Seconds worth waiting on the spot; a batch of 40 messages is 8 seconds of quota. The queue waits longer."""


class Bucket(Protocol):
    """One account's quota, shared by all who work for it."""

    def take(self, units: int) -> float:
        """Take units and give 0, or take nothing and give the seconds after which to ask again."""
        ...


class LocalBucket:
    """A token bucket within one process; full at first, so that a short run never waits."""

    def __init__(self, units_per_minute: int, clock: Clock) -> None:
        self._size = float(units_per_minute)
        self._a_second = units_per_minute / 60
        self._clock = clock
        self._left = self._size
        self._counted = clock.monotonic()

    def take(self, units: int) -> float:
        now = self._clock.monotonic()
        self._left = min(self._size, self._left + (now - self._counted) * self._a_second)
        self._counted = now
        missing = min(units, self._size) - self._left
        if missing > 0:
            return math.ceil(1000 * missing / self._a_second) / 1000  # rounded up, or one would ask again and again
        self._left -= units
        return 0.0


@dataclass(slots=True)
class Meter:
    """Pays for calls before they are made and keeps the sum. `costs` maps Google's method names to other prices."""

    bucket: Bucket
    sleep: Callable[[float], None]
    costs: Mapping[str, int] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)

    def price(self, calls: Iterable[Call]) -> int:
        return sum(self.costs.get(call.method.google_name, UNITS[call.method]) for call in calls)

    def pay(self, calls: Iterable[Call]) -> None:
        """Take the calls' units, waiting a few seconds if need be; raises TryAgainError rather than wait long."""
        units = self.price(calls)
        waited = 0.0
        while wait := self.bucket.take(units):
            waited += wait
            if waited > LONGEST_WAIT:
                raise TryAgainError(Wording.of("This minute's Gmail quota of the account is used up."), after=wait)
            self.sleep(wait)
        self.usage.quota_units += units
        self.usage.http_calls += 1
