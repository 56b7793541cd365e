"""What the whole path says of a labelled message, and whether the message would leave the inbox."""

from dataclasses import replace
from datetime import date

import pytest

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Decision, Entities, Judge, Kind, Opinion, Urgency
from auramail.core.findings import Danger
from auramail.core.labels import SPAM, STARRED
from auramail.core.wording import Wording
from auramail.flow.classify import Judges
from auramail.flow.parse import parse
from auramail.mail.files import source_of
from auramail.ops.quality.said import is_addressed, judge, leaves_inbox, said_of
from auramail.ops.quality.truths import Labelled, Truth
from tests.house import newsletter
from tests.mail.letters import letter

ANA = Person(addresses=frozenset({"ana@home.example"}))
DECISION = Decision(
    category=Category.NEWSLETTER,
    kind=Kind.NEWSLETTER,
    urgency=Urgency.LOW,
    confidence=0.9,
    danger=Danger.NONE,
    source=Judge.SIGNAL,
    reason=Wording("It is so"),
)


def test_a_message_is_judged_by_its_guards_and_headers_at_its_own_date() -> None:
    labelled = Labelled("a.eml", source_of(newsletter(1)), Truth(kind=Kind.NEWSLETTER))

    judged = judge(labelled, ANA, Judges())

    assert judged.name == "a.eml"
    assert judged.said.category is Category.NEWSLETTER
    assert judged.said.judge is Judge.SIGNAL
    assert judged.said.local is None
    assert judged.language == "en"


@pytest.mark.parametrize(("body", "language"), [("Привіт, як твої справи? Я вже їду.", "uk"), ("12 34", "und")])
def test_a_language_nobody_names_is_that_of_the_text(body: str, language: str) -> None:
    labelled = Labelled("a.eml", source_of(letter("1", body=body)), Truth())

    assert judge(labelled, ANA, Judges()).language == language
    assert judge(replace(labelled, truth=Truth(language="pl")), ANA, Judges()).language == "pl"


def test_the_opinion_of_the_local_classifier_is_kept_beside_the_decision() -> None:
    opinion = Opinion(Judge.LOCAL, 0.7, Wording("Words"), kind=Kind.BILL)

    judged = judge(Labelled("a.eml", source_of(letter()), Truth()), ANA, Judges(local=lambda _: opinion))

    assert judged.said.local == (Kind.BILL, 0.7)


@pytest.mark.parametrize(
    ("decision", "leaves"),
    [
        (DECISION, True),
        (replace(DECISION, category=Category.DANGER), True),
        (replace(DECISION, category=Category.IMPORTANT), False),
        (replace(DECISION, category=Category.REVIEW), False),
        (replace(DECISION, confidence=0.5), False),  # less than `act_above` of the policy everybody begins with
        (replace(DECISION, entities=Entities(due_date=date(2026, 11, 2))), False),  # the day of the letter itself
        (replace(DECISION, entities=Entities(due_date=date(2026, 11, 1))), True),
    ],
)
def test_a_message_leaves_the_inbox_as_the_plan_has_it(decision: Decision, leaves: bool) -> None:
    [message] = parse([source_of(letter())])

    assert leaves_inbox(message, decision, ANA) is leaves


def test_stars_protect_and_spam_is_looked_at_as_if_it_lay_in_the_inbox() -> None:
    [message] = parse([source_of(letter())])

    assert not leaves_inbox(replace(message, labels=frozenset({STARRED})), DECISION, ANA)
    assert leaves_inbox(replace(message, labels=frozenset({SPAM})), DECISION, ANA)


@pytest.mark.parametrize(
    ("raw", "person", "addressed"),
    [
        (letter(), ANA, True),
        (letter(to="Team <team@home.example>", headers=("Cc: Ana <ANA@home.example>",)), ANA, True),
        (letter(to="team@home.example"), ANA, False),
        (letter(to="team@home.example"), Person(), True),
        (letter(headers=("List-Id: <team.home.example>",)), ANA, False),
    ],
)
def test_only_mail_to_the_person_can_be_hidden_from_them(raw: bytes, person: Person, addressed: bool) -> None:
    [message] = parse([source_of(raw)])

    assert is_addressed(message, person) is addressed
    assert said_of(message, DECISION, person).left_inbox is (True if addressed else None)
