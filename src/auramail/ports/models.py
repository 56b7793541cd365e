"""What is asked of language models, and of those who keep their limits, their bills and their answers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from auramail.core.costs import Cap, Spent
from auramail.core.questions import Answer, Question


class LanguageModel(Protocol):
    """A language model, and equally whatever stands before one: limits, budget, cache. Threads may share it."""

    name: str
    """As its vendor calls it."""
    is_cloud: bool
    """Whether what it is asked leaves for a computer that is not the operator's."""

    def ask(self, question: Question) -> Answer:
        """One question, one answer; what is no proper answer comes with its `finish`, and with empty text if need be.

        Raises TryAgainError (limits, outages; `after` is the server's own wish), SpentError (a cap is reached),
        NeedsPersonError (key, name of the model), GiveUpError (it refuses this question).
        """
        ...

    def check(self) -> None:
        """Ask the server whether it would answer, for nothing; raises NeedsPersonError or TryAgainError."""
        ...


class Provider(LanguageModel, Protocol):
    """A language model with connections of its own."""

    def close(self) -> None:
        """End the connections."""
        ...


class CallLimits(Protocol):
    """How often a model may be asked, counted for all workers together."""

    def enter(self) -> AbstractContextManager[None]:
        """Take one of this minute's calls and a place beside the others under way, given back at the end.

        Raises TryAgainError with the seconds until there is room.
        """
        ...

    def room(self) -> int:
        """How many of this minute's calls are left, however many are under way."""
        ...

    def close(self, until: datetime) -> None:
        """Let nobody enter until then: the server said that its quota is used up."""
        ...

    def closed_until(self) -> datetime | None:
        """Until when it is closed, if it is."""
        ...


class Bills(Protocol):
    """What a model has cost; every method is one transaction of its own. Days and caps are those of all models."""

    def reserve(self, day: date, cap: Cap, micros: int) -> bool:
        """Count one call of about that price into the day, unless the cap leaves no room for it.

        Raises NeedsPersonError where no record of the call could be kept.
        """
        ...

    def settle(self, day: date, question: Question, answer: Answer, reserved: int) -> int:
        """Write down a call that was made, with what left the machine, and correct the day; gives the call's id.

        `answer.micros` takes the place of what was reserved.
        """
        ...

    def release(self, day: date, reserved: int, *, was_asked: bool = True) -> None:
        """Take back the price of a call without answer and mail; it counts as a call if it was made at all."""
        ...

    def hit(self, day: date) -> None:
        """Count an answer that was had already."""
        ...

    def of_day(self, day: date) -> Spent: ...


class Answers(Protocol):
    """Answers kept, so that nobody is asked the same twice."""

    def get(self, key: str) -> Answer | None:
        """What was answered, as something that costs nothing now; None if nothing was, or too long ago."""
        ...

    def put(self, key: str, account_id: int, answer: Answer) -> None:
        """Keep it for as long as the account exists; nothing happens if it is gone."""
        ...


Sleep = Callable[[float], None]
