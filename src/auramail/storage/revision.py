"""Which revision a database is at, told without Alembic, which takes longer to import than most commands to run."""

from pathlib import Path
from typing import Final

from sqlalchemy import inspect, text

from auramail.storage.engine import Database
from auramail.storage.errors import schema_missing, schema_too_new, schema_too_old

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006")
"""All revisions there ever were, the oldest first; a test holds them equal to the migrations."""
TABLE: Final = "alembic_version"


def current(url: str) -> str | None:
    """The revision the database is at; None if it has no tables, or is a SQLite file that is not there yet."""
    database = Database(url)
    try:
        file = file_of(database)
        if file is not None and not file.exists():
            return None
        with database.read() as session:
            if not inspect(session.connection()).has_table(TABLE):
                return None
            found = session.scalar(text("SELECT version_num FROM alembic_version"))
            return None if found is None else str(found)
    finally:
        database.close()


def head() -> str:
    """The revision this AuraMail needs."""
    return REVISIONS[-1]


def check(url: str) -> None:
    """Raises NeedsPersonError, with what to do, if the database is not at `head`."""
    found = current(url)
    if found != head():
        if found is None:
            raise schema_missing()
        raise schema_too_old() if found in REVISIONS else schema_too_new()


def file_of(database: Database) -> Path | None:
    """Where a SQLite database lies."""
    return Path(database.url.database) if database.is_sqlite and database.url.database else None
