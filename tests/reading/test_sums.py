"""Sums: which of the amounts a message names is the one it is about."""

from decimal import Decimal

import pytest

from auramail.core.decisions import Money
from auramail.reading.sums import find_sum
from tests.reading.letters import letter, read

FIRM = "Acme <billing@acme.example>"


def total(text: str, *headers: str, sender: str = FIRM) -> Money | None:
    found = find_sum(read(letter(text, *headers, sender=sender)))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("Нараховано 900,00 грн, борг 100,00 грн. Усього до сплати: 1 000,00 грн.", "1000", "UAH"),
        ("Сума без знижки 811 грн. Знижка 68,50 грн. Разом: 742,50 грн", "742.50", "UAH"),
        ("Переказ 1 500 грн виконано. Залишок: 12 304,11 грн.", "1500", "UAH"),
        ("На рахунку 11,00 грн. Потрібно внести 389,00 грн.", "389", "UAH"),
        ("Оплата за квартиру: 12 тис. грн, перекажіть до п'ятниці.", "12000", "UAH"),
        ("Просимо перерахувати передоплату 2,5 млн грн.", "2500000", "UAH"),
        ("Ми отримали від вас 4 200 грн.", "4200", "UAH"),
        ("Subtotal $54.81 Tax $3.29 Total $58.10 Cash $60.00", "58.10", "USD"),
        ("Total charges $240.00. Insurance paid $151.00. Your balance of $89.00 is due on 3 December.", "89", "USD"),
        ("Your bill is £64.20. Last month you paid £58.00.", "64.20", "GBP"),
        ("Net 1.008,82 EUR, VAT 191,68 EUR, gross total 1.200,50 EUR.", "1200.50", "EUR"),
        ("Your premium of $2,400.00 is due. Minimum payment $200.00. Coverage limit $500,000.", "2400", "USD"),
        ("Your last payment of $22.99 was declined.", "22.99", "USD"),
        ("Invoice attached: $50", "50", "USD"),
        ("Item $10.00\nItem $20.00\nTotal: $30.00", "30", "USD"),
        ("Grand total (3 items): $45", "45", "USD"),
        ("250 грн до сплати", "250", "UAH"),
    ],
)
def test_what_is_to_be_paid_or_was_paid_is_meant(text: str, value: str, currency: str) -> None:
    assert total(text) == Money(Decimal(value), currency)


@pytest.mark.parametrize(
    "text",
    [
        "Item $10.00\nItem $20.00",
        "Кредит до 200 000 грн без довідок.",
        "Ціна за тонну 41 300 грн, була 39 800 грн.",
        "Revenue came in at $1.2 million against a target of $1.1 million.",
        "Your balance is $212.55",
        "Free: $0.00",
        "Discount: $40",
        "from $9.99",
    ],
)
def test_balances_limits_prices_and_several_without_a_total_are_none(text: str) -> None:
    assert total(text) is None


def test_shops_prices_are_none_in_mail_to_many_but_a_debt_is_one() -> None:
    unsubscribe = "List-Unsubscribe: <https://x.example>"

    assert total("Sale! Headphones now just $29.99.", unsubscribe) is None
    assert total("Your rent of £35 is overdue.", unsubscribe) == Money(Decimal(35), "GBP")


def test_prices_people_chat_about_are_none() -> None:
    friend = "Olia <olia@gmail.com>"

    assert total("Квитки по 450 грн були варті того!", sender=friend) is None
    assert total("The van cost us $180.", sender=friend) is None
    assert total("Your half comes to $310.", sender=friend) == Money(Decimal(310), "USD")
