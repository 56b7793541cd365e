"""One suite for every ports.models.CallLimits: so many calls in any minute, so many side by side, and closed days."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from threading import Barrier, Lock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auramail.core.errors import QuotaSpentError, TryAgainError
from auramail.core.pace import Pace
from auramail.ports.models import CallLimits
from tests.contracts.limits_cases import Case, call, own_case, shared_case, wait_and_call


@pytest.fixture(params=["own", "shared"])
def case_of(request: pytest.FixtureRequest) -> Callable[[Pace], Case]:
    if request.param == "own":
        return own_case
    url = request.getfixturevalue("redis_url")
    return lambda pace: shared_case(url, pace)


@pytest.fixture
def case(case_of: Callable[[Pace], Case]) -> Case:
    return case_of(Pace(calls_per_minute=3, side_by_side=2))


def enters(limits: CallLimits, places: ExitStack) -> bool:
    try:
        places.enter_context(limits.enter())
    except TryAgainError:
        return False
    return True


def test_calls_beyond_the_minute_are_told_when_there_is_room(case: Case) -> None:
    workers = [case.open(), case.open()]
    assert call(workers[0]) == 0
    case.advance(20)
    assert [call(worker) for worker in workers] == [0, 0]
    case.advance(5)

    assert case.waits(call(workers[0]), 35)  # the first call leaves the window 60 s after it was made
    assert case.waits(wait_and_call(workers[1], case), 35)
    assert case.waits(wait_and_call(workers[0], case), 20)


def test_a_call_that_failed_counts_and_gives_its_place_back(case: Case) -> None:
    limits = case.open()

    for _ in range(3):
        with pytest.raises(ZeroDivisionError), limits.enter():
            raise ZeroDivisionError

    assert case.waits(call(limits), 60)


def test_a_refused_call_takes_neither_a_call_of_the_minute_nor_a_place(case: Case) -> None:
    limits = case.open()
    with ExitStack() as places:
        assert [enters(limits, places) for _ in range(9)] == [True, True] + 7 * [False]

    assert limits.room() == 1
    assert call(limits) == 0


def test_who_finds_no_place_is_told_to_look_again_soon(case: Case) -> None:
    limits = case.open()

    with limits.enter(), limits.enter():
        assert 0 < call(limits) <= Pace(1, 1).glance

    assert call(limits) == 0


def test_who_finds_neither_a_place_nor_a_call_waits_for_both(case_of: Callable[[Pace], Case]) -> None:
    case = case_of(Pace(calls_per_minute=2, side_by_side=2))
    limits = case.open()

    with limits.enter(), limits.enter():
        assert case.waits(call(limits), 60)
        case.advance(59.9)
        assert case.waits(call(limits), Pace(2, 2).glance)


def test_room_is_what_is_left_of_this_minute(case: Case) -> None:
    limits, other = case.open(), case.open()
    assert other.room() == 3

    with limits.enter():
        assert other.room() == 2
        with limits.enter():
            assert other.room() == 1
    call(limits)
    assert other.room() == 0
    case.advance(61)
    assert other.room() == 3


def test_a_closed_model_is_asked_by_nobody_until_it_opens(case: Case) -> None:
    limits, other = case.open(), case.open()
    until = case.clock.now() + timedelta(hours=7)

    with limits.enter():
        limits.close(until)

    assert other.closed_until() == until
    assert other.room() == 0
    with pytest.raises(QuotaSpentError) as closed, other.enter():
        pass
    assert case.waits(closed.value.after, 7 * 3600)
    case.advance(7 * 3600)
    assert (limits.closed_until(), other.closed_until()) == (None, None)
    assert other.room() == 3
    assert call(other) == 0


def test_of_two_closings_the_longer_one_stands(case: Case) -> None:
    limits, now = case.open(), case.clock.now()

    limits.close(now + timedelta(hours=2))
    case.open().close(now + timedelta(hours=1))
    assert limits.closed_until() == now + timedelta(hours=2)
    limits.close(now + timedelta(hours=3))

    assert case.open().closed_until() == now + timedelta(hours=3)


def test_a_closing_that_is_past_closes_nothing(case: Case) -> None:
    limits = case.open()

    limits.close(case.clock.now() - timedelta(seconds=1))

    assert limits.closed_until() is None
    assert call(limits) == 0


def test_threads_are_let_in_as_often_as_allowed_and_no_more_beside_each_other(
    case_of: Callable[[Pace], Case],
) -> None:
    case, together = case_of(Pace(calls_per_minute=20, side_by_side=3)), Barrier(8)
    workers = [case.open() for _ in range(8)]
    lock, inside, seen = Lock(), list[int](), list[int]()

    def work(number: int) -> int:
        together.wait()
        made = 0
        for _ in range(100):
            with ExitStack() as places:
                if enters(workers[number], places):
                    made += 1
                    with lock:
                        inside.append(number)
                        seen.append(len(inside))
                    with lock:
                        inside.remove(number)
        return made

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(work, range(8)))

    assert sum(made) == 20
    assert max(seen) <= 3
    assert case.open().room() == 0
    case.advance(61)
    assert case.open().room() == 20


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    calls=st.integers(1, 6),
    arrivals=st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from([0.0, 0.0, 0.01, 0.7, 5.0, 29.5, 30.0, 59.9, 60.0, 61.0])),
        min_size=1,
        max_size=30,
    ),
)
def test_no_minute_ever_holds_more_calls_than_allowed(
    case_of: Callable[[Pace], Case], calls: int, arrivals: list[tuple[int, float]]
) -> None:
    """Whoever comes when: calls that were let in are noted with the times just before and just after."""
    case = case_of(Pace(calls_per_minute=calls, side_by_side=2))
    workers = [case.open() for _ in range(3)]
    made = list[tuple[float, float]]()

    for worker, gap in arrivals:
        case.advance(gap)
        before = case.clock.monotonic()
        if not call(workers[worker]):
            made.append((before, case.clock.monotonic()))

    assert len(made) >= min(calls, len(arrivals))
    for (first, _), (_, last) in zip(made, made[calls:], strict=False):
        assert last - first >= 60 - 1e-6  # the fake clock counts in millionths


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(calls=st.integers(1, 5), callers=st.lists(st.integers(0, 2), min_size=6, max_size=15))
def test_who_comes_back_when_told_gets_all_that_is_allowed(
    case_of: Callable[[Pace], Case], calls: int, callers: list[int]
) -> None:
    case = case_of(Pace(calls_per_minute=calls, side_by_side=2))
    workers = [case.open() for _ in range(3)]

    waited = sum(wait_and_call(workers[caller], case) for caller in callers)

    assert case.waits(waited, 60 * ((len(callers) - 1) // calls))
