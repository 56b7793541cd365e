"""What a server's numbers mean."""

from datetime import UTC, datetime

import pytest

from auramail.ai.access import Access
from auramail.ai.errors import LONGEST_WAIT, read_retry_after, read_seconds, refusal
from auramail.core.errors import TryAgainError

ACCESS = Access("GEMINI", "gemini-x", "key", "")


@pytest.mark.parametrize(("text", "seconds"), [("7", 7.0), ("7s", 7.0), (" 0.25s ", 0.25), ("0", 0.0)])
def test_waiting_times_are_read(text: str, seconds: float) -> None:
    assert read_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "s", "-1", "1e9", "²", "٣", "9" * 400, "Fri, 31 Dec 1999 23:59:59 GMT", "1.2.3s"])
def test_anything_else_is_no_waiting_time(text: str) -> None:
    assert read_seconds(text) is None


def test_no_server_can_make_us_wait_for_ever() -> None:
    error = refusal(429, ACCESS, after=999_999_999)

    assert isinstance(error, TryAgainError)
    assert error.after == LONGEST_WAIT


def test_being_told_to_come_back_at_once_still_waits_a_little() -> None:
    error = refusal(429, ACCESS, after=0)

    assert isinstance(error, TryAgainError)
    assert error.after > 0


def test_slow_request_may_be_repeated() -> None:
    assert isinstance(refusal(408, ACCESS), TryAgainError)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("Fri, 20 Nov 2026 12:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("Fri, 20 Nov 2026 12:00:30 -0000", 30.0),
        ("soon", None),
        ("Fri, 99 Nov 99999 12:00:30 GMT", None),
        ("", None),
    ],
)
def test_header_is_read_in_both_its_forms(value: str, seconds: float | None) -> None:
    assert read_retry_after({"retry-after": value}, datetime(2026, 11, 20, 12, 0, tzinfo=UTC)) == seconds
