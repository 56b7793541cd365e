"""The tables, as the newest migration leaves them; a test holds the two against each other."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from auramail.storage.columns import Document, Key, Moment, Prose


class Table(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text(), datetime: Moment(), dict[str, Any]: Document}


class UserRow(Table):
    __tablename__ = "users"
    __table_args__ = (
        # The local user has neither a Google identity nor an address, so there can be only one.
        Index(
            "uq_users_local",
            "email",
            unique=True,
            sqlite_where=text("google_sub IS NULL"),
            postgresql_where=text("google_sub IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    google_sub: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str]
    name: Mapped[str] = mapped_column(Prose)
    role: Mapped[str]
    language: Mapped[str]
    theme: Mapped[str]
    created: Mapped[datetime]


class SessionRow(Table):
    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(Key, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    data: Mapped[str]
    created: Mapped[datetime]
    seen: Mapped[datetime] = mapped_column(index=True)


class AccountRow(Table):
    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "address", "path"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str]
    address: Mapped[str]
    path: Mapped[str]
    paused: Mapped[dict[str, Any] | None]
    zone: Mapped[str]
    addresses: Mapped[list[str] | None] = mapped_column(Document)
    """The person's own, once their sent mail was looked at."""
    created: Mapped[datetime]


class CredentialRow(Table):
    __tablename__ = "credentials"

    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(Document)
    updated: Mapped[datetime]


class RunRow(Table):
    __tablename__ = "runs"
    __table_args__ = (
        Index(
            "uq_runs_live",
            "account_id",
            unique=True,
            sqlite_where=text("state IN ('queued', 'running')"),
            postgresql_where=text("state IN ('queued', 'running')"),
        ),
        Index("ix_runs_account_id_id", "account_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"))
    order: Mapped[dict[str, Any]]
    state: Mapped[str]
    created: Mapped[datetime]
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    problem: Mapped[dict[str, Any] | None]
    hint: Mapped[dict[str, Any] | None]
    cancel_asked: Mapped[bool]
    next_page: Mapped[str | None]
    """Where its listing goes on; see `core.listings.Tally.next`."""


class ProgressRow(Table):
    __tablename__ = "progress"

    run_id: Mapped[int] = mapped_column(Key, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    listed: Mapped[int]
    done: Mapped[int]
    by_category: Mapped[dict[str, Any]]
    subject: Mapped[str] = mapped_column(Prose)
    phase: Mapped[str]
    updated: Mapped[datetime]
    quota_units: Mapped[int] = mapped_column(server_default="0")
    http_calls: Mapped[int] = mapped_column(server_default="0")
    spent: Mapped[dict[str, Any] | None]
    """What language models have cost; see `core.costs.Spent`."""
    why: Mapped[dict[str, Any] | None]
    until: Mapped[datetime | None]
    began: Mapped[str] = mapped_column(server_default=text("''"))
    mark: Mapped[str] = mapped_column(server_default=text("''"))


class ReportRow(Table):
    __tablename__ = "reports"

    run_id: Mapped[int] = mapped_column(Key, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    receipt: Mapped[dict[str, Any]]
    created: Mapped[datetime]


IN_FORCE = text("in_force AND undo_of IS NULL")
FIRST_HAND = text("undo_of IS NULL")
TAKING_BACK = text("undo_of IS NOT NULL")
REVISING = text("revises IS NOT NULL")
OPEN_ROWS = text("state IN ('planned', 'applying')")


class ActionRow(Table):
    """One `core.history.Entry`. `in_force` marks the entry that speaks for its message."""

    __tablename__ = "action_logs"
    __table_args__ = (
        # Two workers never handle one message, and one run handles it once.
        Index(
            "uq_action_logs_in_force",
            "account_id",
            "message_id",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
        Index(
            "uq_action_logs_run_message",
            "run_id",
            "message_id",
            unique=True,
            sqlite_where=FIRST_HAND,
            postgresql_where=FIRST_HAND,
        ),
        Index(
            "uq_action_logs_undo_of_run",
            "undo_of",
            "run_id",
            unique=True,
            sqlite_where=TAKING_BACK,
            postgresql_where=TAKING_BACK,
        ),
        Index("ix_action_logs_open", "account_id", sqlite_where=OPEN_ROWS, postgresql_where=OPEN_ROWS),
        Index("ix_action_logs_revises", "revises", sqlite_where=REVISING, postgresql_where=REVISING),
        Index("ix_action_logs_account_id_id", "account_id", "id"),
        Index("ix_action_logs_account_id_state_id", "account_id", "state", "id"),
        Index("ix_action_logs_account_id_message_id", "account_id", "message_id"),
        Index("ix_action_logs_account_id_sender_id", "account_id", "sender", "id"),
        Index("ix_action_logs_account_id_at", "account_id", "at"),
        Index("ix_action_logs_run_id_id", "run_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"))
    run_id: Mapped[int] = mapped_column(Key, ForeignKey("runs.id", ondelete="CASCADE"))
    message_id: Mapped[str]
    thread_id: Mapped[str]
    state: Mapped[str]
    in_force: Mapped[bool]
    action: Mapped[str]
    change: Mapped[dict[str, Any]]
    before: Mapped[list[str]] = mapped_column(Document)
    sender: Mapped[str] = mapped_column(Prose)
    sender_name: Mapped[str] = mapped_column(Prose)
    subject: Mapped[str] = mapped_column(Prose)
    received: Mapped[datetime | None]
    decision: Mapped[dict[str, Any] | None]
    category: Mapped[str | None]
    kind: Mapped[str | None]
    source: Mapped[str | None]
    confidence: Mapped[float | None]
    rule_id: Mapped[int | None] = mapped_column(Key)
    code: Mapped[str]
    outcome: Mapped[dict[str, Any] | None]
    attempts: Mapped[int]
    undo_of: Mapped[int | None] = mapped_column(Key, ForeignKey("action_logs.id", ondelete="CASCADE"))
    revises: Mapped[int | None] = mapped_column(Key)
    at: Mapped[datetime]
    search_text: Mapped[str] = mapped_column(Prose)
    echoed: Mapped[list[str] | None] = mapped_column(Document)
    """Labels of its change, with + or -, that came back as events of the mailbox's history."""


class LabelRow(Table):
    __tablename__ = "labels"

    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    label_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Prose)


class SettingRow(Table):
    """A preference of either a user or an account."""

    __tablename__ = "settings"
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        UniqueConstraint("account_id", "key"),
        CheckConstraint("(user_id IS NULL) <> (account_id IS NULL)", name="one_owner"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    user_id: Mapped[int | None] = mapped_column(Key, ForeignKey("users.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"))
    key: Mapped[str]
    value: Mapped[Any] = mapped_column(Document)


class AuditRow(Table):
    """Survives the user and the account it names, so neither is a foreign key."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(Key, index=True)
    account_id: Mapped[int | None] = mapped_column(Key)
    act: Mapped[str]
    detail: Mapped[dict[str, Any]]


class RuleRow(Table):
    __tablename__ = "rules"
    __table_args__ = (
        Index("ix_rules_account_id_position", "account_id", "position"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"))
    position: Mapped[int]
    condition: Mapped[dict[str, Any]]
    category: Mapped[str]
    """Empty: none."""
    action: Mapped[str | None]
    enabled: Mapped[bool]
    label: Mapped[str] = mapped_column(Prose, server_default=text("''"))
    said: Mapped[str] = mapped_column(Prose, server_default=text("''"))


class CorrespondentRow(Table):
    __tablename__ = "correspondents"

    account_id: Mapped[int] = mapped_column(Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(Prose, primary_key=True)
    count: Mapped[int]
