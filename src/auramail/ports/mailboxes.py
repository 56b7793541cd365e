"""What the flow asks of a mailbox: `Mailbox` is what every one has, the other Protocols are faces that some have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from auramail.core.actions import Change
from auramail.core.errors import TryAgainError
from auramail.core.labels import Label, LabelWish
from auramail.core.listings import Listed, Page
from auramail.core.mail_events import Changes
from auramail.core.messages import Source
from auramail.core.queries import MailQuery
from auramail.core.wording import Wording


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
