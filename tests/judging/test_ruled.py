"""Deciding with rules that ask what the other judges take a message for."""

from typing import Any

import pytest

from auramail.core.accounts import Person
from auramail.core.actions import Action
from auramail.core.decisions import Category, Decision, Judge, Kind, Opinion
from auramail.core.findings import Danger
from auramail.core.rules import Condition, Rule
from auramail.core.wording import Wording
from auramail.judging.combine import Evidence
from auramail.judging.ruled import decide
from tests.builders import WHEN, a_message

BOLT = a_message(sender="Bolt <receipts@bolt.example>", headers={"list-unsubscribe": "<https://x>"})
RECEIPTS = Condition(senders=("Bolt",), kinds=(Kind.RECEIPT,))


def a_rule(id_: int, condition: Condition, category: Category | None = None, action: Action | None = None) -> Rule:
    return Rule(id_, 1, id_, condition, category, action)


def decided(*own: Rule, kind: Kind = Kind.RECEIPT, sure: float = 0.9, danger: Danger = Danger.NONE) -> Decision:
    opinion = Opinion(Judge.LOCAL, sure, Wording.of("It looks so"), kind=kind)
    known: dict[str, Any] = {"own": own, "opinions": (opinion,), "now": WHEN, "danger": danger}
    return decide(BOLT, Person(), Evidence(**known))


def test_a_rule_about_receipts_holds_for_what_is_taken_for_one() -> None:
    decision = decided(a_rule(1, RECEIPTS, Category.IMPORTANT))

    assert (decision.rule_id, decision.category, decision.source) == (1, Category.IMPORTANT, Judge.RULE)


def test_it_is_no_surer_than_the_judges_are() -> None:
    assert decided(a_rule(1, RECEIPTS, Category.IMPORTANT)).confidence < 1
    assert decided(a_rule(1, Condition(senders=("Bolt",)), Category.IMPORTANT)).confidence == 1


def test_it_is_silent_about_another_kind_and_where_nobody_is_sure() -> None:
    assert decided(a_rule(1, RECEIPTS, Category.IMPORTANT), kind=Kind.PROMOTION).rule_id is None
    assert decided(a_rule(1, RECEIPTS, Category.IMPORTANT), sure=0.1).rule_id is None


def test_a_rule_may_ask_for_the_category() -> None:
    usual = decided().category

    assert decided(a_rule(1, Condition(categories=(usual,)), Category.REVIEW)).rule_id == 1
    other = next(category for category in Category if category is not usual)
    assert decided(a_rule(1, Condition(categories=(other,)), Category.REVIEW)).rule_id is None


@pytest.mark.parametrize(
    ("first", "second"), [(RECEIPTS, Condition(senders=("Bolt",))), (Condition(senders=("Bolt",)), RECEIPTS)]
)
def test_the_first_rule_decides_whichever_of_them_asks_the_judges(first: Condition, second: Condition) -> None:
    decision = decided(a_rule(1, first, Category.IMPORTANT), a_rule(2, second, Category.SOCIAL))

    assert decision.rule_id == 1


def test_a_rule_without_a_category_leaves_it_to_the_judges() -> None:
    alone = decided()

    decision = decided(a_rule(1, Condition(senders=("Bolt",))))

    assert (decision.category, decision.kind, decision.confidence) == (alone.category, alone.kind, alone.confidence)
    assert (decision.rule_id, decision.source) == (1, Judge.RULE)


@pytest.mark.parametrize(
    ("category", "action", "is_followed"),
    [
        (Category.IMPORTANT, None, True),
        (None, Action.NO_ACTION, True),
        (None, None, False),
        (None, Action.ARCHIVE, False),
        (None, Action.DELETE, False),
    ],
)
def test_suspicious_mail_follows_only_a_rule_that_says_what_it_is_or_hides_nothing(
    category: Category | None, action: Action | None, is_followed: bool
) -> None:
    rule = a_rule(1, Condition(senders=("Bolt",)), category, action)

    assert (decided(rule, danger=Danger.MEDIUM).rule_id == 1) is is_followed
    assert decided(rule, danger=Danger.HIGH).rule_id is None
