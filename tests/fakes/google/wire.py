"""Requests and responses between the HTTP layer and the fake's rooms, and what is done to bodies on the way."""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.google.errors import GoogleError

JSON = "application/json; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Request:
    """`headers` are by lower-case name; `target` is the path with its query, as it stood in the request line."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> Mapping[str, Sequence[str]]:
        return _read_query(self.target)

    @property
    def form(self) -> dict[str, str]:
        """A form's fields; the last value of a repeated one."""
        return {name: values[-1] for name, values in parse_qs(self.body.decode("utf-8", "replace")).items()}


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    pause: float = 0.0
    """Seconds between one byte of the body and the next; 0: all at once."""

    def head_bytes(self, length: int) -> bytes:
        """Status line and headers; 204 and 304 state no length (RFC 9110 section 8.6)."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.status not in {204, 304}:
            lines.append(f"Content-Length: {length}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


@lru_cache(maxsize=128)
def _read_query(target: str) -> Mapping[str, Sequence[str]]:
    return parse_qs(urlsplit(target).query, keep_blank_values=True)


def answer_json(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    if body is None:
        return Response(204, headers=headers or {})
    return Response(status, json.dumps(body).encode(), {"Content-Type": JSON, **(headers or {})})


def answer_error(error: GoogleError, api: str = "gmail") -> Response:
    return answer_json(error.body(api), error.code, error.headers())


def compress(request: Request, response: Response) -> Response:
    """Gzip as Gmail gives it: to clients whose User-Agent says gzip too.

    https://developers.google.com/workspace/gmail/api/guides/performance#gzip
    """
    wanted = "gzip" in request.headers.get("accept-encoding", "") and "gzip" in request.headers.get("user-agent", "")
    if not wanted or len(response.body) < 500 or "Content-Encoding" in response.headers:
        return response
    headers = {**response.headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(response.status, gzip.compress(response.body, 1), headers)


def select_fields(body: Any, mask: str) -> Any:
    """A partial response for `fields=a,b(c,d),e/f`; unknown names select nothing."""
    return _select(body, _wanted(mask))


@lru_cache(maxsize=128)
def _wanted(mask: str) -> Mapping[str, Any]:
    return _read_mask(mask, 0)[0]


def _read_mask(mask: str, at: int) -> tuple[dict[str, Any], int]:
    """Names up to the closing bracket, each with what is wanted inside it (empty: all)."""
    wanted: dict[str, Any] = {}
    here, name = wanted, ""
    while at < len(mask) and mask[at] != ")":
        letter = mask[at]
        if letter == "(":
            here[name], at = _read_mask(mask, at + 1)
        elif letter == "/":
            here = here.setdefault(name, {})
            name = ""
        elif letter == ",":
            here.setdefault(name, {})
            here, name = wanted, ""
        else:
            name += letter
        at += 1
    here.setdefault(name, {})
    return wanted, at


def _select(body: Any, wanted: Mapping[str, Any]) -> Any:
    if isinstance(body, list):
        return [_select(item, wanted) for item in body]
    if not wanted or "*" in wanted or not isinstance(body, dict):
        return body
    return {name: _select(value, wanted[name]) for name, value in body.items() if name in wanted}
