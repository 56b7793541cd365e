from pathlib import Path

import pytest
from rq.job import Job

from auramail.core.errors import TryAgainError
from auramail.jobs.queue import TASK, RQDoorbell
from tests.fakes.clock import FakeClock

NOWHERE = "unix:///nowhere/redis.sock"


def waiting(bell: RQDoorbell) -> list[int]:
    """The accounts whose jobs wait, in order."""
    return [job.args[0] for job in bell.queue.jobs]


def take(bell: RQDoorbell) -> Job:
    """Take the next job as a worker does."""
    taken = bell.queue.dequeue_any(
        [bell.queue], timeout=None, connection=bell.connection, serializer=bell.queue.serializer
    )
    assert taken is not None
    return taken[0]


def test_a_ring_is_a_job_that_carries_the_account_and_nothing_else(bell: RQDoorbell) -> None:
    bell.ring(7)

    [job] = bell.queue.jobs
    assert (job.func_name, job.args, job.kwargs) == (TASK, [7], {})


def test_ringing_twice_is_ringing_once(bell: RQDoorbell) -> None:
    bell.ring(7)
    bell.ring(7)
    bell.ring(8)

    assert waiting(bell) == [7, 8]


def test_accounts_whose_numbers_begin_alike_do_not_silence_each_other(bell: RQDoorbell) -> None:
    bell.ring(11)
    bell.ring(1)

    assert waiting(bell) == [11, 1]


def test_a_ring_while_the_job_is_being_done_is_not_lost(bell: RQDoorbell) -> None:
    bell.ring(7)
    take(bell)

    bell.ring(7)

    assert waiting(bell) == [7]


def test_a_later_ring_comes_when_its_time_has_come(bell: RQDoorbell, clock: FakeClock) -> None:
    bell.ring(7, after=30)

    assert bell.ring_due() == 0
    clock.advance(seconds=30)

    assert bell.ring_due() == 1
    assert waiting(bell) == [7]
    assert bell.ring_due() == 0


def test_the_first_of_two_later_rings_is_kept(bell: RQDoorbell, clock: FakeClock) -> None:
    bell.ring(7, after=30)
    bell.ring(7, after=300)
    clock.advance(seconds=31)

    assert bell.ring_due() == 1


def test_reminding_rings_unless_a_later_ring_is_agreed_upon(bell: RQDoorbell) -> None:
    bell.ring(7, after=30)
    bell.remind(7)
    bell.remind(8)

    assert waiting(bell) == [8]


def test_a_job_waits_as_long_as_it_takes_and_is_kept_for_a_day(bell: RQDoorbell) -> None:
    bell.ring(7)

    [job] = bell.queue.jobs
    assert (job.timeout, job.result_ttl, job.failure_ttl) == (-1, 86400, 86400)


def test_deaths_are_counted_by_account_and_forgotten(bell: RQDoorbell) -> None:
    assert [bell.count_death(7), bell.count_death(7), bell.count_death(8)] == [1, 2, 1]

    bell.forget_deaths(7)

    assert bell.count_death(7) == 1


def test_without_redis_one_is_told_to_try_again(clock: FakeClock) -> None:
    bell = RQDoorbell(NOWHERE, clock)

    for ring in (lambda: bell.ring(1), lambda: bell.ring(1, after=5), lambda: bell.remind(1), bell.ring_due):
        with pytest.raises(TryAgainError, match="Redis cannot be reached"):
            ring()
    assert not bell.is_reachable()


def test_the_bell_is_reachable_where_redis_answers(bell: RQDoorbell, tmp_path: Path) -> None:
    assert bell.is_reachable()
    assert not list(tmp_path.iterdir())
