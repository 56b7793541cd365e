"""The single terms of Gmail's search language, each as a test of one message of an index."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from auramail.core.errors import NeedsPersonError
from auramail.core.labels import (
    CATEGORIES,
    DRAFT,
    IMPORTANT,
    INBOX,
    SENT,
    SPAM,
    STARRED,
    SYSTEM,
    TRASH,
    UNREAD,
    normalise,
)
from auramail.core.wording import Wording
from auramail.ports.local import LocalMessage

Matcher = Callable[[LocalMessage], bool]


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where the search is made: relative dates count from `now`, days begin at midnight in `zone`."""

    now: datetime
    zone: str

    def midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.zone))


def word(text: str) -> Matcher:
    """Words at the beginning of words of subject, sender or recipients."""
    starts = _starts(text)
    return lambda message: any(starts(field) for field in (message.subject, message.sender, message.recipients))


def _starts(text: str) -> Callable[[str], bool]:
    pattern = re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, re.findall(r"[\w']+", text.casefold()))))
    return lambda field: pattern.search(field.casefold()) is not None


def _sender(text: str, moment: Moment) -> Matcher:
    del moment
    wanted = text.casefold()
    return lambda message: wanted in message.sender.casefold()


def _recipient(text: str, moment: Moment) -> Matcher:
    del moment
    wanted = text.casefold()
    return lambda message: wanted in message.recipients.casefold()


def _subject(text: str, moment: Moment) -> Matcher:
    del moment
    starts = _starts(text)
    return lambda message: starts(message.subject)


def _label(text: str, moment: Moment) -> Matcher:
    del moment
    wanted = normalise(text)
    return lambda message: any(normalise(label) == wanted for label in message.labels)


def _category(text: str, moment: Moment) -> Matcher:
    del moment
    name = {"PRIMARY": "PERSONAL"}.get(text.upper(), text.upper())
    if f"CATEGORY_{name}" not in CATEGORIES:
        raise _not_understood("category", text, "primary social promotions updates forums")
    return lambda message: f"CATEGORY_{name}" in message.labels


def _place(text: str, moment: Moment) -> Matcher:
    match text.casefold():
        case "anywhere":
            return lambda _: True
        case "archive":
            return lambda message: not message.labels & {INBOX, SPAM, TRASH, SENT, DRAFT}
        case "drafts":
            return _label(DRAFT, moment)
        case "bin":
            return _label(TRASH, moment)
        case _:
            return _label(text, moment)


def _state(text: str, moment: Moment) -> Matcher:
    state = text.casefold()
    if state == "read":
        return lambda message: UNREAD not in message.labels
    labels = {"unread": UNREAD, "starred": STARRED, "important": IMPORTANT, "sent": SENT}
    if state not in labels:
        raise _not_understood("is", text, "read unread starred important sent")
    return _label(labels[state], moment)


def _has(text: str, moment: Moment) -> Matcher:
    del moment
    match text.casefold():
        case "attachment":
            return lambda message: message.has_attachment
        case "userlabels":
            return lambda message: bool(message.labels - SYSTEM)
        case "nouserlabels":
            return lambda message: not message.labels - SYSTEM
        case _:
            raise _not_understood("has", text, "attachment userlabels nouserlabels")


def _larger(text: str, moment: Moment) -> Matcher:
    del moment
    least = _bytes("larger", text)
    return lambda message: message.size > least


def _smaller(text: str, moment: Moment) -> Matcher:
    del moment
    most = _bytes("smaller", text)
    return lambda message: message.size < most


def _bytes(name: str, text: str) -> int:
    match = re.fullmatch(r"(\d{1,12})(k|m)?b?", text.casefold())
    if not match:
        raise _not_understood(name, text, "500 10K 5M")
    return int(match[1]) * {None: 1, "k": 1024, "m": 1024 * 1024}[match[2]]


def _after(text: str, moment: Moment) -> Matcher:
    start = _day("after", text, moment)
    return lambda message: message.received >= start


def _before(text: str, moment: Moment) -> Matcher:
    end = _day("before", text, moment)
    return lambda message: message.received < end


def _day(name: str, text: str, moment: Moment) -> datetime:
    """2026/11/30 or 2026-11-30, as Gmail has it; 11/30/2026; or seconds since 1970."""
    year_first = re.fullmatch(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})", text)
    month_first = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if re.fullmatch(r"\d{5,11}", text):
        return datetime.fromtimestamp(int(text), UTC)
    try:
        if year_first:
            return moment.midnight(date(*map(int, year_first.groups())))
        if month_first:
            month, day, year = map(int, month_first.groups())
            return moment.midnight(date(year, month, day))
    except ValueError as error:
        raise _not_understood(name, text, "2026/11/30") from error
    raise _not_understood(name, text, "2026/11/30")


def _newer_than(text: str, moment: Moment) -> Matcher:
    start = _ago("newer_than", text, moment)
    return lambda message: message.received >= start


def _older_than(text: str, moment: Moment) -> Matcher:
    end = _ago("older_than", text, moment)
    return lambda message: message.received < end


def _ago(name: str, text: str, moment: Moment) -> datetime:
    match = re.fullmatch(r"(\d{1,4})([dmy])", text.casefold())
    if not match:
        raise _not_understood(name, text, "3d 2m 1y")
    days = int(match[1]) * {"d": 1, "m": 30, "y": 365}[match[2]]
    return moment.now - timedelta(days=min(days, 365 * 100))


def _not_understood(name: str, value: str, known: str) -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The search “{name}:{value}” is not understood.", name=name, value=value),
        Wording.of("“{name}:” takes values like {known}.", name=name, known=known),
    )


OPERATORS: Final[Mapping[str, Callable[[str, Moment], Matcher]]] = {
    "from": _sender,
    "to": _recipient,
    "subject": _subject,
    "label": _label,
    "category": _category,
    "in": _place,
    "is": _state,
    "has": _has,
    "larger": _larger,
    "size": _larger,
    "smaller": _smaller,
    "after": _after,
    "newer": _after,
    "before": _before,
    "older": _before,
    "newer_than": _newer_than,
    "older_than": _older_than,
}
