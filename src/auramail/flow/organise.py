"""Organise: the path of a run, from a list of ids to a receipt."""

from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, TryAgainError
from auramail.core.runs import Run, RunState
from auramail.flow.desk import CancelledError, Desk, Outcome, seconds_of
from auramail.flow.receipt import write_receipt
from auramail.flow.settle import settle
from auramail.flow.sorting import Sorting


def organise(run: Run, desk: Desk) -> Outcome:
    """Sort the messages of a run's query. May be called again for a run that was interrupted, and goes on there.

    Raises TryAgainError when the mailbox asks to wait; what was recorded by then is kept. A problem that needs a
    person ends the run, with the messages left unread counted as skipped; one that only the language model has is told
    at its end.
    """
    spared = run.id if desk.watched is not None else None
    settle(run.account_id, desk.mailbox, desk.ledger, desk.is_owner, spared, desk.labels_since)
    sorting = Sorting(run, desk)
    state: RunState = RunState.DONE
    problem: AuraMailError | None = None
    try:
        sorting.work()
    except CancelledError:
        state = RunState.CANCELLED
        sorting.leave()
        sorting.flush()
    except TryAgainError as error:
        raise sorting.pause(error) from error
    except (NeedsPersonError, GiveUpError) as error:
        state, problem = RunState.FAILED, error
        sorting.leave()
    else:
        problem = desk.problem
    desk.listings.leave(run.id, "cancelled" if state is RunState.CANCELLED else "stopped")
    receipt = write_receipt(run, desk.ledger, sorting.spent, desk.listings.tally(run.id), seconds_of(run, desk.clock))
    return Outcome(state, receipt, problem)
