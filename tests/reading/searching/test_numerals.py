import pytest

from auramail.reading.searching.numerals import number_at


@pytest.mark.parametrize(
    ("said", "number", "length"),
    [
        ("три", 3, 1),
        ("двадцять пять", 25, 2),
        ("сто двадцять пять днів", 125, 3),
        ("дві тисячі двадцять четвертому", 2024, 4),
        ("тисячу пятсот", 1500, 2),
        ("двадцять першого", 21, 2),
        ("пятнадцятого березня", 15, 1),
        ("третього", 3, 1),
        ("ten", 10, 1),
        ("twenty five", 25, 2),
        ("two hundred and fifty", 250, 4),
        ("two thousand twenty five", 2025, 4),
        ("twenty twenty four", 2024, 3),
        ("nineteen ninety nine", 1999, 3),
        ("twenty first", 21, 2),
        ("one two", 1, 1),
        ("first second", 1, 1),
        ("hundred", 100, 1),
    ],
)
def test_numbers_in_words_are_read(said: str, number: int, length: int) -> None:
    assert number_at(said.split(), 0) == (number, length)


@pytest.mark.parametrize("said", ["", "and", "week", "and two", "hundreds", "тридцятка"])
def test_other_words_are_no_numbers(said: str) -> None:
    assert number_at(said.split(), 0) is None
