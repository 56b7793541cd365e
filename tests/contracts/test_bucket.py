"""One suite for every core.quota.Bucket: what a minute allows, who goes first, what refusals teach."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from auramail.core.quota import QuotaStanding
from tests.contracts.bucket_cases import Case, local_case, shared_case

SLACK = 0.2
"""Seconds that a real Redis may let pass between two lines of a test."""


@pytest.fixture(params=["local", "shared"])
def case_of(request: pytest.FixtureRequest) -> Callable[[int], Case]:
    if request.param == "local":
        return local_case
    url = request.getfixturevalue("redis_url")
    return lambda units: shared_case(url, units)


@pytest.fixture
def case(case_of: Callable[[int], Case]) -> Case:
    return case_of(6000)


def waits(seconds: float, expected: float) -> bool:
    return expected - SLACK <= seconds <= expected + 0.002


def after_refusals(case: Case, count: int, limit: int | None = None) -> QuotaStanding:
    """How it stands when Google has refused `count` times, each long after the other."""
    bucket = case.open()
    for _ in range(count):
        case.advance(10)
        bucket.take(20)
        bucket.refused(limit)
    return bucket.standing()


def test_a_full_bucket_pays_at_once_and_fills_again_within_a_minute(case: Case) -> None:
    bucket = case.open()

    assert bucket.take(6000) == 0
    assert waits(bucket.take(500), 5)
    case.advance(5)
    assert bucket.take(500) == 0
    case.advance(3600)
    assert bucket.take(6000) == 0
    assert bucket.take(100) > 0


def test_a_refused_taking_takes_nothing(case_of: Callable[[int], Case]) -> None:
    bucket = case_of(600).open()
    bucket.take(500)

    assert waits(bucket.take(200), 10)
    assert bucket.take(100) == 0


def test_after_the_wait_that_was_told_the_units_are_there(case: Case) -> None:
    bucket = case.open()
    bucket.take(6000)

    for units in (1, 7, 20, 333, 800):
        case.advance(bucket.take(units))
        assert bucket.take(units) == 0


def test_what_is_dearer_than_the_whole_bucket_is_taken_when_it_is_full(case_of: Callable[[int], Case]) -> None:
    bucket = case_of(60).open()

    assert bucket.take(100) == 0
    assert waits(bucket.take(1), 41)  # 40 in debt, and one more


@pytest.mark.parametrize(("reserve", "takes"), [(0.0, 6000), (0.1, 5400), (0.5, 3000)])
def test_a_reserve_stays_for_more_urgent_work(case: Case, reserve: float, takes: int) -> None:
    bucket = case.open()

    assert bucket.take(takes, reserve) == 0
    if reserve:
        assert bucket.take(100, reserve) > 0
        assert bucket.take(int(6000 * reserve)) == 0


def test_who_leaves_a_reserve_waits_until_it_is_there_again(case: Case) -> None:
    bucket = case.open()
    bucket.take(6000)

    assert waits(bucket.take(100, 0.5), 31)  # the half that stays, and 100 units


def test_what_is_more_than_a_reserve_ever_leaves_is_taken_from_a_full_bucket(case: Case) -> None:
    bucket = case.open()

    assert bucket.take(4000, 0.5) == 0
    wait = bucket.take(4000, 0.5)
    assert waits(wait, 40)
    case.advance(wait)
    assert bucket.take(4000, 0.5) == 0


def test_workers_and_threads_share_one_bucket(case: Case) -> None:
    workers = [case.open() for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda worker: sum(worker.take(20) == 0 for _ in range(150)), workers))

    assert 300 <= sum(taken) <= 306  # 6,000 units are 300 reads; two per cent may have flowed in meanwhile


def test_a_refusal_empties_the_bucket_and_halves_the_estimate(case: Case) -> None:
    bucket = case.open()
    bucket.take(1000)

    bucket.refused(None)

    standing = bucket.standing()
    assert standing.a_minute == pytest.approx(3000, abs=5)
    assert standing.left == pytest.approx(0, abs=20)
    assert (standing.configured, standing.refusals, standing.named) == (6000, 1, None)
    assert standing.spent_when_refused == pytest.approx(1000, abs=5)
    assert waits(bucket.take(500), 10)  # 50 units a second


def test_what_was_spent_is_noted_when_google_refuses_the_full_pace_not_while_it_is_halved(case: Case) -> None:
    bucket = case.open()
    bucket.take(4000)
    bucket.refused(None)
    case.advance(30)
    bucket.take(1000)
    bucket.refused(None)

    assert bucket.standing().refusals == 2
    assert bucket.standing().spent_when_refused == pytest.approx(4000, abs=10)


def test_refusals_of_requests_that_were_under_way_together_count_once(case: Case) -> None:
    bucket = case.open()

    bucket.refused(None)
    case.advance(2)
    bucket.refused(None)

    assert bucket.standing().refusals == 1
    assert bucket.standing().a_minute == pytest.approx(3020, abs=5)


def test_the_estimate_recovers_by_a_tenth_of_the_settings_a_minute_and_never_beyond(case: Case) -> None:
    bucket = case.open()
    bucket.refused(None)

    case.advance(60)
    assert bucket.standing().a_minute == pytest.approx(3600, abs=5)
    case.advance(60)
    assert bucket.standing().a_minute == pytest.approx(4200, abs=5)
    case.advance(86_400)
    assert bucket.standing().a_minute == 6000


def test_the_estimate_never_falls_below_a_twentieth(case: Case) -> None:
    assert after_refusals(case, 12).a_minute == pytest.approx(300, abs=5)


def test_a_bucket_at_its_floor_still_lets_a_whole_batch_through_in_the_end(case: Case) -> None:
    after_refusals(case, 12)
    bucket = case.open()

    waited = 0.0
    while wait := bucket.take(800, 0.5):
        case.advance(wait)
        waited += wait

    assert waited < 300


def test_the_limit_that_google_names_is_kept(case: Case) -> None:
    assert after_refusals(case, 1, 15_000).named == 15_000
    case.open().refused(None)

    assert case.open().standing().named == 15_000


def test_spending_fades_within_minutes(case: Case) -> None:
    bucket = case.open()
    bucket.take(3000)
    assert bucket.standing().spent == pytest.approx(3000, abs=10)

    case.advance(60)
    assert 1000 < bucket.standing().spent < 1200
    case.advance(600)
    assert bucket.standing().spent < 1


def test_an_untouched_bucket_is_full_and_unknown(case: Case) -> None:
    standing = case.open().standing()

    assert (standing.a_minute, standing.configured, standing.left) == (6000, 6000, 6000)
    assert not standing.is_known


def test_a_clock_that_steps_back_gives_no_units_and_takes_none(case: Case) -> None:
    bucket = case.open()
    bucket.take(5900)
    bucket.refused(None)

    case.advance(-3600)

    assert waits(bucket.take(100), 2)
    assert bucket.standing().a_minute == pytest.approx(3000, abs=5)
    case.advance(2)
    assert bucket.take(100) == 0
    bucket.refused(None)
    assert bucket.standing().a_minute < 3100


def test_a_clock_that_steps_forward_fills_the_bucket_at_most(case: Case) -> None:
    bucket = case.open()
    bucket.take(6000)

    case.advance(3600)

    assert bucket.take(6000) == 0
    assert bucket.take(100) > 0


def test_reads_at_the_limit_spend_all_of_it_and_never_more_in_any_minute(case: Case) -> None:
    """Two workers read message by message for three minutes, beginning with an empty bucket.

    In Redis a second or two of real time pass besides.
    """
    workers = [case.open(), case.open()]
    workers[0].take(6000)
    began = time.monotonic()
    now, taken = 0.0, list[float]()

    while now < 180:
        told = [worker.take(20) for worker in workers]
        taken += [now for wait in told if not wait]
        now += min(told)
        case.advance(min(told))

    really = 100 * (time.monotonic() - began)
    assert 0.98 * 100 * now <= 20 * len(taken) <= 1.02 * 100 * now + really
    for start in taken:
        assert 20 * sum(start <= at < start + 60 for at in taken) <= 6000 * 1.02 + really


def test_the_size_of_batches_that_went_well_is_remembered_for_everybody(case: Case) -> None:
    assert case.open().parts() == 0

    case.open().remember_parts(40)

    assert case.open().parts() == 40
