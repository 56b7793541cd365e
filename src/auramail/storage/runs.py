"""Runs, their progress and their receipts."""

from collections.abc import Sequence

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from auramail.core.errors import BusyError, NotFoundError
from auramail.core.receipts import Receipt
from auramail.core.runs import LIVE, Order, Progress, Run, RunKind, RunState
from auramail.core.wording import Wording
from auramail.ports.world import Clock
from auramail.storage.engine import Database
from auramail.storage.rows import (
    order_from_json,
    order_to_json,
    progress_from_row,
    progress_to_row,
    receipt_from_json,
    wording_from_json,
    wording_to_json,
)
from auramail.storage.tables import AccountRow, ProgressRow, ReportRow, RunRow
from auramail.storage.watch_tables import ListingRow, LiveRow


class SqlRuns:
    """`ports.Runs` in the database; an account has at most one live run."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def start(self, account_id: int, order: Order) -> Run:
        with self._database.write() as session:
            lock_account(session, account_id)
            live = live_run_id(session, account_id)
            if live is not None:
                raise busy(live)
            row = RunRow(
                account_id=account_id,
                order=order_to_json(order),
                state=RunState.QUEUED,
                created=self._clock.now(),
                cancel_asked=False,
            )
            session.add(row)
            session.flush()
            return run_from_row(row, None)

    def claim(self, run_id: int) -> bool:
        """Move a queued run to running; False if it was not queued any more."""
        with self._database.write() as session:
            return bool(
                session.execute(
                    update(RunRow)
                    .where(RunRow.id == run_id, RunRow.state == RunState.QUEUED)
                    .values(state=RunState.RUNNING, started=self._clock.now())
                    .returning(RunRow.id)
                ).all()
            )

    def get(self, run_id: int) -> Run:
        with self._database.read() as session:
            found = session.execute(with_progress().where(RunRow.id == run_id)).one_or_none()
        if found is None:
            raise no_such_run()
        return run_from_row(*found)

    def live(self, account_id: int) -> Run | None:
        with self._database.read() as session:
            live = live_run_id(session, account_id)
        return None if live is None else self.get(live)

    def live_runs(self) -> list[Run]:
        """All queued and running runs, oldest first, whoever they belong to: for the sweeper."""
        with self._database.read() as session:
            rows = session.execute(with_progress().where(RunRow.state.in_(LIVE)).order_by(RunRow.id)).all()
        return [run_from_row(*row) for row in rows]

    def latest(self, account_ids: Sequence[int], limit: int, before_id: int | None = None) -> list[Run]:
        """The accounts' runs, newest first; the next page is asked for by the last id of this one."""
        wanted = with_progress().where(RunRow.account_id.in_(account_ids)).order_by(RunRow.id.desc()).limit(limit)
        if before_id is not None:
            wanted = wanted.where(RunRow.id < before_id)
        with self._database.read() as session:
            return [run_from_row(*row) for row in session.execute(wanted)]

    def note(self, run_id: int, progress: Progress) -> bool:
        """As the port says; a run that was closed meanwhile answers True as well."""
        now = self._clock.now()
        with self._database.write() as session:
            row = session.get(RunRow, run_id, with_for_update=True)
            is_day = row is not None and row.order["kind"] == RunKind.LIVE
            if row is None or (row.state not in LIVE and not is_day):
                return True
            if row.state == RunState.QUEUED:
                row.state, row.started = RunState.RUNNING, now
            session.merge(ProgressRow(run_id=run_id, updated=now, **progress_to_row(progress)))
            if is_day:
                return not session.scalar(select(LiveRow.is_on).where(LiveRow.account_id == row.account_id))
            return row.cancel_asked

    def cancel(self, run_id: int) -> bool:
        """Ask a running run to stop, close a queued one at once; False if it was over already."""
        with self._database.write() as session:
            row = session.get(RunRow, run_id, with_for_update=True)
            if row is None:
                raise no_such_run()
            if row.state not in LIVE:
                return False
            row.cancel_asked = True
            if row.state == RunState.QUEUED:
                self._close(session, row, RunState.CANCELLED, Receipt(run=run_id, listed=0, handled=0))
            return True

    def finish(
        self,
        run_id: int,
        state: RunState,
        receipt: Receipt,
        problem: Wording | None = None,
        hint: Wording | None = None,
    ) -> None:
        """As the port says; the first one to close a run is right, later ones change nothing."""
        with self._database.write() as session:
            row = session.get(RunRow, run_id, with_for_update=True)
            if row is None:
                raise no_such_run()
            if row.state in LIVE:
                row.problem, row.hint = wording_to_json(problem), wording_to_json(hint)
                self._close(session, row, state, receipt)

    def receipt(self, run_id: int) -> Receipt | None:
        with self._database.read() as session:
            data = session.scalar(select(ReportRow.receipt).where(ReportRow.run_id == run_id))
        return None if data is None else receipt_from_json(data)

    def _close(self, session: Session, row: RunRow, state: RunState, receipt: Receipt) -> None:
        now = self._clock.now()
        row.state, row.finished = state, now
        session.add(ReportRow(run_id=row.id, receipt=receipt.to_json(), created=now))
        session.execute(delete(ListingRow).where(ListingRow.run_id == row.id))
        session.execute(
            update(ProgressRow)
            .where(ProgressRow.run_id == row.id)
            .values(phase="finished", subject="", why=None, until=None, updated=now)
        )


def lock_account(session: Session, account_id: int) -> None:
    """Let one transaction at a time change what belongs to the account; raises NotFoundError.

    SQLite has one writer anyway. Key share: rows that merely refer to the account may still be written.
    """
    wanted = select(AccountRow.id).where(AccountRow.id == account_id).with_for_update(key_share=True)
    if session.scalar(wanted) is None:
        raise NotFoundError(Wording.of("There is no such account."))


def is_kept(session: Session, account_id: int) -> bool:
    """Whether there is such an account, which then stays until the transaction is over."""
    wanted = select(AccountRow.id).where(AccountRow.id == account_id).with_for_update(read=True, key_share=True)
    return session.scalar(wanted) is not None


def live_run_id(session: Session, account_id: int) -> int | None:
    return session.scalar(select(RunRow.id).where(RunRow.account_id == account_id, RunRow.state.in_(LIVE)))


def busy(run_id: int | None) -> BusyError:
    """What to say to somebody who wants to work on an account that another process works on."""
    return BusyError(
        Wording.of("This account is being worked on already."),
        Wording.of("Wait until that is done, or watch and cancel it on the page of `auramail up`."),
        run_id=run_id or 0,
    )


def no_such_run() -> NotFoundError:
    return NotFoundError(Wording.of("There is no such run."))


def with_progress() -> Select[RunRow, ProgressRow | None]:
    return select(RunRow, ProgressRow).outerjoin(ProgressRow, ProgressRow.run_id == RunRow.id)


def run_from_row(row: RunRow, progress: ProgressRow | None) -> Run:
    return Run(
        id=row.id,
        account_id=row.account_id,
        order=order_from_json(row.order),
        state=RunState(row.state),
        created=row.created,
        started=row.started,
        finished=row.finished,
        progress=Progress() if progress is None else progress_from_row(progress),
        problem=wording_from_json(row.problem),
        hint=wording_from_json(row.hint),
        cancel_asked=row.cancel_asked,
    )
