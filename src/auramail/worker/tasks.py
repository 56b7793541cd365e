"""Tasks: what a worker does when the bell rings for an account."""

from auramail.ops import work
from auramail.ops.logs import log
from auramail.settings import read_settings
from auramail.wiring.house import open_house


def look_after(account_id: int) -> None:
    """Carry out what is ordered for the account and close what a crash left open; the job's only argument is an id."""
    with open_house(read_settings()) as house:
        done = work.look_after(house, account_id)
        house.queue.forget_deaths(account_id)
        log.info("account_looked_after", account=account_id, runs=done)
