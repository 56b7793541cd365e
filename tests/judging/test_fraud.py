"""Fraud: the words of fraud weigh a little beside what the guards see, and never speak for a message."""

import pytest

from auramail.core.decisions import Judge, Kind, Opinion
from auramail.core.wording import Wording
from auramail.judging.fraud import MOST, suspicion


def read_as(kind: Kind, chance: float) -> Opinion:
    rest = (1 - chance) / (len(Kind) - 1)
    shares = tuple((each, chance if each is kind else rest) for each in Kind)
    return Opinion(Judge.LOCAL, chance, Wording("Because"), kind=kind, shares=shares)


def test_words_of_fraud_are_a_finding_that_says_how_sure_it_is() -> None:
    found = suspicion(read_as(Kind.PHISHING, 0.6))

    assert found is not None
    assert found.guard == "wording"
    assert found.evidence.say() == "Its words read like fraud (61 %)"


@pytest.mark.parametrize("kind", [Kind.BILL, Kind.SECURITY_ALERT, Kind.PERSONAL, Kind.PROMOTION])
def test_words_of_honest_mail_are_no_finding(kind: Kind) -> None:
    assert suspicion(read_as(kind, 0.7)) is None


def test_surer_words_weigh_more_but_never_more_than_a_middling_observation() -> None:
    weights = [found.weight for chance in (0.2, 0.3, 0.999) if (found := suspicion(read_as(Kind.PHISHING, chance)))]

    assert weights == sorted(weights)
    assert len(set(weights)) == 3
    assert 0 < weights[0] < weights[-1] == MOST


def test_words_of_spam_weigh_less_than_words_of_fraud() -> None:
    spam, fraud = suspicion(read_as(Kind.SPAM, 0.9)), suspicion(read_as(Kind.PHISHING, 0.9))

    assert spam is not None
    assert fraud is not None
    assert spam.weight < fraud.weight
