"""Runs migrations on the connection and in the transaction that `auramail.storage.schema` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import text

from auramail.storage.columns import Moment, Prose
from auramail.storage.local_tables import LocalMessageRow
from auramail.storage.model_tables import CallRow
from auramail.storage.watch_tables import ListingRow

MODELS = (LocalMessageRow, ListingRow, CallRow)
"""One of each file of tables: imported, they share their metadata."""
ONE_AT_A_TIME = 0x41555241
"""A PostgreSQL advisory lock, so that two machines starting at once do not both migrate."""


def render_item(kind: str, item: Any, _: object) -> str | Literal[False]:
    """Write our column types as what they are in the database, so that migrations never change with the code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Prose):
        return "sa.Text()"
    return False


connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
context.configure(
    connection=connection,
    target_metadata=MODELS[0].metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
