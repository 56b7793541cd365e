"""Mails as bytes, with only what a test cares about said."""

from datetime import UTC, datetime

from auramail.core.messages import Message, Source
from auramail.reading.message import read_message

SENT = "Wed, 18 Nov 2026 09:00:00 +0200"
"""A Wednesday; Kyiv is two hours ahead of UTC."""
SAID = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)


def letter(body: bytes | str = "Hello.", *headers: str, sender: str = "Ana <ana@example.org>") -> bytes:
    """A mail with the usual headers, those given, and a body as it is."""
    named = {header.partition(":")[0].lower() for header in headers}
    usual = (f"From: {sender}", "To: ben@example.org", "Subject: News", f"Date: {SENT}", "Message-ID: <1@example.org>")
    lines = [line for line in usual if line.partition(":")[0].lower() not in named]
    head = "\r\n".join([*lines, *headers]).encode("utf-8")
    return head + b"\r\n\r\n" + (body.encode("utf-8") if isinstance(body, str) else body)


def html_letter(html: str) -> bytes:
    return letter(html, "Content-Type: text/html; charset=utf-8")


def multipart(kind: str, *parts: str, boundary: str = "b1") -> tuple[str, str]:
    """The body of a multipart and its Content-Type header; a part is its headers, an empty line, and its text."""
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"
    return body, f'Content-Type: multipart/{kind}; boundary="{boundary}"'


def read(raw: bytes, *, received: datetime | None = None, labels: frozenset[str] = frozenset()) -> Message:
    return read_message(Source("m1", "t1", raw, labels, received))
