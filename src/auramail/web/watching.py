"""Watching runs: how far one is, put so that a person can follow it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Event

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auramail.core.accounts import Account, SourceKind
from auramail.core.errors import BusyError, NotFoundError
from auramail.core.runs import LIVE, Order, Run, RunKind
from auramail.core.wording import Wording
from auramail.web import vocabulary
from auramail.web.house import house
from auramail.web.render import page, wants_fragment
from auramail.web.signin import reader

LOOK_EVERY = 0.5
"""Seconds between two looks at the database."""
HEARTBEAT_EVERY = 15.0
LONGEST_STREAM = 600.0
"""Seconds after which a stream ends, so that its thread is free again; the browser comes back by itself."""
SURE_AFTER = 3.0
"""Seconds a run must have worked before its rate says anything."""

TITLES = {
    RunKind.SORT: Wording("Sorting mail"),
    RunKind.UNDO: Wording("Taking back"),
    RunKind.APPROVE: Wording("Carrying out what you approved"),
}


@dataclass(frozen=True, slots=True)
class RunView:
    """What a page says of a run. `rate` is messages a minute, `left` and `elapsed` seconds."""

    title: Wording
    phase: Wording
    is_over: bool
    rate: int | None
    left: float | None
    elapsed: float | None


def look_at(run: Run, now: datetime) -> RunView:
    is_over = run.state not in LIVE
    end = run.finished or now
    elapsed = (end - run.started).total_seconds() if run.started else None
    phase = vocabulary.RUN_STATES[run.state] if is_over else vocabulary.name_of(vocabulary.PHASES, run.progress.phase)
    title = Wording("Dry run") if run.order.dry_run else TITLES[run.order.kind]
    if elapsed is None or elapsed < SURE_AFTER or not run.progress.done:
        return RunView(title, phase, is_over, None, None, elapsed if is_over else None)
    rate = run.progress.done / elapsed
    rest = max(0, run.progress.listed - run.progress.done)
    return RunView(
        title, phase, is_over, round(rate * 60), None if is_over else rest / rate, elapsed if is_over else None
    )


def own_run(run_id: int) -> Run:
    """A run of one of the reader's accounts; NotFoundError for any other, worded as for one that never was."""
    run = house().runs.get(run_id)
    if run.account_id not in {account.id for account in reader().accounts}:
        raise NotFoundError(Wording.of("There is no such run."))
    return run


def within_limits(account: Account, order: Order) -> Order:
    """The order with the operator's limit where it names none: reading Gmail costs its quota, a file costs nothing."""
    if order.query.limit is not None or account.kind is not SourceKind.GMAIL:
        return order
    return replace(order, query=replace(order.query, limit=house().settings.max_messages_to_process))


def start(account_id: int, order: Order) -> Run:
    """Open a run and wake a worker; raises BusyError while the account has another."""
    run = house().runs.start(account_id, order)
    house().audit.write(f"{order.kind.value}_started", reader().user.id, account_id, {"run": run.id})
    house().queue.ring(account_id)
    return run


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
    response = page(template, status, run=run, view=look_at(run, house().clock.now()), is_busy=is_busy)
    if wants_fragment():
        response.headers.update({"HX-Retarget": "#modal", "HX-Reswap": "innerHTML"})
    return response


def events(run_id: int, last_seen: str, render: Callable[[Run], str]) -> Iterator[str]:
    """The run's server-sent events (WHATWG HTML 9.2): its whole state whenever it changed, and `finished` at last."""
    clock, runs, pause = house().clock, house().runs, Event()
    begun = spoken = clock.monotonic()
    while clock.monotonic() - begun < LONGEST_STREAM:
        run = runs.get(run_id)
        version = version_of(run)
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


def version_of(run: Run) -> str:
    """A word that changes whenever there is something new to show, and is the same in every process."""
    progress = run.progress
    seen = (run.state.value, progress.phase, progress.listed, progress.done, progress.subject, run.cancel_asked)
    return f"{run.id}-{hash_of(json.dumps(seen))}"


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def render_progress(run: Run) -> str:
    return render_template("runs/progress.html", run=run, view=look_at(run, house().clock.now()))
