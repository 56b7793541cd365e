"""The schema's versions: upgrading, downgrading and telling whether this AuraMail fits this database."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from auramail.storage.engine import Database
from auramail.storage.errors import schema_too_new, schema_too_old

FOLDER = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to a revision, making a SQLite file and its folder if there is none."""
    database = Database(url)
    try:
        if database.is_sqlite and database.url.database:
            Path(database.url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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


def current(url: str) -> str | None:
    """The revision the database is at; None if it has no tables."""
    database = Database(url)
    try:
        with database.connection() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        database.close()


def head() -> str:
    """The revision this AuraMail needs."""
    newest = _scripts().get_current_head()
    if newest is None:
        raise LookupError(FOLDER)
    return newest


def check(url: str) -> None:
    """Raises NeedsPersonError, with what to do, if the database is not at `head`."""
    found = current(url)
    if found == head():
        return
    raise schema_too_old() if found is None or found in _known() else schema_too_new()


def _refuse_newer(connection: Connection) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in _known():
        raise schema_too_new()


def _known() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
