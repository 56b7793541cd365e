"""A language model's opinion moves a decision only so far."""

from dataclasses import replace

import pytest

from auramail.core.decisions import Category, Decision, Judge, Kind, Opinion, Urgency
from auramail.core.findings import Danger
from auramail.core.wording import Wording
from auramail.judging.restraint import in_doubt, is_surprising, restrained

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


def test_what_may_speak_to_models_is_not_raised_by_one() -> None:
    heard, alone = replace(RAISED, danger=Danger.NONE), replace(ALONE, danger=Danger.NONE)

    assert restrained(heard, alone, speaks=lambda: False) == heard
    assert restrained(heard, alone, speaks=lambda: True).category is Category.REVIEW


@pytest.mark.parametrize(("kind", "category"), [(Kind.PROMOTION, Category.REVIEW), (Kind.WORK, Category.IMPORTANT)])
def test_what_all_others_leave_next_to_no_chance_is_not_raised_by_a_model(kind: Kind, category: Category) -> None:
    heard, alone = replace(RAISED, danger=Danger.NONE), replace(ALONE, danger=Danger.NONE)

    assert restrained(heard, alone, (opinion(kind, Judge.LOCAL),)).category is category


@pytest.mark.parametrize(
    ("others", "surprising"),
    [
        ((), False),
        ((Kind.PROMOTION,), True),
        ((Kind.PROMOTION, Kind.WORK), False),
        ((Kind.SPAM,), False),
    ],
)
def test_opinion_against_all_others_surprises(others: tuple[Kind, ...], surprising: bool) -> None:
    told = opinion(Kind.SPAM if Kind.SPAM in others else Kind.WORK, Judge.MODEL)

    assert is_surprising(told, tuple(opinion(kind, Judge.LOCAL) for kind in others)) is surprising


def opinion(kind: Kind, judge: Judge) -> Opinion:
    return Opinion(judge, 0.9, Wording("It looks so"), kind)
