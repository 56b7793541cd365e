"""The desk: all a run works with, and what comes of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from auramail.core.accounts import Account
from auramail.core.errors import AuraMailError
from auramail.core.labels import Label
from auramail.core.policy import Policy
from auramail.core.receipts import Receipt
from auramail.core.runs import RunState
from auramail.flow.classify import Judges
from auramail.ports import Accounts, Clock, Ledger, Mailbox, Runs


class CancelledError(Exception):
    """The person asked the run to stop."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All a run works with. `is_owner` answers whether this process still owns the account."""

    account: Account
    mailbox: Mailbox
    ledger: Ledger
    runs: Runs
    accounts: Accounts
    clock: Clock
    policy: Policy
    judges: Judges
    is_owner: Callable[[], bool]
    remember_labels: Callable[[Sequence[Label]], None]
    """Keeps the names of labels, so that the history can be read without asking the mailbox."""

    def today(self) -> date:
        """The day it is where the account's person lives."""
        return self.clock.now().astimezone(ZoneInfo(self.account.zone)).date()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended, its receipt, and what a person must know or do, if anything."""

    state: RunState
    receipt: Receipt
    problem: AuraMailError | None = None
