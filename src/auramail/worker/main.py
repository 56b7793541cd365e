"""The worker process: waits for the bell, and for every ring does one job in a child of its own."""

import os

from rq import SimpleWorker, Worker
from rq.serializers import JSONSerializer

from auramail.jobs.queue import QUEUE
from auramail.ops.logs import configure_logs
from auramail.ops.work import ring_for_open_work
from auramail.settings import Settings
from auramail.wiring import open_house
from auramail.worker import tasks
from auramail.worker.failures import close_broken_run

WORKER = Worker if hasattr(os, "fork") else SimpleWorker
"""A child per job gives its memory back; where there is no fork, jobs run in the worker itself.

The tasks are imported here, before the fork, so that a child starts in milliseconds.
"""


def run_worker(settings: Settings) -> None:
    """Work until told to stop; first ring for what a dead worker left."""
    configure_logs(settings, "worker")
    with open_house(settings) as house:
        ring_for_open_work(house)
        worker = WORKER(
            [QUEUE],
            connection=house.queue.connection,
            serializer=JSONSerializer,
            exception_handlers=[close_broken_run],
            disable_default_exception_handler=False,
        )
        worker.work(logging_level="WARNING")


__all__ = ["run_worker", "tasks"]
