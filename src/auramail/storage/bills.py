"""What language models cost, counted before they are asked, and what left the machine for it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from auramail.core.costs import Cap, Spent
from auramail.core.questions import Answer, Finish, Part, Question, Tokens
from auramail.ports.world import Clock, Vault
from auramail.storage.engine import Database
from auramail.storage.model_tables import CallRow, DayRow, PartRow
from auramail.storage.runs import is_kept
from auramail.storage.sent import OpenVault, seal_call, seal_part
from auramail.storage.upsert import insert_or_leave

ALL_MODELS = "*"
FIGURES = ("calls", "answers", "hits", "tokens_sent", "tokens_answered", "micros")


class SqlBills:
    """`ports.models.Bills` of one model. Without a way to open a vault, no copy is kept of what is sent."""

    def __init__(self, database: Database, clock: Clock, open_vault: OpenVault | None, model: str) -> None:
        self._database = database
        self._clock = clock
        self._open_vault = open_vault
        self._model = model

    def of(self, model: str) -> "SqlBills":
        """The bills of another model, in the same books."""
        return SqlBills(self._database, self._clock, self._open_vault, model)

    def reserve(self, day: date, cap: Cap, micros: int) -> bool:
        if self._open_vault is not None:
            self._open_vault()  # an answer that is paid for would be lost if there were no key to keep its record
        with self._database.write() as session:
            # The condition stands in the statement that counts, so that workers at the same moment keep the cap too.
            if not _count(session, day, ALL_MODELS, {"calls": 1, "micros": micros}, _room(cap, micros)):
                return False
            return _count(session, day, self._model, {"calls": 1, "micros": micros})

    def settle(self, day: date, question: Question, answer: Answer, reserved: int) -> int:
        vault = self._open_vault() if self._open_vault else None
        with self._database.write() as session:
            is_of_account = question.account_id > 0 and is_kept(session, question.account_id)
            call = _call(question, answer, self._clock.now(), is_of_account=is_of_account)
            session.add(call)
            session.flush()
            if is_of_account:
                call.sealed = seal_call(vault, call, question) if vault else None
                session.add_all(_part(vault, call, position, part) for position, part in enumerate(question.parts))
            self._count_for_all(
                session,
                day,
                answers=int(answer.finish is Finish.DONE),
                tokens_sent=answer.tokens.sent,
                tokens_answered=answer.tokens.answered,
                micros=answer.micros - reserved,
            )
            return call.id

    def release(self, day: date, reserved: int, *, was_asked: bool = True) -> None:
        with self._database.write() as session:
            self._count_for_all(session, day, calls=0 if was_asked else -1, micros=-reserved)

    def hit(self, day: date) -> None:
        with self._database.write() as session:
            self._count_for_all(session, day, answers=1, hits=1)

    def of_day(self, day: date) -> Spent:
        with self._database.read() as session:
            row = session.get(DayRow, (day, ALL_MODELS))
        return Spent() if row is None else spent_in(row)

    def purge(self, before: datetime) -> int:
        """Erase the texts of calls older than that, whose figures stay; how many calls."""
        old = CallRow.sealed.is_not(None), CallRow.at < before
        parts = update(PartRow).where(PartRow.call_id.in_(select(CallRow.id).where(*old))).values(sealed=None)
        with self._database.write() as session:
            session.execute(parts)
            erased = session.scalars(update(CallRow).where(*old).values(sealed=None).returning(CallRow.id))
            return len(erased.all())

    def _count_for_all(self, session: Session, day: date, **figures: int) -> None:
        # Always in this order, the whole day first: two transactions never wait for each other.
        _count(session, day, ALL_MODELS, figures)
        _count(session, day, self._model, figures)


def spent_in(row: DayRow) -> Spent:
    return Spent(row.calls, row.answers, row.hits, Tokens(row.tokens_sent, row.tokens_answered), row.micros)


def _room(cap: Cap, micros: int) -> list[ColumnElement[bool]]:
    room: list[ColumnElement[bool]] = []
    if cap.calls is not None:
        room.append(DayRow.calls < cap.calls)
    if cap.micros is not None:
        room.append(DayRow.micros + micros <= cap.micros)
    return room


def _count(
    session: Session,
    day: date,
    model: str,
    figures: Mapping[str, int],
    only_if: Sequence[ColumnElement[bool]] = (),
) -> bool:
    insert_or_leave(session, DayRow, day=day, model=model, **dict.fromkeys(FIGURES, 0))
    counted = (
        update(DayRow)
        .where(DayRow.day == day, DayRow.model == model, *only_if)
        .values({name: getattr(DayRow, name) + figure for name, figure in figures.items()})
        .returning(DayRow.calls)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(counted) is not None


def _call(question: Question, answer: Answer, now: datetime, *, is_of_account: bool) -> CallRow:
    return CallRow(
        account_id=question.account_id if is_of_account else None,
        run_id=question.run_id or None,
        at=now,
        model=answer.model,
        prompt=question.version,
        purpose=question.purpose.value,
        messages=len(question.parts),
        tokens_sent=answer.tokens.sent,
        tokens_answered=answer.tokens.answered,
        micros=answer.micros,
        finish=answer.finish.value,
    )


def _part(vault: Vault | None, call: CallRow, position: int, part: Part) -> PartRow:
    row = PartRow(
        call_id=call.id,
        position=position,
        account_id=call.account_id,
        message_id=part.message_id,
        masked=dict(part.masked),
    )
    row.sealed = seal_part(vault, row, part.text) if vault else None
    return row
