from dataclasses import replace

import pytest

from auramail.core.errors import NotFoundError
from auramail.core.users import Role, Theme
from auramail.storage.engine import Database
from auramail.storage.users import SqlUsers
from tests.fakes.clock import FakeClock


@pytest.fixture
def users(database: Database, clock: FakeClock) -> SqlUsers:
    return SqlUsers(database, clock)


def test_there_is_one_local_user(users: SqlUsers) -> None:
    user = users.local_user()

    assert users.local_user() == users.get(user.id) == user
    assert (user.google_sub, user.email, user.role) == (None, "", Role.ADMINISTRATOR)


def test_a_person_is_who_google_says_whatever_their_address(users: SqlUsers) -> None:
    ana = users.signed_in("sub-1", "ana@home.example", "Ana")

    renamed = users.signed_in("sub-1", "ana@new.example", "Ana Нова")

    assert renamed == replace(ana, email="ana@new.example", name="Ana Нова")
    assert users.get(ana.id) == renamed
    assert users.signed_in("sub-2", "ana@new.example", "Other").id != ana.id


def test_a_person_who_signs_in_is_not_the_local_user(users: SqlUsers) -> None:
    assert users.signed_in("sub-1", "", "").id != users.local_user().id


def test_preferences_outlive_the_next_sign_in(users: SqlUsers) -> None:
    ana = users.signed_in("sub-1", "ana@home.example", "Ana")

    users.save_preferences(ana.id, "uk", Theme.DARK)

    assert users.signed_in("sub-1", "ana@home.example", "Ana") == replace(ana, language="uk", theme=Theme.DARK)


def test_what_does_not_exist_is_not_found(users: SqlUsers) -> None:
    with pytest.raises(NotFoundError):
        users.get(999)
    with pytest.raises(NotFoundError):
        users.save_preferences(999, "uk", Theme.DARK)
