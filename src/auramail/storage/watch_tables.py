"""Tables of what was listed and of live sorting, beside those of `tables`."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from auramail.storage.columns import Key, Prose
from auramail.storage.tables import Table

WAITING = text("state = 'waiting'")
KEYED = text("group_key IS NOT NULL")


class ListingRow(Table):
    """One id that a run listed. `state` is waiting, grouped (a survey speaks for it), done or skipped (with `code`).

    Lower positions are read first. `group_key` is that of the survey's group it belongs to or is a spot check of; empty
    where it must be read whatever finds it.
    """

    __tablename__ = "listings"
    __table_args__ = (
        Index("ix_listings_run_id_state_position", "run_id", "state", "position"),
        Index("ix_listings_run_id_group_key", "run_id", "group_key", sqlite_where=KEYED, postgresql_where=KEYED),
        Index("ix_listings_waiting", "account_id", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    run_id: Mapped[int] = mapped_column(Key, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"))
    position: Mapped[int]
    thread_id: Mapped[str]
    is_large: Mapped[bool]
    state: Mapped[str]
    code: Mapped[str]
    group_key: Mapped[str | None]


class GroupRow(Table):
    """Mail that a run's survey files without reading it; see `core.groups.Group`."""

    __tablename__ = "survey_groups"

    run_id: Mapped[int] = mapped_column(Key, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(Prose, primary_key=True)
    query: Mapped[str] = mapped_column(Prose)
    category: Mapped[str]
    kind: Mapped[str]
    confidence: Mapped[float]
    exemplar: Mapped[str]
    sender: Mapped[str] = mapped_column(Prose)
    rule_id: Mapped[int | None] = mapped_column(Key)
    found: Mapped[int]
    filed: Mapped[int]
    state: Mapped[str]


class LiveRow(Table):
    """Live sorting of one account; see `core.live.Live`."""

    __tablename__ = "live"

    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    is_on: Mapped[bool]
    since: Mapped[datetime]
    mark: Mapped[str]
    due: Mapped[datetime] = mapped_column(index=True)
    pause: Mapped[float]
    polled: Mapped[datetime | None]
    pushed: Mapped[str]
    watch_until: Mapped[datetime | None]
    proof: Mapped[dict[str, Any] | None]
    problem: Mapped[dict[str, Any] | None]


class LabelActRow(Table):
    """A label that the person put on or took off; learning reads them."""

    __tablename__ = "label_acts"
    __table_args__ = (
        UniqueConstraint("account_id", "message_id", "label_id", "is_added", "mark"),
        Index("ix_label_acts_account_id_id", "account_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"))
    message_id: Mapped[str]
    label_id: Mapped[str]
    is_added: Mapped[bool]
    mark: Mapped[str]
    at: Mapped[datetime]
