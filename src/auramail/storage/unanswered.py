"""What a language model had no time for in time: noted with the journal, asked about again, settled or given up."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from auramail.core.decisions import Asked
from auramail.core.history import OPEN, Entry, State
from auramail.core.listings import Listed
from auramail.ports.world import Clock
from auramail.storage.batches import STATEMENT, batches
from auramail.storage.engine import Database
from auramail.storage.entries import entry_from_row
from auramail.storage.model_tables import UnansweredRow
from auramail.storage.rows import decision_from_json, decision_to_json
from auramail.storage.runs import lock_account
from auramail.storage.tables import AccountRow, ActionRow

IN_VAIN: Final = frozenset({Asked.LATER, Asked.SPENT, Asked.PROBLEM})
"""What became of a wish to ask that time, or an operator, may change."""
STANDING: Final = frozenset({State.APPLIED, State.HELD})
"""States of entries that a second look may have another word on."""
OLDEST: Final = timedelta(days=30)
FIRST_PAUSE: Final = timedelta(minutes=2)
"""A model's limits are counted by the minute."""
PAUSES: Final = (timedelta(minutes=30), timedelta(hours=6))
"""How long it is let alone after each try in vain; after as many and one more it is given up."""


class SqlUnanswered:
    """`ports.Unanswered` in the database, and what else the doors need."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def accounts(self) -> list[int]:
        """Accounts that are not paused and have something due: one look into an index for each."""
        mine = exists().where(UnansweredRow.account_id == AccountRow.id, UnansweredRow.due <= self._clock.now())
        wanted = select(AccountRow.id).where(AccountRow.paused.is_(None), mine).order_by(AccountRow.id)
        with self._database.read() as session:
            return list(session.scalars(wanted))

    def is_due(self, account_id: int) -> bool:
        """Whether `take` would give anything; what no longer waits for an answer is forgotten."""
        now = self._clock.now()
        with self._database.write() as session:
            lock_account(session, account_id)
            self._forget(session, account_id, now)
            return session.scalar(select(_takable(account_id, now).exists())) is True

    def count(self, account_id: int) -> int:
        """How many messages wait for an answer."""
        wanted = _standing(account_id).with_only_columns(func.count())
        with self._database.read() as session:
            return session.scalar(wanted) or 0

    def hasten(self, account_id: int) -> None:
        """Have everything be due now."""
        now = self._clock.now()
        with self._database.write() as session:
            lock_account(session, account_id)
            later = UnansweredRow.account_id == account_id, UnansweredRow.due > now
            session.execute(update(UnansweredRow).where(*later).values(due=now))

    def take(self, account_id: int, most: int) -> list[Listed]:
        now = self._clock.now()
        with self._database.write() as session:
            lock_account(session, account_id)
            self._forget(session, account_id, now)
            rows = session.execute(
                _takable(account_id, now)
                .with_only_columns(ActionRow.id, ActionRow.message_id, ActionRow.thread_id)
                .order_by(UnansweredRow.due, UnansweredRow.entry_id)
                .limit(most)
            ).all()
            taken = UnansweredRow.entry_id.in_([number for number, _, _ in rows])
            session.execute(update(UnansweredRow).where(taken).values(due=now + PAUSES[0]))
        return [Listed(message_id, thread_id) for _, message_id, thread_id in rows]

    def of(self, account_id: int, ids: Sequence[str]) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        with self._database.read() as session:
            for some in batches(ids):
                rows = session.scalars(_standing(account_id).where(ActionRow.message_id.in_(some)))
                found |= {row.message_id: entry_from_row(row) for row in rows}
        return found

    def tried(self, entry_ids: Sequence[int]) -> int:
        now = self._clock.now()
        spent: list[int] = []
        with self._database.write() as session:
            for some in batches(entry_ids):
                for row in session.scalars(select(UnansweredRow).where(UnansweredRow.entry_id.in_(some))):
                    row.tries += 1
                    if row.tries > len(PAUSES):
                        spent.append(row.entry_id)
                    else:
                        row.due = now + PAUSES[row.tries - 1]
            _give_up(session, spent, Asked.NEVER)
        return len(spent)

    def give_up(self, entry_ids: Sequence[int], asked: Asked = Asked.NEVER) -> None:
        with self._database.write() as session:
            _give_up(session, entry_ids, asked)

    def _forget(self, session: Session, account_id: int, now: datetime) -> None:
        """Of the first that are due, drop what speaks for its message no more, and give up what is too old."""
        first = select(UnansweredRow.entry_id).where(UnansweredRow.account_id == account_id, UnansweredRow.due <= now)
        due = session.scalars(first.order_by(UnansweredRow.due, UnansweredRow.entry_id).limit(STATEMENT)).all()
        speaking = dict(
            session.execute(
                _speaking().where(ActionRow.id.in_(due)).with_only_columns(ActionRow.id, ActionRow.at)
            ).all()
        )
        silent = [number for number in due if number not in speaking]
        session.execute(delete(UnansweredRow).where(UnansweredRow.entry_id.in_(silent)))
        _give_up(session, [number for number, at in speaking.items() if at < now - OLDEST], Asked.NEVER)


def note_unanswered(session: Session, entries: Iterable[Entry]) -> None:
    """Note which of these entries, now in force, are to be asked about again, and that others were by now.

    Call it in the transaction that records them.
    """
    fresh = [entry for entry in entries if entry.undo_of is None]
    for some in batches(entry.revises for entry in fresh if entry.revises is not None):
        session.execute(delete(UnansweredRow).where(UnansweredRow.entry_id.in_(some)))
    rows = [
        {"entry_id": entry.id, "account_id": entry.account_id, "due": entry.at + FIRST_PAUSE, "tries": 0}
        for entry in fresh
        if entry.at is not None and entry.state in STANDING | OPEN and _was_in_vain(entry)
    ]
    if rows:
        session.execute(insert(UnansweredRow), rows)


def _was_in_vain(entry: Entry) -> bool:
    note = entry.decision.model if entry.decision is not None else None
    return note is not None and note.asked in IN_VAIN


def _give_up(session: Session, entry_ids: Sequence[int], asked: Asked) -> None:
    for some in batches(entry_ids):
        for row in session.scalars(select(ActionRow).where(ActionRow.id.in_(some))):
            decision = decision_from_json(row.decision)
            if decision is not None and decision.model is not None:
                row.decision = decision_to_json(replace(decision, model=replace(decision.model, asked=asked)))
        session.execute(delete(UnansweredRow).where(UnansweredRow.entry_id.in_(some)))


def _speaking() -> Select[ActionRow]:
    """Entries that speak for their message and may be spoken to."""
    return select(ActionRow).where(
        ActionRow.in_force, ActionRow.state.in_(STANDING | OPEN | {State.UNDOING}), ActionRow.undo_of.is_(None)
    )


def _takable(account_id: int, now: datetime) -> Select[ActionRow]:
    return _standing(account_id).where(
        UnansweredRow.due <= now, ActionRow.state.in_(STANDING), ActionRow.at >= now - OLDEST
    )


def _standing(account_id: int) -> Select[ActionRow]:
    waiting = UnansweredRow.account_id == account_id
    return _speaking().join(UnansweredRow, UnansweredRow.entry_id == ActionRow.id).where(waiting)
