"""How limits reach Redis: whoever asks for one must not wait long for an answer, for there is a limit of one's own."""

from typing import Final

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE_SECONDS: Final = 1.0
"""How long Redis may take to answer before a process goes by itself."""


def impatient(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url,
        decode_responses=True,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 1),  # a connection that Redis closed meanwhile is opened again
    )
