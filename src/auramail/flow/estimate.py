"""Estimate: what a run will take, told from ids alone; nothing is read and nothing is changed."""

import math
from dataclasses import dataclass, replace
from typing import Protocol

from auramail.core.accounts import Account
from auramail.core.estimates import Estimate, Prices
from auramail.core.history import State
from auramail.core.labels import SENT
from auramail.core.queries import MailQuery
from auramail.core.runs import Order
from auramail.flow.acquaint import SENT_READ
from auramail.ports.journal import Ledger
from auramail.ports.mailboxes import Counts, Mailbox, Searches
from auramail.ports.world import Accounts

ESTIMATE_PAGES = 20
"""Pages of ids that an estimate may list, where listing costs: 100 of Gmail's quota units."""
PAGE = 500
EQUAL_CHANGES = 1000
"""How many messages one change can be made to."""
USUAL_CATEGORIES = 4
"""Of how many categories a run usually finds so many messages that they are changed together."""
SECONDS_A_MESSAGE = 0.01
"""What parsing, judging and recording one message takes an ordinary computer, with all the rest of a run."""
A_MINUTE = 60.0
MILLION = 1_000_000


class Office(Protocol):
    """What an estimate looks up."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def accounts(self) -> Accounts: ...


@dataclass(frozen=True, slots=True)
class Counted:
    """How many messages a query lists, and how many of them need no reading. `is_exact` if nothing was guessed."""

    listed: int
    known: int
    is_exact: bool


def estimate(order: Order, account: Account, mailbox: Mailbox, office: Office, prices: Prices) -> Estimate:
    """What a sort will take. Raises what listing raises: NeedsPersonError for a folder or a query that cannot be.

    Of a metered mailbox at most ESTIMATE_PAGES pages of ids are listed; what comes after them is taken from the size of
    the folders, and nothing of it from the journal. `order.autonomy` has to be what the run will go by.
    """
    counted = count(order, account, mailbox, office.ledger)
    to_read = counted.listed - counted.known
    sent = 0 if office.accounts.person(account.id) else _sent(mailbox)
    units = _units(counted, to_read + sent, to_read if order.touches else 0, prices)
    calls = round(to_read * prices.model_share)
    return Estimate(
        messages=to_read,
        is_exact=counted.is_exact,
        quota_units=units,
        seconds=_seconds(to_read, units, calls, prices),
        model_calls=calls,
        tokens=calls * (prices.tokens_in + prices.tokens_out),
        money=calls * (prices.tokens_in * prices.price_in + prices.tokens_out * prices.price_out) / MILLION,
        known=counted.known,
    )


def count(order: Order, account: Account, mailbox: Mailbox, ledger: Ledger) -> Counted:
    """Count what the order lists: all of it where that is free, else as far as the estimate may go."""
    limit = order.query.limit
    if not isinstance(mailbox, Searches):
        pages = [
            (len(page.messages), _known(order, account, page.ids, ledger)) for page in mailbox.list_ids(order.query)
        ]
        return Counted(sum(listed for listed, _ in pages), sum(known for _, known in pages), is_exact=True)
    most = ESTIMATE_PAGES * PAGE
    (found,) = mailbox.find([replace(order.query, limit=most if limit is None else min(limit, most))])
    ids = [message.id for message in found]
    known = sum(_known(order, account, ids[at : at + PAGE], ledger) for at in range(0, len(ids), PAGE))
    if len(ids) < most or limit == most or not isinstance(mailbox, Counts):
        return Counted(len(ids), known, is_exact=len(ids) < most or limit == most)
    there = mailbox.count(order.query.folders, unread=order.query.unread)
    return Counted(max(len(ids), there if limit is None else min(there, limit)), known, is_exact=False)


def _known(order: Order, account: Account, ids: list[str], ledger: Ledger) -> int:
    """How many of these the run will pass over, as the listing of a run does."""
    known = ledger.known(account.id, ids)
    return sum(1 for _, state in known.values() if not (order.again and state is State.UNDONE))


def _sent(mailbox: Mailbox) -> int:
    """How many sent messages the first run of an account looks at."""
    wanted = MailQuery(folders=(SENT,), limit=SENT_READ)
    if isinstance(mailbox, Searches):
        return len(mailbox.find([wanted])[0])
    return sum(len(page.messages) for page in mailbox.list_ids(wanted))


def _units(counted: Counted, read: int, changed: int, prices: Prices) -> int:
    """Quota units: pages, and once more those of the large ones; reading; and each thousand of each category."""
    pages = math.ceil(counted.listed / PAGE) + 1
    groups = min(changed, USUAL_CATEGORIES) + changed // EQUAL_CHANGES
    changes = min(changed * prices.changing_one, groups * prices.changing)
    return pages * prices.listing + read * prices.reading + changes


def _seconds(to_read: int, units: int, calls: int, prices: Prices) -> float:
    """What takes longest: this computer, the quota, or the language model; they work side by side."""
    quota = (units - prices.at_once) / prices.a_minute * A_MINUTE if prices.a_minute else 0.0
    return max(to_read * SECONDS_A_MESSAGE, quota, calls / prices.model_pace * A_MINUTE)
