"""The people who sign in, and the one local user."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from auramail.core.errors import NotFoundError
from auramail.core.users import Role, Theme, User
from auramail.core.wording import Wording
from auramail.ports.world import Clock
from auramail.storage.engine import Database
from auramail.storage.tables import UserRow
from auramail.storage.upsert import insert_or_leave


class SqlUsers:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def local_user(self) -> User:
        """The one user of this computer, made when first asked for."""
        return self._found_or_made(None, "", "", Role.ADMINISTRATOR)

    def local_user_or_none(self) -> User | None:
        """The same, if anybody has asked for them before."""
        return self._found(None)

    def signed_in(self, sub: str, email: str, name: str) -> User:
        """The user Google calls `sub`, made at first sign-in; the address and the name may have changed since."""
        user = self._found_or_made(sub, email, name, Role.MEMBER)
        if (user.email, user.name) == (email, name):
            return user
        with self._database.write() as session:
            row = _row(session, user.id)
            row.email, row.name = email, name
        return replace(user, email=email, name=name)

    def get(self, user_id: int) -> User:
        """Raises NotFoundError."""
        with self._database.read() as session:
            return _user(_row(session, user_id))

    def save_preferences(self, user_id: int, language: str, theme: Theme) -> None:
        with self._database.write() as session:
            row = _row(session, user_id)
            row.language, row.theme = language, theme

    def _found(self, sub: str | None) -> User | None:
        with self._database.read() as session:
            row = session.scalar(select(UserRow).where(UserRow.google_sub == sub))
        return None if row is None else _user(row)

    def _found_or_made(self, sub: str | None, email: str, name: str, role: Role) -> User:
        wanted = select(UserRow).where(UserRow.google_sub == sub)
        found = self._found(sub)
        if found is not None:
            return found
        with self._database.write() as session:
            insert_or_leave(
                session,
                UserRow,
                google_sub=sub,
                email=email,
                name=name,
                role=role,
                language="",
                theme=Theme.SYSTEM,
                created=self._clock.now(),
            )
            return _user(session.scalars(wanted).one())


def _row(session: Session, user_id: int) -> UserRow:
    row = session.get(UserRow, user_id)
    if row is None:
        raise NotFoundError(Wording.of("There is no such user."))
    return row


def _user(row: UserRow) -> User:
    return User(row.id, row.google_sub, row.email, row.name, Role(row.role), row.language, Theme(row.theme))
