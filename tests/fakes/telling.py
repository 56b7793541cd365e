"""What a language model says of a request for mail, laid ready."""

import json
from collections.abc import Sequence
from typing import Any

from auramail.core.errors import AuraMailError
from auramail.core.questions import Answer
from tests.fakes.answering import AnsweringModel, an_answer

Told = Answer | AuraMailError | str | dict[str, Any]
"""An answer, an error to raise, the text of an answer, or what becomes one as JSON."""


def telling(*told: Told) -> AnsweringModel:
    """A model that says these one after the other."""
    return AnsweringModel(*(_said(one) for one in told), name="telling")


def _said(told: Told) -> Answer | AuraMailError:
    if isinstance(told, Answer | AuraMailError):
        return told
    return an_answer(told if isinstance(told, str) else json.dumps(told, ensure_ascii=False))


def part(operator: str, values: str | Sequence[str], words: str, *, denied: bool = False) -> dict[str, Any]:
    """One part of a search as a model names it."""
    given = [values] if isinstance(values, str) else list(values)
    return {"operator": operator, "values": given, "words": words, "not": denied}


def parts(*named: dict[str, Any]) -> dict[str, Any]:
    return {"parts": list(named)}
