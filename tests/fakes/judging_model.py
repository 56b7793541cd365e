"""A language model that judges mail as a test says: it reads what it is shown and answers in the shape asked for."""

import json
import re
from collections.abc import Callable
from threading import Lock
from typing import Any

from auramail.ai.scripted import ScriptedModel
from auramail.core.questions import Answer, Question, Tokens

Told = Callable[[dict[str, Any]], dict[str, Any] | None]
"""From the fields that a message is shown by to the answer about it; None: no answer about this one."""
GOOD: dict[str, Any] = {
    "category": "SOCIAL",
    "kind": "social",
    "confidence": 95,
    "due": "",
    "amount": "",
    "company": "",
    "place": "",
}
FENCED = re.compile(r"^([0-9a-f]{32})( [0-9a-f]{12}|)\n(.*)\n\1\2$", re.MULTILINE)


def shown(question: Question) -> dict[str, dict[str, Any]]:
    """What of each message a question shows, by its tag (empty where there is but one)."""
    return {tag.strip(): json.loads(text) for _, tag, text in FENCED.findall(question.content)}


class JudgingModel(ScriptedModel):
    """Keeps the questions it was asked; every answer costs 100 tokens and 10 more for each message."""

    def __init__(self, tells: Told = lambda _: GOOD, *, is_cloud: bool = False) -> None:
        super().__init__(self._answer, name="judging", is_cloud=is_cloud)
        self.tells = tells
        self.questions: list[Question] = []
        self._lock = Lock()

    def _answer(self, question: Question) -> Answer:
        with self._lock:
            self.questions.append(question)
        told = {tag: self.tells(fields) for tag, fields in shown(question).items()}
        whole = told[""] if "" in told else {"answers": [{"mail": tag} | one for tag, one in told.items() if one]}
        return Answer(json.dumps(whole), self.name, tokens=Tokens(100, 10 * len(told)), micros=7, call_id=1)
