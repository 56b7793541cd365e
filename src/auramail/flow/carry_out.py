"""Carry out: the one use case behind every door for a run that was ordered."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, SignInNeededError
from auramail.core.history import Selection
from auramail.core.runs import Run, RunKind, RunState
from auramail.flow.approve import approve
from auramail.flow.desk import Desk, Outcome, seconds_of
from auramail.flow.listing import Listing
from auramail.flow.organise import organise
from auramail.flow.receipt import outlay_before, write_receipt
from auramail.flow.second_look import look_again
from auramail.flow.undo import undo
from auramail.ports.journal import Ledger, Listings, Runs
from auramail.ports.world import Accounts, Clock

VERBS: Mapping[RunKind, Callable[[Run, Desk], Outcome]] = MappingProxyType(
    {RunKind.SORT: organise, RunKind.UNDO: undo, RunKind.APPROVE: approve, RunKind.SECOND_LOOK: look_again}
)


class Office(Protocol):
    """What closing a run takes: a desk has it, and so has the house before a mailbox could be opened."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def listings(self) -> Listings: ...
    @property
    def runs(self) -> Runs: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def clock(self) -> Clock: ...


def carry_out(run: Run, desk: Desk) -> Outcome:
    """Do what was ordered and close the run with its receipt.

    Raises TryAgainError when the mailbox asks to wait: the run stays open and the same call goes on later.
    """
    try:
        outcome = VERBS[run.order.kind](run, desk)
    except (NeedsPersonError, GiveUpError) as problem:
        return abandon(run, problem, desk)
    _close(run, outcome, desk.runs, desk.accounts)
    return outcome


def abandon(run: Run, problem: AuraMailError, office: Office) -> Outcome:
    """Close a run that cannot go on, with the receipt of what it did; what it left open is settled later."""
    office.listings.leave(run.id, "stopped")
    tally = office.listings.tally(run.id)
    if run.order.kind in {RunKind.UNDO, RunKind.APPROVE}:
        mine = office.ledger.entries(Selection(run.account_id, run_id=run.id))
        tally = Listing(ours={str(entry.undo_of or entry.message_id) for entry in mine}).tally
    receipt = write_receipt(run, office.ledger, outlay_before(run), tally, seconds_of(run, office.clock))
    outcome = Outcome(RunState.FAILED, receipt, problem)
    _close(run, outcome, office.runs, office.accounts)
    return outcome


def _close(run: Run, outcome: Outcome, runs: Runs, accounts: Accounts) -> None:
    """An account whose grant Google no longer accepts is paused with the reason (spec 1.8)."""
    problem = outcome.problem
    if isinstance(problem, SignInNeededError):
        accounts.pause(run.account_id, problem.problem)
    told = (problem.problem, problem.hint) if problem else (None, None)
    runs.finish(run.id, outcome.state, outcome.receipt, *told)
