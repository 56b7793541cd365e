"""Days of new mail: one run for each account and day, which is over from the start and grows all the same."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from auramail.core.queries import MailQuery
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Run, RunKind, RunState
from auramail.ports.world import Clock
from auramail.storage.engine import Database
from auramail.storage.rows import order_to_json, receipt_from_json
from auramail.storage.runs import lock_account, run_from_row, with_progress
from auramail.storage.tables import ProgressRow, ReportRow, RunRow
from auramail.storage.watch_tables import ListingRow


class SqlLiveDays:
    """`flow.lookout.LiveDays` in the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of(self, account_id: int, day: date) -> Run:
        with self._database.write() as session:
            lock_account(session, account_id)
            newest = select(RunRow).where(RunRow.account_id == account_id, is_day()).order_by(RunRow.id.desc()).limit(1)
            row = session.scalar(newest)
            # Never an earlier day's, which a clock put back would ask for: its listing may be put away already.
            if row is None or row.order["query"]["after"] < day.isoformat():
                row = self._begin(session, account_id, day)
            return run_from_row(row, session.get(ProgressRow, row.id))

    def unfinished(self, account_id: int) -> list[Run]:
        is_listed = exists().where(ListingRow.run_id == RunRow.id)
        wanted = with_progress().where(RunRow.account_id == account_id, is_day(), is_listed).order_by(RunRow.id)
        with self._database.read() as session:
            return [run_from_row(*row) for row in session.execute(wanted)]

    def rewrite(self, receipt: Receipt) -> None:
        now = self._clock.now()
        with self._database.write() as session:
            run = session.get_one(RunRow, receipt.run, with_for_update=True)
            report = session.get_one(ReportRow, receipt.run)
            before = receipt_from_json(report.receipt)
            report.receipt = replace(receipt, seconds=before.seconds + receipt.seconds).to_json()
            run.finished = now

    def put_away(self, run_id: int) -> None:
        with self._database.write() as session:
            session.execute(delete(ListingRow).where(ListingRow.run_id == run_id))

    def _begin(self, session: Session, account_id: int, day: date) -> RunRow:
        now = self._clock.now()
        query = MailQuery(after=day, before=day + timedelta(days=1))
        row = RunRow(
            account_id=account_id,
            order=order_to_json(Order(kind=RunKind.LIVE, query=query)),
            state=RunState.DONE,
            created=now,
            started=now,
            finished=now,
            cancel_asked=False,
            next_page="",
        )
        session.add(row)
        session.flush()
        nothing = Receipt(run=row.id, listed=0, handled=0)
        session.add(ReportRow(run_id=row.id, receipt=nothing.to_json(), created=now))
        return row


def is_day() -> ColumnElement[bool]:
    kind: ColumnElement[str] = RunRow.order["kind"].as_string()
    return kind == RunKind.LIVE.value
