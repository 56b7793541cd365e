"""What Google gave for an account, sealed; nothing else in the database is worth stealing as much."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete

from auramail.ports.world import Clock, Vault
from auramail.storage.engine import Database
from auramail.storage.tables import CredentialRow
from auramail.storage.upsert import insert_or_replace
from auramail.storage.vault import key_of


@dataclass(frozen=True, slots=True)
class Credential:
    """The secret (whatever bytes the mailbox's room makes of it) and the scopes the person granted."""

    secret: bytes
    scopes: frozenset[str]


class SqlCredentials:
    def __init__(self, database: Database, clock: Clock, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault

    def save(self, account_id: int, secret: bytes, scopes: Collection[str]) -> None:
        sealed = self._vault.seal(secret, _purpose(account_id))
        with self._database.write() as session:
            insert_or_replace(
                session,
                CredentialRow,
                ["account_id"],
                account_id=account_id,
                sealed=sealed,
                key_id=key_of(sealed),
                scopes=sorted(scopes),
                updated=self._clock.now(),
            )

    def load(self, account_id: int) -> Credential | None:
        """None if there is none; raises GiveUpError if it cannot be trusted."""
        with self._database.read() as session:
            row = session.get(CredentialRow, account_id)
        if row is None:
            return None
        return Credential(self._vault.open(row.sealed, _purpose(account_id)), frozenset(row.scopes))

    def erase(self, account_id: int) -> None:
        with self._database.write() as session:
            session.execute(delete(CredentialRow).where(CredentialRow.account_id == account_id))


def _purpose(account_id: int) -> str:
    return f"google|{account_id}"
