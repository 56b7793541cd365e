"""Starting a sort."""

from dataclasses import fields
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError
from auramail.core.runs import SortChoice
from auramail.core.wording import Wording
from auramail.web import watching
from auramail.web.forms import Checked, SortForm
from auramail.web.house import house
from auramail.web.render import page, wants_fragment
from auramail.web.security import limiter
from auramail.web.signin import Reader, for_readers, reader

pages = Blueprint("sort", __name__)
CHOICES = frozenset(field.name for field in fields(SortForm)) - {"account", "folders"} | {"folder"}
"""The fields of the form; a program that sends none of them sorts as the person did last time."""


@pages.get("/sort")
@for_readers
def show() -> ResponseReturnValue:
    return page("sort/show.html", **blank(reader()))


@pages.post("/sort")
@for_readers
@limiter.limit("30 per minute")
def start() -> ResponseReturnValue:
    chosen, checked = request.form.get("account", ""), Checked()
    account = reader().own(int(chosen) if chosen.isdecimal() else 0)
    has_choices = any(name in request.form for name in CHOICES)
    form = SortForm.read(request.form) if has_choices else as_last_time(reader(), account)
    order = checked.order(form)
    if checked.problems:
        template = "sort/dialog.html" if wants_fragment() else "sort/show.html"
        return page(template, 422, form=form, problems=checked.problems, choices=reader().accounts)
    if account.paused:
        raise NeedsPersonError(account.paused, Wording("Connect the account again, then start the sort."))
    last = SortChoice(order.query.folders, order.query.limit, order.autonomy)
    house().preferences.remember_sort(reader().user.id, account.id, last)
    return watching.begin(account.id, watching.within_limits(account, order))


def blank(me: Reader) -> dict[str, Any]:
    """The form as it is first shown, for the account in view."""
    form = as_last_time(me, me.account or me.accounts[0])
    return {"form": form, "problems": {}, "choices": me.accounts}


def as_last_time(me: Reader, account: Account) -> SortForm:
    """The form with what the person chose last; before that, with the account's policy and the operator's folders."""
    last = house().preferences.last_sort(me.user.id, account.id)
    policy = house().preferences.policy(account.id, house().settings.label_prefix)
    return SortForm(
        str(account.id),
        folders=last.folders or house().settings.folders,
        autonomy=last.autonomy or policy.autonomy,
        limit=str(last.limit or ""),
    )
