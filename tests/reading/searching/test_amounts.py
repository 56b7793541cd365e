from decimal import Decimal

import pytest

from auramail.reading.searching.amounts import forms


@pytest.mark.parametrize(
    ("number", "code", "written"),
    [
        ("500", "UAH", ["500 грн", "500 UAH", "500,00", "500.00"]),
        ("50", "USD", ["$50", "50 USD", "50,00", "50.00"]),
        ("50.99", "EUR", ["50,99", "50.99"]),
        ("1500", "UAH", ["1500 грн", "1500 UAH", "1500,00", "1500.00", "1 500,00", "1,500.00", "1 500 грн"]),
        ("1500.50", "USD", ["1500,50", "1500.50", "1 500,50", "1,500.50"]),
    ],
)
def test_an_amount_is_looked_for_as_mail_writes_it(number: str, code: str, written: list[str]) -> None:
    assert forms(Decimal(number), code) == written
