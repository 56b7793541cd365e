"""When a decision is unsure enough that a language model is worth asking.

How sure the judges are is not all: whether something is asked of the reader is heard or not heard, and said with the
confidence of the kind. So the confidence is multiplied by how often decisions of the same sort prove right, as measured
on labelled mail. Mail that may not go to a model in company costs a whole call instead of a part of one, so its doubt
must be greater. What is measured stands in weights/cascade.json, which `python -m evals.cascade --choose` writes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from auramail.core.decisions import Category, Decision, Judge, Kind

Sort = tuple[Category, Kind, bool]
"""A category and kind, and whether anybody but a language model heard that something is asked of the reader."""
WEIGHTS: Final = "weights/cascade.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """A model is asked above the doubt (0 to 1) `together`, or `alone` where a message may not go in company.

    `reliable` is how often decisions of a sort prove right, divided by how often their confidence says so.
    """

    together: float
    alone: float
    reliable: Mapping[Sort, float]

    def is_doubtful(self, decision: Decision, goes_alone: Callable[[], bool]) -> bool:
        """Whether a model is worth asking; `goes_alone` is looked at only where it matters, as that takes a while."""
        unsure = doubt(decision, self.reliable)
        return unsure > self.together and (unsure > self.alone or not goes_alone())


def read_measured(text: str) -> Measured:
    """From the JSON of the shipped file."""
    told = json.loads(text)
    reliable = {
        (Category(each["category"]), Kind(each["kind"]), each["hears_ask"]): each["factor"] for each in told["reliable"]
    }
    return Measured(told["ask_above"]["together"], told["ask_above"]["alone"], reliable)


@cache
def measured() -> Measured:
    """What ships with the product."""
    return read_measured(files("auramail.judging").joinpath(WEIGHTS).read_text(encoding="utf-8"))


def sort_of(decision: Decision) -> Sort:
    """Which decisions are measured together with this one."""
    hears_ask = any(
        opinion.judge is not Judge.MODEL and opinion.kind is None and opinion.category is Category.ACTION_REQUIRED
        for opinion in decision.opinions
    )
    return decision.category, decision.kind, hears_ask


def doubt(decision: Decision, reliable: Mapping[Sort, float]) -> float:
    """The chance (0 to 1) that the category is wrong; 1 where nobody knew.

    A notice that is surely one is REVIEW too; there is no doubt about it.
    """
    if decision.source is Judge.UNSURE:
        return 1.0
    return min(1.0, max(0.0, 1.0 - decision.confidence * reliable.get(sort_of(decision), 1.0)))


def wants_model(decision: Decision, goes_alone: Callable[[], bool], ask_below: float | None = None) -> bool:
    """Whether to ask about it. `ask_below` (0 to 1) is the operator's bound of certainty, None: as measured.

    What nobody knew is asked about by either.
    """
    if ask_below is None:
        return measured().is_doubtful(decision, goes_alone)
    unsure = doubt(decision, measured().reliable)
    return unsure >= 1.0 or 1.0 - unsure < ask_below
