"""Starting a sort."""

from dataclasses import dataclass, fields
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError, TryAgainError
from auramail.core.runs import Order, SortChoice
from auramail.core.wording import Wording
from auramail.web import watching
from auramail.web.foretelling import foretold, key_of, told
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
    asked = read(reader())
    if asked.checked.problems:
        return shown(asked, 422)
    if asked.account.paused:
        raise NeedsPersonError(asked.account.paused, Wording("Connect the account again, then start the sort."))
    try:
        order = foretold(asked.account, asked.order)
    except NeedsPersonError as error:
        return shown(asked, 422, untold=error)
    if asked.is_to_be_told(request.form.get("told", "")):
        return shown(asked, 200, **estimated(asked))
    last = SortChoice(asked.order.query.folders, asked.limit, asked.order.autonomy)
    house().preferences.remember_sort(reader().user.id, asked.account.id, last)
    return watching.begin(asked.account.id, order)


@pages.post("/sort/estimate")
@for_readers
@limiter.limit("30 per minute")
def estimate() -> ResponseReturnValue:
    """What the form as it is filled in would take; reads nothing and starts nothing."""
    asked = read(reader())
    if wants_fragment():
        return page("sort/estimate.html", faults=asked.checked.problems, **estimated(asked))
    return shown(asked, 422 if asked.checked.problems else 200, **estimated(asked))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for: `order` as it would be carried out, and the `limit` that the person themselves gave."""

    account: Account
    form: SortForm
    checked: Checked
    order: Order
    limit: int | None

    @property
    def key(self) -> str:
        return key_of(self.account, self.order)

    def is_to_be_told(self, told: str) -> bool:
        """Whether the person has to see first what it takes: everything of a mailbox where reading costs.

        `told` is the key of the order that they were told about.
        """
        return self.form.everything and self.account.is_metered and told != self.key


def read(me: Reader) -> Asked:
    chosen, checked = request.form.get("account", ""), Checked()
    account = me.own(int(chosen) if chosen.isdecimal() else 0)
    has_choices = any(name in request.form for name in CHOICES)
    form = SortForm.read(request.form) if has_choices else as_last_time(me, account)
    order = checked.order(form)
    bounded = watching.within_limits(account, order, everything=form.everything)
    return Asked(account, form, checked, bounded, order.query.limit)


def shown(asked: Asked, status: int, **values: object) -> ResponseReturnValue:
    """The form as it was filled in."""
    template = "sort/dialog.html" if wants_fragment() else "sort/show.html"
    values |= {"form": asked.form, "problems": asked.checked.problems, "choices": reader().accounts, "is_open": True}
    return page(template, status, **values)


def estimated(asked: Asked) -> dict[str, Any]:
    """What a page needs to say what the order takes, or why that cannot be said."""
    if asked.checked.problems:
        return {}
    try:
        return {"told": told(asked.account, asked.order), "account": asked.account, "key": asked.key}
    except (NeedsPersonError, TryAgainError) as error:
        return {"untold": error, "key": asked.key}


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
