"""HTTP to model servers: an answer is short and comes in time, or is cut off, whatever the server does."""

import ssl
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import httpx2

from auramail.ports.world import Clock

MOST_BYTES: Final = 256 * 1024
"""Of a body, unpacked as well; a good answer needs a hundredth of it."""
NOBODY_THERE: Final = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.InvalidURL)
"""Errors before anything was sent."""
DEFAULT_SECONDS: Final = 30.0
LEAST_SECONDS: Final = 0.001
"""A socket takes 0 for "never mind the time"."""
CONNECT_SECONDS: Final = 10.0
FIGURE_LIMIT: Final = 100_000_000
"""Tokens of one answer; a larger figure is none."""
REMADE: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})


@cache
def _trusted() -> ssl.SSLContext:
    """The machine's certificates, read once: reading them takes longer than a question."""
    return httpx2.create_ssl_context()


class ModelClient(httpx2.Client):
    """A pool of connections, which httpx2 lets threads share.

    What a request allows for reading is the time for its whole answer, so that a server which sends a byte now and then
    keeps nobody. A body longer than MOST_BYTES arrives cut there, and so is no JSON. Redirects are not followed: they
    would carry mail elsewhere. google-genai takes such a client, so all this holds for it too.
    """

    def __init__(self, clock: Clock, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(
            headers={"Accept-Encoding": "identity", **(headers or {})}, verify=_trusted(), follow_redirects=False
        )
        self._clock = clock

    def send(self, request: httpx2.Request, *, stream: bool = False, **wishes: Any) -> httpx2.Response:
        """The whole answer, already read. Raises httpx2.HTTPError for one that does not come."""
        del stream
        times = dict(request.extensions.get("timeout") or {})
        allowed = times.get("read")
        seconds = DEFAULT_SECONDS if allowed is None else max(allowed, LEAST_SECONDS)
        connect = min(times.get("connect") or CONNECT_SECONDS, CONNECT_SECONDS)
        request.extensions["timeout"] = {"read": seconds, "write": seconds, "pool": seconds, "connect": connect}
        until = self._clock.monotonic() + seconds
        response = super().send(request, stream=True, **wishes)
        try:
            body = unpacked(self._read(response, until), response.headers.get("content-encoding", ""))
        finally:
            response.close()
        headers = [(name, value) for name, value in response.headers.multi_items() if name not in REMADE]
        return httpx2.Response(response.status_code, headers=headers, content=body, request=request)

    def _read(self, response: httpx2.Response, until: float) -> bytes:
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) >= MOST_BYTES:
                break
            if self._clock.monotonic() > until:
                raise httpx2.ReadTimeout("The answer takes too long.", request=response.request)
        return bytes(body[:MOST_BYTES])


def unpacked(body: bytes, encoding: str) -> bytes:
    """The body without its compression, which nobody asked for, at most MOST_BYTES of it."""
    if encoding.lower() in {"", "identity"} or not body:
        return body
    if encoding.lower() not in {"gzip", "x-gzip"}:
        raise httpx2.DecodingError("The answer is packed in a way nobody asked for.")
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, MOST_BYTES)
    except zlib.error:
        raise httpx2.DecodingError("The answer cannot be unpacked.") from None


def figure(value: Any) -> int:
    """A number of tokens as a server gives it; 0 for anything that cannot be one."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < FIGURE_LIMIT else 0


def sendable(text: str) -> str:
    """Text without halves of characters, which broken mail has and UTF-8 does not."""
    return text.encode("utf-8", "replace").decode("utf-8")
