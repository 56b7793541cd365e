"""Watching runs: how far one is, put so that a person can follow it."""

import json
import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Event

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auramail.core.accounts import Account
from auramail.core.errors import BusyError, NotFoundError, TryAgainError
from auramail.core.runs import LIVE, Order, Run, RunKind
from auramail.core.wording import Wording
from auramail.web import vocabulary
from auramail.web.house import house
from auramail.web.i18n import format_near, say
from auramail.web.render import page, wants_fragment
from auramail.web.signin import reader

LOOK_EVERY = 0.5
"""Seconds between two looks at the database."""
HEARTBEAT_EVERY = 15.0
LONGEST_STREAM = 600.0
"""Seconds after which a stream ends, so that its thread is free again; the browser comes back by itself."""
SURE_AFTER = 3.0
"""Seconds a run must have worked before its rate says anything."""
SURE_OF_PACE = 300.0
"""Seconds after which a run's own rate says more than what was foretold."""
A_MINUTE = 60.0
"""What Gmail's quota is given for; the first one's is used up in a few seconds, whose rate would mislead."""
A_CLOCK_TELLS = 90.0
"""Seconds of waiting above which a time of day says more than a count."""
COUNTED_BY = 5
"""Steps, in seconds, by which a wait is counted down."""

TITLES = {
    RunKind.SORT: Wording("Sorting mail"),
    RunKind.LIVE: Wording("New mail, sorted as it comes"),
    RunKind.UNDO: Wording("Taking back"),
    RunKind.APPROVE: Wording("Carrying out what you approved"),
    RunKind.SECOND_LOOK: Wording("Asking again about what had no answer in time"),
}


@dataclass(frozen=True, slots=True)
class RunView:
    """What a page says of a run. `rate` is messages a minute, `left` and `elapsed` seconds.

    `total` is how many messages it will come to, `wait` the seconds until it goes on, where it waits.
    """

    title: Wording
    phase: Wording
    is_over: bool
    total: int
    rate: int | None = None
    left: float | None = None
    elapsed: float | None = None
    wait: float | None = None


def look_at(run: Run, now: datetime) -> RunView:
    """The run as it is; its rate counts all time since it began, waiting too, for it will go on waiting."""
    is_over = run.state not in LIVE
    phase = vocabulary.RUN_STATES[run.state] if is_over else vocabulary.name_of(vocabulary.PHASES, run.progress.phase)
    title = Wording("Dry run") if run.order.dry_run else TITLES[run.order.kind]
    view = RunView(title, phase, is_over, run.progress.listed if is_over else total_of(run))
    elapsed = ((run.finished or now) - run.started).total_seconds() if run.started else None
    if is_over:
        view = replace(view, elapsed=elapsed)
    elif run.progress.until:
        view = replace(view, wait=max(0.0, (run.progress.until - now).total_seconds()))
    if elapsed is None or elapsed < SURE_AFTER or not run.progress.done:
        return view
    rate, told, wait = run.progress.done / elapsed, run.order.estimate, view.wait or 0.0
    is_burst = told is not None and told.seconds > A_MINUTE and elapsed < A_MINUTE and not is_over
    return replace(
        view,
        rate=None if is_burst else round(rate * A_MINUTE),
        left=None if is_over else max(_left(run, view.total, rate, elapsed), wait),
    )


def total_of(run: Run) -> int:
    """Messages it will come to: what is listed so far, or what was foretold, as long as more is listed."""
    return max(run.progress.listed, run.order.estimate.listed if run.order.estimate else 0)


def _left(run: Run, total: int, rate: float, elapsed: float) -> float:
    """Seconds to go at the rate so far; at first not less than foretold, for a full quota is soon used up."""
    rest, told = max(0, total - run.progress.done), run.order.estimate
    if told is None or not told.messages or elapsed > SURE_OF_PACE:
        return rest / rate
    return max(rest / rate, min(rest, told.messages) * told.seconds / told.messages)


def own_run(run_id: int) -> Run:
    """A run of one of the reader's accounts; NotFoundError for any other, worded as for one that never was."""
    run = house().runs.get(run_id)
    if run.account_id not in {account.id for account in reader().accounts}:
        raise NotFoundError(Wording.of("There is no such run."))
    return run


def within_limits(account: Account, order: Order, *, everything: bool = False) -> Order:
    """The order with the operator's limit where it names none: reading Gmail costs its quota, a file costs nothing.

    A person who asks for everything gets it.
    """
    if order.query.limit is not None or everything or not account.is_metered:
        return order
    return replace(order, query=replace(order.query, limit=house().settings.max_messages_to_process))


def start(account_id: int, order: Order) -> Run:
    """Open a run and wake a worker; raises BusyError while the account has another."""
    run = house().runs.start(account_id, order)
    house().audit.write(f"{order.kind.value}_started", reader().user.id, account_id, {"run": run.id})
    house().queue.ring(account_id)
    return run


def cancel(run: Run) -> Run:
    """Ask a run to stop; a worker is woken for one that waits, so that it ends at once."""
    house().runs.cancel(run.id)
    with suppress(TryAgainError):  # it ends all the same, only later
        house().queue.ring(run.account_id)
    return house().runs.get(run.id)


def begin(account_id: int, order: Order) -> ResponseReturnValue:
    """Start a run and show it, or show the one that is going on (409)."""
    try:
        run = start(account_id, order)
    except BusyError as busy:
        return show(house().runs.get(busy.run_id), 409, is_busy=True)
    if wants_fragment():
        return show(run, 202)
    return redirect(url_for("runs.show", run_id=run.id), 303)


def show(run: Run, status: int = 200, *, is_busy: bool = False) -> Response:
    """The run's page; for htmx a dialog that opens by itself."""
    template = "runs/dialog.html" if wants_fragment() else "runs/show.html"
    view = look_at(run, house().clock.now())
    response = page(template, status, run=run, view=view, goes_on=goes_on(run, view), is_busy=is_busy)
    if wants_fragment():
        response.headers.update({"HX-Retarget": "#modal", "HX-Reswap": "innerHTML"})
    return response


def events(run_id: int, last_seen: str, render: Callable[[Run], str]) -> Iterator[str]:
    """The run's server-sent events (WHATWG HTML 9.2): its whole state whenever it changed, and `finished` at last."""
    clock, runs, pause = house().clock, house().runs, Event()
    begun = spoken = clock.monotonic()
    while clock.monotonic() - begun < LONGEST_STREAM:
        run = runs.get(run_id)
        version = version_of(run, clock.now())
        if version != last_seen:
            last_seen, spoken = version, clock.monotonic()
            yield f"id: {version}\n{as_data(render(run))}\n\n"
        if run.state not in LIVE:
            yield f"event: finished\ndata: {run.state.value}\n\n"
            return
        if clock.monotonic() - spoken > HEARTBEAT_EVERY:
            spoken = clock.monotonic()
            yield ": still here\n\n"
        pause.wait(LOOK_EVERY)


def as_data(text: str) -> str:
    return "\n".join(f"data: {line}" for line in text.splitlines() if line.strip())


def version_of(run: Run, now: datetime) -> str:
    """A word that changes whenever there is something new to show, and is the same in every process."""
    progress, wait = run.progress, look_at(run, now).wait
    counted = None if wait is None or wait > A_CLOCK_TELLS else math.ceil(wait / COUNTED_BY)
    seen = (
        run.state.value,
        progress.phase,
        progress.listed,
        progress.done,
        progress.subject,
        run.cancel_asked,
        counted,
    )
    return f"{run.id}-{hash_of(json.dumps(seen))}"


def goes_on(run: Run, view: RunView) -> str:
    """When a run that waits goes on, in the reader's language; nothing for one that does not."""
    if view.wait is None or view.is_over:
        return ""
    if view.wait > A_CLOCK_TELLS:
        return say(Wording.of("It goes on at {time}.", time=format_near(run.progress.until, house().clock.now())))
    seconds = math.ceil(view.wait / COUNTED_BY) * COUNTED_BY
    if not seconds:
        return say(Wording("It goes on now."))
    return say(Wording.of("It goes on in {seconds} s.", seconds=seconds))


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def render_progress(run: Run) -> str:
    view = look_at(run, house().clock.now())
    return render_template("runs/progress.html", run=run, view=view, goes_on=goes_on(run, view))
