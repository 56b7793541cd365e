"""Findings: what a guard saw, and how dangerous it all is together."""

from dataclasses import dataclass
from enum import IntEnum

from auramail.core.wording import Wording


class Danger(IntEnum):
    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """A guard's suspicion: which guard, how much it weighs (log-odds of harm, negative speaks for the sender), why.

    `evidence` is the sentence with the words of the message it was read from.
    """

    guard: str
    weight: float
    evidence: Wording
