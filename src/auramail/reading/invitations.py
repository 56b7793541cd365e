"""Invitations: the VEVENTs of text/calendar parts, read exactly (RFC 5545, RFC 5546)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from auramail.core.messages import Invitation
from auramail.reading.invisible import one_line
from auramail.reading.zones import zone_of

LONGEST_CALENDAR = 256 * 1024
MOST_LINES = 5000
MOST_EVENTS = 20
LONGEST_VALUE = 500
LONGEST_NAME = 1000
"""Characters of a line's name with its parameters."""

_NAME = re.compile(r"[A-Za-z0-9-]{1,40}\Z")
_ESCAPED = re.compile(r"\\([\\;,nN])")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?\Z")
_DURATION = re.compile(r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?\Z")
_YEARS = range(1980, 2200)


@dataclass(frozen=True, slots=True)
class _Property:
    value: str
    parameters: dict[str, str]


@dataclass(slots=True)
class _Calendar:
    """The lines of one calendar put where they belong: its own, and those of each event."""

    own: dict[str, _Property] = field(default_factory=dict)
    events: list[dict[str, _Property]] = field(default_factory=list)


def read_invitations(text: str, method: str, default: tzinfo) -> tuple[Invitation, ...]:
    """The events of a calendar; never fails. `default` is the zone of times that name none.

    `method` is the one of the Content-Type, used if the calendar itself names none. An all-day event starts at
    midnight UTC of its day.
    """
    calendar = _read_calendar(text[:LONGEST_CALENDAR])
    named = calendar.own.get("METHOD")
    zone_name = calendar.own.get("X-WR-TIMEZONE")
    zone = (zone_of(zone_name.value) if zone_name else None) or default
    found = (_invitation(event, (named.value if named else method).upper()[:20], zone) for event in calendar.events)
    return tuple({(one.uid, one.sequence, one.start): one for one in found}.values())


def _read_calendar(text: str) -> _Calendar:
    calendar = _Calendar()
    open_components: list[str] = []
    for name, content in _content_lines(text):
        value = content.value.strip().upper()
        if name == "BEGIN":
            open_components.append(value)
            if value == "VEVENT":
                if len(calendar.events) >= MOST_EVENTS:
                    break
                calendar.events.append({})
        elif name == "END":
            if value in open_components:
                del open_components[open_components.index(value) :]
        elif open_components and open_components[-1] == "VEVENT":
            calendar.events[-1].setdefault(name, content)
        elif len(open_components) <= 1:
            calendar.own.setdefault(name, content)
    return calendar


def _content_lines(text: str) -> Iterator[tuple[str, _Property]]:
    unfolded = text.replace("\n ", "").replace("\n\t", "")
    for line in unfolded.split("\n", MOST_LINES)[:MOST_LINES]:
        head, value = _split_outside_quotes(line)
        name, *parameters = head.split(";")
        if _NAME.match(name):
            pairs = (parameter.partition("=") for parameter in parameters)
            yield name.upper(), _Property(value, {key.upper(): content.strip('"') for key, _, content in pairs})


def _split_outside_quotes(line: str) -> tuple[str, str]:
    """Split at the first colon that stands in no quoted parameter."""
    colon = line.find(":", 0, LONGEST_NAME)
    while colon >= 0 and line.count('"', 0, colon) % 2:
        colon = line.find(":", colon + 1, LONGEST_NAME)
    return (line[:colon], line[colon + 1 :]) if colon >= 0 else ("", "")


def _invitation(event: dict[str, _Property], method: str, zone: tzinfo) -> Invitation:
    begins = event.get("DTSTART")
    start, all_day = _moment(begins, zone) if begins else (None, False)
    return Invitation(
        method=method,
        uid=_text(event, "UID"),
        sequence=_number(_text(event, "SEQUENCE")),
        summary=_text(event, "SUMMARY"),
        start=start,
        end=_end(event, start, zone, all_day=all_day),
        all_day=all_day,
        location=_text(event, "LOCATION"),
        organizer=_text(event, "ORGANIZER").lower().removeprefix("mailto:"),
    )


def _end(event: dict[str, _Property], start: datetime | None, zone: tzinfo, *, all_day: bool) -> datetime | None:
    """When an event ends; without a word about it, after its day or at once (RFC 5545, section 3.6.1)."""
    if "DTEND" in event:
        return _moment(event["DTEND"], zone)[0]
    if start is None:
        return None
    lasts = _duration(_text(event, "DURATION"))
    return start + (lasts if lasts is not None else timedelta(days=1 if all_day else 0))


def _text(event: dict[str, _Property], name: str) -> str:
    found = event.get(name)
    if found is None:
        return ""
    text = _ESCAPED.sub(lambda match: " " if match.group(1) in "nN" else match.group(1), found.value[:4000])
    return one_line(text)[:LONGEST_VALUE]


def _number(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() and len(text) < 9 else 0


def _moment(content: _Property, zone: tzinfo) -> tuple[datetime | None, bool]:
    """A moment, aware, and whether it is a whole day."""
    found = _MOMENT.match(content.value.strip())
    if found is None or int(found.group(1)) not in _YEARS:
        return None, False
    year, month, day, hour, minute, second = (int(group or 0) for group in found.groups()[:6])
    all_day = found.group(4) is None
    if all_day or found.group(7):
        zone = UTC
    elif "TZID" in content.parameters:
        zone = zone_of(content.parameters["TZID"][:100]) or zone
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone), all_day
    except ValueError:
        return None, False


def _duration(text: str) -> timedelta | None:
    found = _DURATION.match(text.strip().upper())
    if found is None or text.strip().upper() in {"P", "PT", ""}:
        return None
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in found.groups()[1:])
    length = timedelta(weeks=min(weeks, 500), days=min(days, 3650), hours=hours, minutes=minutes, seconds=seconds)
    return -length if found.group(1) == "-" else length
