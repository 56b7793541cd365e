"""The desk: all a run works with, and what comes of it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from auramail.core.accounts import Account
from auramail.core.costs import Outlay
from auramail.core.errors import AuraMailError
from auramail.core.groups import SurveyTerms
from auramail.core.labels import Label
from auramail.core.listings import Tally
from auramail.core.policy import Policy
from auramail.core.receipts import Receipt
from auramail.core.runs import Progress, Run, RunState
from auramail.flow.advice import Adviser
from auramail.flow.classify import Judges
from auramail.flow.labels_now import LabelsNow
from auramail.ports.journal import Groups, Ledger, Listings, Runs, Senders, Unanswered
from auramail.ports.mailboxes import Mailbox, Searches, Watched
from auramail.ports.world import Accounts, Clock


class CancelledError(Exception):
    """The person asked the run to stop."""


@dataclass(frozen=True, slots=True)
class SurveyTools:
    """What filing mail by searches takes."""

    searches: Searches
    groups: Groups
    senders: Senders
    terms: SurveyTerms


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
    listings: Listings
    unanswered: Unanswered
    watched: Watched | None = None
    """The same mailbox, where it tells what happened in it."""
    open_reader: Callable[[], AbstractContextManager[Mailbox]] | None = None
    """Opens the same mailbox once more, to read ahead in a thread of its own; None where that gains nothing."""
    pace: float = 0.0
    """Seconds of quota that reading one message takes."""
    adviser: Adviser | None = None
    """The language model, where there is one."""
    model_problem: AuraMailError | None = None
    """Why there is none, though the settings name one."""
    survey: SurveyTools | None = None
    """None where the person has not said yes to filing mail unread, or where reading costs nothing."""

    @property
    def problem(self) -> AuraMailError | None:
        """What the person must know of the language model, if anything."""
        return self.model_problem or (self.adviser.problem if self.adviser is not None else None)

    def today(self) -> date:
        """The day it is where the account's person lives."""
        return self.clock.now().astimezone(ZoneInfo(self.account.zone)).date()

    def labels_since(self, run_id: int | None) -> LabelsNow:
        """Labels of now, by what happened since that run began; without a run every message is asked about."""
        mark = self.runs.get(run_id).progress.began if run_id is not None else ""
        return LabelsNow(self.mailbox, self.watched, mark)

    def note_done(self, run: Run, tally: Tally, subject: str, began: str) -> None:
        """Save how far an undo or an approval is."""
        spent = self.spent_by(run)
        done = tally.listed - tally.waiting
        progress = Progress(
            tally.listed, done, {}, subject, "applying", spent.quota_units, spent.http_calls, began=began
        )
        self.runs.note(run.id, progress)

    def later(self, seconds: float) -> datetime:
        return self.clock.now() + timedelta(seconds=seconds)

    def spent_by(self, run: Run) -> Outlay:
        """What the whole run has cost, by this and by earlier workers."""
        before, here = run.progress, self.mailbox.usage
        return Outlay(before.quota_units + here.quota_units, before.http_calls + here.http_calls, before.spent)


def seconds_of(run: Run, clock: Clock) -> float:
    """How long a run has taken since a worker first took it up, its waiting included."""
    return max(0.0, (clock.now() - run.started).total_seconds()) if run.started else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended, its receipt, and what a person must know or do, if anything."""

    state: RunState
    receipt: Receipt
    problem: AuraMailError | None = None
