from concurrent.futures import ThreadPoolExecutor

import pytest

from auramail.core.errors import NotYetError
from auramail.core.quota import Priority
from auramail.mail.gmail import calls
from auramail.mail.gmail.calls import Method
from auramail.mail.gmail.quota import UNITS, LocalBucket, Meter
from tests.fakes.google.quota import UNITS as PUBLISHED
from tests.mail.gmail.gmail_world import Timepiece


def test_a_bucket_that_others_empty_meanwhile_is_not_waited_for_for_ever() -> None:
    clock = Timepiece()

    class Besieged(LocalBucket):
        def take(self, units: int, reserve: float = 0.0) -> float:
            del units, reserve
            return 1.25

    meter = Meter(Besieged(6000, clock), clock.sleep)

    with pytest.raises(NotYetError) as caught:
        meter.pay([calls.list_labels()])

    assert clock.pauses == [1.25, 1.25]  # a third would make more than three seconds
    assert caught.value.after == 1.25
    assert meter.usage.quota_units == meter.usage.http_calls == 0


@pytest.mark.parametrize(
    ("priority", "reads"), [(Priority.LIVE, 300), (Priority.BACKLOG, 270), (Priority.HOUSEKEEPING, 150)]
)
def test_less_urgent_work_leaves_quota_for_new_mail(priority: Priority, reads: int) -> None:
    clock = Timepiece()
    bucket = LocalBucket(6000, clock)
    meter = Meter(bucket, clock.sleep, priority=priority)

    meter.pay([calls.get_message("a", "raw")] * reads)
    with pytest.raises(NotYetError) as caught:
        meter.pay([calls.get_message("b", "raw")] * 25)

    assert caught.value.after == pytest.approx(5)  # 500 units
    assert meter.usage.quota_units == 20 * reads
    Meter(bucket, clock.sleep).pay([calls.get_message("c", "raw")] * (300 - reads))
    assert clock.pauses == []


def test_threads_that_pay_together_lose_no_unit() -> None:
    clock = Timepiece()
    bucket = LocalBucket(100_000, clock)
    meter = Meter(bucket, clock.sleep)

    with ThreadPoolExecutor(4) as pool:
        for _ in pool.map(lambda _: meter.pay([calls.get_message("a", "raw")]), range(2000)):
            meter.count_request()

    assert (meter.usage.quota_units, meter.usage.http_calls) == (40_000, 2000)
    assert bucket.standing().left == 60_000


def test_every_method_has_the_published_price() -> None:
    assert {method.google_name: UNITS[method] for method in Method} == {
        method.google_name: PUBLISHED[method.google_name] for method in Method
    }
