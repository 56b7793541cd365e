"""The schedule: one table, one process that rings when its time has come."""

import signal
import threading
from collections.abc import Callable, Mapping
from types import FrameType, MappingProxyType

from auramail.core.errors import BusyError, TryAgainError
from auramail.ops.logs import configure_logs, log
from auramail.ops.work import ring_for_open_work
from auramail.settings import Settings
from auramail.wiring import House, open_house

SCHEDULER = 0
"""The scheduler owns account 0, which no mailbox has: of two schedulers one works, the other waits for its end."""


def ring_due(house: House) -> None:
    house.queue.ring_due()


def sweep(house: House) -> None:
    ring_for_open_work(house)


def purge_sessions(house: House) -> None:
    house.sessions.purge()


SCHEDULE: Mapping[Callable[[House], None], float] = MappingProxyType(
    {ring_due: 1.0, sweep: 30.0, purge_sessions: 3600.0}
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
        while not stop.is_set():
            try:
                with house.lock.hold(SCHEDULER) as is_owner:
                    while is_owner() and not stop.is_set():
                        keep_time(house, stop)
            except BusyError:
                stop.wait(5)


def keep_time(house: House, stop: threading.Event) -> None:
    """Do each thing of the schedule when it is due, from now until stopped."""
    due = dict.fromkeys(SCHEDULE, 0.0)
    while not stop.is_set():
        now = house.clock.monotonic()
        for do, at in due.items():
            if now >= at:
                due[do] = now + SCHEDULE[do]
                attempt(do, house)
        stop.wait(0.5)


def attempt(do: Callable[[House], None], house: House) -> None:
    """What fails now is tried again at its next time."""
    try:
        do(house)
    except TryAgainError as error:
        log.warning("schedule_waits", what=do.__name__, why=error.problem.text)
