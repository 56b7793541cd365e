"""What had no answer of a language model in time, and what a second look put in its place."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("action_logs", sa.Column("revises", KEY, nullable=True))
    op.create_index(
        "ix_action_logs_revises",
        "action_logs",
        ["revises"],
        unique=False,
        sqlite_where=sa.text("revises IS NOT NULL"),
        postgresql_where=sa.text("revises IS NOT NULL"),
    )
    op.create_table(
        "unanswered",
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_unanswered_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["action_logs.id"], name=op.f("fk_unanswered_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_unanswered")),
    )
    op.create_index("ix_unanswered_account_id_due", "unanswered", ["account_id", "due"], unique=False)


def downgrade() -> None:
    op.drop_table("unanswered")
    op.drop_index("ix_action_logs_revises", table_name="action_logs")
    op.drop_column("action_logs", "revises")
