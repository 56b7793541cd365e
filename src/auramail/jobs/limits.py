"""Limits shared by all workers: one bucket of Gmail quota units per account, in Redis."""

from typing import Final

import redis

from auramail.core.quota import FLOOR, ONE_REFUSAL, RECOVERY, Bucket, QuotaStanding
from auramail.jobs.connection import impatient

PREFIX: Final = "auramail:quota:"
PARTS: Final = "parts"
KEPT_SECONDS: Final = 7 * 86_400
"""How long an unused bucket is remembered, so that the doctor can tell of last week's refusals."""
LOOK: Final = """
local function exact(number) return string.format('%.17g', number) end
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local configured, recovery = tonumber(ARGV[1]), tonumber(ARGV[2])
local held = redis.call('HMGET', KEYS[1], 'left', 'counted', 'rate', 'spent', 'refused_at')
local minutes = math.max(0, now - tonumber(held[2] or now)) / 60
local old = math.min(configured, tonumber(held[3] or configured))
local rate = math.min(configured, old + minutes * recovery * configured)
local left = math.min(rate, tonumber(held[1] or rate) + minutes * (old + rate) / 2)
local spent = tonumber(held[4] or 0) * math.exp(-minutes)
local function keep()
    redis.call('HSET', KEYS[1], 'left', exact(left), 'counted', exact(now), 'rate', exact(rate), 'spent', exact(spent))
    redis.call('EXPIRE', KEYS[1], tonumber(ARGV[3]))
end
"""
"""The state at this moment. Time is Redis's own, so that workers on several machines need not agree on it; a step back
counts as no time, a step forward at most fills the bucket. The figures are those of `mail.gmail.quota.LocalBucket`."""
TAKE: Final = (
    LOOK
    + """
local units, reserve = tonumber(ARGV[4]), tonumber(ARGV[5])
local missing = math.min(units + reserve * rate, rate) - left
local wait = 0
if missing > 0 then wait = math.ceil(60000 * missing / rate) / 1000 else left, spent = left - units, spent + units end
keep()
return exact(wait)
"""
)
"""Takes all units or none."""
REFUSE: Final = (
    LOOK
    + """
left = math.min(left, 0)
local ago = now - tonumber(held[5] or 0)
if ago < 0 or ago >= tonumber(ARGV[5]) then
    if rate == configured then redis.call('HSET', KEYS[1], 'spent_when_refused', exact(spent)) end
    rate = math.max(rate / 2, tonumber(ARGV[6]) * configured)
    redis.call('HINCRBY', KEYS[1], 'refusals', 1)
    redis.call('HSET', KEYS[1], 'refused_at', exact(now))
end
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'named', ARGV[4]) end
keep()
"""
)
STAND: Final = (
    LOOK
    + """
local told = redis.call('HMGET', KEYS[1], 'named', 'refusals', 'spent_when_refused')
return {exact(rate), exact(left), exact(spent), told[1] or '', told[2] or '0', told[3] or '0'}
"""
)


class SharedBucket:
    """A token bucket, full at first, and the same for every process that names the account.

    While Redis does not answer, `own` limits this process alone; it is drawn on all along, so that it is not full then.
    """

    def __init__(self, url: str, account_id: int, own: Bucket) -> None:
        connection = impatient(url)
        self._connection = connection
        self._take = connection.register_script(TAKE)
        self._refuse = connection.register_script(REFUSE)
        self._stand = connection.register_script(STAND)
        self._keys = [f"{PREFIX}{account_id}"]
        self._configured = own.standing().configured
        self._size = [self._configured, RECOVERY, KEPT_SECONDS]
        self._own = own

    def take(self, units: int, reserve: float = 0.0) -> float:
        """Take units and give 0, or take nothing and give the seconds after which there will be enough."""
        try:
            wait = float(self._take(self._keys, [*self._size, units, reserve]))
        except redis.RedisError:
            return self._own.take(units, reserve)
        if not wait:
            self._own.take(units)
        return wait

    def refused(self, limit: int | None) -> None:
        """Note that Google refused for quota what had been taken here."""
        self._own.refused(limit)
        try:
            self._refuse(self._keys, [*self._size, limit or "", ONE_REFUSAL, FLOOR])
        except redis.RedisError:
            return

    def standing(self) -> QuotaStanding:
        try:
            rate, left, spent, named, refusals, when = self._stand(self._keys, self._size)
        except redis.RedisError:
            return self._own.standing()
        return QuotaStanding(
            float(rate),
            self._configured,
            float(left),
            int(named) if named else None,
            int(refusals),
            float(spent),
            float(when),
        )

    def parts(self) -> int:
        try:
            told = self._connection.hget(self._keys[0], PARTS)
        except redis.RedisError:
            return self._own.parts()
        return int(told) if isinstance(told, str) and told.isdecimal() else 0

    def remember_parts(self, parts: int) -> None:
        self._own.remember_parts(parts)
        try:
            self._connection.hset(self._keys[0], PARTS, parts)
        except redis.RedisError:
            return
