"""Choosing the doubts above which a model is asked, never on the messages they are reported on.

The messages fall into five parts by a hash of their name. For each part the factors of `judging.uncertainty` are
fitted, and the thresholds chosen, on the other four; all that is reported of a part comes from these. What ships is
fitted and chosen on all of them.

Chosen are the cheapest two thresholds at which category accuracy on what a model may see is that of one call per
message, which is the oracle's own, or above, and no more important mail is hidden; for every accuracy an oracle is
tried with.
The cost is the share of its calls plus the share of its money, as in a backlog: calls are what free tiers ration.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from auramail.core.decisions import Judge
from auramail.judging.uncertainty import Measured, Sort, doubt, sort_of
from evals.asking_cost import Cost, cost_alone, cost_in_company
from evals.cases import Outcome, Weighed, asked, mean, naive, unasked

ORACLES: Final = (0.85, 0.90, 0.95)
PARTS: Final = 5
Numbers = npt.NDArray[np.float64]
GRID: Final = (0.5, 0.4, 0.3, 0.25, 0.2, 0.17, 0.14, 0.12, 0.1, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03)
PRIOR: Final = 5.0
"""As if so many decisions of each sort had proved as right as their confidence says."""
MOST: Final = 1.05
"""The most a confidence is multiplied by."""
TOLERANCE: Final = 0.002
"""How far below one call per message they may lie: of so few messages nobody can tell such a difference (the standard
error is three times that), and each message in a thousand costs a tenth of the calls."""


class Tried:
    """A message with all that may become of it, and what asking about it costs."""

    def __init__(self, weighed: Weighed) -> None:
        self.weighed = weighed
        self.part = hashlib.sha256(weighed.name.encode()).digest()[0] % PARTS

    @cached_property
    def unasked(self) -> Outcome:
        return unasked(self.weighed)

    @cached_property
    def asked(self) -> Mapping[float, Outcome]:
        return {oracle: asked(self.weighed, oracle) for oracle in ORACLES}

    @cached_property
    def naive(self) -> Mapping[float, Outcome]:
        return {oracle: naive(self.weighed.truth, oracle) for oracle in ORACLES}

    @cached_property
    def alone(self) -> Cost:
        return cost_alone(self.weighed.case)

    @cached_property
    def in_backlog(self) -> Cost:
        """As in a backlog: in company, if it may be."""
        return self.alone if self.weighed.goes_alone else cost_in_company(self.weighed.case)


@dataclass(frozen=True, slots=True)
class Fared:
    """A message as it fares by thresholds and factors that it had no part in."""

    tried: Tried
    is_asked: bool

    def outcome(self, oracle: float) -> Outcome:
        return self.tried.asked[oracle] if self.is_asked else self.tried.unasked


def fit(tried: Sequence[Tried]) -> dict[Sort, float]:
    """How often decisions of each sort prove right, divided by how often they say they will."""
    right: defaultdict[Sort, float] = defaultdict(float)
    said: defaultdict[Sort, float] = defaultdict(float)
    for one in tried:
        decision = one.weighed.decision
        if one.weighed.may_be_shown and decision.source is not Judge.UNSURE:
            right[sort_of(decision)] += one.unasked.category
            said[sort_of(decision)] += decision.confidence
    return {sort: min(MOST, round((right[sort] + PRIOR) / (said[sort] + PRIOR), 3)) for sort in sorted(said)}


def measure(tried: Sequence[Tried]) -> Measured:
    """Thresholds and factors of these messages."""
    return Measured(*choose(tried), fit(tried))


def fare(tried: Sequence[Tried]) -> list[Fared]:
    """Every message by what was measured on the parts it is not in."""
    by_part = {
        part: measure([one for one in tried if one.part != part]) for part in sorted({one.part for one in tried})
    }
    return [Fared(one, is_wanted(one, by_part[one.part])) for one in tried]


def is_wanted(one: Tried, measured: Measured) -> bool:
    """Whether a model would be asked about a message."""
    return one.weighed.may_be_shown and measured.is_doubtful(one.weighed.decision, lambda: one.weighed.goes_alone)


def cost_by(tried: Sequence[Tried], measured: Measured) -> float:
    """What asking costs, as shares of the calls and the money of asking about all alone."""
    wanted = np.array([is_wanted(one, measured) for one in tried])
    return float(_costs(tried)[wanted].sum())


def right_by(tried: Sequence[Tried], measured: Measured, oracle: float) -> float:
    """The share of categories that are right."""
    outcomes = [one.asked[oracle] if is_wanted(one, measured) else one.unasked for one in tried]
    return mean(outcomes).category


def doubts_across(tried: Sequence[Tried]) -> list[float]:
    """The doubt about each message, by factors fitted without its part."""
    fitted = {part: fit([one for one in tried if one.part != part]) for part in {one.part for one in tried}}
    return [doubt(one.weighed.decision, fitted[one.part]) for one in tried]


def choose(tried: Sequence[Tried]) -> tuple[float, float]:
    """The cheapest of the grid that are good enough, for what goes together and what goes alone.

    The most careful ones where none are.
    """
    shown = [one for one in tried if one.weighed.may_be_shown]
    unsure = np.array(doubts_across(shown))
    alone = np.array([one.weighed.goes_alone for one in shown])
    cost = _costs(shown)
    gains = {oracle: _gains(shown, oracle) for oracle in ORACLES}
    best = (min(GRID), min(GRID))
    cheapest = float("inf")
    for pair in product(GRID, GRID):
        is_asked = unsure > np.where(alone, pair[1], pair[0])
        spent = float(cost[is_asked].sum())
        if spent < cheapest and all(_is_good_enough(*gain, is_asked) for gain in gains.values()):
            best, cheapest = pair, spent
    return best


def _costs(shown: Sequence[Tried]) -> Numbers:
    """Of asking about each, as a share of the calls plus a share of the money of asking about all alone."""
    calls = sum(one.alone.calls for one in shown)
    dollars = sum(one.alone.dollars for one in shown)
    return np.array([one.in_backlog.calls / calls + one.in_backlog.dollars / dollars for one in shown])


def _gains(shown: Sequence[Tried], oracle: float) -> tuple[Numbers, Numbers, Numbers]:
    """For each message what not asking has over the naive product, and what asking adds: right, and not hidden."""
    start = [
        (
            one.unasked.category - one.naive[oracle].category + TOLERANCE,
            one.naive[oracle].hidden - one.unasked.hidden,
            one.asked[oracle].category - one.unasked.category,
            one.unasked.hidden - one.asked[oracle].hidden,
        )
        for one in shown
    ]
    table = np.array(start)
    return table[:, :2].sum(axis=0), table[:, 2], table[:, 3]


def _is_good_enough(start: Numbers, right: Numbers, seen: Numbers, is_asked: npt.NDArray[np.bool_]) -> bool:
    return bool(start[0] + right[is_asked].sum() >= 0 and start[1] + seen[is_asked].sum() >= 0)
