"""Restraint: how far a language model's opinion may move a decision, whatever it says.

1. It never lowers a danger, and never gives or takes the category DANGER (`combine`).
2. Mail that a guard suspects at all is not raised by it to what a person should see or act on.
3. It puts nothing out of sight: a message leaves the inbox only where the decision without it would let it leave too
   (`flow.plan`, by `Decision.alone`), and goes to the trash only where that decision was DELETE as well.
4. What it answers outside the closed sets is the decision REVIEW.
"""

from dataclasses import replace

from auramail.core.decisions import Category, Decision, Judge
from auramail.core.findings import Danger
from auramail.core.wording import Wording
from auramail.judging.placing import RAISED


def restrained(heard: Decision, alone: Decision) -> Decision:
    """The decision with the model's opinion, held back where it would raise what a guard suspects."""
    if heard.danger >= Danger.LOW and heard.category in RAISED and alone.category not in RAISED:
        reason = Wording.of("Only a language model speaks for it, and a guard has its doubts")
        return replace(heard, category=Category.REVIEW, source=Judge.GUARD, reason=reason)
    return heard


def in_doubt(alone: Decision) -> Decision:
    """REVIEW, where a model was asked and could not be understood."""
    reason = Wording.of("Nothing is sure about it, and the language model's answer could not be used")
    return replace(alone, category=Category.REVIEW, source=Judge.UNSURE, reason=reason)
