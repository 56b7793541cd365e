"""Surveys: what would be filed without being read in one mailbox, and whether the person wants that."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from auramail.core.accounts import Account
from auramail.core.groups import MOST_COUNTED
from auramail.core.wording import Wording
from auramail.web import unread
from auramail.web.house import house
from auramail.web.i18n import say
from auramail.web.render import page
from auramail.web.security import limiter
from auramail.web.signin import Reader, for_readers, reader
from auramail.wiring.surveys import survey_terms

pages = Blueprint("survey", __name__)


@pages.get("/survey")
@for_readers
@limiter.limit("10 per minute")
def show() -> ResponseReturnValue:
    account = _meant(reader(), request.args.get("account", ""))
    outlook, problem = unread.outlook_or_why(account) if account.is_metered else (None, None)
    return page(
        "survey/show.html",
        account=account,
        outlook=outlook,
        problem=problem,
        is_on=house().preferences.may_survey(account.id),
        terms=survey_terms(house().settings),
        most=MOST_COUNTED,
    )


@pages.post("/survey")
@for_readers
@limiter.limit("30 per minute")
def answer() -> ResponseReturnValue:
    chosen, wanted = request.form.get("account", ""), request.form.get("answer") == "yes"
    account = reader().own(int(chosen) if chosen.isdecimal() else 0)
    house().preferences.allow_survey(account.id, wanted=wanted)
    house().audit.write("survey_allowed" if wanted else "survey_refused", reader().user.id, account.id)
    told = Wording("Yes: the next run files such mail unread.") if wanted else Wording("No: everything is read.")
    flash(say(told), "good")
    return redirect(url_for("survey.show", account=account.id), 303)


def _meant(me: Reader, chosen: str) -> Account:
    """The account asked for, else the one in view, else the first that a survey is of use for."""
    if chosen:
        return me.own(int(chosen) if chosen.isdecimal() else 0)
    metered = [account for account in me.accounts if account.is_metered]
    return me.account or (metered or me.accounts)[0]
