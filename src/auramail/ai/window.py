"""A sliding window over the calls to a model: at most so many in any minute."""

from collections import deque

from auramail.core.errors import TryAgainError
from auramail.core.wording import Wording
from auramail.ports.world import Clock

MINUTE = 60.0


class CallWindow:
    """Counts the calls of this process; not shared between threads."""

    def __init__(self, calls_per_minute: int, clock: Clock) -> None:
        self._most = calls_per_minute
        self._clock = clock
        self._made = deque[float]()

    def enter(self) -> None:
        """Count one call in, or raise TryAgainError with the seconds until there is room."""
        now = self._clock.monotonic()
        while self._made and now - self._made[0] >= MINUTE:
            self._made.popleft()
        if len(self._made) >= self._most:
            raise TryAgainError(
                Wording.of("The language model was asked as often as allowed this minute."),
                after=MINUTE - (now - self._made[0]),
            )
        self._made.append(now)
