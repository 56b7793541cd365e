"""Inserting what may be there already; both databases say ON CONFLICT, each through its own construct."""

from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from auramail.storage.tables import Table


def insert_or_leave(session: Session, table: type[Table], **values: object) -> None:
    """Insert a row unless any unique key of it is taken."""
    session.execute(_insert(session, table).values(values).on_conflict_do_nothing())


def insert_or_replace(session: Session, table: type[Table], keys: Sequence[str], **values: object) -> None:
    """Insert a row, or give the one with the same keys these values."""
    new = {name: value for name, value in values.items() if name not in keys}
    session.execute(_insert(session, table).values(values).on_conflict_do_update(index_elements=keys, set_=new))


def _insert(session: Session, table: type[Table]) -> postgresql.Insert | sqlite.Insert:
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
