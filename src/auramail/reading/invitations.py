"""Invitations: the VEVENTs of text/calendar parts, read exactly (RFC 5545, RFC 5546)."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from auramail.core.messages import Invitation
from auramail.reading.calendar_zones import MOST_OBSERVANCES, Observance, read_observance, zone_at, zone_named
from auramail.reading.charsets import decode_text
from auramail.reading.invisible import one_line

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
_TIMES = ("DTSTART;", "DTEND;", "RECURRENCE-ID;")
_OBSERVANCES = frozenset({"STANDARD", "DAYLIGHT"})
_YEARS = range(1980, 2200)


@dataclass(frozen=True, slots=True)
class _Property:
    value: str
    parameters: dict[str, str]


_Component = dict[str, _Property]


@dataclass(slots=True)
class _Calendar:
    """The lines of one calendar put where they belong: its own, those of each event, and of each time zone's parts."""

    own: _Component = field(default_factory=dict)
    events: list[_Component] = field(default_factory=list)
    observances: list[tuple[str, _Component]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    zone: str = ""

    def begin(self, kind: str) -> None:
        self.open.append(kind)
        if kind == "VEVENT":
            self.events.append({})
        elif kind in _OBSERVANCES and len(self.observances) < MOST_OBSERVANCES:
            self.observances.append((self.zone, {}))

    def end(self, kind: str) -> None:
        if kind in self.open:
            del self.open[self.open.index(kind) :]

    def take(self, name: str, content: _Property) -> None:
        inside = self.open[-1] if self.open else ""
        if inside == "VEVENT":
            self.events[-1].setdefault(name, content)
        elif inside in _OBSERVANCES and self.observances:
            self.observances[-1][1].setdefault(name, content)
        elif inside == "VTIMEZONE" and name == "TZID":
            self.zone = content.value.strip()
        elif len(self.open) <= 1:
            self.own.setdefault(name, content)

    def zones(self) -> dict[str, list[Observance]]:
        """What the calendar says of its own time zones, by their names."""
        found: dict[str, list[Observance]] = {}
        for name, lines in self.observances:
            observance = read_observance({key: content.value for key, content in lines.items()})
            if observance is not None:
                found.setdefault(name, []).append(observance)
        return found


def read_invitations(text: str, method: str, default: tzinfo) -> tuple[Invitation, ...]:
    """The events of a calendar; never fails. `default` is the zone of times that name none.

    `method` is the one of the Content-Type, used if the calendar itself names none. An all-day event starts at
    midnight UTC of its day.
    """
    calendar = _read_calendar(text[:LONGEST_CALENDAR])
    named = calendar.own.get("METHOD")
    zone_name = calendar.own.get("X-WR-TIMEZONE")
    clock = _Clock((zone_named(zone_name.value[:100]) if zone_name else None) or default, calendar.zones())
    found = (
        _invitation(event, (named.value if named else method).strip().upper()[:20], clock) for event in calendar.events
    )
    return tuple({(one.uid, one.sequence, one.instance, one.start): one for one in found}.values())


def _read_calendar(text: str) -> _Calendar:
    calendar = _Calendar()
    for name, content in _content_lines(text):
        if name == "BEGIN":
            kind = content.value.strip().upper()
            if kind == "VEVENT" and len(calendar.events) >= MOST_EVENTS:
                break
            calendar.begin(kind)
        elif name == "END":
            calendar.end(content.value.strip().upper())
        else:
            calendar.take(name, content)
    return calendar


def _content_lines(text: str) -> Iterator[tuple[str, _Property]]:
    unfolded = text.replace("\n ", "").replace("\n\t", "")
    if "QUOTED-PRINTABLE" in text:
        # vCalendar 1.0, the format before iCalendar, folds as that encoding does.
        unfolded = unfolded.replace("=\n", "")
    for line in unfolded.split("\n", MOST_LINES)[:MOST_LINES]:
        head, value = _split_outside_quotes(line)
        if ":" in value and head.upper().startswith(_TIMES):
            # `TZID=(UTC+02:00) Kyiv` wants quotes that some servers forget.
            head, _, value = line.rpartition(":")
        name, *written = head.split(";")
        if _NAME.match(name):
            pairs = (parameter.partition("=") for parameter in written)
            parameters = {key.upper(): content.strip('"') for key, _, content in pairs}
            if parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
                decoded = binascii.a2b_qp(value.encode("utf_8", "replace"))
                value = decode_text(decoded, parameters.get("CHARSET", ""))[0]
            yield name.upper(), _Property(value, parameters)


def _split_outside_quotes(line: str) -> tuple[str, str]:
    """Split at the first colon that stands in no quoted parameter."""
    colon = line.find(":", 0, LONGEST_NAME)
    while colon >= 0 and line.count('"', 0, colon) % 2:
        colon = line.find(":", colon + 1, LONGEST_NAME)
    return (line[:colon], line[colon + 1 :]) if colon >= 0 else ("", "")


@dataclass(frozen=True, slots=True)
class _Clock:
    """How times of a calendar are read: the zone of those that name none, and the zones it defines itself."""

    default: tzinfo
    zones: dict[str, list[Observance]]

    def zone(self, name: str, moment: datetime) -> tzinfo:
        return zone_named(name[:100]) or zone_at(moment, self.zones.get(name.strip(), [])) or self.default


def _invitation(event: _Component, method: str, clock: _Clock) -> Invitation:
    start, all_day = _start(event, clock)
    replaced = event.get("RECURRENCE-ID")
    attendee = event.get("ATTENDEE")
    return Invitation(
        method="CANCEL" if _text(event, "STATUS").upper() == "CANCELLED" else method,
        uid=_text(event, "UID"),
        sequence=_number(_text(event, "SEQUENCE")),
        summary=_text(event, "SUMMARY"),
        start=start,
        end=_end(event, start, clock, all_day=all_day),
        all_day=all_day,
        location=_text(event, "LOCATION"),
        organizer=_organizer(event),
        instance=_moment(replaced, clock)[0] if replaced else None,
        recurrence=_text(event, "RRULE"),
        answer=attendee.parameters.get("PARTSTAT", "").upper()[:20] if attendee and method == "REPLY" else "",
    )


def _start(event: _Component, clock: _Clock) -> tuple[datetime | None, bool]:
    begins = event.get("DTSTART")
    if begins is None:
        return None, False
    start, all_day = _moment(begins, clock)
    if start is not None and not all_day and _text(event, "X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE":
        return datetime(start.year, start.month, start.day, tzinfo=UTC), True
    return start, all_day


def _organizer(event: _Component) -> str:
    named = event.get("ORGANIZER")
    if named is None:
        return ""
    value = _text(event, "ORGANIZER")
    return (value if "@" in value else one_line(named.parameters.get("EMAIL", value))).lower().removeprefix("mailto:")


def _end(event: _Component, start: datetime | None, clock: _Clock, *, all_day: bool) -> datetime | None:
    """When an event ends; without a word about it, after its day or at once (RFC 5545, section 3.6.1)."""
    end = _moment(event["DTEND"], clock)[0] if "DTEND" in event else None
    if end is not None and all_day:
        end = datetime(end.year, end.month, end.day, tzinfo=UTC)
    if start is None or (end is not None and not (all_day and end <= start)):
        return end
    lasts = _duration(_text(event, "DURATION"))
    return start + (lasts if lasts is not None else timedelta(days=1 if all_day else 0))


def _text(event: _Component, name: str) -> str:
    found = event.get(name)
    if found is None:
        return ""
    text = _ESCAPED.sub(lambda match: " " if match.group(1) in "nN" else match.group(1), found.value[:4000])
    return one_line(text)[:LONGEST_VALUE]


def _number(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() and len(text) < 9 else 0


def _moment(content: _Property, clock: _Clock) -> tuple[datetime | None, bool]:
    """A moment, aware, and whether it is a whole day."""
    found = _MOMENT.match(content.value.strip())
    if found is None or int(found.group(1)) not in _YEARS:
        return None, False
    year, month, day, hour, minute, second = (int(group or 0) for group in found.groups()[:6])
    all_day = found.group(4) is None or content.parameters.get("VALUE", "").upper() == "DATE"
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - its zone comes next
    except ValueError:
        return None, False
    if all_day:
        return datetime(year, month, day, tzinfo=UTC), True
    if found.group(7):
        return moment.replace(tzinfo=UTC), False
    name = content.parameters.get("TZID", "")
    return moment.replace(tzinfo=clock.zone(name, moment) if name else clock.default), False


def _duration(text: str) -> timedelta | None:
    found = _DURATION.match(text.strip().upper())
    if found is None or text.strip().upper() in {"P", "PT", ""}:
        return None
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in found.groups()[1:])
    length = timedelta(weeks=min(weeks, 500), days=min(days, 3650), hours=hours, minutes=minutes, seconds=seconds)
    return -length if found.group(1) == "-" else length
