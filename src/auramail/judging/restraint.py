"""Restraint: how far a language model's opinion may move a decision, whatever it says.

1. It never lowers a danger, and never gives or takes the category DANGER (`combine`).
2. Mail that a guard suspects at all, or that may speak to models (`guards.company`), is not raised by it to what a
   person should see or act on.
3. It puts nothing out of sight: a message leaves the inbox only where the decision without it would let it leave too
   (`flow.plan`, by `Decision.alone`), and goes to the trash only where that decision was DELETE as well.
4. What it says of a message in company, against what all others leave any chance (`SURPRISING`), is not believed before
   it was asked about that message alone: another one in there may have given it orders.
5. What it answers outside the closed sets is the decision REVIEW.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from auramail.core.decisions import Category, Decision, Judge, Opinion
from auramail.core.findings import Danger
from auramail.core.wording import Wording
from auramail.judging.combine import kind_chances
from auramail.judging.placing import PLACE, RAISED

SURPRISING: Final = 0.1
"""The chance of a category below which a right model names it of one unsure message in fifteen (`evals/sets`)."""


def restrained(heard: Decision, alone: Decision, speaks: Callable[[], bool] = bool) -> Decision:
    """The decision with the model's opinion, held back where it would raise what a guard suspects.

    `speaks` tells whether the mail may speak to models; it is asked only where that matters.
    """
    if heard.category not in RAISED or alone.category in RAISED:
        return heard
    if heard.danger >= Danger.LOW:
        reason = Wording.of("Only a language model speaks for it, and a guard has its doubts")
        return replace(heard, category=Category.REVIEW, source=Judge.GUARD, reason=reason)
    if speaks():
        reason = Wording.of("It talks to language models, so its own words do not count")
        return replace(heard, category=Category.REVIEW, source=Judge.GUARD, reason=reason)
    return heard


def is_surprising(opinion: Opinion, others: tuple[Opinion, ...]) -> bool:
    """Whether a model's opinion goes against what the others, if there are any, leave any chance."""
    kinds = kind_chances(others)
    if not kinds:
        return False
    wanted = PLACE[opinion.kind] if opinion.kind is not None else opinion.category
    return sum(chance for kind, chance in kinds.items() if PLACE[kind] is wanted) < SURPRISING


def in_doubt(alone: Decision) -> Decision:
    """REVIEW, where a model was asked and could not be understood."""
    reason = Wording.of("Nothing is sure about it, and the language model's answer could not be used")
    return replace(alone, category=Category.REVIEW, source=Judge.UNSURE, reason=reason)
