"""The database: one engine, reading and writing sessions, and its errors in words a person can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.storage.errors import no_free_connection, translate

BUSY_MILLISECONDS = 5000


class Database:
    """Raises TryAgainError and NeedsPersonError out of `read` and `write`, whatever the driver calls its troubles."""

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._reader = self.engine.execution_options(postgresql_readonly=True)
        self._writer = self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that changes nothing; it sees a consistent picture on SQLite, the newest on PostgreSQL."""
        with _translated(), Session(self._reader) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction: committed at the end, rolled back by any error. SQLite takes the write lock at once."""
        with _translated(), Session(self._writer) as session, session.begin():
            yield session

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A writing transaction without a session, for migrations."""
        with _translated(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def parse_url(url: str) -> URL:
    """The SQLAlchemy URL with its driver; raises NeedsPersonError for a database AuraMail does not speak to."""
    hint = Wording.of("Set DATABASE_URL to sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME, or leave it empty.")
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise NeedsPersonError(Wording.of("DATABASE_URL is not the address of a database."), hint) from error
    backend = parsed.get_backend_name()
    if backend in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return parsed.set(drivername="sqlite+pysqlite")
    raise NeedsPersonError(
        Wording.of("AuraMail keeps its data in PostgreSQL or in a SQLite file, not in {kind}.", kind=backend), hint
    )


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except PoolTimeoutError as error:
        raise no_free_connection() from error
    except DBAPIError as error:
        known = translate(error)
        if known is None:
            raise
        raise known from error


def _pooled(url: URL, **arguments: Any) -> Engine:
    return create_engine(url, pool_size=10, max_overflow=5, pool_recycle=3600, pool_pre_ping=True, **arguments)


def _postgresql_engine(url: URL) -> Engine:
    engine = _pooled(url, connect_args={"connect_timeout": 5})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        del record
        connection.execute(f"SET TIME ZONE 'UTC'; SET lock_timeout = {BUSY_MILLISECONDS}")
        connection.commit()

    return engine


def _sqlite_engine(url: URL) -> Engine:
    engine = _pooled(url)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        # The driver would begin transactions by itself, late and never IMMEDIATE; `begin` below does it instead.
        # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#pysqlite-serializable
        del record
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))

    return engine
