"""What runs have listed, kept on disk until they end."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from auramail.core.listings import Listed, Page, Tally
from auramail.storage.batches import batches
from auramail.storage.engine import Database
from auramail.storage.tables import RunRow
from auramail.storage.watch_tables import ListingRow

WAITING = "waiting"
GROUPED = "grouped"
DONE = "done"
SKIPPED = "skipped"


class SqlListings:
    """`ports.Listings` in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, run_id: int, page: Page, skipped: Mapping[str, str]) -> list[str]:
        with self._database.write() as session:
            account_id = session.scalars(select(RunRow.account_id).where(RunRow.id == run_id)).one()
            session.execute(update(RunRow).where(RunRow.id == run_id).values(next_page=page.next))
            return add_listed(session, run_id, account_id, page.messages, skipped)

    def waiting(self, run_id: int, most: int) -> list[Listed]:
        wanted = (
            select(ListingRow.message_id, ListingRow.thread_id, ListingRow.is_large)
            .where(ListingRow.run_id == run_id, ListingRow.state == WAITING)
            .order_by(ListingRow.position)
            .limit(most)
        )
        with self._database.read() as session:
            return [Listed(*row) for row in session.execute(wanted)]

    def settle(self, run_id: int, ids: Sequence[str], code: str) -> int:
        with self._database.write() as session:
            return _take_off(session, run_id, ids, SKIPPED, code)

    def leave(self, run_id: int, code: str) -> int:
        with self._database.write() as session:
            rest = (
                update(ListingRow)
                .where(ListingRow.run_id == run_id, ListingRow.state.in_((WAITING, GROUPED)))
                .values(state=SKIPPED, code=code)
                .returning(ListingRow.message_id)
            )
            return len(session.scalars(rest).all())

    def tally(self, run_id: int) -> Tally:
        wanted = (
            select(ListingRow.state, ListingRow.code, func.count())
            .where(ListingRow.run_id == run_id)
            .group_by(ListingRow.state, ListingRow.code)
        )
        with self._database.read() as session:
            counts = [(state, code, count) for state, code, count in session.execute(wanted)]
            following = session.scalar(select(RunRow.next_page).where(RunRow.id == run_id))
        return Tally(
            listed=sum(count for _, _, count in counts),
            waiting=sum(count for state, _, count in counts if state in {WAITING, GROUPED}),
            skipped={code: count for state, code, count in counts if state == SKIPPED},
            next=following,
        )


def add_listed(
    session: Session, run_id: int, account_id: int, messages: Sequence[Listed], skipped: Mapping[str, str]
) -> list[str]:
    """Put ids at the end of a run's listing unless they are on it; gives those that are new there."""
    there: set[str] = set()
    for some in batches(message.id for message in messages):
        there |= set(
            session.scalars(
                select(ListingRow.message_id).where(ListingRow.run_id == run_id, ListingRow.message_id.in_(some))
            )
        )
    fresh = list({message.id: message for message in messages if message.id not in there}.values())
    last = session.scalar(select(func.max(ListingRow.position)).where(ListingRow.run_id == run_id)) or 0
    if fresh:
        session.execute(
            insert(ListingRow),
            [
                {
                    "run_id": run_id,
                    "account_id": account_id,
                    "message_id": message.id,
                    "position": last + number,
                    "thread_id": message.thread_id,
                    "is_large": message.is_large,
                    "state": SKIPPED if message.id in skipped else WAITING,
                    "code": skipped.get(message.id, ""),
                }
                for number, message in enumerate(fresh, 1)
            ],
        )
    return [message.id for message in fresh]


def mark_recorded(session: Session, run_id: int, ids: Sequence[str]) -> None:
    """Take what the journal has recorded off its run's listing, in the journal's own transaction."""
    _take_off(session, run_id, ids, DONE, "")


def _take_off(session: Session, run_id: int, ids: Sequence[str], state: str, code: str) -> int:
    count = 0
    for some in batches(ids):
        change = (
            update(ListingRow)
            .where(
                ListingRow.run_id == run_id,
                ListingRow.message_id.in_(some),
                ListingRow.state.in_((WAITING, GROUPED)),
            )
            .values(state=state, code=code)
            .returning(ListingRow.message_id)
        )
        count += len(session.scalars(change).all())
    return count
