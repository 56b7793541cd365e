"""What is said to who may not ask a model now."""

import pytest

from auramail.core.errors import NotYetError, QuotaSpentError
from auramail.core.pace import full, shut


@pytest.mark.parametrize(("seconds", "told"), [(35, 35), (0.0001, 0.001), (12.3451, 12.346)])
def test_waits_are_rounded_up_so_that_nobody_comes_back_too_early(seconds: float, told: float) -> None:
    assert full(seconds).after == told
    assert shut(seconds).after == told


def test_a_spent_day_is_told_from_a_full_minute() -> None:
    assert isinstance(shut(1), QuotaSpentError)
    assert type(full(1)) is NotYetError
    assert "day's quota" in shut(1).problem.say()
