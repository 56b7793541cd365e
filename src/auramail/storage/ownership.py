"""One owner per account: an advisory lock of a PostgreSQL connection, or a locked file beside SQLite."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg

from auramail.core.errors import BusyError, NeedsPersonError
from auramail.core.wording import Wording
from auramail.ports.world import AccountLock
from auramail.storage.engine import Database
from auramail.storage.errors import translate_postgresql
from auramail.storage.runs import busy, live_run_id

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAMESPACE = 2
"""The first half of our advisory locks' keys; the account's number is the second."""


def account_lock(database: Database, folder: Path) -> AccountLock:
    """The lock that fits the database; `folder` is for lock files beside SQLite."""
    return FileLock(database, folder) if database.is_sqlite else AdvisoryLock(database)


class AdvisoryLock:
    """Held by a connection of its own: PostgreSQL frees it when that ends, however it ends.

    The driver's connection is used as it is: SQLAlchemy's would connect again by itself, without the lock.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)

    @contextmanager
    def hold(self, account_id: int) -> Iterator[Callable[[], bool]]:
        with self._connect() as connection:
            locked = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", [NAMESPACE, account_id]).fetchone()
            if locked != (True,):
                raise _busy(self._database, account_id)

            def is_owned() -> bool:
                with suppress(psycopg.Error):
                    return connection.execute("SELECT 1").fetchone() is not None
                return False

            yield is_owned

    @contextmanager
    def _connect(self) -> Iterator[psycopg.Connection]:
        try:
            # A cut line is noticed in about half a minute.
            connection = psycopg.connect(
                self._address,
                autocommit=True,
                connect_timeout=5,
                keepalives_idle=10,
                keepalives_interval=5,
                keepalives_count=4,
            )
        except psycopg.Error as error:
            raise translate_postgresql(error) or error from error
        with closing(connection):
            yield connection


class FileLock:
    """Held by an open file: the operating system frees it when the process ends, however it ends."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    @contextmanager
    def hold(self, account_id: int) -> Iterator[Callable[[], bool]]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _held(self._folder / f"account-{account_id}.lock") as is_owned:
            if is_owned is None:
                raise _busy(self._database, account_id)
            yield is_owned


@contextmanager
def own_folder(home: Path) -> Iterator[None]:
    """Be the one process tree that works in an installation's folder; raises NeedsPersonError if another is."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _held(home / "up.lock") as is_owned:
        if is_owned is None:
            raise NeedsPersonError(
                Wording.of("AuraMail is running already in {folder}.", folder=home),
                Wording.of("Stop it first, or set AURAMAIL_HOME to another folder for a second installation."),
            )
        yield


@contextmanager
def _held(path: Path) -> Iterator[Callable[[], bool] | None]:
    """Lock a file; gives a question whether it still is ours, or None if it is somebody else's."""
    with path.open("ab") as file:

        def is_owned() -> bool:
            with suppress(OSError):
                return os.path.samestat(os.fstat(file.fileno()), path.stat())
            return False

        yield is_owned if _try_lock(file.fileno()) else None


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _busy(database: Database, account_id: int) -> BusyError:
    with database.read() as session:
        live = live_run_id(session, account_id)
    return busy(live)
