"""Live sorting: how far each account's history was read, and what was found there, committed together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update

from auramail.core.listings import Listed
from auramail.core.live import LabelAct, Live, Proof
from auramail.ports.world import Clock
from auramail.storage.echoes import by_the_person
from auramail.storage.engine import Database
from auramail.storage.listings import add_listed
from auramail.storage.rows import wording_from_json, wording_to_json
from auramail.storage.runs import lock_account
from auramail.storage.tables import AccountRow
from auramail.storage.upsert import insert_or_leave, insert_or_replace
from auramail.storage.watch_tables import LabelActRow, LiveRow


class SqlLiveStates:
    """`flow.lookout.LiveStates` in the database, and what else the doors need."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, account_id: int) -> Live | None:
        with self._database.read() as session:
            row = session.get(LiveRow, account_id)
            return None if row is None else _live(row)

    def turn_on(self, live: Live) -> None:
        """Begin, or begin anew: since when, and from which mark on."""
        with self._database.write() as session:
            lock_account(session, live.account_id)
            insert_or_replace(
                session,
                LiveRow,
                ("account_id",),
                account_id=live.account_id,
                is_on=live.is_on,
                since=live.since,
                mark=live.mark,
                pushed=live.pushed,
                **_findings(live),
            )

    def turn_off(self, account_id: int) -> None:
        with self._database.write() as session:
            lock_account(session, account_id)
            session.execute(update(LiveRow).where(LiveRow.account_id == account_id).values(is_on=False))

    def hasten(self, account_id: int) -> None:
        """Make the account due at once, if its new mail is kept sorted."""
        with self._database.write() as session:
            mine = LiveRow.account_id == account_id
            session.execute(update(LiveRow).where(mine).values(due=self._clock.now()))

    def save(self, live: Live) -> None:
        with self._database.write() as session:
            lock_account(session, live.account_id)
            row = session.get(LiveRow, live.account_id)
            if row is None or row.since != live.since:
                return
            found = _findings(live)
            if row.pushed != live.pushed:  # something was announced while the mailbox was looked at
                found["due"] = min(row.due, live.due)
            session.execute(update(LiveRow).where(LiveRow.account_id == live.account_id).values(**found))

    def advance(
        self, live: Live, run_id: int, mark: str, messages: Sequence[Listed], acts: Sequence[LabelAct]
    ) -> list[str] | None:
        now = self._clock.now()
        with self._database.write() as session:
            lock_account(session, live.account_id)
            row = session.get(LiveRow, live.account_id)
            if row is None or not row.is_on or (row.since, row.mark) != (live.since, live.mark):
                return None
            fresh = add_listed(session, run_id, live.account_id, messages, {}) if messages else []
            for act in by_the_person(session, live.account_id, acts):
                insert_or_leave(
                    session,
                    LabelActRow,
                    account_id=live.account_id,
                    message_id=act.message_id,
                    label_id=act.label_id,
                    is_added=act.is_added,
                    mark=act.mark,
                    at=now,
                )
            row.mark = mark
        return fresh

    def due(self, now: datetime) -> list[int]:
        wanted = (
            select(LiveRow.account_id)
            .join(AccountRow, AccountRow.id == LiveRow.account_id)
            .where(LiveRow.is_on, AccountRow.paused.is_(None))
            # A clock that was put back is told by a look that lies in the future: what was due by it is due now.
            .where(or_(LiveRow.due <= now, LiveRow.polled > now))
            .order_by(LiveRow.due)
        )
        with self._database.read() as session:
            return list(session.scalars(wanted))

    def announce(self, address: str, mark: str, now: datetime) -> list[int]:
        wanted = (
            select(LiveRow)
            .join(AccountRow, AccountRow.id == LiveRow.account_id)
            .where(LiveRow.is_on, AccountRow.address == address.lower(), AccountRow.paused.is_(None))
        )
        told = []
        with self._database.write() as session:
            for row in session.scalars(wanted):
                if max(_number(row.mark), _number(row.pushed)) < _number(mark):
                    row.pushed, row.due = mark, now
                    told.append(row.account_id)
        return told

    def acts(self, account_id: int) -> list[LabelAct]:
        """The person's label acts, in the order they were noticed."""
        wanted = select(LabelActRow).where(LabelActRow.account_id == account_id).order_by(LabelActRow.id)
        with self._database.read() as session:
            return [LabelAct(row.message_id, row.label_id, row.is_added, row.mark) for row in session.scalars(wanted)]


def _number(mark: str) -> int:
    """Gmail's history ids are unsigned 64-bit numbers, kept as text because SQLite's end at 63 bits."""
    return int(mark) if mark.isdecimal() else 0


def _live(row: LiveRow) -> Live:
    return Live(
        account_id=row.account_id,
        is_on=row.is_on,
        since=row.since,
        mark=row.mark,
        due=row.due,
        pause=row.pause,
        polled=row.polled,
        pushed=row.pushed,
        watch_until=row.watch_until,
        proof=None if row.proof is None else Proof(**{**row.proof, "at": datetime.fromisoformat(row.proof["at"])}),
        problem=wording_from_json(row.problem),
    )


def _findings(live: Live) -> dict[str, Any]:
    """What a look finds out, and nothing of what the person decides."""
    return {
        "due": live.due,
        "pause": live.pause,
        "polled": live.polled,
        "watch_until": live.watch_until,
        "proof": _proof_to_json(live.proof),
        "problem": wording_to_json(live.problem),
    }


def _proof_to_json(proof: Proof | None) -> dict[str, Any] | None:
    if proof is None:
        return None
    return {
        "at": proof.at.isoformat(),
        "listed": proof.listed,
        "handled": proof.handled,
        "skipped": dict(proof.skipped),
        "queued": proof.queued,
        "missed": proof.missed,
    }
