"""Gmail's prices in quota units and the bucket they are taken from."""

import math
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from auramail.core.errors import NotYetError
from auramail.core.quota import FLOOR, ONE_REFUSAL, RECOVERY, Bucket, Priority, QuotaStanding
from auramail.core.wording import Wording
from auramail.mail.gmail.calls import Call, Method
from auramail.ports.mailboxes import Usage
from auramail.ports.world import Clock

UNITS: Final[Mapping[Method, int]] = MappingProxyType(
    {  # since 2026-05-01, https://developers.google.com/workspace/gmail/api/reference/quota
        Method.GET_PROFILE: 1,
        Method.LIST_MESSAGES: 5,
        Method.GET_MESSAGE: 20,
        Method.MODIFY: 5,
        Method.BATCH_MODIFY: 50,
        Method.LIST_LABELS: 1,
        Method.GET_LABEL: 1,
        Method.CREATE_LABEL: 5,
        Method.LIST_HISTORY: 2,
        Method.WATCH: 100,
        Method.STOP: 50,
    }
)
LONGEST_WAIT: Final = 3.0
"""Seconds worth waiting on the spot, in all; the queue waits longer."""
RESERVES: Final[Mapping[Priority, float]] = MappingProxyType(
    {Priority.LIVE: 0.0, Priority.BACKLOG: 0.1, Priority.HOUSEKEEPING: 0.5}
)
"""The share of the bucket that each leaves to more urgent work."""


class LocalBucket:
    """A token bucket within one process, which holds one minute of the estimate; full at first.

    `jobs.limits.SharedBucket` does the same in Redis; one contract holds for both.
    """

    def __init__(self, units_per_minute: int, clock: Clock) -> None:
        self._configured = units_per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._counted = clock.monotonic()
        self._rate = self._left = float(units_per_minute)
        self._spent = self._spent_when_refused = 0.0
        self._named: int | None = None
        self._refusals = 0
        self._refused_at = -math.inf
        self._parts = 0

    def take(self, units: int, reserve: float = 0.0) -> float:
        with self._lock:
            self._count()
            missing = min(units + reserve * self._rate, self._rate) - self._left
            if missing > 0:
                return math.ceil(60_000 * missing / self._rate) / 1000  # rounded up, or one would ask again and again
            self._left -= units
            self._spent += units
            return 0.0

    def refused(self, limit: int | None) -> None:
        with self._lock:
            self._count()
            self._left = min(self._left, 0.0)
            self._named = limit or self._named
            if self._counted - self._refused_at >= ONE_REFUSAL:
                if self._rate == self._configured:
                    self._spent_when_refused = self._spent
                self._rate = max(self._rate / 2, FLOOR * self._configured)
                self._refusals += 1
                self._refused_at = self._counted

    def standing(self) -> QuotaStanding:
        with self._lock:
            self._count()
            return QuotaStanding(
                self._rate,
                self._configured,
                self._left,
                self._named,
                self._refusals,
                self._spent,
                self._spent_when_refused,
            )

    def parts(self) -> int:
        return self._parts

    def remember_parts(self, parts: int) -> None:
        self._parts = parts

    def _count(self) -> None:
        """Let the bucket fill, the estimate recover and old spending fade for the time since the last look."""
        now = self._clock.monotonic()
        minutes = max(0.0, now - self._counted) / 60
        rate = min(self._configured, self._rate + minutes * RECOVERY * self._configured)
        self._left = min(rate, self._left + minutes * (self._rate + rate) / 2)
        self._spent *= math.exp(-minutes)
        self._rate, self._counted = rate, now


@dataclass(slots=True)
class Meter:
    """Pays for calls before they are made and keeps the sum. `costs` maps Google's method names to other prices.

    `waited` are the seconds slept since the client last set it to 0.
    """

    bucket: Bucket
    sleep: Callable[[float], None]
    costs: Mapping[str, int] = field(default_factory=dict)
    priority: Priority = Priority.LIVE
    usage: Usage = field(default_factory=Usage)
    waited: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def price(self, calls: Iterable[Call]) -> int:
        return sum(self.costs.get(call.method.google_name, UNITS[call.method]) for call in calls)

    def pay(self, calls: Iterable[Call]) -> None:
        """Take the calls' units, waiting a moment if need be; raises NotYetError rather than wait long."""
        units = self.price(calls)
        while wait := self.bucket.take(units, RESERVES[self.priority]):
            if self.waited + wait > LONGEST_WAIT:
                raise NotYetError(Wording.of("This minute's Gmail quota of the account is used up."), after=wait)
            self.sleep(wait)
            self.waited += wait
        with self._lock:
            self.usage.quota_units += units

    def count_request(self) -> None:
        with self._lock:
            self.usage.http_calls += 1
