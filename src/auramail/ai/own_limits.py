"""How often this process may ask a model: a sliding window, places side by side, and a day's quota that is used up."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from auramail.core.pace import Pace, full, shut
from auramail.ports.world import Clock


class OwnLimits:
    """Shared by the threads of one process, and forgotten with it.

    `jobs.model_limits.SharedLimits` does the same in Redis for all workers; one contract holds for both.
    """

    def __init__(self, pace: Pace, clock: Clock) -> None:
        self._pace = pace
        self._clock = clock
        self._lock = threading.Lock()
        self._made = deque[float]()
        """When the calls of the window were made."""
        self._under_way = 0
        self._until: datetime | None = None
        self._opens_at = 0.0

    @contextmanager
    def enter(self) -> Iterator[None]:
        with self._lock:
            self._take()
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1

    def room(self) -> int:
        with self._lock:
            if self._shut_for() > 0:
                return 0
            self._forget()
            return max(0, self._pace.calls_per_minute - len(self._made))

    def close(self, until: datetime) -> None:
        with self._lock:
            if self._until is None or until > self._until:
                self._until = until
                self._opens_at = self._clock.monotonic() + (until - self._clock.now()).total_seconds()

    def closed_until(self) -> datetime | None:
        with self._lock:
            return self._until if self._shut_for() > 0 else None

    def _take(self) -> None:
        if (seconds := self._shut_for()) > 0:
            raise shut(seconds)
        now = self._forget()
        wait = self._pace.glance if self._under_way >= self._pace.side_by_side else 0.0
        if len(self._made) >= self._pace.calls_per_minute:
            wait = max(wait, self._made[0] + self._pace.window - now)
        if wait > 0:
            raise full(wait)
        self._made.append(now)
        self._under_way += 1

    def _forget(self) -> float:
        """Drop what has left the window; gives the time."""
        now = self._clock.monotonic()
        while self._made and now - self._made[0] >= self._pace.window:
            self._made.popleft()
        return now

    def _shut_for(self) -> float:
        """Seconds until it opens: by the computer's clock or by the one that nobody sets, whichever comes first."""
        if self._until is None:
            return 0.0
        seconds = min((self._until - self._clock.now()).total_seconds(), self._opens_at - self._clock.monotonic())
        if seconds <= 0:
            self._until = None
        return seconds
