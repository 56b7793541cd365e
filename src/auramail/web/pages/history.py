"""The history: what was done to which message and why, searched, narrowed, and taken back one by one."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from auramail.core.errors import NotFoundError
from auramail.core.history import Entry
from auramail.core.runs import Order, RunKind
from auramail.core.wording import Wording
from auramail.web import forms, unread, watching
from auramail.web.house import house
from auramail.web.i18n import say
from auramail.web.render import page, wants_fragment
from auramail.web.security import limiter
from auramail.web.signin import for_readers, reader

pages = Blueprint("history", __name__)
PAGE = 50


@pages.get("/history")
@for_readers
def show() -> ResponseReturnValue:
    me = reader()
    wanted = forms.read_history_filter(request.args, (me.account or me.accounts[0]).zone)
    before = request.args.get("before", "")
    before_id = int(before) if before.isdecimal() and len(before) < 19 else None
    found = house().reading.history(me.account_ids, wanted, before_id, PAGE + 1)
    template = "history/rows.html" if wants_fragment() else "history/show.html"
    return page(
        template,
        entries=found[:PAGE],
        more=found[PAGE - 1].id if len(found) > PAGE else None,
        query={name: value for name, value in request.args.items() if name != "before" and value},
    )


@pages.get("/history/<int:entry_id>")
@for_readers
def details(entry_id: int) -> ResponseReturnValue:
    entry = house().reading.entry(_all_ids(), entry_id)
    template = "history/dialog.html" if wants_fragment() else "history/details.html"
    return page(template, entry=entry, names=house().labels.names(entry.account_id))


@pages.post("/history/<int:entry_id>/subject")
@for_readers
@limiter.limit("60 per minute")
def subject(entry_id: int) -> ResponseReturnValue:
    entry, problem = unread.revealed_or_why(house().reading.entry(_all_ids(), entry_id))
    if wants_fragment():
        return page("history/subject.html", entry=entry, problem=problem)
    if problem:
        flash(say(problem), "bad")
    return redirect(url_for("history.details", entry_id=entry_id), 303)


@pages.get("/history/<int:entry_id>/row")
@for_readers
def row(entry_id: int) -> Response:
    entry = house().reading.entry(_all_ids(), entry_id)
    is_waiting = house().runs.live(entry.account_id) is not None
    return page("history/row.html", entry=entry, is_waiting=is_waiting)


@pages.post("/rollback/<path:msg_id>")
@for_readers
@limiter.limit("60 per minute")
def undo(msg_id: str) -> ResponseReturnValue:
    entry = _meant(msg_id)
    order = Order(kind=RunKind.UNDO, selection={"ids": [entry.id]})
    if not wants_fragment() or house().runs.live(entry.account_id):
        return watching.begin(entry.account_id, order)
    watching.start(entry.account_id, order)
    return page("history/row.html", 202, entry=entry, is_waiting=True)


def _meant(msg_id: str) -> Entry:
    """The entry to take back: the one the form names, else the message's newest; only of the reader's accounts."""
    named = request.form.get("entry", "")
    if named.isdecimal() and len(named) < 19:
        return house().reading.entry(_all_ids(), int(named))
    for account_id in reader().account_ids:
        entry = house().reading.latest_entry_of(account_id, msg_id)
        if entry is not None:
            return entry
    raise NotFoundError(Wording.of("AuraMail did nothing to such a message."))


def _all_ids() -> list[int]:
    """All of the reader's accounts: a link to an entry works whichever account is in view."""
    return [account.id for account in reader().accounts]
