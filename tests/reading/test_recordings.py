"""Recordings: told by their first bytes, and measured by what their headers say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.reading.recordings import is_too_long, kind_of
from tests.reading.recorded import KINDS


@pytest.mark.parametrize("name", KINDS)
def test_kind_is_told_by_the_first_bytes(name: str) -> None:
    kind, make = KINDS[name]

    assert kind_of(make(2)) == kind


@pytest.mark.parametrize(
    "data",
    [b"", b"R", b"RIFF\0\0\0\0AVI ", b"%PDF-1.7", b"<html>", b"MZ", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"From x"],
)
def test_anything_else_is_no_recording(data: bytes) -> None:
    assert kind_of(data) is None


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(("seconds", "too_long"), [(1, False), (59, False), (60.5, False), (62, True), (600, True)])
def test_more_than_a_minute_is_too_long(name: str, seconds: float, too_long: bool) -> None:
    kind, make = KINDS[name]

    assert is_too_long(make(seconds), kind) is too_long


@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=60), st.integers(0, 60))
def test_a_broken_recording_is_measured_without_an_error(name: str, noise: bytes, cut: int) -> None:
    kind, make = KINDS[name]
    data = make(2)[:cut] + noise

    assert is_too_long(data, kind) in {True, False}
