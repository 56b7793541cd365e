"""A model with a bill: what a question may cost is put aside from the day's money before it is asked."""

import json
import math
from dataclasses import replace
from datetime import date

from auramail.ai.today import Today
from auramail.core.costs import MILLION, Cap, TokenPrices
from auramail.core.errors import NotYetError, QuotaSpentError, SpentError
from auramail.core.questions import Answer, Finish, Question, Tokens
from auramail.core.wording import Wording
from auramail.ports.models import Bills, LanguageModel

CHARACTERS_A_TOKEN = 3
"""Fewer than are usual in English (4) and than are usual in Ukrainian, so that a price is rather put too high."""
CLIP_TOKENS_A_SECOND = 32
"""https://ai.google.dev/gemini-api/docs/audio"""
CLIP_BYTES_A_SECOND = 1000
"""Speech at 8 kbit/s, below what browsers record, so that a clip is rather put too long."""


class Billed:
    """Keeps to a cap by the day and writes down every answer.

    What was put aside is corrected by the server's own figures; where it gives none, the estimate stands. An error
    gives the price back, and the call too where nobody was asked (NotYetError, SpentError).
    """

    def __init__(self, model: LanguageModel, bills: Bills, prices: TokenPrices, cap: Cap, today: Today) -> None:
        self.name = model.name
        self.is_cloud = model.is_cloud
        self._model = model
        self._bills = bills
        self._prices = prices
        self._cap = cap.at(prices)
        self._today = today

    def ask(self, question: Question) -> Answer:
        """Raises SpentError, `after` being the seconds until the next day, beside what the model raises."""
        day = self._today.date()
        reserved = self._prices.micros(most_tokens(question))
        if not self._bills.reserve(day, self._cap, reserved):
            raise self._spent()
        answer: Answer | None = None
        was_asked = True
        try:
            answer = self._model.ask(question)
        except (NotYetError, SpentError, QuotaSpentError):
            was_asked = False
            raise
        finally:
            if answer is None:
                self._give_back(day, question, reserved, was_asked=was_asked)
        is_told = answer.tokens != Tokens()
        answer = replace(answer, micros=self._prices.micros(answer.tokens) if is_told else reserved)
        return replace(answer, call_id=self._bills.settle(day, question, answer, reserved))

    def check(self) -> None:
        self._model.check()

    def _give_back(self, day: date, question: Question, reserved: int, *, was_asked: bool) -> None:
        """Nothing is paid for a call without an answer, but what of mail left the machine in vain stays on record."""
        if was_asked and question.parts:
            self._bills.settle(day, question, Answer("", self.name, Finish.EMPTY), reserved)
        else:
            self._bills.release(day, reserved, was_asked=was_asked)

    def _spent(self) -> SpentError:
        cap, after = self._cap, self._today.seconds_left()
        if cap.calls is not None and self._bills.of_day(self._today.date()).calls >= cap.calls:
            return SpentError(
                Wording.of(
                    "Today's {limit} calls to language models are used up (MODEL_CALLS_PER_DAY).", limit=cap.calls
                ),
                after=after,
            )
        dollars = f"{(cap.micros or 0) / MILLION:.2f}"
        return SpentError(
            Wording.of(
                "Of today's {limit} US dollars for language models too little is left (MODEL_DOLLARS_PER_DAY).",
                limit=dollars,
            ),
            after=after,
        )


def most_tokens(question: Question) -> Tokens:
    """What a question will hardly exceed."""
    characters = len(question.rules) + len(question.content) + len(json.dumps(dict(question.schema)))
    sent = math.ceil(characters / CHARACTERS_A_TOKEN)
    if question.clip is not None:
        sent += math.ceil(len(question.clip.data) / CLIP_BYTES_A_SECOND) * CLIP_TOKENS_A_SECOND
    return Tokens(sent, question.most_tokens)
