"""Listings that outlive a worker, surveys, and live sorting."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "label_acts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("label_id", sa.Text(), nullable=False),
        sa.Column("is_added", sa.Boolean(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_label_acts_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_acts")),
        sa.UniqueConstraint(
            "account_id",
            "message_id",
            "label_id",
            "is_added",
            "mark",
            name=op.f("uq_label_acts_account_id_message_id_label_id_is_added_mark"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_label_acts_account_id_id", "label_acts", ["account_id", "id"], unique=False)
    op.create_table(
        "live",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pause", sa.Double(), nullable=False),
        sa.Column("polled", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pushed", sa.Text(), nullable=False),
        sa.Column("watch_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proof", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("problem", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_live_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_live")),
    )
    op.create_index(op.f("ix_live_due"), "live", ["due"], unique=False)
    op.create_table(
        "listings",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("is_large", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("group_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_listings_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_listings_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "message_id", name=op.f("pk_listings")),
    )
    op.create_index("ix_listings_run_id_state_position", "listings", ["run_id", "state", "position"], unique=False)
    op.create_index(
        "ix_listings_run_id_group_key",
        "listings",
        ["run_id", "group_key"],
        unique=False,
        sqlite_where=sa.text("group_key IS NOT NULL"),
        postgresql_where=sa.text("group_key IS NOT NULL"),
    )
    op.create_index(
        "ix_listings_waiting",
        "listings",
        ["account_id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "survey_groups",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("exemplar", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("filed", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_survey_groups_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "key", name=op.f("pk_survey_groups")),
    )
    op.add_column("action_logs", sa.Column("echoed", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("progress", sa.Column("quota_units", sa.Integer(), server_default="0", nullable=False))
    op.add_column("progress", sa.Column("http_calls", sa.Integer(), server_default="0", nullable=False))
    op.add_column("progress", sa.Column("why", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("progress", sa.Column("until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("progress", sa.Column("began", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("progress", sa.Column("mark", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("runs", sa.Column("next_page", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("runs", "next_page")
    op.drop_column("progress", "mark")
    op.drop_column("progress", "began")
    op.drop_column("progress", "until")
    op.drop_column("progress", "why")
    op.drop_column("progress", "http_calls")
    op.drop_column("progress", "quota_units")
    op.drop_column("action_logs", "echoed")
    op.drop_table("survey_groups")
    op.drop_index(
        "ix_listings_waiting",
        table_name="listings",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index("ix_listings_run_id_state_position", table_name="listings")
    op.drop_index(
        "ix_listings_run_id_group_key",
        table_name="listings",
        sqlite_where=sa.text("group_key IS NOT NULL"),
        postgresql_where=sa.text("group_key IS NOT NULL"),
    )
    op.drop_table("listings")
    op.drop_index(op.f("ix_live_due"), table_name="live")
    op.drop_table("live")
    op.drop_index("ix_label_acts_account_id_id", table_name="label_acts")
    op.drop_table("label_acts")
