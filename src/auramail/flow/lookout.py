"""The lookout: all it takes to see what came in, and where it is kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError
from auramail.core.labels import CATEGORIES, INBOX, SYSTEM, normalise
from auramail.core.listings import Listed
from auramail.core.live import LabelAct, Live, Whereabouts
from auramail.core.receipts import Receipt
from auramail.core.runs import Run
from auramail.core.wording import Wording
from auramail.ports.mailboxes import Mailbox, Watched
from auramail.ports.world import Clock

STANDING = SYSTEM - CATEGORIES
"""Folders that every mailbox has, whose ids are their names."""


class LiveStates(Protocol):
    """Which accounts' new mail is kept sorted, and how far their mailboxes' history was read."""

    def get(self, account_id: int) -> Live | None: ...

    def save(self, live: Live) -> None:
        """Save what a look found out; whether it is on, since when, and the mark are not changed by it.

        Nothing, if live sorting was begun anew meanwhile. What was announced meanwhile stays due.
        """
        ...

    def advance(
        self, live: Live, run_id: int, mark: str, messages: Sequence[Listed], acts: Sequence[LabelAct]
    ) -> list[str] | None:
        """Commit new messages to the run's listing, the person's label acts, and the mark they were read up to.

        All in one transaction: a mark is never ahead of what it stands for. Gives the ids new to the listing; None,
        and nothing is committed, if live sorting was turned off, or the mark is no longer that of `live`.
        """
        ...


class LiveDays(Protocol):
    """The runs of new mail, one for each account and day; they are over from the start, and grow."""

    def of(self, account_id: int, day: date) -> Run:
        """The day's run, made when first asked for; the newest, if there is one of a later day."""
        ...

    def unfinished(self, account_id: int) -> list[Run]:
        """Those whose listing is still on disk, oldest first."""
        ...

    def rewrite(self, receipt: Receipt) -> None:
        """Replace the run's receipt; its seconds are added to those of the earlier one."""
        ...

    def put_away(self, run_id: int) -> None:
        """Drop the listing of a day that is over."""
        ...


class Places(Protocol):
    def look_up(self, account_id: int, ids: Sequence[str], folders: Collection[str]) -> Mapping[str, Whereabouts]:
        """Where each of these messages stands; those nobody knows are left out.

        What the person themselves put into one of the folders is theirs, and skipped.
        """
        ...


@dataclass(frozen=True, slots=True)
class Lookout:
    """All it takes to look for new mail in one account. `folders` are the label ids that are watched."""

    account: Account
    mailbox: Mailbox
    watched: Watched
    """The same mailbox."""
    states: LiveStates
    days: LiveDays
    places: Places
    clock: Clock
    folders: frozenset[str]

    def queue(
        self, live: Live, mark: str, messages: Sequence[Listed], acts: Sequence[LabelAct] = ()
    ) -> list[str] | None:
        """Commit messages to today's listing together with the mark; see `LiveStates.advance`."""
        today = self.clock.now().astimezone(ZoneInfo(self.account.zone)).date()
        run_id = self.days.of(self.account.id, today).id if messages else 0
        return self.states.advance(live, run_id, mark, messages, acts)


def label_ids(folders: Collection[str], mailbox: Mailbox) -> frozenset[str]:
    """Folders by label id; those that a person wrote by name are looked up, and those that are gone are left out."""
    standing = {folder.upper() for folder in folders if folder.upper() in STANDING}
    rest = {folder for folder in folders if folder.upper() not in STANDING}
    if rest:
        labels = mailbox.labels([]).values()
        wanted = {normalise(folder) for folder in rest}
        standing |= {label.id for label in labels if label.id in rest or normalise(label.name) in wanted}
    if not standing:
        raise NeedsPersonError(
            Wording.of("None of the folders to be kept sorted is there any more."),
            Wording.of("Turn it off, and on again with others: auramail live on --folder {inbox}", inbox=INBOX),
        )
    return frozenset(standing)
