"""Nouns survive the way through JSON exactly, whatever mail has put into them."""

import json
from collections.abc import Callable
from dataclasses import replace
from inspect import signature
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from auramail.core.actions import Action, Change
from auramail.core.decisions import Category, Decision, Entities, Judge, Kind, Money, Opinion
from auramail.core.findings import Finding
from auramail.core.policy import Policy
from auramail.core.queries import MailQuery
from auramail.core.receipts import Receipt
from auramail.core.rules import Condition
from auramail.core.runs import Order
from auramail.core.wording import Wording
from auramail.storage.rows import (
    change_from_json,
    change_to_json,
    condition_from_json,
    condition_to_json,
    decision_from_json,
    decision_to_json,
    order_from_json,
    order_to_json,
    policy_from_json,
    policy_to_json,
    receipt_from_json,
    wording_from_json,
    wording_to_json,
)
from tests.storage.builders import a_decision

Noun = TypeVar("Noun")


def through_text(data: Any) -> Any:
    return json.loads(json.dumps(data))


def full(noun: Callable[..., Noun], **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Noun]:
    """The noun with every field drawn, those with a default too."""
    drawn: dict[str, Any] = dict.fromkeys(signature(noun).parameters, ...)
    return st.builds(noun, **(drawn | parts))


counts = st.dictionaries(st.text(max_size=5), st.integers(0), max_size=3)
numbers = st.floats(allow_nan=False, allow_infinity=False)
wordings = st.builds(Wording, st.text(), st.lists(st.tuples(st.text(), st.text())).map(tuple))
money = st.builds(Money, st.decimals(allow_nan=False, allow_infinity=False), st.text(max_size=3))
decisions = full(
    Decision,
    confidence=numbers,
    reason=wordings,
    findings=st.lists(full(Finding, weight=numbers, evidence=wordings), max_size=2).map(tuple),
    opinions=st.lists(full(Opinion, confidence=numbers, reason=wordings, shares=st.just(())), max_size=2).map(tuple),
    entities=full(Entities, amount=st.none() | money),
)


@given(wordings)
def test_wordings_survive_json(wording: Wording) -> None:
    assert wording_from_json(through_text(wording_to_json(wording))) == wording


@given(full(Change))
def test_changes_survive_json(change: Change) -> None:
    assert change_from_json(through_text(change_to_json(change))) == change


@given(decisions)
def test_decisions_survive_json(decision: Decision) -> None:
    assert decision_from_json(through_text(decision_to_json(decision))) == decision


def test_the_chances_of_every_kind_are_not_kept() -> None:
    opinion = Opinion(Judge.LOCAL, 0.7, Wording("It reads like one"), Kind.BILL, shares=((Kind.BILL, 0.7),))
    decision = replace(a_decision(), opinions=(opinion,))

    assert decision_from_json(decision_to_json(decision)) == replace(decision, opinions=(replace(opinion, shares=()),))


def test_what_is_not_there_stays_away() -> None:
    assert wording_from_json(through_text(wording_to_json(None))) is None
    assert decision_from_json(through_text(decision_to_json(None))) is None


selections = st.fixed_dictionaries(
    {}, optional={"run_id": st.integers(), "ids": st.lists(st.integers()), "day": st.dates().map(str)}
)
queries = full(MailQuery, folders=st.lists(st.text(), min_size=1).map(tuple), limit=st.none() | st.integers(0))


@given(full(Order, query=queries, selection=selections))
def test_orders_survive_json(order: Order) -> None:
    assert order_from_json(through_text(order_to_json(order))) == order


def test_an_orders_sets_become_lists() -> None:
    order = order_from_json(through_text(order_to_json(Order(selection={"ids": frozenset({3, 1}), "more": (2,)}))))

    assert order.selection == {"ids": [1, 3], "more": [2]}


@given(full(Condition))
def test_conditions_survive_json(condition: Condition) -> None:
    assert condition_from_json(through_text(condition_to_json(condition))) == condition


@given(
    st.builds(Policy, actions=st.dictionaries(st.sampled_from(Category), st.sampled_from(Action)), act_above=numbers)
)
def test_policies_survive_json(policy: Policy) -> None:
    assert policy_from_json(through_text(policy_to_json(policy))) == policy


@given(
    full(
        Receipt,
        skipped=counts,
        failed=counts,
        by_category=counts,
        by_action=counts,
        findings=counts,
        seconds=st.integers(0, 10**9).map(lambda milliseconds: milliseconds / 1000),
    )
)
def test_receipts_survive_json(receipt: Receipt) -> None:
    assert receipt_from_json(through_text(receipt.to_json())) == receipt
