"""Rules with a label of the person's own, and the sentence they were made from."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rules", sa.Column("label", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("rules", sa.Column("said", sa.Text(), server_default=sa.text("''"), nullable=False))


def downgrade() -> None:
    # An older AuraMail knows no rule without a category.
    op.execute(sa.text("DELETE FROM rules WHERE category = ''"))
    op.drop_column("rules", "said")
    op.drop_column("rules", "label")
