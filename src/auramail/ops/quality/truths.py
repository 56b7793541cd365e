"""Truths: what a person says about a message; what they leave out is not measured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from auramail.core.decisions import Category, Kind, Money
from auramail.core.messages import Source

Named = date | Money | str | None
"""What a message names, or None where it names nothing of the sort."""
ENTITIES: Final = ("due_date", "amount", "company_name", "location")


@dataclass(frozen=True, slots=True)
class Truth:
    """What a person says; None is not measured, nor is an entity that `entities` does not hold.

    `source` is where the mail comes from, in any words; `language` an ISO 639-1 code. Both may be empty.
    """

    kind: Kind | None = None
    category: Category | None = None
    is_dangerous: bool | None = None
    expects_reply: bool | None = None
    entities: Mapping[str, Named] = field(default_factory=dict)
    language: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message with the truth about it; `name` tells it from the others."""

    name: str
    source: Source
    truth: Truth
