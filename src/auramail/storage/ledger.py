"""The journal: intentions before the act, outcomes after it, and what speaks for each message."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from auramail.core.history import Entry, Selection, State
from auramail.core.wording import Wording
from auramail.ports.world import Clock
from auramail.storage.batches import batches
from auramail.storage.engine import Database
from auramail.storage.entries import entry_to_row, selected, stream
from auramail.storage.listings import mark_recorded
from auramail.storage.rows import order_from_json, wording_to_json
from auramail.storage.runs import lock_account
from auramail.storage.standing import admit, give_back, take_back, yield_force
from auramail.storage.tables import OPEN_ROWS, ActionRow, RunRow
from auramail.storage.unanswered import note_unanswered

RELEASED = frozenset({State.FAILED, State.SKIPPED, State.DECLINED})
"""States in which an undo has let go of what it was made for."""


class SqlLedger:
    """`ports.Ledger` in the database. Each writing method first locks the accounts it touches."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def known(self, account_id: int, ids: Sequence[str]) -> Mapping[str, tuple[int, State]]:
        known: dict[str, tuple[int, State]] = {}
        with self._database.read() as session:
            for some in batches(ids):
                rows = session.execute(
                    select(ActionRow.message_id, ActionRow.run_id, ActionRow.state).where(
                        ActionRow.account_id == account_id,
                        ActionRow.message_id.in_(some),
                        ActionRow.in_force,
                        ActionRow.undo_of.is_(None),
                        ActionRow.state != State.FAILED,
                    )
                )
                known |= {message_id: (run_id, State(state)) for message_id, run_id, state in rows}
        return known

    def record(self, entries: Sequence[Entry]) -> list[Entry]:
        now = self._clock.now()
        with self._database.write() as session:
            for account_id in sorted({entry.account_id for entry in entries}):
                lock_account(session, account_id)
            dry_runs = _dry_runs(session, {entry.run_id for entry in entries})
            fresh = _new_to_their_run(session, entries)
            proposed = [entry for entry in fresh if entry.run_id in dry_runs]
            admitted = admit(session, [entry for entry in fresh if entry.run_id not in dry_runs])
            give_back(session, [entry.undo_of for entry in admitted if entry.undo_of and entry.state in RELEASED])
            recorded = [
                *_insert(session, proposed, now, in_force=False),
                *(admitted := _insert(session, admitted, now, in_force=True)),
            ]
            note_unanswered(session, admitted)
            for run_id in {entry.run_id for entry in recorded}:
                mark_recorded(session, run_id, [entry.message_id for entry in recorded if entry.run_id == run_id])
            return recorded

    def move(
        self, ids: Sequence[int], source: State, target: State, code: str = "", outcome: Wording | None = None
    ) -> list[int]:
        values: dict[str, Any] = {"state": target}
        if code or outcome:
            values |= {"code": code, "outcome": wording_to_json(outcome)}
        if target is State.APPLYING:
            values["attempts"] = ActionRow.attempts + 1
        with self._database.write() as session:
            _lock_accounts_of(session, ids)
            taken_back: dict[int, int | None] = {}
            for some in batches(dict.fromkeys(ids)):
                change = update(ActionRow).where(ActionRow.id.in_(some), ActionRow.state == source).values(values)
                moved = session.execute(change.returning(ActionRow.id, ActionRow.undo_of, ActionRow.in_force))
                taken_back |= {number: undo_of if in_force else None for number, undo_of, in_force in moved}
            originals = [original for original in taken_back.values() if original is not None]
            if target is State.APPLIED:
                take_back(session, originals)
            elif target in RELEASED and source not in RELEASED:
                give_back(session, originals)
                yield_force(session, taken_back)
        return [number for number in dict.fromkeys(ids) if number in taken_back]

    def entries(self, selection: Selection, *, newest_first: bool = False) -> Iterator[Entry]:
        with self._database.read() as session:
            wanted = selected(session, selection)
        return stream(self._database, wanted, newest_first=newest_first)

    def describe(self, entry: Entry) -> None:
        described = ("sender", "sender_name", "subject", "received", "search_text")
        row = entry_to_row(entry, in_force=True)
        with self._database.write() as session:
            _lock_accounts_of(session, [entry.id])
            change = update(ActionRow).where(ActionRow.id == entry.id, ActionRow.received.is_(None))
            session.execute(change.values({name: row[name] for name in described}))

    def accounts_with_open_entries(self) -> list[int]:
        """Where something was begun and not closed: what the sweeper rings for."""
        with self._database.read() as session:
            wanted = select(ActionRow.account_id).where(OPEN_ROWS).distinct().order_by(ActionRow.account_id)
            return list(session.scalars(wanted))


def _dry_runs(session: Session, run_ids: Collection[int]) -> set[int]:
    orders = session.execute(select(RunRow.id, RunRow.order).where(RunRow.id.in_(run_ids)))
    return {run_id for run_id, order in orders if order_from_json(order).dry_run}


def _new_to_their_run(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """Those whose run has not recorded the same message, or the same undo, before; the first of equal ones."""
    seen: set[tuple[int, str | int]] = set()
    for run_id in {entry.run_id for entry in entries}:
        for some in batches(entry.message_id for entry in entries if entry.run_id == run_id):
            found = select(ActionRow.message_id, ActionRow.undo_of).where(
                ActionRow.run_id == run_id, ActionRow.message_id.in_(some)
            )
            seen |= {(run_id, undo_of or message_id) for message_id, undo_of in session.execute(found)}
    fresh = []
    for entry in entries:
        key = (entry.run_id, entry.undo_of or entry.message_id)
        if key not in seen:
            seen.add(key)
            fresh.append(entry)
    return fresh


def _insert(session: Session, entries: Sequence[Entry], now: datetime, *, in_force: bool) -> list[Entry]:
    if not entries:
        return []
    dated = [entry if entry.at else replace(entry, at=now) for entry in entries]
    ids = session.scalars(
        insert(ActionRow).returning(ActionRow.id, sort_by_parameter_order=True),
        [entry_to_row(entry, in_force=in_force) for entry in dated],
    )
    return [replace(entry, id=number) for entry, number in zip(dated, ids, strict=True)]


def _lock_accounts_of(session: Session, ids: Sequence[int]) -> None:
    accounts: set[int] = set()
    for some in batches(ids):
        accounts |= set(session.scalars(select(ActionRow.account_id).where(ActionRow.id.in_(some)).distinct()))
    for account_id in sorted(accounts):
        lock_account(session, account_id)
