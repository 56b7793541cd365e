"""Runs: one sort, undo, approval or second look, how it is going, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from auramail.core.costs import Spent
from auramail.core.estimates import Estimate
from auramail.core.policy import Autonomy
from auramail.core.queries import MailQuery
from auramail.core.wording import Wording


class RunKind(StrEnum):
    SORT = "sort"
    LIVE = "live"
    """New mail of one day, sorted as it comes; never queued or running, so that it stands in nobody's way."""
    UNDO = "undo"
    APPROVE = "approve"
    SECOND_LOOK = "second_look"
    """Asks a language model again about what had no answer in time."""


class RunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


LIVE = frozenset({RunState.QUEUED, RunState.RUNNING})


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asked a run to do. `again` also takes messages whose handling was undone."""

    kind: RunKind = RunKind.SORT
    query: MailQuery = field(default_factory=MailQuery)
    dry_run: bool = False
    autonomy: Autonomy | None = None
    again: bool = False
    estimate: Estimate | None = None
    """What was said beforehand that it would take."""
    selection: Mapping[str, object] = field(default_factory=dict)
    """For an undo or an approval: which entries, as `core.history.Selection.from_json` reads it."""

    @property
    def touches(self) -> bool:
        """Whether it changes the mailbox by itself, as far as the order says."""
        return not self.dry_run and self.autonomy is not Autonomy.SUGGEST

    def going_by(self, autonomy: Autonomy) -> "Order":
        """The same order with the autonomy that the policy gives it where it names none."""
        return self if self.autonomy else replace(self, autonomy=autonomy)


@dataclass(frozen=True, slots=True)
class SortChoice:
    """What a person chose for the last sort, to begin the next with; what is empty was never chosen."""

    folders: tuple[str, ...] = ()
    limit: int | None = None
    autonomy: Autonomy | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    `listed` may still grow; `done` = handled + skipped + failed so far. `subject` is the message in hand, for the
    person's own eyes.
    """

    listed: int = 0
    done: int = 0
    by_category: Mapping[str, int] = field(default_factory=dict)
    subject: str = ""
    phase: str = ""
    """`listing`, `reading`, `asking`, `applying`, `waiting`, `finished`."""
    quota_units: int = 0
    http_calls: int = 0
    spent: Spent = field(default_factory=Spent)
    """What language models have cost."""
    why: Wording | None = None
    """Why the run waits, if the mailbox asked it to."""
    until: datetime | None = None
    began: str = ""
    """Where the mailbox's history stood when the run began."""
    mark: str = ""
    """Where the mailbox's history stood when the oldest change still to be made was planned (see `ports.Watched`)."""


@dataclass(frozen=True, slots=True)
class Run:
    id: int
    account_id: int
    order: Order
    state: RunState
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    progress: Progress = field(default_factory=Progress)
    problem: Wording | None = None
    hint: Wording | None = None
    cancel_asked: bool = False
