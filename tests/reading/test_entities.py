from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from auramail.core.decisions import Entities, Money
from auramail.reading.entities import read_entities
from tests.reading.letters import html_letter, letter, read

KYIV = "Europe/Kyiv"


def entities(raw: bytes) -> Entities:
    return read_entities(read(raw), KYIV)


def test_bill_names_its_day_amount_and_company_with_their_words() -> None:
    text = "Ваш рахунок за листопад становить 1 250,40 грн.\nДо сплати: 1 250,40 грн. Сплатіть до 30.11.2026."

    found = entities(letter(text, sender="Київенерго <noreply@kyivenergo.example>"))

    assert found == Entities(
        due_date=date(2026, 11, 30),
        amount=Money(Decimal("1250.40"), "UAH"),
        company_name="Київенерго",
        location=None,
        words=(("due_date", "30.11.2026"), ("amount", "1 250,40 грн"), ("company_name", "Київенерго")),
    )


def test_personal_mail_about_nothing_names_nothing() -> None:
    assert entities(letter("Як справи? Давно не бачились.")) == Entities()


def test_meeting_names_when_and_where_it_takes_place_but_nothing_due() -> None:
    found = entities(letter("Зустріч завтра о 15:00 у переговорній «Дніпро»."))

    assert (found.starts, found.location) == (
        datetime(2026, 11, 19, 15, 0, tzinfo=ZoneInfo(KYIV)),
        "переговорній «Дніпро»",
    )
    assert dict(found.words)["starts"] == "завтра"
    assert found.due_date is None


def test_earliest_deadline_to_come_is_the_due_date() -> None:
    text = "Report due by 10 December. Please confirm by 25 November. The first was due by 10 November."

    assert entities(letter(text)).due_date == date(2026, 11, 25)


def test_day_to_pay_by_is_meant_rather_than_the_day_to_send_a_meter_reading_by() -> None:
    found = entities(letter("До сплати 459,10 грн. Сплатіть до 28.01.2027. Передати показники можна до 25 числа."))

    assert found.due_date == date(2027, 1, 28)


def test_deadline_just_missed_is_still_one() -> None:
    assert entities(letter("Оплату слід було внести до 10 листопада.")).due_date == date(2026, 11, 10)


@pytest.mark.parametrize(
    "text",
    [
        "We met on 15 January 2020 and again on 3 May 2031.",
        "Meeting on Thursday or Friday?",
        "News of 20 November",
        "Meeting notes, 18 November 2026",
        "Due by 15 January 2035",
    ],
)
def test_day_that_may_mean_anything_is_none(text: str) -> None:
    assert entities(letter(text)).due_date is None


def test_markup_is_exact() -> None:
    html = """<script type="application/ld+json">{"@type": "Invoice", "paymentDueDate": "2026-12-05T00:00:00Z",
        "totalPaymentDue": {"price": "1,299.00", "priceCurrency": "uah"}, "provider": {"name": "Acme"}}</script>
        <p>Total: $5, due by 1 December"""

    found = entities(html_letter(html))

    assert (found.due_date, found.amount, found.company_name) == (
        date(2026, 12, 5),
        Money(Decimal(1299), "UAH"),
        "Acme",
    )


@pytest.mark.parametrize("price", ["", "free", "-5", "1e9", "99999999999999"])
def test_broken_markup_gives_way_to_the_text(price: str) -> None:
    html = (
        f'<script type="application/ld+json">{{"@type": "Order", "paymentDueDate": "soon", "price": "{price}",'
        '"priceCurrency": "USD"}</script><p>Total: $5, due by 1 December'
    )

    assert entities(html_letter(html)).amount == Money(Decimal(5), "USD")
    assert entities(html_letter(html)).due_date == date(2026, 12, 1)


def test_mass_mail_has_a_due_date_only_where_something_is_owed() -> None:
    unsubscribe = "List-Unsubscribe: <https://x.example>"

    assert entities(letter("Book by Thursday, fly in March.", unsubscribe)).due_date is None
    assert entities(letter("Your bill is due by Thursday.", unsubscribe)).due_date == date(2026, 11, 19)
