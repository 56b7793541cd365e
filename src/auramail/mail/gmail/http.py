"""The one place that speaks HTTP to Google: whatever happens on the way comes back as a `Reply`."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Self

import httpx2

# Google compresses only for clients that say gzip in both headers.
# https://developers.google.com/workspace/gmail/api/guides/performance#gzip
HEADERS = {"Accept-Encoding": "gzip", "User-Agent": "AuraMail (gzip)"}
NEVER_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
CONNECT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. Status 0 means that no whole answer came; then `sent` says whether Google may have acted."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    sent: bool = True


@cache
def _trusted() -> ssl.SSLContext:
    """The machine's certificates, read once: reading them takes longer than a call to Google."""
    return httpx2.create_ssl_context()


class Wire:
    """A pool of connections, which httpx2 lets threads share."""

    def __init__(self, timeout: float = 60.0) -> None:
        """`timeout` is how many seconds a server may stay silent."""
        self._http = httpx2.Client(
            headers=HEADERS,
            verify=_trusted(),
            timeout=httpx2.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS)),
            follow_redirects=False,
        )

    def send(
        self, verb: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes | None = None
    ) -> Reply:
        try:
            response = self._http.request(verb, url, headers=headers, content=content)
        except NEVER_SENT:
            return Reply(0, sent=False)
        except httpx2.RequestError:
            return Reply(0)
        return Reply(response.status_code, response.content, response.headers)

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
