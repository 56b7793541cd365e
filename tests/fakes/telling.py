"""A language model that says what it was told to: an implementation of the port, without a server."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from auramail.core.errors import AuraMailError
from auramail.core.questions import Answer, Question

Told = Answer | AuraMailError | str | dict[str, Any]
"""An answer, an error to raise, the text of an answer, or what becomes one as JSON."""


@dataclass
class TellingModel:
    """Gives each question to `script`; `questions` are all that it was asked."""

    script: Callable[[Question], Told]
    name: str = "telling"
    is_cloud: bool = False
    questions: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        self.questions.append(question)
        told = self.script(question)
        if isinstance(told, AuraMailError):
            raise told
        if isinstance(told, Answer):
            return told
        text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
        return Answer(text, self.name)

    def check(self) -> None:
        """It is always there."""


def telling(*told: Told) -> TellingModel:
    """A model that says these one after the other."""
    left = list(told)
    return TellingModel(lambda _: left.pop(0))


def part(operator: str, values: str | Sequence[str], words: str, *, denied: bool = False) -> dict[str, Any]:
    """One part of a search as a model names it."""
    given = [values] if isinstance(values, str) else list(values)
    return {"operator": operator, "values": given, "words": words, "not": denied}


def parts(*named: dict[str, Any]) -> dict[str, Any]:
    return {"parts": list(named)}
