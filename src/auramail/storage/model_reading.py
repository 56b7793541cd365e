"""Reading what language models cost and what they were shown, for pages and commands."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, select

from auramail.core.costs import ModelDay, Spent
from auramail.core.questions import Finish, Purpose, Tokens
from auramail.core.sent import Sent
from auramail.storage.bills import ALL_MODELS, spent_in
from auramail.storage.engine import Database
from auramail.storage.model_tables import CallRow, DayRow, PartRow
from auramail.storage.sent import OpenVault, open_call, open_part


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

    def hit_share(self, since: date) -> float | None:
        """The share of usable answers from then on that the cache gave; None if there were none."""
        wanted = select(func.sum(DayRow.hits), func.sum(DayRow.answers)).where(
            DayRow.day >= since, DayRow.model == ALL_MODELS
        )
        with self._database.read() as session:
            hits, answers = session.execute(wanted).one()
        return float(hits / answers) if answers else None

    def of_run(self, run_id: int) -> Spent:
        """What a run's calls cost; the day alone knows cached answers and those that showed no mail in vain."""
        return self._calls(CallRow.run_id == run_id)

    def of_account(self, account_id: int, since: datetime) -> Spent:
        """What an account's answered calls cost from then on."""
        return self._calls(CallRow.account_id == account_id, CallRow.at >= since)

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
