"""Reading what language models cost and what they were shown, for pages and commands."""

from collections import Counter
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, case, func, select

from auramail.core.costs import ModelDay, Spent, Use
from auramail.core.decisions import Asked
from auramail.core.questions import Finish, Purpose, Tokens
from auramail.core.runs import RunKind
from auramail.core.sent import Sent
from auramail.storage.bills import ALL_MODELS, spent_in
from auramail.storage.engine import Database
from auramail.storage.model_tables import CallRow, DayRow, PartRow
from auramail.storage.rows import receipt_from_json
from auramail.storage.sent import OpenVault, open_call, open_part
from auramail.storage.tables import ReportRow, RunRow

SORTING: Final = (RunKind.SORT, RunKind.LIVE)
ASKING_NOBODY: Final = (RunKind.UNDO, RunKind.APPROVE)
"""Their receipts tell of earlier decisions once more."""
SHOWN: Final = (Asked.UNUSABLE, Asked.REFUSED)
"""What a message was shown for in vain."""


class SqlModelReading:
    def __init__(self, database: Database, open_vault: OpenVault) -> None:
        self._database = database
        self._open_vault = open_vault

    def days(self, since: date) -> list[ModelDay]:
        """What each model cost on each day from then on, the newest day first."""
        wanted = (
            select(DayRow)
            .where(DayRow.day >= since, DayRow.model != ALL_MODELS)
            .order_by(DayRow.day.desc(), DayRow.model)
        )
        with self._database.read() as session:
            return [ModelDay(row.day, row.model, spent_in(row)) for row in session.scalars(wanted)]

    def of_run(self, run_id: int) -> Spent:
        """What a run's calls cost; the day alone knows cached answers and those that showed no mail in vain."""
        return self._calls(CallRow.run_id == run_id)

    def shown_in(self, account_id: int, run_id: int, most: int) -> list[str]:
        """The ids of messages that a run showed to a model, the first so many."""
        wanted = (
            select(PartRow.message_id)
            .join(CallRow, CallRow.id == PartRow.call_id)
            .where(CallRow.account_id == account_id, CallRow.run_id == run_id, PartRow.account_id == account_id)
            .group_by(PartRow.message_id)
            .order_by(func.min(PartRow.call_id), func.min(PartRow.position))
            .limit(most)
        )
        with self._database.read() as session:
            return list(session.scalars(wanted))

    def of_account(self, account_id: int, since: datetime) -> Spent:
        """What an account's answered calls cost from then on."""
        return self._calls(CallRow.account_id == account_id, CallRow.at >= since)

    def use(self, account_id: int, since: datetime) -> Use:
        """What a model had to do with the mail of runs that ended from then on, dry runs among them.

        A message that was looked at again is one message, whatever became of each try.
        """
        wanted = (
            select(RunRow.order, ReportRow.receipt)
            .join(ReportRow, ReportRow.run_id == RunRow.id)
            .where(RunRow.account_id == account_id, ReportRow.created >= since)
        )
        with self._database.read() as session:
            told = [(order["kind"], receipt_from_json(data)) for order, data in session.execute(wanted)]
        found = [receipt for kind, receipt in told if kind not in ASKING_NOBODY]
        unasked = Counter[str]()
        for receipt in found:
            unasked.update(receipt.unasked)
        return Use(
            messages=sum(receipt.handled for kind, receipt in told if kind in SORTING),
            answers=sum(receipt.model_answers for receipt in found),
            hits=sum(receipt.model_hits for receipt in found),
            in_vain=sum(unasked[asked] for asked in SHOWN),
            unasked=dict(unasked),
        )

    def sent(self, account_id: int, message_id: str) -> list[Sent]:
        """What left the machine of a message, the newest first; raises GiveUpError if a record was tampered with."""
        wanted = (
            select(PartRow, CallRow)
            .join(CallRow, CallRow.id == PartRow.call_id)
            .where(PartRow.account_id == account_id, CallRow.account_id == account_id, PartRow.message_id == message_id)
            .order_by(CallRow.id.desc(), PartRow.position)
        )
        with self._database.read() as session:
            found = [(row[0], row[1]) for row in session.execute(wanted)]
        return [self._sent(part, call) for part, call in found]

    def _sent(self, part: PartRow, call: CallRow) -> Sent:
        whole = open_call(self._open_vault, call)
        return Sent(
            call_id=call.id,
            at=call.at,
            model=call.model,
            prompt=call.prompt,
            purpose=Purpose(call.purpose),
            rules=None if whole is None else whole["rules"],
            text=open_part(self._open_vault, part),
            masked=part.masked,
            tokens=Tokens(call.tokens_sent, call.tokens_answered),
            micros=call.micros,
            together=call.messages,
        )

    def _calls(self, *conditions: ColumnElement[bool]) -> Spent:
        usable = case((CallRow.finish == Finish.DONE.value, 1), else_=0)
        figures = (usable, CallRow.tokens_sent, CallRow.tokens_answered, CallRow.micros)
        wanted = select(func.count(), *(func.coalesce(func.sum(figure), 0) for figure in figures)).where(*conditions)
        with self._database.read() as session:
            # PostgreSQL adds up whole numbers to a Decimal.
            calls, answers, sent, answered, micros = map(int, session.execute(wanted.select_from(CallRow)).one())
        return Spent(calls=calls, answers=answers, tokens=Tokens(sent, answered), micros=micros)
