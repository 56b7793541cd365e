from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import QueuePool, select, text
from sqlalchemy.exc import DBAPIError

from auramail.core.errors import NeedsPersonError, TryAgainError
from auramail.storage.engine import Database, parse_url
from auramail.storage.tables import UserRow
from tests.fakes.clock import NOON
from tests.fakes.postgres import PostgresServer


def a_user(email: str = "ana@home.example") -> UserRow:
    return UserRow(google_sub=email, email=email, name="Ana", role="member", language="", theme="system", created=NOON)


def emails(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(UserRow.email).order_by(UserRow.id)))


def ask(database: Database, *questions: str) -> object:
    """The answer to the last of them, all asked in one transaction."""
    with database.read() as session:
        return [session.scalar(text(question)) for question in questions][-1]


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.close()


def impatient(database: Database) -> Database:
    """The same, but for its one connection not waiting for locks."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0" if database.is_sqlite else "SET lock_timeout = 1")
        connection.commit()
    return database


def test_what_is_written_can_be_read(database: Database) -> None:
    with database.write() as session:
        session.add(a_user())

    assert emails(database) == ["ana@home.example"]


def test_an_error_takes_the_whole_transaction_back(database: Database) -> None:
    def fail_halfway() -> None:
        with database.write() as session:
            session.add(a_user("ben@work.example"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()

    assert emails(database) == []


def test_a_second_writer_waits_and_is_then_told_to_try_again(database: Database, database_url: str) -> None:
    with database.write() as session:
        session.add(a_user())
    other = impatient(Database(database_url))
    lock = select(UserRow).with_for_update()

    def lock_also() -> None:
        with other.write() as waiting:
            waiting.scalars(lock).all()

    with database.write() as session:
        session.scalars(lock).all()
        with pytest.raises(TryAgainError, match="busy"):
            lock_also()
    other.close()


def test_readers_are_not_stopped_by_a_writer(database: Database) -> None:
    with database.write() as session:
        session.add(a_user())
        session.flush()

        assert emails(database) == []


def test_a_schema_that_is_missing_names_the_command_that_makes_it(empty_url: str) -> None:
    database = Database(empty_url)
    if database.is_sqlite:
        Path(str(database.url.database)).parent.mkdir()

    with pytest.raises(NeedsPersonError) as caught:
        emails(database)

    assert caught.value.hint is not None
    assert "auramail db upgrade" in caught.value.hint.say()
    database.close()


def test_connections_are_pooled_as_the_design_says(database: Database) -> None:
    pool = database.engine.pool

    assert isinstance(pool, QueuePool)
    assert (pool.size(), pool._max_overflow, pool._recycle, pool._pre_ping) == (10, 5, 3600, True)


def test_when_all_connections_are_taken_one_is_told_to_try_again(database: Database) -> None:
    database.engine.pool._timeout = 0.01  # type: ignore[attr-defined]  # the default is half a minute
    with ExitStack() as taken:
        for _ in range(15):
            taken.enter_context(database.engine.connect())

        with pytest.raises(TryAgainError, match="in use"):
            emails(database)


def test_an_error_that_only_a_programmer_can_explain_is_not_dressed_up(database: Database) -> None:
    with pytest.raises(DBAPIError):
        ask(database, "SELECT FROM WHERE")


class TestSQLite:
    def test_it_writes_ahead_waits_for_locks_and_checks_foreign_keys(self, sqlite: Database) -> None:
        with sqlite.read() as session:
            pragmas = [
                session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "busy_timeout", "foreign_keys")
            ]

        assert pragmas == ["wal", 5000, 1]

    def test_a_folder_that_is_missing_needs_a_person(self, home: Path) -> None:
        with pytest.raises(NeedsPersonError, match="cannot be opened"):
            emails(Database(f"sqlite:///{home / 'nowhere' / 'auramail.db'}"))

    def test_a_file_that_is_no_database_needs_a_person(self, home: Path) -> None:
        (home / "auramail.db").write_bytes(b"Dear diary, " * 1000)

        with pytest.raises(NeedsPersonError, match="damaged"):
            emails(Database(f"sqlite:///{home / 'auramail.db'}"))

    def test_a_file_that_cannot_be_written_needs_a_person(self, sqlite_url: str) -> None:
        emails(Database(sqlite_url))
        path = sqlite_url.removeprefix("sqlite:///")
        database = Database(f"sqlite:///file:{path}?mode=ro&uri=true")

        with pytest.raises(NeedsPersonError, match="only be read"), database.write() as session:
            session.add(a_user())
        database.close()

    def test_a_full_disk_needs_a_person_and_leaves_no_half_state(self, sqlite: Database) -> None:
        with sqlite.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        with pytest.raises(NeedsPersonError, match="full"), sqlite.write() as session:
            session.add_all([a_user(f"{number}@{'x' * 3000}") for number in range(50)])

        assert emails(sqlite) == []


@pytest.mark.postgres
class TestPostgreSQL:
    @pytest.fixture
    def server(self, postgres: PostgresServer) -> Iterator[Database]:
        database = Database(postgres.url("postgres"))
        yield database
        database.close()

    def test_a_server_that_does_not_answer_is_tried_again(self, home: Path) -> None:
        with pytest.raises(TryAgainError, match="cannot be reached"):
            emails(Database(f"postgresql://postgres@/postgres?host={home}"))

    def test_a_connection_that_was_cut_while_idle_is_replaced(self, server: Database, postgres: PostgresServer) -> None:
        first = ask(server, "SELECT pg_backend_pid()")

        postgres.disconnect(first)

        assert ask(server, "SELECT pg_backend_pid()") != first

    def test_a_connection_that_is_cut_in_use_is_tried_again(self, server: Database) -> None:
        with pytest.raises(TryAgainError, match="cannot be reached"):
            ask(server, "SELECT pg_terminate_backend(pg_backend_pid(), 5000)")

    def test_a_role_that_may_not_do_it_needs_a_person(self, server: Database) -> None:
        with pytest.raises(NeedsPersonError, match="does not let"):
            ask(server, "SELECT set_config('role', 'pg_monitor', true)", "SELECT 1 FROM pg_authid")

    def test_reading_cannot_write(self, server: Database) -> None:
        with pytest.raises(NeedsPersonError, match="only be read"):
            ask(server, "CREATE TABLE a_page_that_writes (id int)")


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgres://ana@db/mail", "postgresql+psycopg"),
        ("postgresql://ana@db/mail", "postgresql+psycopg"),
        ("postgresql+psycopg2://ana@db/mail", "postgresql+psycopg"),
        ("sqlite:////var/lib/auramail.db", "sqlite+pysqlite"),
    ],
)
def test_usual_addresses_are_understood(given: str, driver: str) -> None:
    assert parse_url(given).drivername == driver


@pytest.mark.parametrize("given", ["mysql://ana@db/mail", "sqlite://", "sqlite:///:memory:", "mail.db", "oracle:"])
def test_other_databases_are_refused_with_what_to_set(given: str) -> None:
    with pytest.raises(NeedsPersonError) as caught:
        parse_url(given)

    assert caught.value.hint is not None
    assert "DATABASE_URL" in caught.value.hint.say()
