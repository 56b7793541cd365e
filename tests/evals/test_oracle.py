"""The oracle: a model of known accuracy."""

from collections import Counter

import pytest

from auramail.core.decisions import Category, Kind
from auramail.ops.quality.truths import Truth
from evals.oracle import NEAR, drawn, sayings
from evals.sets import USUAL

TRUTHS = [Truth(kind=kind, category=USUAL.get(kind, Category.IMPORTANT)) for kind in Kind]
ASKING = Truth(kind=Kind.WORK, category=Category.ACTION_REQUIRED)


@pytest.mark.parametrize("truth", [*TRUTHS, ASKING], ids=lambda truth: truth.kind.value)
@pytest.mark.parametrize("accuracy", [0.85, 0.9, 0.95])
def test_it_is_right_as_often_as_it_is_told_to_be(truth: Truth, accuracy: float) -> None:
    told = sayings(truth, accuracy)
    sayable = Category.REVIEW if truth.category is Category.DANGER else truth.category

    right = sum(each.chance for each in told if each.opinion.category is sayable)

    assert sum(each.chance for each in told) == pytest.approx(1)
    assert right == pytest.approx(accuracy)
    assert all(each.opinion.kind is truth.kind for each in told if each.opinion.category is sayable)


def test_its_confidence_is_how_often_it_is_right() -> None:
    given, right = Counter[float](), Counter[float]()
    for each in sayings(ASKING, 0.9):
        given[each.opinion.confidence] += each.chance  # type: ignore[assignment]  # a counter of chances
        right[each.opinion.confidence] += each.chance * (each.opinion.category is ASKING.category)  # type: ignore[assignment]

    assert given.keys() == {0.85, 0.95}
    for sure, chance in given.items():
        assert right[sure] / chance == pytest.approx(sure)


def test_one_that_claims_more_says_so_of_every_answer() -> None:
    assert {each.opinion.confidence for each in sayings(ASKING, 0.85, claimed=0.95)} == {0.95}


def test_no_model_says_danger() -> None:
    assert Category.DANGER not in {each.opinion.category for truth in TRUTHS for each in sayings(truth, 0.9)}


def test_every_kind_is_mistaken_for_others() -> None:
    assert NEAR.keys() == set(Kind)
    assert all(kind not in near for kind, near in NEAR.items())


def test_drawn_answers_are_right_as_often_and_always_the_same() -> None:
    names = [f"message {number}" for number in range(1000)]

    told = [drawn(ASKING, 0.9, name) for name in names]

    assert sum(opinion.category is ASKING.category for opinion in told) == pytest.approx(900, abs=30)
    assert told == [drawn(ASKING, 0.9, name) for name in names]
