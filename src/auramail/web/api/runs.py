"""Runs: started, watched, cancelled, taken back, and their proposals answered."""

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError
from auramail.core.history import Selection
from auramail.core.runs import Order, Run, RunKind
from auramail.flow.approve import decline
from auramail.web import watching
from auramail.web.api.programs import part
from auramail.web.api.shapes import ChoiceIn, DeclinedOut, EstimateOut, RunIn, RunOut, RunsOut
from auramail.web.foretelling import foretold, told
from auramail.web.house import house
from auramail.web.signin import reader

api = part("runs", "/api/v1/runs", "Runs")
MOST_RUNS = 50


@api.get("")
@api.output(RunsOut)
def latest() -> RunsOut:
    """Your last runs, newest first."""
    ids = [account.id for account in reader().accounts]
    return RunsOut(runs=[_told(run) for run in house().runs.latest(ids, MOST_RUNS)])


@api.post("")
@api.input(RunIn)
@api.output(RunOut, status_code=202)
def start(json_data: RunIn) -> RunOut:
    """Start a sort. Answers 409 while the account has a run."""
    account = reader().own(json_data.account)
    if account.paused:
        raise NeedsPersonError(account.paused)
    return _told(watching.start(account.id, foretold(account, _bounded(account, json_data))))


@api.post("/estimate")
@api.input(RunIn)
@api.output(EstimateOut)
def estimate(json_data: RunIn) -> EstimateOut:
    """What such a sort would take; starts nothing. Answers 503 while the mailbox asks to wait."""
    account = reader().own(json_data.account)
    return EstimateOut.of(told(account, _bounded(account, json_data)))


@api.get("/<int:run_id>")
@api.output(RunOut)
def get(run_id: int) -> RunOut:
    """One run, with its receipt once it is over."""
    return _told(watching.own_run(run_id))


@api.post("/<int:run_id>/cancel")
@api.output(RunOut, status_code=202)
def cancel(run_id: int) -> RunOut:
    """Ask the run to stop after the messages in hand."""
    return _told(watching.cancel(watching.own_run(run_id)))


@api.post("/<int:run_id>/undo")
@api.output(RunOut, status_code=202)
def undo(run_id: int) -> RunOut:
    """Take back everything the run did."""
    run = watching.own_run(run_id)
    return _told(watching.start(run.account_id, Order(kind=RunKind.UNDO, selection={"run_id": run.id})))


@api.post("/<int:run_id>/approve")
@api.input(ChoiceIn)
@api.output(RunOut, status_code=202)
def approve(run_id: int, json_data: ChoiceIn) -> RunOut:
    """Carry out what the run proposed: all of it, or the entries named."""
    run = watching.own_run(run_id)
    selection = {"run_id": run.id} | ({"ids": json_data.entries} if json_data.entries else {})
    return _told(watching.start(run.account_id, Order(kind=RunKind.APPROVE, selection=selection)))


@api.post("/<int:run_id>/decline")
@api.input(ChoiceIn)
@api.output(DeclinedOut)
def turn_down(run_id: int, json_data: ChoiceIn) -> DeclinedOut:
    """Turn proposals of the run down: all of them, or the entries named."""
    run = watching.own_run(run_id)
    chosen = Selection(run.account_id, run_id=run.id, ids=frozenset(json_data.entries))
    declined = decline(run.account_id, chosen, house().ledger)
    house().cache.forget(run.account_id)
    return DeclinedOut(declined=declined)


def _bounded(account: Account, wanted: RunIn) -> Order:
    return watching.within_limits(account, wanted.order(), everything=wanted.everything)


def _told(run: Run) -> RunOut:
    return RunOut.of(run, house().runs.receipt(run.id), house().clock.now())
