"""A language model's opinion moves a decision only so far."""

from dataclasses import replace

import pytest

from auramail.core.decisions import Category, Decision, Judge, Kind, Urgency
from auramail.core.findings import Danger
from auramail.core.wording import Wording
from auramail.judging.restraint import in_doubt, restrained

ALONE = Decision(Category.REVIEW, Kind.OTHER, Urgency.LOW, 0.4, Danger.LOW, Judge.UNSURE, Wording("Nobody knows"))
RAISED = replace(ALONE, category=Category.IMPORTANT, kind=Kind.WORK, source=Judge.MODEL, confidence=0.9)


@pytest.mark.parametrize("category", [Category.IMPORTANT, Category.ACTION_REQUIRED])
def test_what_a_guard_doubts_is_not_raised_by_a_model(category: Category) -> None:
    decided = restrained(replace(RAISED, category=category), ALONE)

    assert (decided.category, decided.source) == (Category.REVIEW, Judge.GUARD)
    assert decided.danger is Danger.LOW


def test_what_no_guard_doubts_may_be_raised() -> None:
    heard = replace(RAISED, danger=Danger.NONE)

    assert restrained(heard, replace(ALONE, danger=Danger.NONE)) == heard


def test_what_was_important_without_it_stays_so() -> None:
    assert restrained(RAISED, replace(ALONE, category=Category.ACTION_REQUIRED)) == RAISED


def test_answer_that_cannot_be_used_is_the_decision_to_let_the_person_look() -> None:
    decided = in_doubt(replace(ALONE, category=Category.NEWSLETTER, source=Judge.LOCAL))

    assert (decided.category, decided.source) == (Category.REVIEW, Judge.UNSURE)
