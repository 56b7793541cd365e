"""Every mistake is told once, with what a person says and what was said."""

from datetime import date
from decimal import Decimal

from auramail.core.decisions import Category, Kind, Money
from auramail.core.findings import Danger
from auramail.ops.quality.mistakes import mistakes
from auramail.ops.quality.truths import Truth
from tests.ops.quality.judgements import judged, said


def test_each_thing_that_differs_is_a_mistake() -> None:
    truth = Truth(
        kind=Kind.PERSONAL,
        category=Category.ACTION_REQUIRED,
        is_dangerous=False,
        expects_reply=True,
        entities={"due_date": date(2026, 3, 19), "amount": None, "location": "Lviv"},
    )
    answer = said(
        Kind.PHISHING,
        category=Category.DANGER,
        danger=Danger.HIGH,
        entities={"amount": Money(Decimal("45.00"), "GBP"), "location": "LVIV"},
        left_inbox=True,
    )

    found = list(mistakes(judged(truth, answer)))

    assert [(one.what, one.truth, one.said) for one in found] == [
        ("kind", "personal", "phishing"),
        ("category", "ACTION_REQUIRED", "DANGER"),
        ("danger", "false", "HIGH"),
        ("expects_reply", "true", "false"),
        ("due_date", "2026-03-19", "null"),
        ("amount", "null", "45.00 GBP"),
        ("left_inbox", "false", "true"),
    ]
    assert {(one.name, one.confidence, one.reason.say()) for one in found} == {("a.eml", 0.9, "It is so")}


def test_phishing_that_is_not_seen_is_a_mistake() -> None:
    truth = Truth(kind=Kind.PHISHING, is_dangerous=True)

    found = list(mistakes(judged(truth, said(Kind.PHISHING, danger=Danger.LOW))))

    assert [(one.what, one.truth, one.said) for one in found] == [("danger", "true", "LOW")]


def test_what_nobody_said_is_no_mistake() -> None:
    assert list(mistakes(judged(Truth(), said(Kind.SPAM, danger=Danger.HIGH, expects_reply=True)))) == []
