"""Estimates: what a run will take, said before it starts and held against what it took."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """What sorting `messages` messages will take.

    `is_exact` says whether they were counted; if not, there are at most so many, and all figures are upper bounds.
    `known` are those that the same listing holds and that need no reading, having been handled before. `quota_units`
    are Gmail's, `seconds` how long it takes at the quota in force, `tokens` those of a language model in and out,
    `money` what they cost in US dollars by the prices of the settings.
    """

    messages: int
    is_exact: bool = True
    quota_units: int = 0
    seconds: float = 0.0
    model_calls: int = 0
    tokens: int = 0
    money: float = 0.0
    known: int = 0

    @property
    def listed(self) -> int:
        """How many messages the run will list."""
        return self.messages + self.known

    def to_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Prices:
    """What the steps of a run cost, and how fast it may go.

    In Gmail's quota units: `listing` a page of ids, `reading` a message, `changing` a thousand messages alike and
    `changing_one` a single one; `a_minute` may be spent in a minute, `at_once` now. All are 0 where nothing is metered.
    `model_share` of the messages go to a language model, at `model_pace` a minute; `tokens_in` and `tokens_out` are
    those of one call, `price_in` and `price_out` US dollars for a million of them.
    """

    listing: int = 0
    reading: int = 0
    changing: int = 0
    changing_one: int = 0
    a_minute: float = 0.0
    at_once: float = 0.0
    model_share: float = 0.0
    model_pace: float = 1.0
    tokens_in: int = 0
    tokens_out: int = 0
    price_in: float = 0.0
    price_out: float = 0.0
