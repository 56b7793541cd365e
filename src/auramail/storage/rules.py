"""The person's rules, in the order they are asked."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.errors import NotFoundError
from auramail.core.rules import Condition, Rule
from auramail.core.wording import Wording
from auramail.storage.engine import Database
from auramail.storage.rows import condition_from_json, condition_to_json
from auramail.storage.runs import lock_account
from auramail.storage.tables import RuleRow


class SqlRules:
    """Positions count from 0 without gaps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_account(self, account_id: int) -> list[Rule]:
        with self._database.read() as session:
            return [_rule(row) for row in _in_order(session, account_id)]

    def add(
        self,
        account_id: int,
        condition: Condition,
        category: Category | None = None,
        action: Action | None = None,
        *,
        label: str = "",
        said: str = "",
    ) -> Rule:
        """Add a rule that is asked after all others; `said` is the sentence it was made from."""
        with self._database.write() as session:
            lock_account(session, account_id)
            count = session.scalar(select(func.count()).where(RuleRow.account_id == account_id))
            row = RuleRow(
                account_id=account_id,
                position=count,
                condition=condition_to_json(condition),
                category=category or "",
                action=action,
                enabled=True,
                label=label,
                said=said,
            )
            session.add(row)
            session.flush()
            return _rule(row)

    def turn(self, account_id: int, rule_id: int, *, is_on: bool) -> Rule:
        """Have a rule asked, or not, keeping its place. Raises NotFoundError."""
        with self._database.write() as session:
            lock_account(session, account_id)
            row = next((row for row in _in_order(session, account_id) if row.id == rule_id), None)
            if row is None:
                raise _no_such_rule()
            row.enabled = is_on
            return _rule(row)

    def remove(self, account_id: int, rule_id: int) -> None:
        """Raises NotFoundError."""
        with self._database.write() as session:
            lock_account(session, account_id)
            rows = _in_order(session, account_id)
            kept = [row for row in rows if row.id != rule_id]
            if len(kept) == len(rows):
                raise _no_such_rule()
            session.execute(delete(RuleRow).where(RuleRow.id == rule_id))
            _number(kept)


def _in_order(session: Session, account_id: int) -> Sequence[RuleRow]:
    wanted = select(RuleRow).where(RuleRow.account_id == account_id).order_by(RuleRow.position, RuleRow.id)
    return session.scalars(wanted).all()


def _number(rows: Sequence[RuleRow]) -> None:
    for position, row in enumerate(rows):
        row.position = position


def _no_such_rule() -> NotFoundError:
    return NotFoundError(Wording.of("There is no such rule."))


def _rule(row: RuleRow) -> Rule:
    return Rule(
        id=row.id,
        account_id=row.account_id,
        position=row.position,
        condition=condition_from_json(row.condition),
        category=Category(row.category) if row.category else None,
        action=Action(row.action) if row.action else None,
        enabled=row.enabled,
        label=row.label,
        said=row.said,
    )
