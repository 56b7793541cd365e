"""Accounts, runs and entries that state only what matters to a test."""

from datetime import UTC, datetime

from auramail.core.accounts import Account, SourceKind
from auramail.core.actions import Action, Change
from auramail.core.decisions import Category, Decision, Judge, Kind, Urgency
from auramail.core.findings import Danger
from auramail.core.history import Entry, State
from auramail.core.labels import INBOX
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Run, RunState
from auramail.core.wording import Wording
from auramail.ports.world import Clock
from auramail.storage.accounts import SqlAccounts
from auramail.storage.engine import Database
from auramail.storage.runs import SqlRuns
from auramail.storage.users import SqlUsers

FILED = Change(add=frozenset({"Label_1"}), remove=frozenset({INBOX}))


def an_account(database: Database, clock: Clock, path: str = "/mail/ana.mbox") -> Account:
    """An account of the local user; another path is another account."""
    user = SqlUsers(database, clock).local_user()
    return SqlAccounts(database, clock).open_local(user.id, SourceKind.MBOX, path, "", "Europe/Kyiv")


def a_run(database: Database, clock: Clock, account_id: int, *, dry_run: bool = False) -> Run:
    """A run that is over, so that others can follow; its entries can be recorded all the same."""
    runs = SqlRuns(database, clock)
    run = runs.start(account_id, Order(dry_run=dry_run))
    runs.finish(run.id, RunState.DONE, Receipt(run=run.id, listed=0, handled=0))
    return run


def a_decision(category: Category = Category.NEWSLETTER, rule_id: int | None = None) -> Decision:
    return Decision(
        category=category,
        kind=Kind.NEWSLETTER,
        urgency=Urgency.LOW,
        confidence=0.9,
        danger=Danger.NONE,
        source=Judge.SIGNAL,
        reason=Wording.of("It comes from a mailing list"),
        rule_id=rule_id,
    )


def an_entry(
    run: Run,
    message_id: str = "m1",
    state: State = State.PLANNED,
    *,
    decision: Decision | None = None,
    sender: str = "news@shop.example",
    subject: str = "Offers of the week",
    code: str = "",
    action: Action = Action.MOVE,
    undo_of: int | None = None,
) -> Entry:
    return Entry(
        account_id=run.account_id,
        run_id=run.id,
        message_id=message_id,
        state=state,
        action=action,
        change=FILED,
        before=frozenset({INBOX}),
        thread_id="t1",
        sender=sender,
        sender_name="Shop",
        subject=subject,
        received=datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
        decision=decision or a_decision(),
        code=code,
        undo_of=undo_of,
    )
