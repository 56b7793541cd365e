"""One person's fake calendar: events with ids the client makes, each id good for one event for ever."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.google.errors import GoogleError, invalid, not_found

_ID = re.compile(r"[a-v0-9]{5,1024}")
"""https://developers.google.com/workspace/calendar/api/v3/reference/events#id"""


@dataclass(slots=True)
class Calendar:
    """`events` keeps deleted ones as `cancelled`: their ids stay taken."""

    address: str
    events: dict[str, dict[str, Any]] = field(default_factory=dict)

    def insert(self, wish: dict[str, Any], now: datetime) -> dict[str, Any]:
        event_id = wish.get("id") or f"{len(self.events):026d}"
        if not _ID.fullmatch(event_id):
            raise invalid("Invalid resource id value.", "invalid")
        if event_id in self.events:
            raise GoogleError(409, "duplicate", "The requested identifier already exists.")
        _check(wish)
        event = {
            "status": "confirmed",
            "reminders": {"useDefault": True},
            **wish,
            "kind": "calendar#event",
            "id": event_id,
            "iCalUID": wish.get("iCalUID", f"{event_id}@google.com"),
            "created": _stamp(now),
            "creator": {"email": self.address, "self": True},
            "organizer": {"email": self.address, "self": True},
            "eventType": "default",
            "sequence": 0,
        }
        self.events[event_id] = _touch(event, now)
        return self.events[event_id]

    def get(self, event_id: str) -> dict[str, Any]:
        """The event, a deleted one as `cancelled`, as Google gives it for a while."""
        if event_id not in self.events:
            raise not_found("Not Found")
        return self.events[event_id]

    def patch(self, event_id: str, wish: dict[str, Any], now: datetime) -> dict[str, Any]:
        event = self.get(event_id)
        changed = {**event, **wish, "id": event_id, "sequence": event["sequence"] + 1}
        _check(changed)
        self.events[event_id] = _touch(changed, now)
        return self.events[event_id]

    def delete(self, event_id: str, now: datetime) -> None:
        event = self.get(event_id)
        if event["status"] == "cancelled":
            raise GoogleError(410, "deleted", "Resource has been deleted")
        event["status"] = "cancelled"
        _touch(event, now)

    def find(self, query: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
        """Events in order of their start, narrowed as events.list narrows."""
        shown = [event for event in self.events.values() if _matches(event, query)]
        return sorted(shown, key=lambda event: (_when(event["start"]), event["id"]))


def _stamp(now: datetime) -> str:
    return now.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _touch(event: dict[str, Any], now: datetime) -> dict[str, Any]:
    event["updated"] = _stamp(now)
    event["etag"] = f'"{event["sequence"]}{round(now.timestamp() * 1000)}"'
    return event


def _when(point: dict[str, str]) -> str:
    return point.get("dateTime") or point.get("date", "")


def _check(event: dict[str, Any]) -> None:
    for name in ("start", "end"):
        point = event.get(name)
        if not isinstance(point, dict) or not _when(point):
            raise invalid(f"Missing {name} time.", "required")
        if "date" in point and "dateTime" in point:
            raise invalid(f"Invalid {name} time.", "invalid")
    start, end = (datetime.fromisoformat(_when(event[name])) for name in ("start", "end"))
    if (start.tzinfo is None) != (end.tzinfo is None):
        raise invalid("Start and end times must either both be date or both be dateTime.", "invalid")
    if end <= start:
        raise invalid("The specified time range is empty.", "timeRangeEmpty")
    overrides = event.get("reminders", {}).get("overrides", [])
    if len(overrides) > 5 or any(not 0 <= reminder.get("minutes", -1) <= 40_320 for reminder in overrides):
        raise invalid("Invalid reminder.", "invalid")


def _matches(event: dict[str, Any], query: Mapping[str, Sequence[str]]) -> bool:
    if event["status"] == "cancelled" and query.get("showDeleted") != ["true"]:
        return False
    private = event.get("extendedProperties", {}).get("private", {})
    wanted = [pair.partition("=") for pair in query.get("privateExtendedProperty", [])]
    if any(private.get(name) != value for name, _, value in wanted):
        return False
    if "iCalUID" in query and event["iCalUID"] not in query["iCalUID"]:
        return False
    words = query.get("q", [""])[0].casefold().split()
    text = " ".join(str(event.get(name, "")) for name in ("summary", "description", "location")).casefold()
    return all(word in text for word in words) and _overlaps(event, query)


def _overlaps(event: dict[str, Any], query: Mapping[str, Sequence[str]]) -> bool:
    """Whether it ends after `timeMin` and starts before `timeMax`; an all-day event counts from UTC midnight."""
    start, end = (
        datetime.fromisoformat(_when(event[name]) + ("T00:00:00+00:00" if "date" in event[name] else ""))
        for name in ("start", "end")
    )
    after = "timeMin" not in query or end > datetime.fromisoformat(query["timeMin"][0])
    return after and ("timeMax" not in query or start < datetime.fromisoformat(query["timeMax"][0]))
