"""Upgrading and downgrading the schema; `storage.revision` tells whether that is needed."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from auramail.storage.engine import Database
from auramail.storage.errors import schema_too_new
from auramail.storage.revision import REVISIONS, file_of

FOLDER = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to a revision, making a SQLite file and its folder, closed to others, if there is none."""
    database = Database(url)
    try:
        file = file_of(database)
        if file is not None:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600, exist_ok=True)
        with database.connection() as connection:
            _refuse_newer(connection)
            command.upgrade(_config(connection), revision)
    finally:
        database.close()


def downgrade(url: str, revision: str) -> None:
    """Take the schema back to an older revision, `base` being empty; what older versions did not know is lost."""
    database = Database(url)
    try:
        with database.connection() as connection:
            _refuse_newer(connection)
            command.downgrade(_config(connection), revision)
    finally:
        database.close()


def _refuse_newer(connection: Connection) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in REVISIONS:
        raise schema_too_new()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
