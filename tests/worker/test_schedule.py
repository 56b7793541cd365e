"""The scheduler: rings when it is time, reminds of what was left, and is one even if started twice."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from auramail.core.errors import BusyError
from auramail.core.history import Selection, State
from auramail.ops.live import start_live
from auramail.wiring.house import House, open_house
from auramail.worker.schedule import SCHEDULE, SCHEDULER, attempt, keep_schedule, sweep
from tests.house import newsletter
from tests.worker.conftest import Workplace, deliver, wait_until


@contextmanager
def scheduler(place: Workplace) -> Iterator[threading.Event]:
    """A scheduler with a house of its own, as a process would have; stopped at the end or by the event."""
    stop = threading.Event()

    def work() -> None:
        with open_house(place.house.settings) as house:
            keep_schedule(house, stop, patience=0.05)

    thread = threading.Thread(target=work)
    thread.start()
    yield stop
    stop.set()
    thread.join(timeout=10)


def is_kept(house: House) -> bool:
    """Whether a scheduler is at work."""
    try:
        with house.lock.hold(SCHEDULER):
            return False
    except BusyError:
        return True


def waiting(house: House) -> list[int]:
    return [job.args[0] for job in house.queue.queue.jobs]


def test_the_scheduler_rings_when_a_later_ring_is_due(ana: Workplace) -> None:
    ana.house.queue.ring(ana.account.id, after=0.05)

    with scheduler(ana):
        wait_until(lambda: waiting(ana.house) == [ana.account.id])


def test_of_two_schedulers_one_works_and_the_other_takes_over_at_its_end(ana: Workplace) -> None:
    with scheduler(ana) as first:
        wait_until(lambda: is_kept(ana.house))
        with scheduler(ana):
            first.set()
            ana.house.queue.ring(ana.account.id, after=0.05)

            wait_until(lambda: waiting(ana.house) == [ana.account.id])
            assert is_kept(ana.house)
    assert not is_kept(ana.house)


def test_when_redis_lost_everything_the_sweep_rings_again(ana: Workplace) -> None:
    ana.order()
    ana.house.queue.connection.flushall()

    sweep(ana.house)
    sweep(ana.house)

    assert waiting(ana.house) == [ana.account.id]


def test_the_sweep_leaves_an_account_alone_that_somebody_works_on(ana: Workplace) -> None:
    ana.order()
    ana.house.queue.connection.flushall()

    with ana.house.lock.hold(ana.account.id):
        sweep(ana.house)

    assert waiting(ana.house) == []


def test_the_sweep_keeps_to_a_ring_agreed_for_later(ana: Workplace) -> None:
    ana.order()
    ana.house.queue.connection.flushall()
    ana.house.queue.ring(ana.account.id, after=600)

    sweep(ana.house)

    assert waiting(ana.house) == []


def test_the_sweep_finds_an_entry_that_a_crash_left_open(ana: Workplace) -> None:
    deliver(ana, 1)
    run = ana.order()
    ana.start_worker()
    ana.wait_for_end(run)
    wait_until(lambda: not waiting(ana.house))
    [entry] = ana.house.ledger.entries(Selection(ana.account.id, run_id=run.id))
    later = ana.house.runs.start(ana.account.id, run.order)
    ana.house.ledger.record([replace(entry, id=0, run_id=later.id, message_id="left", state=State.PLANNED)])
    ana.house.runs.cancel(later.id)

    sweep(ana.house)

    wait_until(lambda: not list(ana.house.ledger.entries(Selection(ana.account.id, states=frozenset({State.PLANNED})))))


def test_without_redis_the_schedule_goes_on(ana: Workplace) -> None:
    ana.order()
    lost = ana.house.settings.model_copy(update={"redis_url": "unix:///nowhere/redis.sock"})

    with open_house(lost) as house:
        for do in SCHEDULE:
            attempt(do, house)


def test_the_scheduler_and_a_worker_sort_new_mail_by_themselves_also_after_redis_lost_everything(
    ana: Workplace,
) -> None:
    start_live(ana.house, ana.account)
    ana.start_worker()
    time.sleep(1.1)  # what a second includes is nowhere written
    first = ana.google.add_message(newsletter(1), ("INBOX", "UNREAD"))

    with scheduler(ana), scheduler(ana):
        wait_until(lambda: "INBOX" not in ana.google.labels_of(first))
        ana.house.queue.connection.flushall()
        second = ana.google.add_message(newsletter(2), ("INBOX", "UNREAD"))
        wait_until(lambda: "INBOX" not in ana.google.labels_of(second))

    entries = ana.house.ledger.entries(Selection(ana.account.id))
    assert sorted(entry.message_id for entry in entries) == sorted([first, second])


def test_two_workers_and_two_schedulers_handle_new_mail_once(ana: Workplace) -> None:
    start_live(ana.house, ana.account)
    for _ in range(2):
        ana.start_worker()
    messages = {ana.google.add_message(newsletter(number), ("INBOX", "UNREAD")) for number in range(5)}

    with scheduler(ana), scheduler(ana):
        wait_until(lambda: not any("INBOX" in ana.google.labels_of(message) for message in messages))

    entries = ana.house.ledger.entries(Selection(ana.account.id))
    assert sorted(entry.message_id for entry in entries) == sorted(messages)
