"""Failures: a job that broke is visible, its run is closed, and a reference number finds the log line."""

import secrets

from rq.job import Job

from auramail.ops.logs import log
from auramail.ops.unexpected import unexpected
from auramail.ops.work import abandon_live
from auramail.settings import read_settings
from auramail.wiring.house import open_house

MOST_DEATHS = 3
"""Times within an hour that a process may die over one account before its run is given up."""


def close_broken_run(job: Job, error: BaseException) -> None:
    """Close the live run of the job's account, saying so; the log has the type and the places, never the values."""
    reference = secrets.token_hex(4)
    log.error("job_failed", reference=reference, job=job.id, exc_info=error)
    with open_house(read_settings()) as house:
        abandon_live(house, account_of(job), unexpected(reference))


def survive_death(job: Job, status: int) -> None:
    """A job's process was killed: its run goes on when the bell is rung again, but not for ever."""
    reference = secrets.token_hex(4)
    log.error("job_killed", reference=reference, job=job.id, wait_status=status)
    account_id = account_of(job)
    with open_house(read_settings()) as house:
        if house.queue.count_death(account_id) < MOST_DEATHS:
            house.queue.ring(account_id, after=1)
            return
        house.queue.forget_deaths(account_id)
        abandon_live(house, account_id, unexpected(reference))


def account_of(job: Job) -> int:
    return int(job.args[0])
