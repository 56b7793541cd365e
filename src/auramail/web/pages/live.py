"""The switch for new mail, which is sorted as it comes while it is on."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from auramail.core.wording import Wording
from auramail.web import live
from auramail.web.i18n import say
from auramail.web.security import limiter
from auramail.web.signin import for_readers, reader

pages = Blueprint("live", __name__)


@pages.post("/live")
@for_readers
@limiter.limit("30 per minute")
def switch() -> ResponseReturnValue:
    chosen, is_on = request.form.get("account", ""), request.form.get("on") == "1"
    live.turn(reader().own(int(chosen) if chosen.isdecimal() else 0), is_on=is_on)
    told = Wording("From now on new mail is sorted as it comes.") if is_on else Wording("New mail is left alone now.")
    flash(say(told), "good")
    return redirect(url_for("dashboard.show"), 303)
