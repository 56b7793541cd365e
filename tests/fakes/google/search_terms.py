"""What each operator of Gmail's search language asks of a message; an unknown operator finds nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.fakes.google.labels import SYSTEM, comparable
from tests.fakes.google.mailbox import Mailbox
from tests.fakes.google.messages import StoredMessage

PACIFIC = ZoneInfo("America/Los_Angeles")
"""Dates in a query are midnight there, whoever asks: https://developers.google.com/workspace/gmail/api/guides/filtering"""

Test = Callable[[StoredMessage], bool]


@dataclass(frozen=True, slots=True)
class Context:
    mailbox: Mailbox
    now: datetime


def term_test(term: str, context: Context) -> Test:
    """The test one word, phrase or `name:value` stands for."""
    name, colon, value = term.partition(":")
    value = value.strip('"')
    operator = name.lower()
    if not colon or name.startswith('"') or not value:
        return _words(term.strip('+"'), "subject", "from", "to", "cc", body=True)
    if operator in _HEADERS:
        return _words(value, *_HEADERS[operator])
    if operator in _SPECIAL:
        return _SPECIAL[operator](value, context)
    return _nothing


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _holds(text: str, wanted: list[str]) -> bool:
    """Whether the wanted words follow each other in the text; Gmail matches whole words, never parts."""
    words = _tokens(text)
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))


def _nothing(message: StoredMessage) -> bool:
    del message
    return False


def _words(value: str, *headers: str, body: bool = False) -> Test:
    wanted = _tokens(value)
    if not wanted:
        return _nothing
    return lambda message: (
        any(_holds(message.header(name), wanted) for name in headers) or (body and _holds(message.text, wanted))
    )


def _label_id(value: str, mailbox: Mailbox) -> str | None:
    """Label names as the search box writes them: blanks and slashes as dashes, any case."""
    wanted = comparable(value)
    return next((label.id for label in mailbox.labels.values() if comparable(label.name) == wanted), None)


def _label(value: str, context: Context) -> Test:
    found = _label_id(value, context.mailbox)
    return (lambda message: found in message.labels) if found else _nothing


def _in(value: str, context: Context) -> Test:
    place = {"drafts": "DRAFT", "sent": "SENT", "bin": "TRASH"}.get(value.lower())
    if place:
        return lambda message: place in message.labels
    if value.lower() in {"anywhere", "all"}:
        return lambda _: True
    if value.lower() == "archive":
        return lambda message: not message.labels & {"INBOX", "SPAM", "TRASH", "SENT", "DRAFT"}
    return _label(value, context)


def _is(value: str, context: Context) -> Test:
    if value.lower() == "read":
        return lambda message: "UNREAD" not in message.labels
    if value.lower() in {"unread", "starred", "important", "sent", "draft", "chat"}:
        return _label(value, context)
    return _nothing


def _has(value: str, context: Context) -> Test:
    del context
    if value.lower() == "attachment":
        return lambda message: bool(message.file_names)
    if value.lower() == "userlabels":
        return lambda message: bool(message.labels - set(SYSTEM))
    if value.lower() == "nouserlabels":
        return lambda message: not message.labels - set(SYSTEM)
    return _nothing


def _category(value: str, context: Context) -> Test:
    names = {"primary": "personal", "reservations": "", "purchases": ""}
    found = f"category_{names.get(value.lower(), value.lower())}"
    return _label(found, context)


def _filename(value: str, context: Context) -> Test:
    del context
    wanted = _tokens(value)
    return lambda message: any(_holds(name, wanted) for name in message.file_names)


def _message_id(value: str, context: Context) -> Test:
    del context
    return lambda message: message.header("Message-ID").strip().strip("<>") == value.strip("<>")


def _size(value: str, *, larger: bool) -> Test:
    matched = re.fullmatch(r"(\d+)([kKmM]?)[bB]?", value)
    if not matched:
        return _nothing
    limit = int(matched[1]) * {"": 1, "k": 1 << 10, "m": 1 << 20}[matched[2].lower()]
    return lambda message: len(message.raw) > limit if larger else len(message.raw) < limit


def _moment(value: str) -> datetime | None:
    """`YYYY/MM/DD` or `YYYY-MM-DD` at Pacific midnight, or epoch seconds."""
    if re.fullmatch(r"\d{9,11}", value):
        return datetime.fromtimestamp(int(value), PACIFIC)
    matched = re.fullmatch(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", value)
    try:
        return datetime(*map(int, matched.groups()), tzinfo=PACIFIC) if matched else None  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def _dated(value: str, *, after: bool) -> Test:
    moment = _moment(value)
    if moment is None:
        return _nothing
    limit = round(moment.timestamp() * 1000)
    return lambda message: message.received >= limit if after else message.received < limit


def _aged(value: str, context: Context, *, newer: bool) -> Test:
    matched = re.fullmatch(r"(\d+)([dmy])", value.lower())
    if not matched:
        return _nothing
    age = timedelta(days=int(matched[1]) * {"d": 1, "m": 30, "y": 365}[matched[2]])
    limit = round((context.now - age).timestamp() * 1000)
    return lambda message: message.received >= limit if newer else message.received < limit


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
    "larger": lambda value, _: _size(value, larger=True),
    "size": lambda value, _: _size(value, larger=True),
    "smaller": lambda value, _: _size(value, larger=False),
    "after": lambda value, _: _dated(value, after=True),
    "newer": lambda value, _: _dated(value, after=True),
    "before": lambda value, _: _dated(value, after=False),
    "older": lambda value, _: _dated(value, after=False),
    "newer_than": lambda value, context: _aged(value, context, newer=True),
    "older_than": lambda value, context: _aged(value, context, newer=False),
}
