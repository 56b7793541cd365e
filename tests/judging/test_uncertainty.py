"""Uncertainty: when a language model is worth asking."""

import pytest

from auramail.core.decisions import Category, Decision, Judge, Kind, Opinion, Urgency
from auramail.core.findings import Danger
from auramail.core.wording import Wording
from auramail.judging.uncertainty import Measured, doubt, measured, sort_of, wants_model

REASON = Wording.of("Somebody thinks so")
ASK = Opinion(Judge.SIGNAL, 0.8, REASON, category=Category.ACTION_REQUIRED)
LETTER = (Category.IMPORTANT, Kind.WORK, False)
BOUNDS = Measured(0.1, 0.3, {LETTER: 0.9})


def decided(confidence: float, source: Judge = Judge.LOCAL, *opinions: Opinion) -> Decision:
    category, kind, _ = LETTER
    return Decision(category, kind, Urgency.LOW, confidence, Danger.NONE, source, REASON, opinions=opinions)


def alone() -> bool:
    return True


def in_company() -> bool:
    return False


def test_doubt_is_what_confidence_leaves_by_how_often_such_decisions_prove_right() -> None:
    assert doubt(decided(0.8), BOUNDS.reliable) == pytest.approx(1 - 0.8 * 0.9)
    assert doubt(decided(0.8), {}) == pytest.approx(1 - 0.8)


def test_doubt_is_a_chance_however_reliable_a_sort_is() -> None:
    assert doubt(decided(0.98), {LETTER: 1.05}) == 0.0


def test_what_nobody_knew_is_wholly_doubted() -> None:
    assert doubt(decided(0.98, Judge.UNSURE), {}) == 1.0


@pytest.mark.parametrize(
    ("opinion", "is_heard"),
    [
        (ASK, True),
        (Opinion(Judge.MODEL, 0.9, REASON, category=Category.ACTION_REQUIRED), False),
        (Opinion(Judge.LOCAL, 0.9, REASON, kind=Kind.WORK), False),
    ],
)
def test_decisions_are_sorted_by_whether_an_ask_was_heard(opinion: Opinion, is_heard: bool) -> None:
    assert sort_of(decided(0.9, Judge.LOCAL, opinion)) == (Category.IMPORTANT, Kind.WORK, is_heard)


def test_what_goes_alone_is_asked_about_in_greater_doubt_only() -> None:
    assert BOUNDS.is_doubtful(decided(0.9), in_company)
    assert not BOUNDS.is_doubtful(decided(0.9), alone)
    assert BOUNDS.is_doubtful(decided(0.7), alone)


@pytest.mark.parametrize("confidence", [0.98, 0.5])
def test_how_it_would_go_is_looked_at_only_where_that_matters(confidence: float) -> None:
    looked = list[bool]()

    def goes_alone() -> bool:
        looked.append(True)
        return True

    Measured(0.1, 0.3, {}).is_doubtful(decided(confidence), goes_alone)

    assert looked == []


def test_by_what_ships_a_sure_decision_is_not_asked_about_and_a_guess_is() -> None:
    assert not wants_model(decided(0.98, Judge.LOCAL, ASK), in_company)
    assert wants_model(decided(0.5), alone)
    assert 0 < measured().together <= measured().alone < 1


def test_the_operator_may_ask_about_more_or_less() -> None:
    assert wants_model(decided(0.98), alone, ask_below=1.0)
    assert not wants_model(decided(0.5), in_company, ask_below=0.1)


@pytest.mark.parametrize("ask_below", [None, 0.0, 0.5])
def test_a_model_is_wanted_wherever_nobody_knew(ask_below: float | None) -> None:
    assert wants_model(decided(0.98, Judge.UNSURE), alone, ask_below)
