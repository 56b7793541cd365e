"""Migrations of the schema, run by Alembic through `auramail.storage.schema`."""
