"""The record of acts that matter: sign-ins, connections, exports, undos."""

from collections.abc import Mapping

from sqlalchemy import select

from auramail.core.audit import AuditLine
from auramail.ports.world import Clock
from auramail.storage.engine import Database
from auramail.storage.tables import AuditRow


class SqlAudit:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def write(
        self, act: str, user_id: int | None, account_id: int | None = None, detail: Mapping[str, object] | None = None
    ) -> None:
        with self._database.write() as session:
            session.add(
                AuditRow(
                    at=self._clock.now(), user_id=user_id, account_id=account_id, act=act, detail=dict(detail or {})
                )
            )

    def of_user(self, user_id: int, limit: int = 50, before_id: int | None = None) -> list[AuditLine]:
        """The user's acts, newest first; the next page is asked for by the last id of this one."""
        wanted = select(AuditRow).where(AuditRow.user_id == user_id).order_by(AuditRow.id.desc()).limit(limit)
        if before_id is not None:
            wanted = wanted.where(AuditRow.id < before_id)
        with self._database.read() as session:
            return [
                AuditLine(row.id, row.at, row.act, row.user_id, row.account_id, row.detail)
                for row in session.scalars(wanted)
            ]
