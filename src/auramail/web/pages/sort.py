"""Starting a sort."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.web import watching
from auramail.web.forms import Checked, SortForm
from auramail.web.house import house
from auramail.web.render import page, wants_fragment
from auramail.web.security import limiter
from auramail.web.signin import Reader, for_readers, reader

pages = Blueprint("sort", __name__)


@pages.get("/sort")
@for_readers
def show() -> ResponseReturnValue:
    return page("sort/show.html", **blank(reader()))


@pages.post("/sort")
@for_readers
@limiter.limit("30 per minute")
def start() -> ResponseReturnValue:
    form, checked = SortForm.read(request.form), Checked()
    account = reader().own(int(form.account) if form.account.isdecimal() else 0)
    order = checked.order(form)
    if checked.problems:
        template = "sort/dialog.html" if wants_fragment() else "sort/show.html"
        return page(template, 422, form=form, problems=checked.problems, choices=reader().accounts)
    if account.paused:
        raise NeedsPersonError(account.paused, Wording("Connect the account again, then start the sort."))
    return watching.begin(account.id, watching.within_limits(account, order))


def blank(me: Reader) -> dict[str, Any]:
    """The form as it is first shown, for the account in view."""
    account = me.account or me.accounts[0]
    policy = house().preferences.policy(account.id, house().settings.label_prefix)
    form = SortForm(str(account.id), folders=house().settings.folders, autonomy=policy.autonomy)
    return {"form": form, "problems": {}, "choices": me.accounts}
