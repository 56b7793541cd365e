from dataclasses import replace

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.errors import NotFoundError
from auramail.core.policy import Autonomy, Policy
from auramail.core.privacy import CloudTerms, Consent, Tier
from auramail.storage.engine import Database
from auramail.storage.preferences import SqlPreferences
from auramail.storage.tables import SettingRow
from auramail.storage.users import SqlUsers
from tests.fakes.clock import NOON, FakeClock
from tests.storage.builders import an_account
from tests.storage.racing import at_once


@pytest.fixture
def preferences(database: Database) -> SqlPreferences:
    return SqlPreferences(database)


@pytest.fixture
def account_id(database: Database, clock: FakeClock) -> int:
    return an_account(database, clock).id


@pytest.fixture
def user_id(database: Database, clock: FakeClock) -> int:
    return SqlUsers(database, clock).local_user().id


def test_users_and_accounts_prefer_independently(preferences: SqlPreferences, user_id: int, account_id: int) -> None:
    preferences.save_for_user(user_id, "limit", 500)
    preferences.save_for_account(account_id, "limit", {"папка": ["INBOX"], "n": 1.5})

    assert preferences.of_user(user_id, "limit") == 500
    assert preferences.of_account(account_id, "limit") == {"папка": ["INBOX"], "n": 1.5}


@pytest.mark.parametrize("value", [False, 0, "", []])
def test_a_preference_is_replaced_and_forgotten(preferences: SqlPreferences, user_id: int, value: object) -> None:
    preferences.save_for_user(user_id, "limit", 500)

    preferences.save_for_user(user_id, "limit", value)
    assert preferences.of_user(user_id, "limit") == value

    preferences.save_for_user(user_id, "limit", None)
    assert preferences.of_user(user_id, "limit") is None


def test_a_preference_belongs_to_somebody(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(insert(SettingRow).values(key="limit", value=1))


class TestPolicy:
    def test_it_is_the_usual_one_until_the_person_says_otherwise(
        self, preferences: SqlPreferences, account_id: int
    ) -> None:
        assert preferences.policy(account_id, "AuraMail/") == Policy(label_prefix="AuraMail/")

    def test_what_the_person_wants_outlives_the_operators_prefix(
        self, preferences: SqlPreferences, account_id: int
    ) -> None:
        wanted = Policy({Category.DELETE: Action.DELETE}, Autonomy.SUGGEST, 0.8, may_trash=True, label_prefix="Ana/")

        preferences.save_policy(account_id, wanted)

        assert preferences.policy(account_id, "AI_") == wanted


def test_changes_of_the_terms_for_the_cloud_at_the_same_moment_are_all_kept(
    preferences: SqlPreferences, account_id: int
) -> None:
    def forbid(racer: int) -> bool:
        return preferences.change_cloud(
            account_id, lambda terms: replace(terms, senders=terms.senders | {f"@shop{racer}.example"})
        )

    assert at_once(6, forbid) == [True] * 6
    assert preferences.cloud(account_id).senders == {f"@shop{racer}.example" for racer in range(6)}


def test_terms_for_the_cloud_are_those_of_one_account(
    preferences: SqlPreferences, account_id: int, user_id: int, database: Database, clock: FakeClock
) -> None:
    consent = Consent(user_id, NOON, Tier.FREE, "gemini-3.5-flash-lite")
    wanted = CloudTerms(False, consent, frozenset({"a@b.example", "@c.example"}), frozenset({"Label_7"}))

    preferences.save_cloud(account_id, wanted)

    assert preferences.cloud(account_id) == wanted
    assert preferences.cloud(an_account(database, clock, "/mail/cleo.mbox").id) == CloudTerms()


def test_terms_of_an_account_that_is_gone_cannot_be_changed(preferences: SqlPreferences, account_id: int) -> None:
    with pytest.raises(NotFoundError):
        preferences.change_cloud(account_id + 1, lambda terms: terms)
