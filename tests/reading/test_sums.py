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


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("Гайки 12 × 5,00\nРобота 340,00\nРазом до сплати 400,00\nРахунок у гривнях.", "400", "UAH"),
        ("Масло 61,00; крупа 44,50. До сплати 105,50. Картка ****1188.", "105.50", "UAH"),
        ("Two chairs 90,00\nTotal due 180,00\nAll prices in EUR, deposit €20,00 not included.", "180", "EUR"),
    ],
)
def test_total_without_a_currency_is_in_that_of_the_rest_or_of_the_language(
    text: str, value: str, currency: str
) -> None:
    assert total(text) == Money(Decimal(value), currency)


@pytest.mark.parametrize(
    "text",
    ["Subtotal 40.00\nTotal 44.00", "Разом 12.03.2026 прийшло 40 людей.", "Total €10.00 and $12.00\nTotal 22.00 units"],
)
def test_number_whose_currency_nobody_says_is_no_total(text: str) -> None:
    found = total(text)
    assert found is None or found.value not in {Decimal("44.00"), Decimal("22.00"), Decimal("12.03")}


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("Ten hours at £35 = £350. Thank you.", "350", "GBP"),
        ("У квітні шість уроків, тобто 2 700 грн. Рахунок нижче.", "2700", "UAH"),
        ("До сплати з урахуванням знижки: 910 грн, знижка 90 грн.", "910", "UAH"),
        ("The quote was £900, you paid £300, that leaves £600.", "600", "GBP"),
        ("The penalty is €90, reduced to €45 if you pay this week.", "45", "EUR"),
        ("Ціна курсу 6 000 ₴\nСплачено зараз 1 500 ₴", "1500", "UAH"),
        ("Послуги 300 грн\nПакування 40 грн\nСплачено карткою 340 грн", "340", "UAH"),
        ("New balance $880.10, minimum payment $25.00.", "25", "USD"),
        ("Two lamps $40.00\nOne rug $60.00\nInvoice $100.00 in all", "100", "USD"),
    ],
)
def test_result_of_a_reckoning_is_meant_not_its_parts(text: str, value: str, currency: str) -> None:
    assert total(text) == Money(Decimal(value), currency)


def test_rates_ranges_and_quoted_sums_are_none() -> None:
    assert total("Ваш ліміт змінено з 3 000 грн до 9 000 грн.") is None
    assert total("Тури від 21 000 грн з особи, оплата в офісі.") is None
    assert total("Шахраї пишуть: «Доплатіть 45 грн за посилку». Не вірте їм.") is None
    assert total("A desk costs £200 a month, payment in advance.") is None
    assert total("Your plan renews on 3 May for £8.50 a month.") == Money(Decimal("8.50"), "GBP")


def test_sum_of_people_is_one_where_they_speak_of_paying() -> None:
    friend = "Olia <olia@gmail.com>"

    assert total("З кожного по 350 грн на подарунок, збираємо на карту.", sender=friend) == Money(Decimal(350), "UAH")
    assert total("Got your 80 quid, thank you!", sender=friend) == Money(Decimal(80), "GBP")
    assert total("Гроші дійшли, 920 гривень.", sender=friend) == Money(Decimal(920), "UAH")
    assert total("Продали дачу сусіди, за 30 000 доларів!", sender=friend) is None


def test_mail_to_many_tells_sums_of_others_unless_it_says_you() -> None:
    unsubscribe = "List-Unsubscribe: <https://x.example>"

    assert total("The trust paid $2m in damages.", unsubscribe) is None
    assert total("Оренда складу, старт 7 100 грн.", unsubscribe) is None
    assert total("Новий рахунок\nДо сплати: 233,10 грн", unsubscribe) == Money(Decimal("233.10"), "UAH")
