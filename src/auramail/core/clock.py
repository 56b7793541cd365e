"""The real clock, behind `ports.Clock`; nothing else reads the time."""

import time
from datetime import UTC, datetime


class SystemClock:
    def now(self) -> datetime:
        """The time in UTC, aware."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never run backwards, for measuring and for deadlines."""
        return time.monotonic()
