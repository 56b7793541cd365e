"""A model that is asked no more often than allowed, and again when time helps."""

import random
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Final

from auramail.core.errors import NotYetError, QuotaSpentError, TryAgainError
from auramail.core.questions import Answer, Question
from auramail.core.wording import Wording
from auramail.ports.models import CallLimits, LanguageModel, Sleep
from auramail.ports.world import Clock

FIRST_STEP: Final = 5.0
LONGEST_STEP: Final = 60.0
"""Seconds between two tries, which double from the one to the other."""
JITTER: Final = 0.25
"""The share of a step that may come on top, so that those who were refused together do not come back together."""
RANDOM: Final = random.SystemRandom()
SHORTEST: Final = 0.001
"""Seconds; no time at all would be no limit to some clients."""
LONGEST_DAY: Final = timedelta(hours=25)
"""The longest a day's quota can last: a day on which the clocks are put back."""


class Limited:
    """Waits for room and between tries, but never longer in all than `question.seconds`.

    A wait that does not fit into what is left of them is not begun: the error that would be waited for is raised at
    once. Who waits holds no place. `attempts` counts the first try too; `jitter` gives shares from 0 to 1.
    """

    def __init__(
        self,
        model: LanguageModel,
        limits: CallLimits,
        attempts: int,
        clock: Clock,
        sleep: Sleep,
        *,
        jitter: Callable[[], float] = RANDOM.random,
    ) -> None:
        self.name = model.name
        self.is_cloud = model.is_cloud
        self._model = model
        self._limits = limits
        self._attempts = attempts
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter

    def ask(self, question: Question) -> Answer:
        ends = self._clock.monotonic() + question.seconds
        attempt = 1
        said: Answer | TryAgainError | None = None
        while True:
            try:
                place = self._enter(ends)
            except NotYetError:
                if isinstance(said, TryAgainError):
                    raise said from None  # that nobody was asked is true of the first try only
                raise
            with place:
                tried = self._try(question, ends)
            if said is None or not isinstance(tried, NotYetError):
                said = tried  # that nobody was there this time does not undo that somebody was asked before
            if isinstance(said, Answer):
                return said
            if attempt >= self._attempts or isinstance(said, QuotaSpentError):
                raise said
            self._wait(self._pause(attempt, said.after), ends, said)
            attempt += 1

    def check(self) -> None:
        self._model.check()

    def _enter(self, ends: float) -> ExitStack:
        """Wait for room; gives what is to be left when the call is over."""
        place = ExitStack()
        while True:
            if self._clock.monotonic() >= ends:
                raise NotYetError(Wording.of("There was no time left to ask the language model."))
            try:
                place.enter_context(self._limits.enter())
            except TryAgainError as full:
                self._wait(full.after, ends, full)
            else:
                return place

    def _try(self, question: Question, ends: float) -> Answer | TryAgainError:
        left = max(ends - self._clock.monotonic(), SHORTEST)
        try:
            return self._model.ask(replace(question, seconds=left))
        except QuotaSpentError as spent:
            self._limits.close(self._clock.now() + min(timedelta(seconds=spent.after), LONGEST_DAY))
            return spent
        except TryAgainError as refused:
            return refused

    def _pause(self, attempt: int, asked: float) -> float:
        """Seconds after the failed try number `attempt`: as the server wishes, then not below steps that double."""
        step = 0.0 if attempt == 1 else min(FIRST_STEP * 2 ** (attempt - 1), LONGEST_STEP)
        return max(step, asked) * (1 + JITTER * self._jitter())

    def _wait(self, seconds: float, ends: float, error: TryAgainError) -> None:
        if self._clock.monotonic() + seconds >= ends:
            raise error
        self._sleep(seconds)
