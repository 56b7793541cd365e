"""Google's batch endpoint: a multipart/mixed body of HTTP requests, each answered as a part of its own.

https://developers.google.com/workspace/gmail/api/guides/batch
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from tests.fakes.google.errors import GoogleError
from tests.fakes.google.wire import Request, Response

MOST_PARTS = 100
_BOUNDARY = "batch_fakeGoogle"


@dataclass(frozen=True, slots=True)
class Part:
    content_id: str
    request: Request


def read_parts(request: Request) -> list[Part]:
    """The requests inside, in order; the outer Authorization holds for those without one of their own."""
    matched = re.search(r'boundary="?([^";]+)', request.headers.get("content-type", ""))
    if not matched or not request.headers.get("content-type", "").startswith("multipart/mixed"):
        raise GoogleError(400, "badRequest", "Failed to parse batch request, error: missing boundary")
    pieces = request.body.split(b"--" + matched[1].encode())
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise GoogleError(400, "badRequest", "Failed to parse batch request, error: 0 items")
    parts = [_read_part(piece, request.headers) for piece in pieces[1:-1]]
    if len(parts) > MOST_PARTS:
        raise GoogleError(400, "badRequest", f"The batch request has {len(parts)} parts, at most {MOST_PARTS}")
    return parts


def write_parts(answers: list[tuple[Part, Response]]) -> Response:
    pieces = []
    for part, response in answers:
        head = f"--{_BOUNDARY}\r\nContent-Type: application/http\r\nContent-ID: {_reply_id(part.content_id)}\r\n\r\n"
        phrase = HTTPStatus(response.status).phrase
        inner = [
            f"HTTP/1.1 {response.status} {phrase}",
            *(f"{key}: {value}" for key, value in response.headers.items()),
        ]
        if response.body:
            inner.append(f"Content-Length: {len(response.body)}")
        pieces += [head.encode(), "\r\n".join(inner).encode(), b"\r\n\r\n", response.body, b"\r\n"]
    pieces.append(f"--{_BOUNDARY}--\r\n".encode())
    return Response(200, b"".join(pieces), {"Content-Type": f"multipart/mixed; boundary={_BOUNDARY}"})


def _reply_id(content_id: str) -> str:
    """`<x>` is answered as `<response-x>`."""
    return f"<response-{content_id.strip('<>')}>" if content_id else ""


def _read_part(piece: bytes, outer: Mapping[str, str]) -> Part:
    head, _, inner = piece.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")
    headers = _read_headers(head.splitlines())
    if not headers.get("content-type", "").startswith("application/http"):
        raise GoogleError(400, "badRequest", "Failed to parse batch request, error: a part is not application/http")
    inner_head, _, body = inner.partition(b"\n\n")
    first, *rest = inner_head.splitlines() or [b""]
    words = first.decode("latin-1").split(" ")
    if len(words) < 2:
        raise GoogleError(400, "badRequest", "Failed to parse batch request, error: a part has no request line")
    inherited = {"authorization": outer["authorization"]} if "authorization" in outer else {}
    request = Request(words[0], words[1], {**inherited, **_read_headers(rest)}, body.strip())
    return Part(headers.get("content-id", ""), request)


def _read_headers(lines: list[bytes]) -> dict[str, str]:
    pairs = [line.decode("latin-1").partition(":") for line in lines]
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
