"""Tables of what language models were asked, answered and cost, beside those of `tables`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from auramail.storage.columns import Key, Prose
from auramail.storage.tables import Table

IN_A_RUN = text("run_id IS NOT NULL")
LEGIBLE = text("sealed IS NOT NULL")


class CallRow(Table):
    """One call that was answered, or showed mail in vain. `sealed` is what left the machine; see `storage.sent`.

    It is empty where nobody in particular asked or no copy is to be kept, and once it was erased for its age. `run_id`
    is no foreign key: what was spent stays spent when the run is forgotten.
    """

    __tablename__ = "model_calls"
    __table_args__ = (
        Index("ix_model_calls_account_id_at", "account_id", "at"),
        Index("ix_model_calls_run_id", "run_id", sqlite_where=IN_A_RUN, postgresql_where=IN_A_RUN),
        Index("ix_model_calls_legible", "at", sqlite_where=LEGIBLE, postgresql_where=LEGIBLE),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"))
    run_id: Mapped[int | None] = mapped_column(Key)
    at: Mapped[datetime]
    model: Mapped[str] = mapped_column(Prose)
    prompt: Mapped[str]
    purpose: Mapped[str]
    messages: Mapped[int]
    tokens_sent: Mapped[int] = mapped_column(Key)
    tokens_answered: Mapped[int] = mapped_column(Key)
    micros: Mapped[int] = mapped_column(Key)
    finish: Mapped[str]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class PartRow(Table):
    """What a call held of one message."""

    __tablename__ = "model_parts"
    __table_args__ = (Index("ix_model_parts_account_id_message_id", "account_id", "message_id"),)

    call_id: Mapped[int] = mapped_column(Key, ForeignKey("model_calls.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(Key)
    message_id: Mapped[str]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    masked: Mapped[dict[str, Any]]


class DayRow(Table):
    """What a model cost in a day; the row of the model `*` is the whole day, on which its cap is held."""

    __tablename__ = "model_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(Prose, primary_key=True)
    calls: Mapped[int] = mapped_column(Key)
    answers: Mapped[int] = mapped_column(Key)
    hits: Mapped[int] = mapped_column(Key)
    tokens_sent: Mapped[int] = mapped_column(Key)
    tokens_answered: Mapped[int] = mapped_column(Key)
    micros: Mapped[int] = mapped_column(Key)


class AnswerRow(Table):
    """An answer that serves again; `call_id` is the call that it came from, and goes on naming it when it is gone."""

    __tablename__ = "model_answers"

    key: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Prose)
    model: Mapped[str] = mapped_column(Prose)
    finish: Mapped[str]
    call_id: Mapped[int] = mapped_column(Key)
    at: Mapped[datetime] = mapped_column(index=True)


class UnansweredRow(Table):
    """An entry of the journal about which a model was to be asked and had no time; see `storage.unanswered`."""

    __tablename__ = "unanswered"
    __table_args__ = (Index("ix_unanswered_account_id_due", "account_id", "due"),)

    entry_id: Mapped[int] = mapped_column(
        Key, ForeignKey("action_logs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"))
    due: Mapped[datetime]
    tries: Mapped[int]
