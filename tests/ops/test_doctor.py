"""The doctor names what is wrong and what to do about it."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from auramail.core.quota import QuotaStanding
from auramail.ops.doctor import Check, State, examine, judge_quota
from auramail.settings import Settings, read_settings
from auramail.storage import revision
from auramail.wiring.house import open_house
from tests.fakes.google_server import GoogleServer
from tests.fakes.model_server import ModelServer
from tests.house import ANA, connect_gmail, settings_for


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
    assert revision.head() in checks["database"].says.say()


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
        ({}, "everything is decided on this computer"),
        ({"gemini_api_key": "key", "cloud": "off"}, "CLOUD=off"),
    ],
)
def test_where_no_model_is_asked_the_doctor_asks_nobody(home: Path, overrides: dict[str, Any], says: str) -> None:
    check = found(settings(home, **overrides))["model"]

    assert check.state is State.GOOD
    assert says in check.says.say()


@pytest.mark.parametrize(
    ("is_cloud", "says"), [("auto", "llama3.2 answers, on this computer"), ("yes", "llama3.2 answers, in the cloud")]
)
def test_who_is_asked_about_unsure_mail_is_told_once_it_answers(home: Path, is_cloud: str, says: str) -> None:
    with ModelServer() as server:
        told = {"openai_base_url": server.openai_url, "openai_api_key": server.key, "openai_model": "llama3.2"}
        check = found(settings(home, openai_is_cloud=is_cloud, **told))["model"]

    assert check.state is State.GOOD
    assert says in check.says.say()
    assert server.questions == []


@pytest.mark.parametrize(
    ("overrides", "do"),
    [
        ({"openai_api_key": "wrong"}, "OPENAI_API_KEY"),
        ({"openai_model": "nothing"}, "OPENAI_MODEL"),
        ({"openai_base_url": "http://127.0.0.1:9/v1"}, "OPENAI_BASE_URL"),
        ({"openai_base_url": "nonsense"}, "http://127.0.0.1:11434/v1"),
    ],
)
def test_a_model_that_does_not_answer_is_noted_with_the_setting_to_mend(
    home: Path, overrides: dict[str, Any], do: str
) -> None:
    with ModelServer() as server:
        told = {"openai_base_url": server.openai_url, "openai_api_key": server.key, "openai_model": "llama3.2"}
        check = found(settings(home, **told | overrides))["model"]

    assert check.state is State.NOTE
    assert check.do is not None
    assert do in check.do.say()


def test_accounts_that_were_used_show_how_their_quota_stands(home: Path, sqlite_url: str, redis_url: str) -> None:
    assert sqlite_url
    with GoogleServer() as google:
        google.add_user(ANA)
        wanted = settings_for(google, home, redis_url=redis_url)
        with open_house(wanted) as house:
            account = connect_gmail(google, house)
            assert "quota" not in found(wanted)
            house.bucket(account).take(20)
            check = found(wanted)["quota"]

    assert check.state is State.GOOD
    assert check.says.say() == f"{ANA}: 10000000 of 10000000 units a minute, never refused"


def test_a_table_that_google_does_not_go_by_is_told_with_the_settings_to_change() -> None:
    refused = QuotaStanding(7500, 15_000, 0, named=6000, refusals=2, spent_when_refused=1500)

    check = judge_quota(ANA, refused, 5)

    assert check.state is State.NOTE
    assert "6000 units a minute" in check.says.say()
    assert check.do is not None
    assert "GMAIL_UNITS_PER_MINUTE=6000 and GMAIL_UNIT_COSTS=messages.get=20" in check.do.say()


def test_refusals_by_the_table_that_is_set_ask_for_nothing() -> None:
    check = judge_quota(ANA, QuotaStanding(3000, 6000, 0, refusals=2, spent_when_refused=6000), 20)

    assert (check.state, check.do) == (State.GOOD, None)
    assert "3000 of 6000 units a minute; refusals by Google: 2" in check.says.say()


def test_no_secret_is_shown(home: Path) -> None:
    secret = "canary-of-a-key"
    checks = examine(settings(home, gemini_api_key=secret, flask_secret_key=secret, openai_api_key=secret))

    assert secret not in "".join(check.says.say() + (check.do.say() if check.do else "") for check in checks)
