"""What a label says."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from auramail.core.decisions import Category, Kind, Money
from auramail.ops.quality.truths import Truth, WrongValueError, truth_of

WHOLE = {
    "kind": "bill",
    "category": "ACTION_REQUIRED",
    "danger": False,
    "expects_reply": True,
    "entities": {
        "due_date": "2026-03-19",
        "amount": {"value": "45.00", "currency": "GBP"},
        "company_name": None,
        "location": "Lviv",
    },
    "language": "uk",
    "source": "home",
}


def test_everything_a_label_says_is_read() -> None:
    assert truth_of(WHOLE) == Truth(
        kind=Kind.BILL,
        category=Category.ACTION_REQUIRED,
        is_dangerous=False,
        expects_reply=True,
        entities={
            "due_date": date(2026, 3, 19),
            "amount": Money(Decimal("45.00"), "GBP"),
            "company_name": None,
            "location": "Lviv",
        },
        language="uk",
        source="home",
    )


def test_what_a_label_leaves_out_is_not_measured() -> None:
    truth = truth_of({"kind": "bill"})

    assert (truth.category, truth.expects_reply, truth.entities) == (None, None, {})
    assert not truth_of({"file": "a.eml"}).says_something


def test_entities_may_stand_beside_the_kind() -> None:
    truth = truth_of({"kind": "bill", "due_date": None, "amount": {"value": 45, "currency": "gbp"}})

    assert truth.entities == {"due_date": None, "amount": Money(Decimal(45), "GBP")}


def test_kinds_and_categories_are_known_in_any_case() -> None:
    truth = truth_of({"kind": "Bill", "category": "important"})

    assert (truth.kind, truth.category) == (Kind.BILL, Category.IMPORTANT)


@pytest.mark.parametrize(
    ("label", "is_dangerous"),
    [
        ({"kind": "phishing"}, True),
        ({"kind": "work", "category": "DANGER"}, True),
        ({"kind": "bill"}, False),
        ({"kind": "bill", "danger": "HIGH"}, True),
        ({"kind": "bill", "danger": "LOW"}, False),
        ({"kind": "bill", "danger": True}, True),
        ({"kind": "bill", "category": "IMPORTANT", "danger": True}, True),
        ({"kind": "bill", "category": "IMPORTANT", "danger": "HIGH"}, False),  # left as `classify` wrote it
        ({"kind": "phishing", "category": "DANGER", "danger": "NONE"}, True),
        ({"expects_reply": True}, None),
    ],
)
def test_danger_follows_from_all_that_is_said(label: dict[str, Any], is_dangerous: bool | None) -> None:
    assert truth_of(label).is_dangerous is is_dangerous


@pytest.mark.parametrize(
    ("label", "is_genuine"),
    [
        ({"kind": "bill"}, True),
        ({"kind": "spam"}, False),
        ({"category": "DELETE"}, False),
        ({"kind": "phishing"}, False),
    ],
)
def test_guards_owe_calm_to_genuine_mail_only(label: dict[str, Any], is_genuine: bool) -> None:
    assert truth_of(label).is_genuine is is_genuine


def test_who_decided_is_no_source_of_mail() -> None:
    assert truth_of({"kind": "bill", "source": "local", "model_calls": 0}).source == ""
    assert truth_of({"kind": "bill", "source": "local"}).source == "local"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "invoice"),
        ("kind", 3),
        ("category", "TRASH"),
        ("danger", "SOME"),
        ("danger", 1),
        ("expects_reply", "yes"),
        ("entities", []),
        ("due_date", "19.03.2026"),
        ("due_date", 20260319),
        ("amount", "45.00"),
        ("amount", {"value": "many", "currency": "GBP"}),
        ("amount", {"value": "NaN", "currency": "GBP"}),
        ("amount", {"value": "45.00"}),
        ("company_name", 7),
        ("language", 7),
        ("source", ["a"]),
    ],
)
def test_a_wrong_value_is_named(name: str, value: object) -> None:
    with pytest.raises(WrongValueError) as refused:
        truth_of({"kind": "bill", name: value})

    assert (refused.value.name, refused.value.value) == (name, value)
