"""The connected mailboxes and who their person writes to."""

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from auramail.core.accounts import Account, Person, SourceKind
from auramail.core.errors import NotFoundError
from auramail.core.wording import Wording
from auramail.ports.world import Clock
from auramail.storage.batches import batches
from auramail.storage.engine import Database
from auramail.storage.rows import wording_from_json, wording_to_json
from auramail.storage.runs import lock_account
from auramail.storage.tables import AccountRow, CorrespondentRow
from auramail.storage.upsert import insert_or_leave


class SqlAccounts:
    """`ports.Accounts` in the database, and how accounts come and go."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def open_local(self, user_id: int, kind: SourceKind, path: str, address: str, zone: str) -> Account:
        """The user's account for a file, a folder or the sample mailbox, made when first opened."""
        return self._found_or_made(user_id, kind, address, path, zone)

    def connect_gmail(self, user_id: int, address: str, zone: str) -> Account:
        """The user's account for a Gmail address, made when first connected."""
        return self._found_or_made(user_id, SourceKind.GMAIL, address.lower(), "", zone)

    def get(self, account_id: int) -> Account:
        with self._database.read() as session:
            return _account(_row(session, account_id))

    def of_user(self, user_id: int) -> list[Account]:
        with self._database.read() as session:
            rows = session.scalars(select(AccountRow).where(AccountRow.user_id == user_id).order_by(AccountRow.id))
            return [_account(row) for row in rows]

    def all(self) -> list[Account]:
        with self._database.read() as session:
            return [_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.id))]

    def remove(self, account_id: int) -> None:
        """Forget the account and everything that belongs to it; the mailbox itself is not touched."""
        with self._database.write() as session:
            session.execute(delete(AccountRow).where(AccountRow.id == account_id))

    def pause(self, account_id: int, why: Wording | None) -> None:
        with self._database.write() as session:
            _row(session, account_id).paused = wording_to_json(why)

    def person(self, account_id: int) -> Person | None:
        with self._database.read() as session:
            account = _row(session, account_id)
            if account.addresses is None:
                return None
            wrote_to = select(CorrespondentRow.address, CorrespondentRow.count).where(
                CorrespondentRow.account_id == account_id
            )
            return Person(
                frozenset(account.addresses),
                dict(session.execute(wrote_to).all()),
                account.zone,
            )

    def remember_person(self, account_id: int, person: Person) -> None:
        with self._database.write() as session:
            lock_account(session, account_id)
            _row(session, account_id).addresses = sorted(person.addresses)
            session.execute(delete(CorrespondentRow).where(CorrespondentRow.account_id == account_id))
            for some in batches(person.correspondents.items()):
                session.execute(
                    insert(CorrespondentRow),
                    [{"account_id": account_id, "address": address, "count": count} for address, count in some],
                )

    def _found_or_made(self, user_id: int, kind: SourceKind, address: str, path: str, zone: str) -> Account:
        wanted = select(AccountRow).where(
            AccountRow.user_id == user_id,
            AccountRow.kind == kind,
            AccountRow.address == address,
            AccountRow.path == path,
        )
        with self._database.read() as session:
            row = session.scalar(wanted)
            if row is not None:
                return _account(row)
        with self._database.write() as session:
            insert_or_leave(
                session,
                AccountRow,
                user_id=user_id,
                kind=kind,
                address=address,
                path=path,
                zone=zone,
                created=self._clock.now(),
            )
            return _account(session.scalars(wanted).one())


def _row(session: Session, account_id: int) -> AccountRow:
    row = session.get(AccountRow, account_id)
    if row is None:
        raise NotFoundError(Wording.of("There is no such account."))
    return row


def _account(row: AccountRow) -> Account:
    return Account(
        id=row.id,
        user_id=row.user_id,
        kind=SourceKind(row.kind),
        address=row.address,
        path=row.path,
        paused=wording_from_json(row.paused),
        zone=row.zone,
    )
