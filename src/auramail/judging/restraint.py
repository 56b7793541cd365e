"""Restraint: how far a language model's opinion may move a decision, whatever it says.

1. It never lowers a danger, and never gives or takes the category DANGER (`combine`).
2. Mail that a guard suspects at all, or that may speak to models (`guards.company`), is not raised by it to what a
   person should see or act on.
   Nor is what all others leave next to no chance (`NEXT_TO_NONE`) of being that.
3. It puts nothing out of sight: a message leaves the inbox only where the decision without it would let it leave too
   (`flow.plan`, by `Decision.alone`), and goes to the trash only where that decision was DELETE as well.
4. What it says of a message in company, against what all others leave any chance (`SURPRISING`), is not believed before
   it was asked about that message alone: another one in there may have given it orders.
5. A rule of the person's that holds without it holds with it, though it goes by what the mail is taken for.
6. What it answers outside the closed sets is the decision REVIEW.
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

NEXT_TO_NONE: Final = 0.15
"""The chance of IMPORTANT below which no unsure message of the sets was that, and half of the attacks' were."""


def restrained(
    heard: Decision, alone: Decision, others: tuple[Opinion, ...] = (), speaks: Callable[[], bool] = bool
) -> Decision:
    """The decision with the model's opinion, held back where it would raise what others have reason not to.

    `others` are the opinions besides the model's; `speaks` tells whether the mail may speak to models, and is asked
    only where that matters.
    """
    if alone.rule_id is not None and heard.rule_id != alone.rule_id:
        return alone
    if heard.category not in RAISED or alone.category in RAISED:
        return heard
    if heard.danger >= Danger.LOW:
        reason = Wording.of("Only a language model speaks for it, and a guard has its doubts")
        return replace(heard, category=Category.REVIEW, source=Judge.GUARD, reason=reason)
    if _chance_of(Category.IMPORTANT, others) < NEXT_TO_NONE:
        reason = Wording.of("Only a language model speaks for it, and everything else against it")
        return replace(heard, category=Category.REVIEW, source=Judge.UNSURE, reason=reason)
    if speaks():
        reason = Wording.of("It talks to language models, so its own words do not count")
        return replace(heard, category=Category.REVIEW, source=Judge.GUARD, reason=reason)
    return heard


def is_surprising(opinion: Opinion, others: tuple[Opinion, ...]) -> bool:
    """Whether a model's opinion goes against what the others, if there are any, leave any chance."""
    wanted = PLACE[opinion.kind] if opinion.kind is not None else opinion.category
    return wanted is not None and _chance_of(wanted, others) < SURPRISING


def _chance_of(category: Category, opinions: tuple[Opinion, ...]) -> float:
    """The chance that opinions leave a category; 1 if there are none."""
    kinds = kind_chances(opinions)
    return sum(chance for kind, chance in kinds.items() if PLACE[kind] is category) if kinds else 1.0


def in_doubt(alone: Decision) -> Decision:
    """REVIEW, where a model was asked and could not be understood."""
    reason = Wording.of("Nothing is sure about it, and the language model's answer could not be used")
    return replace(alone, category=Category.REVIEW, source=Judge.UNSURE, reason=reason)
