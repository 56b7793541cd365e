"""Builders: values of the core that say only what matters to a test."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from auramail.core.messages import Address, Link, Message

WHEN = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def an_address(text: str) -> Address:
    """`Name <local@domain>` or a bare address."""
    name, bracket, rest = text.rpartition("<")
    return Address(rest.rstrip(">").lower(), name.strip()) if bracket else Address(text.lower())


def a_message(
    *,
    sender: str = "Ivan Petrenko <ivan@example.org>",
    to: str = "ana@example.com",
    reply_to: str = "",
    links: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    **fields: Any,
) -> Message:
    """A message of a stranger to Ana; `links` maps targets to their texts, `headers` names to single values."""
    values: dict[str, Any] = {
        "id": "m1",
        "thread_id": "t1",
        "date": WHEN,
        "subject": "Hello",
        "text": "Nothing much to say.",
        "sender": an_address(sender),
        "to": (an_address(to),),
        "reply_to": (an_address(reply_to),) if reply_to else (),
        "links": tuple(Link(target, text) for target, text in (links or {}).items()),
        "headers": {name: (value,) for name, value in (headers or {}).items()},
    }
    return Message(**(values | fields))


def gmail_says(verdict: str, domain: str, dmarc: str | None = None) -> str:
    """An Authentication-Results header as Gmail writes it."""
    return (
        f"mx.google.com; dkim={verdict} header.i=@{domain} header.s=s1 header.b=abc; "
        f"spf={verdict} (google.com: domain of bounce@{domain} designates 192.0.2.1 as permitted sender) "
        f"smtp.mailfrom=bounce@{domain}; dmarc={dmarc or verdict} (p=REJECT sp=REJECT dis=NONE) header.from={domain}"
    )
