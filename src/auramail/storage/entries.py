"""Journal entries as rows and back, and the questions asked of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from auramail.core.actions import Action
from auramail.core.history import Entry, Selection, State
from auramail.storage.engine import Database
from auramail.storage.rows import (
    change_from_json,
    change_to_json,
    decision_from_json,
    decision_to_json,
    searchable,
    wording_from_json,
    wording_to_json,
)
from auramail.storage.tables import AccountRow, ActionRow

CHUNK = 500
"""Entries read at once when streaming: a stream holds no transaction between two chunks."""


def entry_to_row(entry: Entry, *, in_force: bool) -> dict[str, Any]:
    decision = entry.decision
    return {
        "account_id": entry.account_id,
        "run_id": entry.run_id,
        "message_id": entry.message_id,
        "thread_id": entry.thread_id,
        "state": entry.state,
        "in_force": in_force,
        "action": entry.action,
        "change": change_to_json(entry.change),
        "before": sorted(entry.before),
        "sender": entry.sender,
        "sender_name": entry.sender_name,
        "subject": entry.subject,
        "received": entry.received,
        "decision": decision_to_json(decision),
        "category": decision and decision.category,
        "kind": decision and decision.kind,
        "source": decision and decision.source,
        "confidence": decision and decision.confidence,
        "rule_id": decision and decision.rule_id,
        "code": entry.code,
        "outcome": wording_to_json(entry.outcome),
        "attempts": entry.attempts,
        "undo_of": entry.undo_of,
        "revises": entry.revises,
        "at": entry.at,
        "search_text": searchable((entry.subject, entry.sender, entry.sender_name)),
    }


def entry_from_row(row: ActionRow) -> Entry:
    return Entry(
        account_id=row.account_id,
        run_id=row.run_id,
        message_id=row.message_id,
        state=State(row.state),
        action=Action(row.action),
        change=change_from_json(row.change),
        before=frozenset(row.before),
        id=row.id,
        thread_id=row.thread_id,
        sender=row.sender,
        sender_name=row.sender_name,
        subject=row.subject,
        received=row.received,
        decision=decision_from_json(row.decision),
        code=row.code,
        outcome=wording_from_json(row.outcome),
        attempts=row.attempts,
        undo_of=row.undo_of,
        revises=row.revises,
        at=row.at,
    )


def stream(database: Database, wanted: Select[ActionRow], *, newest_first: bool) -> Iterator[Entry]:
    """Entries in the order they were recorded, or the other way round."""
    order = ActionRow.id.desc() if newest_first else ActionRow.id
    rest = wanted
    while True:
        with database.read() as session:
            rows = session.scalars(rest.order_by(order).limit(CHUNK)).all()
        yield from map(entry_from_row, rows)
        if len(rows) < CHUNK:
            return
        last = rows[-1].id
        rest = wanted.where(ActionRow.id < last if newest_first else ActionRow.id > last)


def selected(session: Session, selection: Selection) -> Select[ActionRow]:
    """The rows a selection means, in no order."""
    wanted = select(ActionRow).where(ActionRow.account_id == selection.account_id)
    if selection.run_id is not None:
        wanted = wanted.where(ActionRow.run_id == selection.run_id)
    if selection.states:
        wanted = wanted.where(ActionRow.state.in_(selection.states))
    if selection.ids:
        wanted = wanted.where(ActionRow.id.in_(selection.ids))
    if selection.message_id:
        wanted = wanted.where(ActionRow.message_id == selection.message_id)
    if selection.sender:
        wanted = wanted.where(ActionRow.sender == selection.sender.lower())
    if selection.categories:
        wanted = wanted.where(ActionRow.category.in_(selection.categories))
    if selection.rule_id is not None:
        wanted = wanted.where(ActionRow.rule_id == selection.rule_id)
    if selection.revises:
        wanted = wanted.where(ActionRow.revises.in_(selection.revises))
    if selection.day:
        zone = session.scalar(select(AccountRow.zone).where(AccountRow.id == selection.account_id))
        start, end = day_bounds(date.fromisoformat(selection.day), zone or "UTC")
        wanted = wanted.where(ActionRow.at >= start, ActionRow.at < end)
    return wanted


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The first moment of the day there and of the next one, in UTC."""
    there = ZoneInfo(zone)
    return (
        datetime.combine(day, time(), there).astimezone(UTC),
        datetime.combine(day + timedelta(days=1), time(), there).astimezone(UTC),
    )
