"""What users and accounts prefer, as JSON by key."""

from typing import Any

from sqlalchemy import delete, select

from auramail.core.policy import Autonomy, Policy
from auramail.core.runs import SortChoice
from auramail.storage.engine import Database
from auramail.storage.rows import policy_from_json, policy_to_json
from auramail.storage.tables import SettingRow
from auramail.storage.upsert import insert_or_replace

POLICY = "policy"
SORT = "sort"
SURVEY = "survey"


class SqlPreferences:
    """Values are whatever JSON can hold; None is the same as nothing saved."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_user(self, user_id: int, key: str) -> Any:
        with self._database.read() as session:
            return session.scalar(select(SettingRow.value).where(SettingRow.user_id == user_id, SettingRow.key == key))

    def of_account(self, account_id: int, key: str) -> Any:
        with self._database.read() as session:
            return session.scalar(
                select(SettingRow.value).where(SettingRow.account_id == account_id, SettingRow.key == key)
            )

    def save_for_user(self, user_id: int, key: str, value: Any) -> None:
        self._save("user_id", user_id, key, value)

    def save_for_account(self, account_id: int, key: str, value: Any) -> None:
        self._save("account_id", account_id, key, value)

    def policy(self, account_id: int, default_prefix: str) -> Policy:
        """What the account's person wants done; the usual policy, with the operator's prefix, if they never said."""
        saved = self.of_account(account_id, POLICY)
        return Policy(label_prefix=default_prefix) if saved is None else policy_from_json(saved)

    def save_policy(self, account_id: int, policy: Policy) -> None:
        """Keep it; how far an earlier sort went alone is forgotten, for the policy is the newer word on that."""
        self.save_for_account(account_id, POLICY, policy_to_json(policy))
        self.save_for_account(account_id, SORT, None)

    def may_survey(self, account_id: int) -> bool:
        """Whether the person said yes to filing mail unread."""
        return self.of_account(account_id, SURVEY) is True

    def allow_survey(self, account_id: int, *, wanted: bool) -> None:
        self.save_for_account(account_id, SURVEY, wanted)

    def last_sort(self, user_id: int, account_id: int) -> SortChoice:
        """What the person chose last: folders and limit for any account of theirs, autonomy for this very one."""
        chosen, autonomy = self.of_user(user_id, SORT) or {}, self.of_account(account_id, SORT)
        return SortChoice(
            folders=tuple(chosen.get("folders", ())),
            limit=chosen.get("limit"),
            autonomy=Autonomy(autonomy) if autonomy else None,
        )

    def remember_sort(self, user_id: int, account_id: int, choice: SortChoice) -> None:
        self.save_for_user(user_id, SORT, {"folders": list(choice.folders), "limit": choice.limit})
        self.save_for_account(account_id, SORT, choice.autonomy.value if choice.autonomy else None)

    def _save(self, owner: str, owner_id: int, key: str, value: Any) -> None:
        with self._database.write() as session:
            if value is None:
                mine = getattr(SettingRow, owner) == owner_id
                session.execute(delete(SettingRow).where(mine, SettingRow.key == key))
            else:
                insert_or_replace(session, SettingRow, [owner, "key"], **{owner: owner_id}, key=key, value=value)
