"""The queue: a doorbell that carries account ids; the database holds the truth."""

import secrets
from typing import Final

import redis
import rq
from rq.serializers import JSONSerializer

from auramail.core.errors import TryAgainError
from auramail.core.wording import Wording
from auramail.ports.world import Clock

QUEUE: Final = "auramail"
TASK: Final = "auramail.worker.tasks.look_after"
LATER: Final = "auramail:later"
DEATHS: Final = "auramail:deaths:"
KEEP_SECONDS: Final = 24 * 3600
"""How long a finished or failed job can be looked at."""
REMEMBER_DEATHS: Final = 3600
UNREACHABLE: Final = (redis.ConnectionError, redis.TimeoutError)


class RQDoorbell:
    """`ports.JobQueue` on RQ. Jobs are JSON (never pickle, which would run what a writer of Redis wants)."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.connection = redis.Redis.from_url(url)
        self.queue = rq.Queue(QUEUE, connection=self.connection, serializer=JSONSerializer)
        self._clock = clock

    def ring(self, account_id: int, after: float = 0.0) -> None:
        """Have a worker look after the account, `after` seconds from now; of two such rings the earlier counts.

        A ring while the account is being looked after is a new one: its work may have come too late for the other.
        """
        try:
            if after > 0:
                due = self._clock.now().timestamp() + after
                self.connection.zadd(LATER, {str(account_id): due}, lt=True)
            elif not self._is_rung(account_id):
                self._enqueue(account_id)
        except UNREACHABLE as error:
            raise unreachable() from error

    def remind(self, account_id: int) -> None:
        """Ring for what may have been forgotten: not where a later ring is agreed upon."""
        try:
            is_agreed = self.connection.zscore(LATER, str(account_id)) is not None
        except UNREACHABLE as error:
            raise unreachable() from error
        if not is_agreed:
            self.ring(account_id)

    def ring_due(self) -> int:
        """Ring for the accounts whose waiting is over; gives how many."""
        try:
            due = self.connection.zrangebyscore(LATER, 0, self._clock.now().timestamp())
            for account in due:
                if isinstance(account, bytes) and self.connection.zrem(LATER, account):
                    self.ring(int(account))
        except UNREACHABLE as error:
            raise unreachable() from error
        return len(due)

    def count_death(self, account_id: int) -> int:
        """Count that a process died while looking after the account; gives how often within the last hour."""
        with self.connection.pipeline() as pipeline:
            pipeline.incr(f"{DEATHS}{account_id}")
            pipeline.expire(f"{DEATHS}{account_id}", REMEMBER_DEATHS)
            deaths = pipeline.execute()[0]
        return int(deaths)

    def forget_deaths(self, account_id: int) -> None:
        self.connection.delete(f"{DEATHS}{account_id}")

    def is_reachable(self) -> bool:
        try:
            return bool(self.connection.ping())
        except UNREACHABLE:
            return False

    def close(self) -> None:
        self.connection.close()

    def _is_rung(self, account_id: int) -> bool:
        """Whether a job for the account waits that nobody has taken; the account is the first part of the job's id."""
        return any(job_id.startswith(f"{account_id}-") for job_id in self.queue.job_ids)

    def _enqueue(self, account_id: int) -> None:
        self.queue.enqueue(
            TASK,
            account_id,
            job_id=f"{account_id}-{secrets.token_hex(8)}",
            job_timeout=-1,
            result_ttl=KEEP_SECONDS,
            failure_ttl=KEEP_SECONDS,
        )


def unreachable() -> TryAgainError:
    return TryAgainError(
        Wording.of("Redis cannot be reached; nothing is lost, but nothing is sorted in the background."),
        Wording.of("Start Redis, check REDIS_URL, or start everything with `auramail up`."),
        after=5,
    )
