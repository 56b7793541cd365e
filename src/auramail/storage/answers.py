"""Answers of language models, kept for a while so that the same is not asked twice."""

from datetime import timedelta

from sqlalchemy import delete

from auramail.core.questions import Answer, Finish
from auramail.ports.world import Clock
from auramail.storage.engine import Database
from auramail.storage.model_tables import AnswerRow
from auramail.storage.runs import is_kept
from auramail.storage.upsert import insert_or_replace

KEPT = timedelta(days=30)


class SqlAnswers:
    """`ports.models.Answers`; an answer is forgotten with its account and after 30 days."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, key: str) -> Answer | None:
        with self._database.read() as session:
            row = session.get(AnswerRow, key)
        if row is None or row.at <= self._clock.now() - KEPT:
            return None
        return Answer(row.text, row.model, Finish(row.finish), call_id=row.call_id, is_cached=True)

    def put(self, key: str, account_id: int, answer: Answer) -> None:
        with self._database.write() as session:
            if not is_kept(session, account_id):
                return
            insert_or_replace(
                session,
                AnswerRow,
                ["key"],
                key=key,
                account_id=account_id,
                text=answer.text,
                model=answer.model,
                finish=answer.finish.value,
                call_id=answer.call_id,
                at=self._clock.now(),
            )

    def purge(self) -> int:
        """Forget what is too old to be given; how many answers."""
        old = delete(AnswerRow).where(AnswerRow.at <= self._clock.now() - KEPT).returning(AnswerRow.key)
        with self._database.write() as session:
            return len(session.scalars(old).all())
