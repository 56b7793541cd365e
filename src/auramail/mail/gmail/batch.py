"""Google's batch format: many calls in one multipart/mixed request, and how many at once Gmail bears."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Final

from auramail.mail.gmail.calls import Call
from auramail.mail.gmail.http import Reply

MOST_PARTS: Final = 100
"""https://developers.google.com/workspace/gmail/api/guides/batch"""
FEWEST: Final = 10
STEP: Final = 10


@dataclass(slots=True)
class BatchSize:
    """How many calls go together: more after each success, half after a refusal for concurrency (AIMD)."""

    now: int = 25
    most: int = 40

    def __post_init__(self) -> None:
        self.most = min(self.most, MOST_PARTS)
        self.now = min(self.now, self.most)

    def grow(self) -> None:
        self.now = min(self.now + STEP, self.most)

    def shrink(self) -> None:
        self.now = max(self.now // 2, min(FEWEST, self.most))


def encode(calls: Sequence[Call]) -> tuple[str, bytes]:
    """The Content-Type and the body of a batch; parts are named by their position."""
    boundary = f"batch_{secrets.token_hex(16)}"
    pieces: list[bytes] = []
    for position, call in enumerate(calls):
        content = call.content
        inner = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n" if call.is_change else ""
        head = (
            f"--{boundary}\r\nContent-Type: application/http\r\nContent-ID: <part{position}>\r\n\r\n"
            f"{call.method.verb} {call.target} HTTP/1.1\r\n{inner}\r\n"
        )
        pieces += [head.encode(), content, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode())
    return f'multipart/mixed; boundary="{boundary}"', b"".join(pieces)


def decode(reply: Reply, count: int) -> list[Reply | None]:
    """The replies in the order of the calls, whatever order Google chose; None where a part is missing."""
    replies: list[Reply | None] = [None] * count
    boundary = _boundary(reply.headers.get("content-type", ""))
    if not boundary:
        return replies
    for piece in reply.body.split(b"--" + boundary)[1:]:
        outer, _, inner = piece.partition(b"\r\n\r\n")
        position = _position(_headers(outer).get("content-id", ""))
        if position is not None and position < count:
            replies[position] = _inner_reply(inner)
    return replies


def _boundary(content_type: str) -> bytes:
    message = Message()
    message["Content-Type"] = content_type
    return (message.get_boundary() or "").encode()


def _position(content_id: str) -> int | None:
    """Google answers `<part3>` with `<response-part3>`."""
    digits = content_id.strip("<>").rpartition("part")[2]
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _inner_reply(inner: bytes) -> Reply | None:
    head, _, body = inner.partition(b"\r\n\r\n")
    status_line, _, headers = head.partition(b"\r\n")
    words = status_line.split(None, 2)
    if len(words) < 2 or not words[1].isdigit():
        return None
    return Reply(int(words[1]), body.removesuffix(b"\r\n"), _headers(headers))


def _headers(lines: bytes) -> Mapping[str, str]:
    pairs = (line.partition(":") for line in lines.decode("latin-1").splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}
