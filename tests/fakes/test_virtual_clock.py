import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx2

from tests.fakes.conftest import PLAIN
from tests.fakes.google_server import GoogleServer
from tests.fakes.virtual_clock import VirtualClock

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PROFILE = "/gmail/v1/users/me/profile"


def busy(seconds: float) -> None:
    """Compute, by the processor's own clock."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_an_hour_of_sleep_passes_at_once() -> None:
    clock, started = VirtualClock(NOON), time.monotonic()

    clock.sleep(3600)

    assert time.monotonic() - started < 5
    assert 3600 <= clock.monotonic() < 3605
    assert timedelta(hours=1) <= clock.now() - NOON < timedelta(hours=1, seconds=5)


def test_sleeps_one_after_the_other_add_up() -> None:
    clock = VirtualClock(NOON)

    for _ in range(20):
        clock.sleep(60)

    assert 1200 <= clock.monotonic() < 1205


def test_sleeps_side_by_side_do_not_add_up() -> None:
    clock, together = VirtualClock(NOON), threading.Barrier(8)

    def wait() -> float:
        together.wait()
        clock.sleep(600)
        return clock.monotonic()

    with ThreadPoolExecutor(8) as threads:
        woken = [future.result() for future in [threads.submit(wait) for _ in range(8)]]

    assert min(woken) >= 600
    assert max(woken) < 605


def test_the_shorter_sleeper_wakes_first_and_goes_on_before_the_longer() -> None:
    clock, told = VirtualClock(NOON), []

    def wait(seconds: float, again: int) -> None:
        for _ in range(again):
            clock.sleep(seconds)
            told.append(seconds)

    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(wait, 100, 1), threads.submit(wait, 30, 3)]
        for one in both:
            one.result()

    assert told == [30, 30, 30, 100]


def test_a_process_at_work_is_not_made_to_look_faster() -> None:
    clock = VirtualClock(NOON)

    with ThreadPoolExecutor(1) as threads:
        work = threads.submit(busy, 0.5)
        clock.sleep(0.2)
        work.result()

    assert 0.5 <= clock.monotonic() < 5


def test_latency_of_requests_side_by_side_passes_once() -> None:
    clock = VirtualClock(NOON)
    with GoogleServer(clock, latency=10.0, sleep=clock.sleep) as google:
        google.add_user("olena@example.com")
        with client_of(google) as client, ThreadPoolExecutor(4) as threads:
            started = clock.monotonic()
            answers = [threads.submit(client.get, PROFILE) for _ in range(4)]
            statuses = [answer.result().status_code for answer in answers]
            together = clock.monotonic() - started
            client.get(PROFILE)

    assert statuses == [200] * 4
    assert 10 <= together < 15
    assert 20 <= clock.monotonic() - started < 30


def test_the_quota_of_the_fake_fills_by_the_virtual_clock() -> None:
    clock = VirtualClock(NOON)
    with GoogleServer(clock, units_per_minute=60) as google:
        google.add_user("olena@example.com")
        with client_of(google) as client:
            first = [client.get(PROFILE).status_code for _ in range(70)]
            clock.sleep(30)
            then = [client.get(PROFILE).status_code for _ in range(70)]

    assert 60 <= first.count(200) < 65
    assert 30 <= then.count(200) < 40


def client_of(google: GoogleServer) -> httpx2.Client:
    headers = {"Authorization": f"Bearer {google.grant().access_token}"}
    return httpx2.Client(base_url=google.url, headers=headers, timeout=10, verify=PLAIN)
