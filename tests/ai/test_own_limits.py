"""What only the limits of one process do: two clocks to open by. The rest is in tests/contracts."""

from datetime import timedelta

from auramail.ai.own_limits import OwnLimits
from auramail.core.pace import Pace
from tests.contracts.limits_cases import call
from tests.fakes.clock import FakeClock


class SetClock(FakeClock):
    """A computer's clock that people set."""

    def put(self, **change: float) -> None:
        self._now += timedelta(**change)


def test_setting_the_clock_of_the_computer_opens_no_window() -> None:
    clock = SetClock()
    limits = OwnLimits(Pace(1, 1), clock)
    assert call(limits) == 0

    for hours in (5, -10):
        clock.put(hours=hours)
        assert call(limits) == 60


def test_setting_the_clock_back_keeps_a_day_closed_no_longer_than_it_was_to_be() -> None:
    clock = SetClock()
    limits = OwnLimits(Pace(1, 1), clock)
    limits.close(clock.now() + timedelta(hours=2))

    clock.put(days=-30)
    assert call(limits) == 2 * 3600
    clock.advance(hours=2)

    assert call(limits) == 0


def test_a_computer_that_slept_over_the_reset_opens_when_it_wakes() -> None:
    clock = SetClock()
    limits = OwnLimits(Pace(1, 1), clock)
    limits.close(clock.now() + timedelta(hours=2))

    clock.put(hours=3)  # while a computer sleeps, only the clock that people set goes on

    assert limits.closed_until() is None
    assert call(limits) == 0
