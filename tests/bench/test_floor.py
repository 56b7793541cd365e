import pytest

from bench.floor import floor_of

LATENCY = 0.08


@pytest.mark.parametrize(
    ("listed", "read", "groups", "units"),
    [
        (0, 0, (), 0),
        (1, 1, (1,), 5 + 20 + 5),
        (500, 0, (), 5),
        (501, 0, (), 2 * 5),
        (250, 250, (100, 100, 50), 5 + 250 * 20 + 3 * 50),
        (1000, 1000, (10, 11, 979), 2 * 5 + 1000 * 20 + 10 * 5 + 2 * 50),
        (10_000, 4000, (6000, 1001), 20 * 5 + 4000 * 20 + 6 * 50 + 50 + 5),
    ],
)
def test_units_are_those_of_pages_reads_and_groups(listed: int, read: int, groups: tuple[int, ...], units: int) -> None:
    assert floor_of(listed, read, groups).units == units


@pytest.mark.parametrize(
    ("listed", "read", "groups", "trips"),
    [
        (0, 0, (), 0),
        (1, 1, (1,), 3),  # the page, the message, the change
        (1, 1, (), 2),
        (40, 40, (40,), 3),
        (41, 41, (41,), 4),
        (5000, 0, (5000,), 11),  # ten pages, one by one, and all changes together
        (1000, 1000, (1000,), 1 + 25 + 1),  # the second page is listed while the first is read
    ],
)
def test_trips_are_those_that_must_follow_each_other(
    listed: int, read: int, groups: tuple[int, ...], trips: int
) -> None:
    assert floor_of(listed, read, groups).trips == trips


def test_a_small_run_takes_its_round_trips_and_a_large_one_its_quota() -> None:
    small, large = floor_of(250, 250, (250,)), floor_of(10_000, 10_000, (10_000,))

    assert small.units < 6000
    assert small.seconds(LATENCY) == pytest.approx(9 * LATENCY)
    assert large.seconds(LATENCY) == pytest.approx((20 * 5 + 10_000 * 20 + 10 * 50 - 6000) / 100)
    assert large.seconds(LATENCY, a_minute=15_000) == pytest.approx((large.units - 15_000) / 250)
