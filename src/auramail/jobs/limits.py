"""Limits shared by all workers: one bucket of Gmail quota units per account, in Redis."""

from typing import Final

import redis

PREFIX: Final = "auramail:quota:"
TAKE: Final = """
local now = redis.call('TIME')
local seconds = tonumber(now[1]) + tonumber(now[2]) / 1000000
local size, per_second, units = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local held = redis.call('HMGET', KEYS[1], 'left', 'counted')
local left = tonumber(held[1] or size)
local counted = tonumber(held[2] or seconds)
left = math.min(size, left + math.max(0, seconds - counted) * per_second)
local missing = math.min(units, size) - left
if missing <= 0 then left = left - units end
redis.call('HSET', KEYS[1], 'left', tostring(left), 'counted', tostring(seconds))
redis.call('EXPIRE', KEYS[1], 3600)
return tostring(math.max(0, missing) / per_second)
"""
"""Takes all units or none. Time is Redis's own, so that workers on several machines need not agree on it."""


class SharedBucket:
    """A token bucket, full at first; what it lacks is told as the seconds after which to ask again.

    Without a reachable Redis nothing is limited here: Google's own refusals still are obeyed.
    """

    def __init__(self, url: str, account_id: int, units_per_minute: int) -> None:
        self._connection = redis.Redis.from_url(url)
        self._take = self._connection.register_script(TAKE)
        self._key = f"{PREFIX}{account_id}"
        self._size = units_per_minute

    def take(self, units: int) -> float:
        """Take units and give 0, or take nothing and give the seconds after which there will be enough."""
        try:
            seconds = self._take(keys=[self._key], args=[self._size, self._size / 60, units])
        except redis.ConnectionError:
            return 0.0
        return float(seconds)
