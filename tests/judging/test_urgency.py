"""Urgency: how soon a message wants its reader."""

from datetime import date, timedelta

import pytest

from auramail.core.decisions import Category, Entities, Kind, Urgency
from auramail.judging.urgency import urgency_of
from tests.builders import WHEN, a_message

NOTHING = Entities()
TODAY = WHEN.date()


def due(days: int) -> Entities:
    return Entities(due_date=TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("entities", "text", "urgency"),
    [
        (due(-3), "", Urgency.HIGH),
        (due(1), "", Urgency.HIGH),
        (due(7), "", Urgency.MEDIUM),
        (due(40), "", Urgency.LOW),
        (due(40), "Терміново!", Urgency.MEDIUM),
        (NOTHING, "", Urgency.MEDIUM),
        (NOTHING, "I need it ASAP", Urgency.HIGH),
    ],
)
def test_an_action_is_as_urgent_as_its_date_and_words(entities: Entities, text: str, urgency: Urgency) -> None:
    assert urgency_of(a_message(text=text), Category.ACTION_REQUIRED, Kind.WORK, entities, WHEN) is urgency


@pytest.mark.parametrize("category", [Category.NEWSLETTER, Category.SOCIAL, Category.DELETE, Category.DANGER])
def test_what_is_put_aside_is_never_urgent(category: Category) -> None:
    assert urgency_of(a_message(text="URGENT! today!"), category, Kind.PROMOTION, due(0), WHEN) is Urgency.LOW


def test_a_one_time_code_is_urgent_for_a_day() -> None:
    fresh = urgency_of(a_message(), Category.IMPORTANT, Kind.SECURITY_CODE, NOTHING, WHEN + timedelta(hours=1))
    stale = urgency_of(a_message(), Category.IMPORTANT, Kind.SECURITY_CODE, NOTHING, WHEN + timedelta(days=2))

    assert (fresh, stale) == (Urgency.HIGH, Urgency.LOW)


@pytest.mark.parametrize(
    ("category", "kind", "text", "urgency"),
    [
        (Category.IMPORTANT, Kind.SECURITY_ALERT, "", Urgency.MEDIUM),
        (Category.ACTION_REQUIRED, Kind.SECURITY_ALERT, "", Urgency.HIGH),
        (Category.IMPORTANT, Kind.MEETING, "", Urgency.MEDIUM),
        (Category.IMPORTANT, Kind.PERSONAL, "", Urgency.LOW),
        (Category.IMPORTANT, Kind.PERSONAL, "Come right away", Urgency.MEDIUM),
        (Category.IMPORTANT, Kind.RECEIPT, "paid today", Urgency.LOW),
        (Category.REVIEW, Kind.WORK, "urgent", Urgency.LOW),
    ],
)
def test_other_mail_is_as_urgent_as_its_kind(category: Category, kind: Kind, text: str, urgency: Urgency) -> None:
    assert urgency_of(a_message(text=text), category, kind, NOTHING, WHEN) is urgency


def test_without_a_clock_time_is_measured_from_the_message() -> None:
    tomorrow = Entities(due_date=date(2026, 3, 11))

    assert urgency_of(a_message(), Category.ACTION_REQUIRED, Kind.BILL, tomorrow, None) is Urgency.HIGH
