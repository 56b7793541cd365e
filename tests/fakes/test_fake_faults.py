import time

import httpx2
import pytest

from tests.fakes.google_server import GoogleServer
from tests.fakes.letters import letter

ME = "/gmail/v1/users/me"


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("400", 400, "failedPrecondition"),
        ("401", 401, "authError"),
        ("403", 403, "rateLimitExceeded"),
        ("userRateLimitExceeded", 403, "userRateLimitExceeded"),
        ("dailyLimitExceeded", 403, "dailyLimitExceeded"),
        ("domainPolicy", 403, "domainPolicy"),
        ("insufficientPermissions", 403, "insufficientPermissions"),
        ("404", 404, "notFound"),
        ("429", 429, "rateLimitExceeded"),
        ("500", 500, "backendError"),
        ("502", 502, "backendError"),
        ("503", 503, "backendError"),
    ],
)
def test_a_refusal_applies_nothing(
    google: GoogleServer, client: httpx2.Client, kind: str, status: int, reason: str
) -> None:
    message = google.add_message(letter())
    google.fault("messages.modify", kind, retry_after=7)

    refused = client.post(f"{ME}/messages/{message}/modify", json={"addLabelIds": ["STARRED"]})
    unharmed = google.labels_of(message)
    repeated = client.post(f"{ME}/messages/{message}/modify", json={"addLabelIds": ["STARRED"]})

    assert refused.status_code == status
    assert refused.json()["error"]["errors"][0]["reason"] == reason
    assert refused.headers["Retry-After"] == "7"
    assert unharmed == {"INBOX", "UNREAD"}
    assert repeated.status_code == 200


def test_a_fault_strikes_from_the_nth_call_as_often_as_planned(google: GoogleServer, client: httpx2.Client) -> None:
    fault = google.fault("getProfile", "503", nth=2, times=2)

    answers = [client.get(f"{ME}/profile").status_code for _ in range(4)]
    client.get(f"{ME}/labels")

    assert answers == [200, 503, 503, 200]
    assert (fault.seen, fault.struck) == (4, 2)


def test_a_fault_may_strike_any_call_for_ever(google: GoogleServer, client: httpx2.Client) -> None:
    google.fault("*", "429", times=None)

    assert {client.get(f"{ME}/{path}").status_code for path in ("profile", "labels", "messages")} == {429}
    google.clear_faults()
    assert client.get(f"{ME}/profile").status_code == 200


def test_an_unknown_kind_of_fault_is_a_mistake_of_the_test(google: GoogleServer) -> None:
    with pytest.raises(ValueError, match="tiemout"):
        google.fault("getProfile", "tiemout")


@pytest.mark.parametrize("kind", ["reset", "timeout"])
def test_a_connection_lost_before_the_call_applies_nothing(
    google: GoogleServer, client: httpx2.Client, kind: str
) -> None:
    message = google.add_message(letter())
    google.fault("messages.modify", kind, seconds=0.05)

    with pytest.raises(httpx2.TransportError):
        client.post(f"{ME}/messages/{message}/modify", json={"addLabelIds": ["STARRED"]})

    assert google.labels_of(message) == {"INBOX", "UNREAD"}


@pytest.mark.parametrize("kind", ["reset_after_apply", "timeout_after_apply", "reset_mid_body"])
def test_a_connection_lost_after_the_call_has_applied_it(
    google: GoogleServer, client: httpx2.Client, kind: str
) -> None:
    message = google.add_message(letter())
    google.fault("messages.modify", kind)

    with pytest.raises(httpx2.TransportError):
        client.post(f"{ME}/messages/{message}/modify", json={"addLabelIds": ["STARRED"]}, timeout=0.2)

    assert google.labels_of(message) == {"INBOX", "UNREAD", "STARRED"}
    assert client.get(f"{ME}/profile").status_code == 200


@pytest.mark.parametrize(
    ("kind", "status", "content_type"),
    [("truncated_json", 200, "application/json"), ("html", 502, "text/html"), ("empty", 200, "application/json")],
)
def test_an_answer_may_be_unreadable(
    google: GoogleServer, client: httpx2.Client, kind: str, status: int, content_type: str
) -> None:
    google.fault("getProfile", kind)

    answer = client.get(f"{ME}/profile")

    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (status, content_type)
    with pytest.raises(ValueError, match="line 1"):
        answer.json()


def test_an_answer_may_lie_about_its_compression(google: GoogleServer, client: httpx2.Client) -> None:
    google.fault("getProfile", "gzip_garbage")

    with pytest.raises(httpx2.DecodingError):
        client.get(f"{ME}/profile")


def test_an_answer_may_be_slow(google: GoogleServer, client: httpx2.Client) -> None:
    google.fault("getProfile", "slow", seconds=0.05)

    before = time.perf_counter()
    answer = client.get(f"{ME}/profile")

    assert answer.status_code == 200
    assert time.perf_counter() - before >= 0.05


def test_the_person_may_act_between_two_calls(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter(), labels=("INBOX", "Bills"))
    bills = next(iter(google.label_names()))
    google.before("messages.get", lambda: google.delete(message))
    google.before("messages.batchModify", lambda: google.delete_label("Bills"))
    google.before("history.list", google.revoke, nth=2)

    listed = client.get(f"{ME}/messages").json()["messages"]
    gone = client.get(f"{ME}/messages/{message}")
    no_label = client.post(f"{ME}/messages/batchModify", json={"ids": [message], "addLabelIds": [bills]})
    histories = [client.get(f"{ME}/history", params={"startHistoryId": "4200000"}).status_code for _ in range(2)]

    assert [one["id"] for one in listed] == [message]
    assert gone.status_code == 404
    assert no_label.json()["error"]["message"] == f"Invalid label: {bills}"
    assert histories == [200, 401]
