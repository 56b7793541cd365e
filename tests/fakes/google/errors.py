"""Google's error answers, in the shape its JSON APIs give them, and connections that end without one."""

from dataclasses import dataclass
from typing import Any

_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    410: "FAILED_PRECONDITION",
    412: "FAILED_PRECONDITION",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
}


@dataclass(slots=True)
class GoogleError(Exception):
    """A refusal; clients branch on `reason`."""

    code: int
    reason: str
    message: str
    domain: str = "global"
    retry_after: int | None = None
    authenticate: str = ""
    details: tuple[dict[str, Any], ...] = ()

    def body(self, api: str = "gmail") -> dict[str, Any]:
        """The JSON body; Calendar leaves out the canonical status that Gmail adds, Pub/Sub the reason."""
        detail = {"message": self.message, "domain": self.domain, "reason": self.reason}
        error: dict[str, Any] = {"code": self.code, "message": self.message, "errors": [detail]}
        if api != "calendar":
            error["status"] = _STATUS.get(self.code, "UNKNOWN")
        if self.details:
            error["details"] = list(self.details)
        if api == "pubsub":
            del error["errors"]
        return {"error": error}

    def headers(self) -> dict[str, str]:
        headers = {}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        if self.authenticate:
            headers["WWW-Authenticate"] = self.authenticate
        return headers


@dataclass(slots=True)
class HangUpError(Exception):
    """The connection ends with no answer, after the client was kept waiting up to `seconds`.

    `reset` ends it with a TCP reset, else it is closed; `sent` are the bytes of an answer that still get through.
    """

    seconds: float = 0.0
    reset: bool = False
    sent: bytes = b""


def invalid(message: str, reason: str = "invalidArgument") -> GoogleError:
    return GoogleError(400, reason, message)


def not_found(message: str = "Requested entity was not found.") -> GoogleError:
    return GoogleError(404, "notFound", message)


def rate_limited(
    code: int = 429, reason: str = "rateLimitExceeded", retry_after: int | None = None, named: int | None = None
) -> GoogleError:
    """The units of a minute are used up; `named` is the limit that Google tells in google.rpc.ErrorInfo, if it does.

    https://cloud.google.com/docs/quotas/troubleshoot
    """
    message = "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user'."
    metadata = {
        "service": "gmail.googleapis.com",
        "consumer": "projects/123456789012",
        "quota_metric": "gmail.googleapis.com/default_requests",
        "quota_limit": "defaultPerMinutePerUser",
        "quota_limit_value": str(named),
        "quota_location": "global",
        "quota_unit": "1/min/{project}/{user}",
    }
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": metadata,
    }
    return GoogleError(code, reason, message, "usageLimits", retry_after, details=(info,) if named else ())


def too_concurrent() -> GoogleError:
    return GoogleError(429, "rateLimitExceeded", "Too many concurrent requests for user.", "usageLimits")


def unauthenticated() -> GoogleError:
    return GoogleError(
        401,
        "authError",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential.",
        authenticate='Bearer realm="https://accounts.google.com/", error="invalid_token"',
    )


def insufficient_scope(scopes: frozenset[str]) -> GoogleError:
    return GoogleError(
        403,
        "insufficientPermissions",
        "Request had insufficient authentication scopes.",
        authenticate='Bearer realm="https://accounts.google.com/", error="insufficient_scope", '
        f'scope="{" ".join(sorted(scopes))}"',
    )


def forbidden(what: str) -> GoogleError:
    return GoogleError(403, "forbidden", f"The fake refuses what AuraMail must never do: {what}")
