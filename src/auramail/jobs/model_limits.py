"""How often a language model may be asked, counted in Redis for all workers together."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from typing import Final

import redis

from auramail.core.errors import TryAgainError
from auramail.core.pace import Pace, full, shut
from auramail.jobs.connection import impatient
from auramail.ports.models import CallLimits

PREFIX: Final = "auramail:calls:"
LOOK: Final = """
local function exact(number) return string.format('%.17g', number) end
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local most, beside = tonumber(ARGV[1]), tonumber(ARGV[2])
local window, longest = tonumber(ARGV[3]), tonumber(ARGV[4])
local function current(key, seconds)
    redis.call('ZREMRANGEBYSCORE', key, '-inf', exact(now - seconds))
    for _, call in ipairs(redis.call('ZRANGEBYSCORE', key, '(' .. exact(now), '+inf')) do
        redis.call('ZADD', key, exact(now), call)
    end
    return redis.call('ZCARD', key)
end
local made, held = current(KEYS[1], window), current(KEYS[2], longest)
local shut = tonumber(redis.call('GET', KEYS[3]) or now) - now
"""
"""The state at this moment: the calls made in the window, the places held, the seconds until it opens.

Time is Redis's own, so that workers on several machines need not agree on it. When it steps back, what lies in the
future counts as of this moment: nobody waits longer than a window for it.
"""
TAKE: Final = (
    "for owed = 7, #ARGV do redis.call('ZREM', KEYS[2], ARGV[owed]) end"
    + LOOK
    + """
if shut > 0 then return {'shut', exact(shut)} end
local call, wait = ARGV[6], 0
if redis.call('ZSCORE', KEYS[2], call) then return {'in', '0'} end
local function passes(key, place, seconds)
    return tonumber(redis.call('ZRANGE', key, place, place, 'WITHSCORES')[2]) + seconds - now
end
if made >= most then wait = passes(KEYS[1], made - most, window) end
if held >= beside then wait = math.max(wait, math.min(tonumber(ARGV[5]), passes(KEYS[2], held - beside, longest))) end
if wait > 0 then return {'full', exact(wait)} end
redis.call('ZADD', KEYS[1], exact(now), call)
redis.call('ZADD', KEYS[2], exact(now), call)
redis.call('PEXPIRE', KEYS[1], math.ceil(1000 * window))
redis.call('PEXPIRE', KEYS[2], math.ceil(1000 * longest))
return {'in', '0'}
"""
)
"""Takes a call of the window and a place, or neither; a call that is sent twice is counted once."""
ROOM: Final = LOOK + "return shut > 0 and 0 or math.max(0, most - made)"
CLOSE: Final = """
if tonumber(ARGV[1]) > tonumber(redis.call('GET', KEYS[1]) or 0) then
    redis.call('SET', KEYS[1], ARGV[1])
    redis.call('PEXPIREAT', KEYS[1], math.ceil(1000 * ARGV[1]))
end
"""
"""Of several who close it the one who closes it longest is right."""


class SharedLimits:
    """The same for every process that names the model and the same key or address, which Redis never sees.

    A place that was not given back comes free after `pace.longest`. While Redis does not answer, `own` limits this
    process alone. It is entered all along, so that a Redis that forgot everything, or is away for a moment, lets no
    process make more calls than one may.
    """

    def __init__(self, url: str, model: str, secret: str, pace: Pace, own: CallLimits) -> None:
        connection = impatient(url)
        self._connection = connection
        self._take = connection.register_script(TAKE)
        self._room = connection.register_script(ROOM)
        self._close = connection.register_script(CLOSE)
        name = f"{PREFIX}{model}:{hashlib.sha256(secret.encode()).hexdigest()[:16]}"
        self._made, self._held, self._until = f"{name}:made", f"{name}:held", f"{name}:closed"
        self._keys = [self._made, self._held, self._until]
        self._pace = [pace.calls_per_minute, pace.side_by_side, pace.window, pace.longest, pace.glance]
        self._own = own
        self._owed = set[str]()
        """Calls that were over while Redis was away, which may still hold their places there."""

    @contextmanager
    def enter(self) -> Iterator[None]:
        call = secrets.token_hex(8)
        is_held = self._count(call)
        with ExitStack() as places:
            places.callback(self._give_back, call, is_held)
            try:
                places.enter_context(self._own.enter())
            except TryAgainError:  # Redis has forgotten calls of this process, or its clock ran a little faster
                self._take_back(call)
                raise
            yield

    def room(self) -> int:
        own = self._own.room()
        try:
            return min(own, int(self._room(self._keys, self._pace)))
        except redis.RedisError:
            return own

    def close(self, until: datetime) -> None:
        self._own.close(until)
        with suppress(redis.RedisError):
            self._close([self._until], [repr(until.timestamp())])

    def closed_until(self) -> datetime | None:
        try:
            until = self._connection.get(self._until)
        except redis.RedisError:
            until = None
        return datetime.fromtimestamp(float(str(until)), UTC) if until else self._own.closed_until()

    def _count(self, call: str) -> bool:
        """Count a call in; False if Redis does not answer. Raises TryAgainError if there is no room."""
        owed = self._owed.copy()
        try:
            said, seconds = self._take(self._keys, [*self._pace, call, *owed])
        except redis.RedisError:
            return False
        self._owed -= owed
        if said == "shut":
            raise shut(float(seconds))
        if said == "full":
            raise full(float(seconds))
        return True

    def _give_back(self, call: str, is_held: bool) -> None:
        """Free a place: also one that Redis may have given without our having heard of it."""
        try:
            self._connection.zrem(self._held, call)
        except redis.RedisError:
            if is_held:
                self._owed.add(call)

    def _take_back(self, call: str) -> None:
        with suppress(redis.RedisError):
            self._connection.zrem(self._made, call)
