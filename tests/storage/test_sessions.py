from datetime import timedelta

import pytest
from sqlalchemy import select

from auramail.storage.engine import Database
from auramail.storage.sessions import SqlSessions, StoredSession
from auramail.storage.tables import SessionRow
from auramail.storage.users import SqlUsers
from tests.fakes.clock import NOON, FakeClock


@pytest.fixture
def sessions(database: Database, clock: FakeClock) -> SqlSessions:
    return SqlSessions(database, clock, idle=timedelta(minutes=30), absolute=timedelta(hours=12))


@pytest.fixture
def ana(database: Database, clock: FakeClock) -> int:
    return SqlUsers(database, clock).signed_in("sub-ana", "ana@home.example", "Ana").id


def test_a_session_keeps_what_it_holds(sessions: SqlSessions, ana: int) -> None:
    token = sessions.create('{"csrf": "x"}')
    assert sessions.load(token) == StoredSession(None, '{"csrf": "x"}', NOON)

    sessions.save(token, '{"csrf": "y"}', ana)
    assert sessions.load(token) == StoredSession(ana, '{"csrf": "y"}', NOON)


def test_the_database_holds_no_token_and_tokens_cannot_be_guessed(sessions: SqlSessions, database: Database) -> None:
    tokens = {sessions.create("{}") for _ in range(20)}

    with database.read() as session:
        stored = set(session.scalars(select(SessionRow.token_hash)))

    assert len(tokens) == len(stored) == 20
    assert not tokens & stored
    assert all(len(token) >= 43 for token in tokens)


def test_an_unknown_token_has_no_session(sessions: SqlSessions, database: Database) -> None:
    sessions.create("{}")
    with database.read() as session:
        stored = session.scalars(select(SessionRow.token_hash)).one()

    assert sessions.load("") is None
    assert sessions.load("guess") is None
    assert sessions.load(stored) is None


def test_a_session_ends_when_it_is_not_used(sessions: SqlSessions, clock: FakeClock) -> None:
    token = sessions.create("{}")

    clock.advance(minutes=29, seconds=59)
    assert sessions.load(token) is not None
    clock.advance(minutes=29, seconds=59)
    assert sessions.load(token) is not None
    clock.advance(minutes=30)
    assert sessions.load(token) is None


def test_a_session_ends_after_its_longest_time_even_in_use(sessions: SqlSessions, clock: FakeClock) -> None:
    token = sessions.create("{}")

    for _ in range(35):
        clock.advance(minutes=20)
        assert sessions.load(token) is not None
    clock.advance(minutes=20)

    assert sessions.load(token) is None


def test_reading_a_page_writes_at_most_once_a_minute(
    sessions: SqlSessions, clock: FakeClock, database: Database
) -> None:
    token = sessions.create("{}")

    def seen_after(**duration: float) -> timedelta:
        clock.advance(**duration)
        sessions.load(token)
        with database.read() as session:
            return session.scalars(select(SessionRow.seen)).one() - NOON

    assert seen_after(seconds=59) == timedelta()
    assert seen_after(seconds=1) == timedelta(minutes=1)
    assert seen_after(seconds=30) == timedelta(minutes=1)


def test_an_ended_session_cannot_be_revived(sessions: SqlSessions, ana: int) -> None:
    token = sessions.create("{}", ana)
    sessions.end(token)

    sessions.save(token, "{}", ana)

    assert sessions.load(token) is None


def test_what_is_over_is_deleted(sessions: SqlSessions, clock: FakeClock, database: Database) -> None:
    sessions.create("{}")
    clock.advance(minutes=20)
    kept = sessions.create("{}")
    clock.advance(minutes=10)

    assert sessions.purge() == 1

    assert sessions.load(kept) is not None
    with database.read() as session:
        assert len(session.scalars(select(SessionRow.token_hash)).all()) == 1
