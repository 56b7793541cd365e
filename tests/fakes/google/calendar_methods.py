"""What each allowed method of Calendar v3 does to a calendar and answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.fakes.google.calendar import Calendar
from tests.fakes.google.errors import invalid


@dataclass(frozen=True, slots=True)
class CalendarCall:
    calendar: Calendar
    now: datetime
    path: Mapping[str, str]
    query: Mapping[str, Sequence[str]]
    body: dict[str, Any]


def insert_event(call: CalendarCall) -> dict[str, Any]:
    return call.calendar.insert(call.body, call.now)


def get_event(call: CalendarCall) -> dict[str, Any]:
    return call.calendar.get(call.path["eventId"])


def patch_event(call: CalendarCall) -> dict[str, Any]:
    return call.calendar.patch(call.path["eventId"], call.body, call.now)


def delete_event(call: CalendarCall) -> None:
    call.calendar.delete(call.path["eventId"], call.now)


def list_events(call: CalendarCall) -> dict[str, Any]:
    found = call.calendar.find(call.query)
    start = call.query.get("pageToken", ["0"])[-1]
    if not start.isdecimal():
        raise invalid("Invalid page token.", "invalid")
    size = max(1, min(int(call.query.get("maxResults", ["250"])[-1]), 2500))
    end = int(start) + size
    answer: dict[str, Any] = {
        "kind": "calendar#events",
        "summary": call.calendar.address,
        "timeZone": "Europe/Kyiv",
        "accessRole": "owner",
        "items": found[int(start) : end],
    }
    return answer | ({"nextPageToken": str(end)} if end < len(found) else {})


CALENDAR: Mapping[str, Callable[[CalendarCall], dict[str, Any] | None]] = {
    "events.insert": insert_event,
    "events.get": get_event,
    "events.patch": patch_event,
    "events.delete": delete_event,
    "events.list": list_events,
}
