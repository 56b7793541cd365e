"""A `ports.Clock` that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


class FakeClock:
    def __init__(self, start: datetime = NOON) -> None:
        self._now = start
        self._seconds = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._seconds

    def advance(self, **duration: float) -> None:
        """Let time pass: `advance(minutes=5)`, with the arguments of a timedelta."""
        passed = timedelta(**duration)
        self._now += passed
        self._seconds += passed.total_seconds()
