"""Answers kept for a while in Redis, by account, forgotten at once when a run of that account ends."""

from typing import Final

import redis

PREFIX: Final = "auramail:cache:"


class AnswerCache:
    """Keeps bytes under (account, name); numbers only, never what a mail says.

    Forgetting is counting up the account's generation: old answers are no longer found and expire by themselves.
    Without a reachable Redis nothing is kept, which costs only time.
    """

    def __init__(self, url: str) -> None:
        self._connection = redis.Redis.from_url(url, retry=None, socket_timeout=1, socket_connect_timeout=1)

    def get(self, account_id: int, name: str) -> bytes | None:
        try:
            value = self._connection.get(self._key(account_id, name))
        except redis.RedisError:
            return None
        return value if isinstance(value, bytes) else None

    def put(self, account_id: int, name: str, value: bytes, seconds: int) -> None:
        try:
            self._connection.set(self._key(account_id, name), value, ex=seconds)
        except redis.RedisError:
            return

    def forget(self, account_id: int) -> None:
        """Forget everything about an account."""
        try:
            self._connection.incr(f"{PREFIX}{account_id}")
        except redis.RedisError:
            return

    def close(self) -> None:
        self._connection.close()

    def _key(self, account_id: int, name: str) -> str:
        generation = self._connection.get(f"{PREFIX}{account_id}")
        shown = generation.decode() if isinstance(generation, bytes) else "0"
        return f"{PREFIX}{account_id}:{shown}:{name}"
