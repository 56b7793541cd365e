"""Carry out: the one use case behind every door for a run that was ordered."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from auramail.core.errors import SignInNeededError
from auramail.core.runs import Run, RunKind
from auramail.flow.approve import approve
from auramail.flow.desk import Desk, Outcome
from auramail.flow.organise import organise
from auramail.flow.undo import undo

VERBS: Mapping[RunKind, Callable[[Run, Desk], Outcome]] = MappingProxyType(
    {RunKind.SORT: organise, RunKind.UNDO: undo, RunKind.APPROVE: approve}
)


def carry_out(run: Run, desk: Desk) -> Outcome:
    """Do what was ordered and close the run with its receipt.

    Raises TryAgainError when the mailbox asks to wait: the run stays open and the same call goes on later. An account
    whose grant Google no longer accepts is paused with the reason.
    """
    outcome = VERBS[run.order.kind](run, desk)
    problem = outcome.problem
    if isinstance(problem, SignInNeededError):
        desk.accounts.pause(run.account_id, problem.problem)
    desk.runs.finish(run.id, outcome.state, outcome.receipt, problem.problem if problem else None)
    return outcome
