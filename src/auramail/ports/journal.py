"""What the flow asks of the keepers of what was done, is being done and is to be done."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from auramail.core.decisions import Asked
from auramail.core.groups import Group, GroupState, SenderRecord, Standing
from auramail.core.history import Entry, Selection, State
from auramail.core.listings import Listed, Page, Tally
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Progress, Run, RunState
from auramail.core.wording import Wording


class Ledger(Protocol):
    """The journal. Every method is one transaction of its own; none is open during a network call."""

    def known(self, account_id: int, ids: Sequence[str]) -> Mapping[str, tuple[int, State]]:
        """Which of these messages the journal has handled, is handling, or skipped for good: id → (run, state).

        Dry runs and entries taken out of force (`again`, failed) do not count.
        """
        ...

    def record(self, entries: Sequence[Entry]) -> list[Entry]:
        """Commit entries, in one transaction; those that lost a race are left out of the answer, which has ids.

        In the same transaction what was recorded is taken off its run's listing.

        At most one entry in force for each message: a failed, a held or (with a newer run) an undone one is taken out
        of force by a newer run's entry, an applied or held one by the entry that `revises` it; that one gives the force
        back when it fails or is undone. What had no answer of a language model in time is noted for `Unanswered`.
        An entry with `undo_of` moves that entry applied → undoing in the same transaction, or is left out.
        """
        ...

    def move(
        self, ids: Sequence[int], source: State, target: State, code: str = "", outcome: Wording | None = None
    ) -> list[int]:
        """Conditional update source → target; the ids that really moved.

        When an undo's entry becomes applied, what it takes back becomes undone (if that was an undo itself, what
        *it* took back becomes applied again); failed or skipped: what it takes back becomes applied again.
        """
        ...

    def entries(self, selection: Selection, *, newest_first: bool = False) -> Iterator[Entry]:
        """Entries in the order they were recorded, or the newest first, streamed."""
        ...

    def describe(self, entry: Entry) -> None:
        """Save sender, subject and date of an entry whose message nobody had read; nothing else of it."""
        ...


class Listings(Protocol):
    """What runs have listed, on disk until they end: an id once listed is never forgotten, whatever dies."""

    def add(self, run_id: int, page: Page, skipped: Mapping[str, str]) -> list[str]:
        """Commit a page together with where the next one begins; `skipped` ids need no reading (id → reason's code).

        Ids that are on the listing stay as they are; gives those that were not.
        """
        ...

    def waiting(self, run_id: int, most: int) -> list[Listed]:
        """The first of those still to be read, in the order they are to be read in."""
        ...

    def settle(self, run_id: int, ids: Sequence[str], code: str) -> int:
        """Skip waiting ids for a reason; gives how many. What is recorded the ledger takes off by itself."""
        ...

    def leave(self, run_id: int, code: str) -> int:
        """Skip all that still wait; gives how many."""
        ...

    def tally(self, run_id: int) -> Tally: ...


class Unanswered(Protocol):
    """Entries in force about which a language model was to be asked, and had no time in time."""

    def take(self, account_id: int, most: int) -> list[Listed]:
        """The first that are due; they are due again a while later, whatever becomes of whoever took them."""
        ...

    def of(self, account_id: int, ids: Sequence[str]) -> dict[str, Entry]:
        """The entries that speak for these messages and still have no answer, by message."""
        ...

    def tried(self, entry_ids: Sequence[int]) -> int:
        """Count a try that brought no answer; gives how many were tried so often that they are given up."""
        ...

    def give_up(self, entry_ids: Sequence[int], asked: Asked = Asked.NEVER) -> None:
        """Ask no more, and have the entries say so. An answer that is recorded needs no such word."""
        ...


class Groups(Protocol):
    """The groups of a run's survey, and the rows of its listing that they speak for."""

    def standings(self, run_id: int) -> list[Standing]:
        """All groups of the run, however they ended; the spot checks of the open ones are counted."""
        ...

    def among(self, run_id: int, ids: Sequence[str], key: str = "") -> list[Listed]:
        """Which of the ids the group of that key speaks for; without a key: which wait and may be spoken for."""
        ...

    def open(self, run_id: int, group: Group, siblings: Sequence[str], checks: Sequence[str]) -> None:
        """Have the group speak for waiting siblings, all but its spot checks, which come first in line.

        One whose key is there already is left as it is.
        """
        ...

    def close(self, run_id: int, key: str, state: GroupState, filed: int = 0) -> None:
        """End the group; what it still speaks for waits again, to be read."""
        ...

    def spare(self, run_id: int, ids: Collection[str], threads: Collection[str]) -> None:
        """Have these messages, and all of these threads, be read whatever finds them; notes that it was done."""
        ...


class Senders(Protocol):
    """What the journal knows of senders."""

    def known(self, account_id: int, senders: Collection[str]) -> dict[str, SenderRecord]:
        """Those of the senders of whom anything was read."""
        ...

    def learned(self, account_id: int, least: int, most: int) -> list[SenderRecord]:
        """Senders of whom at least so many messages were read, all of one bulk category; most mail first."""
        ...


class Runs(Protocol):
    """Runs, their progress and receipts."""

    def start(self, account_id: int, order: Order) -> Run:
        """Open a queued run; raises BusyError (with its id) while the account has a live one."""
        ...

    def get(self, run_id: int) -> Run:
        """Raises NotFoundError."""
        ...

    def live(self, account_id: int) -> Run | None:
        """The account's queued or running run."""
        ...

    def note(self, run_id: int, progress: Progress) -> bool:
        """Save progress (the run becomes running); True if the person asked to cancel.

        A run of new mail stays as it is; there, True says that live sorting was turned off.
        """
        ...

    def finish(
        self,
        run_id: int,
        state: RunState,
        receipt: Receipt,
        problem: Wording | None = None,
        hint: Wording | None = None,
    ) -> None:
        """Close the run and save its receipt, with what went wrong and what to do about it, if anything."""
        ...
