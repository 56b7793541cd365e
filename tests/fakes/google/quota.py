"""What calls cost and how often they come: Gmail's unit table of 2026, a bucket per person, counts for the test."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from auramail.ports.world import Clock
from tests.fakes.google.errors import GoogleError, rate_limited

UNITS = {
    "getProfile": 1,
    "messages.list": 5,
    "messages.get": 20,
    "messages.modify": 5,
    "messages.batchModify": 50,
    "messages.trash": 20,
    "messages.untrash": 5,
    "threads.get": 40,
    "threads.list": 10,
    "history.list": 2,
    "labels.list": 1,
    "labels.get": 1,
    "labels.create": 5,
    "labels.patch": 5,
    "labels.delete": 5,
    "drafts.create": 10,
    "drafts.get": 20,
    "drafts.list": 5,
    "drafts.delete": 10,
    "watch": 100,
    "stop": 50,
}
"""Units a call; Calendar's methods cost requests, not units."""


@dataclass(slots=True)
class Usage:
    """What has been asked of the server. `calls` counts methods by short name, the parts of batches among them."""

    http_calls: int = 0
    units: int = 0
    units_of: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


@dataclass(slots=True)
class Quota:
    """A token bucket of units for each person; `units_per_minute` None means unlimited.

    A refused call answers `code` (Google gives 403 or 429) with `reason` and the seconds after which it would pass;
    with `names_limit` it names the limit too. `refused` counts those calls. Where Google goes by other prices than
    its table of 2026, `costs` says so.
    """

    clock: Clock
    units_per_minute: int | None = None
    code: int = 429
    reason: str = "rateLimitExceeded"
    names_limit: bool = False
    costs: Mapping[str, int] = field(default_factory=lambda: UNITS)
    usage: Usage = field(default_factory=Usage)
    refused: int = 0
    _buckets: dict[str, _Bucket] = field(default_factory=dict)

    def charge(self, person: str, method: str) -> GoogleError | None:
        """Take a call's units from the person's bucket; the refusal if they are not there."""
        cost = self.costs.get(method, 0)
        if self.units_per_minute is not None and cost:
            wait = self._draw(person, cost, self.units_per_minute)
            if wait:
                self.refused += 1
                named = self.units_per_minute if self.names_limit else None
                return rate_limited(self.code, self.reason, wait, named)
        self.usage.units += cost
        self.usage.units_of[person] += cost
        return None

    def _draw(self, person: str, cost: int, per_minute: int) -> int:
        """Seconds to wait, rounded up; 0 when the units were taken."""
        now = self.clock.monotonic()
        bucket = self._buckets.setdefault(person, _Bucket(per_minute, now))
        bucket.left = min(per_minute, bucket.left + (now - bucket.at) * per_minute / 60)
        bucket.at = now
        if bucket.left < cost:
            return int((cost - bucket.left) * 60 / per_minute) + 1
        bucket.left -= cost
        return 0
