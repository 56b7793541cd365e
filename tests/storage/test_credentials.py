import pytest
from sqlalchemy import select, update

from auramail.core.errors import GiveUpError
from auramail.storage.credentials import Credential, SqlCredentials
from auramail.storage.engine import Database
from auramail.storage.tables import CredentialRow
from auramail.storage.vault import AESVault
from tests.fakes.clock import FakeClock
from tests.storage.builders import an_account

KEY = ("key", bytes(range(32)))
SECRET = b'{"refresh_token": "1//canary"}'
SCOPES = {"openid", "https://www.googleapis.com/auth/gmail.modify"}


@pytest.fixture
def account_id(database: Database, clock: FakeClock) -> int:
    return an_account(database, clock).id


@pytest.fixture
def credentials(database: Database, clock: FakeClock) -> SqlCredentials:
    return SqlCredentials(database, clock, AESVault([KEY]))


def test_a_credential_is_kept_and_replaced_and_erased(credentials: SqlCredentials, account_id: int) -> None:
    assert credentials.load(account_id) is None

    credentials.save(account_id, b"first", [])
    credentials.save(account_id, SECRET, SCOPES)
    assert credentials.load(account_id) == Credential(SECRET, frozenset(SCOPES))

    credentials.erase(account_id)
    assert credentials.load(account_id) is None


def test_the_database_holds_no_secret(credentials: SqlCredentials, account_id: int, database: Database) -> None:
    credentials.save(account_id, SECRET, SCOPES)

    with database.read() as session:
        row = session.get_one(CredentialRow, account_id)

    assert b"canary" not in row.sealed


def test_a_credential_copied_to_another_account_is_refused(
    credentials: SqlCredentials, account_id: int, database: Database, clock: FakeClock
) -> None:
    thief = an_account(database, clock, "/mail/cleo.mbox").id
    credentials.save(account_id, SECRET, SCOPES)
    credentials.save(thief, b"worthless", SCOPES)
    stolen = select(CredentialRow.sealed).where(CredentialRow.account_id == account_id).scalar_subquery()
    with database.write() as session:
        session.execute(update(CredentialRow).where(CredentialRow.account_id == thief).values(sealed=stolen))

    with pytest.raises(GiveUpError):
        credentials.load(thief)
