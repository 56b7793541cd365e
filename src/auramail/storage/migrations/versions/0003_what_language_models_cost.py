"""What language models were asked, answered and cost."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "model_calls",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("run_id", KEY, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("tokens_sent", KEY, nullable=False),
        sa.Column("tokens_answered", KEY, nullable=False),
        sa.Column("micros", KEY, nullable=False),
        sa.Column("finish", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_model_calls_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_calls")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_model_calls_account_id_at", "model_calls", ["account_id", "at"], unique=False)
    op.create_index(
        "ix_model_calls_run_id",
        "model_calls",
        ["run_id"],
        unique=False,
        sqlite_where=sa.text("run_id IS NOT NULL"),
        postgresql_where=sa.text("run_id IS NOT NULL"),
    )
    op.create_index(
        "ix_model_calls_legible",
        "model_calls",
        ["at"],
        unique=False,
        sqlite_where=sa.text("sealed IS NOT NULL"),
        postgresql_where=sa.text("sealed IS NOT NULL"),
    )
    op.create_table(
        "model_parts",
        sa.Column("call_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("masked", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["model_calls.id"], name=op.f("fk_model_parts_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "position", name=op.f("pk_model_parts")),
    )
    op.create_index("ix_model_parts_account_id_message_id", "model_parts", ["account_id", "message_id"], unique=False)
    op.create_table(
        "model_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("calls", KEY, nullable=False),
        sa.Column("answers", KEY, nullable=False),
        sa.Column("hits", KEY, nullable=False),
        sa.Column("tokens_sent", KEY, nullable=False),
        sa.Column("tokens_answered", KEY, nullable=False),
        sa.Column("micros", KEY, nullable=False),
        sa.PrimaryKeyConstraint("day", "model", name=op.f("pk_model_days")),
    )
    op.create_table(
        "model_answers",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("finish", sa.Text(), nullable=False),
        sa.Column("call_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_model_answers_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_model_answers")),
    )
    op.create_index(op.f("ix_model_answers_account_id"), "model_answers", ["account_id"], unique=False)
    op.create_index(op.f("ix_model_answers_at"), "model_answers", ["at"], unique=False)


def downgrade() -> None:
    op.drop_table("model_answers")
    op.drop_table("model_days")
    op.drop_table("model_parts")
    op.drop_table("model_calls")
