"""History: the journal's entries, one for each thing AuraMail did or means to do to a message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from auramail.core.actions import Action, Change
from auramail.core.decisions import Category, Decision
from auramail.core.wording import Wording


class State(StrEnum):
    """planned → applying → applied | failed | skipped; applied → undoing → undone; held → approved, declined, replaced.

    What is approved is planned afresh, as an entry of its own with the labels as they are then; what is replaced gave
    way to the proposal of a second look.
    """

    HELD = "held"
    PLANNED = "planned"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"
    SKIPPED = "skipped"
    APPROVED = "approved"
    DECLINED = "declined"
    REPLACED = "replaced"
    UNDOING = "undoing"
    UNDONE = "undone"


OPEN = frozenset({State.PLANNED, State.APPLYING})
"""What `settle` must close."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal.

    `before` are the label ids the message had when the intention was recorded; `change` what was meant, or, once
    applied, what was done. `outcome` says why it failed, was skipped or is held, in words; `code` is that reason as a
    short stable word for counting (`"gone"`, `"already_handled"`, `"unreadable"`, …). An undo's entry points to the
    entry it takes back in `undo_of`, a second look's in `revises` to the one in whose place it comes. `id` is 0 until
    the ledger has given one.
    """

    account_id: int
    run_id: int
    message_id: str
    state: State
    action: Action
    change: Change
    before: frozenset[str]
    id: int = 0
    thread_id: str = ""
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    received: datetime | None = None
    decision: Decision | None = None
    code: str = ""
    outcome: Wording | None = None
    attempts: int = 0
    undo_of: int | None = None
    revises: int | None = None
    at: datetime | None = None

    @property
    def is_unread(self) -> bool:
        """Whether a search decided it: who it is from and what it is about is not known until somebody asks."""
        return self.decision is not None and self.received is None

    @property
    def after(self) -> frozenset[str]:
        return self.change.after(self.before)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries: all given conditions hold; empty means any. `account_id` is never optional."""

    account_id: int
    run_id: int | None = None
    states: frozenset[State] = frozenset()
    ids: frozenset[int] = frozenset()
    message_id: str = ""
    sender: str = ""
    categories: frozenset[Category] = frozenset()
    rule_id: int | None = None
    revises: frozenset[int] = frozenset()
    """Entries that come in the place of these."""
    day: str = ""
    """ISO date in the account's zone on which the action was recorded."""

    @classmethod
    def from_json(cls, account_id: int, data: Mapping[str, object]) -> "Selection":
        """Read what an order carries: any of `run_id`, `ids`, `message_id`, `sender`, `rule_id`, `day`."""
        run_id, ids, rule_id = data.get("run_id"), data.get("ids"), data.get("rule_id")
        return cls(
            account_id,
            run_id=run_id if isinstance(run_id, int) else None,
            ids=frozenset(id_ for id_ in ids if isinstance(id_, int)) if isinstance(ids, list) else frozenset(),
            message_id=str(data.get("message_id") or ""),
            sender=str(data.get("sender") or ""),
            rule_id=rule_id if isinstance(rule_id, int) else None,
            day=str(data.get("day") or ""),
        )
