"""The worker process: waits for the bell, and for every ring does one job in a child of its own."""

import os
from types import FrameType
from typing import Any, Final

from rq import SimpleWorker, Worker
from rq.job import Job
from rq.queue import Queue
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker

from auramail.core.errors import TryAgainError
from auramail.jobs.queue import QUEUE
from auramail.ops.logs import configure_logs, log
from auramail.ops.parent import end_with_parent
from auramail.ops.work import ring_for_open_work
from auramail.settings import Settings
from auramail.wiring.house import open_house
from auramail.wiring.judges import open_judges
from auramail.worker import tasks
from auramail.worker.failures import close_broken_run, survive_death

SEE_LOG: Final = "See the worker's log."
"""What Redis keeps of a failure: RQ would keep the traceback, whose message may hold what a mail says."""
TASKS: Final = (tasks.look_after,)
"""Imported here, before any fork, so that a child starts in milliseconds."""


class Discreet(BaseWorker):
    """What is true of our workers with and without a child per job: no failure tells what a mail says."""

    with_parent = False
    """Whether a child watches for the end of the process tree itself, because its worker may be killed without it."""

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        close_broken_run(job, exc_info[1])

    def handle_job_failure(
        self, job: Job, queue: Queue, started_job_registry: Any = None, exc_string: str = ""
    ) -> None:
        del exc_string
        super().handle_job_failure(job, queue, started_job_registry, SEE_LOG)


class PlainWorker(Discreet, SimpleWorker):
    """Does jobs itself, where there is no fork."""


class ForkingWorker(Discreet, Worker):
    """A child per job gives its memory back."""

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        if self.with_parent:
            end_with_parent()
        super().main_work_horse(job, queue)

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop now: what the child was doing is settled and resumed by the next worker (spec 4.4)."""
        if self.horse_pid:
            self.kill_horse()
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # RQ's own

    def handle_work_horse_killed(self, job: Job, retpid: Any, ret_val: Any, rusage: Any) -> None:
        del retpid, rusage
        if not self._stop_requested:
            survive_death(job, ret_val)


def run_worker(settings: Settings, *, with_parent: bool = False) -> None:
    """Work until told to stop; first ring for what a dead worker left."""
    configure_logs(settings, "worker")
    open_judges("local")
    with open_house(settings) as house:
        try:
            ring_for_open_work(house)
        except TryAgainError as error:
            log.warning("worker_waits", why=error.problem.text)
        kind = ForkingWorker if hasattr(os, "fork") else PlainWorker
        worker = kind([QUEUE], connection=house.queue.connection, serializer=JSONSerializer)
        worker.with_parent = with_parent
        worker.work(logging_level="WARNING")
