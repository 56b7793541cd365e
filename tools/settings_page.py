"""The pages about settings, written from the settings themselves."""

from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from auramail.settings import Settings

OWN_DEFAULTS: Final = {"auramail_home": "the platform's folder for user data"}
"""Defaults that differ from computer to computer."""

INTRODUCTION: Final = """# Settings

<!-- Written by tools/write_docs.py from src/auramail/settings/; change it there. -->

AuraMail needs no settings at all to run on one computer. Each setting is an environment variable, or a line of a file
named `.env` in the working folder; the environment wins. For any of them `NAME_FILE` may name a file that holds the
value, as container secrets are handed over. `auramail doctor` says which of them cannot be used and what to do.

| setting | default | what it does |
|---|---|---|
"""

ENV_INTRODUCTION: Final = """# Every setting of AuraMail with its default; uncomment in a copy named .env.
# Written by tools/write_docs.py from src/auramail/settings/; change it there.
"""


def settings_page() -> str:
    rows = [
        f"| `{name.upper()}` | {OWN_DEFAULTS.get(name) or _code(_default(name, field))} | {_cell(field)} |"
        for name, field in Settings.model_fields.items()
    ]
    return INTRODUCTION + "\n".join(rows) + "\n"


def env_example() -> str:
    parts = [
        f"\n# {field.description}\n# {name.upper()}={_default(name, field)}"
        for name, field in Settings.model_fields.items()
    ]
    return ENV_INTRODUCTION + "\n".join(parts) + "\n"


def _default(name: str, field: FieldInfo) -> str:
    if name in OWN_DEFAULTS:
        return ""
    return "" if field.default is PydanticUndefined else _text(field.default)


def _text(value: Any) -> str:
    """A default as a person would write it into `.env`."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, dict):
        return ",".join(f"{key}={each}" for key, each in value.items())
    return str(value) if not isinstance(value, Path) else value.as_posix()


def _code(text: str) -> str:
    return f"`{text}`" if text else "empty"


def _cell(field: FieldInfo) -> str:
    return (field.description or "").replace("|", "\\|")
