"""Web sessions, kept on the server: the browser holds a random token, the database only its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update

from auramail.ports.world import Clock
from auramail.storage.engine import Database
from auramail.storage.tables import SessionRow

TOKEN_BYTES = 32
SEEN_EVERY = timedelta(minutes=1)
"""How often a session in use is marked as seen: reading a page should not mean writing to the database."""


@dataclass(frozen=True, slots=True)
class StoredSession:
    user_id: int | None
    data: str
    created: datetime


class SqlSessions:
    """Sessions end `idle` after the last request and `absolute` after they began, whichever is first."""

    def __init__(self, database: Database, clock: Clock, idle: timedelta, absolute: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._idle = idle
        self._absolute = absolute

    def create(self, data: str, user_id: int | None = None) -> str:
        """Begin a session; the token for the cookie."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock.now()
        with self._database.write() as session:
            session.add(SessionRow(token_hash=_hash(token), user_id=user_id, data=data, created=now, seen=now))
        return token

    def load(self, token: str) -> StoredSession | None:
        """The session of a token; None if it ended or never was."""
        now = self._clock.now()
        with self._database.read() as session:
            row = session.get(SessionRow, _hash(token))
        if row is None or row.seen <= now - self._idle or row.created <= now - self._absolute:
            return None
        if row.seen <= now - SEEN_EVERY:
            with self._database.write() as session:
                session.execute(update(SessionRow).where(SessionRow.token_hash == row.token_hash).values(seen=now))
        return StoredSession(row.user_id, row.data, row.created)

    def save(self, token: str, data: str, user_id: int | None = None) -> None:
        """Keep what the session holds; nothing happens to one that ended meanwhile."""
        with self._database.write() as session:
            session.execute(
                update(SessionRow)
                .where(SessionRow.token_hash == _hash(token))
                .values(data=data, user_id=user_id, seen=self._clock.now())
            )

    def end(self, token: str) -> None:
        with self._database.write() as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(token)))

    def purge(self) -> int:
        """Delete sessions that are over; how many."""
        now = self._clock.now()
        over = or_(SessionRow.seen <= now - self._idle, SessionRow.created <= now - self._absolute)
        with self._database.write() as session:
            return len(session.scalars(delete(SessionRow).where(over).returning(SessionRow.token_hash)).all())


def _hash(token: str) -> str:
    """A fast hash suffices: the token has 256 random bits, so it cannot be guessed from the hash."""
    return hashlib.sha256(token.encode()).hexdigest()
