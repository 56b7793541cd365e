"""Weighing: how findings become one verdict."""

import pytest

from auramail.core.accounts import Person
from auramail.core.findings import Danger, Finding
from auramail.core.wording import Wording
from auramail.guards.weigh import probability, weigh
from tests.builders import a_message

STRANGER = Person()
FRIEND = Person(correspondents={"ivan@example.org": 2})


def seen(*weights: float, guard: str = "requests") -> list[Finding]:
    return [Finding(guard, weight, Wording.of("Something")) for weight in weights]


@pytest.mark.parametrize(
    ("weights", "danger"),
    [
        ((), Danger.NONE),
        ((1.0,), Danger.NONE),
        ((2.5,), Danger.LOW),
        ((3.0, 2.0), Danger.MEDIUM),
        ((4.0, 4.0), Danger.HIGH),
        ((4.0, 4.0, -3.5), Danger.MEDIUM),
        ((3.0, -3.5), Danger.NONE),
        ((-3.5,), Danger.NONE),
    ],
)
def test_findings_add_up(weights: tuple[float, ...], danger: Danger) -> None:
    assert weigh(seen(*weights), a_message(), STRANGER) is danger


def test_more_evidence_never_makes_a_message_safer() -> None:
    chances = [probability(seen(*[1.0] * count), a_message(), STRANGER) for count in range(10)]

    assert chances == sorted(chances)


def test_mail_in_spam_is_likelier_to_be_harmful() -> None:
    findings = seen(3.5)

    inbox = probability(findings, a_message(), STRANGER)
    spam = probability(findings, a_message(labels=frozenset({"SPAM"})), STRANGER)

    assert spam > inbox


def test_somebody_the_person_writes_to_is_likelier_to_be_honest() -> None:
    assert probability(seen(3.0), a_message(), FRIEND) < probability(seen(3.0), a_message(), STRANGER)


def test_that_counts_no_more_once_the_receiver_has_spoken_about_the_sender() -> None:
    forged = seen(3.0, guard="authentication")

    assert probability(forged, a_message(), FRIEND) == probability(forged, a_message(), STRANGER)


def test_a_friend_in_the_spam_folder_without_findings_is_no_danger() -> None:
    assert weigh([], a_message(labels=frozenset({"SPAM"})), FRIEND) is Danger.NONE


def test_a_message_that_leads_nowhere_and_asks_nothing_is_likelier_to_be_harmless() -> None:
    findings = seen(4.0, guard="impersonation")

    empty = probability(findings, a_message(), STRANGER)
    leading = probability(findings, a_message(links={"https://x.example": "x"}), STRANGER)

    assert empty < leading
