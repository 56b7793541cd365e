"""The index of local sources: messages as their file has them, and what became of their labels since."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, insert, or_, select, tuple_
from sqlalchemy.orm import Session

from auramail.core.actions import Change
from auramail.core.labels import UNREAD
from auramail.core.queries import MailQuery
from auramail.ports.local import LocalMessage
from auramail.storage.batches import batches
from auramail.storage.engine import Database
from auramail.storage.entries import day_bounds
from auramail.storage.local_tables import LocalChangeRow, LocalMessageRow, LocalStampRow
from auramail.storage.runs import lock_account
from auramail.storage.upsert import insert_or_leave

MARK = "\x1f"
"""Stands before, between and after labels in a column, so that a label can be looked for with LIKE."""

CHUNK = 2000

COLUMNS = (
    LocalMessageRow.message_id,
    LocalMessageRow.thread_id,
    LocalMessageRow.place,
    LocalMessageRow.received,
    LocalMessageRow.sender,
    LocalMessageRow.recipients,
    LocalMessageRow.subject,
    LocalMessageRow.size,
    LocalMessageRow.has_attachment,
    LocalMessageRow.labels,
    LocalChangeRow.added,
    LocalChangeRow.removed,
)
"""A message with what was added to and removed from its labels; columns, because mapped objects take far longer."""


class SqlLocalIndex:
    """`ports.LocalIndex` in the database.

    A new index grows as a generation of its own, chunk by chunk, unseen; one short transaction then shows it and
    drops the old one. So readers see either index whole, and a large file does not keep the database locked.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def stamp(self, account_id: int) -> str:
        with self._database.read() as session:
            return session.scalar(select(LocalStampRow.stamp).where(LocalStampRow.account_id == account_id)) or ""

    def replace(self, account_id: int, stamp: str, messages: Iterator[LocalMessage]) -> None:
        generation = self._begin(account_id)
        for some in batches(messages, CHUNK):
            rows = [_to_row(account_id, generation, message) for message in some]
            with self._database.write() as session:
                session.execute(insert(LocalMessageRow), rows)
        with self._database.write() as session:
            lock_account(session, account_id)
            row = session.get_one(LocalStampRow, account_id)
            if row.generation < generation:
                row.generation, row.stamp = generation, stamp
            session.execute(
                delete(LocalMessageRow).where(
                    LocalMessageRow.account_id == account_id,
                    LocalMessageRow.generation < row.generation,
                )
            )

    def find(self, account_id: int, query: MailQuery, zone: str) -> Iterator[LocalMessage]:
        wanted = _messages(account_id).where(*_narrowed(query, zone))
        wanted = wanted.order_by(LocalMessageRow.received.desc(), LocalMessageRow.message_id.desc()).limit(CHUNK)
        folders = frozenset(query.folders)
        page = wanted
        while True:
            with self._database.read() as session:
                rows = session.execute(page).all()
            for message in map(_from_row, rows):
                # LIKE may fold case and has let through what only looks like the label.
                if (not folders or folders & message.labels) and (not query.unread or UNREAD in message.labels):
                    yield message
            if len(rows) < CHUNK:
                return
            last = rows[-1]
            page = wanted.where(
                tuple_(LocalMessageRow.received, LocalMessageRow.message_id) < tuple_(last.received, last.message_id)
            )

    def get(self, account_id: int, ids: Sequence[str]) -> dict[str, LocalMessage]:
        with self._database.read() as session:
            rows = _get(session, account_id, ids)
            return {message_id: _from_row(row) for message_id, row in rows.items()}

    def change(self, account_id: int, ids: Sequence[str], change: Change) -> frozenset[str]:
        with self._database.write() as session:
            lock_account(session, account_id)
            found = _get(session, account_id, ids)
            _save_changes(session, account_id, found, change)
            return frozenset(found)

    def _begin(self, account_id: int) -> int:
        """A generation of one's own, newer than all before."""
        with self._database.write() as session:
            lock_account(session, account_id)
            insert_or_leave(session, LocalStampRow, account_id=account_id, stamp="", generation=0, newest=0)
            row = session.get_one(LocalStampRow, account_id)
            row.newest += 1
            return row.newest


def _messages(account_id: int) -> Select[*tuple[Any, ...]]:
    """The visible messages of the account."""
    visible = select(LocalStampRow.generation).where(LocalStampRow.account_id == account_id).scalar_subquery()
    return (
        select(*COLUMNS)
        .outerjoin(
            LocalChangeRow,
            and_(
                LocalChangeRow.account_id == LocalMessageRow.account_id,
                LocalChangeRow.message_id == LocalMessageRow.message_id,
            ),
        )
        .where(LocalMessageRow.account_id == account_id, LocalMessageRow.generation == visible)
    )


def _narrowed(query: MailQuery, zone: str) -> Iterator[ColumnElement[bool]]:
    if query.folders:
        yield or_(*(_has(folder) for folder in query.folders))
    if query.unread:
        yield _has(UNREAD)
    if query.after:
        yield LocalMessageRow.received >= day_bounds(query.after, zone)[0]
    if query.before:
        yield LocalMessageRow.received < day_bounds(query.before, zone)[0]


def _has(label: str) -> ColumnElement[bool]:
    marked = MARK + label + MARK
    removed = func.coalesce(LocalChangeRow.removed, "")
    return or_(
        and_(LocalMessageRow.labels.contains(marked, autoescape=True), ~removed.contains(marked, autoescape=True)),
        LocalChangeRow.added.contains(marked, autoescape=True),
    )


def _get(session: Session, account_id: int, ids: Iterable[str]) -> dict[str, Row[*tuple[Any, ...]]]:
    found: dict[str, Row[*tuple[Any, ...]]] = {}
    for some in batches(ids):
        rows = session.execute(_messages(account_id).where(LocalMessageRow.message_id.in_(some)))
        found |= {row.message_id: row for row in rows}
    return found


def _save_changes(session: Session, account_id: int, rows: dict[str, Row[*tuple[Any, ...]]], change: Change) -> None:
    """Keep only the difference to the original labels: none for a message that is as in its file."""
    differences = []
    for message_id, row in rows.items():
        original = _split(row.labels)
        now = change.after(_from_row(row).labels)
        if now != original:
            added, removed = _join(now - original), _join(original - now)
            differences.append({"account_id": account_id, "message_id": message_id, "added": added, "removed": removed})
    for some in batches(rows):
        session.execute(
            delete(LocalChangeRow).where(LocalChangeRow.account_id == account_id, LocalChangeRow.message_id.in_(some))
        )
    for different in batches(differences):
        session.execute(insert(LocalChangeRow), different)


def _to_row(account_id: int, generation: int, message: LocalMessage) -> dict[str, object]:
    return {
        "account_id": account_id,
        "generation": generation,
        "message_id": message.id,
        "thread_id": message.thread_id,
        "place": message.place,
        "received": message.received,
        "sender": message.sender,
        "recipients": message.recipients,
        "subject": message.subject,
        "size": message.size,
        "has_attachment": message.has_attachment,
        "labels": _join(message.labels),
    }


def _from_row(row: Row[*tuple[Any, ...]]) -> LocalMessage:
    return LocalMessage(
        id=row.message_id,
        thread_id=row.thread_id,
        place=row.place,
        received=row.received,
        sender=row.sender,
        recipients=row.recipients,
        subject=row.subject,
        size=row.size,
        has_attachment=row.has_attachment,
        labels=(_split(row.labels) - _split(row.removed)) | _split(row.added),
    )


def _join(labels: Iterable[str]) -> str:
    listed = sorted(labels)
    return MARK + MARK.join(listed) + MARK if listed else ""


def _split(column: str | None) -> frozenset[str]:
    return frozenset(filter(None, (column or "").split(MARK)))
