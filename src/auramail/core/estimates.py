"""Estimates: what a run will take, said before it starts and held against what it took."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """What sorting `messages` messages will take.

    `is_exact` says whether they were counted, rather than guessed from the folders' sizes. `quota_units` are Gmail's,
    `seconds` how long it takes at the quota in force, `tokens` those of a language model in and out, `money` what they
    cost in US dollars by the prices of the settings.
    """

    messages: int
    is_exact: bool = True
    quota_units: int = 0
    seconds: float = 0.0
    model_calls: int = 0
    tokens: int = 0
    money: float = 0.0

    def to_json(self) -> dict[str, object]:
        return asdict(self)
