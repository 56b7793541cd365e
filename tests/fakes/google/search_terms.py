"""What each operator of Gmail's search language asks of a message; an unknown operator finds nothing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from tests.fakes.google.columns import Columns, Mask
from tests.fakes.google.labels import SYSTEM, comparable
from tests.fakes.google.mailbox import Mailbox
from tests.fakes.google.messages import StoredMessage
from tests.fakes.google.word_index import holds, tokens

PACIFIC = ZoneInfo("America/Los_Angeles")
"""Dates in a query are midnight there, whoever asks: https://developers.google.com/workspace/gmail/api/guides/filtering"""


@dataclass(frozen=True, slots=True)
class Test:
    """What part of a query asks: gives those of some messages that meet it. One that is slow reads each of them."""

    narrow: Callable[[Mask], Mask]
    is_slow: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    mailbox: Mailbox
    now: datetime

    @property
    def columns(self) -> Columns:
        return self.mailbox.columns


def term_test(term: str, context: Context) -> Test:
    """The test one word, phrase or `name:value` stands for."""
    name, colon, value = term.partition(":")
    value = value.strip('"')
    operator = name.lower()
    if not colon or name.startswith('"') or not value:
        return _words(term.strip('+"'), ("subject", "from", "to", "cc"), context, body=True)
    if operator in _HEADERS:
        return _words(value, _HEADERS[operator], context)
    if operator in _SPECIAL:
        return _SPECIAL[operator](value, context)
    return NOTHING


NOTHING = Test(lambda among: among & False)


def _words(value: str, headers: Sequence[str], context: Context, *, body: bool = False) -> Test:
    wanted, columns = tokens(value), context.columns
    if not wanted:
        return NOTHING

    def narrow(among: Mask) -> Mask:
        found = among & False
        for header in headers:
            found |= columns.with_words(header, wanted)
        if body:
            key = f"text {' '.join(wanted)}"
            found |= columns.where(key, lambda message: holds(message.text, wanted), among & ~found)
        return among & found

    return Test(narrow, is_slow=body)


def _label_id(value: str, mailbox: Mailbox) -> str | None:
    """Label names as the search box writes them: blanks and slashes as dashes, any case."""
    wanted = comparable(value)
    return next((label.id for label in mailbox.labels.values() if comparable(label.name) == wanted), None)


def _with_label(label: str, columns: Columns) -> Test:
    return Test(lambda among: among & columns.label(label))


def _label(value: str, context: Context) -> Test:
    found = _label_id(value, context.mailbox)
    return _with_label(found, context.columns) if found else NOTHING


def _in(value: str, context: Context) -> Test:
    columns = context.columns
    place = {"drafts": "DRAFT", "sent": "SENT", "bin": "TRASH"}.get(value.lower())
    if place:
        return _with_label(place, columns)
    if value.lower() in {"anywhere", "all"}:
        return Test(lambda among: among)
    if value.lower() == "archive":
        return Test(lambda among: among & ~np.any([columns.label(label) for label in _NOT_ARCHIVED], axis=0))
    return _label(value, context)


def _is(value: str, context: Context) -> Test:
    if value.lower() == "read":
        return Test(lambda among: among & ~context.columns.label("UNREAD"))
    if value.lower() in {"unread", "starred", "important", "sent", "draft", "chat"}:
        return _label(value, context)
    return NOTHING


def _has(value: str, context: Context) -> Test:
    columns = context.columns
    if value.lower() == "attachment":
        return Test(lambda among: columns.where("file", lambda message: bool(message.file_names), among), is_slow=True)
    if value.lower() == "userlabels":
        return Test(lambda among: among & columns.labelled(but=frozenset(SYSTEM)))
    if value.lower() == "nouserlabels":
        return Test(lambda among: among & ~columns.labelled(but=frozenset(SYSTEM)))
    return NOTHING


def _category(value: str, context: Context) -> Test:
    names = {"primary": "personal", "reservations": "", "purchases": ""}
    found = f"category_{names.get(value.lower(), value.lower())}"
    return _label(found, context)


def _filename(value: str, context: Context) -> Test:
    wanted = tokens(value)

    def named(message: StoredMessage) -> bool:
        return any(holds(name, wanted) for name in message.file_names)

    key = f"file {' '.join(wanted)}"
    return Test(lambda among: context.columns.where(key, named, among), is_slow=True)


def _message_id(value: str, context: Context) -> Test:
    bare = value.strip("<>")
    return Test(lambda among: among & context.columns.with_value("message-id", bare))


def _size(value: str, context: Context, *, larger: bool) -> Test:
    matched = re.fullmatch(r"(\d+)([kKmM]?)[bB]?", value)
    if not matched:
        return NOTHING
    columns = context.columns
    limit = int(matched[1]) * {"": 1, "k": 1 << 10, "m": 1 << 20}[matched[2].lower()]
    return Test(lambda among: among & (columns.bytes > limit if larger else columns.bytes < limit))


def _moment(value: str) -> datetime | None:
    """`YYYY/MM/DD` or `YYYY-MM-DD` at Pacific midnight, or epoch seconds."""
    if re.fullmatch(r"\d{9,11}", value):
        return datetime.fromtimestamp(int(value), PACIFIC)
    matched = re.fullmatch(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", value)
    try:
        return datetime(*map(int, matched.groups()), tzinfo=PACIFIC) if matched else None  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def _dated(value: str, context: Context, *, after: bool) -> Test:
    moment = _moment(value)
    if moment is None:
        return NOTHING
    limit = round(moment.timestamp() * 1000)
    return _received(limit, context.columns, newer=after)


def _aged(value: str, context: Context, *, newer: bool) -> Test:
    matched = re.fullmatch(r"(\d+)([dmy])", value.lower())
    if not matched:
        return NOTHING
    age = timedelta(days=int(matched[1]) * {"d": 1, "m": 30, "y": 365}[matched[2]])
    limit = round((context.now - age).timestamp() * 1000)
    return _received(limit, context.columns, newer=newer)


def _received(limit: int, columns: Columns, *, newer: bool) -> Test:
    """`limit` in milliseconds since 1970, included in what is newer."""
    return Test(lambda among: among & (columns.received >= limit if newer else columns.received < limit))


_NOT_ARCHIVED = ("INBOX", "SPAM", "TRASH", "SENT", "DRAFT")
_HEADERS = {
    "from": ("from",),
    "to": ("to", "cc", "bcc"),
    "cc": ("cc",),
    "bcc": ("bcc",),
    "subject": ("subject",),
    "list": ("list-id",),
    "deliveredto": ("delivered-to",),
}
_SPECIAL: dict[str, Callable[[str, Context], Test]] = {
    "label": _label,
    "in": _in,
    "is": _is,
    "has": _has,
    "category": _category,
    "filename": _filename,
    "rfc822msgid": _message_id,
    "larger": lambda value, context: _size(value, context, larger=True),
    "size": lambda value, context: _size(value, context, larger=True),
    "smaller": lambda value, context: _size(value, context, larger=False),
    "after": lambda value, context: _dated(value, context, after=True),
    "newer": lambda value, context: _dated(value, context, after=True),
    "before": lambda value, context: _dated(value, context, after=False),
    "older": lambda value, context: _dated(value, context, after=False),
    "newer_than": lambda value, context: _aged(value, context, newer=True),
    "older_than": lambda value, context: _aged(value, context, newer=False),
}
