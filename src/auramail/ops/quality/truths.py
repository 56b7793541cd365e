"""Truths: what a person says about a message; what they leave out is not measured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final, TypeVar

from auramail.core.decisions import Category, Judge, Kind, Money
from auramail.core.findings import Danger
from auramail.core.messages import Source

Named = date | Money | str | None
"""What a message names, or None where it names nothing of the sort."""
ENTITIES: Final = ("due_date", "amount", "company_name", "location")
Choice = TypeVar("Choice", bound=StrEnum)


class WrongValueError(ValueError):
    """A field of a label holds what it cannot hold."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__(f"{name}: {value}")
        self.name = name
        self.value = value


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

    @property
    def is_genuine(self) -> bool:
        """Whether the guards must leave it alone; spam is neither genuine nor, by itself, dangerous."""
        return self.is_dangerous is False and self.kind is not Kind.SPAM and self.category is not Category.DELETE

    @property
    def says_something(self) -> bool:
        known = (self.kind, self.category, self.is_dangerous, self.expects_reply)
        return bool(self.entities) or any(one is not None for one in known)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message with the truth about it; `name` tells it from the others."""

    name: str
    source: Source
    truth: Truth


def truth_of(label: Mapping[str, Any]) -> Truth:
    """The truth of a label in JSON, as the fixed interface of `auramail eval` takes it; raises WrongValueError."""
    kind = choice(Kind, label, "kind")
    category = choice(Category, label, "category")
    reply = label.get("expects_reply")
    if reply is not None and not isinstance(reply, bool):
        raise WrongValueError("expects_reply", reply)
    source = _text(label, "source") or ""
    if "model_calls" in label and source in set(Judge):
        source = ""  # a line of `classify --json` says there who decided, not where the mail comes from
    return Truth(
        kind=kind,
        category=category,
        is_dangerous=danger_of(kind, category, label.get("danger")),
        expects_reply=reply,
        entities=entities_of(label),
        language=(_text(label, "language") or "").lower(),
        source=source,
    )


def danger_of(kind: Kind | None, category: Category | None, danger: object = None) -> bool | None:
    """Whether a message is dangerous, by all that is said of it; raises WrongValueError.

    Only a person writes true or false, so that counts first. A level (`"HIGH"`) may be what `classify` said and nobody
    corrected: beside a kind and a category it counts for nothing.
    """
    shown = None if danger is None or isinstance(danger, bool) else level(danger)
    if isinstance(danger, bool):
        return danger
    if kind is Kind.PHISHING or category is Category.DANGER:
        return True
    if kind is not None and category is not None:
        return False
    if shown is not None:
        return shown >= Danger.MEDIUM
    return None if kind is None and category is None else False


def entities_of(label: Mapping[str, Any]) -> dict[str, Named]:
    """What is named, from `entities` or beside it; a name that stands nowhere is left out. Raises WrongValueError."""
    nested = {} if label.get("entities") is None else label["entities"]
    if not isinstance(nested, dict):
        raise WrongValueError("entities", nested)
    flat = {name: label[name] for name in ENTITIES if name in label}
    return {name: _named(name, value) for name, value in {**flat, **nested}.items() if name in ENTITIES}


def choice(options: type[Choice], label: Mapping[str, Any], name: str) -> Choice | None:
    """A member by its value, in any case; None where nothing is said. Raises WrongValueError."""
    value = label.get(name)
    if value is None:
        return None
    by_value = {option.value.lower(): option for option in options}
    if not isinstance(value, str) or value.lower() not in by_value:
        raise WrongValueError(name, value)
    return by_value[value.lower()]


def level(danger: object) -> Danger:
    if not isinstance(danger, str) or danger.upper() not in Danger.__members__:
        raise WrongValueError("danger", danger)
    return Danger[danger.upper()]


def _text(label: Mapping[str, Any], name: str) -> str | None:
    value = label.get(name)
    if value is not None and not isinstance(value, str):
        raise WrongValueError(name, value)
    return value


def _named(name: str, value: object) -> Named:
    if value is None:
        return None
    if name == "amount":
        return _money(value)
    if not isinstance(value, str):
        raise WrongValueError(name, value)
    if name != "due_date":
        return value.strip() or None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise WrongValueError(name, value) from error


def _money(value: object) -> Money:
    """`{"value": "45.00", "currency": "GBP"}`, the value as text or as a number."""
    if not isinstance(value, dict) or not isinstance(value.get("currency"), str):
        raise WrongValueError("amount", value)
    if not isinstance(value.get("value"), str | int | float):
        raise WrongValueError("amount", value)
    try:
        total = Decimal(str(value["value"]))
    except InvalidOperation as error:
        raise WrongValueError("amount", value) from error
    if not total.is_finite():
        raise WrongValueError("amount", value)
    return Money(total, value["currency"].upper())
