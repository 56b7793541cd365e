from typing import Any

import httpx2
import pytest

from tests.fakes.google_server import GoogleServer

EVENTS = "/calendar/v3/calendars/primary/events"


def bill(event_id: str = "auramail0bill0001", **more: Any) -> dict[str, Any]:
    day = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
    return {"id": event_id, "summary": "Pay for electricity", **day, **more}


def meeting(event_id: str, start: str, end: str) -> dict[str, Any]:
    return {"id": event_id, "summary": "Meeting", "start": {"dateTime": start}, "end": {"dateTime": end}}


def reason(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["errors"][0]["reason"]


def test_an_event_is_inserted_read_changed_and_deleted(google: GoogleServer, client: httpx2.Client) -> None:
    reminders = {"useDefault": False, "overrides": [{"method": "popup", "minutes": 1440}]}

    made = client.post(EVENTS, json=bill(reminders=reminders), params={"sendUpdates": "none"})
    path = f"{EVENTS}/{made.json()['id']}"
    changed = client.patch(path, json={"location": "Kyiv"}).json()
    deleted = client.delete(path)

    assert made.status_code == 200
    assert (changed["location"], changed["reminders"], changed["sequence"]) == ("Kyiv", reminders, 1)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert client.get(path).json()["status"] == "cancelled"
    assert reason(client.delete(path)) == (410, "deleted")
    assert google.events() == []
    assert google.violations == []


def test_an_id_is_good_for_one_event_for_ever(google: GoogleServer, client: httpx2.Client) -> None:
    first = client.post(EVENTS, json=bill())
    again = client.post(EVENTS, json=bill(summary="Other"))
    client.delete(f"{EVENTS}/{first.json()['id']}")
    after_deletion = client.post(EVENTS, json=bill())

    assert reason(again) == reason(after_deletion) == (409, "duplicate")
    assert "status" not in again.json()["error"]
    assert google.events() == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id": "with-dash"}, "invalid"),
        ({"id": "wxyz0"}, "invalid"),
        ({"id": "abc"}, "invalid"),
        ({"start": {}}, "required"),
        ({"end": {"date": "2026-11-25"}}, "timeRangeEmpty"),
        ({"end": {"date": "2026-11-26", "dateTime": "2026-11-26T10:00:00Z"}}, "invalid"),
        ({"end": {"dateTime": "2026-11-26T10:00:00Z"}}, "invalid"),
        ({"reminders": {"overrides": [{"method": "popup", "minutes": 40321}]}}, "invalid"),
        ({"reminders": {"overrides": [{"method": "popup", "minutes": 1}] * 6}}, "invalid"),
    ],
)
def test_events_google_refuses_are_not_made(
    google: GoogleServer, client: httpx2.Client, change: dict[str, Any], expected: str
) -> None:
    answer = client.post(EVENTS, json=bill() | change)

    assert reason(answer) == (400, expected)
    assert google.events() == []


def test_events_are_listed_in_order_and_narrowed(google: GoogleServer, client: httpx2.Client) -> None:
    client.post(EVENTS, json=meeting("later", "2026-11-26T15:00:00+02:00", "2026-11-26T16:00:00+02:00"))
    client.post(EVENTS, json=meeting("sooner", "2026-11-24T15:00:00+02:00", "2026-11-24T16:00:00+02:00"))
    client.post(EVENTS, json=bill(extendedProperties={"private": {"auramail": "17"}}))

    def ids(**query: Any) -> list[str]:
        return [event["id"] for event in client.get(EVENTS, params=query).json()["items"]]

    assert ids() == ["sooner", "auramail0bill0001", "later"]
    assert ids(privateExtendedProperty="auramail=17") == ["auramail0bill0001"]
    assert ids(timeMin="2026-11-24T14:00:00Z", timeMax="2026-11-26T00:00:00Z") == ["auramail0bill0001"]
    assert ids(q="electricity") == ["auramail0bill0001"]
    assert ids(iCalUID="later@google.com") == ["later"]
    client.delete(f"{EVENTS}/later")
    assert ids(maxResults=1, showDeleted="true", pageToken="2") == ["later"]
    assert ids() == ["sooner", "auramail0bill0001"]
    assert google.violations == []


def test_inviting_others_is_remembered(google: GoogleServer, client: httpx2.Client) -> None:
    client.post(EVENTS, json=bill(attendees=[{"email": "ben@example.com"}]))

    assert google.forbidden == ["events.insert with attendees"]


def test_unknown_calendars_and_events_are_not_found(client: httpx2.Client) -> None:
    assert reason(client.get(f"{EVENTS}/abcde")) == (404, "notFound")
    assert reason(client.get("/calendar/v3/calendars/ben%40example.com/events")) == (404, "notFound")
