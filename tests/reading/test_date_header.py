from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.reading.date_header import EPOCH, parse_date, read_date

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("Wed, 18 Nov 2026 14:00:00 +0200", NOON),
        ("18 Nov 2026 12:00 GMT", NOON),
        ("Wed, 18 Nov 2026 07:00:00 EST", NOON),
        ("Wed, 18 Nov 2026 12:00:00 -0000 (UTC)", NOON),
        ("Wed, 18 Nov 26 12:00:00", NOON),
        ("Wed, 18 Nov 2026 12:00:00 +9999", NOON),
    ],
)
def test_dates_are_read_with_their_zones(value: str, meant: datetime) -> None:
    assert parse_date(value) == meant


def test_date_keeps_its_own_offset() -> None:
    date = parse_date("Wed, 18 Nov 2026 14:00:00 +0200")

    assert date is not None
    assert date.tzinfo == timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "31 Feb 2026 10:00:00 +0000",
        "1 Jan 1904 00:00:00 +0000",
        "1 Jan 9999 00:00",
        "Mon, 1 Jan 2024 25:61:61 +0000",
    ],
)
def test_what_is_no_date_or_absurd_is_none(value: str) -> None:
    assert parse_date(value) is None


def test_own_date_comes_first() -> None:
    assert read_date({"date": ["Wed, 18 Nov 2026 12:00:00 +0000"]}, NOON + timedelta(hours=1)) == (NOON, True)


def test_date_from_the_future_gives_way_to_what_the_mailbox_says() -> None:
    assert read_date({"date": ["Wed, 18 Nov 2037 12:00:00 +0000"]}, NOON) == (NOON, False)


def test_without_a_mailbox_the_topmost_received_line_says_when() -> None:
    fields = {"date": ["nonsense"], "received": ["from a by b", "from c by d; Wed, 18 Nov 2026 12:00:00 +0000"]}

    assert read_date(fields, None) == (NOON, False)


def test_without_any_date_it_is_the_epoch() -> None:
    assert read_date({}, None) == (EPOCH, False)


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(value: str) -> None:
    date = parse_date(value)

    assert date is None or date.tzinfo is not None
