"""The tables of local sources: what lies in the person's file, and what became of its labels since."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from auramail.storage.columns import Key, Prose
from auramail.storage.tables import Table


class LocalStampRow(Table):
    """Which generation of the index readers see; a newer one grows beside it until it is whole."""

    __tablename__ = "local_stamps"

    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    stamp: Mapped[str]
    generation: Mapped[int]
    newest: Mapped[int]


class LocalMessageRow(Table):
    """A message as its file has it; `labels` are the original ones, each between two unit separators."""

    __tablename__ = "local_messages"
    __table_args__ = (Index("ix_local_messages_newest", "account_id", "generation", "received", "message_id"),)

    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    thread_id: Mapped[str]
    place: Mapped[str]
    received: Mapped[datetime]
    sender: Mapped[str] = mapped_column(Prose)
    recipients: Mapped[str] = mapped_column(Prose)
    subject: Mapped[str] = mapped_column(Prose)
    size: Mapped[int] = mapped_column(Key)
    has_attachment: Mapped[bool]
    labels: Mapped[str] = mapped_column(Prose)


class LocalChangeRow(Table):
    """How a message's labels differ from those in its file; survives a new index."""

    __tablename__ = "local_changes"

    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    added: Mapped[str] = mapped_column(Prose)
    removed: Mapped[str] = mapped_column(Prose)
