"""The day that is counted by: the one where the operator lives."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from auramail.ports.world import Clock


class Today:
    def __init__(self, clock: Clock, zone: str) -> None:
        self._clock = clock
        self._zone = ZoneInfo(zone)

    def date(self) -> date:
        return self._clock.now().astimezone(self._zone).date()

    def seconds_left(self) -> float:
        """Until the next day begins; a day on which clocks are changed has 23 or 25 hours."""
        midnight = datetime.combine(self.date() + timedelta(days=1), time.min, self._zone)
        return (midnight.astimezone(UTC) - self._clock.now()).total_seconds()
