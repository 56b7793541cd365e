from datetime import UTC, datetime

import httpx2

from bench.naive import UNITS_A_MESSAGE, NaiveClient
from tests.fakes.conftest import PLAIN
from tests.fakes.google_server import GoogleServer
from tests.fakes.letters import letter
from tests.fakes.virtual_clock import VirtualClock

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_the_naive_client_reads_and_changes_one_by_one_and_waits_when_refused() -> None:
    clock = VirtualClock(NOON)
    with GoogleServer(clock, units_per_minute=600) as google:
        google.add_user("olena@example.com")
        ids = [google.add_message(letter()) for _ in range(40)]
        headers = {"Authorization": f"Bearer {google.grant().access_token}"}
        started = clock.monotonic()
        with httpx2.Client(base_url=google.url, headers=headers, verify=PLAIN) as http:
            client = NaiveClient(http, clock.sleep)
            client.sort(40)

        assert all("INBOX" not in google.labels_of(one) for one in ids)
        assert google.usage.units == 5 + 5 + 40 * UNITS_A_MESSAGE
        assert client.calls == google.usage.http_calls
        assert google.usage.statuses[429] > 0
        assert clock.monotonic() - started >= (google.usage.units - 600) / 10
        assert google.violations == []
