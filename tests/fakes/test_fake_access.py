import gzip
import json
import time

import httpx2
import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.conftest import PLAIN
from tests.fakes.google_server import GoogleServer
from tests.fakes.letters import letter

ME = "/gmail/v1/users/me"
READ_ONLY = "https://www.googleapis.com/auth/gmail.readonly"


def reason(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["errors"][0]["reason"]


def test_a_token_is_needed_and_must_be_alive(google: GoogleServer, clock: FakeClock) -> None:
    token = google.grant().access_token
    live = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=google.url, verify=PLAIN) as client:
        without = client.get(f"{ME}/profile")
        unknown = client.get(f"{ME}/profile", headers={"Authorization": "Bearer ya29.none"})
        fresh = client.get(f"{ME}/profile", headers=live)
        clock.advance(hours=1)
        old = client.get(f"{ME}/profile", headers=live)

    assert reason(without) == reason(unknown) == reason(old) == (401, "authError")
    assert 'error="invalid_token"' in old.headers["WWW-Authenticate"]
    assert fresh.status_code == 200


def test_scopes_decide_which_methods_may_be_called(google: GoogleServer) -> None:
    headers = {"Authorization": f"Bearer {google.grant(scopes=['openid', READ_ONLY]).access_token}"}
    with httpx2.Client(base_url=google.url, headers=headers, verify=PLAIN) as client:
        read = client.get(f"{ME}/messages")
        change = client.post(f"{ME}/messages/batchModify", json={"ids": ["1"], "addLabelIds": ["STARRED"]})
        calendar = client.get("/calendar/v3/calendars/primary/events")

    assert read.status_code == 200
    assert reason(change) == reason(calendar) == (403, "insufficientPermissions")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"{ME}/messages/send"),
        ("POST", f"{ME}/drafts/send"),
        ("POST", f"{ME}/messages/batchDelete"),
        ("DELETE", f"{ME}/messages/1"),
        ("DELETE", f"{ME}/threads/1"),
        ("POST", f"{ME}/settings/filters"),
        ("GET", f"{ME}/settings/forwardingAddresses"),
        ("POST", "/calendar/v3/calendars/primary/acl"),
        ("GET", "/drive/v3/files"),
    ],
)
def test_what_auramail_must_never_do_is_refused_and_remembered(
    google: GoogleServer, client: httpx2.Client, method: str, path: str
) -> None:
    answer = client.request(method, path)

    assert reason(answer) == (403, "forbidden")
    assert google.forbidden == [f"{method} {path}"]


def test_requests_google_does_not_know_are_violations(google: GoogleServer, client: httpx2.Client) -> None:
    answer = client.get(f"{ME}/messages", params={"pageSize": "5"})

    assert answer.status_code == 400
    assert google.violations == ["messages.list: no query parameter pageSize"]


def test_a_body_that_is_not_json_is_refused(client: httpx2.Client) -> None:
    assert reason(client.post(f"{ME}/messages/batchModify", content=b"{ids")) == (400, "parseError")


def test_units_are_counted_by_the_table_of_2026(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter())

    client.get(f"{ME}/messages")
    client.get(f"{ME}/messages/{message}", params={"format": "minimal"})
    client.post(f"{ME}/messages/batchModify", json={"ids": [message], "addLabelIds": ["STARRED"]})
    client.get("/calendar/v3/calendars/primary/events")

    assert google.usage.units == 5 + 20 + 50
    assert google.usage.units_of == {"olena@example.com": 75}
    assert google.usage.http_calls == 4
    google.reset_usage()
    assert (google.usage.units, google.usage.http_calls) == (0, 0)


def test_an_empty_bucket_refuses_until_it_fills_again(
    google: GoogleServer, client: httpx2.Client, clock: FakeClock
) -> None:
    google.quota.units_per_minute = 60
    message = google.add_message(letter())
    path = f"{ME}/messages/{message}"

    spent = [client.get(path).status_code for _ in range(3)]
    refused = client.get(path)
    clock.advance(seconds=21)
    again = client.get(path)

    assert spent == [200, 200, 200]
    assert reason(refused) == (429, "rateLimitExceeded")
    assert refused.headers["Retry-After"] == "21"
    assert again.status_code == 200
    assert google.usage.units == 80


def test_the_refusal_can_be_the_older_403(google: GoogleServer, client: httpx2.Client) -> None:
    google.quota.units_per_minute, google.quota.code, google.quota.reason = 1, 403, "userRateLimitExceeded"

    assert reason(client.get(f"{ME}/messages")) == (403, "userRateLimitExceeded")


def test_gzip_is_for_clients_that_say_so_twice(google: GoogleServer, client: httpx2.Client) -> None:
    message = google.add_message(letter(text="word " * 1000))
    request = client.build_request("GET", f"{ME}/messages/{message}", headers={"Accept-Encoding": "gzip"})

    request.headers["User-Agent"] = "auramail"
    plain = client.send(request, stream=True)
    plain_bytes = b"".join(plain.iter_raw())
    request.headers["User-Agent"] = "auramail (gzip)"
    small = client.send(request, stream=True)
    small_bytes = b"".join(small.iter_raw())

    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(small_bytes)) == json.loads(plain_bytes)


def test_every_http_call_takes_the_latency(google: GoogleServer, client: httpx2.Client) -> None:
    google.http.latency = 0.05

    before = time.perf_counter()
    client.get(f"{ME}/profile")

    assert time.perf_counter() - before >= 0.05
