"""What a sort will take, for pages and programs: asked of the mailbox once and kept for a while."""

import json
from dataclasses import replace

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError, SignInNeededError, TryAgainError
from auramail.core.estimates import Estimate
from auramail.core.runs import Order
from auramail.core.wording import Wording
from auramail.ops.foresee import foresee
from auramail.web.figures import kept
from auramail.web.house import house
from auramail.web.watching import hash_of

KEPT_SECONDS = 300


def told(account: Account, order: Order) -> Estimate:
    """What the order will take; raises NeedsPersonError and TryAgainError as listing does.

    An account whose grant Google no longer accepts is paused, as it is by a run.
    """
    if account.paused:
        raise NeedsPersonError(account.paused, Wording("Connect the account again, then start the sort."))
    name = f"estimate:{key_of(account, order)}"
    try:
        return Estimate(**kept(account.id, name, KEPT_SECONDS, lambda: foresee(house(), account, order).to_json()))
    except SignInNeededError as error:
        house().accounts.pause(account.id, error.problem)
        raise


def key_of(account: Account, order: Order) -> str:
    """A word for the order that an estimate was made for; another order has another."""
    return hash_of(json.dumps([account.id, order.query.to_json(), order.again, order.dry_run, order.autonomy]))


def foretold(account: Account, order: Order) -> Order:
    """The order with what it will take, where reading costs.

    Raises NeedsPersonError for an order that cannot be carried out, so that nothing starts. A mailbox that asks to wait
    is no reason not to start: the run waits too.
    """
    if not account.is_metered:
        return order
    try:
        return replace(order, estimate=told(account, order))
    except TryAgainError:
        return order
