"""Faults on demand: what goes wrong at the nth call of a method, and what happens in the world just before one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.fakes.google.errors import GoogleError, HangUpError, insufficient_scope, rate_limited, unauthenticated
from tests.fakes.google.wire import Response

_PAGE = b"<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title><p>That's an error.</html>"

REFUSALS: Mapping[str, Callable[[], GoogleError]] = {
    "400": lambda: GoogleError(400, "failedPrecondition", "Precondition check failed."),
    "invalidPageToken": lambda: GoogleError(400, "invalidArgument", "Invalid pageToken"),
    "401": unauthenticated,
    "403": lambda: rate_limited(403),
    "userRateLimitExceeded": lambda: rate_limited(403, "userRateLimitExceeded"),
    "dailyLimitExceeded": lambda: GoogleError(403, "dailyLimitExceeded", "Daily Limit Exceeded", "usageLimits"),
    "domainPolicy": lambda: GoogleError(403, "domainPolicy", "The domain administrators have disabled Gmail apps."),
    "insufficientPermissions": lambda: insufficient_scope(frozenset({"https://www.googleapis.com/auth/gmail.modify"})),
    "404": lambda: GoogleError(404, "notFound", "Requested entity was not found."),
    "429": rate_limited,
    "500": lambda: GoogleError(500, "backendError", "Internal error encountered."),
    "502": lambda: GoogleError(502, "backendError", "Bad Gateway"),
    "503": lambda: GoogleError(503, "backendError", "The service is currently unavailable."),
}
"""The call is refused and nothing is applied."""

OAUTH = frozenset({"invalid_grant", "invalid_client", "invalid_token"})
"""Refusals of the OAuth endpoints, in their shape."""

BEFORE = frozenset({"reset", "timeout"})
"""The connection ends before anything is applied."""

AFTER = frozenset(
    {"reset_after_apply", "timeout_after_apply", "reset_mid_body", "truncated_json", "html", "empty", "gzip_garbage"}
)
"""The call is applied, its answer is lost or unreadable."""

SLOW = "slow"
MISSING_PART = "missing_part"
REORDERED = "reordered"
KINDS = frozenset(REFUSALS) | OAUTH | BEFORE | AFTER | {SLOW, MISSING_PART, REORDERED}


@dataclass(slots=True)
class Fault:
    """From the nth call of `method` on (`*`: any), `times` times (None: for ever), `kind` happens.

    `method` is a short name (`messages.get`, also inside a batch), `batch` (the whole of it), `token`, `authorize`,
    `revoke`, `userinfo` or `certs`. `seconds` is how long `slow` takes and how long a timeout keeps the client
    waiting at most.
    """

    method: str
    kind: str
    nth: int = 1
    times: int | None = 1
    seconds: float = 30.0
    retry_after: int | None = None
    message: str = ""
    """What Google says instead of its usual words for that kind."""
    seen: int = 0
    struck: int = 0

    def strikes(self) -> bool:
        """Count one call; whether it is one that fails."""
        self.seen += 1
        hit = self.seen >= self.nth and (self.times is None or self.seen < self.nth + self.times)
        self.struck += hit
        return hit

    def refusal(self) -> GoogleError | None:
        if self.kind not in REFUSALS:
            return None
        error = REFUSALS[self.kind]()
        error.retry_after = self.retry_after
        error.message = self.message or error.message
        return error

    def break_before(self) -> None:
        """Raises what ends the call before it is applied, if this fault is of that kind."""
        if error := self.refusal():
            raise error
        if self.kind in BEFORE:
            raise HangUpError(self.seconds if self.kind == "timeout" else 0.0, reset=self.kind == "reset")

    def spoil(self, response: Response) -> Response:
        """The answer as the client gets it; raises HangUpError if it gets none."""
        if self.kind in {"reset_after_apply", "timeout_after_apply"}:
            raise HangUpError(
                self.seconds if self.kind == "timeout_after_apply" else 0.0, reset=self.kind == "reset_after_apply"
            )
        if self.kind == "reset_mid_body":
            sent = response.head_bytes(len(response.body)) + response.body[: len(response.body) // 2]
            raise HangUpError(reset=True, sent=sent)
        if self.kind == "truncated_json":
            return Response(response.status, response.body[: max(1, len(response.body) // 2)], response.headers)
        if self.kind == "html":
            return Response(502, _PAGE, {"Content-Type": "text/html; charset=UTF-8"})
        if self.kind == "empty":
            return Response(200, b"", response.headers)
        if self.kind == "gzip_garbage":
            return Response(response.status, b"\x1f\x8b garbage", {**response.headers, "Content-Encoding": "gzip"})
        return response


@dataclass(slots=True)
class Event:
    """Something a person does in the moment before the nth call of a method is looked at."""

    method: str
    act: Callable[[], object]
    nth: int = 1
    seen: int = 0

    def comes_now(self) -> bool:
        self.seen += 1
        return self.seen == self.nth


@dataclass(slots=True)
class FaultPlan:
    faults: list[Fault] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        if fault.kind not in KINDS:
            raise ValueError(f"{fault.kind} is none of {sorted(KINDS)}")
        self.faults.append(fault)
        return fault

    def strike(self, method: str) -> Fault | None:
        """The fault that befalls this call; every fault counts it, the first that strikes wins."""
        struck = [fault for fault in self.faults if fault.method in {method, "*"} and fault.strikes()]
        return struck[0] if struck else None

    def happen(self, method: str) -> None:
        for event in [event for event in self.events if event.method in {method, "*"} and event.comes_now()]:
            event.act()
