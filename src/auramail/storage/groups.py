"""A survey's groups, kept beside the listing whose rows they speak for."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from auramail.core.decisions import Category, Kind
from auramail.core.groups import Group, GroupState, Standing
from auramail.core.history import State
from auramail.core.listings import Listed
from auramail.storage.batches import batches
from auramail.storage.engine import Database
from auramail.storage.listings import GROUPED, WAITING
from auramail.storage.tables import ActionRow
from auramail.storage.watch_tables import GroupRow, ListingRow

SPARED = ""
"""The key of rows that must be read."""


class SqlGroups:
    """`ports.Groups` in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def standings(self, run_id: int) -> list[Standing]:
        with self._database.read() as session:
            rows = session.scalars(select(GroupRow).where(GroupRow.run_id == run_id).order_by(GroupRow.key)).all()
            groups = [_group(row) for row in rows]
            return [
                _standing(session, run_id, group) if group.state is GroupState.OPEN else Standing(group)
                for group in groups
            ]

    def among(self, run_id: int, ids: Sequence[str], key: str = "") -> list[Listed]:
        mine = (ListingRow.group_key == key, ListingRow.state == GROUPED) if key else _is_free()
        found: list[Listed] = []
        with self._database.read() as session:
            for some in batches(ids):
                wanted = select(ListingRow.message_id, ListingRow.thread_id, ListingRow.is_large).where(
                    ListingRow.run_id == run_id, ListingRow.message_id.in_(some), *mine
                )
                found += [Listed(*row) for row in session.execute(wanted)]
        return found

    def open(self, run_id: int, group: Group, siblings: Sequence[str], checks: Sequence[str]) -> None:
        with self._database.write() as session:
            if session.get(GroupRow, (run_id, group.key)) is not None:
                return
            first = session.scalar(select(func.min(ListingRow.position)).where(ListingRow.run_id == run_id)) or 0
            values = {"group_key": group.key, "position": first - 1}
            found = _take(session, run_id, ListingRow.message_id.in_, checks, values)
            values = {"group_key": group.key, "state": GROUPED}
            found += _take(session, run_id, ListingRow.message_id.in_, siblings, values)
            session.add(GroupRow(run_id=run_id, **_values(group) | {"found": found}))

    def close(self, run_id: int, key: str, state: GroupState, filed: int = 0) -> None:
        with self._database.write() as session:
            mine = (ListingRow.run_id == run_id, ListingRow.group_key == key)
            back = update(ListingRow).where(*mine, ListingRow.state == GROUPED).values(state=WAITING, group_key=None)
            session.execute(back)
            session.execute(
                update(GroupRow)
                .where(GroupRow.run_id == run_id, GroupRow.key == key)
                .values(state=state, filed=GroupRow.filed + filed)
            )

    def spare(self, run_id: int, ids: Collection[str], threads: Collection[str]) -> None:
        with self._database.write() as session:
            _take(session, run_id, ListingRow.message_id.in_, ids, {"group_key": SPARED})
            _take(session, run_id, ListingRow.thread_id.in_, threads, {"group_key": SPARED})
            if session.get(GroupRow, (run_id, SPARED)) is None:
                done = Group(SPARED, "", Category.REVIEW, Kind.OTHER, 0.0, state=GroupState.SPARED)
                session.add(GroupRow(run_id=run_id, **_values(done)))


def _is_free() -> tuple[ColumnElement[bool], ...]:
    return ListingRow.state == WAITING, ListingRow.group_key.is_(None)


def _take(session: Session, run_id: int, meant: Any, names: Iterable[str], values: dict[str, object]) -> int:
    """Change the rows of a listing that are free; how many there were."""
    count = 0
    for some in batches(names):
        change = update(ListingRow).where(ListingRow.run_id == run_id, meant(some), *_is_free()).values(values)
        count += len(session.scalars(change.returning(ListingRow.message_id)).all())
    return count


def _standing(session: Session, run_id: int, group: Group) -> Standing:
    """What became of the spot checks."""
    row = (
        select(ListingRow.state, ActionRow.category, func.count(), func.min(ActionRow.confidence))
        .outerjoin(
            ActionRow,
            (ActionRow.run_id == ListingRow.run_id)
            & (ActionRow.message_id == ListingRow.message_id)
            & ActionRow.undo_of.is_(None)
            & or_(ActionRow.state != State.SKIPPED, ActionRow.category.is_not(None)),
        )
        .where(ListingRow.run_id == run_id, ListingRow.group_key == group.key, ListingRow.state != GROUPED)
        .group_by(ListingRow.state, ActionRow.category)
    )
    waiting = agreed = differed = unread = 0
    confidence = 1.0
    for state, category, count, least in session.execute(row):
        if state == WAITING:
            waiting += count
        elif category == group.category:
            agreed += count
            confidence = min(confidence, least or 0.0)
        elif category is not None:
            differed += count
        else:
            unread += count
    return Standing(group, waiting, agreed, differed, unread, confidence)


def _values(group: Group) -> dict[str, object]:
    return {
        "key": group.key,
        "query": group.query,
        "category": group.category,
        "kind": group.kind,
        "confidence": group.confidence,
        "exemplar": group.exemplar,
        "sender": group.sender,
        "rule_id": group.rule_id,
        "found": group.found,
        "filed": group.filed,
        "state": group.state,
    }


def _group(row: GroupRow) -> Group:
    return Group(
        key=row.key,
        query=row.query,
        category=Category(row.category),
        kind=Kind(row.kind),
        confidence=row.confidence,
        exemplar=row.exemplar,
        sender=row.sender,
        rule_id=row.rule_id,
        state=GroupState(row.state),
        found=row.found,
        filed=row.filed,
    )
