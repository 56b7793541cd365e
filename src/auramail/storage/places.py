"""Where messages stand: handled, skipped or queued, told from the journal, the listings and the person's own acts."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auramail.core.history import State
from auramail.core.live import Place, Whereabouts
from auramail.core.runs import LIVE
from auramail.storage.batches import batches
from auramail.storage.days import is_day
from auramail.storage.engine import Database
from auramail.storage.listings import GROUPED, WAITING
from auramail.storage.tables import ActionRow, RunRow
from auramail.storage.watch_tables import LabelActRow, ListingRow

MOST_TRIES: Final = 8
"""Times a message may fail before it is left alone."""
QUEUED = Whereabouts(Place.QUEUED)
HANDLED = Whereabouts(Place.HANDLED)
PUT_THERE = Whereabouts(Place.SKIPPED, "put_there")


class SqlPlaces:
    """`flow.lookout.Places` in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def look_up(self, account_id: int, ids: Sequence[str], folders: Collection[str]) -> Mapping[str, Whereabouts]:
        found: dict[str, Whereabouts] = {}
        with self._database.read() as session:
            for some in batches(ids):
                found |= _put_there(session, account_id, some, folders)
                found |= _in_journal(session, account_id, some)
                found |= _waiting(session, account_id, some)
        return found


def _put_there(
    session: Session, account_id: int, ids: Sequence[str], folders: Collection[str]
) -> dict[str, Whereabouts]:
    """What the person themselves put into one of the folders."""
    wanted = select(LabelActRow.message_id).where(
        LabelActRow.account_id == account_id,
        LabelActRow.message_id.in_(ids),
        LabelActRow.label_id.in_(folders),
        LabelActRow.is_added,
    )
    return dict.fromkeys(session.scalars(wanted), PUT_THERE)


def _in_journal(session: Session, account_id: int, ids: Sequence[str]) -> dict[str, Whereabouts]:
    wanted = select(ActionRow.message_id, ActionRow.state, ActionRow.code).where(
        ActionRow.account_id == account_id,
        ActionRow.message_id.in_(ids),
        ActionRow.in_force,
        ActionRow.undo_of.is_(None),
    )
    rows = session.execute(wanted).all()
    tries = _tries(session, account_id, [message_id for message_id, state, _ in rows if state == State.FAILED])
    return {message_id: _told(state, code, tries.get(message_id, 0)) for message_id, state, code in rows}


def _told(state: str, code: str, tries: int) -> Whereabouts:
    if state == State.SKIPPED or (state == State.FAILED and tries >= MOST_TRIES):
        return Whereabouts(Place.SKIPPED, code)
    return Whereabouts(Place.FAILED, code) if state == State.FAILED else HANDLED


def _tries(session: Session, account_id: int, ids: Sequence[str]) -> dict[str, int]:
    """How often each of these messages failed, in all runs."""
    if not ids:
        return {}
    wanted = (
        select(ActionRow.message_id, func.count())
        .where(ActionRow.account_id == account_id, ActionRow.message_id.in_(ids), ActionRow.state == State.FAILED)
        .group_by(ActionRow.message_id)
    )
    return dict(session.execute(wanted).all())


def _waiting(session: Session, account_id: int, ids: Sequence[str]) -> dict[str, Whereabouts]:
    """What a run that is not over, or a day of new mail, has still to read."""
    is_open = RunRow.state.in_(LIVE) | is_day()
    runs = select(RunRow.id).where(RunRow.account_id == account_id, is_open)
    wanted = select(ListingRow.message_id).where(
        ListingRow.run_id.in_(runs), ListingRow.message_id.in_(ids), ListingRow.state.in_((WAITING, GROUPED))
    )
    return dict.fromkeys(session.scalars(wanted), QUEUED)
