"""New mail sorted as it comes: how it stands for an account, for pages and programs, and its switch."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from auramail.core.accounts import Account
from auramail.core.live import Live
from auramail.core.receipts import Receipt
from auramail.core.runs import Run, RunKind
from auramail.ops.live import start_live, stop_live
from auramail.web.house import house
from auramail.web.signin import reader

RUNS_LOOKED_AT = 100
"""How many of an account's newest runs are looked through for that of the day."""


@dataclass(frozen=True, slots=True)
class LiveView:
    """How live sorting of an account stands: `run` and `receipt` are those of the day, if any mail came."""

    account: Account
    live: Live | None
    run: Run | None
    receipt: Receipt | None

    @property
    def is_on(self) -> bool:
        return self.live is not None and self.live.is_on


def view_of(account: Account) -> LiveView:
    run = run_of_today(account)
    return LiveView(account, house().live.get(account.id), run, house().runs.receipt(run.id) if run else None)


def run_of_today(account: Account) -> Run | None:
    """The run that holds the new mail of the day it is where the account's person lives."""
    today = house().clock.now().astimezone(ZoneInfo(account.zone)).date()
    runs = house().runs.latest([account.id], RUNS_LOOKED_AT)
    return next((run for run in runs if run.order.kind is RunKind.LIVE and run.order.query.after == today), None)


def turn(account: Account, *, is_on: bool) -> None:
    """Turn live sorting on or off; saying it twice is saying it once.

    Raises NeedsPersonError for a mailbox that tells nothing of what happens in it, or that is paused.
    """
    if is_on == view_of(account).is_on:
        return
    if is_on:
        start_live(house(), account)
    else:
        stop_live(house(), account)
    house().audit.write("live_turned_on" if is_on else "live_turned_off", reader().user.id, account.id)
