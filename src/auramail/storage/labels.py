"""The labels each mailbox is known to have, so that pages can name them without asking the mailbox."""

from collections.abc import Iterable

from sqlalchemy import select

from auramail.core.labels import Label
from auramail.storage.engine import Database
from auramail.storage.runs import lock_account
from auramail.storage.tables import LabelRow
from auramail.storage.upsert import insert_or_replace


class SqlLabels:
    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self, account_id: int) -> dict[str, str]:
        """Label id → the name the person sees."""
        with self._database.read() as session:
            known = select(LabelRow.label_id, LabelRow.name).where(LabelRow.account_id == account_id)
            return dict(session.execute(known).all())

    def remember(self, account_id: int, labels: Iterable[Label]) -> None:
        """Keep these names; labels not among them stay known, because the history may still speak of them."""
        with self._database.write() as session:
            lock_account(session, account_id)
            for label in labels:
                insert_or_replace(
                    session,
                    LabelRow,
                    ["account_id", "label_id"],
                    account_id=account_id,
                    label_id=label.id,
                    name=label.name,
                )
