"""The stream that a page follows a run by."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from auramail.core.accounts import Account
from auramail.core.estimates import Estimate
from auramail.core.runs import Order, Progress, Run, RunState
from auramail.web import watching
from auramail.wiring.house import House
from tests.fakes.clock import NOON
from tests.web.visitor import Visitor


def test_a_stream_tells_the_state_and_that_it_is_over(ana: Visitor, sorted_run: Run) -> None:
    stream = ana.get(f"/runs/{sorted_run.id}/events")

    assert stream.mimetype == "text/event-stream"
    assert stream.text.startswith(f"id: {sorted_run.id}-")
    assert stream.text.endswith("event: finished\ndata: done\n\n")
    assert "See the report" in stream.text


def test_a_stream_taken_up_again_repeats_nothing(ana: Visitor, sorted_run: Run) -> None:
    first = ana.get(f"/runs/{sorted_run.id}/events").text
    last_id = first.splitlines()[0].removeprefix("id: ")

    again = ana.get(f"/runs/{sorted_run.id}/events", {"Last-Event-ID": last_id})

    assert again.text == "event: finished\ndata: done\n\n"


def test_a_stream_speaks_whenever_something_changed(app: Flask, account: Account, house: House) -> None:
    run = house.runs.start(account.id, Order())
    with app.test_request_context():
        stream = watching.events(run.id, "", lambda seen: f"{seen.progress.done} done")

        told = [next(stream)]
        for done in (1, 2):
            house.runs.note(run.id, Progress(listed=3, done=done))
            told.append(next(stream))

    assert [event.splitlines()[1] for event in told] == ["data: 0 done", "data: 1 done", "data: 2 done"]
    assert len({event.splitlines()[0] for event in told}) == 3


def test_markup_of_several_lines_is_one_event() -> None:
    assert watching.as_data("<p>\n\n  one\n</p>\n") == "data: <p>\ndata:   one\ndata: </p>"


@pytest.fixture
def make_run() -> Callable[..., Run]:
    def make(**fields: object) -> Run:
        values: dict[str, object] = {
            "id": 1,
            "account_id": 1,
            "order": Order(),
            "state": RunState.RUNNING,
            "created": NOON,
            "started": NOON,
        }
        return Run(**(values | fields))  # type: ignore[arg-type]  # a test names what it wants

    return make


def test_rate_and_time_left_follow_from_what_was_done(make_run: Callable[..., Run]) -> None:
    run = make_run(progress=Progress(listed=300, done=100))

    view = watching.look_at(run, NOON + timedelta(seconds=20))

    assert view.rate == 300  # 100 in 20 seconds
    assert view.left == 40.0  # 200 are left at 5 a second
    assert view.elapsed is None


def test_what_was_foretold_is_the_total_until_more_is_listed(make_run: Callable[..., Run]) -> None:
    order = Order(estimate=Estimate(900, known=100))

    assert watching.look_at(make_run(order=order, progress=Progress(500, 10)), NOON).total == 1000
    assert watching.look_at(make_run(order=order, progress=Progress(1200, 10)), NOON).total == 1200
    over = make_run(order=order, progress=Progress(500, 500), state=RunState.DONE, finished=NOON)
    assert watching.look_at(over, NOON).total == 500


def test_a_full_quota_used_up_in_the_first_minute_promises_nothing(make_run: Callable[..., Run]) -> None:
    order = Order(estimate=Estimate(10_000, seconds=2000.0))
    run = make_run(order=order, progress=Progress(10_000, 300))

    early = watching.look_at(run, NOON + timedelta(seconds=10))
    late = watching.look_at(make_run(order=order, progress=Progress(10_000, 2000)), NOON + timedelta(seconds=400))

    assert (early.rate, late.rate) == (None, 300)
    assert early.left == pytest.approx(9_700 * 0.2)  # not 323 s, as thirty a second would have it
    assert late.left == pytest.approx(8_000 / 5)


def test_a_wait_is_told_anew_every_few_seconds(make_run: Callable[..., Run]) -> None:
    run = make_run(progress=Progress(10, 5, phase="waiting", until=NOON + timedelta(seconds=30)))

    versions = [watching.version_of(run, NOON + timedelta(seconds=passed)) for passed in (0, 1, 5, 6, 10)]

    assert len(set(versions)) == 3  # counted down by fives: 30, 30, 25, 25, 20


@pytest.mark.parametrize(("seconds", "done"), [(0, 5), (2.9, 5), (60, 0)])
def test_nothing_is_promised_in_the_first_seconds(make_run: Callable[..., Run], seconds: float, done: int) -> None:
    view = watching.look_at(make_run(progress=Progress(10, done)), NOON + timedelta(seconds=seconds))

    assert (view.rate, view.left) == (None, None)


def test_a_finished_run_says_how_long_it_took(make_run: Callable[..., Run]) -> None:
    run = make_run(state=RunState.DONE, finished=NOON + timedelta(minutes=2), progress=Progress(60, 60))

    view = watching.look_at(run, NOON + timedelta(days=1))

    assert view.is_over
    assert (view.elapsed, view.rate, view.left) == (120.0, 30, None)


def test_a_run_that_waits_has_no_less_time_left_than_its_wait(make_run: Callable[..., Run]) -> None:
    waiting = Progress(300, 280, phase="waiting", until=NOON + timedelta(seconds=40))
    run = make_run(progress=waiting)

    view = watching.look_at(run, NOON + timedelta(seconds=10))

    assert view.wait == 30.0
    assert view.left == 30.0  # 20 messages at 28 a second would be nothing
