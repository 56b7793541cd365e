"""The report of a run: its receipt, what it found, what failed and why, and the plan that waits for a yes."""

from zoneinfo import ZoneInfo

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from auramail.core.history import Entry, Selection, State
from auramail.core.receipts import Receipt
from auramail.core.runs import LIVE, Order, Run, RunKind
from auramail.flow.approve import decline
from auramail.web import figures, watching
from auramail.web.house import house
from auramail.web.render import lead_to, page
from auramail.web.signin import for_readers, reader

pages = Blueprint("report", __name__)
MOST_FAILURES = 50
MOST_SHOWN = 30


@pages.get("/report")
@for_readers
def latest() -> ResponseReturnValue:
    found = next((run for run in house().runs.latest(reader().account_ids, 20) if run.state not in LIVE), None)
    return _report(found) if found else page("report/none.html")


@pages.get("/reports/<int:run_id>")
@for_readers
def show(run_id: int) -> ResponseReturnValue:
    run = watching.own_run(run_id)
    return watching.show(run) if run.state in LIVE else _report(run)


@pages.post("/plans/<int:run_id>")
@for_readers
def answer(run_id: int) -> ResponseReturnValue:
    run, choice = watching.own_run(run_id), request.form.get("choice", "")
    ids = sorted({int(entry) for entry in request.form.getlist("entry") if entry.isdecimal()})
    is_all = choice.endswith("_all")
    if choice in {"approve", "approve_all"} and (ids or is_all):
        selection = {"run_id": run.id} if is_all else {"run_id": run.id, "ids": ids}
        return watching.begin(run.account_id, Order(kind=RunKind.APPROVE, selection=selection))
    if choice in {"decline", "decline_all"} and (ids or is_all):
        chosen = frozenset() if is_all else frozenset(ids)
        decline(run.account_id, Selection(run.account_id, run_id=run.id, ids=chosen), house().ledger)
        house().cache.forget(run.account_id)
    return lead_to(url_for("report.show", run_id=run.id))


def _report(run: Run) -> ResponseReturnValue:
    account = reader().own(run.account_id)
    receipt = house().runs.receipt(run.id) or Receipt(run=run.id, listed=0, handled=0)
    now = house().clock.now()
    return page(
        "report/show.html",
        run=run,
        account=account,
        receipt=receipt,
        view=watching.look_at(run, now),
        failures=house().reading.failures([account.id], run.id)[:MOST_FAILURES],
        proposals=house().reading.held([account.id], run.id),
        names=house().labels.names(account.id),
        can_undo=_can_undo(run),
        shown=_shown(run),
        seconds_a_message=figures.SECONDS_A_MESSAGE,
        figures=figures.last_days([account], now.astimezone(ZoneInfo(account.zone)).date(), figures.REPORT_SECONDS),
    )


def _shown(run: Run) -> list[tuple[str, Entry | None]]:
    """The messages that the run showed to a language model, with their lines in the history, if they have any."""
    ids = house().model_reading.shown_in(run.account_id, run.id, MOST_SHOWN)
    return [(message_id, house().reading.latest_entry_of(run.account_id, message_id)) for message_id in ids]


def _can_undo(run: Run) -> bool:
    applied = Selection(run.account_id, run_id=run.id, states=frozenset({State.APPLIED}))
    return next(house().ledger.entries(applied), None) is not None
