"""Costs: what language models have cost, and how much they may."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auramail.core.questions import Tokens

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class TokenPrices:
    """US dollars for a million tokens: as many millionths of a dollar for one."""

    sent: float
    answered: float

    @property
    def are_nothing(self) -> bool:
        return not (self.sent or self.answered)

    def micros(self, tokens: Tokens) -> int:
        """The price in millionths of a US dollar."""
        return round(tokens.sent * self.sent + tokens.answered * self.answered)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run, or a day, cost. `answers` were usable, `hits` of them came from the cache and cost nothing."""

    calls: int = 0
    answers: int = 0
    hits: int = 0
    tokens: Tokens = field(default_factory=Tokens)
    micros: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.calls + other.calls,
            self.answers + other.answers,
            self.hits + other.hits,
            self.tokens + other.tokens,
            self.micros + other.micros,
        )


@dataclass(frozen=True, slots=True)
class Outlay:
    """All that a run cost: Gmail's quota units, HTTP calls to the mailbox, and language models."""

    quota_units: int = 0
    http_calls: int = 0
    asked: Spent = field(default_factory=Spent)


@dataclass(frozen=True, slots=True)
class ModelDay:
    """What one model cost in one day."""

    day: date
    model: str
    spent: Spent


@dataclass(frozen=True, slots=True)
class Use:
    """What a language model had to do with mail that was sorted; `hits` of the `answers` were known from earlier.

    `unasked` counts messages that it had nothing usable to say about, by `core.decisions.Asked`, and `in_vain` those of
    them that were shown to it all the same.
    """

    messages: int = 0
    answers: int = 0
    hits: int = 0
    in_vain: int = 0
    unasked: Mapping[str, int] = field(default_factory=dict)

    @property
    def asked_share(self) -> float | None:
        """The share of the messages that it was asked about; None if there were none."""
        return (self.answers - self.hits + self.in_vain) / self.messages if self.messages else None

    @property
    def hit_share(self) -> float | None:
        """The share of the answers that cost nothing; None if there were none."""
        return self.hits / self.answers if self.answers else None


@dataclass(frozen=True, slots=True)
class Cap:
    """The most calls and millionths of a US dollar; None: no limit."""

    calls: int | None = None
    micros: int | None = None

    def at(self, prices: TokenPrices) -> "Cap":
        """What of it concerns a model of these prices: money is no reason not to ask one that costs nothing."""
        return Cap(self.calls) if prices.are_nothing else self

    def is_reached(self, spent: Spent) -> bool:
        """Whether not one more call may be made."""
        return (self.calls is not None and spent.calls >= self.calls) or (
            self.micros is not None and spent.micros >= self.micros
        )

    def has_room(self, spent: Spent, micros: int) -> bool:
        """Whether one more call of that price keeps within it."""
        return (self.calls is None or spent.calls < self.calls) and (
            self.micros is None or spent.micros + micros <= self.micros
        )
