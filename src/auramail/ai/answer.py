"""A model's answer, believed only where it picks from closed sets; anything else is no answer."""

import json
from typing import Any, Final, TypeVar

from auramail.ai.prompt import CATEGORIES
from auramail.core.decisions import Category, Judge, Kind, Opinion
from auramail.core.wording import Wording

Word = TypeVar("Word", bound=str)
LONGEST_ANSWER: Final = 1024
"""Characters; three short fields need a tenth of it."""


def read_answer(text: str | None, model: str) -> Opinion | None:
    """The opinion in an answer, or None: not JSON, not an object, a word outside its set, a number out of range."""
    if text is None or len(text) > LONGEST_ANSWER:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    category, kind = _member(data.get("category"), CATEGORIES), _member(data.get("kind"), tuple(Kind))
    confidence = data.get("confidence")
    if category is None or kind is None or not isinstance(confidence, int) or isinstance(confidence, bool):
        return None
    if not 0 <= confidence <= 100:
        return None
    return Opinion(
        judge=Judge.MODEL,
        confidence=confidence / 100,
        reason=Wording.of("The language model {model} reads it as {kind}", model=model, kind=kind.value),
        kind=kind,
        category=Category(category),
    )


def _member(value: Any, members: tuple[Word, ...]) -> Word | None:
    return next((member for member in members if member == value), None) if isinstance(value, str) else None
