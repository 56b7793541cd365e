"""The fake's Pub/Sub and service accounts, asked as any client would."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.google.identity import Flaw, make_token
from tests.fakes.google.service_accounts import JWT_BEARER
from tests.fakes.google.world import SERVICE_ACCOUNT
from tests.fakes.google_server import GoogleServer

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NAME = "projects/p/subscriptions/s"
SCOPE = "https://www.googleapis.com/auth/pubsub"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def google(clock: FakeClock, tmp_path: Path) -> Iterator[GoogleServer]:
    with GoogleServer(clock) as server:
        server.add_user("ana@gmail.example")
        server.add_subscription(NAME, "projects/p/topics/t")
        server.write_service_account(tmp_path / "key.json")
        yield server


def ask(google: GoogleServer, method: str, body: dict[str, Any], scopes: str = SCOPE) -> httpx2.Response:
    with google.api.lock:
        token = google.oauth.issue(google.oauth.grant(SERVICE_ACCOUNT, [scopes]))
    return httpx2.post(f"{google.url}/v1/{NAME}:{method}", json=body, headers={"Authorization": f"Bearer {token}"})


def test_a_message_is_given_until_it_is_acknowledged(google: GoogleServer, clock: FakeClock) -> None:
    google.pubsub.publish("projects/p/topics/t", b"hello")

    (first,) = ask(google, "pull", {"maxMessages": 5}).json()["receivedMessages"]
    assert ask(google, "pull", {"maxMessages": 5}).json() == {}
    clock.advance(seconds=10)
    (again,) = ask(google, "pull", {"maxMessages": 5}).json()["receivedMessages"]
    assert ask(google, "acknowledge", {"ackIds": [again["ackId"]]}).json() == {}
    clock.advance(seconds=10)

    assert base64.b64decode(first["message"]["data"]) == b"hello"
    assert first["message"] == again["message"]
    assert ask(google, "pull", {"maxMessages": 5}).json() == {}
    assert google.violations == []
    assert google.forbidden == []


def test_another_topic_is_another_matter(google: GoogleServer) -> None:
    google.pubsub.publish("projects/p/topics/other", b"hello")

    assert ask(google, "pull", {"maxMessages": 5}).json() == {}


@pytest.mark.parametrize(
    ("method", "body"), [("pull", {"maxMessages": 0}), ("pull", {}), ("acknowledge", {"ackIds": []})]
)
def test_a_senseless_request_is_refused(google: GoogleServer, method: str, body: dict[str, Any]) -> None:
    assert ask(google, method, body).status_code == 400


def test_a_token_for_gmail_reads_no_subscription(google: GoogleServer) -> None:
    answer = ask(google, "pull", {"maxMessages": 1}, "https://www.googleapis.com/auth/gmail.modify")

    assert answer.status_code == 403


def test_publishing_is_nothing_auramail_may_do(google: GoogleServer) -> None:
    httpx2.post(f"{google.url}/v1/projects/p/topics/t:publish", json={"messages": []})

    assert google.forbidden == ["POST /v1/projects/p/topics/t:publish"]


def exchange(google: GoogleServer, assertion: str) -> httpx2.Response:
    return httpx2.post(f"{google.url}/token", data={"grant_type": JWT_BEARER, "assertion": assertion})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"iss": "nobody@x.example"}, "account not found"),
        ({"aud": "https://oauth2.googleapis.com/token"}, "audience"),
        ({"exp": int((NOW + timedelta(hours=2)).timestamp())}, "short-lived"),
        ({"exp": int(NOW.timestamp())}, "short-lived"),
        ({"iat": int((NOW + timedelta(minutes=2)).timestamp())}, "short-lived"),
        ({"scope": ""}, "scope"),
        ({}, "no such key"),  # signed by Google's own key
    ],
)
def test_an_assertion_with_a_flaw_gets_no_token(google: GoogleServer, changed: dict[str, Any], said: str) -> None:
    issued = int(NOW.timestamp())
    claims = {"iss": SERVICE_ACCOUNT, "aud": f"{google.url}/token", "scope": SCOPE, "iat": issued, "exp": issued + 60}
    account = google.oauth.service_accounts[SERVICE_ACCOUNT]
    flaw = Flaw(key_id=account.key_id if changed else "other", signer=SERVICE_ACCOUNT)

    answer = exchange(google, make_token(claims | changed, flaw))

    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_grant"
    assert said in answer.json()["error_description"]


@pytest.mark.parametrize("assertion", ["", "a.b", "a.b.c", "e30.e30.AA"])
def test_what_is_no_assertion_gets_no_token(google: GoogleServer, assertion: str) -> None:
    assert exchange(google, assertion).json()["error"] == "invalid_grant"


def test_a_mailbox_that_nobody_watches_announces_nothing(google: GoogleServer) -> None:
    google.add_message(b"Subject: x\r\n\r\n")

    assert google.pubsub.published == 0


def test_a_push_says_what_was_published(google: GoogleServer) -> None:
    body = json.loads(google.push_body(b"hello"))

    assert base64.b64decode(body["message"]["data"]) == b"hello"
