"""Live: how new mail of an account is kept sorted, and the proof that none was missed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from auramail.core.wording import Wording


@dataclass(frozen=True, slots=True)
class Proof:
    """Where every id of the chosen folders stands: `listed` = `handled` + Σ`skipped` + `queued`, counted apart.

    `missed` says how many of the queued were found by this very look, and not before.
    """

    at: datetime
    listed: int
    handled: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    queued: int = 0
    missed: int = 0

    @property
    def is_whole(self) -> bool:
        return self.listed == self.handled + sum(self.skipped.values()) + self.queued


@dataclass(frozen=True, slots=True)
class Live:
    """One account's live sorting.

    `since` is when it was turned on: older mail is sorted only when a person asks for it. `mark` is where the mailbox's
    history was read up to, `due` when it is looked at next, `pause` the seconds between two looks. `pushed` is the
    newest mark that an announcement named, `watch_until` when announcements end unless renewed.
    """

    account_id: int
    is_on: bool
    since: datetime
    mark: str
    due: datetime
    pause: float = 15.0
    polled: datetime | None = None
    pushed: str = ""
    watch_until: datetime | None = None
    proof: Proof | None = None
    problem: Wording | None = None


@dataclass(frozen=True, slots=True)
class LabelAct:
    """A label that the person, and not AuraMail, put on a message or took off; `mark` is its place in the history."""

    message_id: str
    label_id: str
    is_added: bool
    mark: str


class Place(StrEnum):
    """Where a message stands with AuraMail."""

    HANDLED = "handled"
    SKIPPED = "skipped"
    QUEUED = "queued"
    FAILED = "failed"
    """It is to be tried again."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A message's place, and for a skipped or failed one the reason's code."""

    place: Place
    code: str = ""
