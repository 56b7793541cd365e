"""What asking about a message costs: calls, tokens and money, counted on the questions that would really be sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from auramail.core.costs import MILLION, TokenPrices
from auramail.core.questions import Question, Tokens
from auramail.flow.classify import Case
from auramail.flow.prompts import judging
from auramail.settings.models import PRICES

MODEL: Final = "gemini-3.5-flash-lite"
PRICE: Final = TokenPrices(*map(float, PRICES[MODEL].split("/")))
LETTERS: Final = 4.0
OTHER_LETTERS: Final = 2.5
"""Characters to a token, of ASCII and of all else: estimates; Gemini's documentation says about four."""
ANSWER: Final = {
    "category": "ACTION_REQUIRED",
    "kind": "notification",
    "confidence": 90,
    "due": "by Friday",
    "amount": "",
    "company": "Garden Ltd",
    "place": "",
}
"""An answer of usual length."""
TAG: Final = {"mail": "0123456789ab"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of asking about one message, or about some together; of one in company it is a part of a call's."""

    calls: float = 0.0
    tokens: Tokens = field(default_factory=Tokens)
    dollars: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.calls + other.calls, self.tokens + other.tokens, self.dollars + other.dollars)


def tokens_of(text: str) -> float:
    plain = sum(map(str.isascii, text))
    return plain / LETTERS + (len(text) - plain) / OTHER_LETTERS


def cost_alone(case: Case) -> Cost:
    """A call of its own."""
    part = judging.part_of(case.message, alone=True)
    return _cost(1.0, _sent(judging.write_alone(part, seconds=1).question), ANSWER)


def cost_in_company(case: Case) -> Cost:
    """Its part of a full call."""
    part = judging.part_of(case.message, alone=False)
    own = _sent(judging.write_together([part], seconds=1).question) - _sent_for_nobody()
    return _cost(1 / judging.MOST_TOGETHER, own + _sent_for_nobody() / judging.MOST_TOGETHER, TAG | ANSWER)


@cache
def _sent_for_nobody() -> float:
    return _sent(judging.write_together([], seconds=1).question)


def _sent(question: Question) -> float:
    """Tokens of a question; vendors count the schema too."""
    schema = json.dumps(question.schema, separators=(",", ":"))
    return sum(tokens_of(text) for text in (question.rules, question.content, schema))


def _cost(calls: float, sent: float, answer: Mapping[str, object]) -> Cost:
    tokens = Tokens(round(sent), round(tokens_of(json.dumps(answer))))
    return Cost(calls, tokens, (tokens.sent * PRICE.sent + tokens.answered * PRICE.answered) / MILLION)
