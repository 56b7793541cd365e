"""The schedule: one table, one process that rings when its time has come."""

import signal
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import FrameType, MappingProxyType

from auramail.core.errors import AuraMailError, BusyError
from auramail.ops.announcements import hear_announcements
from auramail.ops.logs import configure_logs, log
from auramail.ops.model.checks import check_aside
from auramail.ops.second_look import ring_for_second_looks
from auramail.ops.work import ring_for_new_mail, ring_for_open_work
from auramail.settings import Settings
from auramail.wiring.house import House, open_house

SCHEDULER = 0
"""The scheduler owns account 0, which no mailbox has: of two schedulers one works, the other waits for its end."""
PATIENCE_SECONDS = 5.0
TICK_SECONDS = 0.5


def ring_due(house: House) -> None:
    house.queue.ring_due()


def sweep(house: House) -> None:
    ring_for_open_work(house)


def ring_live(house: House) -> None:
    ring_for_new_mail(house)


def pull_announcements(house: House) -> None:
    hear_announcements(house)


def ring_second_looks(house: House) -> None:
    ring_for_second_looks(house)


def purge_sessions(house: House) -> None:
    house.sessions.purge()


def purge_models(house: House) -> None:
    house.answers.purge()
    house.bills.purge(house.clock.now() - timedelta(days=house.settings.model_keep_sent_days))


SCHEDULE: Mapping[Callable[[House], None], float] = MappingProxyType(
    {
        ring_due: 1.0,
        ring_live: 2.0,
        pull_announcements: 5.0,
        sweep: 30.0,
        ring_second_looks: 60.0,
        purge_sessions: 3600.0,
        purge_models: 3600.0,
    }
)
"""What is done every so many seconds."""


def run_scheduler(settings: Settings) -> None:
    """Work through the schedule until told to stop."""
    configure_logs(settings, "scheduler")
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with open_house(settings) as house:
        check_aside(settings)
        keep_schedule(house, stop)


def keep_schedule(house: House, stop: threading.Event, patience: float = PATIENCE_SECONDS) -> None:
    """Work through the schedule while this is the one scheduler; wait `patience` seconds for another one's end."""
    while not stop.is_set():
        try:
            with house.lock.hold(SCHEDULER) as is_owner:
                keep_time(house, stop, is_owner)
        except BusyError:
            stop.wait(patience)
        except AuraMailError as error:
            log.warning("schedule_waits", what="scheduler", why=error.problem.text)
            stop.wait(patience)


def keep_time(house: House, stop: threading.Event, is_owner: Callable[[], bool]) -> None:
    """Do each thing of the schedule when it is due, from now until stopped or replaced."""
    due = dict.fromkeys(SCHEDULE, 0.0)
    while not stop.is_set() and is_owner():
        now = house.clock.monotonic()
        for do, at in due.items():
            if now >= at:
                due[do] = now + SCHEDULE[do]
                attempt(do, house)
        stop.wait(TICK_SECONDS)


def attempt(do: Callable[[House], None], house: House) -> None:
    """What fails now is tried again at its next time."""
    try:
        do(house)
    except AuraMailError as error:
        log.warning("schedule_waits", what=do.__name__, why=error.problem.text)
