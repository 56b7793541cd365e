"""All guards together over invented letters: dangerous ones are stopped, honest ones that resemble them are not."""

import pytest

from auramail.core.findings import Danger
from auramail.core.messages import Message
from auramail.guards import GUARDS
from auramail.guards.weigh import weigh
from tests.guards.letters import ANA, letters

WANTED_SHARE = 0.9
PHISHING = letters("phishing")
CALM = letters("calm")


def danger_of(message: Message) -> Danger:
    findings = [finding for inspect in GUARDS if (finding := inspect(message, ANA)) is not None]
    return weigh(findings, message, ANA)


def test_nine_of_ten_dangerous_letters_are_stopped() -> None:
    missed = [name for name, message in PHISHING.items() if danger_of(message) < Danger.MEDIUM]

    assert len(missed) <= (1 - WANTED_SHARE) * len(PHISHING), missed


@pytest.mark.parametrize("name", CALM)
def test_an_honest_letter_is_left_alone(name: str) -> None:
    assert danger_of(CALM[name]) <= Danger.LOW


def test_most_honest_letters_are_not_even_mentioned() -> None:
    mentioned = [name for name, message in CALM.items() if danger_of(message) is Danger.LOW]

    assert len(mentioned) <= len(CALM) / 3, mentioned
