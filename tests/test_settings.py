"""Settings: every problem at once, in words; secrets from files; and who may come in without signing in."""

from pathlib import Path

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.settings import read_settings, reader_language


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "99999")
    monkeypatch.setenv("TIMEZONE", "Mars/Olympus")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///fine.db")

    with pytest.raises(NeedsPersonError) as problem:
        read_settings(_env_file=None)

    said = str(problem.value)
    assert "PORT" in said
    assert "TIMEZONE" in said
    assert "DATABASE_URL" not in said
    assert "\n" not in said


def test_wrong_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GMAIL_UNIT_COSTS", "messages.get=canary-7311")

    with pytest.raises(NeedsPersonError) as problem:
        read_settings(_env_file=None)

    assert "canary-7311" not in str(problem.value)


def test_secret_is_read_from_the_file_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("from-a-file\n", encoding="utf-8")
    monkeypatch.setenv("FLASK_SECRET_KEY_FILE", str(secret))

    settings = read_settings(_env_file=None)

    assert settings.flask_secret_key.get_secret_value() == "from-a-file"
    assert "from-a-file" not in repr(settings)


def test_missing_secret_file_is_one_line_with_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GEMINI_API_KEY_FILE", str(tmp_path / "none"))

    with pytest.raises(NeedsPersonError, match="GEMINI_API_KEY_FILE"):
        read_settings(_env_file=None)


def test_the_environment_outranks_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=5001\nLABEL_PREFIX=Aura/\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "5002")

    settings = read_settings(_env_file=tmp_path / ".env")

    assert (settings.port, settings.label_prefix) == (5002, "Aura/")


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_EMAILS", "ana@example.com, @family.example")
    monkeypatch.setenv("GMAIL_UNIT_COSTS", "messages.get=5, messages.list=1")

    settings = read_settings(_env_file=None)

    assert settings.allowed_emails == ("ana@example.com", "@family.example")
    assert settings.gmail_unit_costs == {"messages.get": 5, "messages.list": 1}


@pytest.mark.parametrize(
    ("costs", "said"),
    [("message.get=5", "'message.get' is none of the methods"), ("messages.get=-5", "the cost of messages.get")],
)
def test_a_cost_that_cannot_be_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, costs: str, said: str) -> None:
    monkeypatch.setenv("GMAIL_UNIT_COSTS", costs)

    with pytest.raises(NeedsPersonError) as problem:
        read_settings(_env_file=None)

    assert "GMAIL_UNIT_COSTS" in str(problem.value)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("wanted", "trusted"),
    [
        ({}, True),
        ({"base_uri": "http://localhost:5000"}, True),
        ({"host": "0.0.0.0"}, False),  # noqa: S104  # that is the point
        ({"base_uri": "https://mail.example.com"}, False),
        ({"trusted_proxies": 1}, False),
        ({"environment": "production"}, False),
    ],
)
def test_only_a_server_nobody_else_reaches_is_open_without_signing_in(wanted: dict[str, object], trusted: bool) -> None:
    assert read_settings(_env_file=None, **wanted).is_on_this_computer is trusted


@pytest.mark.parametrize(
    ("environment", "language"),
    [({"LANG": "uk_UA.UTF-8"}, "uk"), ({"LANG": "en_GB"}, "en"), ({"LC_ALL": "uk", "LANG": "en_US"}, "uk"), ({}, "en")],
)
def test_the_terminal_speaks_the_language_of_its_environment(environment: dict[str, str], language: str) -> None:
    assert reader_language(environment) == language
