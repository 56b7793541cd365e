"""The overview: numbers, seven days, the last actions and runs, and the button that starts a sort."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask import Blueprint
from flask.typing import ResponseReturnValue

from auramail.core.accounts import Account
from auramail.core.digests import HistoryFilter
from auramail.ops.model.standing import Standing, Status, status_of
from auramail.web import figures, watching
from auramail.web.house import house
from auramail.web.live import view_of
from auramail.web.pages.sort import blank
from auramail.web.render import page
from auramail.web.signin import Reader, for_readers, reader

pages = Blueprint("dashboard", __name__)
LAST_ACTIONS = 8
LAST_RUNS = 5
WORTH_A_LINE = frozenset({Standing.NO_CONSENT, Standing.PROBLEM, Standing.CLOSED, Standing.SPENT})


@pages.get("/dashboard")
@for_readers
def show() -> ResponseReturnValue:
    return overview(reader())


def overview(me: Reader) -> ResponseReturnValue:
    """The page for the accounts in view; a run that goes on is shown above it, also after a reload."""
    now = house().clock.now()
    in_view = [me.account] if me.account else list(me.accounts)
    today = now.astimezone(ZoneInfo(in_view[0].zone)).date()
    running = next((run for account in in_view if (run := house().runs.live(account.id))), None)
    view = watching.look_at(running, now) if running else None
    return page(
        "dashboard/show.html",
        figures=figures.last_days(in_view, today),
        seconds_a_message=figures.SECONDS_A_MESSAGE,
        entries=house().reading.history(me.account_ids, HistoryFilter(), None, LAST_ACTIONS),
        runs=house().runs.latest(me.account_ids, LAST_RUNS),
        receipt=house().runs.receipt,
        paused=[account for account in in_view if account.paused],
        live=running,
        live_views=[view_of(account) for account in in_view if account.is_metered],
        models=models_to_look_at(in_view),
        view=view,
        goes_on=watching.goes_on(running, view) if running and view else "",
        **blank(me),
    )


def models_to_look_at(accounts: Sequence[Account]) -> list[tuple[Account, Status]]:
    """How the language model stands, for each account of which a person should know: it waits, or is not asked now."""
    standings = [(account, status_of(house(), account)) for account in accounts]
    return [(account, status) for account, status in standings if status.standing in WORTH_A_LINE]
