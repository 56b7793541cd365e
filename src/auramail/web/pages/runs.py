"""A run while it goes on: its progress, its cancelling; and taking a finished one back."""

from flask import Blueprint, Response, request, stream_with_context
from flask.typing import ResponseReturnValue

from auramail.core.runs import Order, RunKind
from auramail.web import watching
from auramail.web.render import wants_fragment
from auramail.web.security import limiter
from auramail.web.signin import for_readers

pages = Blueprint("runs", __name__)


@pages.get("/runs/<int:run_id>")
@for_readers
def show(run_id: int) -> ResponseReturnValue:
    return watching.show(watching.own_run(run_id))


@pages.get("/runs/<int:run_id>/progress")
@for_readers
def progress(run_id: int) -> ResponseReturnValue:
    return Response(watching.render_progress(watching.own_run(run_id)), headers={"Cache-Control": "no-store"})


@pages.get("/runs/<int:run_id>/events")
@for_readers
def events(run_id: int) -> ResponseReturnValue:
    watching.own_run(run_id)
    stream = watching.events(run_id, request.headers.get("Last-Event-ID", ""), watching.render_progress)
    return Response(
        stream_with_context(stream),
        mimetype="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@pages.post("/runs/<int:run_id>/cancel")
@for_readers
def cancel(run_id: int) -> ResponseReturnValue:
    run = watching.cancel(watching.own_run(run_id))
    return watching.render_progress(run) if wants_fragment() else watching.show(run)


@pages.post("/runs/<int:run_id>/undo")
@for_readers
@limiter.limit("30 per minute")
def undo(run_id: int) -> ResponseReturnValue:
    run = watching.own_run(run_id)
    return watching.begin(run.account_id, Order(kind=RunKind.UNDO, selection={"run_id": run.id}))
