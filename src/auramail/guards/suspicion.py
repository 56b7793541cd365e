"""Suspicion: how the separate observations of one guard become its one finding."""

from collections.abc import Sequence
from dataclasses import dataclass

from auramail.core.findings import Finding
from auramail.core.wording import Wording

SHARE_OF_THE_REST = 0.5
"""Observations of one guard repeat each other in part, so those after the strongest count half."""

WORTH_SAYING = 0.5


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One observation: its log-odds of harm and the sentence that says it."""

    weight: float
    evidence: Wording


def finding(guard: str, suspicions: Sequence[Suspicion]) -> Finding | None:
    """The guard's finding: the strongest observation speaks for all; None if nothing worth saying was seen."""
    if not suspicions:
        return None
    strongest = max(suspicions, key=lambda suspicion: abs(suspicion.weight))
    rest = sum(suspicion.weight for suspicion in suspicions) - strongest.weight
    weight = strongest.weight + SHARE_OF_THE_REST * rest
    return Finding(guard, round(weight, 2), strongest.evidence) if abs(weight) >= WORTH_SAYING else None
