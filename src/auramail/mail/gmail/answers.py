"""Google's answers: what each means for the next step, and the error a person or the queue gets from a refused one."""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Self

import orjson

from auramail.mail.gmail.http import Reply

RATE_REASONS = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})


class Verdict(Enum):
    DONE = "done"
    WAIT = "wait"
    """Refused for the moment, and surely not carried out."""
    DOUBTFUL = "doubtful"
    """Nobody can say whether it was carried out."""
    UNAUTHORISED = "unauthorised"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, alone or from a batch: `data` is its JSON object, `after` the seconds Google asks to wait."""

    status: int
    data: dict[str, object] = field(default_factory=dict)
    after: float | None = None
    sent: bool = True

    @classmethod
    def read(cls, reply: Reply | None, *, answers_nothing: bool = False) -> Self:
        """A success without the JSON object it promises (cut off, somebody else's page) counts as no answer."""
        if reply is None:
            return cls(0)
        after = _seconds(reply.headers.get("retry-after", ""))
        data = _json_object(reply.body)
        if data is None and 200 <= reply.status < 300 and not answers_nothing:
            return cls(0)
        return cls(reply.status, data or {}, after, reply.sent)

    @property
    def verdict(self) -> Verdict:
        if 200 <= self.status < 300:
            return Verdict.DONE
        if self.status == 401:
            return Verdict.UNAUTHORISED
        if self.status == 429 or (self.status == 403 and self.reasons & RATE_REASONS):
            return Verdict.WAIT
        if self.status == 0:
            return Verdict.DOUBTFUL if self.sent else Verdict.WAIT
        return Verdict.DOUBTFUL if self.status >= 500 else Verdict.REFUSED

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
    return float(retry_after) if re.fullmatch(r"\d{1,6}(\.\d+)?", retry_after.strip()) else None
