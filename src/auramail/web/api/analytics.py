"""Figures of the last seven days, and how far a run is."""

from zoneinfo import ZoneInfo

from flask import request

from auramail.core.errors import NotFoundError
from auramail.core.wording import Wording
from auramail.web import figures, watching
from auramail.web.api.programs import part
from auramail.web.api.shapes import DayOut, DaysOut, FiguresOut, ProgressOut
from auramail.web.figures import Figures
from auramail.web.house import house
from auramail.web.signin import reader

api = part("analytics", "/api", "Figures")


@api.get("/progress")
@api.output(ProgressOut)
def progress() -> ProgressOut:
    """How far the run `run` is; without one, the run that goes on now."""
    named = request.args.get("run", "")
    if named.isdecimal() and len(named) < 19:
        return ProgressOut.of(watching.own_run(int(named)), house().clock.now())
    for account_id in reader().account_ids:
        run = house().runs.live(account_id)
        if run is not None:
            return ProgressOut.of(run, house().clock.now())
    raise NotFoundError(Wording.of("No run is going on."))


@api.get("/analytics/summary")
@api.output(FiguresOut)
def summary() -> FiguresOut:
    """What was done in the last seven days."""
    found = _figures()
    return FiguresOut(
        handled=found.handled,
        left_the_inbox=found.left_the_inbox,
        held=found.held,
        seconds_saved=found.seconds_saved,
        seconds_a_message=figures.SECONDS_A_MESSAGE,
        by_category=dict(found.by_category),
        by_action=dict(found.by_action),
    )


@api.get("/analytics/days")
@api.output(DaysOut)
def days() -> DaysOut:
    """Messages by category for each of the last seven days."""
    return DaysOut(days=[DayOut(day=day, by_category=dict(counts)) for day, counts in _figures().days.items()])


def _figures() -> Figures:
    me = reader()
    in_view = [me.account] if me.account else list(me.accounts)
    today = house().clock.now().astimezone(ZoneInfo(in_view[0].zone)).date()
    return figures.last_days(in_view, today)
