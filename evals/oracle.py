"""A model of known accuracy: right so often, and when it is wrong, wrong in the way language models are.

It knows the truth of the sets. With a chance of `accuracy` its answer has the true kind and category; otherwise it has
a wrong category: it mistakes what is asked of the reader, or the kind for a neighbouring one. To measure, nothing is
drawn: all its answers are heard, each as often as it would be given, so that luck is no part of the numbers.

Its confidence is calibrated: half of its answers come with a little more than its accuracy, and are right more often,
half with a little less.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from auramail.core.decisions import Category, Judge, Kind, Opinion
from auramail.core.wording import Wording
from auramail.ops.quality.truths import Truth
from evals.sets import USUAL

SPREAD: Final = 0.05
"""How far its confidence in single answers lies from its accuracy."""
ASKS_MISTAKEN: Final = 2.0
"""How many times as often as one wrong kind it mistakes whether something is asked of the reader."""
OPPOSITE: Final = {
    Category.IMPORTANT: Category.ACTION_REQUIRED,
    Category.ACTION_REQUIRED: Category.IMPORTANT,
}
NEAR: Final[Mapping[Kind, tuple[Kind, ...]]] = {
    Kind.PERSONAL: (Kind.WORK, Kind.NEWSLETTER, Kind.OTHER),
    Kind.WORK: (Kind.PERSONAL, Kind.NOTIFICATION, Kind.NEWSLETTER, Kind.PROMOTION),
    Kind.BILL: (Kind.RECEIPT, Kind.NOTIFICATION, Kind.PROMOTION),
    Kind.RECEIPT: (Kind.BILL, Kind.NOTIFICATION, Kind.PROMOTION),
    Kind.MEETING: (Kind.WORK, Kind.NOTIFICATION, Kind.PROMOTION, Kind.NEWSLETTER),
    Kind.TRAVEL: (Kind.RECEIPT, Kind.NOTIFICATION, Kind.PROMOTION),
    Kind.DELIVERY: (Kind.RECEIPT, Kind.NOTIFICATION),
    Kind.SECURITY_CODE: (Kind.SECURITY_ALERT, Kind.NOTIFICATION),
    Kind.SECURITY_ALERT: (Kind.NOTIFICATION, Kind.SECURITY_CODE, Kind.PHISHING),
    Kind.PROMOTION: (Kind.NEWSLETTER, Kind.SPAM, Kind.NOTIFICATION),
    Kind.NEWSLETTER: (Kind.PROMOTION, Kind.SOCIAL, Kind.NOTIFICATION, Kind.WORK),
    Kind.SOCIAL: (Kind.NOTIFICATION, Kind.NEWSLETTER, Kind.PERSONAL),
    Kind.NOTIFICATION: (Kind.NEWSLETTER, Kind.SECURITY_ALERT, Kind.WORK, Kind.OTHER),
    Kind.SURVEY: (Kind.PROMOTION, Kind.NEWSLETTER, Kind.NOTIFICATION, Kind.WORK),
    Kind.SPAM: (Kind.PROMOTION, Kind.PHISHING, Kind.NEWSLETTER),
    Kind.PHISHING: (Kind.SPAM, Kind.SECURITY_ALERT, Kind.BILL),
    Kind.OTHER: (Kind.NOTIFICATION, Kind.PERSONAL, Kind.WORK),
}
"""What each kind is mistaken for; an estimate, and so are the two numbers above."""
SAYS: Final = Wording.of("The oracle says so")


@dataclass(frozen=True, slots=True)
class Saying:
    """One of the answers it gives about a message, and how often it is this one (0 to 1)."""

    opinion: Opinion
    chance: float


def sayings(truth: Truth, accuracy: float, claimed: float | None = None) -> list[Saying]:
    """All its answers about a message; `claimed` is the confidence of a model that always says the same one."""
    found = []
    for chance in (accuracy - SPREAD, min(accuracy + SPREAD, 1.0)):
        sure = chance if claimed is None else claimed
        found.append(Saying(_opinion(*_right(truth), sure), chance / 2))
        for (kind, category), share in _wrong(truth).items():
            found.append(Saying(_opinion(kind, category, sure), (1 - chance) * share / 2))
    return found


def drawn(truth: Truth, accuracy: float, name: str) -> Opinion:
    """The one of its answers that it gives about the message of that name, always the same."""
    left = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) / 2**64
    told = sayings(truth, accuracy)
    for saying in told:
        left -= saying.chance
        if left < 0:
            return saying.opinion
    return told[-1].opinion


def _opinion(kind: Kind, category: Category, sure: float) -> Opinion:
    return Opinion(Judge.MODEL, round(sure, 2), SAYS, kind=kind, category=category)


def _right(truth: Truth) -> tuple[Kind, Category]:
    if truth.kind is None or truth.category is None:
        raise ValueError("the sets tell kind and category of every message")
    return truth.kind, _sayable(truth.category)


def _wrong(truth: Truth) -> dict[tuple[Kind, Category], float]:
    """Its wrong answers and the share of each among them: none has the true category."""
    kind, category = _right(truth)
    weights = {(kind, OPPOSITE[category]): ASKS_MISTAKEN} if category in OPPOSITE else {}
    for near in NEAR[kind]:
        placed = _sayable(USUAL.get(near, Category.IMPORTANT))
        if placed is not category:
            weights[near, placed] = 1.0
    total = sum(weights.values())
    return {answer: weight / total for answer, weight in weights.items()}


def _sayable(category: Category) -> Category:
    """DANGER is a guard's word alone; a model can only leave such mail to its reader."""
    return Category.REVIEW if category is Category.DANGER else category
