"""What the drivers' errors mean to a person: told by SQLite's result codes and PostgreSQL's SQLSTATEs."""

import sqlite3
from collections.abc import Callable, Mapping
from types import MappingProxyType

import psycopg
from sqlalchemy.exc import DBAPIError

from auramail.core.errors import AuraMailError, NeedsPersonError, TryAgainError
from auramail.core.wording import Wording


def translate(error: DBAPIError) -> AuraMailError | None:
    """The error by who can help; None for one that only a programmer can explain."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _from_sqlite(cause)
    if isinstance(cause, psycopg.Error):
        return translate_postgresql(cause)
    return None


def no_free_connection() -> TryAgainError:
    return TryAgainError(Wording.of("All connections to the database are in use."), after=5)


def schema_missing() -> NeedsPersonError:
    return NeedsPersonError(Wording.of("The database has no tables yet."), Wording.of("Run: auramail db upgrade"))


def schema_too_old() -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The database was made by an older AuraMail."), Wording.of("Run: auramail db upgrade")
    )


def schema_too_new() -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The database was made by a newer AuraMail."),
        Wording.of("Install that version again, or restore a backup made before the upgrade."),
    )


def _locked() -> TryAgainError:
    return TryAgainError(Wording.of("The database is busy with another change."))


def _disk_full() -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The disk of the database is full."), Wording.of("Make room; AuraMail goes on where it stopped.")
    )


def _read_only() -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The database can only be read."), Wording.of("Let AuraMail write to it: file rights, disk, role.")
    )


def _cannot_open() -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The database file cannot be opened."),
        Wording.of("Check that its folder exists and that AuraMail may write there, then run: auramail db upgrade"),
    )


def _damaged() -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("The database file is damaged or its disk fails."),
        Wording.of("Check the disk and restore the newest backup."),
    )


def _refused() -> NeedsPersonError:
    return NeedsPersonError(
        Wording.of("PostgreSQL does not let AuraMail in."),
        Wording.of("Check the user, the password and the name of the database in DATABASE_URL."),
    )


def _unreachable() -> TryAgainError:
    return TryAgainError(
        Wording.of("The database cannot be reached."),
        Wording.of("Check that PostgreSQL runs and that DATABASE_URL names it."),
        after=5,
    )


SQLITE: Mapping[int, Callable[[], AuraMailError]] = MappingProxyType(
    {  # primary result codes: https://www.sqlite.org/rescode.html
        sqlite3.SQLITE_BUSY: _locked,
        sqlite3.SQLITE_LOCKED: _locked,
        sqlite3.SQLITE_FULL: _disk_full,
        sqlite3.SQLITE_READONLY: _read_only,
        sqlite3.SQLITE_CANTOPEN: _cannot_open,
        sqlite3.SQLITE_PERM: _cannot_open,
        sqlite3.SQLITE_CORRUPT: _damaged,
        sqlite3.SQLITE_NOTADB: _damaged,
        sqlite3.SQLITE_IOERR: _damaged,
    }
)

POSTGRESQL: Mapping[str, Callable[[], AuraMailError]] = MappingProxyType(
    {  # https://www.postgresql.org/docs/current/errcodes-appendix.html
        "25006": _read_only,
        "28000": _refused,
        "28P01": _refused,
        "3D000": _refused,
        "42501": _refused,
        "40001": _locked,
        "40P01": _locked,
        "55P03": _locked,
        "42P01": schema_too_old,
        "42703": schema_too_old,
        "53100": _disk_full,
    }
)


def _from_sqlite(cause: sqlite3.Error) -> AuraMailError | None:
    code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_ERROR and str(cause).startswith("no such "):
        return schema_too_old()
    return SQLITE[code]() if code in SQLITE else None


def translate_postgresql(cause: psycopg.Error) -> AuraMailError | None:
    known = POSTGRESQL.get(cause.sqlstate or "")
    if known is not None:
        return known()
    # Without a SQLSTATE it never connected; classes 08, 53 and 57 are connections that were cut off or refused.
    return _unreachable() if isinstance(cause, psycopg.OperationalError) else None
