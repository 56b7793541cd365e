"""The doctor names what is wrong and what to do about it."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from auramail.ops.doctor import Check, State, examine
from auramail.settings import Settings, read_settings
from tests.fakes.google_server import GoogleServer
from tests.house import settings_for


def settings(home: Path, **overrides: Any) -> Settings:
    values = {"auramail_home": home, "google_client_secrets_path": home / "client_secret.json", "_env_file": None}
    return read_settings(**(values | overrides))


def found(settings: Settings) -> dict[str, Check]:
    return {check.name: check for check in examine(settings)}


def test_a_fresh_installation_lacks_only_the_google_client(home: Path) -> None:
    checks = found(settings(home))

    assert {name for name, check in checks.items() if check.state is not State.GOOD} == {"google"}
    assert checks["google"].state is State.NOTE
    assert checks["google"].do is not None


def test_looking_changes_no_database(home: Path) -> None:
    assert "made when it is first needed" in found(settings(home))["database"].says.say()

    assert not (home / "auramail.db").exists()


def test_everything_is_well_with_a_database_and_a_client_file(home: Path, sqlite_url: str) -> None:
    assert sqlite_url
    with GoogleServer() as google:
        checks = found(settings_for(google, home))

    assert {check.state for check in checks.values()} == {State.GOOD}
    assert "0001" in checks["database"].says.say()


def test_a_home_that_cannot_be_written_is_named(home: Path) -> None:
    (home / "file").write_text("", encoding="utf-8")
    broken = home / "file" / "below"

    check = found(settings(home, auramail_home=broken))["home"]

    assert check.state is State.BAD
    assert "cannot be written" in check.says.say()
    assert check.do is not None


@pytest.mark.parametrize(
    ("name", "overrides", "says", "do"),
    [
        ("keys", {"auramail_keys": "nonsense"}, "AURAMAIL_KEYS", ""),
        ("database", {"database_url": "mysql://localhost/x"}, "not in mysql", "DATABASE_URL"),
        ("database", {"database_url": "sqlite:////nowhere/at/all.db"}, "no tables yet", "auramail db upgrade"),
        ("redis", {"redis_url": "unix:///nowhere/redis.sock"}, "Redis cannot be reached", "REDIS_URL"),
        ("web", {"host": "0.0.0.0"}, "not https", "FORCE_HTTPS"),  # noqa: S104  # what the doctor warns of
    ],
)
def test_each_failure_says_what_to_do(home: Path, name: str, overrides: dict[str, Any], says: str, do: str) -> None:
    check = found(settings(home, **overrides))[name]

    assert check.state is not State.GOOD
    assert says in check.says.say()
    assert check.do is not None
    assert do in check.do.say()


def test_a_damaged_database_is_named(home: Path) -> None:
    (home / "auramail.db").write_bytes(b"This was a database once. " * 100)

    check = found(settings(home))["database"]

    assert check.state is State.BAD
    assert "damaged" in check.says.say()
    assert check.do is not None


def test_a_database_of_a_newer_version_is_named(home: Path, sqlite_url: str) -> None:
    assert sqlite_url
    with sqlite3.connect(home / "auramail.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    assert "newer" in found(settings(home))["database"].says.say()


def test_a_client_file_for_desktops_is_refused_in_words(home: Path) -> None:
    (home / "client_secret.json").write_text(json.dumps({"installed": {"client_id": "x"}}), encoding="utf-8")

    check = found(settings(home))["google"]

    assert check.state is State.NOTE
    assert check.do is not None


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        ({}, "on this computer"),
        ({"gemini_api_key": "key", "gemini_model": "gemini-x"}, "gemini-x"),
        ({"openai_base_url": "http://127.0.0.1:1/v1", "openai_model": "small"}, "small"),
    ],
)
def test_who_is_asked_about_unsure_mail_is_told(home: Path, overrides: dict[str, Any], says: str) -> None:
    check = found(settings(home, **overrides))["model"]

    assert check.state is State.GOOD
    assert says in check.says.say()


def test_no_secret_is_shown(home: Path) -> None:
    secret = "canary-of-a-key"
    checks = examine(settings(home, gemini_api_key=secret, flask_secret_key=secret, openai_api_key=secret))

    assert secret not in "".join(check.says.say() + (check.do.say() if check.do else "") for check in checks)
