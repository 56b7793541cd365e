"""What the flow asks of the world, in narrow Protocols. A wish for a sixth method on one is a design question."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from auramail.core.accounts import Account, Person
from auramail.core.actions import Change
from auramail.core.decisions import Opinion
from auramail.core.errors import TryAgainError
from auramail.core.groups import Group, GroupState, SenderRecord, Standing
from auramail.core.history import Entry, Selection, State
from auramail.core.labels import Label, LabelWish
from auramail.core.listings import Listed, Page, Tally
from auramail.core.mail_events import Changes
from auramail.core.messages import Message, Source
from auramail.core.queries import MailQuery
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Progress, Run, RunState
from auramail.core.wording import Wording


class Clock(Protocol):
    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer for one id: the message, or why there is none. `gone` means the mailbox no longer has it."""

    id: str
    source: Source | None = None
    gone: bool = False
    problem: Wording | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One change for several messages; equal changes belong into one request."""

    ids: tuple[str, ...]
    change: Change


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a `Request`: done for all its ids, or refused (`problem`); `unknown` if nobody can say.

    With `later` nothing of it was done, because the mailbox asks to wait.
    """

    request: Request
    problem: Wording | None = None
    unknown: bool = False
    gone: frozenset[str] = frozenset()
    later: TryAgainError | None = None


@dataclass(slots=True)
class Usage:
    """What a mailbox has cost since it was opened: Gmail quota units and HTTP calls."""

    quota_units: int = 0
    http_calls: int = 0


class Mailbox(Protocol):
    """A mailbox of one account. Label arguments and results are label ids; methods raise `core.errors`.

    No method deletes. `change_labels` with TRASH added is Gmail's trash.
    """

    usage: Usage

    def list_ids(self, query: MailQuery, start: str = "") -> Iterator[Page]:
        """Pages that are never empty, newest first, each id once, never more than `query.limit` in all.

        `start` is the `next` of an earlier page of the same query: the listing goes on there and its limit counts on.
        One that the mailbox does not take (any more) begins anew.
        """
        ...

    def fetch(self, ids: Sequence[str], large: frozenset[str] = frozenset()) -> list[Fetched]:
        """Read messages, at most 100; one answer for each id, in their order, but without those that must wait.

        Ask for those again; raises TryAgainError when there is nothing but them. Of the messages in `large` the bodies
        of attachments may be left out.
        """
        ...

    def labels_now(self, ids: Sequence[str]) -> dict[str, frozenset[str] | None]:
        """The label ids each message has at this moment; None for one that is gone."""
        ...

    def change_labels(self, requests: Sequence[Request]) -> list[Applied]:
        """Make each change; one answer for each request, in their order. Safe to repeat."""
        ...

    def labels(self, wishes: Sequence[LabelWish]) -> dict[str, Label]:
        """Find or create labels by name: wish's name → label. With no wishes, all of the mailbox's labels by name."""
        ...


@runtime_checkable
class Searches(Protocol):
    """A mailbox that answers searches without reading a message: Gmail, where reading is what costs."""

    def find(self, queries: Sequence[MailQuery]) -> list[tuple[Listed, ...]]:
        """What each query lists, newest first; many queries are asked together."""
        ...


@runtime_checkable
class Counts(Protocol):
    """A mailbox that knows how much is in its folders without listing them: Gmail."""

    def count(self, folders: Sequence[str], *, unread: bool = False) -> int:
        """At most how many messages lie in these folders (none named: in all of the mailbox).

        What has several of their labels counts for each. Raises NeedsPersonError for an unknown folder.
        """
        ...


@runtime_checkable
class Watched(Protocol):
    """A mailbox that tells what happened in it since a mark. Marks are opaque; methods raise `core.errors`."""

    def mark(self) -> str:
        """Where the mailbox's history stands at this moment."""
        ...

    def changes(self, mark: str) -> Iterator[Changes]:
        """Pages of what happened since the mark, one at least. Raises MarkExpiredError if that is too long ago."""
        ...

    def watch(self, topic: str) -> datetime:
        """Have the mailbox announce changes at a Pub/Sub topic; until when it does. Safe to repeat."""
        ...

    def unwatch(self) -> None:
        """End all announcements."""
        ...


@dataclass(frozen=True, slots=True)
class LocalMessage:
    """Where a message of a local source lies and what lists and filters need of it; the original labels are ids."""

    id: str
    thread_id: str
    place: str
    """What the source finds it by: `offset:length` of an mbox, a file name of a Maildir."""
    received: datetime
    sender: str
    recipients: str
    subject: str
    size: int
    has_attachment: bool
    labels: frozenset[str]


class LocalIndex(Protocol):
    """Where local sources keep what they may not write into the person's file: an index, labels and moves."""

    def stamp(self, account_id: int) -> str:
        """What the source looked like when it was indexed (size, time, version); empty if never."""
        ...

    def replace(self, account_id: int, stamp: str, messages: Iterator[LocalMessage]) -> None:
        """Take in a new index, streaming, in one transaction; labels that messages got since are kept by id."""
        ...

    def find(self, account_id: int, query: MailQuery, zone: str) -> Iterator[LocalMessage]:
        """Messages with their labels as they are now, newest first; only `folders`, days and `unread` are applied."""
        ...

    def get(self, account_id: int, ids: Sequence[str]) -> dict[str, LocalMessage]:
        """The messages with their labels as they are now, by id."""
        ...

    def change(self, account_id: int, ids: Sequence[str], change: Change) -> frozenset[str]:
        """Change labels in one transaction; the ids that exist."""
        ...


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
        of force by a newer run's entry.
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

    def entries(self, selection: Selection) -> Iterator[Entry]:
        """Entries in the order they were recorded, streamed."""
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


class AccountLock(Protocol):
    """One owner per account, held by a connection or an open file, never by a clock."""

    def hold(self, account_id: int) -> AbstractContextManager[Callable[[], bool]]:
        """Own the account; gives a question "do I still own it?". Raises BusyError if somebody else does."""
        ...


class Vault(Protocol):
    """Encrypts secrets for the database. `purpose` binds a ciphertext to its account and use."""

    def seal(self, secret: bytes, purpose: str) -> bytes: ...

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Raises GiveUpError if the ciphertext was changed, moved or made with an unknown key."""
        ...


class LanguageModel(Protocol):
    """A language model asked about one message at a time."""

    name: str

    def judge(self, message: Message, person: Person) -> Opinion | None:
        """What the model thinks, from closed sets only; None if its answer could not be used.

        Raises TryAgainError (limits, outages) and NeedsPersonError (key, model name).
        """
        ...


class JobQueue(Protocol):
    """A doorbell: it carries ids, the database holds the truth."""

    def ring(self, account_id: int, after: float = 0.0) -> None:
        """Have a worker look after the account, `after` seconds from now; ringing twice is ringing once."""
        ...


class Accounts(Protocol):
    """The connected mailboxes and who their person writes to."""

    def get(self, account_id: int) -> Account:
        """Raises NotFoundError."""
        ...

    def pause(self, account_id: int, why: Wording | None) -> None:
        """Pause the account with a reason, or resume it with None."""
        ...

    def person(self, account_id: int) -> Person | None:
        """Whom the account belongs to; None until its sent mail was looked at."""
        ...

    def remember_person(self, account_id: int, person: Person) -> None:
        """Replace what is known of the person: their own addresses and whom they write to."""
        ...
