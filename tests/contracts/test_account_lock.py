"""What owning an account means (`ports.AccountLock`)."""

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import text

from auramail.core.errors import BusyError, NeedsPersonError, TryAgainError
from auramail.core.runs import Order
from auramail.ports.world import AccountLock
from auramail.storage.engine import Database
from auramail.storage.ownership import account_lock, own_folder
from auramail.storage.runs import SqlRuns
from tests.fakes.clock import FakeClock
from tests.fakes.postgres import PostgresServer
from tests.storage.builders import an_account
from tests.storage.owning import own_until_killed


@pytest.fixture
def lock(database: Database, home: Path) -> AccountLock:
    return account_lock(database, home / "locks")


@pytest.fixture
def other(database: Database, home: Path) -> AccountLock:
    """The same lock as another worker sees it."""
    return account_lock(database, home / "locks")


def test_the_owner_knows_that_it_owns(lock: AccountLock) -> None:
    with lock.hold(7) as is_owned:
        assert is_owned()
        assert is_owned()


def test_nobody_else_can_own_meanwhile(lock: AccountLock, other: AccountLock) -> None:
    with lock.hold(7), pytest.raises(BusyError), other.hold(7):
        pass


def test_the_owner_cannot_own_a_second_time(lock: AccountLock) -> None:
    with lock.hold(7), pytest.raises(BusyError), lock.hold(7):
        pass


def test_another_account_is_free(lock: AccountLock, other: AccountLock) -> None:
    with lock.hold(7), other.hold(8) as is_owned:
        assert is_owned()


def test_an_account_is_free_again_afterwards_even_after_an_error(lock: AccountLock, other: AccountLock) -> None:
    with pytest.raises(ZeroDivisionError), lock.hold(7):
        raise ZeroDivisionError

    with other.hold(7) as is_owned:
        assert is_owned()


def test_who_is_refused_is_told_the_run(
    lock: AccountLock, other: AccountLock, database: Database, clock: FakeClock
) -> None:
    account = an_account(database, clock)
    run = SqlRuns(database, clock).start(account.id, Order())

    with lock.hold(account.id), pytest.raises(BusyError) as caught, other.hold(account.id):
        pass

    assert caught.value.run_id == run.id


@pytest.mark.crash
def test_ownership_dies_with_the_process(lock: AccountLock, database_url: str, home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ours: Connection
    ours, theirs = context.Pipe()
    worker = context.Process(target=own_until_killed, args=(database_url, home / "locks", 7, theirs))
    worker.start()
    assert ours.recv() == "owned"
    with pytest.raises(BusyError), lock.hold(7):
        pass

    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join(timeout=60)

    # PostgreSQL notices the end of a connection a moment later than the operating system that of a file.
    owned = False
    for _ in range(1000):
        try:
            with lock.hold(7) as is_owned:
                owned = is_owned()
                break
        except BusyError:
            continue
    assert owned
    ours.close()


@pytest.mark.postgres
def test_an_owner_whose_connection_was_cut_learns_it_and_another_may_own(postgres: PostgresServer, home: Path) -> None:
    database = Database(postgres.url("postgres"))
    lock = account_lock(database, home)

    with lock.hold(7) as is_owned:
        with database.read() as session:
            holder = session.scalar(text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 7"))
        postgres.disconnect(holder)

        assert not is_owned()
        assert not is_owned()
        with lock.hold(7) as is_owned_by_another:
            assert is_owned_by_another()
    database.close()


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_tried_again(home: Path) -> None:
    database = Database(f"postgresql://postgres@/postgres?host={home}")

    with pytest.raises(TryAgainError), account_lock(database, home).hold(7):
        pass


def test_an_owner_whose_lock_file_was_deleted_learns_it(sqlite_url: str, home: Path) -> None:
    database = Database(sqlite_url)

    with account_lock(database, home / "locks").hold(7) as is_owned:
        (home / "locks" / "account-7.lock").unlink()
        assert not is_owned()
        (home / "locks" / "account-7.lock").touch()
        assert not is_owned()
    database.close()


def test_one_process_tree_works_in_a_folder(home: Path) -> None:
    with own_folder(home), pytest.raises(NeedsPersonError, match="running already"), own_folder(home):
        pass

    with own_folder(home), own_folder(home / "second"):
        pass
