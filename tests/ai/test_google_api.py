"""What Google's refusals and days mean."""

from datetime import UTC, datetime
from typing import Any

import pytest

from auramail.ai.google_api import error_details, retry_delay, spent_quotas, until_the_day_ends


@pytest.mark.parametrize(
    "details",
    [
        None,
        [],
        {"error": None},
        {"error": {"details": {}}},
        {"error": {"details": ["x", {"retryDelay": 7}, {"retryDelay": "soon"}, {"violations": "x"}]}},
        {"error": {"details": [{"violations": ["PerDay"]}]}},
    ],
)
def test_error_of_an_odd_shape_has_no_delay_and_no_quota(details: Any) -> None:
    listed = list(error_details(details))

    assert retry_delay(listed) is None
    assert list(spent_quotas(listed)) == []


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 11, 20, 8, 0, tzinfo=UTC), 24),  # midnight there, eight hours behind in winter
        (datetime(2026, 11, 20, 7, 59, tzinfo=UTC), 1 / 60),
        (datetime(2026, 7, 20, 6, 0, tzinfo=UTC), 1),  # seven hours behind in summer
        (datetime(2026, 11, 1, 7, 0, tzinfo=UTC), 25),  # the day on which the clocks go back
        (datetime(2026, 3, 8, 8, 0, tzinfo=UTC), 23),  # and forward
    ],
)
def test_day_ends_at_midnight_in_california(now: datetime, hours: float) -> None:
    assert until_the_day_ends(now) == hours * 3600
