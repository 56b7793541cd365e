"""Google's answers: what each means for the next step, and the error a person or the queue gets from a refused one."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Final, Self

import orjson

from auramail.core.errors import TryAgainError
from auramail.mail.gmail.http import Reply

RATE_REASONS = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
LONGEST_WAIT: Final = 86_400.0
"""Seconds; whatever Google or a clock that was set wrong say, an account is looked at again after a day."""


class Verdict(Enum):
    DONE = "done"
    WAIT = "wait"
    """Refused for the moment, and surely not carried out."""
    DOUBTFUL = "doubtful"
    """Nobody can say whether it was carried out."""
    UNAUTHORISED = "unauthorised"
    REFUSED = "refused"


class Limit(Enum):
    """The limit that a refusal is about; https://developers.google.com/workspace/gmail/api/guides/handle-errors."""

    CONCURRENCY = "concurrency"
    """Too much at once, with quota left."""
    UNITS = "units"
    BANDWIDTH = "bandwidth"
    """Bytes of the account; named with the time when it goes on."""
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, alone or from a batch: `data` is its JSON object, `after` the seconds Google asks to wait.

    `why` is set where nothing was sent: what keeps us from asking Google at all.
    """

    status: int
    data: dict[str, object] = field(default_factory=dict)
    after: float | None = None
    sent: bool = True
    why: TryAgainError | None = None

    @classmethod
    def read(cls, reply: Reply | None, *, answers_nothing: bool = False, now: datetime | None = None) -> Self:
        """A success without the JSON object it promises (cut off, somebody else's page) counts as no answer.

        `now` is what a time that Google names to wait for is compared with; without it such a time is passed over.
        """
        if reply is None:
            return cls(0)
        data = _json_object(reply.body)
        if data is None and 200 <= reply.status < 300 and not answers_nothing:
            return cls(0)
        answer = cls(reply.status, data or {}, _seconds(reply.headers.get("retry-after", "")), reply.sent)
        if answer.after is None and now is not None and (at := _time(answer.message)) is not None:
            answer = replace(answer, after=min(max(0.0, (at - now).total_seconds()), LONGEST_WAIT))
        return answer

    @property
    def verdict(self) -> Verdict:
        if 200 <= self.status < 300:
            return Verdict.DONE
        if self.status == 401:
            return Verdict.UNAUTHORISED
        if self.limit is not None:
            return Verdict.REFUSED if self.limit is Limit.DAY else Verdict.WAIT
        if self.status == 0:
            return Verdict.DOUBTFUL if self.sent else Verdict.WAIT
        return Verdict.DOUBTFUL if self.status >= 500 else Verdict.REFUSED

    @property
    def limit(self) -> Limit | None:
        """Which limit was met, if that is what the answer says. Google uses both 429 and 403 for each."""
        reasons = self.reasons
        if self.status in {403, 429} and "dailyLimitExceeded" in reasons:
            return Limit.DAY
        if self.status != 429 and not (self.status == 403 and reasons & RATE_REASONS):
            return None
        if "concurrent" in self.message:
            return Limit.CONCURRENCY
        return Limit.BANDWIDTH if _time(self.message) else Limit.UNITS

    @property
    def named_limit(self) -> int | None:
        """The units a minute and person that Google says are allowed (google.rpc.ErrorInfo); None if it does not."""
        for detail in _objects(self._error.get("details")):
            told = detail.get("metadata")
            if not isinstance(told, dict):
                continue
            value, unit = str(told.get("quota_limit_value")), f"{told.get('quota_unit')} {told.get('quota_limit')}"
            is_ours = re.search(r"1/min/.*\{user\}|PerMinutePerUser", unit)
            if is_ours and re.fullmatch(r"[1-9]\d{0,8}", value):
                return int(value)
        return None

    @property
    def is_gone(self) -> bool:
        """Whether there is no such message: not any more, or because no id looks like that."""
        return self.status == 404 or (self.status == 400 and self.message.startswith("Invalid id"))

    @property
    def is_page_lost(self) -> bool:
        """Whether a page token is not, or no longer, one of Gmail's."""
        return self.status == 400 and "pagetoken" in self.message.lower().replace(" ", "")

    @property
    def reasons(self) -> frozenset[str]:
        """The machine-readable reasons, of the old form (`errors`) and of the new one (`details`)."""
        error = self._error
        entries = [*_objects(error.get("errors")), *_objects(error.get("details"))]
        return frozenset(str(entry["reason"]) for entry in entries if "reason" in entry)

    @property
    def message(self) -> str:
        return str(self._error.get("message") or "")

    @property
    def _error(self) -> dict[str, object]:
        error = self.data.get("error")
        return error if isinstance(error, dict) else {}


def _objects(value: object) -> list[dict[str, object]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _json_object(body: bytes) -> dict[str, object] | None:
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return data if isinstance(data, dict) else None


def _seconds(retry_after: str) -> float | None:
    """Google sends Retry-After in seconds (RFC 9110, 10.2.3); a date would need the clock of two machines to agree."""
    matched = re.fullmatch(r"\d{1,6}(\.\d+)?", retry_after.strip())
    return min(float(retry_after), LONGEST_WAIT) if matched else None


def _time(message: str) -> datetime | None:
    """The time in "User-rate limit exceeded.  Retry after 2026-03-14T12:34:56.000Z"."""
    matched = re.search(r"Retry after (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)", message)
    try:
        return datetime.fromisoformat(matched[1]).replace(tzinfo=UTC) if matched else None
    except ValueError:
        return None
