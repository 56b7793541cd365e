"""The queue: a doorbell that carries account ids; the database holds the truth."""

from typing import Final

import redis
import rq
from rq.serializers import JSONSerializer

from auramail.core.errors import TryAgainError
from auramail.core.wording import Wording
from auramail.ports import Clock

QUEUE: Final = "auramail"
TASK: Final = "auramail.worker.tasks.look_after"
RUNG: Final = "auramail:rung:"
LATER: Final = "auramail:later"
RUNG_SECONDS: Final = 60
"""A ring that no worker answered in this time may be repeated."""
KEEP_SECONDS: Final = 24 * 3600
"""How long a finished job can be looked at; a failed one stays for a year, or until it is repeated."""


class RQDoorbell:
    """`ports.JobQueue` on RQ. Jobs are JSON (never pickle, which would run what a writer of Redis wants)."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.connection = redis.Redis.from_url(url)
        self.queue = rq.Queue(QUEUE, connection=self.connection, serializer=JSONSerializer)
        self._clock = clock

    def ring(self, account_id: int, after: float = 0.0) -> None:
        """Have a worker look after the account, `after` seconds from now; ringing twice is ringing once."""
        try:
            if after > 0:
                due = self._clock.now().timestamp() + after
                self.connection.zadd(LATER, {str(account_id): due}, nx=True)
            elif self.connection.set(f"{RUNG}{account_id}", "1", nx=True, ex=RUNG_SECONDS):
                self.queue.enqueue(TASK, account_id, job_timeout=-1, result_ttl=KEEP_SECONDS)
        except redis.ConnectionError as error:
            raise unreachable() from error

    def answered(self, account_id: int) -> None:
        """A worker is there: from now on a ring means new work."""
        try:
            self.connection.delete(f"{RUNG}{account_id}")
        except redis.ConnectionError as error:
            raise unreachable() from error

    def ring_due(self) -> int:
        """Ring for the accounts whose waiting is over; gives how many."""
        try:
            due = self.connection.zrangebyscore(LATER, 0, self._clock.now().timestamp())
            for account in due:
                if isinstance(account, bytes) and self.connection.zrem(LATER, account):
                    self.ring(int(account))
        except redis.ConnectionError as error:
            raise unreachable() from error
        return len(due)

    def is_reachable(self) -> bool:
        try:
            return bool(self.connection.ping())
        except redis.ConnectionError:
            return False

    def close(self) -> None:
        self.connection.close()


def unreachable() -> TryAgainError:
    return TryAgainError(
        Wording.of("Redis cannot be reached; nothing is lost, but nothing is sorted in the background."),
        Wording.of("Start Redis, check REDIS_URL, or start everything with `auramail up`."),
        after=5,
    )
