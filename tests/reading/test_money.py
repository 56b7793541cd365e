from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.core.decisions import Money
from auramail.reading.money import LONGEST_TEXT, MOST_AMOUNTS, find_amounts


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1 500,00 грн", "1500", "UAH"),
        ("1\u00a0500 грн.", "1500", "UAH"),
        ("1'500.50 CHF", "1500.50", "CHF"),
        ("₴250", "250", "UAH"),
        ("250 ₴", "250", "UAH"),
        ("250 гривень", "250", "UAH"),
        ("100грн", "100", "UAH"),
        ("1 500 грн 50 коп.", "1500.50", "UAH"),
        ("500 тис. грн", "500000", "UAH"),
        ("2.5 млн грн", "2500000", "UAH"),
        ("€50.99", "50.99", "EUR"),
        ("1.500,00 EUR", "1500", "EUR"),
        ("EUR 1,234", "1234", "EUR"),
        ("99,9 євро", "99.90", "EUR"),
        ("USD 20", "20", "USD"),
        ("US$ 10", "10", "USD"),
        ("$1,299.00", "1299", "USD"),
        ("$20k", "20000", "USD"),
        ("$1,234,567.89", "1234567.89", "USD"),
        ("20 доларів", "20", "USD"),
        ("£5", "5", "GBP"),
        ("1 000 000 zł", "1000000", "PLN"),
        ("A$5", "5", "AUD"),
        ("C$6", "6", "CAD"),
        ("12 345 678,90 UAH", "12345678.90", "UAH"),
    ],
)
def test_amounts_are_read_in_every_spelling(text: str, value: str, currency: str) -> None:
    mentions = find_amounts(f"so {text}, that is")

    assert [mention.money for mention in mentions] == [Money(Decimal(value), currency)]
    assert mentions[0].words.rstrip(".") == text.rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "try 20 times",
        "room 20",
        "12.12.2026",
        "+380 44 123 45 67",
        "-5 €",
        "№5 грн",
        "v2.0",
        "",
        "9999999999999999 грн",
        "1..2,3 грн",
    ],
)
def test_numbers_that_are_no_amounts_are_none(text: str) -> None:
    assert find_amounts(text) == []


def test_amounts_are_found_in_order_with_their_places() -> None:
    text = "Доставка 50 грн, товар 200 грн, разом 250 грн"

    mentions = find_amounts(text)

    assert [text[mention.start : mention.end] for mention in mentions] == ["50 грн", "200 грн", "250 грн"]


def test_endless_amounts_are_cut() -> None:
    assert len(find_amounts("5 грн, " * 2000)) == MOST_AMOUNTS
    assert find_amounts(" " * LONGEST_TEXT + "5 грн") == []


@given(st.text(max_size=100) | st.text(alphabet="0123456789., 'грн$€kтис", max_size=60))
def test_any_text_has_some_amounts_or_none(text: str) -> None:
    for mention in find_amounts(text):
        assert text[mention.start : mention.end] == mention.words
