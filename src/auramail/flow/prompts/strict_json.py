"""JSON as a model may answer it: an object without tricks, or nothing."""

import json
from collections.abc import Sequence
from typing import Any, Never


def read_object(text: str, longest: int) -> dict[str, Any] | None:
    """The one object that the text is; None for anything else.

    No name twice in an object, no NaN or infinity, no depth that Python refuses, no more than `longest` characters.
    """
    if len(text) > longest:
        return None
    try:
        data = json.loads(text, object_pairs_hook=_once_each, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _once_each(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) != len(pairs):
        raise ValueError("a name stands twice")
    return named


def _refuse(constant: str) -> Never:
    raise ValueError(f"{constant} is no number")
