"""Google's own Python client, built from its own discovery documents, gets along with the fake."""

import base64
from collections.abc import Iterator
from typing import Any

import google.oauth2.credentials
import googleapiclient.discovery  # type: ignore[import-untyped]  # ships no types
import googleapiclient.errors  # type: ignore[import-untyped]
import googleapiclient.http  # type: ignore[import-untyped]
import pytest

from tests.fakes import discovery
from tests.fakes.google_server import GoogleServer
from tests.fakes.letters import letter


def service(google_server: GoogleServer, name: str) -> Any:
    """A client whose every URL, batch included, lies under the fake."""
    document = dict(discovery.document(name)) | {"rootUrl": f"{google_server.url}/", "mtlsRootUrl": ""}
    token = google_server.grant().access_token
    credentials = google.oauth2.credentials.Credentials(token)  # type: ignore[no-untyped-call]  # google-auth's own
    return googleapiclient.discovery.build_from_document(document, credentials=credentials)


@pytest.fixture
def gmail(google: GoogleServer) -> Iterator[Any]:
    with service(google, "gmail.v1") as client:
        yield client


def test_it_reads_a_batch(google: GoogleServer, gmail: Any) -> None:
    ids = [google.add_message(letter(subject=f"Order {number}")) for number in range(30)]
    answers: dict[str, Any] = {}
    batch = gmail.new_batch_http_request(lambda name, answer, error: answers.update({name: error or answer}))
    for message in [*ids, "ffffffffffffffff"]:
        batch.add(gmail.users().messages().get(userId="me", id=message, format="raw"), request_id=message)

    batch.execute()

    gone = answers.pop("ffffffffffffffff")
    assert isinstance(gone, googleapiclient.errors.HttpError)
    assert gone.status_code == 404
    assert [base64.urlsafe_b64decode(answers[message]["raw"]) for message in ids] == [
        letter(subject=f"Order {number}") for number in range(30)
    ]
    assert google.violations == []


def test_it_pages_and_changes(google: GoogleServer, gmail: Any) -> None:
    ids = {google.add_message(letter()) for _ in range(5)}
    messages = gmail.users().messages()
    listed = set()
    request = messages.list(userId="me", maxResults=2, labelIds=["INBOX"])
    while request is not None:
        page = request.execute()
        listed |= {message["id"] for message in page["messages"]}
        request = messages.list_next(request, page)

    messages.batchModify(userId="me", body={"ids": sorted(listed), "removeLabelIds": ["INBOX"]}).execute()

    assert listed == ids
    assert set(google.snapshot().values()) == {frozenset({"UNREAD"})}
    assert google.violations == []


def test_it_keeps_a_calendar(google: GoogleServer) -> None:
    day = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
    with service(google, "calendar.v3") as calendar:
        made = calendar.events().insert(calendarId="primary", body={"id": "abcde", **day}).execute()
        listed = calendar.events().list(calendarId="primary").execute()

    assert [event["id"] for event in listed["items"]] == [made["id"]] == ["abcde"]
    assert google.violations == []
