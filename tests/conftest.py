"""What tests in several rooms stand on: a clock, a home and databases."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from auramail.core.clock import SystemClock
from auramail.jobs.embedded_redis import EmbeddedRedis
from auramail.storage import schema
from auramail.storage.engine import Database
from tests.fakes.clock import FakeClock
from tests.fakes.postgres import TEMPLATE, PostgresServer

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-stories", action="store_true", help="write what the stories come to now, for a person to review"
    )


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own: nothing of the person who runs the tests is read or written."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("AURAMAIL_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), SystemClock()) as server:
        yield server.url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The address of a Redis that holds nothing."""
    with redis.Redis.from_url(redis_server) as connection:
        connection.flushall()
    return redis_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "auramail.db"
    schema.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(home: Path, sqlite_template: Path) -> str:
    """An up-to-date, empty SQLite database, where settings expect it by default."""
    path = home / "auramail.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def make_url(request: pytest.FixtureRequest) -> Iterator[Callable[[str], str]]:
    """Gives, for `sqlite` or `postgres`, the address of an up-to-date, empty database."""
    made: list[tuple[PostgresServer, str]] = []

    def make(kind: str) -> str:
        if kind == "sqlite":
            return str(request.getfixturevalue("sqlite_url"))
        server: PostgresServer = request.getfixturevalue("postgres")
        made.append((server, server.create(TEMPLATE)))
        return server.url(made[-1][1])

    yield make
    for server, name in made:
        server.drop(name)


@pytest.fixture
def make_database(make_url: Callable[[str], str]) -> Iterator[Callable[[str], Database]]:
    """Gives, for `sqlite` or `postgres`, an up-to-date, empty database."""
    made: list[Database] = []

    def make(kind: str) -> Database:
        made.append(Database(make_url(kind)))
        return made[-1]

    yield make
    for database in made:
        database.close()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, make_url: Callable[[str], str]) -> str:
    """An up-to-date, empty database; the test runs once for each kind."""
    return make_url(request.param)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, home: Path) -> Iterator[str]:
    """A database without any table; the test runs once for each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{home / 'new' / 'auramail.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)
