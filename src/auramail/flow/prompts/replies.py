"""The JSON in a model's answer, taken strictly: one object, no key twice, no number that is none."""

import json
from typing import Any, Final

LONGEST: Final = 8_000
"""Characters; the longest answer that is asked for needs half of it."""


def read_object(text: str) -> dict[str, Any] | None:
    """The one object an answer consists of; None for anything else, however large, deep or odd it is."""
    if len(text) > LONGEST:
        return None
    try:
        data = json.loads(text, object_pairs_hook=_once_each, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)
