"""Reads `letters.toml`: invented letters, dangerous and calm, by what they are about."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auramail.core.accounts import Person
from auramail.core.messages import Attachment, Message
from tests.builders import a_message, gmail_says

ANA = Person(
    addresses=frozenset({"ana@example.com"}),
    correspondents={
        "petro.melnyk@firm.example": 4,
        "accounts@northwind.example": 3,
        "accounts@partner.example": 5,
    },
)


def letters(table: str) -> dict[str, Message]:
    """The letters of a table (`phishing`, `calm`) by name."""
    text = Path(__file__).with_name("letters.toml").read_text(encoding="utf-8")
    return {name: _message(letter) for name, letter in tomllib.loads(text)[table].items()}


def _message(letter: Mapping[str, Any]) -> Message:
    fields = dict(letter)
    attachments = tuple(Attachment(name, kind, 40_000) for name, kind in fields.pop("attachments", {}).items())
    headers = dict(fields.pop("headers", {}))
    verdict = fields.pop("gmail_says", None)
    if verdict:
        domain = fields["sender"].rpartition("@")[2].rstrip(">")
        headers["authentication-results"] = gmail_says(verdict, domain)
    return a_message(headers=headers, attachments=attachments, **fields)
