"""What the journal knows of senders whose mail was read."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import load_only

from auramail.core.decisions import Category, Judge, Kind
from auramail.core.groups import BULK, SenderRecord
from auramail.core.history import State
from auramail.core.labels import CATEGORIES
from auramail.storage.batches import batches
from auramail.storage.engine import Database
from auramail.storage.tables import ActionRow

UNREAD_BY = (Judge.SURVEY, Judge.RULE)
"""Who decides by other things than what the message is."""
REFUSED = frozenset({State.UNDOING, State.UNDONE, State.DECLINED})
COLUMNS: Final = (
    ActionRow.sender,
    ActionRow.message_id,
    ActionRow.category,
    ActionRow.kind,
    ActionRow.source,
    ActionRow.confidence,
    ActionRow.state,
    ActionRow.before,
    ActionRow.subject,
)


class SqlSenders:
    """`ports.Senders` in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, account_id: int, senders: Collection[str]) -> dict[str, SenderRecord]:
        by_sender: defaultdict[str, list[ActionRow]] = defaultdict(list)
        with self._database.read() as session:
            for some in batches(sorted(senders)):
                wanted = (
                    select(ActionRow)
                    .where(ActionRow.account_id == account_id, ActionRow.sender.in_(some), *_judged())
                    .where(or_(ActionRow.source.not_in(UNREAD_BY), ActionRow.state.in_(REFUSED)))
                    .order_by(ActionRow.id.desc())
                    .options(load_only(*COLUMNS))
                )
                for row in session.scalars(wanted):
                    by_sender[row.sender].append(row)
        records = (_record(sender, rows) for sender, rows in by_sender.items())
        return {record.sender: record for record in records if record is not None}

    def learned(self, account_id: int, least: int, most: int) -> list[SenderRecord]:
        by_reading = ActionRow.source.not_in(UNREAD_BY)
        read = func.count(case((by_reading, ActionRow.message_id)).distinct())
        category = case((by_reading, ActionRow.category))
        wanted = (
            select(ActionRow.sender)
            .where(ActionRow.account_id == account_id, ActionRow.sender != "", *_judged())
            .group_by(ActionRow.sender)
            .having(read >= least, func.min(category) == func.max(category), func.min(category).in_(sorted(BULK)))
            .order_by(func.count().desc(), ActionRow.sender)
            .limit(most)
        )
        with self._database.read() as session:
            senders = session.scalars(wanted).all()
        known = self.known(account_id, senders)
        return [known[sender] for sender in senders if sender in known and known[sender].category is not None]


def _judged() -> tuple[ColumnElement[bool], ...]:
    return ActionRow.undo_of.is_(None), ActionRow.category.is_not(None)


def _record(sender: str, rows: Sequence[ActionRow]) -> SenderRecord | None:
    """Of entries, newest first; None if none of them was read."""
    read = {row.message_id: row for row in reversed(rows) if row.source not in UNREAD_BY}
    if not read:
        return None
    newest = next(row for row in rows if row.message_id in read)
    return SenderRecord(
        sender=sender,
        read=len(read),
        categories=frozenset(Category(row.category) for row in read.values() if row.category),
        kind=Kind(newest.kind or Kind.OTHER),
        confidence=min(row.confidence or 0.0 for row in read.values()),
        places=frozenset.intersection(*(frozenset(row.before) & CATEGORIES for row in read.values())),
        is_refused=any(row.state in REFUSED for row in rows),
        subject=newest.subject,
    )
