"""Messages: what was read from the bytes of a mail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox address; `address` is lower-case `local@domain` or empty, `name` the decoded display name."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Attachment:
    filename: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a reader sees it: the visible text and the address behind it."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """One VEVENT of a text/calendar part (RFC 5545); `method` as in iTIP (RFC 5546): REQUEST, CANCEL, REPLY, COUNTER.

    An event whose own status is CANCELLED has the method CANCEL. `instance` is the start of the one meeting of a
    series that is meant (RECURRENCE-ID), `recurrence` the rule of a series as it is written (RRULE), `answer` what
    a REPLY says (PARTSTAT: ACCEPTED, DECLINED, TENTATIVE).
    """

    method: str
    uid: str
    sequence: int
    summary: str
    start: datetime | None
    end: datetime | None
    all_day: bool
    location: str
    organizer: str
    instance: datetime | None = None
    recurrence: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    """One schema.org object found in the HTML: its type and its flattened properties (`offers.price` → text)."""

    type: str
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A message as its mailbox hands it over: RFC 822 bytes and what only the mailbox knows.

    `received` is when the mailbox took it in (aware, UTC); `labels` are label ids.
    """

    id: str
    thread_id: str
    raw: bytes
    labels: frozenset[str] = frozenset()
    received: datetime | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message read once: everything later rooms look at.

    `date` is aware, from the Date header, else from the mailbox, else the epoch. `text` is the visible text the
    sender wrote now, without quotes and signature, the end of long mails kept; `quoted` is the rest of it; `hidden`
    is what the HTML hid from the reader. `headers` maps lower-case names to all decoded values in order.
    `notes` names what was broken (`"charset"`, `"too_many_parts"`, …) or is unusual (`"forwarded"`, `"encrypted"`, …).
    """

    id: str
    thread_id: str
    date: datetime
    sender: Address
    subject: str
    text: str
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    message_id: str = ""
    in_reply_to: str = ""
    labels: frozenset[str] = frozenset()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quoted: str = ""
    signature: str = ""
    hidden: str = ""
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    markup: tuple[Markup, ...] = ()
    has_html: bool = False
    images: int = 0
    language: str = ""
    size: int = 0
    notes: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """The first value of a header, or the empty string; `name` in lower case."""
        values = self.headers.get(name)
        return values[0] if values else ""
