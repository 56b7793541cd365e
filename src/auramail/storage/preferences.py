"""What users and accounts prefer, as JSON by key."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from auramail.core.policy import Autonomy, Policy
from auramail.core.privacy import CloudTerms
from auramail.core.runs import SortChoice
from auramail.storage.engine import Database
from auramail.storage.privacy import terms_from_json, terms_to_json
from auramail.storage.rows import policy_from_json, policy_to_json
from auramail.storage.runs import lock_account
from auramail.storage.tables import SettingRow
from auramail.storage.upsert import insert_or_replace

CLOUD = "cloud"
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
            return session.scalar(_of_account(account_id, key))

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

    def cloud(self, account_id: int) -> CloudTerms:
        """What a model in the cloud may see of the account's mail; nothing, until its person consented."""
        saved = self.of_account(account_id, CLOUD)
        return CloudTerms() if saved is None else terms_from_json(saved)

    def save_cloud(self, account_id: int, terms: CloudTerms) -> None:
        self.save_for_account(account_id, CLOUD, terms_to_json(terms))

    def change_cloud(self, account_id: int, change: Callable[[CloudTerms], CloudTerms]) -> bool:
        """Change what is saved, one change after the other; whether it made a difference. Raises NotFoundError."""
        with self._database.write() as session:
            lock_account(session, account_id)
            saved = session.scalar(_of_account(account_id, CLOUD))
            before = CloudTerms() if saved is None else terms_from_json(saved)
            after = change(before)
            if after != before:
                _replace(session, "account_id", account_id, CLOUD, terms_to_json(after))
            return after != before

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
                _replace(session, owner, owner_id, key, value)


def _of_account(account_id: int, key: str) -> Select[tuple[Any]]:
    return select(SettingRow.value).where(SettingRow.account_id == account_id, SettingRow.key == key)


def _replace(session: Session, owner: str, owner_id: int, key: str, value: Any) -> None:
    insert_or_replace(session, SettingRow, [owner, "key"], **{owner: owner_id}, key=key, value=value)
