"""Uncertainty: when a language model is worth asking."""

import pytest

from auramail.core.decisions import Category, Decision, Judge, Kind, Urgency
from auramail.core.findings import Danger
from auramail.core.wording import Wording
from auramail.judging.uncertainty import ASK_BELOW, wants_model


def decided(confidence: float, source: Judge = Judge.LOCAL) -> Decision:
    reason = Wording.of("Somebody thinks so")
    return Decision(Category.REVIEW, Kind.OTHER, Urgency.LOW, confidence, Danger.NONE, source, reason)


@pytest.mark.parametrize(("confidence", "wants"), [(ASK_BELOW - 0.01, True), (ASK_BELOW, False), (0.98, False)])
def test_a_model_is_wanted_below_the_measured_confidence(confidence: float, wants: bool) -> None:
    assert wants_model(decided(confidence)) is wants


def test_the_operator_may_ask_about_more_or_less() -> None:
    assert wants_model(decided(0.9), ask_below=0.95)
    assert not wants_model(decided(0.5), ask_below=0.4)


def test_a_model_is_wanted_wherever_nobody_knew() -> None:
    assert wants_model(decided(0.98, Judge.UNSURE))
