"""At most so many calls in any minute."""

import pytest

from auramail.ai.window import CallWindow
from auramail.core.errors import TryAgainError
from tests.fakes.clock import FakeClock


def test_calls_beyond_the_limit_are_told_how_long_to_wait() -> None:
    clock = FakeClock()
    window = CallWindow(2, clock)
    window.enter()
    clock.advance(seconds=20)
    window.enter()
    clock.advance(seconds=5)

    with pytest.raises(TryAgainError) as full:
        window.enter()

    assert full.value.after == 35  # the first call leaves the window 60 s after it was made


def test_window_slides_so_that_no_minute_holds_more() -> None:
    clock = FakeClock()
    window = CallWindow(2, clock)
    window.enter()
    clock.advance(seconds=50)
    window.enter()
    clock.advance(seconds=10)
    window.enter()

    with pytest.raises(TryAgainError):
        window.enter()


def test_refused_call_does_not_count() -> None:
    clock = FakeClock()
    window = CallWindow(1, clock)
    window.enter()
    for _ in range(3):
        with pytest.raises(TryAgainError):
            window.enter()

    clock.advance(seconds=60)

    window.enter()
