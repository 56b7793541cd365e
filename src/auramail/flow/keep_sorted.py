"""Keep sorted: what is queued of new mail is worked off, and the receipt of its day written anew."""

from contextlib import suppress
from dataclasses import replace

from auramail.core.costs import Outlay
from auramail.core.errors import AuraMailError, TryAgainError
from auramail.core.history import Selection, State
from auramail.core.runs import Run
from auramail.flow.desk import CancelledError, Desk
from auramail.flow.lookout import LiveDays
from auramail.flow.receipt import outlay_before, write_receipt
from auramail.flow.settle import PORTION, portions, settle_entries
from auramail.flow.sorting import FINISHED, Sorting
from auramail.ports.journal import Ledger, Listings


def has_work(run: Run, listings: Listings, ledger: Ledger) -> bool:
    """Whether messages are still to be read, changes to be made, or an interrupted look to be brought to its end."""
    is_interrupted = run.progress.phase not in {"", FINISHED}
    return is_interrupted or listings.tally(run.id).waiting > 0 or _has_planned(run, ledger)


def work_off(run: Run, mark: str, desk: Desk, days: LiveDays) -> AuraMailError | None:
    """Sort what waits of a day's new mail; gives what the person must know, if anything.

    `mark` is where the mailbox's history stood a moment ago. Raises TryAgainError when the mailbox asks to wait, and
    NeedsPersonError: what is queued stays queued. If live sorting is turned off meanwhile, the rest is left alone.
    """
    begun = desk.clock.monotonic()
    unsure = desk.ledger.entries(Selection(run.account_id, run_id=run.id, states=frozenset({State.APPLYING})))
    for entries in portions(unsure, PORTION):
        settle_entries(entries, desk.mailbox, desk.ledger, desk.is_owner)
    if not _has_planned(run, desk.ledger):
        run = replace(run, progress=replace(run.progress, mark=mark))
    sorting = Sorting(run, desk)
    try:
        _sort(sorting, run, desk)
    finally:
        rewrite_receipt(run, desk.ledger, desk.listings, days, sorting.spent, desk.clock.monotonic() - begun)
    sorting.end()
    return desk.problem


def rewrite_receipt(
    run: Run, ledger: Ledger, listings: Listings, days: LiveDays, outlay: Outlay, seconds: float = 0.0
) -> None:
    """Count the day afresh; what still waits is not on its receipt yet."""
    tally = listings.tally(run.id)
    read = replace(tally, listed=tally.listed - tally.waiting)
    days.rewrite(write_receipt(run, ledger, outlay, read, seconds))


def leave_rest(run: Run, ledger: Ledger, listings: Listings, days: LiveDays) -> None:
    """Leave alone what a day has still to read: live sorting was turned off."""
    if listings.leave(run.id, "live_off"):
        rewrite_receipt(run, ledger, listings, days, outlay_before(run))


def _has_planned(run: Run, ledger: Ledger) -> bool:
    planned = Selection(run.account_id, run_id=run.id, states=frozenset({State.PLANNED}))
    return any(True for _ in ledger.entries(planned))


def _sort(sorting: Sorting, run: Run, desk: Desk) -> None:
    try:
        sorting.work()
    except CancelledError:
        sorting.leave()
        sorting.flush()
        desk.listings.leave(run.id, "live_off")
    except TryAgainError as error:
        with suppress(TryAgainError):  # new mail does not wait for more of its kind
            sorting.flush()
        raise sorting.pause(error) from error
