"""A model with a memory: what an account asked before is not asked again."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from auramail.ai.today import Today
from auramail.core.questions import Answer, Finish, Purpose, Question
from auramail.ports.models import Answers, Bills, LanguageModel

KEPT: Final = frozenset({Purpose.RULE, Purpose.SEARCH})
"""Not speech: the same words are never recorded twice alike. What is said of mail the flow keeps by message."""


class Cached:
    """Keeps whole answers of the shape asked for, each for its account alone; none that nobody special asked for."""

    def __init__(self, model: LanguageModel, answers: Answers, bills: Bills, today: Today) -> None:
        self.name = model.name
        self.is_cloud = model.is_cloud
        self._model = model
        self._answers = answers
        self._bills = bills
        self._today = today

    def ask(self, question: Question) -> Answer:
        if question.purpose not in KEPT or not question.account_id:
            return self._model.ask(question)
        key = key_of(question, self.name)
        kept = self._answers.get(key)
        if kept is not None:
            self._bills.hit(self._today.date())
            return kept
        answer = self._model.ask(question)
        if answer.finish is Finish.DONE and _has_the_shape(answer.text, question.schema):
            self._answers.put(key, question.account_id, answer)
        return answer

    def check(self) -> None:
        self._model.check()


def key_of(question: Question, model: str) -> str:
    """A name for everything a good answer depends on: `question.version` stands for the rules and the schema."""
    told = [question.purpose.value, question.version, model, question.account_id, question.key]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _has_the_shape(text: str, schema: Mapping[str, Any]) -> bool:
    """Whether it is JSON with all the fields of a good answer: any other would be given again for weeks."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    wanted = schema.get("required", ())
    return not wanted or (isinstance(data, dict) and data.keys() >= set(wanted))
