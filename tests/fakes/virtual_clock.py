"""A clock that runs on and lets sleepers skip ahead: hours of waiting for a quota pass in seconds.

The rule, and why it never makes anything look faster than it is:

- The time is the real time plus what was skipped. Work costs what it costs on this machine.
- A sleeper is due at the time it fell asleep plus what it asked for, and never wakes earlier by this clock.
- When the process has nothing else to do, the clock skips to the earliest sleeper. So waits that overlap in reality
  overlap here and do not add up, in whatever threads they are. Nothing else to do means: for a moment it used next to
  no processor time, and the system sees no thread of it running, ready to run or waiting for the disk.
- A thread that only seemed to have nothing to do ends its work after the skip instead of during it. That makes the
  measured time longer than the real one, never shorter.
"""

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

_TASKS = Path("/proc/self/task")
"""The threads of this process, on Linux; elsewhere only processor time is looked at."""
MOMENT = 0.001
"""Seconds in which idleness is looked for."""
LOOKS = 2
"""Moments in a row without work before time is skipped."""
BUSY = 0.3
"""Share of a moment spent computing from which on the process counts as busy; looking itself takes some."""


class VirtualClock:
    """A `ports.Clock` to be shared by all threads of a process, the fakes' own included."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start or datetime.now(UTC)
        self._began = time.monotonic()
        self._skipped = 0.0
        self._sleepers: list[float] = []
        """When each sleeper is due, by this clock."""
        self._changed = threading.Condition()

    @property
    def skipped(self) -> float:
        """Seconds that nobody had to wait for."""
        return self._skipped

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return time.monotonic() - self._began + self._skipped

    def sleep(self, seconds: float) -> None:
        """Come back when `seconds` have passed by this clock."""
        due = self.monotonic() + seconds
        self._sleepers.append(due)  # before the lock: whoever skips at this moment must know
        with self._changed:
            while self.monotonic() < due:
                if due > min(self._sleepers):
                    self._changed.wait(due - self.monotonic())
                elif all(self._is_idle() for _ in range(LOOKS)) and due == min(self._sleepers):
                    self._skipped += max(0.0, due - self.monotonic())
            self._sleepers.remove(due)
            self._changed.notify_all()

    def _is_idle(self) -> bool:
        """Let the others run for a moment and see whether they did or still want to."""
        spent = time.process_time()
        self._changed.wait(MOMENT)
        return time.process_time() - spent < BUSY * MOMENT and not _others_run()


def _others_run() -> bool:
    """Whether a thread but this one runs, is ready to (a loaded machine keeps it waiting), or waits for the disk."""
    own = str(threading.get_native_id())
    try:
        states = [(task / "stat").read_text().rpartition(")")[2].split()[0] for task in _others(own)]
    except OSError:  # one of them ended just now
        return True
    return not {"R", "D"}.isdisjoint(states)


def _others(own: str) -> list[Path]:
    return [task for task in _TASKS.iterdir() if task.name != own] if _TASKS.exists() else []
