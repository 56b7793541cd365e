"""How long to keep trying: from one second, doubling, with jitter, as Google asks."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

LONGEST_STEP: Final = 64.0
"""Seconds; https://developers.google.com/workspace/gmail/api/guides/handle-errors#exponential-backoff"""
WORTH_WAITING: Final = 8.0
"""Seconds up to which a worker waits on the spot; longer waits go back to the queue as TryAgainError."""


@dataclass(frozen=True, slots=True)
class Patience:
    """`attempts` counts the first try too; `sleep` takes seconds; `jitter` gives seconds from 0 to 1 on top.

    `now` is the time with which one that Google names is compared.
    """

    attempts: int
    sleep: Callable[[float], None]
    now: Callable[[], datetime]
    jitter: Callable[[], float] = field(default=random.SystemRandom().random)

    def wait(self, attempt: int, asked: float | None) -> bool:
        """Wait after the failed try number `attempt` (from 1), `asked` seconds at least; False if that is too long."""
        step = float(min(2 ** (attempt - 1), LONGEST_STEP))
        pause = max(step + self.jitter(), asked or 0.0)
        if attempt >= self.attempts or pause > WORTH_WAITING:
            return False
        self.sleep(pause)
        return True
