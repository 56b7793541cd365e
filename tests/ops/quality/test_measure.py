"""What is measured, on tables small enough to count by hand."""

from datetime import date
from decimal import Decimal

import pytest

from auramail.core.decisions import Category, Judge, Kind, Money
from auramail.core.findings import Danger
from auramail.ops.quality.measure import measure
from auramail.ops.quality.truths import Truth
from tests.ops.quality.judgements import judged, said

MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


def test_kinds_are_measured_each_and_together() -> None:
    answers = [
        (Kind.BILL, Kind.BILL),
        (Kind.BILL, Kind.BILL),
        (Kind.BILL, Kind.WORK),
        (Kind.WORK, Kind.WORK),
        (Kind.WORK, Kind.SPAM),
    ]

    kinds = measure([judged(Truth(kind=truth), said(answer)) for truth, answer in answers])["kinds"]

    assert kinds["right"]["share"] == 3 / 5
    assert kinds["each"]["bill"] | {"f1": 0.8} == {
        "there": 3,
        "said": 2,
        "both": 2,
        "precision": 1.0,
        "recall": 0.6667,
        "f1": 0.8,  # 2 · 2 / (3 + 2)
    }
    assert kinds["each"]["work"]["f1"] == 0.5  # 2 · 1 / (2 + 2)
    assert kinds["macro_f1"] == 0.65  # of the two kinds there are; spam is none of them
    assert kinds["macro_precision"] == 0.75
    assert kinds["macro_recall"] == 0.5833
    assert kinds["confusion"] == {"bill": {"bill": 2, "work": 1}, "work": {"spam": 1, "work": 1}}


def test_a_message_without_a_kind_is_measured_by_its_category_alone() -> None:
    report = measure([judged(Truth(category=Category.SOCIAL), said(category=Category.SOCIAL))])

    assert report["kinds"]["right"]["of"] == 0
    assert report["kinds"]["macro_f1"] is None
    assert report["categories"]["right"]["share"] == 1


def test_asking_is_measured_over_the_messages_with_a_category() -> None:
    acting, calm = Category.ACTION_REQUIRED, Category.IMPORTANT
    answers = [(acting, acting), (acting, calm), (acting, acting), (calm, acting), (calm, calm)]

    report = measure([judged(Truth(category=truth), said(category=answer)) for truth, answer in answers])

    asked = report["action_required"]
    assert (asked["there"], asked["said"], asked["both"]) == (3, 3, 2)
    assert asked["precision"] == asked["recall"] == asked["f1"] == 0.6667


def test_answers_are_measured_where_a_person_says_whether_one_is_expected() -> None:
    answers = [(True, True), (True, False), (False, False), (None, True)]

    report = measure([judged(Truth(expects_reply=truth), said(expects_reply=answer)) for truth, answer in answers])

    assert report["expects_reply"] == {
        "there": 2,
        "said": 1,
        "both": 1,
        "precision": 1.0,
        "recall": 0.5,
        "f1": 0.6667,  # 2 · 1 / (2 + 1)
    }


def test_phishing_is_found_from_medium_on() -> None:
    truth = Truth(kind=Kind.PHISHING, is_dangerous=True)
    levels = (Danger.HIGH, Danger.MEDIUM, Danger.LOW, Danger.NONE)

    guard = measure([judged(truth, said(danger=level)) for level in levels])["guard"]

    assert (guard["found"]["count"], guard["found"]["of"]) == (2, 4)
    assert guard["false_alarms"]["LOW"]["of"] == 0


def test_false_alarms_are_counted_at_or_above_each_level_for_genuine_mail_only() -> None:
    answers = [
        (Kind.BILL, Danger.NONE),
        (Kind.BILL, Danger.LOW),
        (Kind.NEWSLETTER, Danger.MEDIUM),
        (Kind.SECURITY_CODE, Danger.HIGH),
        (Kind.SECURITY_ALERT, Danger.MEDIUM),
        (Kind.SPAM, Danger.HIGH),
    ]

    guard = measure([judged(Truth(kind=kind, is_dangerous=False), said(danger=level)) for kind, level in answers])[
        "guard"
    ]

    assert {level: alarms["share"] for level, alarms in guard["false_alarms"].items()} == {
        "LOW": 4 / 5,
        "MEDIUM": 3 / 5,
        "HIGH": 1 / 5,
    }
    assert set(guard["false_alarms_by_kind"]) == {"bill", "newsletter", "security_code", "security_alert"}
    assert guard["false_alarms_by_kind"]["bill"]["LOW"]["share"] == 0.5
    assert guard["false_alarms_by_kind"]["bill"]["MEDIUM"]["share"] == 0
    assert (guard["codes_and_alerts_high"]["count"], guard["codes_and_alerts_high"]["of"]) == (1, 2)


def test_a_day_counts_when_it_is_exactly_that_day() -> None:
    answers = [(MONDAY, MONDAY), (MONDAY, TUESDAY), (MONDAY, None), (None, TUESDAY), (None, MONDAY), (None, None)]

    report = measure(
        [judged(Truth(entities={"due_date": one}), said(entities={"due_date": two})) for one, two in answers]
    )

    due = report["entities"]["due_date"]
    assert (due["exact"]["count"], due["exact"]["of"]) == (1, 3)
    assert (due["precision"]["count"], due["precision"]["of"]) == (1, 4)
    assert report["entities"]["amount"]["exact"]["of"] == 0


@pytest.mark.parametrize(
    ("name", "truth", "answer", "is_right"),
    [
        ("amount", Money(Decimal("45.00"), "GBP"), Money(Decimal(45), "GBP"), True),
        ("amount", Money(Decimal(45), "GBP"), Money(Decimal(45), "EUR"), False),
        ("company_name", "Нова  Пошта", "нова пошта", True),
        ("company_name", "Нова Пошта", "Укрпошта", False),
        ("location", "Lviv, Rynok 1", "lviv, rynok 1 ", True),
    ],
)
def test_sums_and_names_are_compared_by_what_they_mean(
    name: str, truth: object, answer: object, is_right: bool
) -> None:
    assert isinstance(truth, Money | str)
    assert isinstance(answer, Money | str)

    entity = measure([judged(Truth(entities={name: truth}), said(entities={name: answer}))])["entities"][name]

    assert entity["exact"]["count"] == entity["precision"]["count"] == int(is_right)


def test_hidden_letters_are_counted_and_named() -> None:
    report = measure(
        [
            judged(Truth(kind=Kind.PERSONAL), said(left_inbox=True), "hidden.eml"),
            judged(Truth(kind=Kind.WORK), said(left_inbox=False), "kept.eml"),
            judged(Truth(kind=Kind.WORK), said(left_inbox=None), "to-a-list.eml"),
            judged(Truth(kind=Kind.WORK, category=Category.NEWSLETTER), said(left_inbox=True), "wanted-so.eml"),
            judged(Truth(kind=Kind.BILL), said(left_inbox=True), "bill.eml"),
        ]
    )

    assert (report["hidden"]["count"], report["hidden"]["of"]) == (1, 2)
    assert report["hidden"]["names"] == ["hidden.eml"]


def test_confidence_is_held_against_kind_and_category_apart() -> None:
    truth = Truth(kind=Kind.BILL, category=Category.IMPORTANT)

    report = measure([judged(truth, said(Kind.WORK, category=Category.IMPORTANT, confidence=0.9))])

    assert report["calibration"]["kind"]["error"] == 0.9
    assert report["calibration"]["category"]["error"] == 0.1


def test_the_local_classifier_is_measured_by_itself() -> None:
    report = measure(
        [
            judged(Truth(kind=Kind.BILL), said(Kind.PHISHING, local=(Kind.BILL, 0.9))),
            judged(Truth(kind=Kind.BILL), said(Kind.BILL, local=(Kind.WORK, 0.5))),
            judged(Truth(kind=Kind.BILL), said(Kind.BILL, local=None)),
        ]
    )

    assert report["local"]["right"]["share"] == 0.5
    assert report["local"]["sure"]["share"] == 0.5
    assert report["local"]["right_when_sure"]["share"] == 1


def test_languages_sources_and_judges_are_measured_apart() -> None:
    report = measure(
        [
            judged(Truth(kind=Kind.WORK, category=Category.IMPORTANT, source="home"), said(Kind.WORK), language="uk"),
            judged(Truth(kind=Kind.WORK, category=Category.SOCIAL), said(Kind.BILL, judge=Judge.SIGNAL), language="en"),
        ]
    )

    assert report["by_language"]["uk"]["kinds"]["right"]["share"] == 1
    assert report["by_language"]["en"]["kinds"]["right"]["share"] == 0
    assert report["by_source"].keys() == {"home", "-"}
    assert report["judges"]["local"]["share"] == 1
    assert report["judges"]["signal"]["share"] == 0


def test_where_no_source_is_named_none_is_measured_apart() -> None:
    assert measure([judged(Truth(kind=Kind.WORK))])["by_source"] == {}
