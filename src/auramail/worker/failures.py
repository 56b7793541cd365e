"""Failures: a job that broke is visible, its run is closed, and a reference number finds the log line."""

import secrets
from types import TracebackType

from rq.job import Job

from auramail.core.errors import GiveUpError
from auramail.core.wording import Wording
from auramail.ops.logs import log
from auramail.ops.work import abandon_live
from auramail.settings import read_settings
from auramail.wiring import open_house


def close_broken_run(job: Job, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> bool:
    """RQ's exception handler: close the account's live run, saying so; True lets RQ keep the job as failed."""
    reference = secrets.token_hex(4)
    log.error("job_failed", reference=reference, job=job.id, exc_info=(kind, error, trace))
    account_id = job.args[0] if job.args else None
    if isinstance(account_id, int):
        with open_house(read_settings()) as house:
            abandon_live(house, account_id, unexpected(reference))
    return True


def unexpected(reference: str) -> GiveUpError:
    return GiveUpError(
        Wording.of("Something unexpected happened; nothing is lost. Reference: {reference}", reference=reference),
        Wording.of("Start the run again; if it happens again, look for the reference in the log and report it."),
    )
