"""The language model: how it stands, what it costs, and what the person allows it, for one mailbox."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.ops import privacy
from auramail.ops.model.checks import check_model
from auramail.ops.model.standing import costs_of, status_of
from auramail.web.house import house
from auramail.web.i18n import say
from auramail.web.render import page
from auramail.web.security import limiter
from auramail.web.signin import Reader, for_readers, reader

pages = Blueprint("model", __name__)


@pages.get("/model")
@for_readers
def show() -> ResponseReturnValue:
    return _page(_meant(reader(), request.args.get("account", "")))


@pages.post("/model/check")
@for_readers
@limiter.limit("6 per minute")
def check() -> ResponseReturnValue:
    account, checked = _named(), check_model(house())
    if checked is not None and checked.problem is None:
        flash(say(Wording("The model answers.")), "good")
    return _back(account)


@pages.post("/model/consent")
@for_readers
@limiter.limit("30 per minute")
def consent() -> ResponseReturnValue:
    account, user_id = _named(), reader().user.id
    if request.form.get("answer") != "yes":
        privacy.withdraw(house(), account, user_id)
        flash(say(Wording("Withdrawn: nothing is sent any more.")), "good")
        return _back(account)
    try:
        privacy.allow(house(), account, user_id, is_elsewhere="elsewhere" in request.form)
    except NeedsPersonError as problem:
        return _page(account, problem, 422)
    flash(say(Wording("Allowed, from the next run on.")), "good")
    return _back(account)


@pages.post("/model/switch")
@for_readers
@limiter.limit("30 per minute")
def switch() -> ResponseReturnValue:
    account, is_on = _named(), request.form.get("on") == "1"
    privacy.switch(house(), account, reader().user.id, on=is_on)
    flash(say(Wording("The cloud is on.") if is_on else Wording("The cloud is off: nothing is sent.")), "good")
    return _back(account)


@pages.post("/model/never")
@for_readers
@limiter.limit("60 per minute")
def never() -> ResponseReturnValue:
    account, is_wanted = _named(), "remove" not in request.form
    what = request.form.get("what" if is_wanted else "remove", "")
    try:
        privacy.never(house(), account, reader().user.id, what, wanted=is_wanted)
    except NeedsPersonError as problem:
        return _page(account, problem, 422, what)
    flash(say(Wording("Kept from the cloud.") if is_wanted else Wording("No longer kept from the cloud.")), "good")
    return _back(account)


def _named() -> Account:
    """The account that the form names; only one of the reader's."""
    chosen = request.form.get("account", "")
    return reader().own(int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0)


def _meant(me: Reader, chosen: str) -> Account:
    """The account asked for, else the one in view, else the first."""
    if chosen:
        return me.own(int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0)
    return me.account or me.accounts[0]


def _back(account: Account) -> ResponseReturnValue:
    return redirect(url_for("model.show", account=account.id), 303)


def _page(
    account: Account, problem: NeedsPersonError | None = None, status: int = 200, what: str = ""
) -> ResponseReturnValue:
    settings = house().settings
    return page(
        "model/show.html",
        status,
        account=account,
        model=status_of(house(), account),
        costs=costs_of(house(), account),
        names=house().labels.names(account.id),
        keep_days=settings.model_keep_sent_days,
        problem=problem,
        what=what,
        is_about_never=request.endpoint == "model.never",
    )
