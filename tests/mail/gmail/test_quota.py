import pytest

from auramail.core.errors import TryAgainError
from auramail.mail.gmail import calls
from auramail.mail.gmail.calls import Method
from auramail.mail.gmail.quota import UNITS, LocalBucket, Meter
from tests.fakes.google.quota import UNITS as PUBLISHED
from tests.mail.gmail.gmail_world import Timepiece


def test_a_full_bucket_pays_at_once_and_fills_again_within_a_minute() -> None:
    clock = Timepiece()
    bucket = LocalBucket(6000, clock)

    assert bucket.take(6000) == 0
    assert bucket.take(500) == pytest.approx(5)
    clock.advance(seconds=5)
    assert bucket.take(500) == 0
    clock.advance(seconds=3600)
    assert bucket.take(6000) == 0
    assert bucket.take(1) > 0


def test_a_refused_taking_takes_nothing() -> None:
    clock = Timepiece()
    bucket = LocalBucket(600, clock)
    bucket.take(500)

    assert bucket.take(200) == pytest.approx(10)
    assert bucket.take(100) == 0


def test_a_call_dearer_than_the_whole_bucket_is_made_when_the_bucket_is_full() -> None:
    clock = Timepiece()
    bucket = LocalBucket(60, clock)

    assert bucket.take(100) == 0
    assert bucket.take(1) == pytest.approx(41)  # 40 in debt, and one more


def test_a_bucket_that_others_empty_meanwhile_is_not_waited_for_for_ever() -> None:
    clock = Timepiece()

    class Besieged:
        def take(self, units: int) -> float:
            del units
            return 3.0

    meter = Meter(Besieged(), clock.sleep)

    with pytest.raises(TryAgainError):
        meter.pay([calls.list_labels()])

    assert clock.pauses == [3, 3, 3]
    assert meter.usage.quota_units == meter.usage.http_calls == 0


def test_every_method_has_the_published_price() -> None:
    assert {method.google_name: UNITS[method] for method in Method} == {
        method.google_name: PUBLISHED[method.google_name] for method in Method
    }
