"""What the fuzzer throws at: bytes become a mail, and the mail goes the whole way from reading to a decision."""

import base64
import quopri
from collections.abc import Callable
from functools import cache

from auramail.core.accounts import Person
from auramail.core.messages import Source
from auramail.flow.classify import Judges
from auramail.flow.consider import consider
from auramail.judging.local import LocalClassifier
from auramail.reading.message import read_message
from tests.reading.promises import check

PERSON = Person(frozenset({"ben@example.org"}), {"ana@example.org": 3, "office@bank.example": 1})
HEAD = b"From: Ana <ana@example.org>\r\nTo: ben@example.org\r\nDate: Wed, 18 Nov 2026 09:00:00 +0200\r\n"


def _page(data: bytes) -> bytes:
    return HEAD + b"Subject: News\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + data


def _plain(data: bytes) -> bytes:
    return HEAD + b"Subject: News\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n" + data


def _calendar(data: bytes) -> bytes:
    return HEAD + b"Subject: News\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VEVENT\r\n" + data


def _subject(data: bytes) -> bytes:
    return HEAD + b"Subject: " + data.replace(b"\n", b"\n ") + b"\r\n\r\nHello."


def _sender(data: bytes) -> bytes:
    return b"From: " + data.replace(b"\n", b"\n ") + b"\r\nSubject: News\r\n\r\nHello."


def _kind(data: bytes) -> bytes:
    named, _, body = data.partition(b"\n")
    return HEAD + b"Content-Type: " + named + b"\r\n\r\n" + body


def _base64(data: bytes) -> bytes:
    charset, _, body = data.partition(b"\n")
    kind = b"Content-Type: text/html; charset=" + charset[:40] + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return HEAD + kind + base64.encodebytes(body)


def _quoted(data: bytes) -> bytes:
    charset, _, body = data.partition(b"\n")
    kind = b"Content-Type: text/plain; charset=" + charset[:40]
    return HEAD + kind + b"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quopri.encodestring(body)


def _markup(data: bytes) -> bytes:
    return _page(b'<script type="application/ld+json">' + data + b"</script><p>Hello.")


ENVELOPES: tuple[Callable[[bytes], bytes], ...] = (
    *(bytes, _page, _plain, _calendar, _subject, _sender, _kind, _base64, _quoted, _markup),
)
"""Ways to make a mail of bytes; the first input byte chooses one, so that mutations reach what a head would hide."""


def mail_of(data: bytes) -> bytes:
    return ENVELOPES[data[0] % len(ENVELOPES)](data[1:]) if data else b""


@cache
def judges() -> Judges:
    return Judges(local=LocalClassifier.load().opinion)


def take(raw: bytes) -> None:
    """Read, guard and judge a mail; raises if a promise is broken."""
    message = read_message(Source("m1", "t1", raw))
    check(message)
    decision = consider(message, PERSON, judges(), message.date)
    assert 0 <= decision.confidence <= 1, "a confidence is none"
    decision.reason.say()
    for finding in decision.findings:
        f"{finding}".encode()
